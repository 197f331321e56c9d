//! What holds for every operation and every body.

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};
use wire::awsjson::{decode_input, encode};
use wire::schema::{Member, Shape};
use wire::{Error, ErrorCode, Op, Operation, WithOp};

/// Reads a body as an operation's input, and writes what was read.
struct ReadAndWrite<'a>(&'a [u8]);

impl WithOp for ReadAndWrite<'_> {
    type Answer = Result<Vec<u8>, Error>;

    fn run<O: Op>(self) -> Self::Answer {
        decode_input::<O>(self.0).map(|input| encode(&input))
    }
}

fn read_and_write(operation: Operation, body: &Value) -> Result<Value, Error> {
    let written = operation.with(ReadAndWrite(body.to_string().as_bytes()))?;
    Ok(serde_json::from_slice(&written).expect("what we write is JSON"))
}

const NAMES: [&str; 7] =
    ["cluster", "tags", "key", "value", "containerDefinitions", "name", "overrides"];

/// Any JSON, with the names of real members among its keys.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "\\PC{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 4, |inner| {
        let key = prop_oneof![select(&NAMES).prop_map(str::to_owned), "[a-z]{0,3}"];
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            btree_map(key, inner, 0..4)
                .prop_map(|entries| Value::Object(entries.into_iter().collect())),
        ]
    })
}

/// Values that satisfy a shape.
fn instance(shape: &'static Shape) -> BoxedStrategy<Value> {
    match shape {
        Shape::Blob => Just(json!("c2hpcA==")).boxed(),
        Shape::Boolean => any::<bool>().prop_map(Value::from).boxed(),
        Shape::Document => any_json().prop_filter("null is absent", |json| !json.is_null()).boxed(),
        Shape::Double { min, max } => {
            (min.unwrap_or(-1e9)..max.unwrap_or(1e9)).prop_map(Value::from).boxed()
        }
        Shape::Enumeration(values) => select(*values).prop_map(Value::from).boxed(),
        Shape::Integer { min, max } => {
            (min.unwrap_or(i32::MIN)..=max.unwrap_or(i32::MAX)).prop_map(Value::from).boxed()
        }
        Shape::Long { min, max } => {
            (min.unwrap_or(i64::MIN)..=max.unwrap_or(i64::MAX)).prop_map(Value::from).boxed()
        }
        Shape::List { element, min, max } => {
            let (min, max) = (min.unwrap_or(0), max.unwrap_or(3).min(3));
            vec(instance(element), min..=max).prop_map(Value::from).boxed()
        }
        Shape::Map { .. } => {
            btree_map("[a-z]{1,4}", "\\PC{0,4}", 0..3).prop_map(|entries| json!(entries)).boxed()
        }
        Shape::String { pattern: Some(_), .. } => "[a-z]{1,30}".prop_map(Value::from).boxed(),
        Shape::String { .. } => "\\PC{1,8}".prop_map(Value::from).boxed(),
        Shape::Structure(members) => structure(members),
        Shape::Timestamp => (0..1_i64 << 42).prop_map(|ms| json!(wire::Timestamp(ms))).boxed(),
    }
}

fn structure(members: &'static [Member]) -> BoxedStrategy<Value> {
    let member = |member: &'static Member| {
        let value = instance(member.shape);
        let present = if member.required {
            value.prop_map(Some).boxed()
        } else {
            proptest::option::weighted(0.3, value).boxed()
        };
        present.prop_map(|value| (member.name, value))
    };
    let members: Vec<_> = members.iter().map(member).collect();
    members
        .prop_map(|members| {
            let present = |(name, value): (&str, Option<Value>)| Some((name.to_owned(), value?));
            Value::Object(members.into_iter().filter_map(present).collect::<Map<_, _>>())
        })
        .boxed()
}

fn operation() -> impl Strategy<Value = Operation> {
    select(Operation::ALL)
}

proptest! {
    #[test]
    fn any_json_is_read_or_refused(operation in operation(), body in any_json()) {
        if let Err(error) = read_and_write(operation, &body) {
            let refusals = [ErrorCode::Serialization, ErrorCode::InvalidParameter];
            prop_assert!(refusals.contains(&error.code), "{}", error);
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(operation in operation(), body in vec(any::<u8>(), 0..64)) {
        if let Err(error) = operation.with(ReadAndWrite(&body)) {
            let refusals = [ErrorCode::Serialization, ErrorCode::InvalidParameter];
            prop_assert!(refusals.contains(&error.code), "{}", error);
        }
    }

    #[test]
    fn what_the_model_allows_is_read_whole_and_written_back(
        (operation, body) in operation()
            .prop_flat_map(|operation| (Just(operation), instance(operation.input_schema())))
    ) {
        let written = read_and_write(operation, &body);
        prop_assert_eq!(written, Ok(body));
    }
}
