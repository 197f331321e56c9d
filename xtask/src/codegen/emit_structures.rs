//! The structures: a field and a type for each member.

use std::fmt::Write as _;

use super::names;
use super::service::{Kind, Service};
use crate::services::{self, Protocol};

pub fn emit(source: &services::Service, service: &Service) -> String {
    let (case, cased): (_, fn(&str) -> String) = match source.protocol {
        Protocol::Json => ("camelCase", names::camel_case),
        Protocol::Query => ("PascalCase", names::pascal_case),
    };
    let mut body = String::new();
    for (name, shape) in &service.shapes {
        if shape.kind != Kind::Structure || shape.exception || shape.document {
            continue;
        }
        _ = write!(body, "    {} {{", names::type_name(name));
        for (member, reference) in &shape.members {
            let field = names::field(member);
            let required =
                if shape.required.contains(member) { "        /// Required.\n" } else { "" };
            let rename = if cased(field.trim_start_matches("r#")) == *member {
                String::new()
            } else {
                format!("        #[serde(rename = {member:?})]\n")
            };
            let rust_type = service.rust_type(&reference.shape);
            _ = write!(body, "\n{required}{rename}        {field}: {rust_type},");
        }
        body.push_str(if shape.members.is_empty() { "}\n" } else { "\n    }\n" });
    }
    let uses = [
        ("BTreeMap", "use std::collections::BTreeMap;\n\n"),
        ("Value", "use serde_json::Value;\n\n"),
        ("Blob", "use crate::Blob;\n"),
        ("Timestamp", "use crate::Timestamp;\n"),
    ]
    .into_iter()
    .filter(|(name, _)| uses_type(&body, name))
    .map(|(_, line)| line)
    .collect::<String>();
    let enumerations = service.shapes.iter().filter(|(_, shape)| !shape.values.is_empty());
    let mut names = enumerations.map(|(name, _)| names::type_name(name));
    let enumerations = if names.any(|name| uses_type(&body, &name)) {
        "use super::enumerations::*;\n"
    } else {
        ""
    };
    format!(
        "{uses}use crate::generate::structures;\n{enumerations}\n\
         structures! {{\n    {title:?}, {case:?};\n{body}}}\n",
        title = source.title
    )
}

/// Whether a field's type in `body` is or holds the type called `name`.
fn uses_type(body: &str, name: &str) -> bool {
    [": ", "<"].iter().any(|before| {
        [",", ">", "<"].iter().any(|after| body.contains(&format!("{before}{name}{after}")))
    })
}
