//! `cargo xtask codegen`: the Rust of `crates/wire/src/generated/` out of the service models.
//!
//! The generator only names things. What a structure, an enumeration or an operation *is* in Rust
//! stands in the macros of `crates/wire/src/generate.rs`, so the generated files stay readable.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use service::Service;

use crate::services;

mod emit_enumerations;
mod emit_errors;
mod emit_operations;
mod emit_schema;
mod emit_structures;
mod names;
mod patterns;
mod service;

/// One file of `crates/wire/src/generated/`.
pub struct GeneratedFile {
    /// The file's path inside that folder.
    pub path: String,
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
        let path = folder().join(&file.path);
        let failed = |error: std::io::Error| format!("{}: {error}", path.display());
        std::fs::create_dir_all(path.parent().unwrap_or(&path)).map_err(failed)?;
        std::fs::write(&path, &file.text).map_err(failed)?;
    }
    Ok(format!("wrote {} files in {}", files.len(), folder().display()))
}

/// What the generated files hold for the models that are checked in.
pub fn generate() -> Result<Vec<GeneratedFile>, String> {
    let models = services::ALL.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let ids: Vec<&str> = services::ALL.iter().map(|service| service.id).collect();
    let mut files = vec![
        file("mod.rs", "The API models as Rust.", &modules(&[&["errors"], &ids[..]].concat()))?,
        file("errors.rs", "The error codes of all APIs.", &emit_errors::emit(&models))?,
    ];
    for (source, service) in services::ALL.iter().zip(&models) {
        let title = source.title;
        let parts = ["enumerations", "operations", "schema", "structures"];
        let bodies = [
            ("mod.rs", format!("The API model of {title} as Rust."), modules(&parts)),
            (
                "enumerations.rs",
                format!("The enumerations of the {title} API."),
                emit_enumerations::emit(source, service)?,
            ),
            (
                "operations.rs",
                format!("The operations of the {title} API."),
                emit_operations::emit(source, service),
            ),
            (
                "schema.rs",
                format!("What the shapes of the {title} API must look like."),
                emit_schema::emit(source, service)?,
            ),
            (
                "structures.rs",
                format!("The structures of the {title} API."),
                emit_structures::emit(source, service),
            ),
        ];
        for (name, title, body) in bodies {
            files.push(file(&format!("{}/{name}", source.id), &title, &body)?);
        }
    }
    Ok(files)
}

fn read(source: &services::Service) -> Result<Service, String> {
    let path = source.model();
    let text =
        std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    Service::parse(&text).map_err(|error| format!("{}: {error}", path.display()))
}

fn file(path: &str, title: &str, body: &str) -> Result<GeneratedFile, String> {
    let source = "`cargo xtask codegen` writes this file; edit the generator instead.";
    let text = rustfmt(&format!("//! {title}\n//! {source}\n\n{body}"))?;
    Ok(GeneratedFile { path: path.to_owned(), text })
}

fn modules(names: &[&str]) -> String {
    names.iter().map(|name| format!("pub mod {name};\n")).collect::<Vec<_>>().concat()
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
