//! The Condition element: operators, keys and values.

use alloc::{
    boxed::Box,
    format,
    string::{String, ToString},
    vec::Vec,
};

use base64::{Engine, engine::general_purpose::STANDARD};

use super::{Object, Reading, get};
use crate::{
    Malformed,
    arn::ArnPattern,
    condition::{Comparison, Condition, Quantifier, Test},
    glob::{Case, Glob, Signs},
    json::{Json, quote},
    value::{Decimal, Moment, Network},
};

/// What an operator does, without its values.
#[derive(Clone, Copy)]
enum Base {
    Text { case: Case, wildcards: bool },
    Bool,
    Number(Comparison),
    Date(Comparison),
    Binary,
    Ip,
    Arn,
    Null,
}

/// Every operator of AWS's reference: its name, what it does, and whether it is negated.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>
const OPERATORS: [(&str, Base, bool); 27] = {
    use Comparison::{Equal, Greater, GreaterOrEqual, Less, LessOrEqual};
    const EQUALS: Base = Base::Text { case: Case::Sensitive, wildcards: false };
    const EQUALS_IGNORE_CASE: Base = Base::Text { case: Case::Ignored, wildcards: false };
    const LIKE: Base = Base::Text { case: Case::Sensitive, wildcards: true };
    [
        ("StringEquals", EQUALS, false),
        ("StringNotEquals", EQUALS, true),
        ("StringEqualsIgnoreCase", EQUALS_IGNORE_CASE, false),
        ("StringNotEqualsIgnoreCase", EQUALS_IGNORE_CASE, true),
        ("StringLike", LIKE, false),
        ("StringNotLike", LIKE, true),
        ("NumericEquals", Base::Number(Equal), false),
        ("NumericNotEquals", Base::Number(Equal), true),
        ("NumericLessThan", Base::Number(Less), false),
        ("NumericLessThanEquals", Base::Number(LessOrEqual), false),
        ("NumericGreaterThan", Base::Number(Greater), false),
        ("NumericGreaterThanEquals", Base::Number(GreaterOrEqual), false),
        ("DateEquals", Base::Date(Equal), false),
        ("DateNotEquals", Base::Date(Equal), true),
        ("DateLessThan", Base::Date(Less), false),
        ("DateLessThanEquals", Base::Date(LessOrEqual), false),
        ("DateGreaterThan", Base::Date(Greater), false),
        ("DateGreaterThanEquals", Base::Date(GreaterOrEqual), false),
        ("Bool", Base::Bool, false),
        ("BinaryEquals", Base::Binary, false),
        ("IpAddress", Base::Ip, false),
        ("NotIpAddress", Base::Ip, true),
        ("ArnEquals", Base::Arn, false),
        ("ArnLike", Base::Arn, false),
        ("ArnNotEquals", Base::Arn, true),
        ("ArnNotLike", Base::Arn, true),
        ("Null", Base::Null, false),
    ]
};

struct Operator {
    quantifier: Quantifier,
    base: Base,
    negated: bool,
    if_exists: bool,
}

/// What makes an operator true where its key is missing.
const SUFFIX: &str = "IfExists";

impl Operator {
    /// Operators are read in any case, as AWS reads them.
    fn parse(text: &str) -> Result<Operator, Malformed> {
        let (quantifier, name) = match text.split_once(':') {
            Some((set, name)) if set.eq_ignore_ascii_case("ForAnyValue") => {
                (Quantifier::ForAnyValue, name)
            }
            Some((set, name)) if set.eq_ignore_ascii_case("ForAllValues") => {
                (Quantifier::ForAllValues, name)
            }
            _ => (Quantifier::Plain, text),
        };
        let start = name.len().saturating_sub(SUFFIX.len());
        let suffix = name.get(start..).filter(|end| end.eq_ignore_ascii_case(SUFFIX));
        let name = if suffix.is_some() { &name[..start] } else { name };
        let operator = OPERATORS.iter().find(|(known, ..)| known.eq_ignore_ascii_case(name));
        match operator {
            Some((_, Base::Null, _)) if suffix.is_some() => {
                Err(Malformed::new("Null takes no IfExists: it asks just that"))
            }
            Some(&(_, base, negated)) => {
                Ok(Operator { quantifier, base, negated, if_exists: suffix.is_some() })
            }
            None => Err(Malformed::new(format!("{} is no condition operator", quote(text)))),
        }
    }
}

impl Reading {
    pub(super) fn conditions(self, statement: &Object) -> Result<Box<[Condition]>, Malformed> {
        const ELEMENT: &str = "Condition";
        let operators = match get(statement, ELEMENT) {
            None => return Ok(Box::default()),
            Some(json) => object(json, "operators").map_err(|error| error.within(ELEMENT))?,
        };
        let mut conditions = Vec::new();
        for (name, json) in operators {
            let read = self.operator(name, json, &mut conditions);
            read.map_err(|error| error.within(name).within(ELEMENT))?;
        }
        Ok(conditions.into())
    }

    fn operator(
        self,
        name: &str,
        json: &Json,
        conditions: &mut Vec<Condition>,
    ) -> Result<(), Malformed> {
        let operator = Operator::parse(name)?;
        for (key, json) in object(json, "condition keys")? {
            let condition = self.condition(&operator, key, json);
            conditions.push(condition.map_err(|error| error.within(key))?);
        }
        Ok(())
    }

    fn condition(
        self,
        operator: &Operator,
        key: &str,
        json: &Json,
    ) -> Result<Condition, Malformed> {
        let has_vendor = key
            .split_once(':')
            .is_some_and(|(vendor, name)| !vendor.is_empty() && !name.is_empty());
        if !has_vendor {
            return Err(Malformed::new(format!(
                "{} has no vendor: a condition key is written \"service:name\", such as \
                 \"aws:SourceIp\"",
                quote(key)
            )));
        }
        let Operator { quantifier, base, negated, if_exists } = *operator;
        let test = self.test(base, json)?;
        Ok(Condition { quantifier, if_exists, negated, key: key.to_ascii_lowercase().into(), test })
    }

    fn test(self, base: Base, json: &Json) -> Result<Test, Malformed> {
        let variables = self.variables;
        let glob = |wildcards| {
            move |text: &str| {
                Glob::compile(text, Signs { wildcards, variables })
                    .map_err(|reason| format!("{}: {reason}", quote(text)))
            }
        };
        Ok(match base {
            Base::Text { case, wildcards } => Test::Text(case, values(json, glob(wildcards))?),
            Base::Bool => Test::Text(Case::Ignored, values(json, |text| boolean(text, variables))?),
            Base::Number(comparison) => Test::Number(
                comparison,
                values(json, |text| {
                    Decimal::parse(text).ok_or_else(|| format!("{} is no number", quote(text)))
                })?,
            ),
            Base::Date(comparison) => Test::Date(
                comparison,
                values(json, |text| {
                    let rule = "is no date of ISO 8601, such as 2026-11-25T10:00:00Z, nor seconds";
                    Moment::parse(text).ok_or_else(|| format!("{} {rule} since 1970", quote(text)))
                })?,
            ),
            Base::Binary => Test::Binary(values(json, |text| {
                STANDARD.decode(text).map_err(|_| format!("{} is not base64", quote(text)))
            })?),
            Base::Ip => Test::Ip(values(json, |text| {
                Network::parse(text).ok_or_else(|| {
                    format!("{} is no address and no range such as 203.0.113.0/24", quote(text))
                })
            })?),
            Base::Arn => Test::Arn(values(json, |text| {
                ArnPattern::compile(text, variables)
                    .map_err(|reason| format!("{}: {reason}", quote(text)))
            })?),
            Base::Null => Test::Null(values(json, |text| match text {
                _ if text.eq_ignore_ascii_case("true") => Ok(true),
                _ if text.eq_ignore_ascii_case("false") => Ok(false),
                _ => Err(not_boolean(text)),
            })?),
        })
    }
}

fn boolean(text: &str, variables: bool) -> Result<Glob, String> {
    let is_variable = variables && text.contains("${");
    if !is_variable && !text.eq_ignore_ascii_case("true") && !text.eq_ignore_ascii_case("false") {
        return Err(not_boolean(text));
    }
    Glob::compile(text, Signs { wildcards: false, variables })
        .map_err(|reason| format!("{}: {reason}", quote(text)))
}

fn not_boolean(text: &str) -> String {
    format!("{} is neither \"true\" nor \"false\"", quote(text))
}

fn object<'j>(json: &'j Json, of: &str) -> Result<&'j Object, Malformed> {
    match json {
        Json::Object(object) => Ok(object),
        other => {
            Err(Malformed::new(format!("an object of {of} is expected, not {}", other.found())))
        }
    }
}

/// The values of a key: one or a list, of strings, numbers and Booleans.
fn values<T>(json: &Json, read: impl Fn(&str) -> Result<T, String>) -> Result<Box<[T]>, Malformed> {
    let one = |json: &Json, place: String| {
        let text = match json {
            Json::Text(text) | Json::Number(text) => text.clone(),
            Json::Bool(value) => value.to_string(),
            other => {
                let message =
                    format!("a value is a string, a number or a Boolean, not {}", other.found());
                return Err(Malformed::new(message).within(&place));
            }
        };
        read(&text).map_err(|message| Malformed::new(message).within(&place))
    };
    match json {
        Json::List(list) if list.is_empty() => {
            Err(Malformed::new("the list is empty; there is at least one value"))
        }
        Json::List(list) => {
            list.iter().enumerate().map(|(index, json)| one(json, format!("[{index}]"))).collect()
        }
        other => Ok(Box::new([one(other, String::new())?])),
    }
}
