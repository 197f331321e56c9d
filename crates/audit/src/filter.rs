//! Which records are asked for.

use std::borrow::Cow;

use model::Timestamp;
use serde::Deserialize;

/// Which records are asked for. What is not said is not asked. In texts `*` stands for any characters
/// and `?` for one, and only the ARNs, names and actions that they match as a whole are meant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Not before, to the second.
    pub since: Option<Timestamp>,
    /// Not at or after, to the second.
    pub until: Option<Timestamp>,
    /// The ARN, name or id of the caller, or of the role that it has taken.
    pub principal: Option<String>,
    /// Such as `ecs:RunTask`, `iam:*` or `RunTask`; without regard to case.
    pub action: Option<String>,
    /// The ARN of something that the call was about.
    pub resource: Option<String>,
    /// The access key that signed.
    pub access_key_id: Option<String>,
    /// Only calls that were not allowed.
    pub is_denied: bool,
}

/// A filter, ready to look at lines.
#[derive(Clone, Debug)]
pub(crate) struct Sieve {
    filter: Filter,
    since: Option<String>,
    until: Option<String>,
}

#[derive(Deserialize)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

/// What is looked at of a record.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Seen<'a> {
    #[serde(borrow)]
    event_time: Text<'a>,
    #[serde(borrow)]
    event_source: Text<'a>,
    #[serde(borrow)]
    event_name: Text<'a>,
    #[serde(borrow, default)]
    error_code: Option<Text<'a>>,
    #[serde(borrow)]
    user_identity: SeenIdentity<'a>,
    #[serde(borrow, default)]
    additional_event_data: Option<SeenData<'a>>,
    #[serde(borrow, default)]
    resources: Option<Vec<SeenResource<'a>>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SeenIdentity<'a> {
    #[serde(borrow, default)]
    principal_id: Option<Text<'a>>,
    #[serde(borrow, default)]
    arn: Option<Text<'a>>,
    #[serde(borrow, default)]
    user_name: Option<Text<'a>>,
    #[serde(borrow, default)]
    access_key_id: Option<Text<'a>>,
    #[serde(borrow, default)]
    invoked_by: Option<Text<'a>>,
    #[serde(borrow, default)]
    session_context: Option<SeenSession<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SeenSession<'a> {
    #[serde(borrow, default)]
    session_issuer: Option<SeenIssuer<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SeenIssuer<'a> {
    #[serde(borrow, default)]
    arn: Option<Text<'a>>,
    #[serde(borrow, default)]
    user_name: Option<Text<'a>>,
}

#[derive(Deserialize)]
struct SeenData<'a> {
    #[serde(borrow, default)]
    authorization: Option<SeenAuthorization<'a>>,
}

#[derive(Deserialize)]
struct SeenAuthorization<'a> {
    #[serde(borrow)]
    decision: Text<'a>,
    #[serde(borrow, default)]
    checks: Vec<SeenCheck<'a>>,
}

#[derive(Deserialize)]
struct SeenCheck<'a> {
    #[serde(borrow)]
    resource: Text<'a>,
}

#[derive(Deserialize)]
struct SeenResource<'a> {
    #[serde(borrow, rename = "ARN", default)]
    arn: Option<Text<'a>>,
}

impl Sieve {
    pub(crate) fn new(filter: &Filter) -> Self {
        let text = |at: Option<Timestamp>| at.map(|at| at.to_string());
        Sieve { since: text(filter.since), until: text(filter.until), filter: filter.clone() }
    }

    pub(crate) fn filter(&self) -> &Filter {
        &self.filter
    }

    /// Whether a line is a record that is asked for. What is no record never is.
    pub(crate) fn matches(&self, line: &[u8]) -> bool {
        let Ok(seen) = serde_json::from_slice::<Seen<'_>>(line) else { return false };
        let time = seen.event_time.0.as_ref();
        // Times are of one form, in which order is the order of letters.
        self.since.as_deref().is_none_or(|since| time >= since)
            && self.until.as_deref().is_none_or(|until| time < until)
            && (!self.filter.is_denied || seen.is_denied())
            && asked(self.filter.access_key_id.as_deref(), |key| {
                seen.user_identity.access_key_id.iter().any(|text| glob(key, &text.0))
            })
            && asked(self.filter.action.as_deref(), |action| seen.is_action(action))
            && asked(self.filter.principal.as_deref(), |who| seen.user_identity.is_of(who))
            && asked(self.filter.resource.as_deref(), |resource| seen.is_about(resource))
    }
}

fn asked(pattern: Option<&str>, holds: impl FnOnce(&str) -> bool) -> bool {
    pattern.is_none_or(holds)
}

impl Seen<'_> {
    fn is_denied(&self) -> bool {
        let data = self.additional_event_data.as_ref();
        match data.and_then(|data| data.authorization.as_ref()) {
            Some(authorization) => authorization.decision.0 == "denied",
            None => self.error_code.as_ref().is_some_and(|code| {
                code.0.starts_with("AccessDenied") || code.0.ends_with("UnauthorizedOperation")
            }),
        }
    }

    fn is_action(&self, action: &str) -> bool {
        let service = self.event_source.0.split('.').next().unwrap_or_default();
        let lower = |text: &str| text.to_ascii_lowercase();
        match action.split_once(':') {
            Some((of, name)) => {
                glob(&lower(of), service) && glob(&lower(name), &lower(&self.event_name.0))
            }
            None => glob(&lower(action), &lower(&self.event_name.0)),
        }
    }

    fn is_about(&self, resource: &str) -> bool {
        let authorization =
            self.additional_event_data.iter().filter_map(|d| d.authorization.as_ref());
        let checked = authorization.flat_map(|a| &a.checks).map(|check| &check.resource);
        let named = self.resources.iter().flatten().filter_map(|resource| resource.arn.as_ref());
        named.chain(checked).any(|text| glob(resource, &text.0))
    }
}

impl SeenIdentity<'_> {
    fn is_of(&self, who: &str) -> bool {
        let issuer = self.session_context.as_ref().and_then(|it| it.session_issuer.as_ref());
        let own = [&self.arn, &self.user_name, &self.principal_id, &self.invoked_by];
        let issuer = issuer.into_iter().flat_map(|it| [&it.arn, &it.user_name]);
        own.into_iter().chain(issuer).flatten().any(|text| glob(who, &text.0))
    }
}

/// Whether a text is of a pattern with `*` and `?`.
fn glob(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.as_bytes(), text.as_bytes());
    let (mut p, mut t) = (0, 0);
    // Where to go on when what follows the last star does not fit: one character further.
    let mut again: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some(b'*') => {
                again = Some((p + 1, t));
                p += 1;
            }
            Some(byte) if *byte == b'?' || *byte == text[t] => (p, t) = (p + 1, t + 1),
            _ => {
                let Some((after, from)) = again else { return false };
                again = Some((after, from + 1));
                (p, t) = (after, from + 1);
            }
        }
    }
    pattern[p..].iter().all(|byte| *byte == b'*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_means_the_whole_text() {
        for (pattern, text, fits) in [
            ("", "", true),
            ("a", "ab", false),
            ("a*", "a", true),
            ("*b", "aab", true),
            ("*a*b*", "xxaxxbxx", true),
            ("*aab", "aaaab", true),
            ("a?c", "abc", true),
            ("a?c", "ac", false),
            ("**", "", true),
        ] {
            assert_eq!(glob(pattern, text), fits, "{pattern} {text}");
        }
    }
}
