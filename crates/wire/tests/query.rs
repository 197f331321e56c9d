//! The query protocol: forms in, XML out.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};
use wire::query::{Form, Operation, decode_input, encode_error, encode_output};
use wire::schema::Shape;
use wire::{Error, ErrorCode, Op, Timestamp, WithOp, iam, sts};

fn form(body: &str) -> Form {
    Form::parse(body.as_bytes()).expect("a form that is short enough")
}

fn refusal<O: Op>(body: &str) -> Error
where
    O::Input: std::fmt::Debug,
{
    decode_input::<O>(&form(body)).expect_err("it is refused")
}

#[test]
fn an_operation_is_found_by_action_and_version() {
    let found = form("Action=CreateRole&Version=2010-05-08").operation().unwrap();
    assert_eq!(found, Operation::Iam(iam::Operation::CreateRole));
    assert_eq!((found.name(), found.service().id), ("CreateRole", "iam"));
    assert!(!found.is_read_only());
    let found = form("Action=GetCallerIdentity&Version=2011-06-15").operation().unwrap();
    assert_eq!(found, Operation::Sts(sts::Operation::GetCallerIdentity));
    assert!(found.is_read_only());
    for (body, message) in [
        (
            "Action=CreateRole",
            "Could not find operation CreateRole for version NO_VERSION_SPECIFIED",
        ),
        (
            "Action=CreateRole&Version=2011-06-15",
            "Could not find operation CreateRole for version 2011-06-15",
        ),
        ("Version=2010-05-08", "The request has no Action"),
        ("", "The request has no Action"),
    ] {
        let error = form(body).operation().unwrap_err();
        assert_eq!((error.code.query_name(), error.message.as_str()), ("InvalidAction", message));
    }
}

#[test]
fn members_are_read_by_their_paths() {
    let input = decode_input::<iam::op::CreateRole>(&form(
        "Action=CreateRole&Version=2010-05-08&RoleName=web&MaxSessionDuration=3600\
         &AssumeRolePolicyDocument=%7B%22Version%22%3A+%222012-10-17%22%7D\
         &Tags.member.2.Key=b&Tags.member.2.Value=&Tags.member.10.Key=c&Tags.member.10.Value=3\
         &Tags.member.1.Key=a&Tags.member.1.Value=1+%2B+1&Colour=red",
    ))
    .unwrap();
    let tag = |key: &str, value: &str| iam::Tag {
        key: Some(key.to_owned()),
        value: Some(value.to_owned()),
    };
    assert_eq!(
        input,
        iam::CreateRoleRequest {
            role_name: Some("web".to_owned()),
            max_session_duration: Some(3600),
            assume_role_policy_document: Some("{\"Version\": \"2012-10-17\"}".to_owned()),
            tags: Some(vec![tag("a", "1 + 1"), tag("b", ""), tag("c", "3")]),
            ..Default::default()
        }
    );
    let empty = decode_input::<iam::op::TagRole>(&form("RoleName=web&Tags=")).unwrap();
    assert_eq!(empty.tags, Some(Vec::new()));
}

#[test]
fn what_breaks_a_constraint_is_a_validation_error_in_the_words_of_iam() {
    for (body, message) in [
        (
            "",
            "1 validation error detected: Value null at 'userName' failed to satisfy constraint: \
             Member must not be null",
        ),
        (
            "UserName=caf%C3%A9",
            "1 validation error detected: Value 'café' at 'userName' failed to satisfy \
             constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]+",
        ),
        (
            "UserName=web&Tags.member.1.Key=",
            "3 validation errors detected: Value '' at 'tags.1.member.key' failed to satisfy \
             constraint: Member must have length greater than or equal to 1; Value '' at \
             'tags.1.member.key' failed to satisfy constraint: Member must satisfy regular \
             expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+; Value null at \
             'tags.1.member.value' failed to satisfy constraint: Member must not be null",
        ),
    ] {
        let error = refusal::<iam::op::CreateUser>(body);
        let told = (error.code.query_name(), error.code.query_status(), error.message.as_str());
        assert_eq!(told, ("ValidationError", 400, message));
    }
}

#[test]
fn a_value_of_a_wrong_type_is_malformed_input() {
    let error = refusal::<sts::op::GetSessionToken>("DurationSeconds=soon");
    assert_eq!(error.code.query_name(), "MalformedInput");
    assert_eq!(
        error.message,
        "STRING_VALUE can not be converted to an Integer (at 'durationSeconds')"
    );
    let error = refusal::<iam::op::CreatePolicyVersion>(
        "PolicyArn=arn:aws:iam::111122223333:policy/p&PolicyDocument=x&SetAsDefault=perhaps",
    );
    assert_eq!(error.code.query_name(), "MalformedInput");
    let error = refusal::<iam::op::TagRole>("RoleName=web&Tags=crew");
    assert_eq!(error.message, "Expected list or null (at 'tags')");
}

#[test]
fn an_alias_has_no_two_hyphens_side_by_side() {
    let read = |alias: &str| {
        decode_input::<iam::op::CreateAccountAlias>(&form(&format!("AccountAlias={alias}")))
    };
    for alias in ["abc", "a-b", "my-own-dock-7"] {
        assert!(read(alias).is_ok(), "{alias}");
    }
    for alias in ["ab", "a--b", "-ab", "ab-", "Abc", "a_b"] {
        let error = read(alias).unwrap_err();
        assert_eq!(error.code.query_name(), "ValidationError", "{alias}");
    }
}

#[test]
fn an_output_is_xml_as_aws_writes_it() {
    let output = iam::GetRoleResponse {
        role: Some(iam::Role {
            path: Some("/".to_owned()),
            role_name: Some("web".to_owned()),
            create_date: Some(Timestamp(1_795_564_507_000)),
            max_session_duration: Some(3600),
            assume_role_policy_document: Some("{\"a\": \"x y~\"}".to_owned()),
            description: Some("ships & <docks>".to_owned()),
            tags: Some(vec![iam::Tag { key: Some("crew".to_owned()), value: Some(String::new()) }]),
            ..Default::default()
        }),
    };
    let xml = encode_output::<iam::op::GetRole>(&output, "req-1");
    assert_eq!(
        String::from_utf8(xml).unwrap(),
        "<GetRoleResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><GetRoleResult>\
         <Role><AssumeRolePolicyDocument>%7B%22a%22%3A%20%22x%20y~%22%7D</AssumeRolePolicyDocument>\
         <CreateDate>2026-11-24T23:55:07Z</CreateDate><Description>ships &amp; &lt;docks&gt;\
         </Description><MaxSessionDuration>3600</MaxSessionDuration><Path>/</Path>\
         <RoleName>web</RoleName><Tags><member><Key>crew</Key><Value></Value></member></Tags>\
         </Role></GetRoleResult><ResponseMetadata><RequestId>req-1</RequestId>\
         </ResponseMetadata></GetRoleResponse>"
    );
    let xml = encode_output::<iam::op::DeleteRole>(&(), "req-2");
    assert_eq!(
        String::from_utf8(xml).unwrap(),
        "<DeleteRoleResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\">\
         <ResponseMetadata><RequestId>req-2</RequestId></ResponseMetadata></DeleteRoleResponse>"
    );
}

#[test]
fn lists_truth_values_maps_and_fractions_have_their_forms() {
    let details = [("111122223333".to_owned(), iam::PolicyEvaluationDecisionType::ExplicitDeny)];
    let output = iam::SimulatePolicyResponse {
        evaluation_results: Some(vec![iam::EvaluationResult {
            eval_action_name: Some("ecs:RunTask".to_owned()),
            eval_decision_details: Some(details.into_iter().collect()),
            matched_statements: Some(Vec::new()),
            ..Default::default()
        }]),
        is_truncated: Some(false),
        marker: None,
    };
    let xml = encode_output::<iam::op::SimulateCustomPolicy>(&output, "r");
    let xml = String::from_utf8(xml).unwrap();
    assert!(
        xml.contains(
            "<EvaluationResults><member><EvalActionName>ecs:RunTask</EvalActionName>\
             <EvalDecisionDetails><entry><key>111122223333</key><value>explicitDeny</value></entry>\
             </EvalDecisionDetails><MatchedStatements></MatchedStatements></member>\
             </EvaluationResults><IsTruncated>false</IsTruncated>"
        ),
        "{xml}"
    );
    let credentials =
        sts::Credentials { expiration: Some(Timestamp(1_795_564_507_359)), ..Default::default() };
    let output = sts::GetSessionTokenResponse { credentials: Some(credentials) };
    let xml = String::from_utf8(encode_output::<sts::op::GetSessionToken>(&output, "r")).unwrap();
    assert!(xml.contains("<Expiration>2026-11-24T23:55:07.359Z</Expiration>"), "{xml}");
    assert!(xml.contains("xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\""), "{xml}");
}

#[test]
fn an_error_has_the_name_that_the_query_protocol_gives_it() {
    let error = Error::no_such_entity("The role with name a\u{1}b cannot be found.");
    let xml = String::from_utf8(encode_error(&error, iam::SERVICE, "r")).unwrap();
    assert_eq!(
        xml,
        "<ErrorResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><Error>\
         <Type>Sender</Type><Code>NoSuchEntity</Code><Message>The role with name a\u{fffd}b \
         cannot be found.</Message></Error><RequestId>r</RequestId></ErrorResponse>"
    );
    for (code, name, status) in [
        (ErrorCode::NoSuchEntity, "NoSuchEntity", 404),
        (ErrorCode::EntityAlreadyExists, "EntityAlreadyExists", 409),
        (ErrorCode::DeleteConflict, "DeleteConflict", 409),
        (ErrorCode::LimitExceeded, "LimitExceeded", 409),
        (ErrorCode::MalformedPolicyDocument, "MalformedPolicyDocument", 400),
        (ErrorCode::AccessDenied, "AccessDenied", 403),
        (ErrorCode::InvalidSignature, "SignatureDoesNotMatch", 403),
        (ErrorCode::ExpiredToken, "ExpiredToken", 403),
        (ErrorCode::Throttling, "Throttling", 400),
        (ErrorCode::Server, "ServiceFailure", 500),
    ] {
        assert_eq!((code.query_name(), code.query_status()), (name, status));
    }
    assert_eq!(ErrorCode::LimitExceeded.name(), "LimitExceededException");
}

/// Every pattern compiles: an input of nothing but wrong text meets them all.
#[test]
fn every_pattern_of_the_models_is_a_regular_expression() {
    fn visit(shape: &Shape) {
        match shape {
            Shape::String { pattern: Some(pattern), .. } => _ = pattern.matches("name"),
            Shape::List { element, .. } => visit(element),
            Shape::Structure(members) => {
                for member in *members {
                    visit(member.shape);
                }
            }
            _ => {}
        }
    }
    for operation in iam::Operation::ALL {
        visit(operation.input_schema());
    }
    for operation in sts::Operation::ALL {
        visit(operation.input_schema());
    }
}

/// Reads a form as an operation's input, and gives it back as JSON.
struct Read<'a>(&'a Form);

impl WithOp for Read<'_> {
    type Answer = Result<Value, Error>;

    fn run<O: Op>(self) -> Self::Answer {
        decode_input::<O>(self.0).map(|input| json!(input))
    }
}

/// Values that satisfy a shape of IAM's.
fn instance(shape: &'static Shape) -> BoxedStrategy<Value> {
    match shape {
        Shape::Boolean => any::<bool>().prop_map(Value::from).boxed(),
        Shape::Enumeration(values) => select(*values).prop_map(Value::from).boxed(),
        Shape::Integer { min, max } => {
            (min.unwrap_or(i32::MIN)..=max.unwrap_or(i32::MAX)).prop_map(Value::from).boxed()
        }
        Shape::List { element, .. } => vec(instance(element), 0..12).prop_map(Value::from).boxed(),
        Shape::String { pattern, min, .. } => {
            let least = min.unwrap_or(1);
            let text = "[a-z &=+%]{0,8}".prop_map(move |text| format!("{text:x<least$}"));
            let pattern = *pattern;
            let plain = move |text: String| match pattern.map(|pattern| pattern.matches(&text)) {
                Some(false) => ["xyz", "/", "v1"]
                    .map(|text| format!("{text:x<least$}"))
                    .into_iter()
                    .find(|text| pattern.is_some_and(|pattern| pattern.matches(text)))
                    .unwrap_or_else(|| "/".to_owned()),
                _ => text,
            };
            text.prop_map(plain).prop_map(Value::from).boxed()
        }
        Shape::Structure(members) => {
            let member = |member: &'static wire::schema::Member| {
                let value = instance(member.shape);
                let present = if member.required {
                    value.prop_map(Some).boxed()
                } else {
                    proptest::option::weighted(0.4, value).boxed()
                };
                present.prop_map(|value| Some((member.name.to_owned(), value?)))
            };
            let members: Vec<_> = members.iter().map(member).collect();
            members
                .prop_map(|members| {
                    Value::Object(members.into_iter().flatten().collect::<Map<_, _>>())
                })
                .boxed()
        }
        other => panic!("no input of IAM has {other:?}"),
    }
}

/// Whether there is a structure without members in a value.
fn has_nothing(value: &Value) -> bool {
    match value {
        Value::Object(members) => members.is_empty() || members.values().any(has_nothing),
        Value::Array(elements) => elements.iter().any(has_nothing),
        _ => false,
    }
}

/// Writes a value as botocore's `QuerySerializer` does.
fn write(value: &Value, path: &str, body: &mut form_urlencoded::Serializer<'_, String>) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                write(value, &path, body);
            }
        }
        Value::Array(elements) if elements.is_empty() => _ = body.append_pair(path, ""),
        Value::Array(elements) => {
            for (index, value) in elements.iter().enumerate() {
                write(value, &format!("{path}.member.{}", index + 1), body);
            }
        }
        Value::String(text) => _ = body.append_pair(path, text),
        other => _ = body.append_pair(path, &other.to_string()),
    }
}

proptest! {
    #[test]
    fn what_a_client_writes_as_a_form_is_read_back_whole(
        (operation, input) in select(iam::Operation::ALL).prop_flat_map(|operation| {
            (Just(operation), instance(operation.input_schema()))
        })
    ) {
        // A structure without members leaves nothing in a form.
        prop_assume!(input.as_object().is_some_and(|members| !members.values().any(has_nothing)));
        let mut body = form_urlencoded::Serializer::new(String::new());
        write(&input, "", &mut body);
        let form = Form::parse(body.finish().as_bytes()).unwrap();
        prop_assert_eq!(operation.with(Read(&form)), Ok(input));
    }

    #[test]
    fn any_form_is_read_or_refused(
        operation in select(iam::Operation::ALL),
        body in "([A-Za-z.&=%0-9]|Tags\\.member\\.|RoleName|Key){0,40}",
    ) {
        let form = Form::parse(body.as_bytes()).unwrap();
        if let Err(error) = operation.with(Read(&form)) {
            let refusals = [ErrorCode::Serialization, ErrorCode::InvalidParameter];
            prop_assert!(refusals.contains(&error.code), "{}", error);
        }
    }
}
