//! `cargo xtask codegen`: the Rust of `crates/wire/src/generated/` out of the service model.
//!
//! The generator only names things. What a structure, an enumeration or an operation *is* in Rust
//! stands in the macros of `crates/wire/src/generate.rs`, so the generated files stay readable.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use service::Service;

mod emit_enumerations;
mod emit_errors;
mod emit_operations;
mod emit_schema;
mod emit_structures;
mod names;
mod service;

/// One file of `crates/wire/src/generated/`.
pub struct GeneratedFile {
    /// The file's name inside that folder.
    pub name: &'static str,
    /// Its whole text.
    pub text: String,
}

/// The folder that the generator owns.
pub fn folder() -> PathBuf {
    crate::root().join("crates/wire/src/generated")
}

/// Writes the generated files.
pub fn run() -> Result<String, String> {
    let files = generate()?;
    for file in &files {
        let path = folder().join(file.name);
        std::fs::write(&path, &file.text)
            .map_err(|error| format!("{}: {error}", path.display()))?;
    }
    Ok(format!("wrote {} files in {}", files.len(), folder().display()))
}

/// What the generated files hold for the model that is checked in.
pub fn generate() -> Result<Vec<GeneratedFile>, String> {
    let path = crate::model::path();
    let text =
        std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let service = Service::parse(&text)?;
    [
        ("mod.rs", "The API model of Amazon ECS as Rust.", modules()),
        ("enumerations.rs", "The enumerations of the ECS API.", emit_enumerations::emit(&service)?),
        ("errors.rs", "The error codes of the ECS API.", emit_errors::emit(&service)),
        ("operations.rs", "The operations of the ECS API.", emit_operations::emit(&service)),
        (
            "schema.rs",
            "What the inputs of the ECS API must look like.",
            emit_schema::emit(&service),
        ),
        ("structures.rs", "The structures of the ECS API.", emit_structures::emit(&service)),
    ]
    .into_iter()
    .map(|(name, title, body)| {
        let source = "`cargo xtask codegen` writes this file; edit the generator instead.";
        let text = rustfmt(&format!("//! {title}\n//! {source}\n\n{body}"))?;
        Ok(GeneratedFile { name, text })
    })
    .collect()
}

fn modules() -> String {
    let names = ["enumerations", "errors", "operations", "schema", "structures"];
    names.map(|name| format!("pub mod {name};\n")).concat()
}

/// Formats `text` as `cargo fmt` would. The bodies of our macros are left alone by rustfmt: the
/// emitters lay those out.
fn rustfmt(text: &str) -> Result<String, String> {
    let failed = |error: std::io::Error| format!("rustfmt: {error}");
    let mut child = Command::new("rustfmt")
        .arg("--config-path")
        .arg(crate::root())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(failed)?;
    // Dropped at once, which tells rustfmt that the text has ended.
    let mut stdin = child.stdin.take().expect("invariant: stdin is piped");
    let text = text.to_owned();
    let writer = std::thread::spawn(move || stdin.write_all(text.as_bytes()));
    let output = child.wait_with_output().map_err(failed)?;
    writer.join().expect("invariant: the writer does not panic").map_err(failed)?;
    if !output.status.success() {
        return Err(format!("rustfmt: {}", output.status));
    }
    String::from_utf8(output.stdout).map_err(|error| format!("rustfmt: {error}"))
}
