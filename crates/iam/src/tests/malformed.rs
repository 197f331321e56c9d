//! Documents that are refused, each with its place and its message.

use alloc::{format, string::String};
use core::fmt::Write;

use crate::{Grammar, Policy, limits::DOCUMENT_BYTES_MAX};

fn messages(grammar: Grammar, documents: &[&str]) -> String {
    let mut table = String::new();
    for document in documents {
        let Err(refused) = Policy::parse(document, grammar) else {
            panic!("not refused: {document}");
        };
        writeln!(table, "{document}\n    {refused}").unwrap();
    }
    table
}

/// A statement that is whole but for what is put in its place.
fn with(changed: &str) -> String {
    format!(r#"{{"Statement": [{{"Effect": "Allow", {changed}}}]}}"#)
}

fn messages_of_statements(grammar: Grammar, statements: &[&str]) -> String {
    let documents: alloc::vec::Vec<String> =
        statements.iter().map(|statement| with(statement)).collect();
    let documents: alloc::vec::Vec<&str> = documents.iter().map(String::as_str).collect();
    messages(grammar, &documents)
}

#[test]
fn what_is_no_document() {
    let table = messages(
        Grammar::Identity,
        &[
            "",
            "{",
            "nothing",
            "{\"Version\": \"2012-10-17\",\n \"Statement\": [,]}",
            "{\"Version\": \"2012-10-17\"} {}",
            "[]",
            "\"text\"",
            "{}",
            r#"{"Statement": []}"#,
            r#"{"Statement": "Allow"}"#,
            r#"{"Statement": [null]}"#,
            r#"{"Statement": [{}], "Statement": [{}]}"#,
            r#"{"Version": "2012-10-18", "Statement": []}"#,
            r#"{"Version": 20121017, "Statement": []}"#,
            r#"{"Id": ["a"], "Statement": []}"#,
            r#"{"statement": []}"#,
            r#"{"Comment": "mine", "Statement": []}"#,
        ],
    );
    insta::assert_snapshot!(table);
}

#[test]
fn a_document_that_is_too_long_or_too_deep_is_not_read() {
    let long = format!("{{}}{}", " ".repeat(DOCUMENT_BYTES_MAX));
    let refused = Policy::parse(&long, Grammar::Identity).unwrap_err();
    assert_eq!(refused.message, "the document has 131074 bytes, at most 131072 are read");
    let deep = "[".repeat(DOCUMENT_BYTES_MAX);
    let refused = Policy::parse(&deep, Grammar::Identity).unwrap_err();
    assert_eq!(refused.message, "not JSON: recursion limit exceeded");
    let long_name = with(&format!(r#""Action": "{}", "Resource": "*""#, "é\\n".repeat(200)));
    let refused = Policy::parse(&long_name, Grammar::Identity).unwrap_err();
    assert!(refused.message.len() < 600, "{refused}");
}

#[test]
fn elements_of_a_statement() {
    let table = messages(
        Grammar::Identity,
        &[
            r#"{"Statement": {"Action": "a:b", "Resource": "*"}}"#,
            r#"{"Statement": {"Effect": "allow", "Action": "a:b", "Resource": "*"}}"#,
            r#"{"Statement": {"Effect": true, "Action": "a:b", "Resource": "*"}}"#,
            r#"{"Statement": {"Effect": "Allow", "Effect": "Deny"}}"#,
            r#"{"Statement": {"Effect": "Allow", "Resource": "*"}}"#,
            r#"{"Statement": {"Effect": "Allow", "Action": "a:b"}}"#,
            r#"{"Statement": {"Effect": "Allow", "Action": "a:b", "NotAction": "a:c", "Resource": "*"}}"#,
            r#"{"Statement": {"Effect": "Allow", "Action": "a:b", "Resource": "*", "NotResource": "*"}}"#,
            r#"{"Statement": {"Effect": "Allow", "action": "a:b", "Resource": "*"}}"#,
            r#"{"Statement": {"Effect": "Allow", "Action": "a:b", "Resource": "*", "Conditions": {}}}"#,
            r#"{"Statement": {"Sid": "a b", "Effect": "Allow", "Action": "a:b", "Resource": "*"}}"#,
            r#"{"Statement": {"Sid": 1, "Effect": "Allow", "Action": "a:b", "Resource": "*"}}"#,
            r#"{"Statement": [
                {"Sid": "A", "Effect": "Allow", "Action": "a:b", "Resource": "*"},
                {"Sid": "", "Effect": "Allow", "Action": "a:b", "Resource": "*"},
                {"Sid": "", "Effect": "Allow", "Action": "a:b", "Resource": "*"},
                {"Sid": "A", "Effect": "Allow", "Action": "a:b", "Resource": "*"}]}"#,
            r#"{"Statement": {"Effect": "Allow", "Principal": "*", "Action": "a:b", "Resource": "*"}}"#,
            r#"{"Statement": {"Effect": "Allow", "NotPrincipal": "*", "Action": "a:b", "Resource": "*"}}"#,
        ],
    );
    insta::assert_snapshot!(table);
}

#[test]
fn actions_and_resources() {
    let table = messages_of_statements(
        Grammar::Identity,
        &[
            r#""Action": [], "Resource": "*""#,
            r#""Action": ["ecs:RunTask", 1], "Resource": "*""#,
            r#""Action": {}, "Resource": "*""#,
            r#""Action": "", "Resource": "*""#,
            r#""Action": "RunTask", "Resource": "*""#,
            r#""Action": ":RunTask", "Resource": "*""#,
            r#""Action": "ecs:", "Resource": "*""#,
            r#""Action": "e*:RunTask", "Resource": "*""#,
            r#""Action": "*:RunTask", "Resource": "*""#,
            r#""Action": "amazon ecs:RunTask", "Resource": "*""#,
            r#""NotAction": ["ecs:RunTask", "ecs:Run Task"], "Resource": "*""#,
            r#""Action": "ecs:Run:Task", "Resource": "*""#,
            r#""Action": "a:b", "Resource": []"#,
            r#""Action": "a:b", "Resource": null"#,
            r#""Action": "a:b", "Resource": "cluster/prod""#,
            r#""Action": "a:b", "Resource": "**""#,
            r#""Action": "a:b", "Resource": ["*", "arn"]"#,
            r#""Action": "a:b", "Resource": "arn:aws""#,
            r#""Action": "a:b", "Resource": "arn:*""#,
            r#""Action": "a:b", "Resource": "arn:aws:*:eu-west-1:111122223333:cluster/prod""#,
            r#""Action": "a:b", "NotResource": "arn:aws::eu-west-1:111122223333:cluster/prod""#,
        ],
    );
    insta::assert_snapshot!(table);
}

#[test]
fn policy_variables() {
    let resource = |variable: &str| {
        format!(
            r#"{{"Version": "2012-10-17", "Statement": {{"Effect": "Allow", "Action": "a:b", "Resource": "arn:aws:s3:::{variable}"}}}}"#
        )
    };
    let documents = [
        "${aws:username",
        "${}",
        "${a${b}}",
        "${aws:username, x}",
        "${aws:username, 'x}",
        "${aws:username,}",
        "${ aws:username }",
        "${aws:*}",
        "${**}",
    ]
    .map(resource);
    let early = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "a:b",
        "Resource": "arn:aws:s3:${aws:RequestedRegion}::bucket"}}"#;
    let whole = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "a:b",
        "Resource": "${aws:SourceArn}"}}"#;
    let documents: alloc::vec::Vec<&str> =
        documents.iter().map(String::as_str).chain([early, whole]).collect();
    let table = messages(Grammar::Identity, &documents);
    insta::assert_snapshot!(table);
}

#[test]
fn conditions() {
    let table = messages_of_statements(
        Grammar::Identity,
        &[
            r#""Action": "a:b", "Resource": "*", "Condition": []"#,
            r#""Action": "a:b", "Resource": "*", "Condition": {"StringLikes": {"a:b": "c"}}"#,
            r#""Action": "a:b", "Resource": "*", "Condition": {"ForSomeValues:StringLike": {"a:b": "c"}}"#,
            r#""Action": "a:b", "Resource": "*", "Condition": {"IfExists": {"a:b": "c"}}"#,
            r#""Action": "a:b", "Resource": "*", "Condition": {"NullIfExists": {"a:b": "true"}}"#,
            r#""Action": "a:b", "Resource": "*", "Condition": {"StringEquals": "a:b"}"#,
            r#""Action": "a:b", "Resource": "*", "Condition": {"StringEquals": {"SourceIp": "c"}}"#,
            r#""Action": "a:b", "Resource": "*", "Condition": {"StringEquals": {"aws:": "c"}}"#,
            r#""Action": "a:b", "Resource": "*", "Condition": {"StringEquals": {"a:b": []}}"#,
            r#""Action": "a:b", "Resource": "*", "Condition": {"StringEquals": {"a:b": ["c", {}]}}"#,
            r#""Action": "a:b", "Resource": "*", "Condition": {"StringEquals": {"a:b": null}}"#,
            r#""Action": "a:b", "Resource": "*", "Condition": {"NumericEquals": {"a:b": "ten"}}"#,
            r#""Action": "a:b", "Resource": "*", "Condition": {"NumericLessThanIfExists": {"a:b": [1, "2.5", "1e3"]}}"#,
            r#""Action": "a:b", "Resource": "*", "Condition": {"DateLessThan": {"a:b": "2026-02-29"}}"#,
            r#""Action": "a:b", "Resource": "*", "Condition": {"DateLessThan": {"a:b": "2026-1-1T10:00Z"}}"#,
            r#""Action": "a:b", "Resource": "*", "Condition": {"Bool": {"a:b": "yes"}}"#,
            r#""Action": "a:b", "Resource": "*", "Condition": {"Null": {"a:b": 0}}"#,
            r#""Action": "a:b", "Resource": "*", "Condition": {"BinaryEquals": {"a:b": "?"}}"#,
            r#""Action": "a:b", "Resource": "*", "Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.0/33"}}"#,
            r#""Action": "a:b", "Resource": "*", "Condition": {"NotIpAddress": {"aws:SourceIp": ["::1", "localhost"]}}"#,
            r#""Action": "a:b", "Resource": "*", "Condition": {"ArnLike": {"aws:SourceArn": "role/x"}}"#,
            r#""Action": "a:b", "Resource": "*", "Condition": {"Bool": {"a:b": true, "a:b": false}}"#,
        ],
    );
    insta::assert_snapshot!(table);
}

#[test]
fn trust_policies() {
    let table = messages_of_statements(
        Grammar::Trust,
        &[
            r#""Action": "sts:AssumeRole""#,
            r#""Principal": "*", "Action": "sts:AssumeRole""#,
            r#""Principal": "111122223333", "Action": "sts:AssumeRole""#,
            r#""Principal": {}, "Action": "sts:AssumeRole""#,
            r#""Principal": ["*"], "Action": "sts:AssumeRole""#,
            r#""Principal": {"AWS": []}, "Action": "sts:AssumeRole""#,
            r#""Principal": {"Aws": "*"}, "Action": "sts:AssumeRole""#,
            r#""Principal": {"AWS": "11112222333"}, "Action": "sts:AssumeRole""#,
            r#""Principal": {"AWS": "arn:aws:iam::111122223333:user/*"}, "Action": "sts:AssumeRole""#,
            r#""Principal": {"AWS": "arn:aws:iam::111122223333:group/g"}, "Action": "sts:AssumeRole""#,
            r#""Principal": {"AWS": ["*", "arn:aws:sts::111122223333:assumed-role/web"]}, "Action": "sts:AssumeRole""#,
            r#""Principal": {"Service": "ecs-tasks"}, "Action": "sts:AssumeRole""#,
            r#""Principal": {"Service": "*"}, "Action": "sts:AssumeRole""#,
            r#""Principal": {"CanonicalUser": "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"}, "Action": "sts:AssumeRole""#,
            r#""NotPrincipal": {"AWS": "111122223333"}, "Action": "sts:AssumeRole""#,
            r#""Principal": {"AWS": "*"}, "Action": "ecs:RunTask""#,
            r#""Principal": {"AWS": "*"}, "Action": "*""#,
            r#""Principal": {"AWS": "*"}, "Action": "sts:AssumeRole", "Resource": "*""#,
            r#""Principal": {"AWS": "*"}, "NotPrincipal": {"AWS": "111122223333"}, "Action": "sts:AssumeRole""#,
        ],
    );
    insta::assert_snapshot!(table);
}

#[test]
fn policies_of_resources() {
    let table = messages_of_statements(
        Grammar::Resource,
        &[
            r#""Action": "s3:*", "Resource": "*""#,
            r#""Principal": "*", "Action": "s3:*""#,
            r#""NotPrincipal": {"AWS": "111122223333"}, "Action": "s3:*", "Resource": "*""#,
            r#""Principal": {"CanonicalUser": "79a5"}, "Action": "s3:*", "Resource": "*""#,
        ],
    );
    insta::assert_snapshot!(table);
}
