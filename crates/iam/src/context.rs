//! The condition keys of a request and their values.

use alloc::{string::String, vec::Vec};

/// What a request says about itself, by condition key. Names are case-insensitive, and a key that
/// was given twice has the later value.
///
/// A key has one value or is multivalued; that is a matter of the key, not of how many values there
/// happen to be, and only a key with one value can be a policy variable.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html>
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Context {
    entries: Vec<Entry>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    key: String,
    values: Vec<String>,
    is_multivalued: bool,
}

impl Context {
    pub(crate) const EMPTY: Context = Context { entries: Vec::new() };

    /// No keys at all.
    pub fn new() -> Self {
        Context::default()
    }

    /// Sets a key that has one value.
    pub fn insert(&mut self, key: impl Into<String>, value: impl Into<String>) {
        let values = alloc::vec![value.into()];
        self.set(Entry { key: key.into(), values, is_multivalued: false });
    }

    /// Sets a multivalued key. Without a value it is as if the key were not there.
    pub fn insert_all<V: Into<String>>(
        &mut self,
        key: impl Into<String>,
        values: impl IntoIterator<Item = V>,
    ) {
        let values = values.into_iter().map(Into::into).collect();
        self.set(Entry { key: key.into(), values, is_multivalued: true });
    }

    fn set(&mut self, entry: Entry) {
        match self.entries.iter_mut().find(|old| old.key.eq_ignore_ascii_case(&entry.key)) {
            Some(old) => *old = entry,
            None => self.entries.push(entry),
        }
    }

    /// The values of a key; none where the key is not there.
    pub fn get(&self, key: &str) -> &[String] {
        self.entry(key).map_or(&[], |entry| &entry.values)
    }

    /// The value of a key that has one: what a policy variable stands for. An empty one is none.
    pub fn single(&self, key: &str) -> Option<&str> {
        let entry = self.entry(key).filter(|entry| !entry.is_multivalued)?;
        entry.values.first().map(String::as_str).filter(|value| !value.is_empty())
    }

    /// All keys that have a value, in the order they were set.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[String])> {
        let present = self.entries.iter().filter(|entry| !entry.values.is_empty());
        present.map(|entry| (entry.key.as_str(), entry.values.as_slice()))
    }

    fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key.eq_ignore_ascii_case(key))
    }
}

impl<K: Into<String>, V: Into<String>> FromIterator<(K, V)> for Context {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(pairs: I) -> Self {
        let mut context = Context::new();
        for (key, value) in pairs {
            context.insert(key, value);
        }
        context
    }
}
