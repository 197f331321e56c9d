//! Which containers, volumes or events a caller asks for: those that carry all of some labels.

use std::collections::BTreeMap;

/// A conjunction over labels. The empty filter lets everything through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LabelFilter {
    terms: Vec<(String, Option<String>)>,
}

impl LabelFilter {
    /// Lets everything through.
    pub fn any() -> Self {
        Self::default()
    }

    /// Asks for a label of this key, whatever its value.
    pub fn key(key: impl Into<String>) -> Self {
        Self::default().and_key(key)
    }

    /// Asks for a label of this key and value.
    pub fn equals(key: impl Into<String>, value: impl Into<String>) -> Self {
        Self::default().and_equals(key, value)
    }

    /// Asks for a label of this key as well.
    pub fn and_key(mut self, key: impl Into<String>) -> Self {
        self.terms.push((key.into(), None));
        self
    }

    /// Asks for a label of this key and value as well.
    pub fn and_equals(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.terms.push((key.into(), Some(value.into())));
        self
    }

    /// Whether these labels are asked for.
    pub fn matches(&self, labels: &BTreeMap<String, String>) -> bool {
        self.terms.iter().all(|(key, wanted)| match (labels.get(key), wanted) {
            (None, _) => false,
            (Some(_), None) => true,
            (Some(value), Some(wanted)) => value == wanted,
        })
    }

    /// The terms as Docker's API takes them in a `label` filter: `key` or `key=value`.
    pub fn docker_terms(&self) -> Vec<String> {
        self.terms
            .iter()
            .map(|(key, value)| match value {
                None => key.clone(),
                Some(value) => format!("{key}={value}"),
            })
            .collect()
    }
}
