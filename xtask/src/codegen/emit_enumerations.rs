//! The enumerations: a name and a wire string for each value.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::names;
use super::service::Service;
use crate::services;

pub fn emit(source: &services::Service, service: &Service) -> Result<String, String> {
    let mut text = "use crate::generate::enumerations;\n\nenumerations! {\n".to_owned();
    _ = writeln!(text, "    {:?};", source.title);
    for (name, shape) in service.shapes.iter().filter(|(_, shape)| !shape.values.is_empty()) {
        let variants: Vec<String> =
            shape.values.iter().map(|value| names::variant(value)).collect();
        if variants.iter().collect::<BTreeSet<_>>().len() != variants.len() {
            return Err(format!("two values of {name} have the same Rust name: {variants:?}"));
        }
        _ = writeln!(text, "    {} {{", names::type_name(name));
        for (variant, value) in variants.iter().zip(&shape.values) {
            _ = writeln!(text, "        {variant} = {value:?},");
        }
        text.push_str("    }\n");
    }
    Ok(text + "}\n")
}
