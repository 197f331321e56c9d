//! `cargo xtask model`: botocore's service description, stripped of its prose, as a file that
//! can be reviewed line by line.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::services::Service;

/// Keys that hold text for people; Longshore writes its own documentation.
const PROSE: [&str; 3] = ["documentation", "documentationUrl", "deprecatedMessage"];

/// A value that is no longer than this is written on one line.
const LINE_WIDTH: usize = 100;

/// Reads `source` (`service-2.json`, plain or gzipped) and writes the stripped model of `service`.
pub fn run(service: &Service, source: &Path) -> Result<String, String> {
    let mut model: Value = serde_json::from_slice(&read(source)?)
        .map_err(|error| format!("{} is not JSON: {error}", source.display()))?;
    strip_prose(&mut model);
    if let Some(operations) = service.operations {
        keep(&mut model, operations)?;
    }
    let mut text = String::new();
    write_value(&model, 0, &mut text);
    text.push('\n');
    let target = service.model();
    std::fs::write(&target, text).map_err(|error| format!("{}: {error}", target.display()))?;
    Ok(format!("wrote {}; now run `cargo xtask codegen`", target.display()))
}

fn read(source: &Path) -> Result<Vec<u8>, String> {
    if source.extension().is_some_and(|extension| extension == "gz") {
        let output = Command::new("gzip")
            .args(["--decompress", "--stdout", "--"])
            .arg(source)
            .output()
            .map_err(|error| format!("gzip: {error}"))?;
        if !output.status.success() {
            return Err(format!("gzip: {}", String::from_utf8_lossy(&output.stderr)));
        }
        return Ok(output.stdout);
    }
    std::fs::read(source).map_err(|error| format!("{}: {error}", source.display()))
}

/// Removes the prose keys. A member of a structure may itself be called `documentation`, so only
/// strings are removed: a member is always an object.
fn strip_prose(value: &mut Value) {
    match value {
        Value::Object(entries) => {
            entries.retain(|key, value| !(value.is_string() && PROSE.contains(&key.as_str())));
            entries.values_mut().for_each(strip_prose);
        }
        Value::Array(items) => items.iter_mut().for_each(strip_prose),
        _ => {}
    }
}

/// Keeps only these operations, and the shapes that they reach.
fn keep(model: &mut Value, operations: &[&str]) -> Result<(), String> {
    let all = model["operations"].as_object_mut().ok_or("the model has no operations")?;
    if let Some(unknown) = operations.iter().find(|name| !all.contains_key(**name)) {
        return Err(format!("the model has no operation {unknown}"));
    }
    all.retain(|name, _| operations.contains(&name.as_str()));
    let mut found = BTreeSet::new();
    let mut open = BTreeSet::new();
    collect_references(&model["operations"], &mut open);
    while let Some(name) = open.pop_first() {
        collect_references(&model["shapes"][&name], &mut open);
        found.insert(name);
        open.retain(|name| !found.contains(name));
    }
    let shapes = model["shapes"].as_object_mut().ok_or("the model has no shapes")?;
    shapes.retain(|name, _| found.contains(name));
    Ok(())
}

/// The names of the shapes that `value` refers to.
fn collect_references(value: &Value, names: &mut BTreeSet<String>) {
    match value {
        Value::Object(entries) => {
            if let Some(name) = entries.get("shape").and_then(Value::as_str) {
                names.insert(name.to_owned());
            }
            entries.values().for_each(|value| collect_references(value, names));
        }
        Value::Array(items) => items.iter().for_each(|item| collect_references(item, names)),
        _ => {}
    }
}

/// Writes what fits on one line as one line, and opens what does not.
fn write_value(value: &Value, depth: usize, text: &mut String) {
    let compact = value.to_string();
    let (brackets, items): (_, Vec<(String, &Value)>) = match value {
        Value::Object(entries) if compact.len() > LINE_WIDTH => {
            let key = |key: &str| format!("{}: ", Value::from(key));
            ("{}", entries.iter().map(|(name, value)| (key(name), value)).collect())
        }
        Value::Array(items) if compact.len() > LINE_WIDTH => {
            ("[]", items.iter().map(|item| (String::new(), item)).collect())
        }
        _ => return text.push_str(&compact),
    };
    text.push_str(&brackets[..1]);
    for (index, (key, value)) in items.iter().enumerate() {
        text.push_str(if index == 0 { "\n" } else { ",\n" });
        text.push_str(&" ".repeat(depth + 1));
        text.push_str(key);
        write_value(value, depth + 1, text);
    }
    text.push('\n');
    text.push_str(&" ".repeat(depth));
    text.push_str(&brackets[1..]);
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn prose_goes_and_a_member_called_documentation_stays() {
        let mut model = json!({
            "documentation": "<p>long</p>",
            "members": {"documentation": {"shape": "String", "documentation": "<p>x</p>"}},
        });
        strip_prose(&mut model);
        assert_eq!(model, json!({"members": {"documentation": {"shape": "String"}}}));
    }

    #[test]
    fn only_shapes_that_a_kept_operation_reaches_stay() {
        let mut model = json!({
            "operations": {
                "Get": {"input": {"shape": "A"}, "errors": [{"shape": "E"}]},
                "Put": {"input": {"shape": "C"}},
            },
            "shapes": {
                "A": {"members": {"b": {"shape": "B"}}},
                "B": {"member": {"shape": "A"}},
                "C": {},
                "E": {},
            },
        });
        keep(&mut model, &["Get"]).unwrap();
        let names =
            |part: &str| model[part].as_object().unwrap().keys().cloned().collect::<String>();
        assert_eq!((names("operations"), names("shapes")), ("Get".to_owned(), "ABE".to_owned()));
        assert!(keep(&mut model, &["Put"]).is_err());
    }

    #[test]
    fn what_is_written_reads_back_as_the_same_value() {
        let names: Vec<String> = (0..40).map(|number| format!("NAME_{number}")).collect();
        let value = json!({"short": {"a": 1}, "long": {"enum": names}});
        let mut text = String::new();
        write_value(&value, 0, &mut text);
        assert!(text.contains("\n \"short\": {\"a\":1}"), "{text}");
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
    }
}
