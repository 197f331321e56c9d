//! How the reference of an image is taken apart: `[registry/]repository[:tag][@digest]`.

/// The reference with the tag that Docker means when there is neither tag nor digest: `latest`.
///
/// ```
/// assert_eq!(runtime::with_default_tag("local:5000/web"), "local:5000/web:latest");
/// assert_eq!(runtime::with_default_tag("web:1"), "web:1");
/// ```
pub fn with_default_tag(reference: &str) -> String {
    if reference.contains('@') || repository(reference) != reference {
        reference.to_owned()
    } else {
        format!("{reference}:latest")
    }
}

/// The reference without tag and digest. A colon before the last slash is a registry's port.
///
/// ```
/// assert_eq!(runtime::repository("local:5000/web:1@sha256:00"), "local:5000/web");
/// ```
pub fn repository(reference: &str) -> &str {
    let name = reference.split('@').next().unwrap_or(reference);
    let last_segment = name.rfind('/').map_or(0, |slash| slash + 1);
    name[last_segment..].find(':').map_or(name, |colon| &name[..last_segment + colon])
}

/// The digest under which an image is known by the name of this reference, out of its
/// `repository@digest` texts. Docker Hub's names may be long or short.
pub fn digest_under(reference: &str, repo_digests: &[String]) -> Option<String> {
    let wanted = short_name(repository(reference));
    let mut digests = repo_digests.iter().filter_map(|known| known.split_once('@'));
    digests.find(|(name, _)| short_name(name) == wanted).map(|(_, digest)| digest.to_owned())
}

/// Whether this can be the reference or the id of an image: segments of letters, digits and
/// `. _ - : @`, none of them empty or of dots alone. An engine's address is built from references
/// that users write, so nothing else may get there.
pub fn is_image_reference(text: &str) -> bool {
    let letter = |c: char| c.is_ascii_alphanumeric() || "._-:@".contains(c);
    let segment = |s: &str| s.chars().any(|c| c.is_ascii_alphanumeric()) && s.chars().all(letter);
    text.split('/').all(segment)
}

fn short_name(repository: &str) -> &str {
    let name = repository.strip_prefix("docker.io/").unwrap_or(repository);
    name.strip_prefix("library/").unwrap_or(name)
}
