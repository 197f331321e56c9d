//! The operations: input, output, and the errors that each declares.

use std::fmt::Write as _;

use super::names;
use super::service::Service;

pub fn emit(service: &Service) -> String {
    let mut text =
        "use crate::generate::operations;\nuse super::schema;\n\noperations! {\n".to_owned();
    for operation in service.operations.values() {
        let (name, input, output) =
            (&operation.name, &operation.input.shape, &operation.output.shape);
        let schema = names::screaming_case(input);
        let access = if operation.readonly { "reads" } else { "writes" };
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
    text + "}\n"
}
