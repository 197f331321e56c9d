//! Properties of parsing and printing, on trees and on noise.

use alloc::{
    boxed::Box,
    format,
    string::{String, ToString},
    vec::Vec,
};
use model::Timestamp;
use proptest::prelude::*;

use crate::{
    Argument, EXPRESSION_CHARS_MAX, Expression, InstanceView, Operator, Pattern, Predicate,
    Subject, Version, value,
};

/// A text that an argument may hold: no two kinds of quote at once.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z0-9._@/\\\\:+-]{1,12}",
        "[a-z ,\\[\\]()&|=!'~]{0,8}",
        "[a-z \"é☃]{0,8}",
        Just("and".to_string()),
        Just("not".to_string()),
    ]
}

fn subject() -> impl Strategy<Value = Subject> {
    prop_oneof![
        Just(Subject::AgentConnected),
        Just(Subject::AgentVersion),
        Just(Subject::Ec2InstanceId),
        Just(Subject::RegisteredAt),
        Just(Subject::RunningTasksCount),
        Just(Subject::TaskGroup),
        "[a-zA-Z0-9._/\\\\-]{1,20}".prop_map(Subject::Attribute),
    ]
}

fn pattern() -> impl Strategy<Value = Pattern> {
    prop_oneof!["[a-z.*+]{1,6}", "[a-c]\\.\\*\\|\\[d-f\\]", "\\(a\\|b \\)\\+", "a&&?b", "'?|\"?"]
        .prop_filter_map("a pattern that compiles", |source| Pattern::new(&source).ok())
}

fn argument(subject: &Subject, operator: Operator) -> BoxedStrategy<Argument> {
    let text = || match subject {
        Subject::AgentConnected => prop_oneof![Just("true".into()), Just("false".into())].boxed(),
        _ => text().boxed(),
    };
    match operator {
        Operator::Exists | Operator::NotExists => Just(Argument::None).boxed(),
        Operator::In | Operator::NotIn => {
            prop::collection::vec(text(), 1..4).prop_map(Argument::List).boxed()
        }
        Operator::Matches | Operator::NotMatches => pattern().prop_map(Argument::Pattern).boxed(),
        _ => match subject {
            Subject::AgentVersion => "[0-9]{1,3}(\\.[0-9]{1,3}){0,3}"
                .prop_map(|text| Argument::Version(Version::parse(&text).unwrap(), text))
                .boxed(),
            Subject::RegisteredAt => {
                "[12][0-9]{3}-0[1-9]-[12][0-8](T[01][0-9]:[0-5][0-9]:[0-5][0-9](Z|[+-]0[0-9]:30)?)?"
                    .prop_map(|text| Argument::Date(value::parse_date(&text).unwrap(), text))
                    .boxed()
            }
            Subject::RunningTasksCount => {
                any::<u32>().prop_map(|n| Argument::Number(n.into())).boxed()
            }
            _ => text().prop_map(Argument::Text).boxed(),
        },
    }
}

fn predicate() -> impl Strategy<Value = Predicate> {
    let operator = subject().prop_flat_map(|subject| {
        let operators = subject.operators().to_vec();
        (Just(subject), prop::sample::select(operators))
    });
    operator.prop_flat_map(|(subject, operator)| {
        argument(&subject, operator).prop_map(move |argument| Predicate {
            subject: subject.clone(),
            operator,
            argument,
        })
    })
}

fn expression() -> impl Strategy<Value = Expression> {
    predicate().prop_map(Expression::Predicate).prop_recursive(5, 16, 3, |inner| {
        let several = || prop::collection::vec(inner.clone(), 2..4);
        prop_oneof![
            several().prop_map(Expression::Or),
            several().prop_map(Expression::And),
            inner.clone().prop_map(|inner| Expression::Not(Box::new(inner))),
        ]
    })
}

/// An instance whose every answer comes from one number.
struct Arbitrary(u64);

impl InstanceView for Arbitrary {
    fn attribute(&self, name: &str) -> Option<&str> {
        let bit = (self.0 >> (name.len() % 64)) & 1;
        (bit == 1).then_some("a.b")
    }

    fn agent_connected(&self) -> bool {
        self.0 & 1 == 1
    }

    fn agent_version(&self) -> Option<&str> {
        (self.0 & 2 == 2).then_some("1.14.5")
    }

    fn ec2_instance_id(&self) -> Option<&str> {
        (self.0 & 4 == 4).then_some("i-1")
    }

    fn registered_at(&self) -> Timestamp {
        Timestamp((self.0 >> 22) as i64)
    }

    fn running_tasks_count(&self) -> u32 {
        self.0 as u32
    }

    fn hosts_group_where(&self, wanted: &mut dyn FnMut(&str) -> bool) -> bool {
        self.0 & 8 == 8 && wanted("service:a")
    }
}

/// How many inputs each property sees: bounded, so that `make test` stays short.
const INPUTS: u32 = 4096;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(INPUTS))]

    #[test]
    fn what_is_printed_parses_to_the_same_tree(expression in expression()) {
        let printed = expression.to_string();
        prop_assume!(printed.chars().count() <= EXPRESSION_CHARS_MAX);
        let parsed = Expression::parse(&printed);
        prop_assert_eq!(parsed.as_ref(), Ok(&expression), "{}", printed);
        prop_assert_eq!(parsed.unwrap().to_string(), printed);
    }

    #[test]
    fn the_findings_of_an_explanation_are_true_and_decide(
        expression in expression(),
        number in any::<u64>(),
    ) {
        let view = Arbitrary(number);
        let explanation = expression.explain(&view);
        prop_assert_eq!(explanation.holds, expression.matches(&view));
        prop_assert!(!explanation.findings.is_empty());
        let negated = Expression::Not(Box::new(expression.clone()));
        prop_assert_eq!(negated.matches(&view), !explanation.holds);
        prop_assert_eq!(negated.explain(&view).findings, explanation.findings);
    }

    #[test]
    fn noise_never_panics(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        crate::fuzz(&bytes);
    }

    #[test]
    fn noise_made_of_words_never_panics(
        words in prop::collection::vec(prop::sample::select(WORDS.to_vec()), 0..40),
        spaced in any::<bool>(),
    ) {
        crate::fuzz(words.join(if spaced { " " } else { "" }).as_bytes());
    }

    #[test]
    fn what_almost_is_an_expression_never_panics(
        seed in prop::sample::select(CORPUS.lines().collect::<Vec<_>>()),
        other in prop::sample::select(CORPUS.lines().collect::<Vec<_>>()),
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0_u8..5, any::<u8>()), 1..8),
    ) {
        let mut bytes = seed.as_bytes().to_vec();
        for (at, kind, byte) in edits {
            let at = at.index(bytes.len() + 1);
            match kind {
                0 => bytes.insert(at, byte),
                1 if at < bytes.len() => bytes[at] ^= byte,
                2 if at < bytes.len() => drop(bytes.remove(at)),
                3 => drop(bytes.splice(at..at, other.bytes())),
                _ => bytes.truncate(at),
            }
            crate::fuzz(&bytes);
        }
    }

    #[test]
    fn a_caret_stands_under_the_place(
        words in prop::collection::vec(prop::sample::select(WORDS.to_vec()), 0..10),
    ) {
        let text = words.join(" ");
        if let Err(error) = Expression::parse(&text) {
            let shown = error.to_string();
            let lines: Vec<&str> = shown.lines().collect();
            prop_assert!(error.position() <= text.chars().count());
            prop_assert_eq!(lines.len(), 3);
            prop_assert_eq!(lines[2], format!("{}^", " ".repeat(error.position() + 2)));
        }
    }

    #[test]
    fn dates_survive_printing(second in -62_000_000_000_i64..250_000_000_000) {
        let at = Timestamp(second * 1000);
        prop_assert_eq!(value::parse_date(&at.to_string()), Some(at));
    }
}

/// What is refused for one mistake is a good place to make more.
const CORPUS: &str = include_str!("../tests/refused.txt");

const WORDS: [&str; 36] = [
    "attribute:",
    "attribute:a",
    "agentConnected",
    "agentVersion",
    "ec2InstanceId",
    "registeredAt",
    "runningTasksCount",
    "task:group",
    "==",
    "!=",
    ">",
    "=~",
    "!~",
    "in",
    "!in",
    "exists",
    "not_exists",
    "equals",
    "matches",
    "[",
    "]",
    ",",
    "(",
    ")",
    "!",
    "not",
    "and",
    "&&",
    "or",
    "||",
    "'",
    "\"",
    "x.*",
    "1.2.3",
    "2018-02-13",
    "true",
];
