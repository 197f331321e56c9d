//! A resource that a call asks about, with the condition keys that go with it.

use iam::Context;
use model::{Tag, task_size};
use wire::ecs;

use crate::keys;

/// How many tags of a request are looked at one by one.
const TAG_COUNT_MAX: usize = 200;

/// The resource of an ask and its keys.
#[derive(Clone, Debug, Default)]
pub struct Subject {
    /// An ARN, or `*`.
    pub(crate) resource: String,
    /// Its keys, and those of the request that were added.
    pub(crate) context: Context,
}

impl Subject {
    /// The resource with this ARN.
    pub fn arn(arn: impl Into<String>) -> Self {
        Subject { resource: arn.into(), context: Context::new() }
    }

    /// No resource in particular: what has no resource type, or is named by a text that no ARN can be
    /// made of.
    pub fn any() -> Self {
        Subject::arn("*")
    }

    /// The resource with this ARN; any, where there is none.
    pub fn arn_or_any(arn: Option<String>) -> Self {
        arn.map_or_else(Subject::any, Subject::arn)
    }

    /// Adds a key of one value.
    pub fn with(mut self, key: &'static str, value: impl Into<String>) -> Self {
        self.context.insert(key, value);
        self
    }

    /// Adds a key where there is a value.
    pub fn with_some(self, key: &'static str, value: Option<impl Into<String>>) -> Self {
        match value {
            Some(value) => self.with(key, value),
            None => self,
        }
    }

    /// Adds a key that is `true` or `false`, where something says which.
    pub fn with_flag(self, key: &'static str, value: Option<bool>) -> Self {
        self.with_some(key, value.map(|value| value.to_string()))
    }

    /// Adds a multivalued key; without a value it is not there.
    pub fn with_all(
        mut self,
        key: &'static str,
        values: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        self.context.insert_all(key, values);
        self
    }

    /// Adds the size of a task, as far as there is one.
    pub fn with_size(self, cpu_units: Option<i64>, memory_mib: Option<i64>) -> Self {
        self.with_some(keys::TASK_CPU, cpu_units.map(|it| it.to_string()))
            .with_some(keys::TASK_MEMORY, memory_mib.map(|it| it.to_string()))
    }

    /// Adds the size of a task as a request writes it; handlers refuse what is no size.
    pub fn with_written_size(self, cpu: Option<&str>, memory: Option<&str>) -> Self {
        self.with_size(cpu.and_then(task_size::cpu_units), memory.and_then(task_size::memory_mib))
    }

    /// Adds the tags of a resource under both of their keys.
    pub fn with_tags(mut self, tags: &[Tag]) -> Self {
        for Tag { key, value } in tags {
            self.context.insert(format!("{}{key}", keys::ECS_RESOURCE_TAG), value);
        }
        self.with_aws_tags(tags)
    }

    /// Adds the tags of a resource under the key that is AWS's alone: service deployments and
    /// revisions have no `ecs:ResourceTag`.
    pub fn with_aws_tags(mut self, tags: &[Tag]) -> Self {
        for Tag { key, value } in tags {
            self.context.insert(format!("{}{key}", keys::RESOURCE_TAG), value);
        }
        self
    }

    /// Adds the tags that a request carries. Handlers refuse more than 50.
    pub fn with_request_tags(mut self, tags: Option<&[ecs::Tag]>) -> Self {
        let tags = tags.unwrap_or_default();
        for tag in tags.iter().take(TAG_COUNT_MAX) {
            let key = format!("{}{}", keys::REQUEST_TAG, tag.key.as_deref().unwrap_or_default());
            self.context.insert(key, tag.value.as_deref().unwrap_or_default());
        }
        self.with_all(keys::TAG_KEYS, tags.iter().filter_map(|tag| tag.key.as_deref()))
    }
}
