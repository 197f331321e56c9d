//! A record of a call.

use std::borrow::Cow;

use model::Timestamp;
use serde::Serialize;
use serde_json::{
    Value,
    value::{RawValue, to_raw_value},
};

use crate::{Additional, Authorization, Check, Record, UserIdentity, json, mask, record};

/// Bytes of a user agent, of an error's message and of a request id: CloudTrail's limit.
const TEXT_BYTES_MAX: usize = 1024;

/// What is known of a call once it is answered.
#[derive(Clone, Debug)]
pub struct CallFacts<'a> {
    /// When it came.
    pub at: Timestamp,
    /// A fresh random number: the record's id.
    pub event_id: u128,
    /// The id that goes out with the answer.
    pub request_id: &'a str,
    /// The service's name as in its actions, such as `ecs`.
    pub service: &'a str,
    /// The operation, such as `RunTask`.
    pub operation: &'a str,
    /// The region that was called.
    pub region: &'a str,
    /// The account that was called.
    pub account: &'a str,
    /// Who called.
    pub identity: UserIdentity<'a>,
    /// The address that it came from.
    pub source_ip: &'a str,
    /// What the caller says it is.
    pub user_agent: &'a str,
    /// What was asked.
    pub request: Parameters<'a>,
    /// What came of it.
    pub outcome: Outcome<'a>,
    /// What was asked of IAM; empty when it came to no question.
    pub checks: Vec<Check<'a>>,
}

/// What was asked or answered. Secrets are taken out here.
#[derive(Clone, Debug)]
pub enum Parameters<'a> {
    /// Nothing, or nothing that was understood.
    None,
    /// A body of AWS JSON as it came or went: its names are CloudTrail's already. What is not JSON is
    /// left out.
    Json(&'a [u8]),
    /// A shape of the query protocol; see [`Parameters::of`].
    Value(Value),
}

/// What came of a call.
#[derive(Clone, Debug)]
pub enum Outcome<'a> {
    /// It was answered. Only operations that change something have their answer recorded.
    Answered(Parameters<'a>),
    /// It was refused, or failed.
    Failed {
        /// The error's code, such as `AccessDeniedException`.
        code: &'a str,
        /// Its message.
        message: &'a str,
    },
}

impl Parameters<'_> {
    /// A shape whose members begin with a capital letter, as those of IAM and STS do: CloudTrail begins
    /// them with a small one. What cannot be JSON is left out.
    pub fn of(shape: &impl Serialize) -> Self {
        match serde_json::to_value(shape) {
            Ok(value) => Parameters::Value(with_small_letters(value)),
            Err(_) => Parameters::None,
        }
    }
}

fn with_small_letters(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let small = |mut name: String| {
                if let Some(first) = name.get_mut(..1) {
                    first.make_ascii_lowercase();
                }
                name
            };
            let members = members.into_iter().filter(|(_, value)| !value.is_null());
            Value::Object(
                members.map(|(name, value)| (small(name), with_small_letters(value))).collect(),
            )
        }
        Value::Array(items) => Value::Array(items.into_iter().map(with_small_letters).collect()),
        other => other,
    }
}

/// Whether an operation changes nothing, as CloudTrail sees it: taking a role changes nothing.
fn is_read_only(operation: &str) -> bool {
    const WORDS: [&str; 8] =
        ["Describe", "List", "Get", "Discover", "Simulate", "AssumeRole", "Poll", "Decode"];
    WORDS.iter().any(|word| operation.starts_with(word))
}

impl<'a> Record<'a> {
    /// The record of a call.
    pub fn of_call(facts: CallFacts<'a>) -> Self {
        let is_read_only = is_read_only(facts.operation);
        let fit = |member, parameters| fit(facts.service, facts.operation, member, parameters);
        let request_parameters = fit("requestParameters", facts.request);
        let (response_elements, error) = match facts.outcome {
            // A session that was given is an answer to keep, although nothing has changed.
            Outcome::Answered(answer) if !is_read_only || facts.service == "sts" => {
                (fit("responseElements", answer), None)
            }
            Outcome::Answered(_) => (None, None),
            Outcome::Failed { code, message } => (None, Some((code, message))),
        };
        let authorization = (!facts.checks.is_empty()).then(|| Authorization::of(facts.checks));
        let resources = authorization.as_ref().map(Authorization::resources);
        Record {
            event_version: record::EVENT_VERSION.into(),
            user_identity: facts.identity,
            event_time: facts.at.to_string().into(),
            event_source: source(facts.service),
            event_name: facts.operation.into(),
            aws_region: facts.region.into(),
            source_ip_address: facts.source_ip.into(),
            user_agent: Some(short(facts.user_agent)),
            error_code: error.map(|(code, _)| short(code)),
            error_message: error.map(|(_, message)| short(message)),
            request_parameters,
            response_elements,
            additional_event_data: authorization
                .map(|authorization| Additional::Ours { authorization }),
            request_id: Some(short(facts.request_id)),
            event_id: arn::uuid(facts.event_id).into(),
            read_only: Some(is_read_only),
            resources: resources.filter(|resources| !resources.is_empty()),
            event_type: Some("AwsApiCall".into()),
            api_version: None,
            management_event: Some(true),
            recipient_account_id: Some(facts.account.into()),
            shared_event_id: None,
            vpc_endpoint_id: None,
            event_category: Some("Management".into()),
            tls_details: None,
        }
    }
}

fn source(service: &str) -> Cow<'static, str> {
    match service {
        "ecs" => "ecs.amazonaws.com".into(),
        other => format!("{other}.amazonaws.com").into(),
    }
}

fn short(text: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(text);
    json::cut(&mut text, TEXT_BYTES_MAX);
    text
}

fn fit<'a>(
    service: &str,
    operation: &str,
    member: &str,
    parameters: Parameters<'a>,
) -> Option<Cow<'a, RawValue>> {
    let mut value = match parameters {
        Parameters::None => return None,
        Parameters::Json(bytes) if !mask::has_secrets(service, operation) => {
            return json::fit(member, bytes);
        }
        // A body that is too large for a record is not read for its secrets.
        Parameters::Json(bytes) if bytes.len() > json::BYTES_MAX => {
            return json::fit(member, bytes);
        }
        Parameters::Json(bytes) => serde_json::from_slice(bytes).ok()?,
        Parameters::Value(value) => value,
    };
    mask::mask(service, operation, &mut value);
    let raw = to_raw_value(&value).ok()?;
    if raw.get().len() > json::BYTES_MAX {
        let fitted = json::fit(member, raw.get().as_bytes())?;
        return Some(Cow::Owned(fitted.into_owned()));
    }
    Some(Cow::Owned(raw))
}
