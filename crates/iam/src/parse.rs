//! From a document's text to a compiled policy: every element is known, of the right type, and kept
//! to AWS's grammar.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html>

mod conditions;
mod elements;

use alloc::{
    collections::BTreeMap,
    format,
    string::{String, ToString},
    vec::Vec,
};

use crate::{
    Effect, Grammar, Malformed, Policy, Span, Statement,
    action::Actions,
    arn::Resources,
    json::{Json, quote, statement_spans},
    limits::DOCUMENT_BYTES_MAX,
    principal::Principals,
};

type Object = Vec<(String, Json)>;

impl Policy {
    /// Parses and compiles a document.
    pub fn parse(text: &str, grammar: Grammar) -> Result<Policy, Malformed> {
        if text.len() > DOCUMENT_BYTES_MAX {
            return Err(Malformed::new(format!(
                "the document has {} bytes, at most {DOCUMENT_BYTES_MAX} are read",
                text.len()
            )));
        }
        let Json::Object(document) = Json::parse(text)? else {
            return Err(Malformed::new("a policy document is an object"));
        };
        known(&document, &["Version", "Id", "Statement"], "a policy document")?;
        let reading = Reading { grammar, variables: version(&document)? == Version::Of2012 };
        let id = text_of(&document, "Id")?;
        let found = statements(&document)?;
        let mut statements = Vec::with_capacity(found.len());
        let spans = statement_spans(text);
        for (index, (place, statement)) in found.into_iter().enumerate() {
            let span = *spans.get(index).expect("invariant: every statement stands in the text");
            let statement = reading.statement(statement, span);
            statements.push(statement.map_err(|error| error.within(&place))?);
        }
        distinct_sids(&statements)?;
        Ok(Policy { grammar, id, statements })
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Version {
    Of2008,
    Of2012,
}

fn version(document: &Object) -> Result<Version, Malformed> {
    match text_of(document, "Version")?.as_deref() {
        None | Some("2008-10-17") => Ok(Version::Of2008),
        Some("2012-10-17") => Ok(Version::Of2012),
        Some(other) => {
            let message = format!("{} is neither \"2012-10-17\" nor \"2008-10-17\"", quote(other));
            Err(Malformed::new(message).within("Version"))
        }
    }
}

/// The statements and the place of each.
fn statements(document: &Object) -> Result<Vec<(String, &Object)>, Malformed> {
    const ELEMENT: &str = "Statement";
    let not_a_statement = |json: &Json, place: &str| {
        Malformed::new(format!("a statement is an object, not {}", json.found())).within(place)
    };
    match get(document, ELEMENT) {
        None => Err(Malformed::new("the required element \"Statement\" is missing")),
        Some(Json::Object(statement)) => Ok(alloc::vec![(ELEMENT.to_string(), statement)]),
        Some(Json::List(list)) if list.is_empty() => {
            Err(Malformed::new("a policy has at least one statement").within(ELEMENT))
        }
        Some(Json::List(list)) => {
            let places = list.iter().enumerate();
            let statements = places.map(|(index, json)| {
                let place = format!("{ELEMENT}[{index}]");
                match json {
                    Json::Object(statement) => Ok((place, statement)),
                    _ => Err(not_a_statement(json, &place)),
                }
            });
            statements.collect()
        }
        Some(other) => Err(not_a_statement(other, ELEMENT)),
    }
}

fn distinct_sids(statements: &[Statement]) -> Result<(), Malformed> {
    let mut first: BTreeMap<&str, usize> = BTreeMap::new();
    for (index, statement) in statements.iter().enumerate() {
        let Some(sid) = statement.sid() else { continue };
        if let Some(before) = first.insert(sid, index) {
            let message = format!(
                "{} is the Sid of Statement[{before}] already; a Sid stands once in a policy",
                quote(sid)
            );
            return Err(Malformed::new(message).within(&format!("Statement[{index}].Sid")));
        }
    }
    Ok(())
}

/// What the document as a whole says about reading its statements.
#[derive(Clone, Copy)]
struct Reading {
    grammar: Grammar,
    /// Policy variables came with the version of 2012.
    variables: bool,
}

impl Reading {
    fn statement(self, statement: &Object, span: Span) -> Result<Statement, Malformed> {
        const ELEMENTS: [&str; 9] = [
            "Sid",
            "Effect",
            "Principal",
            "NotPrincipal",
            "Action",
            "NotAction",
            "Resource",
            "NotResource",
            "Condition",
        ];
        known(statement, &ELEMENTS, "a statement")?;
        let effect = effect(statement)?;
        Ok(Statement {
            sid: self.sid(statement)?,
            effect,
            principals: self.principals(statement, effect)?,
            actions: self.actions(statement)?,
            resources: self.resources(statement)?,
            conditions: self.conditions(statement)?,
            span,
        })
    }

    fn sid(self, statement: &Object) -> Result<Option<String>, Malformed> {
        let sid = text_of(statement, "Sid")?.filter(|sid| !sid.is_empty());
        match sid {
            // The policies of resources take more, as their services will.
            Some(sid)
                if self.grammar != Grammar::Resource
                    && !sid.bytes().all(|byte| byte.is_ascii_alphanumeric()) =>
            {
                let message = format!("{} is not of letters and digits alone", quote(&sid));
                Err(Malformed::new(message).within("Sid"))
            }
            sid => Ok(sid),
        }
    }

    fn principals(self, statement: &Object, effect: Effect) -> Result<Principals, Malformed> {
        let found = one_of(statement, "Principal", "NotPrincipal")?;
        match (self.grammar, found) {
            (Grammar::Identity, None) => Ok(Principals::Attached),
            (Grammar::Identity, Some(found)) => Err(Malformed::new(
                "an identity-based policy names no principal: it speaks of whom it is attached to",
            )
            .within(found.element)),
            (_, None) => Err(Malformed::new("the required element \"Principal\" is missing")),
            (Grammar::Trust, Some(Found { element, negated: true, .. })) => {
                Err(Malformed::new("a trust policy has no NotPrincipal").within(element))
            }
            (_, Some(Found { element, negated: true, .. })) if effect == Effect::Allow => {
                let message = "NotPrincipal with the effect Allow would let everybody else in";
                Err(Malformed::new(message).within(element))
            }
            (grammar, Some(found)) => {
                let names = elements::principals(found.json, grammar)
                    .map_err(|error| error.within(found.element))?;
                Ok(if found.negated {
                    Principals::NotNamed(names)
                } else {
                    Principals::Named(names)
                })
            }
        }
    }

    fn actions(self, statement: &Object) -> Result<Actions, Malformed> {
        let found = required(one_of(statement, "Action", "NotAction")?, "Action", "NotAction")?;
        let actions = elements::actions(found.json, self.grammar);
        let (all, by_service) = actions.map_err(|error| error.within(found.element))?;
        Ok(Actions { negated: found.negated, all, by_service })
    }

    fn resources(self, statement: &Object) -> Result<Resources, Malformed> {
        let found = one_of(statement, "Resource", "NotResource")?;
        if self.grammar == Grammar::Trust {
            return match found {
                None => Ok(Resources::everything()),
                Some(found) => Err(Malformed::new(
                    "a trust policy names no resource: it speaks of the role it is attached to",
                )
                .within(found.element)),
            };
        }
        let found = required(found, "Resource", "NotResource")?;
        let patterns = elements::resources(found.json, self.variables);
        let patterns = patterns.map_err(|error| error.within(found.element))?;
        Ok(Resources { negated: found.negated, patterns })
    }
}

fn effect(statement: &Object) -> Result<Effect, Malformed> {
    match text_of(statement, "Effect")?.as_deref() {
        None => Err(Malformed::new("the required element \"Effect\" is missing")),
        Some("Allow") => Ok(Effect::Allow),
        Some("Deny") => Ok(Effect::Deny),
        Some(other) => {
            let message = format!("{} is neither \"Allow\" nor \"Deny\"", quote(other));
            Err(Malformed::new(message).within("Effect"))
        }
    }
}

/// An element that has a negative twin.
struct Found<'j> {
    element: &'static str,
    negated: bool,
    json: &'j Json,
}

fn one_of<'j>(
    statement: &'j Object,
    element: &'static str,
    negative: &'static str,
) -> Result<Option<Found<'j>>, Malformed> {
    match (get(statement, element), get(statement, negative)) {
        (Some(_), Some(_)) => {
            Err(Malformed::new(format!("a statement has {element} or {negative}, not both")))
        }
        (Some(json), None) => Ok(Some(Found { element, negated: false, json })),
        (None, Some(json)) => Ok(Some(Found { element: negative, negated: true, json })),
        (None, None) => Ok(None),
    }
}

fn required<'j>(
    found: Option<Found<'j>>,
    element: &str,
    negative: &str,
) -> Result<Found<'j>, Malformed> {
    found.ok_or_else(|| {
        Malformed::new(format!("the required element \"{element}\" or \"{negative}\" is missing"))
    })
}

fn get<'j>(object: &'j Object, element: &str) -> Option<&'j Json> {
    object.iter().find(|(name, _)| name == element).map(|(_, json)| json)
}

/// An element that is a string, if it is there.
fn text_of(object: &Object, element: &str) -> Result<Option<String>, Malformed> {
    match get(object, element) {
        None => Ok(None),
        Some(Json::Text(text)) => Ok(Some(text.clone())),
        Some(other) => {
            let message = format!("a string is expected, not {}", other.found());
            Err(Malformed::new(message).within(element))
        }
    }
}

/// Elements are case-sensitive, and a typing error must not make a policy say something else.
fn known(object: &Object, elements: &[&str], of: &str) -> Result<(), Malformed> {
    let stranger = object.iter().find(|(name, _)| !elements.contains(&name.as_str()));
    let Some((name, _)) = stranger else { return Ok(()) };
    let meant = elements.iter().find(|element| element.eq_ignore_ascii_case(name));
    Err(Malformed::new(match meant {
        Some(meant) => format!("{} is no element of {of}; \"{meant}\" is", quote(name)),
        None => format!("{} is no element of {of}", quote(name)),
    }))
}

/// The strings of an element that is one string or a list of them, each with its place.
fn strings<'j>(json: &'j Json, what: &str) -> Result<Vec<(String, &'j str)>, Malformed> {
    let one = |json: &'j Json, place: String| match json {
        Json::Text(text) => Ok((place, text.as_str())),
        other => {
            let message = format!("each {what} is a string, not {}", other.found());
            Err(Malformed::new(message).within(&place))
        }
    };
    match json {
        Json::List(list) if list.is_empty() => {
            Err(Malformed::new(format!("the list is empty; there is at least one {what}")))
        }
        Json::List(list) => {
            list.iter().enumerate().map(|(index, json)| one(json, format!("[{index}]"))).collect()
        }
        other => Ok(alloc::vec![one(other, String::new())?]),
    }
}
