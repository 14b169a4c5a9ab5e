//! From the text of one file to its types, with RON's complaints in an author's words.

use super::code::Code;
use super::problem::{Place, Problem};
use super::scan::MAX_DEPTH;
use super::slips;
use super::source::SourceFile;
use super::tree::{Kind, Node, Span};
use ron::Error;
use ron::extensions::Extensions;
use serde::Deserialize;

/// Reads a file that scanned well into its type.
///
/// # Errors
///
/// What does not fit, as one problem.
pub fn parse<T: for<'de> Deserialize<'de>>(
    file: usize,
    source: &SourceFile,
    tree: &Node,
) -> Result<T, Box<Problem>> {
    let options = ron::Options::default()
        .with_default_extension(Extensions::IMPLICIT_SOME)
        .with_recursion_limit(4 * MAX_DEPTH);
    options.from_str::<T>(&source.text).map_err(|error| {
        let text = &*source.text;
        let start = offset(text, error.span.start);
        let end = offset(text, error.span.end).max(start);
        Box::new(explain(file, text, tree, &error.code, start..end))
    })
}

/// The byte at a line and column, both from 1, columns in characters.
fn offset(text: &str, position: ron::error::Position) -> usize {
    let line_start: usize = text
        .split_inclusive('\n')
        .take(position.line.saturating_sub(1))
        .map(str::len)
        .sum();
    let line = &text[line_start.min(text.len())..];
    let column = position.col.saturating_sub(1);
    line_start
        + line
            .char_indices()
            .nth(column)
            .map_or(line.len(), |(at, _)| at)
}

fn explain(file: usize, text: &str, tree: &Node, error: &Error, span: Span) -> Problem {
    let (_, node) = tree.at(span.start);
    let (_, last) = tree.at(span.end);
    let number = |node: &Node| matches!(node.kind, Kind::Number);
    let at = |code, span: Span| Problem::new(code, Place::Text(file, span));
    let here = node.handle(text);
    let position = [span.start, span.end]
        .into_iter()
        .find_map(|at| crowded(tree, at));
    match error {
        Error::NoSuchStructField {
            expected, found, ..
        } => {
            let place = name_near(text, &span, found).unwrap_or(here);
            let mut problem = at(Code::UnknownField, place);
            problem
                .slot("name", found)
                .list("known", expected.iter())
                .nearest(found, expected.iter().copied());
            problem
        }
        Error::NoSuchEnumVariant {
            expected, found, ..
        } => {
            let place = name_near(text, &span, found).unwrap_or(here);
            let mut problem = at(Code::UnknownWord, place);
            problem
                .slot("name", found)
                .list("known", expected.iter())
                .nearest(found, expected.iter().copied());
            problem
        }
        Error::MissingStructField { field, .. } => {
            let close = span.end.saturating_sub(1).max(span.start)..span.end.max(span.start + 1);
            let mut problem = at(Code::MissingField, close);
            problem.slot("name", field);
            problem
        }
        Error::IntegerOutOfBounds => {
            let place = [node, last]
                .into_iter()
                .find(|node| number(node))
                .unwrap_or(node);
            at(Code::NumberTooBig, place.span())
        }
        Error::ExceededRecursionLimit => {
            let mut problem = at(Code::TooDeep, here);
            problem.slot("limit", MAX_DEPTH);
            problem
        }
        Error::ExpectedStructLikeEnd | Error::ExpectedArrayEnd if position.is_some() => {
            let position = position.unwrap_or(node);
            match decimal_comma(text, position) {
                None => at(Code::WrongCount, position.handle(text)),
                Some(span) => {
                    let good = text[span.clone()].replace(',', ".");
                    let mut problem = at(Code::DecimalComma, span);
                    problem.slot("good", good);
                    problem
                }
            }
        }
        _ if number(last) && looks_fractional(text, last) && wants_whole(error) => {
            at(Code::WholeNumber, last.span())
        }
        _ if number(node) && looks_fractional(text, node) && wants_whole(error) => {
            at(Code::WholeNumber, node.span())
        }
        Error::InvalidValueForType { expected, .. } => match expected.strip_prefix('@') {
            Some(term) => wrong_kind(file, text, node, expected_term(term)),
            None => {
                let mut problem = at(Code::WrongKind, here);
                problem
                    .slot("expected", expected)
                    .term("found", kind_term(&node.kind));
                problem
            }
        },
        Error::ExpectedInteger => wrong_kind(file, text, node, "term.whole-number"),
        Error::ExpectedFloat => wrong_kind(file, text, node, "term.number"),
        Error::ExpectedString | Error::ExpectedStringEnd => {
            wrong_kind(file, text, node, "term.text")
        }
        Error::ExpectedArray => wrong_kind(file, text, node, "term.list"),
        Error::ExpectedMap => wrong_kind(file, text, node, "term.table"),
        Error::ExpectedBoolean => wrong_kind(file, text, node, "term.bool"),
        Error::ExpectedStructLike
        | Error::ExpectedNamedStructLike(_)
        | Error::ExpectedDifferentStructName { .. } => wrong_kind(file, text, node, "term.record"),
        Error::ExpectedIdentifier => wrong_kind(file, text, node, "term.word"),
        Error::ExpectedDifferentLength { .. }
        | Error::ExpectedStructLikeEnd
        | Error::ExpectedArrayEnd => at(Code::WrongCount, here),
        other => {
            let mut problem = at(Code::Syntax, here);
            problem.slot("why", other.to_string());
            problem
        }
    }
}

/// The position of more than two numbers that holds a place.
fn crowded(tree: &Node, at: usize) -> Option<&Node> {
    let (mut path, _) = tree.at(at);
    path.0.pop()?;
    let (around, _) = tree.find(&path);
    let number = |item: &Node| matches!(item.kind, Kind::Number);
    match &around.kind {
        Kind::Tuple(items) if items.len() > 2 && items.iter().all(number) => Some(around),
        _ => None,
    }
}

/// The first pair of numbers in a position that is meant as one with decimals.
fn decimal_comma(text: &str, position: &Node) -> Option<Span> {
    let Kind::Tuple(items) = &position.kind else {
        return None;
    };
    let mut starts = items.iter().map(|item| item.span().start);
    starts.find_map(|start| slips::decimal_comma(text, start))
}

/// Whether the complaint is what RON says when it reads `1` of `1.5` and finds `.5` next.
fn wants_whole(error: &Error) -> bool {
    matches!(
        error,
        Error::ExpectedComma
            | Error::ExpectedInteger
            | Error::ExpectedStructLikeEnd
            | Error::ExpectedArrayEnd
            | Error::TrailingCharacters
            | Error::InvalidIntegerDigit { .. }
            | Error::ExpectedMapEnd
            | Error::ExpectedOptionEnd
    )
}

fn looks_fractional(text: &str, node: &Node) -> bool {
    text[node.span()].contains(['.', 'e', 'E'])
}

fn wrong_kind(file: usize, text: &str, node: &Node, expected: &'static str) -> Problem {
    let mut problem = Problem::new(Code::WrongKind, Place::Text(file, node.handle(text)));
    problem
        .term("expected", expected)
        .term("found", kind_term(&node.kind));
    problem
}

fn expected_term(term: &str) -> &'static str {
    match term {
        "point" => "term.point",
        "words" => "term.words",
        "override" => "term.override",
        "code" => "term.code",
        _ => "term.allow",
    }
}

/// The word for a kind of value.
fn kind_term(kind: &Kind) -> &'static str {
    match kind {
        Kind::Text(_) => "term.text",
        Kind::Number => "term.number",
        Kind::Word(_) => "term.word",
        Kind::Other => "term.character",
        Kind::Record(_) => "term.record",
        Kind::Tuple(_) => "term.tuple",
        Kind::List(_) => "term.list",
        Kind::Table(_) => "term.table",
    }
}

/// Where a name stands at or next to a span.
fn name_near(text: &str, span: &Span, name: &str) -> Option<Span> {
    let mut from = span.start.saturating_sub(name.len() + 2);
    while !text.is_char_boundary(from) {
        from -= 1;
    }
    text[from..]
        .find(name)
        .map(|at| from + at..from + at + name.len())
}
