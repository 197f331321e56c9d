//! `cargo xtask docs`: the tables of all operations in `docs/compatibility.md`, out of the service
//! models and the control plane's dispatch tables.
//!
//! Both are read as text. If this crate were built from `wire` or `control`, no chore could run while
//! the generated code does not compile, and `codegen` is the chore that mends it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::services::{self, Protocol, Service};

/// Where the tables go.
pub const COMPATIBILITY: &str = "docs/compatibility.md";

const BEGIN: &str = "<!-- begin: written by `cargo xtask docs` -->\n";
const END: &str = "<!-- end -->\n";

#[derive(Deserialize)]
struct Model {
    operations: BTreeMap<String, Operation>,
}

#[derive(Deserialize)]
struct Operation {
    #[serde(default)]
    errors: Vec<Reference>,
}

#[derive(Deserialize)]
struct Reference {
    shape: String,
}

/// Writes the tables between their two marks.
pub fn run() -> Result<String, String> {
    let read = |path: &str| {
        std::fs::read_to_string(crate::root().join(path))
            .map_err(|error| format!("{path}: {error}"))
    };
    let tables = tables(read)?;
    let document = read(COMPATIBILITY)?;
    let text = put_between_marks(&document, &tables)
        .ok_or_else(|| format!("{COMPATIBILITY} has no line {BEGIN}or none {END}after it"))?;
    std::fs::write(crate::root().join(COMPATIBILITY), text)
        .map_err(|error| format!("{COMPATIBILITY}: {error}"))?;
    Ok(format!("wrote the tables in {COMPATIBILITY}"))
}

/// The tables of all services, out of the files that `read` gives.
pub fn tables(read: impl Fn(&str) -> Result<String, String>) -> Result<String, String> {
    let table = |service: &Service| {
        let table =
            table(&read(&service.model_path())?, &read(service.dispatch)?, service.protocol)
                .map_err(|error| format!("{}: {error}", service.dispatch))?;
        let heading = match service.operations {
            None => String::new(),
            Some(_) => format!("\n### {}, {}\n\n", service.title, service.version),
        };
        Ok(heading + &table)
    };
    services::ALL.iter().map(table).collect()
}

fn put_between_marks(document: &str, table: &str) -> Option<String> {
    let (before, rest) = document.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{BEGIN}{table}{END}{after}"))
}

/// The table for a model and the source of the dispatch table, in a protocol.
pub fn table(model: &str, dispatch: &str, protocol: Protocol) -> Result<String, String> {
    let model: Model = serde_json::from_str(model).map_err(|error| error.to_string())?;
    let served = served(dispatch)?;
    if let Some(unknown) = served.iter().find(|name| !model.operations.contains_key(**name)) {
        return Err(format!("{unknown} is no operation of the model"));
    }
    let (all, here) = (model.operations.len(), served.len());
    let mut lines = vec![
        format!("{here} of the {all} operations are served."),
        String::new(),
        "| operation | answer |".to_owned(),
        "|---|---|".to_owned(),
    ];
    lines.extend(model.operations.iter().map(|(name, operation)| {
        let answer = match protocol {
            _ if served.contains(name.as_str()) => "served",
            Protocol::Json => refusal(operation),
            Protocol::Query => "`InvalidAction`",
        };
        format!("| `{name}` | {answer} |")
    }));
    Ok(lines.join("\n") + "\n")
}

/// What `control` answers for an operation without a handler: the modelled error where the operation
/// has it, else the one that every operation has.
fn refusal(operation: &Operation) -> &'static str {
    let unsupported = "UnsupportedFeatureException";
    if operation.errors.iter().any(|error| error.shape == unsupported) {
        "`UnsupportedFeatureException`"
    } else {
        "`ClientException`"
    }
}

/// The operations named in the invocation of `operations!`: each word before `=>`.
fn served(dispatch: &str) -> Result<BTreeSet<&str>, String> {
    let invocation = dispatch
        .split_once("\noperations! {\n")
        .or_else(|| dispatch.split_once("operations! {\n"))
        .and_then(|(_, rest)| rest.split_once("\n}"))
        .map(|(invocation, _)| invocation)
        .ok_or("no `operations! { … }` is there")?;
    let words: Vec<&str> = invocation.split_whitespace().collect();
    let names = words.windows(2).filter(|pair| pair[1] == "=>").map(|pair| pair[0]);
    Ok(names.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const MODEL: &str = r#"{"operations": {
        "RunTask": {"errors": [{"shape": "UnsupportedFeatureException"}]},
        "Poll": {"errors": [{"shape": "ClientException"}]},
        "Execute": {"errors": [{"shape": "UnsupportedFeatureException"}]}}}"#;
    const DISPATCH: &str = "macro_rules! operations {\n    () => {};\n}\n\noperations! {\n    \
                            write RunTask => run_task::run_task;\n}\n";

    #[test]
    fn an_operation_is_served_or_answers_its_own_error() {
        let table = table(MODEL, DISPATCH, Protocol::Json).unwrap();
        let rows: Vec<&str> = table.lines().filter(|line| line.starts_with("| `")).collect();
        assert_eq!(
            rows,
            [
                "| `Execute` | `UnsupportedFeatureException` |",
                "| `Poll` | `ClientException` |",
                "| `RunTask` | served |",
            ]
        );
        assert!(table.starts_with("1 of the 3 operations are served."), "{table}");
    }

    #[test]
    fn a_handler_for_no_operation_of_the_model_is_refused() {
        let dispatch = DISPATCH.replace("RunTask", "RunTasks");
        assert_eq!(
            table(MODEL, &dispatch, Protocol::Json).unwrap_err(),
            "RunTasks is no operation of the model"
        );
    }

    #[test]
    fn what_stands_around_the_table_is_kept() {
        let document = format!("before\n{BEGIN}old\n{END}after\n");
        let text = put_between_marks(&document, "new\n").unwrap();
        assert_eq!(text, format!("before\n{BEGIN}new\n{END}after\n"));
        assert_eq!(put_between_marks("no marks\n", "new\n"), None);
    }
}
