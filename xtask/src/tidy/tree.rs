//! What the rules look at: the text of every file, and which of our crates depends on which.

use std::io::ErrorKind;
use std::path::Path;
use std::process::Command;

use serde::Deserialize;

/// Folders that are not the project's own text: build output, and what other programs install.
const NOT_OURS: [&str; 3] = ["target", "node_modules", "__pycache__"];
/// Of the folders whose name begins with a dot, those that are part of the project.
const DOTTED_BUT_OURS: [&str; 4] = [".cargo", ".ci", ".config", ".github"];

/// The repository, as far as the rules go.
#[derive(Default)]
pub struct Tree {
    /// Every file, by its path.
    pub files: Vec<File>,
    /// Every crate of the workspace.
    pub packages: Vec<Package>,
}

/// One file.
pub struct File {
    /// Its path from the root, with `/`.
    pub path: String,
    /// Its size in bytes.
    pub size: usize,
    /// Its text; empty when it is not UTF-8.
    pub text: String,
}

/// One crate of the workspace and what its manifest names.
#[derive(Default)]
pub struct Package {
    /// The crate's name.
    pub name: String,
    /// Our own crates that it is built from.
    pub normal: Vec<String>,
    /// Our own crates that only its tests use, itself left out.
    pub dev: Vec<String>,
    /// Others' crates that it names for any use.
    pub foreign: Vec<String>,
}

/// One line of a Rust file.
pub struct Line<'a> {
    /// From 1.
    pub number: usize,
    /// The line without its end.
    pub text: &'a str,
    /// Whether only tests are built from it.
    pub is_test: bool,
}

impl Line<'_> {
    /// Whether the line is a comment and nothing else.
    pub fn is_comment(&self) -> bool {
        self.text.trim_start().starts_with("//")
    }
}

impl Tree {
    /// Reads the repository at `root`.
    pub fn load(root: &Path) -> Result<Self, String> {
        let mut files = Vec::new();
        read_folder(root, "", &mut files)?;
        files.sort_by(|one, other| one.path.cmp(&other.path));
        Ok(Tree { files, packages: packages(root)? })
    }

    /// A made-up tree of these paths and texts.
    #[cfg(test)]
    pub fn of(files: &[(&str, &str)]) -> Self {
        let files = files.iter().map(|(path, text)| File::new(path, text.as_bytes())).collect();
        Tree { files, packages: Vec::new() }
    }

    /// The file at `path`.
    pub fn file(&self, path: &str) -> Option<&File> {
        self.files.iter().find(|file| file.path == path)
    }

    /// All Rust files.
    pub fn rust(&self) -> impl Iterator<Item = &File> {
        self.files.iter().filter(|file| file.extension() == "rs")
    }

    /// The Rust files that the rules about words hold for: all but the rules themselves, which have
    /// to name what they forbid.
    pub fn rust_but_the_rules(&self) -> impl Iterator<Item = &File> {
        self.rust().filter(|file| !file.path.starts_with("xtask/src/tidy/"))
    }
}

impl File {
    fn new(path: &str, bytes: &[u8]) -> Self {
        let text = str::from_utf8(bytes).unwrap_or_default().to_owned();
        File { path: path.to_owned(), size: bytes.len(), text }
    }

    /// The file's name without folder and extension.
    pub fn stem(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        name.split('.').next().unwrap_or_default()
    }

    /// What follows the last dot of the file's name; empty without one.
    pub fn extension(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        name.rsplit_once('.').map_or("", |(_, extension)| extension)
    }

    /// Whether a generator wrote it.
    pub fn is_generated(&self) -> bool {
        self.path.contains("/generated/")
    }

    /// Whether all of it is for tests and measurements: what they are made of, the suites that they
    /// run, and the crates that no program is built from.
    pub fn is_test(&self) -> bool {
        let folders = ["tests", "examples", "benches", "conformance"];
        let crates = ["crates/testkit/", "crates/sim/", "crates/conformance/", "crates/e2e/"];
        self.path.split('/').any(|part| folders.contains(&part))
            || ["tests", "conformance"].contains(&self.stem())
            || crates.iter().any(|folder| self.path.starts_with(folder))
    }

    /// The lines of a Rust file. What follows `#[cfg(test)]` is for tests up to the end of that item,
    /// which rustfmt puts where the item's indentation is.
    pub fn lines(&self) -> Vec<Line<'_>> {
        let mut item: Option<TestItem> = None;
        let whole = self.is_test();
        let mut lines = Vec::new();
        for (index, text) in self.text.lines().enumerate() {
            let indentation = text.len() - text.trim_start().len();
            if item.is_none() && text.trim() == "#[cfg(test)]" {
                item = Some(TestItem { indentation });
            }
            lines.push(Line { number: index + 1, text, is_test: whole || item.is_some() });
            if item.as_ref().is_some_and(|item| item.ends_with(indentation, text)) {
                item = None;
            }
        }
        lines
    }
}

/// An item under `#[cfg(test)]`.
struct TestItem {
    indentation: usize,
}

impl TestItem {
    fn ends_with(&self, indentation: usize, text: &str) -> bool {
        let text = text.trim();
        indentation == self.indentation
            && !text.starts_with('#')
            && (text.ends_with(';') || text.ends_with('}'))
    }
}

fn read_folder(root: &Path, folder: &str, files: &mut Vec<File>) -> Result<(), String> {
    let at = |path: &str, error: std::io::Error| format!("{path}: {error}");
    let entries = match std::fs::read_dir(root.join(folder)) {
        // Tests make folders and remove them while this one reads.
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        entries => entries.map_err(|error| at(folder, error))?,
    };
    for entry in entries {
        let entry = entry.map_err(|error| at(folder, error))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
        let kind = entry.file_type().map_err(|error| at(&path, error))?;
        if kind.is_dir() {
            if is_ours(&name) {
                read_folder(root, &path, files)?;
            }
        } else if kind.is_file() {
            match std::fs::read(entry.path()) {
                Ok(bytes) => files.push(File::new(&path, &bytes)),
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => return Err(at(&path, error)),
            }
        }
    }
    Ok(())
}

fn is_ours(folder: &str) -> bool {
    !NOT_OURS.contains(&folder) && (!folder.starts_with('.') || DOTTED_BUT_OURS.contains(&folder))
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Manifest>,
}

#[derive(Deserialize)]
struct Manifest {
    name: String,
    dependencies: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    name: String,
    kind: Option<String>,
    path: Option<String>,
}

/// Asks cargo what the manifests say. Nothing is resolved, so that nothing is downloaded or locked.
fn packages(root: &Path) -> Result<Vec<Package>, String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1", "--manifest-path"])
        .arg(root.join("Cargo.toml"))
        .output()
        .map_err(|error| format!("cargo metadata: {error}"))?;
    if !output.status.success() {
        return Err(format!("cargo metadata: {}", String::from_utf8_lossy(&output.stderr)));
    }
    let metadata: Metadata = serde_json::from_slice(&output.stdout)
        .map_err(|error| format!("cargo metadata: {error}"))?;
    Ok(metadata.packages.into_iter().map(package).collect())
}

fn package(manifest: Manifest) -> Package {
    let mut package = Package { name: manifest.name, ..Package::default() };
    for dependency in manifest.dependencies {
        let names = match (&dependency.path, dependency.kind.as_deref()) {
            (None, _) => &mut package.foreign,
            (Some(_), Some("dev")) if dependency.name == package.name => continue,
            (Some(_), Some("dev")) => &mut package.dev,
            (Some(_), _) => &mut package.normal,
        };
        names.push(dependency.name);
    }
    package
}

#[cfg(test)]
mod tests {
    use super::*;

    fn test_lines(path: &str, text: &str) -> Vec<usize> {
        let file = File::new(path, text.as_bytes());
        file.lines().iter().filter(|line| line.is_test).map(|line| line.number).collect()
    }

    #[test]
    fn an_item_for_tests_ends_where_its_brace_closes() {
        let text = "fn a() {}\n#[cfg(test)]\nmod tests {\n    fn b() {\n    }\n}\nfn c() {}\n";
        assert_eq!(test_lines("crates/x/src/lib.rs", text), [2, 3, 4, 5, 6]);
    }

    #[test]
    fn a_module_in_another_file_is_one_line() {
        let text = "#[cfg(test)]\n#[path = \"t.rs\"]\nmod tests;\nfn c() {}\n";
        assert_eq!(test_lines("crates/x/src/lib.rs", text), [1, 2, 3]);
    }

    #[test]
    fn a_file_of_tests_is_for_tests_from_end_to_end() {
        for path in ["crates/x/tests/a.rs", "crates/x/src/b/tests.rs", "crates/sim/src/lib.rs"] {
            assert_eq!(test_lines(path, "fn a() {}\n"), [1], "{path}");
        }
        assert_eq!(test_lines("crates/x/src/latest.rs", "fn a() {}\n"), [] as [usize; 0]);
    }

    #[test]
    fn the_repository_is_read_with_its_crates() {
        let tree = Tree::load(&crate::root()).expect("the repository can be read");
        let xtask = tree.packages.iter().find(|package| package.name == "xtask");
        let xtask = xtask.expect("this crate is one of them");
        assert!(xtask.foreign.contains(&"serde_json".to_owned()));
        assert!(tree.file("xtask/src/tidy/tree.rs").is_some());
        assert!(tree.files.iter().all(|file| !file.path.starts_with("target/")));
    }
}
