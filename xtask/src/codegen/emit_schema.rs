//! The schema: one static for each shape that an input can hold, with its constraints.

use std::fmt::Write as _;

use serde_json::Number;

use super::service::{Kind, Service, Shape};
use super::{names, patterns};
use crate::services;

pub fn emit(source: &services::Service, service: &Service) -> Result<String, String> {
    let mut text = "use crate::schema::{Pattern, Shape, optional, required};\n".to_owned();
    let shapes = service.schema_shapes(source.protocol);
    if shapes.iter().any(|name| !service.shape(name).values.is_empty()) {
        text.push_str("use super::enumerations::*;\n");
    }
    for name in shapes {
        let constant = names::screaming_case(name);
        let shape = service.shape(name);
        if let Some(told) = &shape.pattern {
            let expression = patterns::translate(told)?;
            let pattern = if expression == *told {
                format!("Pattern::new(r\"{told}\")")
            } else {
                format!("Pattern::translated(r\"{told}\", r\"{expression}\")")
            };
            _ = writeln!(text, "static {constant}_PATTERN: Pattern = {pattern};");
        }
        let value = value(name, shape);
        _ = writeln!(text, "pub static {constant}: Shape = {value};");
    }
    Ok(text)
}

fn value(name: &str, shape: &Shape) -> String {
    let static_of = |name: &str| format!("&{}", names::screaming_case(name));
    let (min, max) = (bound(shape.min.as_ref()), bound(shape.max.as_ref()));
    match shape.kind {
        Kind::Blob => "Shape::Blob".to_owned(),
        Kind::Boolean => "Shape::Boolean".to_owned(),
        Kind::Timestamp => "Shape::Timestamp".to_owned(),
        Kind::Double => format!("Shape::Double {{ min: {min}, max: {max} }}"),
        Kind::Integer => format!("Shape::Integer {{ min: {min}, max: {max} }}"),
        Kind::Long => format!("Shape::Long {{ min: {min}, max: {max} }}"),
        Kind::List => {
            let element = static_of(shape.element());
            format!("Shape::List {{ element: {element}, min: {min}, max: {max} }}")
        }
        Kind::Map => {
            let (key, value) = shape.entry();
            let (key, value) = (static_of(key), static_of(value));
            format!("Shape::Map {{ key: {key}, value: {value}, min: {min}, max: {max} }}")
        }
        Kind::String if shape.values.is_empty() => {
            let pattern = shape.pattern.as_ref().map(|_| static_of(name) + "_PATTERN");
            let pattern = option(pattern);
            format!("Shape::String {{ min: {min}, max: {max}, pattern: {pattern} }}")
        }
        Kind::String => format!("Shape::Enumeration({}::VALUES)", names::type_name(name)),
        Kind::Structure if shape.document => "Shape::Document".to_owned(),
        Kind::Structure => {
            let mut members = String::new();
            for (member, reference) in &shape.members {
                let need = if shape.required.contains(member) { "required" } else { "optional" };
                _ = write!(members, "{need}({member:?}, {}), ", static_of(&reference.shape));
            }
            format!("Shape::Structure(&[{members}])")
        }
    }
}

fn bound(number: Option<&Number>) -> String {
    option(number.map(|number| {
        // `clippy::unreadable_literal` wants 100_000.
        let digits = number.to_string();
        match digits.len() {
            6.. if !digits.contains('.') => {
                let groups = digits.as_bytes().rchunks(3).rev().map(String::from_utf8_lossy);
                groups.collect::<Vec<_>>().join("_")
            }
            _ => digits,
        }
    }))
}

fn option(value: Option<String>) -> String {
    value.map_or_else(|| "None".to_owned(), |value| format!("Some({value})"))
}
