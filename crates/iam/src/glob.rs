//! Patterns of text: wildcards and policy variables, split once, so that matching neither allocates
//! nor goes back further than to the last `*`.

use alloc::{
    boxed::Box,
    format,
    string::{String, ToString},
    vec::Vec,
};

use crate::Context;

/// Whether a text may differ from its pattern in case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Case {
    Sensitive,
    Ignored,
}

/// What the signs of a pattern mean, which is a matter of the operator and the document's version.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Signs {
    /// `*` and `?` are wildcards.
    pub(crate) wildcards: bool,
    /// `${…}` is a policy variable.
    pub(crate) variables: bool,
}

/// A compiled pattern.
#[derive(Clone, Debug)]
pub(crate) enum Glob {
    /// `*`
    Any,
    /// Plain text.
    Exact(Box<str>),
    /// Text and variables without `*`.
    One(Segment),
    /// What stands before the first `*`, between two, and after the last.
    Split { head: Segment, middle: Box<[Segment]>, tail: Segment },
}

/// What stands between two `*`; it has one way of matching at a place.
pub(crate) type Segment = Box<[Piece]>;

#[derive(Clone, Debug)]
pub(crate) enum Piece {
    Text(Box<str>),
    /// `?`
    AnyChar,
    Variable {
        /// In lower case.
        key: Box<str>,
        default: Option<Box<str>>,
    },
}

impl Glob {
    /// Compiles a pattern; the error says what is wrong with a variable.
    pub(crate) fn compile(pattern: &str, signs: Signs) -> Result<Glob, String> {
        let mut segments: Vec<Vec<Piece>> = alloc::vec![Vec::new()];
        let mut text = String::new();
        let mut rest = pattern;
        while let Some(sign) = rest.chars().next() {
            let segment = segments.last_mut().expect("invariant: there is a segment to fill");
            rest = match sign {
                '*' if signs.wildcards => {
                    flush(&mut text, segment);
                    segments.push(Vec::new());
                    &rest[1..]
                }
                '?' if signs.wildcards => {
                    flush(&mut text, segment);
                    segment.push(Piece::AnyChar);
                    &rest[1..]
                }
                '$' if signs.variables && rest.starts_with("${") => {
                    let (inside, after) = variable(rest)?;
                    match inside {
                        "*" | "?" | "$" => text.push_str(inside),
                        _ => {
                            flush(&mut text, segment);
                            segment.push(read_variable(inside)?);
                        }
                    }
                    after
                }
                _ => {
                    text.push(sign);
                    &rest[sign.len_utf8()..]
                }
            };
        }
        flush(&mut text, segments.last_mut().expect("invariant: there is a segment to fill"));
        Ok(Glob::of(segments))
    }

    fn of(mut segments: Vec<Vec<Piece>>) -> Glob {
        let tail = segments.pop().unwrap_or_default();
        if segments.is_empty() {
            return match tail.as_slice() {
                [] => Glob::Exact("".into()),
                [Piece::Text(text)] => Glob::Exact(text.clone()),
                _ => Glob::One(tail.into()),
            };
        }
        let head = segments.remove(0);
        // Two stars side by side are one.
        let middle: Box<[Segment]> =
            segments.into_iter().filter(|pieces| !pieces.is_empty()).map(Vec::into).collect();
        if head.is_empty() && middle.is_empty() && tail.is_empty() {
            return Glob::Any;
        }
        Glob::Split { head: head.into(), middle, tail: tail.into() }
    }

    /// Whether the whole text matches. A variable without a value matches nothing.
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>
    pub(crate) fn matches(&self, text: &str, case: Case, context: &Context) -> bool {
        match self {
            Glob::Any => true,
            Glob::Exact(pattern) => match case {
                Case::Sensitive => **pattern == *text,
                Case::Ignored => strip(text, pattern, case) == Some(""),
            },
            Glob::One(segment) => strip_segment(text, segment, case, context) == Some(""),
            Glob::Split { head, middle, tail } => {
                let Some(mut rest) = strip_segment(text, head, case, context) else { return false };
                for segment in middle {
                    let Some(after) = find_segment(rest, segment, case, context) else {
                        return false;
                    };
                    rest = after;
                }
                ends_with(rest, tail, case, context)
            }
        }
    }

    /// The keys of its variables.
    pub(crate) fn variables(&self) -> impl Iterator<Item = &str> {
        let (head, middle, tail): (&[Piece], &[Segment], &[Piece]) = match self {
            Glob::Any | Glob::Exact(_) => (&[], &[], &[]),
            Glob::One(segment) => (segment, &[], &[]),
            Glob::Split { head, middle, tail } => (head, middle, tail),
        };
        let pieces = head.iter().chain(middle.iter().flatten()).chain(tail);
        pieces.filter_map(|piece| match piece {
            Piece::Variable { key, .. } => Some(&**key),
            _ => None,
        })
    }
}

fn flush(text: &mut String, segment: &mut Vec<Piece>) {
    if !text.is_empty() {
        segment.push(Piece::Text(core::mem::take(text).into()));
    }
}

/// The inside of the variable that the text begins with, and what follows it.
fn variable(text: &str) -> Result<(&str, &str), String> {
    let inside = &text[2..];
    // A default may hold a brace between its quotes.
    let mut quoted = false;
    for (index, sign) in inside.char_indices() {
        match sign {
            '\'' => quoted = !quoted,
            '}' if !quoted => return Ok((&inside[..index], &inside[index + 1..])),
            _ => {}
        }
    }
    Err("a policy variable begins with \"${\" and ends with \"}\"; write \"${$}\" for a dollar sign"
        .to_string())
}

/// `key` or `key, 'default'`.
fn read_variable(inside: &str) -> Result<Piece, String> {
    let (key, default) = match inside.split_once(',') {
        None => (inside, None),
        Some((key, default)) => {
            let quoted = default.trim_start();
            let text = quoted.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\''));
            let text = text.filter(|text| !text.contains('\'')).ok_or_else(|| {
                format!(
                    "the default of \"${{{key}}}\" stands between single quotes: ${{{key}, 'x'}}"
                )
            })?;
            (key, Some(text.into()))
        }
    };
    let is_key = !key.is_empty() && !key.contains(['$', '{', '}', '\'', '*', '?']);
    if !is_key || key.trim() != key {
        return Err(format!("\"${{{inside}}}\" names no condition key"));
    }
    Ok(Piece::Variable { key: key.to_ascii_lowercase().into(), default })
}

/// What is left of the text after the prefix.
fn strip<'t>(text: &'t str, prefix: &str, case: Case) -> Option<&'t str> {
    if case == Case::Sensitive {
        return text.strip_prefix(prefix);
    }
    let mut rest = text.chars();
    for wanted in prefix.chars() {
        let found = rest.next()?;
        if found != wanted && !found.to_lowercase().eq(wanted.to_lowercase()) {
            return None;
        }
    }
    Some(rest.as_str())
}

fn value<'v>(piece: &'v Piece, context: &'v Context) -> Option<&'v str> {
    match piece {
        Piece::Text(text) => Some(text),
        Piece::Variable { key, default } => context.single(key).or(default.as_deref()),
        Piece::AnyChar => None,
    }
}

/// What is left of the text after the segment.
fn strip_segment<'t>(
    text: &'t str,
    segment: &[Piece],
    case: Case,
    context: &Context,
) -> Option<&'t str> {
    segment.iter().try_fold(text, |rest, piece| match piece {
        Piece::AnyChar => {
            let mut chars = rest.chars();
            chars.next().map(|_| chars.as_str())
        }
        _ => strip(rest, value(piece, context)?, case),
    })
}

/// What is left of the text after the first place where the segment matches.
fn find_segment<'t>(
    text: &'t str,
    segment: &[Piece],
    case: Case,
    context: &Context,
) -> Option<&'t str> {
    if let ([piece @ (Piece::Text(_) | Piece::Variable { .. })], Case::Sensitive) = (segment, case)
    {
        let wanted = value(piece, context)?;
        return text.find(wanted).map(|start| &text[start + wanted.len()..]);
    }
    let mut starts = text.char_indices().map(|(start, _)| start).chain([text.len()]);
    starts.find_map(|start| strip_segment(&text[start..], segment, case, context))
}

/// Whether the segment matches the end of the text.
fn ends_with(text: &str, segment: &[Piece], case: Case, context: &Context) -> bool {
    let left = segment.iter().rev().try_fold(text, |rest, piece| match piece {
        Piece::AnyChar => {
            let mut chars = rest.chars();
            chars.next_back().map(|_| chars.as_str())
        }
        _ => strip_end(rest, value(piece, context)?, case),
    });
    left.is_some()
}

fn strip_end<'t>(text: &'t str, suffix: &str, case: Case) -> Option<&'t str> {
    if case == Case::Sensitive {
        return text.strip_suffix(suffix);
    }
    let mut rest = text.chars();
    for wanted in suffix.chars().rev() {
        let found = rest.next_back()?;
        if found != wanted && !found.to_lowercase().eq(wanted.to_lowercase()) {
            return None;
        }
    }
    Some(rest.as_str())
}
