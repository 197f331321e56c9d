//! A decision allocates nothing, whatever it has to look at.
#![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]

use std::hint::black_box;

use allocation_counter::measure;
use iam::{Context, Grammar, Named, Policies, Policy, Principal, Request, decide};

#[test]
fn a_decision_allocates_nothing() {
    let parse = |text: &str, grammar| Policy::parse(text, grammar).unwrap();
    let identity = parse(
        r#"{"Version": "2012-10-17", "Statement": [
            {"Effect": "Deny", "NotAction": ["ecs:*", "s3:Get?bject*"], "Resource": "*"},
            {"Effect": "Allow", "Action": "ecs:*Service*", "Resource": "arn:aws:ecs:*:*:service/*/${aws:PrincipalTag/team, 'all'}-*",
             "Condition": {
                "StringLike": {"aws:UserAgent": "*aws-?li*"},
                "StringNotEqualsIgnoreCase": {"aws:username": ["ANN", "bob"]},
                "NumericLessThan": {"aws:MultiFactorAuthAge": "3600.5"},
                "DateGreaterThan": {"aws:CurrentTime": "2026-01-01T00:00:00Z"},
                "IpAddress": {"aws:SourceIp": ["203.0.113.0/24", "2001:db8::/32"]},
                "ArnLike": {"ecs:cluster": "arn:aws:ecs:*:*:cluster/prod*"},
                "ForAllValues:StringEquals": {"aws:TagKeys": ["a", "b"]},
                "Bool": {"aws:SecureTransport": true},
                "Null": {"aws:TokenIssueTime": true}}}]}"#,
        Grammar::Identity,
    );
    let resource = parse(
        r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "111122223333"},
            "Action": "*", "Resource": "*"}}"#,
        Grammar::Resource,
    );
    let mut context = Context::from_iter([
        ("aws:UserAgent", "aws-cli/2"),
        ("aws:MultiFactorAuthAge", "60"),
        ("aws:CurrentTime", "2026-11-25T10:00:00.5+01:00"),
        ("aws:SourceIp", "2001:db8::1"),
        ("ecs:cluster", "arn:aws:ecs:eu-west-1:111122223333:cluster/prod"),
        ("aws:SecureTransport", "true"),
    ]);
    context.insert_all("aws:TagKeys", ["a"]);
    let named = Named { name: "p", policy: &identity };
    let identity = [named];
    let policies = Policies {
        identity: &identity,
        boundary: Some(named),
        session: Some(&identity),
        resource: Some(Named { name: "r", policy: &resource }),
    };
    let counted = measure(|| drop(black_box(String::from("counted")))).count_total;
    assert_eq!(counted, 1, "the counter counts");
    for (action, is_allowed) in
        [("ECS:UpdateService", true), ("ecs:RunTask", false), ("iam:X", false)]
    {
        let request = Request {
            principal: Principal::AssumedRole {
                role_arn: "arn:aws:iam::111122223333:role/web",
                session_arn: "arn:aws:sts::111122223333:assumed-role/web/s",
            },
            action,
            resource: "arn:aws:ecs:eu-west-1:111122223333:service/prod/all-web",
            context: &context,
        };
        let mut decided = None;
        let allocations = measure(|| decided = Some(decide(black_box(&request), &policies)));
        assert_eq!(decided.unwrap().is_allowed(), is_allowed, "{action}");
        assert_eq!(allocations.count_total, 0, "{action}");
    }
}
