//! The language as AWS documents it: what each example selects, how each subject compares, what is
//! refused and with which message.

use std::fmt::Write;

use model::Timestamp;
use query::{EXPRESSION_CHARS_MAX, Expression, InstanceView, NESTING_MAX};

/// A container instance written as a line: `name=value` attributes and a few words.
#[derive(Default)]
struct Instance {
    attributes: Vec<(String, String)>,
    disconnected: bool,
    agent_version: Option<String>,
    ec2_instance_id: Option<String>,
    registered_at: Timestamp,
    running_tasks_count: u32,
    groups: Vec<String>,
}

/// 2018-06-18T22:28:28.700Z
const MID_JUNE: Timestamp = Timestamp(1_529_360_908_700);

impl Instance {
    fn new(line: &str) -> Self {
        let mut instance = Instance { registered_at: MID_JUNE, ..Instance::default() };
        for word in line.split_whitespace() {
            let (name, value) = word.split_once('=').unwrap_or((word, ""));
            match name {
                "disconnected" => instance.disconnected = true,
                "agent" => instance.agent_version = Some(value.into()),
                "ec2" => instance.ec2_instance_id = Some(value.into()),
                "running" => {
                    instance.running_tasks_count = value.parse().expect("invariant: a count");
                }
                "hosts" => instance.groups.push(value.into()),
                _ => instance.attributes.push((name.into(), value.into())),
            }
        }
        instance
    }
}

impl InstanceView for Instance {
    fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    fn agent_connected(&self) -> bool {
        !self.disconnected
    }

    fn agent_version(&self) -> Option<&str> {
        self.agent_version.as_deref()
    }

    fn ec2_instance_id(&self) -> Option<&str> {
        self.ec2_instance_id.as_deref()
    }

    fn registered_at(&self) -> Timestamp {
        self.registered_at
    }

    fn running_tasks_count(&self) -> u32 {
        self.running_tasks_count
    }

    fn hosts_group_where(&self, wanted: &mut dyn FnMut(&str) -> bool) -> bool {
        self.groups.iter().any(|group| wanted(group))
    }
}

#[track_caller]
fn check(expression: &str, selected: &[&str], not_selected: &[&str]) {
    let parsed = Expression::parse(expression).unwrap_or_else(|error| panic!("{error}"));
    for (lines, wanted) in [(selected, true), (not_selected, false)] {
        for line in lines {
            let instance = Instance::new(line);
            let explanation = parsed.explain(&instance);
            assert_eq!(parsed.matches(&instance), wanted, "{expression} of {line}: {explanation}");
            assert_eq!(explanation.holds, wanted, "{expression} of {line}");
        }
    }
}

/// The Developer Guide's pages on the language and on placement constraints.
#[test]
fn the_examples_of_the_documentation_select_what_they_say() {
    check(
        "attribute:ecs.instance-type == t2.small",
        &["ecs.instance-type=t2.small"],
        &["ecs.instance-type=t2.smaller", "ecs.instance-type=T2.small", ""],
    );
    check(
        "attribute:ecs.availability-zone in [us-east-1a, us-east-1b]",
        &["ecs.availability-zone=us-east-1a", "ecs.availability-zone=us-east-1b"],
        &["ecs.availability-zone=us-east-1c", ""],
    );
    check(
        "attribute:ecs.instance-type =~ g2.* and attribute:ecs.availability-zone != us-east-1d",
        &["ecs.instance-type=g2.2xlarge ecs.availability-zone=us-east-1a"],
        &[
            "ecs.instance-type=g2.2xlarge ecs.availability-zone=us-east-1d",
            "ecs.instance-type=xg2.2xlarge ecs.availability-zone=us-east-1a",
            "ecs.instance-type=g2.2xlarge",
        ],
    );
    check(
        "task:group == service:production",
        &["hosts=service:production", "hosts=database hosts=service:production"],
        &["", "hosts=service:production2"],
    );
    check(
        "not(task:group == database)",
        &["", "hosts=web"],
        &["hosts=database", "hosts=web hosts=database"],
    );
    check("runningTasksCount == 1", &["running=1"], &["", "running=2"]);
    check(
        "agentVersion < 1.14.5",
        &["agent=1.14.4", "agent=1.9.0", "agent=1.14", "agent=v1.2.3-rc1"],
        &["agent=1.14.5", "agent=1.105.1", "agent=2.0.0", "agent=unknown", ""],
    );
    check("registeredAt < 2018-02-13", &[], &[""]);
    check("registeredAt > 2018-02-13", &[""], &[]);
    check("ec2InstanceId in ['i-abcd1234', 'i-wxyx7890']", &["ec2=i-wxyx7890"], &["ec2=i-1", ""]);
    check("attribute:stack == prod", &["stack=prod"], &["stack=beta", "stack", ""]);
    check("attribute:stack != prod", &["stack=beta", "stack"], &["stack=prod", ""]);
    check(
        "attribute:ecs.instance-type in [t2.small, t2.medium]",
        &["ecs.instance-type=t2.medium"],
        &["ecs.instance-type=t2.large"],
    );
    check(
        "attribute:ecs.instance-type =~ t2.* and attribute:ecs.availability-zone == us-east-1a",
        &["ecs.instance-type=t2.micro ecs.availability-zone=us-east-1a"],
        &["ecs.instance-type=t3.micro ecs.availability-zone=us-east-1a"],
    );
    check("task:group == databases", &["hosts=databases"], &["hosts=database"]);
    check(
        "attribute:ecs.instance-type == g2.2xlarge",
        &["ecs.instance-type=g2.2xlarge"],
        &["ecs.instance-type=g2.8xlarge"],
    );
    check(
        "attribute:ecs.instance-type =~ t2.*",
        &["ecs.instance-type=t2.nano"],
        &["ecs.instance-type=m2.t2.nano"],
    );
    check(
        "task:group == service:daemon-service",
        &["hosts=service:daemon-service"],
        &["hosts=daemon-service"],
    );
}

#[test]
fn every_documented_date_form_is_the_same_instant() {
    for date in ["2018-06-18T22:28:28+00:00", "2018-06-18T22:28:28Z", "2018-06-18T22:28:28"] {
        check(&format!("registeredAt == {date}"), &[""], &[]);
        check(&format!("registeredAt >= {date} and registeredAt <= '{date}'"), &[""], &[]);
        check(&format!("registeredAt != {date}"), &[], &[""]);
    }
    check("registeredAt == 2018-06-19T00:28:28+02:00", &[""], &[]);
    check("registeredAt == 2018-06-18T18:58:28-03:30", &[""], &[]);
    check("registeredAt greater_than 2018-06-18", &[""], &[]);
    check("registeredAt less_than 2018-06-19", &[""], &[]);
    check("registeredAt > 2000-02-29", &[""], &[]);
}

#[test]
fn both_spellings_of_an_operator_mean_the_same() {
    let pairs = [
        ("==", "equals", "b"),
        ("!=", "not_equals", "b"),
        (">", "greater_than", "b"),
        (">=", "greater_than_equal", "b"),
        ("<", "less_than", "b"),
        ("<=", "less_than_equal", "b"),
        ("exists", "exists", ""),
        ("!exists", "not_exists", ""),
        ("in", "in", "[b]"),
        ("!in", "not_in", "[b]"),
        ("=~", "matches", "b"),
        ("!~", "not_matches", "b"),
    ];
    for (sign, word, argument) in pairs {
        let signed = Expression::parse(&format!("attribute:x {sign} {argument}")).unwrap();
        let worded = Expression::parse(&format!("attribute:x {word} {argument}")).unwrap();
        assert_eq!(signed, worded);
    }
    let tight =
        Expression::parse("!attribute:x==b&&!(attribute:y exists||attribute:z!in[b])").unwrap();
    let loose = "not attribute:x equals b and not(attribute:y exists or attribute:z not_in [b])";
    assert_eq!(tight, Expression::parse(loose).unwrap());
}

#[test]
fn not_binds_tighter_than_and_and_and_tighter_than_or() {
    let printed = |text: &str| Expression::parse(text).unwrap().to_string();
    let (a, b, c) = ("attribute:a exists", "attribute:b exists", "attribute:c exists");
    assert_eq!(printed(&format!("{a} or {b} and {c}")), format!("{a} or {b} and {c}"));
    assert_eq!(printed(&format!("({a} or {b}) and {c}")), format!("({a} or {b}) and {c}"));
    assert_eq!(printed(&format!("!{a} and {b}")), format!("not({a}) and {b}"));
    assert_eq!(printed(&format!("not ({a} and {b})")), format!("not({a} and {b})"));
    check(&format!("{a} or {b} and {c}"), &["a", "b c", "a b"], &["b", "c", ""]);
    check(&format!("({a} or {b}) and {c}"), &["a c", "b c"], &["a", "c"]);
    check(&format!("! ! {a}"), &["a"], &[""]);
    check(&format!("not {a} or {b}"), &["", "b", "a b"], &["a"]);
}

#[test]
fn what_an_instance_lacks_satisfies_no_comparison() {
    for test in ["== x", "!= x", "in [x]", "!in [x]", "=~ x.*", "!~ x.*", "> x", "<= x", "exists"] {
        check(&format!("attribute:gone {test}"), &[], &["stack=prod"]);
    }
    check("attribute:gone !exists", &["stack=prod"], &["gone", "gone=x"]);
    check("not(attribute:gone == x)", &["stack=prod", "gone=y"], &["gone=x"]);
    check("ec2InstanceId != i-1", &["ec2=i-2"], &["ec2=i-1", ""]);
    check("agentVersion != 1.0.0", &["agent=1.0.1"], &["agent=1.0", ""]);
}

#[test]
fn a_group_is_compared_with_every_group_that_is_hosted() {
    check("task:group != database", &["", "hosts=web"], &["hosts=web hosts=database"]);
    check("task:group in [web, 'service:a']", &["hosts=x hosts=service:a"], &["", "hosts=x"]);
    check("task:group !in [web]", &["", "hosts=x"], &["hosts=x hosts=web"]);
    check("task:group =~ service:.*", &["hosts=x hosts=service:a"], &["", "hosts=x"]);
    check("task:group !~ service:.*", &["", "hosts=x"], &["hosts=x hosts=service:a"]);
    check("task:group exists", &["hosts=x"], &[""]);
    check("task:group not_exists", &[""], &["hosts=x"]);
}

#[test]
fn the_agent_is_connected_or_not() {
    check("agentConnected == true", &[""], &["disconnected"]);
    check("agentConnected != true", &["disconnected"], &[""]);
    check("agentConnected in [false]", &["disconnected"], &[""]);
    check("agentConnected =~ t.*", &[""], &["disconnected"]);
}

#[test]
fn attributes_are_ordered_as_numbers_when_both_are() {
    check("attribute:rack > 9", &["rack=10", "rack=9a"], &["rack=9", "rack=8", "rack=-1", ""]);
    check("attribute:rack <= b", &["rack=a", "rack=b", "rack=10"], &["rack=c", "rack=bb"]);
    check("attribute:rack == 1", &["rack=1"], &["rack=01"]);
    check("runningTasksCount >= 10", &["running=10"], &["running=9"]);
}

#[test]
fn a_pattern_must_match_the_whole_value() {
    check("attribute:t =~ g2", &["t=g2"], &["t=g2.large", "t=xg2"]);
    check("attribute:t =~ a|b", &["t=a", "t=b"], &["t=ab", "t=ax"]);
    check(
        "attribute:t =~ '(t2|t3)\\.(small|large)'",
        &["t=t3.large"],
        &["t=t3xlarge", "t=t4.large"],
    );
    check("attribute:t =~ [cm][45].*", &["t=m5.large"], &["t=t2.micro"]);
    check("attribute:t =~ '[a-z&&[^t]]\\d+.*'", &["t=m5.large"], &["t=t2.micro"]);
    check("attribute:t =~ '(?i)M5'", &["t=m5"], &["t=m55"]);
    check("attribute:t =~ ''", &["t"], &["t=x"]);
    check("attribute:t =~ \\d", &["t=5"], &["t=\u{664}"]);
    check("attribute:t !~ g2.*", &["t=m5"], &["t=g2.large", ""]);
    check(
        "attribute:t =~ a.*||attribute:t =~ b.*&&attribute:u exists",
        &["t=ax", "t=b u"],
        &["t=b"],
    );
}

#[test]
fn a_pattern_takes_time_that_is_linear_in_the_value() {
    let long = "a".repeat(100_000);
    let instance = Instance { attributes: vec![("t".into(), long)], ..Instance::default() };
    for pattern in ["(a+)+b", "(a|a)*b", "(.*a){20}b", "a{0,100}a{0,100}b"] {
        let expression = Expression::parse(&format!("attribute:t =~ '{pattern}'")).unwrap();
        assert!(!expression.matches(&instance));
    }
}

#[test]
fn an_explanation_names_the_comparisons_that_decide() {
    let explain = |expression: &str, line: &str| {
        Expression::parse(expression).unwrap().explain(&Instance::new(line)).to_string()
    };
    let both = "attribute:stack == prod and attribute:ecs.availability-zone in [a, b]";
    assert_eq!(
        explain(both, "stack=prod ecs.availability-zone=c"),
        "'attribute:ecs.availability-zone in [a, b]' is false: it has 'c'"
    );
    assert_eq!(explain(both, ""), "'attribute:stack == prod' is false: it has none");
    assert_eq!(
        explain("attribute:stack == prod or runningTasksCount > 3", "stack=beta running=2"),
        "'attribute:stack == prod' is false: it has 'beta'; \
         'runningTasksCount > 3' is false: it has '2'"
    );
    assert_eq!(
        explain("not(task:group == database)", "hosts=web hosts=database"),
        "'task:group == database' is true: it has 'database, web'"
    );
    assert_eq!(
        explain("registeredAt < 2018-02-13", ""),
        "'registeredAt < 2018-02-13' is false: it has '2018-06-18T22:28:28Z'"
    );
    assert_eq!(
        explain("task:group !exists", "hosts=a hosts=b hosts=c hosts=d hosts=e hosts=f"),
        "'task:group !exists' is false: it has 'a, b, c, d, e and more'"
    );
}

#[test]
fn an_expression_may_be_long_but_not_too_long() {
    let head = "attribute:x == ";
    let fits = format!("{head}{}", "y".repeat(EXPRESSION_CHARS_MAX - head.len()));
    assert!(Expression::parse(&fits).is_ok());
    let error = Expression::parse(&format!("{fits}y")).unwrap_err();
    assert_eq!(error.position(), EXPRESSION_CHARS_MAX);
    assert_eq!(error.message(), "expected at most 2000 characters, found more");
}

#[test]
fn an_expression_may_be_nested_but_not_too_deep() {
    let nested =
        |depth: usize| format!("{}attribute:x exists{}", "(".repeat(depth), ")".repeat(depth));
    assert!(Expression::parse(&nested(NESTING_MAX)).is_ok());
    let error = Expression::parse(&nested(NESTING_MAX + 1)).unwrap_err();
    assert_eq!(error.position(), NESTING_MAX);
    assert_eq!(error.message(), "expected at most 64 levels of '(' and 'not', found more");
    let refused = Expression::parse(&format!("{}attribute:x exists", "!".repeat(1900)));
    assert_eq!(refused.unwrap_err().position(), NESTING_MAX);
}

/// One refused expression a line in `refused.txt`; `\t` and `\n` stand for themselves.
#[test]
fn what_is_malformed_is_refused_with_its_place_and_what_was_expected() {
    let mut told = String::new();
    for line in include_str!("refused.txt").lines() {
        let expression = line.replace("\\t", "\t").replace("\\n", "\n");
        match Expression::parse(&expression) {
            Ok(parsed) => panic!("'{line}' parses as '{parsed}'"),
            Err(error) => writeln!(told, "{error}\n").unwrap(),
        }
    }
    insta::assert_snapshot!(told);
}
