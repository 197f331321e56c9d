//! ARNs with wildcards, part by part: the six parts between colons are compared each with its own.

use alloc::{
    boxed::Box,
    string::{String, ToString},
    vec::Vec,
};

use crate::{
    Context,
    glob::{Case, Glob, Signs},
};

const PARTS: usize = 6;

/// Partition, service, region, account and resource, after `arn`; the last may hold colons.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parts<'a> {
    text: &'a str,
    parts: Option<[&'a str; PARTS]>,
}

impl<'a> Parts<'a> {
    pub(crate) fn of(text: &'a str) -> Self {
        let mut split = text.splitn(PARTS, ':');
        let parts: [Option<&str>; PARTS] = core::array::from_fn(|_| split.next());
        let parts = parts[PARTS - 1].map(|_| parts.map(Option::unwrap_or_default));
        Parts { text, parts }
    }
}

/// A pattern of ARNs.
#[derive(Clone, Debug)]
pub(crate) enum ArnPattern {
    /// `*`
    Any,
    Split(Box<[Glob; PARTS]>),
    /// A value that is an ARN only once its variables are filled in.
    Whole(Glob),
}

impl ArnPattern {
    /// Compiles a pattern. Parts that are missing at the end are `*`.
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html>
    pub(crate) fn compile(text: &str, variables: bool) -> Result<ArnPattern, String> {
        let signs = Signs { wildcards: true, variables };
        if text == "*" {
            return Ok(ArnPattern::Any);
        }
        if variables && text.starts_with("${") {
            return Glob::compile(text, signs).map(ArnPattern::Whole);
        }
        if !text.starts_with("arn:") {
            return Err("neither an ARN nor \"*\"".to_string());
        }
        let mut parts = split(text, variables);
        if parts.len() < 3 && !text.contains('*') {
            return Err("not an ARN: arn:partition:service:region:account:resource".to_string());
        }
        parts.resize(PARTS, "*");
        let globs = parts.into_iter().map(|part| Glob::compile(part, signs));
        let globs: Vec<Glob> = globs.collect::<Result<_, _>>()?;
        let globs: [Glob; PARTS] =
            globs.try_into().map_err(|_| "not an ARN: it has six parts".to_string())?;
        Ok(ArnPattern::Split(Box::new(globs)))
    }

    /// The same, for a resource, where variables stand after the fifth colon alone.
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-resourceelement>
    pub(crate) fn of_resource(text: &str, variables: bool) -> Result<ArnPattern, String> {
        let pattern = ArnPattern::compile(text, variables)?;
        let early = match &pattern {
            ArnPattern::Any => false,
            ArnPattern::Split(globs) => {
                globs[..PARTS - 1].iter().any(|glob| glob.variables().next().is_some())
            }
            ArnPattern::Whole(_) => true,
        };
        if early {
            return Err("a policy variable stands before the last part of the ARN".to_string());
        }
        let service = split(text, variables).get(2).copied().unwrap_or_default();
        if text != "*" && (service.is_empty() || service.contains(['*', '?', '$'])) {
            return Err("the third part of an ARN is a service, without wildcards".into());
        }
        Ok(pattern)
    }

    pub(crate) fn matches(&self, arn: &Parts<'_>, context: &Context) -> bool {
        match self {
            ArnPattern::Any => true,
            ArnPattern::Whole(glob) => glob.matches(arn.text, Case::Sensitive, context),
            ArnPattern::Split(globs) => arn.parts.is_some_and(|parts| {
                // The resource is the part that differs most often.
                let pairs = globs.iter().zip(parts).rev();
                pairs.into_iter().all(|(glob, part)| glob.matches(part, Case::Sensitive, context))
            }),
        }
    }

    pub(crate) fn variables(&self) -> impl Iterator<Item = &str> {
        let globs: &[Glob] = match self {
            ArnPattern::Any => &[],
            ArnPattern::Split(globs) => globs.as_slice(),
            ArnPattern::Whole(glob) => core::slice::from_ref(glob),
        };
        globs.iter().flat_map(Glob::variables)
    }
}

/// The parts of a pattern: a colon inside a variable's name does not part anything.
pub(crate) fn split(text: &str, variables: bool) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut in_variable) = (0, false);
    for (index, sign) in text.char_indices() {
        match sign {
            '{' if variables && text[..index].ends_with('$') => in_variable = true,
            '}' => in_variable = false,
            ':' if !in_variable && parts.len() < PARTS - 1 => {
                parts.push(&text[start..index]);
                start = index + 1;
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}

/// `Resource` or `NotResource`.
#[derive(Clone, Debug)]
pub(crate) struct Resources {
    pub(crate) negated: bool,
    pub(crate) patterns: Box<[ArnPattern]>,
}

impl Resources {
    /// What a policy speaks of that names no resources.
    pub(crate) fn everything() -> Self {
        Resources { negated: false, patterns: Box::new([ArnPattern::Any]) }
    }

    pub(crate) fn apply_to(&self, resource: &Parts<'_>, context: &Context) -> bool {
        self.patterns.iter().any(|pattern| pattern.matches(resource, context)) != self.negated
    }

    pub(crate) fn context_keys(&self) -> impl Iterator<Item = &str> {
        self.patterns.iter().flat_map(ArnPattern::variables)
    }
}
