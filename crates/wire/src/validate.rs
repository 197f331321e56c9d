//! Inputs against the schema, with the messages that AWS gives.
//!
//! ECS reads a request in two steps, and so do we. First the JSON types: the first value of a
//! wrong type ends the request with `SerializationException`. Then the constraints of the model:
//! all violations are collected into one message. ECS's model declares no `ValidationException`;
//! like CloudWatch Logs, whose model has the same habit, we answer `InvalidParameterException`.
//!
//! The wording of both is that of AWS's own request framework. We add to it where a value of a
//! wrong type stands, which AWS does not say.

use std::borrow::Cow;
use std::fmt::Display;

use serde_json::{Number, Value};

use crate::Error;
use crate::schema::{Member, Shape};

/// No more violations than this are told in one message.
const MAX_VIOLATIONS: usize = 10;

/// A message repeats no more than this many characters of a value.
const MAX_QUOTED: usize = 128;

/// Checks an input and brings it into the form that the shapes of an API read.
///
/// As AWS does, it takes `null` for absent, in structures and in lists, cuts the fraction off a
/// number where a whole one is wanted, and leaves unknown members alone.
///
/// # Errors
/// `SerializationException` for the first value of a wrong type; `InvalidParameterException` for
/// everything that breaks a constraint.
pub fn validate(input: &mut Value, shape: &Shape) -> Result<(), Error> {
    let mut walk = Walk { path: String::new(), violations: Vec::new(), count: 0 };
    walk.visit(input, shape)?;
    if walk.count == 0 {
        return Ok(());
    }
    let errors = if walk.count == 1 { "error" } else { "errors" };
    let told = walk.violations.join("; ");
    Err(Error::invalid_parameter(format!("{} validation {errors} detected: {told}", walk.count)))
}

/// One walk through an input.
struct Walk {
    /// Where we are: `tags.1.member.key`, lists counting from 1.
    path: String,
    /// The first violations, as they are told.
    violations: Vec<String>,
    /// How many violations there are.
    count: usize,
}

impl Walk {
    fn visit(&mut self, value: &mut Value, shape: &Shape) -> Result<(), Error> {
        match (shape, &mut *value) {
            (Shape::Document, _)
            | (Shape::Boolean, Value::Bool(_))
            | (Shape::Timestamp, Value::Number(_))
            | (Shape::Blob, Value::String(_)) => {}
            (Shape::Double { min, max }, Value::Number(number)) => {
                let number = number.as_f64().unwrap_or(f64::INFINITY);
                self.check_range(number, *min, *max);
            }
            (Shape::Integer { min, max }, Value::Number(number)) => {
                let whole = truncate(number);
                let (min, max) = (min.unwrap_or(i32::MIN), max.unwrap_or(i32::MAX));
                self.check_range(whole, Some(min.into()), Some(max.into()));
                *value = whole.into();
            }
            (Shape::Long { min, max }, Value::Number(number)) => {
                let whole = truncate(number);
                self.check_range(whole, *min, *max);
                *value = whole.into();
            }
            (Shape::Enumeration(values), Value::String(text)) => {
                if !values.contains(&text.as_str()) {
                    let values = values.join(", ");
                    self.violate(Some(text), &format!("satisfy enum value set: [{values}]"));
                }
            }
            (Shape::String { min, max, pattern }, Value::String(text)) => {
                self.check_length(text.chars().count(), Some(text), *min, *max);
                if let Some(pattern) = pattern.filter(|pattern| !pattern.matches(text)) {
                    let rule = format!("satisfy regular expression pattern: {}", pattern.source());
                    self.violate(Some(text), &rule);
                }
            }
            (Shape::List { element, min, max }, Value::Array(elements)) => {
                elements.retain(|element| !element.is_null());
                self.check_length(elements.len(), None, *min, *max);
                for (index, value) in elements.iter_mut().enumerate() {
                    self.visit_at(&format!("{}.member", index + 1), value, element)?;
                }
            }
            (Shape::Map { key, value, min, max }, Value::Object(entries)) => {
                entries.retain(|_, value| !value.is_null());
                self.check_length(entries.len(), None, *min, *max);
                for (name, entry) in entries.iter_mut() {
                    self.visit_at(name, &mut Value::from(name.as_str()), key)?;
                    self.visit_at(name, entry, value)?;
                }
            }
            (Shape::Structure(members), Value::Object(entries)) => {
                entries.retain(|_, value| !value.is_null());
                for Member { name, shape, required } in *members {
                    match entries.get_mut(*name) {
                        Some(value) => self.visit_at(&told(name), value, shape)?,
                        None if *required => self.visit_missing(&told(name)),
                        None => {}
                    }
                }
            }
            (_, value) => return Err(self.wrong_type(value, shape)),
        }
        Ok(())
    }

    /// Visits a part of the present value.
    fn visit_at(&mut self, step: &str, value: &mut Value, shape: &Shape) -> Result<(), Error> {
        let length = self.enter(step);
        let visited = self.visit(value, shape);
        self.path.truncate(length);
        visited
    }

    fn visit_missing(&mut self, name: &str) {
        let length = self.enter(name);
        self.note("Value null", "not be null");
        self.path.truncate(length);
    }

    /// Goes one step deeper and gives the path's length before it.
    fn enter(&mut self, step: &str) -> usize {
        let length = self.path.len();
        if length > 0 {
            self.path.push('.');
        }
        self.path.push_str(step);
        length
    }

    fn check_range<T: PartialOrd + Display>(&mut self, value: T, min: Option<T>, max: Option<T>) {
        if let Some(min) = min.filter(|min| value < *min) {
            let rule = format!("have value greater than or equal to {min}");
            self.violate(Some(&value.to_string()), &rule);
        }
        if let Some(max) = max.filter(|max| value > *max) {
            let rule = format!("have value less than or equal to {max}");
            self.violate(Some(&value.to_string()), &rule);
        }
    }

    fn check_length(
        &mut self,
        length: usize,
        text: Option<&str>,
        min: Option<usize>,
        max: Option<usize>,
    ) {
        if let Some(min) = min.filter(|min| length < *min) {
            self.violate(text, &format!("have length greater than or equal to {min}"));
        }
        if let Some(max) = max.filter(|max| length > *max) {
            self.violate(text, &format!("have length less than or equal to {max}"));
        }
    }

    /// Notes that the present value breaks a rule. Lists and maps are not repeated in the message.
    fn violate(&mut self, value: Option<&str>, rule: &str) {
        match value {
            Some(value) => self.note(&format!("Value '{}'", quoted(value)), rule),
            None => self.note("Value", rule),
        }
    }

    fn note(&mut self, subject: &str, rule: &str) {
        self.count += 1;
        if self.violations.len() < MAX_VIOLATIONS {
            let path = &self.path;
            self.violations.push(format!(
                "{subject} at '{path}' failed to satisfy constraint: Member must {rule}"
            ));
        }
    }

    fn wrong_type(&self, value: &Value, shape: &Shape) -> Error {
        let complaint = match (value, shape) {
            (Value::Array(_), _) => "Start of list found where not expected".to_owned(),
            (Value::Object(_), _) => {
                "Start of structure or map found where not expected.".to_owned()
            }
            (_, Shape::List { .. }) => "Expected list or null".to_owned(),
            (_, Shape::Map { .. }) => "Expected map or null".to_owned(),
            (_, Shape::Structure(_)) => "Expected null".to_owned(),
            _ => format!("{} can not be converted to {}", token(value), target(shape)),
        };
        if self.path.is_empty() {
            return Error::serialization(complaint);
        }
        Error::serialization(format!("{complaint} (at '{}')", self.path))
    }
}

/// A member's name in a message: AWS writes `roleName` there, though the member is `RoleName`.
fn told(name: &str) -> Cow<'_, str> {
    match name.chars().next() {
        Some(first) if first.is_ascii_uppercase() => {
            Cow::Owned(first.to_ascii_lowercase().to_string() + &name[1..])
        }
        _ => Cow::Borrowed(name),
    }
}

/// What AWS's parser calls the value.
fn token(value: &Value) -> &'static str {
    match value {
        Value::Bool(true) => "TRUE_VALUE",
        Value::Bool(false) => "FALSE_VALUE",
        Value::Number(_) => "NUMBER_VALUE",
        Value::String(_) => "STRING_VALUE",
        Value::Null | Value::Array(_) | Value::Object(_) => "VALUE",
    }
}

/// What AWS's parser calls the type of a scalar.
fn target(shape: &Shape) -> &'static str {
    match shape {
        Shape::Blob => "a Blob",
        Shape::Boolean => "a Boolean",
        Shape::Double { .. } => "a Double",
        Shape::Integer { .. } => "an Integer",
        Shape::Long { .. } => "a Long",
        Shape::Timestamp => "milliseconds since epoch",
        _ => "a String",
    }
}

/// The whole part of a number; what is beyond 64 bits becomes the nearest number of 64 bits.
fn truncate(number: &Number) -> i64 {
    match (number.as_i64(), number.as_u64()) {
        (Some(whole), _) => whole,
        (None, Some(_)) => i64::MAX,
        // `as` cuts the fraction off and stops at the ends.
        (None, None) => number.as_f64().unwrap_or_default() as i64,
    }
}

/// The beginning of a value, for a message.
fn quoted(value: &str) -> String {
    match value.char_indices().nth(MAX_QUOTED) {
        Some((end, _)) => format!("{}...", &value[..end]),
        None => value.to_owned(),
    }
}
