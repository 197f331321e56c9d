//! What the aws CLI prints of a cluster, read from files: `describe-container-instances`,
//! `describe-tasks`, `describe-task-definition` and `describe-services`, of Longshore or of an AWS
//! account.
//!
//! A file holds one of these documents, or several, one after the other or in an array, in any order.

mod cluster;
mod nouns;
mod shapes;

use std::{collections::BTreeMap, fs, path::Path};

use arn::TaskDefinitionId;
use model::{PlacementConstraint, PlacementStrategy, TaskDefinition};
use serde::de::DeserializeOwned;
use serde_json::Value;

pub(crate) use cluster::{Cluster, Guest};

/// What a file says that cannot be used, and where.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// It cannot be read.
    #[error("{file}: {error}")]
    Io {
        /// The file.
        file: String,
        /// Why.
        error: std::io::Error,
    },
    /// It is not JSON, or a document has not the form that AWS gives it.
    #[error("{file}: {error}")]
    Json {
        /// The file.
        file: String,
        /// Where and why.
        error: serde_json::Error,
    },
    /// It holds something else.
    #[error(
        "{file}: expected the output of `aws ecs` describe-container-instances, describe-tasks, \
         describe-task-definition or describe-services, found {found}"
    )]
    Other {
        /// The file.
        file: String,
        /// What stands there.
        found: String,
    },
    /// A value breaks a rule.
    #[error("{file}: {member} '{value}' is not {rule}")]
    Value {
        /// The file.
        file: String,
        /// The member, in AWS's words.
        member: &'static str,
        /// What it holds.
        value: String,
        /// What it should be.
        rule: &'static str,
    },
}

/// A service, as far as placement is concerned.
#[derive(Clone, Debug)]
pub(crate) struct Service {
    /// The task definition that it runs.
    pub(crate) task_definition: TaskDefinitionId,
    /// Its strategies; none stand for those of a service that names none.
    pub(crate) strategies: Vec<PlacementStrategy>,
    /// Its constraints.
    pub(crate) constraints: Vec<PlacementConstraint>,
    /// Its launch type, if it has one.
    pub(crate) launch_type: Option<model::LaunchType>,
}

/// What all files together say.
#[derive(Debug, Default)]
pub(crate) struct Documents {
    /// The container instances that are not INACTIVE, and the tasks that are not STOPPED.
    pub(crate) cluster: Cluster,
    /// The task definitions.
    pub(crate) definitions: BTreeMap<TaskDefinitionId, TaskDefinition>,
    /// The services, by name.
    pub(crate) services: BTreeMap<String, Service>,
}

impl Documents {
    /// Reads files; `-` is standard input.
    pub(crate) fn of_files<P: AsRef<Path>>(files: &[P]) -> Result<Self, Unreadable> {
        let mut reader = Reader::default();
        for path in files {
            let path = path.as_ref();
            let name = path.display().to_string();
            let text = match path.to_str() {
                Some("-") => std::io::read_to_string(std::io::stdin()),
                _ => fs::read_to_string(path),
            };
            let text = text.map_err(|error| Unreadable::Io { file: name.clone(), error })?;
            reader.read(&name, &text)?;
        }
        reader.finish()
    }
}

/// Collects documents; tasks are read last, since what they hold hangs on the others.
#[derive(Default)]
pub(crate) struct Reader {
    documents: Documents,
    tasks: Vec<(String, shapes::Task)>,
}

impl Reader {
    /// Reads the documents of one file, which is called `file` in errors.
    pub(crate) fn read(&mut self, file: &str, text: &str) -> Result<(), Unreadable> {
        for value in serde_json::Deserializer::from_str(text).into_iter::<Value>() {
            let value = value.map_err(|error| Unreadable::Json { file: file.into(), error })?;
            self.take(file, value)?;
        }
        Ok(())
    }

    /// Takes one document, or an array of them.
    pub(crate) fn take(&mut self, file: &str, value: Value) -> Result<(), Unreadable> {
        let mut members = match value {
            Value::Array(all) => {
                return all.into_iter().try_for_each(|value| self.take(file, value));
            }
            Value::Object(members) => members,
            other => return Err(Unreadable::Other { file: file.into(), found: kind(&other) }),
        };
        let mut is_known = false;
        if let Some(value) = members.remove("containerInstances") {
            is_known = true;
            for instance in read::<Vec<shapes::Instance>>(file, value)? {
                if let Some((instance, usage)) = nouns::instance(file, instance)? {
                    self.documents.cluster.add_instance(instance, usage);
                }
            }
        }
        if let Some(value) = members.remove("tasks") {
            is_known = true;
            let tasks = read::<Vec<shapes::Task>>(file, value)?;
            self.tasks.extend(tasks.into_iter().map(|task| (file.to_owned(), task)));
        }
        if let Some(value) = members.remove("taskDefinition") {
            is_known = true;
            let definition = nouns::definition(file, read(file, value)?)?;
            self.documents.definitions.insert(definition.id.clone(), definition);
        }
        if let Some(value) = members.remove("services") {
            is_known = true;
            for service in read::<Vec<shapes::Service>>(file, value)? {
                let (name, service) = nouns::service(file, service)?;
                self.documents.services.insert(name, service);
            }
        }
        if is_known {
            return Ok(());
        }
        let names: Vec<&str> = members.keys().map(String::as_str).collect();
        let found = format!("an object of {}", names.join(", "));
        Err(Unreadable::Other { file: file.into(), found })
    }

    /// What was read.
    pub(crate) fn finish(self) -> Result<Documents, Unreadable> {
        let mut documents = self.documents;
        for (file, task) in self.tasks {
            let home = nouns::home(&file, &task)?.and_then(|id| documents.cluster.held(id));
            if let Some(guest) = nouns::task(&file, task, &documents.definitions, home)? {
                documents.cluster.add_guest(guest);
            }
        }
        Ok(documents)
    }
}

fn read<T: DeserializeOwned>(file: &str, value: Value) -> Result<T, Unreadable> {
    serde_json::from_value(value).map_err(|error| Unreadable::Json { file: file.into(), error })
}

fn kind(value: &Value) -> String {
    match value {
        Value::Null => "null".into(),
        Value::Bool(_) => "a boolean".into(),
        Value::Number(_) => "a number".into(),
        Value::String(_) => "a string".into(),
        Value::Array(_) => "an array".into(),
        Value::Object(_) => "an object".into(),
    }
}

#[cfg(test)]
mod tests;
