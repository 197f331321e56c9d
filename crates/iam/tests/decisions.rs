//! Decisions that AWS's documentation states or from which they follow, by page.
//!
//! Each file of `decisions/` holds one page: its address and cases. A case says in a sentence what
//! the page says, names who asks and the policies, and lists decisions as
//! `[action, resource, context, decision]`. A policy that is a list is the statements of a document
//! of version 2012-10-17. A context value that is a list belongs to a multivalued key.
//!
//! - who: `ann` is a user, `web/s1` the session s1 of the role web, `service X`, `federated X`,
//!   `root`, `anonymous`.
//! - a decision: `allowed`, `explicit deny` or `implicit deny`, and after a colon the kind of policy
//!   and, where it has one, the statement's Sid: `explicit deny: boundary NoLogs`.
#![allow(clippy::unwrap_used, reason = "a file of the table that is not as it says fails the test")]

use std::{fmt::Write as _, path::Path};

use iam::{
    Context, Decision, Grammar, Grant, Kind, Named, Policies, Policy, Principal, Request, decide,
};
use serde_json::Value;

const ACCOUNT: &str = "111122223333";

/// At least as many as the project has promised.
const DECISIONS_MIN: usize = 250;

#[test]
fn every_decision_is_as_the_documentation_has_it() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/decisions");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let (mut count, mut wrong) = (0, String::new());
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let page: Value = serde_json::from_str(&text)
            .unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let address = page["page"].as_str().unwrap();
        assert!(address.starts_with("https://docs.aws.amazon.com/"), "{}", file.display());
        for case in page["cases"].as_array().unwrap() {
            count += case["decisions"].as_array().unwrap().len();
            for (asked, expected, decided) in run(case) {
                writeln!(
                    wrong,
                    "{}\n  {}\n  {asked}: {decided}, not {expected}",
                    file.display(),
                    case["says"]
                )
                .unwrap();
            }
        }
    }
    println!("{count} decisions");
    assert!(wrong.is_empty(), "\n{wrong}");
    assert!(count >= DECISIONS_MIN, "{count} decisions");
}

/// The decisions of a case that differ: what was asked, what was expected, what was decided.
fn run(case: &Value) -> Vec<(String, String, String)> {
    const ELEMENTS: [&str; 8] =
        ["says", "who", "identity", "boundary", "session", "resource", "trust", "decisions"];
    for element in case.as_object().unwrap().keys() {
        assert!(ELEMENTS.contains(&element.as_str()), "{element} in {}", case["says"]);
    }
    let read = |element: &str, grammar| documents(&case[element], grammar, &case["says"]);
    let [identity, boundary, session] =
        ["identity", "boundary", "session"].map(|element| read(element, Grammar::Identity));
    let mut resource = read("resource", Grammar::Resource);
    resource.extend(read("trust", Grammar::Trust));
    let identity = refer(&identity);
    let session = refer(&session);
    let policies = Policies {
        identity: &identity,
        boundary: boundary.first().map(|policy| Named { name: "boundary", policy }),
        session: (!case["session"].is_null()).then_some(session.as_slice()),
        resource: resource.first().map(|policy| Named { name: "resource", policy }),
    };
    let who = case["who"].as_str().unwrap_or("ann");
    let names = Names::of(who);
    let decisions = case["decisions"].as_array().unwrap().iter();
    let differing = decisions.filter_map(|row| {
        let row = row.as_array().unwrap();
        assert_eq!(row.len(), 4, "{row:?}");
        let context = context(&row[2]);
        let request = Request {
            principal: names.principal(who),
            action: row[0].as_str().unwrap(),
            resource: row[1].as_str().unwrap(),
            context: &context,
        };
        let decided = describe(&decide(&request, &policies));
        let expected = row[3].as_str().unwrap();
        let same = decided == expected
            || decided.strip_prefix(expected).is_some_and(|rest| rest.starts_with([':', ' ']));
        let asked = format!("{} on {} with {}", row[0], row[1], row[2]);
        (!same).then(|| (asked, expected.to_string(), decided))
    });
    differing.collect()
}

fn refer(policies: &[Policy]) -> Vec<Named<'_>> {
    policies.iter().map(|policy| Named { name: "identity", policy }).collect()
}

/// One document, or several where the element is a list of documents.
fn documents(json: &Value, grammar: Grammar, says: &Value) -> Vec<Policy> {
    let parse = |text: &str| {
        Policy::parse(text, grammar).unwrap_or_else(|error| panic!("{says}: {error}\n{text}"))
    };
    let is_statement = |json: &Value| json.get("Effect").is_some();
    match json {
        Value::Null => Vec::new(),
        Value::Array(list) if list.iter().all(is_statement) && !list.is_empty() => {
            vec![parse(&format!(r#"{{"Version": "2012-10-17", "Statement": {json}}}"#))]
        }
        Value::Array(list) => list.iter().flat_map(|json| documents(json, grammar, says)).collect(),
        _ => vec![parse(&json.to_string())],
    }
}

fn context(json: &Value) -> Context {
    let mut context = Context::new();
    for (key, value) in json.as_object().unwrap() {
        match value {
            Value::Array(values) => {
                context.insert_all(key, values.iter().map(|value| value.as_str().unwrap()));
            }
            _ => context.insert(key, value.as_str().unwrap()),
        }
    }
    context
}

struct Names {
    user: String,
    role: String,
    session: String,
}

impl Names {
    fn of(who: &str) -> Self {
        let role = who.split_once('/').map_or(who, |(role, _)| role);
        Names {
            user: format!("arn:aws:iam::{ACCOUNT}:user/{who}"),
            role: format!("arn:aws:iam::{ACCOUNT}:role/{role}"),
            session: format!("arn:aws:sts::{ACCOUNT}:assumed-role/{who}"),
        }
    }

    fn principal<'a>(&'a self, who: &'a str) -> Principal<'a> {
        match who.split_once(' ') {
            Some(("service", name)) => Principal::Service(name),
            Some(("federated", name)) => Principal::Federated(name),
            Some(_) => panic!("{who}"),
            None if who == "root" => Principal::Root { account: ACCOUNT },
            None if who == "anonymous" => Principal::Anonymous,
            None if who.contains('/') => {
                Principal::AssumedRole { role_arn: &self.role, session_arn: &self.session }
            }
            None => Principal::User { arn: &self.user },
        }
    }
}

fn describe(decision: &Decision<'_>) -> String {
    let kind = |kind| match kind {
        Kind::Identity => "identity",
        Kind::Boundary => "boundary",
        Kind::Session => "session",
        Kind::Resource => "resource",
        Kind::Trust => "trust",
    };
    match decision {
        Decision::Allowed { by: Grant::Root } => "allowed: root".to_string(),
        Decision::ImplicitDeny { silent } => format!("implicit deny: {}", kind(*silent)),
        _ => {
            let by = decision.statement().unwrap();
            let word = if decision.is_allowed() { "allowed" } else { "explicit deny" };
            let sid = by.statement.sid().map(|sid| format!(" {sid}")).unwrap_or_default();
            format!("{word}: {}{sid}", kind(by.kind))
        }
    }
}
