//! The operations: input, output, and the errors that each declares.

use std::fmt::Write as _;

use super::names;
use super::service::Service;
use crate::services::{self, Protocol};

pub fn emit(source: &services::Service, service: &Service) -> String {
    let mut text =
        "use crate::generate::operations;\nuse super::schema;\n\noperations! {\n".to_owned();
    let services::Service { id, title, version, .. } = source;
    _ = writeln!(text, "    {title:?}, {:?}, {id:?}, {version:?};", pages(source));
    for operation in service.operations.values() {
        let (name, input) = (&operation.name, &operation.input.shape);
        let output = operation.output.as_ref().map_or("()", |output| output.shape.as_str());
        let schema = names::screaming_case(input);
        let access = if operation.is_readonly(source) { "reads" } else { "writes" };
        _ = writeln!(text, "    {name} {access}: {input} as {schema} => {output} {{");
        // Sorted, because the model lists them in an order that changes between releases.
        let mut errors: Vec<&str> =
            operation.errors.iter().map(|error| error.shape.as_str()).collect();
        errors.sort_unstable();
        for error in errors {
            _ = writeln!(text, "        {},", super::emit_errors::variant(error));
        }
        text.push_str("    }\n");
    }
    text.push_str("}\n");
    if source.protocol == Protocol::Query {
        text.push_str(&answers(service));
    }
    text
}

/// The folder of the service's pages in AWS's documentation.
fn pages(source: &services::Service) -> String {
    match source.id {
        "ecs" => "AmazonECS".to_owned(),
        id => id.to_ascii_uppercase(),
    }
}

/// The shapes of the outputs, by which the query protocol writes them.
fn answers(service: &Service) -> String {
    let mut text = "\ncrate::generate::answers! {\n".to_owned();
    for operation in service.operations.values() {
        let shape = match &operation.output {
            Some(output) => format!("Some(&schema::{})", names::screaming_case(&output.shape)),
            None => "None".to_owned(),
        };
        _ = writeln!(text, "    {} => {shape},", operation.name);
    }
    text + "}\n"
}
