//! What the simulator's operations need, and how decisions print.

use alloc::{
    string::{String, ToString},
    vec::Vec,
};

use super::policy;
use crate::{
    Context, Decision, Grammar, Kind, Named, Policies, Policy, Position, Principal, Request, Span,
    Statement, decide, simulate,
};

const ANN: Principal<'_> = Principal::User { arn: "arn:aws:iam::111122223333:user/ann" };
const SESSION: Principal<'_> = Principal::AssumedRole {
    role_arn: "arn:aws:iam::111122223333:role/r",
    session_arn: "arn:aws:sts::111122223333:assumed-role/r/s",
};

fn named<'a>(name: &'a str, policy: &'a Policy) -> Named<'a> {
    Named { name, policy }
}

#[test]
fn a_statement_knows_its_place_in_the_text() {
    let text = [
        r#"{"Id": "a \"Statement\": {","#,
        r#"  "\u0053tatement": ["#,
        r#"    {"Effect": "Allow", "Action": "a:x\u0041", "Resource": "*"},"#,
        r#"    {"Effect": "Deny", "Action": ["b:C"], "Resource": "*","#,
        r#""Condition": {"StringEquals": {"a:b": "éé"}}}"#,
        "]}",
    ]
    .join("\n");
    let policy = Policy::parse(&text, Grammar::Identity).unwrap();
    let spans: Vec<Span> = policy.statements().iter().map(Statement::span).collect();
    let at = |line, column| Position { line, column };
    assert_eq!(spans[0], Span { start: at(3, 6), end: at(3, 64) });
    assert_eq!(spans[1], Span { start: at(4, 6), end: at(5, 46) });
}

/// The numbers are those of the example of `aws iam simulate-custom-policy help`.
#[test]
fn places_are_counted_as_aws_counts_them() {
    let text = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"dynamodb:*","Resource":"*","Condition":{"DateGreaterThan":{"aws:CurrentTime":"2018-08-16T12:00:00Z"}}}}"#;
    let policy = Policy::parse(text, Grammar::Identity).unwrap();
    let Span { start, end } = policy.statements()[0].span();
    assert_eq!((start.line, start.column, end.line, end.column), (1, 38, 1, 167));
}

#[test]
fn a_simulation_names_the_statements_and_the_missing_keys() {
    let allow = policy(
        r#"[{"Sid": "One", "Effect": "Allow", "Action": "ecs:*", "Resource": "*"},
            {"Sid": "Two", "Effect": "Allow", "Action": "ecs:RunTask", "Resource": "*"},
            {"Effect": "Allow", "Action": "s3:*", "Resource": "*",
             "Condition": {"Bool": {"aws:SecureTransport": true}}}]"#,
        Grammar::Identity,
    );
    let deny = policy(
        r#"{"Sid": "No", "Effect": "Deny", "Action": "ecs:RunTask", "Resource": "*",
            "Condition": {"ArnEquals": {"ecs:Cluster": "arn:aws:ecs:*:*:cluster/${aws:PrincipalTag/t}"}}}"#,
        Grammar::Identity,
    );
    let identity = [named("allow", &allow), named("deny", &deny)];
    let policies = Policies {
        identity: &identity,
        boundary: Some(named("deny", &deny)),
        ..Policies::default()
    };
    let sids = |context: &Context| {
        let request = Request { principal: ANN, action: "ecs:RunTask", resource: "*", context };
        let simulation = simulate(&request, &policies);
        let sids: Vec<_> =
            simulation.matched.iter().map(|by| by.statement.sid().unwrap()).collect();
        let missing = simulation.missing_keys.join(" ");
        (sids.join(" "), missing, simulation.boundary_allows, simulation.decision.to_string())
    };
    assert_eq!(
        sids(&Context::new()),
        (
            "One Two".into(),
            "aws:principaltag/t ecs:cluster".into(),
            Some(false),
            "denied: no permissions boundary allows it".into()
        )
    );
    let context = Context::from_iter([
        ("aws:PrincipalTag/T", "prod"),
        ("ecs:cluster", "arn:aws:ecs:eu-west-1:111122223333:cluster/prod"),
    ]);
    assert_eq!(
        sids(&context),
        (
            "No No".into(),
            String::new(),
            Some(false),
            "denied by statement No of the identity-based policy deny".into()
        )
    );
}

/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html>
#[test]
fn denials_read_as_aws_writes_them() {
    let nothing = policy(
        r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}"#,
        Grammar::Identity,
    );
    let all = policy(r#"{"Effect": "Allow", "Action": "*", "Resource": "*"}"#, Grammar::Identity);
    let deny = policy(r#"{"Effect": "Deny", "Action": "*", "Resource": "*"}"#, Grammar::Identity);
    let trust = policy(
        r#"{"Effect": "Allow", "Principal": {"Service": "ecs-tasks.amazonaws.com"},
            "Action": "sts:AssumeRole"}"#,
        Grammar::Trust,
    );
    let deny_trust = policy(
        r#"{"Effect": "Deny", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}"#,
        Grammar::Trust,
    );
    let deny_resource = policy(
        r#"{"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*"}"#,
        Grammar::Resource,
    );
    let [nothing, all, deny, trust, deny_trust, deny_resource] =
        [&nothing, &all, &deny, &trust, &deny_trust, &deny_resource]
            .map(|policy| [named("p", policy)]);
    let of = |identity| Policies { identity, ..Policies::default() };
    let cases = [
        of(&nothing),
        of(&deny),
        Policies { boundary: Some(nothing[0]), ..of(&all) },
        Policies { boundary: Some(deny[0]), ..of(&all) },
        Policies { session: Some(&nothing), ..of(&all) },
        Policies { session: Some(&deny), ..of(&all) },
        Policies { resource: Some(trust[0]), ..of(&all) },
        Policies { resource: Some(deny_trust[0]), ..of(&all) },
        Policies { resource: Some(deny_resource[0]), ..of(&all) },
    ];
    let context = Context::new();
    let mut lines: Vec<_> = cases
        .iter()
        .map(|policies| {
            let request = Request {
                principal: SESSION,
                action: "sts:AssumeRole",
                resource: "arn:aws:iam::111122223333:role/web",
                context: &context,
            };
            decide(&request, policies).sentence(&request).unwrap().to_string()
        })
        .collect();
    let request = Request {
        principal: Principal::Anonymous,
        action: "ecs:Poll",
        resource: "*",
        context: &context,
    };
    let decision = decide(&request, &Policies::default());
    assert!(matches!(decision, Decision::ImplicitDeny { silent: Kind::Resource }));
    lines.push(decision.sentence(&request).unwrap().to_string());
    let denials = lines.join("\n");
    insta::assert_snapshot!(denials);
}
