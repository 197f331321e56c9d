//! The grammar.
//!
//! ```text
//! or        = and { ("||" | "or") and }
//! and       = unary { ("&&" | "and") unary }
//! unary     = ("!" | "not") unary | "(" or ")" | predicate
//! predicate = subject operator [argument]
//! argument  = literal | "[" literal { "," literal } "]"
//! literal   = bare | "'" … "'" | '"' … '"'
//! ```

use alloc::{
    boxed::Box,
    format,
    string::{String, ToString},
    vec::Vec,
};
use winnow::{
    Parser,
    ascii::multispace0,
    combinator::{alt, delimited, not, opt, separated, terminated},
    error::ErrMode,
    token::{one_of, take_while},
};

use crate::{
    Argument, EXPRESSION_CHARS_MAX, Error, Expression, NESTING_MAX, Operator, Pattern, Predicate,
    Subject, Version,
    error::Problem,
    value::{DATE_RULE, parse_date},
};

type Parsed<T> = Result<T, ErrMode<Problem>>;

impl Expression {
    /// Parses and type-checks an expression of at most [`EXPRESSION_CHARS_MAX`] characters.
    pub fn parse(text: &str) -> Result<Self, Error> {
        if let Some((at, _)) = text.char_indices().nth(EXPRESSION_CHARS_MAX) {
            let message = format!("expected at most {EXPRESSION_CHARS_MAX} characters, found more");
            return Err(Error::new(text, at, message));
        }
        let mut rest = text;
        whole(&mut rest).map_err(|mode| match mode {
            ErrMode::Backtrack(problem) | ErrMode::Cut(problem) => {
                Error::new(text, text.len() - problem.bytes_left, problem.message)
            }
            ErrMode::Incomplete(_) => unreachable!("invariant: the input is complete"),
        })
    }
}

/// Refuses what stands here for good; no other branch could take it.
fn refuse<T>(rest: &str, expected: &str) -> Parsed<T> {
    Err(ErrMode::Cut(Problem::expected(expected, rest)))
}

fn whole(input: &mut &str) -> Parsed<Expression> {
    let expression = terminated(|i: &mut _| or(i, 0), multispace0).parse_next(input)?;
    if input.is_empty() { Ok(expression) } else { refuse(input, "'and', 'or' or the end") }
}

fn or(input: &mut &str, depth: usize) -> Parsed<Expression> {
    let between = (multispace0, alt(("||", word("or"))));
    let parts = separated(1.., |i: &mut _| and(i, depth), between).parse_next(input)?;
    Ok(single_or(parts, Expression::Or))
}

fn and(input: &mut &str, depth: usize) -> Parsed<Expression> {
    let between = (multispace0, alt(("&&", word("and"))));
    let parts = separated(1.., |i: &mut _| unary(i, depth), between).parse_next(input)?;
    Ok(single_or(parts, Expression::And))
}

fn single_or(mut parts: Vec<Expression>, join: fn(Vec<Expression>) -> Expression) -> Expression {
    match parts.pop() {
        Some(only) if parts.is_empty() => only,
        last => {
            parts.extend(last);
            join(parts)
        }
    }
}

fn unary(input: &mut &str, depth: usize) -> Parsed<Expression> {
    multispace0.void().parse_next(input)?;
    let start = *input;
    let opening = opt(alt(("!", word("not"), "("))).parse_next(input)?;
    if opening.is_some() && depth >= NESTING_MAX {
        let message = format!("expected at most {NESTING_MAX} levels of '(' and 'not', found more");
        return Err(ErrMode::Cut(Problem::at(start, message)));
    }
    match opening {
        None => predicate(input).map(Expression::Predicate),
        Some("(") => {
            let inner = terminated(|i: &mut _| or(i, depth + 1), multispace0).parse_next(input)?;
            match opt(")").parse_next(input)? {
                Some(_) => Ok(inner),
                None => refuse(input, "'and', 'or' or ')'"),
            }
        }
        Some(_) => Ok(Expression::Not(Box::new(unary(input, depth + 1)?))),
    }
}

/// A word that ends here: no letter, digit or `_` follows.
fn word<'i>(text: &'static str) -> impl Parser<&'i str, &'i str, ErrMode<Problem>> {
    terminated(text, not(one_of(|c: char| c.is_ascii_alphanumeric() || c == '_')))
}

fn predicate(input: &mut &str) -> Parsed<Predicate> {
    let subject = terminated(subject, multispace0).parse_next(input)?;
    let operator = operator(input, &subject)?;
    multispace0.void().parse_next(input)?;
    let argument = argument(input, &subject, operator)?;
    Ok(Predicate { subject, operator, argument })
}

const SUBJECTS: &str = "'(', 'not' or a subject (agentConnected, agentVersion, attribute:NAME, \
                        ec2InstanceId, registeredAt, runningTasksCount, task:group)";

fn subject(input: &mut &str) -> Parsed<Subject> {
    let known = alt((
        word("agentConnected").value(Subject::AgentConnected),
        word("agentVersion").value(Subject::AgentVersion),
        word("ec2InstanceId").value(Subject::Ec2InstanceId),
        word("registeredAt").value(Subject::RegisteredAt),
        word("runningTasksCount").value(Subject::RunningTasksCount),
        word("task:group").value(Subject::TaskGroup),
        "attribute:".value(Subject::Attribute(String::new())),
    ));
    match opt(known).parse_next(input)? {
        Some(Subject::Attribute(_)) => attribute_name(input).map(Subject::Attribute),
        Some(subject) => Ok(subject),
        None => refuse(input, SUBJECTS),
    }
}

/// 1 to 128 letters, digits and `. - _ / \`, as PutAttributes allows.
fn attribute_name(input: &mut &str) -> Parsed<String> {
    let start = *input;
    let is_name = |c: char| c.is_ascii_alphanumeric() || "._-/\\".contains(c);
    let name = take_while(0.., is_name).parse_next(input)?;
    match name.len() {
        0 => refuse(start, "the name of an attribute"),
        1..=128 => Ok(name.to_string()),
        _ => refuse(start, "the name of an attribute of at most 128 characters"),
    }
}

fn operator(input: &mut &str, subject: &Subject) -> Parsed<Operator> {
    let start = *input;
    // Longer signs first: `>=` begins like `>`.
    let order = alt((">=", "<=", ">", "<"));
    let sign = alt(("==", "!=", "=~", "!~", word("!exists"), word("!in"), order));
    let spelled = take_while(1.., |c: char| c.is_ascii_alphanumeric() || c == '_');
    let known =
        |text: &str| Operator::ALL.into_iter().find(|o| text == o.as_str() || text == o.word());
    let found = opt(alt((sign, spelled)).verify_map(known)).parse_next(input)?;
    let allowed = subject.operators();
    let names = || {
        let signs: Vec<&str> = allowed.iter().map(|o| o.as_str()).collect();
        format!("an operator of {subject} ({})", signs.join(", "))
    };
    match found {
        Some(operator) if allowed.contains(&operator) => Ok(operator),
        Some(operator) => {
            let message = format!("expected {}, found '{operator}'", names());
            Err(ErrMode::Cut(Problem::at(start, message)))
        }
        None => refuse(start, &names()),
    }
}

fn argument(input: &mut &str, subject: &Subject, operator: Operator) -> Parsed<Argument> {
    match operator {
        Operator::Exists | Operator::NotExists => Ok(Argument::None),
        Operator::In | Operator::NotIn => list(input, subject).map(Argument::List),
        Operator::Matches | Operator::NotMatches => pattern(input).map(Argument::Pattern),
        _ => typed(input, subject),
    }
}

/// A value in the type of its subject.
fn typed(input: &mut &str, subject: &Subject) -> Parsed<Argument> {
    let start = *input;
    match subject {
        Subject::AgentVersion => {
            let text = literal(input, "a version like 1.14.5")?;
            match Version::parse(&text) {
                Some(version) => Ok(Argument::Version(version, text)),
                None => refuse(start, "a version like 1.14.5"),
            }
        }
        Subject::RegisteredAt => {
            let text = literal(input, DATE_RULE)?;
            match parse_date(&text) {
                Some(date) => Ok(Argument::Date(date, text)),
                None => refuse(start, DATE_RULE),
            }
        }
        Subject::RunningTasksCount => {
            let text = literal(input, "a number")?;
            let digits = text.bytes().all(|b| b.is_ascii_digit());
            match text.parse() {
                Ok(number) if digits => Ok(Argument::Number(number)),
                _ => refuse(start, "a number"),
            }
        }
        _ => text(input, subject).map(Argument::Text),
    }
}

/// A text that its subject can have.
fn text(input: &mut &str, subject: &Subject) -> Parsed<String> {
    let start = *input;
    let text = literal(input, "a value")?;
    if *subject == Subject::AgentConnected && text != "true" && text != "false" {
        return refuse(start, "true or false");
    }
    Ok(text)
}

fn list(input: &mut &str, subject: &Subject) -> Parsed<Vec<String>> {
    if opt("[").parse_next(input)?.is_none() {
        return refuse(input, "a list like [a, b]");
    }
    let item = delimited(multispace0, |i: &mut _| text(i, subject), multispace0);
    let items = separated(1.., item, ",").parse_next(input)?;
    match opt("]").parse_next(input)? {
        Some(_) => Ok(items),
        None => refuse(input, "',' or ']'"),
    }
}

fn literal(input: &mut &str, expected: &str) -> Parsed<String> {
    match opt(alt((quoted, bare))).parse_next(input)? {
        Some(text) => Ok(text.to_string()),
        None => refuse(input, expected),
    }
}

fn pattern(input: &mut &str) -> Parsed<Pattern> {
    let start = *input;
    let Some(text) = opt(alt((quoted, bare_pattern))).parse_next(input)? else {
        return refuse(input, "a regular expression (in quotes if it has spaces or parentheses)");
    };
    Pattern::new(text).map_err(|reason| {
        let message = format!("expected a regular expression, found '{text}': {reason}");
        ErrMode::Cut(Problem::at(start, message))
    })
}

fn quoted<'i>(input: &mut &'i str) -> Parsed<&'i str> {
    let quote = one_of(['\'', '"']).parse_next(input)?;
    let inside = take_while(0.., |c| c != quote).parse_next(input)?;
    match opt(quote).parse_next(input)? {
        Some(_) => Ok(inside),
        None => refuse(input, &format!("the closing {quote}")),
    }
}

/// Attribute values may hold letters, digits and `- _ . @ / \ :`; `+` is for dates.
fn is_bare_char(c: char) -> bool {
    c.is_alphanumeric() || "-_.@/\\:+".contains(c)
}

fn bare<'i>(input: &mut &'i str) -> Parsed<&'i str> {
    take_while(1.., is_bare_char).parse_next(input)
}

/// Whether a text can stand without quotes.
pub(crate) fn is_bare(text: &str) -> bool {
    !text.is_empty() && text.chars().all(is_bare_char)
}

/// How many bytes of a pattern stand here without quotes: up to space, a parenthesis, a quote, or a
/// doubled `&` or `|`.
fn bare_pattern_bytes(text: &str) -> usize {
    let ends = |i: usize, c: char| {
        let rest = text.get(i..).unwrap_or_default();
        c.is_whitespace()
            || matches!(c, '(' | ')' | '\'' | '"')
            || rest.starts_with("&&")
            || rest.starts_with("||")
    };
    text.char_indices().find(|&(i, c)| ends(i, c)).map_or(text.len(), |(i, _)| i)
}

fn bare_pattern<'i>(input: &mut &'i str) -> Parsed<&'i str> {
    let bytes = bare_pattern_bytes(input);
    winnow::token::take(bytes).verify(|text: &str| !text.is_empty()).parse_next(input)
}

/// Whether a pattern can stand without quotes.
pub(crate) fn is_bare_pattern(text: &str) -> bool {
    !text.is_empty() && bare_pattern_bytes(text) == text.len()
}
