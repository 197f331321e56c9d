//! What holds of every decision, over random policies and requests, and of every pattern.

use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

use proptest::prelude::*;

use super::policy;
use crate::{
    Context, Decision, Grammar, Named, Policies, Policy, Principal, Request, decide, fuzz,
    glob::{Case, Glob, Signs},
    value::{Moment, Network},
};

/// Few names, so that statements and requests often meet.
fn action() -> impl Strategy<Value = &'static str> {
    prop::sample::select(std::vec![
        "ecs:RunTask",
        "ecs:StopTask",
        "ECS:runtask",
        "s3:GetObject",
        "iam:PassRole"
    ])
}

fn action_pattern() -> impl Strategy<Value = &'static str> {
    prop::sample::select(std::vec![
        "*",
        "ecs:*",
        "ecs:*task",
        "s3:Get?bject",
        "iam:PassRole",
        "ecs:R*"
    ])
}

fn resource() -> impl Strategy<Value = &'static str> {
    prop::sample::select(std::vec![
        "*",
        "arn:aws:ecs:eu-west-1:111122223333:task/prod/1",
        "arn:aws:ecs:eu-west-1:111122223333:task/stage/1",
        "arn:aws:s3:::ann/a",
    ])
}

fn resource_pattern() -> impl Strategy<Value = &'static str> {
    prop::sample::select(std::vec![
        "*",
        "arn:aws:ecs:*:*:task/prod/*",
        "arn:aws:ecs:eu-west-1",
        "arn:aws:s3:::${aws:username}/*",
        "arn:aws:s3:::${aws:none, 'ann'}/?",
    ])
}

fn condition() -> impl Strategy<Value = &'static str> {
    prop::sample::select(std::vec![
        "{}",
        r#"{"StringEquals": {"aws:username": ["ann", "bob"]}}"#,
        r#"{"StringNotLike": {"aws:username": "a*"}}"#,
        r#"{"ForAllValues:StringEquals": {"aws:TagKeys": ["a", "b"]}}"#,
        r#"{"ForAnyValue:StringNotEquals": {"aws:TagKeys": "a"}}"#,
        r#"{"NumericLessThanIfExists": {"aws:MultiFactorAuthAge": 100}}"#,
        r#"{"Null": {"aws:username": true}}"#,
    ])
}

fn statement(effect: &'static str) -> impl Strategy<Value = String> {
    (action_pattern(), resource_pattern(), condition(), any::<(bool, bool)>()).prop_map(
        move |(action, resource, condition, (not_action, not_resource))| {
            let not = |not: bool| if not { "Not" } else { "" };
            format!(
                r#"{{"Effect": "{effect}", "{}Action": "{action}", "{}Resource": "{resource}", "Condition": {condition}}}"#,
                not(not_action && action != "*"),
                not(not_resource),
            )
        },
    )
}

fn statements() -> impl Strategy<Value = Vec<String>> {
    let allow = || statement("Allow").boxed();
    prop::collection::vec(prop_oneof![allow(), allow(), statement("Deny").boxed()], 1..5)
}

fn context() -> impl Strategy<Value = Context> {
    let name = prop::option::of(prop::sample::select(std::vec!["ann", "bob", "", "ann/*"]));
    let tags = prop::option::of(prop::collection::vec("[abc]?", 0..3));
    let age = prop::option::of(0..200_u32);
    (name, tags, age).prop_map(|(name, tags, age)| {
        let mut context = Context::new();
        if let Some(name) = name {
            context.insert("AWS:UserName", name);
        }
        if let Some(tags) = tags {
            context.insert_all("aws:TagKeys", tags);
        }
        if let Some(age) = age {
            context.insert("aws:MultiFactorAuthAge", age.to_string());
        }
        context
    })
}

fn principal() -> impl Strategy<Value = Principal<'static>> {
    prop::sample::select(std::vec![
        Principal::User { arn: "arn:aws:iam::111122223333:user/ann" },
        Principal::AssumedRole {
            role_arn: "arn:aws:iam::111122223333:role/web",
            session_arn: "arn:aws:sts::111122223333:assumed-role/web/s",
        },
    ])
}

/// The policies of a principal, as documents and parsed.
#[derive(Clone, Debug)]
struct World {
    identity: Vec<Policy>,
    boundary: Option<Policy>,
    session: Option<Vec<Policy>>,
    resource: Option<Policy>,
}

fn world() -> impl Strategy<Value = World> {
    let parsed = || statements().prop_map(|list| parse(&list, Grammar::Identity));
    (
        prop::collection::vec(parsed(), 0..4),
        prop::option::weighted(0.3, parsed()),
        prop::option::weighted(0.3, prop::collection::vec(parsed(), 0..3)),
        prop::option::weighted(0.3, resource_policy()),
    )
        .prop_map(|(identity, boundary, session, resource)| World {
            identity,
            boundary,
            session,
            resource,
        })
}

fn resource_policy() -> impl Strategy<Value = Policy> {
    let name = prop::sample::select(std::vec![
        r#""*""#,
        r#"{"AWS": "111122223333"}"#,
        r#"{"AWS": "arn:aws:iam::111122223333:user/ann"}"#,
        r#"{"AWS": "arn:aws:iam::111122223333:role/web"}"#,
        r#"{"AWS": "arn:aws:sts::111122223333:assumed-role/web/s"}"#,
    ]);
    (statements(), name).prop_map(|(list, name)| {
        let named =
            list.iter().map(|text| text.replacen('{', &format!(r#"{{"Principal": {name}, "#), 1));
        parse(&named.collect::<Vec<_>>(), Grammar::Resource)
    })
}

fn parse(statements: &[String], grammar: Grammar) -> Policy {
    policy(&format!("[{}]", statements.join(", ")), grammar)
}

fn refer(policies: &[Policy]) -> Vec<Named<'_>> {
    policies.iter().map(|policy| Named { name: "p", policy }).collect()
}

impl World {
    fn decide(&self, request: &Request<'_>) -> bool {
        self.with(request, |decision| decision.is_allowed())
    }

    fn with<T>(&self, request: &Request<'_>, look: impl FnOnce(Decision<'_>) -> T) -> T {
        let identity = refer(&self.identity);
        let session = self.session.as_deref().map(refer);
        let named = |policy| Named { name: "p", policy };
        look(decide(
            request,
            &Policies {
                identity: &identity,
                boundary: self.boundary.as_ref().map(named),
                session: session.as_deref(),
                resource: self.resource.as_ref().map(named),
            },
        ))
    }
}

proptest! {
    #[test]
    fn an_explicit_deny_always_wins(
        world in world(), principal in principal(), action in action(), resource in resource(),
        context in context(), place in 0..4_u8,
    ) {
        let request = Request { principal, action, resource, context: &context };
        let deny = r#"{"Effect": "Deny", "Action": "*", "Resource": "*"}"#;
        let of_resource = r#"{"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*"}"#;
        let identity = policy(deny, Grammar::Identity);
        let mut denied = world;
        match place {
            0 => denied.identity.push(identity),
            1 => denied.boundary = Some(identity),
            2 => denied.session.get_or_insert_default().push(identity),
            _ => denied.resource = Some(policy(of_resource, Grammar::Resource)),
        }
        let is_denied =
            denied.with(&request, |decision| matches!(decision, Decision::ExplicitDeny { .. }));
        prop_assert!(is_denied);
    }

    #[test]
    fn an_allow_more_takes_nothing_away(
        world in world(), principal in principal(), action in action(), resource in resource(),
        context in context(), more in statement("Allow"), of_resource in any::<bool>(),
    ) {
        let request = Request { principal, action, resource, context: &context };
        let mut wider = world;
        if of_resource {
            wider.resource = None;
        }
        let before = wider.decide(&request);
        if of_resource {
            let named = more.replacen('{', r#"{"Principal": "*", "#, 1);
            wider.resource = Some(parse(&[named], Grammar::Resource));
        } else {
            wider.identity.push(parse(&[more], Grammar::Identity));
        }
        prop_assert!(!before || wider.decide(&request));
    }

    #[test]
    fn a_boundary_or_session_policy_adds_nothing(
        world in world(), principal in principal(), action in action(), resource in resource(),
        context in context(), limit in statements(), of_session in any::<bool>(),
    ) {
        let request = Request { principal, action, resource, context: &context };
        let mut free = world;
        let mut limited = free.clone();
        let limit = parse(&limit, Grammar::Identity);
        if of_session {
            free.session = None;
            limited.session = Some(std::vec![limit]);
        } else {
            free.boundary = None;
            limited.boundary = Some(limit);
        }
        prop_assert!(free.decide(&request) || !limited.decide(&request));
    }

    #[test]
    fn the_order_of_policies_and_statements_does_not_matter(
        lists in prop::collection::vec(statements(), 1..4), principal in principal(),
        action in action(), resource in resource(), context in context(), turns in 0..6_usize,
    ) {
        let request = Request { principal, action, resource, context: &context };
        let parsed = |lists: &[Vec<String>]| World {
            identity: lists.iter().map(|list| parse(list, Grammar::Identity)).collect(),
            boundary: None,
            session: None,
            resource: None,
        };
        let mut turned: Vec<Vec<String>> = lists.clone();
        let count = turned.len();
        turned.rotate_left(turns % count);
        for list in &mut turned {
            list.reverse();
        }
        // Nor does it matter how the statements are shared out.
        let together = [lists.concat()];
        let decided = parsed(&lists).decide(&request);
        prop_assert_eq!(decided, parsed(&turned).decide(&request));
        prop_assert_eq!(decided, parsed(&together).decide(&request));
    }

    #[test]
    fn nobody_is_let_in_by_nothing(principal in principal(), action in ".{0,200}", resource in ".{0,20}") {
        let context = Context::new();
        let request = Request { principal, action: &action, resource: &resource, context: &context };
        prop_assert!(!decide(&request, &Policies::default()).is_allowed());
        let all = policy(r#"{"Effect": "Allow", "Action": "*", "Resource": "*"}"#, Grammar::Identity);
        let identity = [Named { name: "all", policy: &all }];
        let policies = Policies { identity: &identity, ..Policies::default() };
        prop_assert!(decide(&request, &policies).is_allowed());
    }

    #[test]
    fn patterns_match_as_a_naive_matcher_does(pattern in "[ab*?é]{0,8}", text in "[abé]{0,10}") {
        let signs = Signs { wildcards: true, variables: false };
        let glob = Glob::compile(&pattern, signs).unwrap();
        let letters = |text: &str| text.chars().collect::<Vec<_>>();
        let expected = naive(&letters(&pattern), &letters(&text));
        prop_assert_eq!(glob.matches(&text, Case::Sensitive, &Context::EMPTY), expected);
        prop_assert_eq!(glob.matches(&text.to_uppercase(), Case::Ignored, &Context::EMPTY), expected);
    }

    #[test]
    fn a_variable_stands_for_its_value_and_for_no_pattern(
        before in "[ab*?]{0,4}", value in "[ab*?$}{]{1,4}", after in "[ab*?]{0,4}", text in "[ab*?$}{]{0,8}",
    ) {
        let context = Context::from_iter([("aws:Key", value.clone())]);
        let signs = Signs { wildcards: true, variables: true };
        let variable = format!("{before}${{AWS:key}}{after}");
        let glob = Glob::compile(&variable, signs).unwrap();
        let escaped: String = value
            .chars()
            .map(|sign| if "*?$".contains(sign) { format!("${{{sign}}}") } else { sign.to_string() })
            .collect();
        let plain = Glob::compile(&format!("{before}{escaped}{after}"), signs).unwrap();
        prop_assert_eq!(
            glob.matches(&text, Case::Sensitive, &context),
            plain.matches(&text, Case::Sensitive, &Context::EMPTY)
        );
    }

    #[test]
    fn noise_is_refused_or_decided(text in "\\PC{0,80}") {
        fuzz(text.as_bytes());
        let statement = text.replace(['"', '\\'], "");
        fuzz(format!(
            r#"{{"Version": "2012-10-17", "Statement": {{"Effect": "Deny", "Action": "{statement}", "Resource": "*"}}}}"#
        ).as_bytes());
        fuzz(format!(
            r#"{{"Version": "2012-10-17", "Statement": {{"Effect": "Deny", "Principal": {{"AWS": "*"}}, "Action": "sts:*", "Condition": {{"StringLike": {{"a:b": "{statement}"}}}}}}}}"#
        ).as_bytes());
    }

    #[test]
    fn moments_are_ordered_as_their_texts(one in 0..4_000_000_000_u64, other in 0..4_000_000_000_u64) {
        let moment = |seconds: u64| Moment::parse(&date(seconds)).unwrap();
        prop_assert_eq!(moment(one).cmp(&moment(other)), one.cmp(&other));
        prop_assert_eq!(Some(moment(one)), Moment::parse(&one.to_string()).filter(|_| one > 9_999));
    }

    #[test]
    fn a_network_holds_what_shares_its_prefix(first in any::<u32>(), address in any::<u32>(), bits in 0..=32_u32) {
        let dotted = |bits: u32| core::net::Ipv4Addr::from_bits(bits).to_string();
        let network = Network::parse(&format!("{}/{bits}", dotted(first))).unwrap();
        let mask = u32::MAX.checked_shl(32 - bits).unwrap_or(0);
        let address_of = core::net::Ipv4Addr::from_bits(address);
        prop_assert_eq!(network.holds(address_of.into()), first & mask == address & mask);
        prop_assert_eq!(network.holds(address_of.to_ipv6_mapped().into()), first & mask == address & mask);
    }
}

fn naive(pattern: &[char], text: &[char]) -> bool {
    match pattern {
        [] => text.is_empty(),
        ['*', rest @ ..] => (0..=text.len()).any(|start| naive(rest, &text[start..])),
        ['?', rest @ ..] => !text.is_empty() && naive(rest, &text[1..]),
        [letter, rest @ ..] => text.first() == Some(letter) && naive(rest, &text[1..]),
    }
}

/// ISO 8601 of seconds since 1970, counted day by day.
fn date(epoch_s: u64) -> String {
    let (mut year, mut days) = (1970, epoch_s / 86_400);
    let is_leap = |year: u64| {
        year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
    };
    while days >= 365 + u64::from(is_leap(year)) {
        days -= 365 + u64::from(is_leap(year));
        year += 1;
    }
    let february = 28 + u64::from(is_leap(year));
    let mut month = 1;
    for length in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
        if days < length {
            break;
        }
        days -= length;
        month += 1;
    }
    let (hour, minute, second) = (epoch_s / 3_600 % 24, epoch_s / 60 % 60, epoch_s % 60);
    format!("{year:04}-{month:02}-{:02}T{hour:02}:{minute:02}:{second:02}Z", days + 1)
}
