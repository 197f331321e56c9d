//! Short ways into the JSON that the aws CLI writes.

use std::process::Command;

use serde_json::Value;

/// The text of a member, or nothing.
pub fn field<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_default()
}

/// A timestamp in seconds since the epoch. Version 1 of the CLI writes such numbers, version 2 ISO 8601.
#[track_caller]
pub fn moment(value: &Value, name: &str) -> f64 {
    if let Some(number) = value[name].as_f64() {
        return number;
    }
    let text = field(value, name);
    let done = Command::new("date").args(["+%s.%N", "--date", text]).output().expect("date runs");
    let output = String::from_utf8_lossy(&done.stdout);
    output.trim().parse().unwrap_or_else(|_| panic!("{name} of {value} is no timestamp"))
}

/// The items of a list, each a text.
#[track_caller]
pub fn arns(list: &Value) -> Vec<String> {
    let list = list.as_array().unwrap_or_else(|| panic!("{list} is not a list"));
    list.iter().map(|item| item.as_str().expect("an ARN is a text").to_owned()).collect()
}

/// The item of a list whose member `key` is `text`.
#[track_caller]
pub fn member<'a>(list: &'a Value, key: &str, text: &str) -> &'a Value {
    list.as_array()
        .and_then(|items| items.iter().find(|item| item[key] == text))
        .unwrap_or_else(|| panic!("none of {list} has {key} {text}"))
}

/// The texts of one member of every item of a list, sorted.
pub fn names_in(list: &Value, key: &str) -> Vec<String> {
    let items = list.as_array().into_iter().flatten();
    let mut names: Vec<_> = items.map(|item| field(item, key).to_owned()).collect();
    names.sort();
    names
}
