//! A scanner for RON that keeps where everything stands.
//!
//! The `ron` library decides what a file means; it keeps no positions and stops at its first
//! complaint. The scanner maps a path to the place in the text, and names the slips of a first-time
//! author (a missing comma, a full-width comma, a text that is not closed) in their own words.

use super::code::Code;
use super::problem::{Place, Problem};
use super::slips;
use super::tree::{Field, Kind, Node, Span};
use std::collections::BTreeMap;

/// Brackets deeper than this are refused.
pub const MAX_DEPTH: usize = 48;
/// More values than this in all files of a scenario are refused; one at every other cap has fewer.
pub const MAX_VALUES: usize = 100_000;
/// After so many syntax problems the rest is noise.
const MAX_PROBLEMS: usize = 20;

/// Reads a text into a tree; `values` counts those of all files so far.
///
/// # Errors
///
/// Every syntax problem that was found.
pub fn scan(file: usize, text: &str, values: &mut usize) -> Result<Node, Vec<Problem>> {
    let mut scanner = Scanner {
        text,
        file,
        at: 0,
        depth: 0,
        values: *values,
        suspect: None,
        problems: Vec::new(),
    };
    let root = scanner.document();
    *values = scanner.values;
    match root {
        Ok(node) if scanner.problems.is_empty() => Ok(node),
        _ => Err(scanner.problems),
    }
}

/// The scanner gave up; its problems say why.
struct Stop;
type Scan<T> = Result<T, Stop>;

struct Scanner<'a> {
    text: &'a str,
    file: usize,
    at: usize,
    depth: usize,
    values: usize,
    /// The first bracket that, by the indentation, should have been closed and was not.
    suspect: Option<Span>,
    problems: Vec<Problem>,
}

fn opens(c: char) -> bool {
    matches!(c, '(' | '[' | '{')
}

fn closes(c: char) -> bool {
    matches!(c, ')' | ']' | '}')
}

impl<'a> Scanner<'a> {
    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn report(&mut self, code: Code, span: Span) -> &mut Problem {
        self.problems
            .push(Problem::new(code, Place::Text(self.file, span)));
        let last = self.problems.len() - 1;
        &mut self.problems[last]
    }

    fn span_of_char(&self) -> Span {
        self.at..self.at + self.peek().map_or(0, char::len_utf8)
    }

    /// White space, comments, and the attribute lines that RON allows at the top.
    fn space(&mut self) -> Scan<()> {
        loop {
            let rest = self.rest();
            let trimmed = rest.trim_start_matches([' ', '\t', '\n', '\r', '\u{feff}', '\u{3000}']);
            self.at += rest.len() - trimmed.len();
            if trimmed.starts_with("//") {
                self.at += trimmed.find('\n').unwrap_or(trimmed.len());
            } else if trimmed.starts_with("/*") {
                self.block_comment()?;
            } else {
                return Ok(());
            }
        }
    }

    fn block_comment(&mut self) -> Scan<()> {
        let start = self.at;
        let mut depth = 0usize;
        loop {
            let rest = self.rest();
            if rest.starts_with("/*") {
                depth += 1;
                self.at += 2;
            } else if rest.starts_with("*/") {
                depth -= 1;
                self.at += 2;
                if depth == 0 {
                    return Ok(());
                }
            } else if let Some(c) = rest.chars().next() {
                self.at += c.len_utf8();
            } else {
                self.report(Code::UnclosedText, start..start + 2)
                    .term("what", "term.comment");
                return Err(Stop);
            }
        }
    }

    /// The next character, with full-width punctuation named and read as what was meant.
    fn punctuation(&mut self) -> Scan<Option<char>> {
        self.space()?;
        let Some(c) = self.peek() else {
            return Ok(None);
        };
        if let Some(plain) = slips::plain_punctuation(c) {
            let span = self.span_of_char();
            if self.problems.len() >= MAX_PROBLEMS {
                return Err(Stop);
            }
            let seen = self.problems.iter().any(
                |p| matches!(&p.place, Place::Text(_, at) if p.code == Code::WidePunctuation && *at == span),
            );
            if !seen {
                self.report(Code::WidePunctuation, span)
                    .slot("found", c)
                    .slot("plain", plain);
            }
            return Ok(Some(plain));
        }
        Ok(Some(c))
    }

    fn take(&mut self) {
        self.at += self.peek().map_or(0, char::len_utf8);
    }

    fn document(&mut self) -> Scan<Node> {
        self.space()?;
        while self.rest().starts_with("#!") {
            self.at += self.rest().find('\n').unwrap_or(self.rest().len());
            self.space()?;
        }
        let root = self.value()?;
        self.space()?;
        if self.at < self.text.len() {
            let span = self.span_of_char();
            self.report(Code::AfterTheEnd, span);
        }
        Ok(root)
    }

    fn node(&self, start: usize, kind: Kind) -> Node {
        let position = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Node {
            start: position(start),
            end: position(self.at),
            kind,
        }
    }

    fn value(&mut self) -> Scan<Node> {
        if self.problems.len() >= MAX_PROBLEMS {
            return Err(Stop);
        }
        self.values += 1;
        if self.values > MAX_VALUES {
            let span = self.span_of_char();
            self.report(Code::TooMany, span)
                .term("what", "term.values")
                .slot("limit", MAX_VALUES);
            return Err(Stop);
        }
        let next = self.punctuation()?;
        let start = self.at;
        match next {
            None => {
                let end = self.text.trim_end().len();
                self.report(Code::MissingValue, end.saturating_sub(1)..end);
                Err(Stop)
            }
            Some('"') => {
                let text = self.quoted()?;
                Ok(self.node(start, Kind::Text(text)))
            }
            Some('\'') => self.single_quoted(start),
            Some(c) if opens(c) => {
                let kind = self.group(c)?;
                Ok(self.node(start, kind))
            }
            Some(c) if c.is_ascii_digit() || matches!(c, '+' | '-' | '.') => {
                let rest = self.rest();
                let end = rest
                    .find(|c: char| {
                        !(c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.' | '_'))
                    })
                    .unwrap_or(rest.len());
                // A full-width stop is read as a plain one and is longer than that.
                self.at += end.max(self.span_of_char().len());
                Ok(self.node(start, Kind::Number))
            }
            Some(c) if c.is_alphabetic() || c == '_' => self.word(start),
            Some(c) if closes(c) || matches!(c, ',' | ':') => {
                let span = self.span_of_char();
                self.report(Code::MissingValue, span);
                Err(Stop)
            }
            Some(c) => {
                let span = self.span_of_char();
                self.report(Code::Unexpected, span)
                    .slot("found", c)
                    .term("expected", "term.value");
                Err(Stop)
            }
        }
    }

    fn word(&mut self, start: usize) -> Scan<Node> {
        let rest = self.rest();
        for prefix in ["r", "b", "br"] {
            let after = rest.strip_prefix(prefix);
            if let Some(after) = after.filter(|after| after.starts_with(['"', '#', '\''])) {
                let hashes = after.len() - after.trim_start_matches('#').len();
                if after[hashes..].starts_with(['"', '\'']) {
                    self.at += prefix.len();
                    return self.raw(start, prefix, hashes);
                }
            }
        }
        let word = self.name();
        let end = self.at;
        self.space()?;
        if self.peek() == Some('(') {
            let kind = self.group('(')?;
            return Ok(self.node(start, kind));
        }
        self.at = end;
        Ok(self.node(start, Kind::Word(word.into())))
    }

    fn name(&mut self) -> &'a str {
        let rest = self.rest();
        let rest = rest.strip_prefix("r#").unwrap_or(rest);
        let end = rest
            .find(|c: char| !(c.is_alphanumeric() || c == '_'))
            .unwrap_or(rest.len());
        self.at = self.text.len() - rest.len() + end;
        &rest[..end]
    }

    fn raw(&mut self, start: usize, prefix: &str, hashes: usize) -> Scan<Node> {
        self.at += hashes;
        if prefix == "b" && hashes == 0 && self.peek() == Some('\'') {
            return self.single_quoted(start);
        }
        let end: String = std::iter::once('"')
            .chain("#".repeat(hashes).chars())
            .collect();
        let body = self.at + 1;
        let Some(length) = self.text[body..].find(&end) else {
            self.report(Code::UnclosedText, start..body)
                .term("what", "term.text");
            return Err(Stop);
        };
        self.at = body + length + end.len();
        let kind = if prefix == "r" {
            Kind::Text(self.text[body..body + length].into())
        } else {
            Kind::Other
        };
        Ok(self.node(start, kind))
    }

    fn single_quoted(&mut self, start: usize) -> Scan<Node> {
        self.take();
        let rest = self.rest();
        // No farther than the line: a page of characters must not be searched for each of them.
        let end = rest
            .char_indices()
            .find(|(_, c)| matches!(c, '\'' | '’' | '\n'));
        self.at += match end {
            Some((at, '\n')) => at,
            Some((at, quote)) => at + quote.len_utf8(),
            None => rest.len(),
        };
        let one = rest.starts_with('\\') || rest.chars().nth(1) == Some('\'');
        if !one {
            self.report(Code::SingleQuotes, start..self.at);
        }
        Ok(self.node(start, Kind::Other))
    }

    fn quoted(&mut self) -> Scan<Box<str>> {
        let start = self.at;
        let straight = self.peek() == Some('"');
        self.take();
        let mut out = String::new();
        let mut chars = self.rest().char_indices();
        while let Some((at, c)) = chars.next() {
            match c {
                '"' => {
                    self.at += at + 1;
                    return Ok(out.into());
                }
                '”' | '“' | '」' | '»' | '＂' if !straight => {
                    self.at += at + c.len_utf8();
                    return Ok(out.into());
                }
                '\\' => match chars.next() {
                    Some((_, 'n')) => out.push('\n'),
                    Some((_, 't')) => out.push('\t'),
                    Some((_, 'r')) => out.push('\r'),
                    Some((_, 'u')) => {
                        let hex: String = chars
                            .by_ref()
                            .skip_while(|(_, c)| *c == '{')
                            .map(|(_, c)| c)
                            .take_while(char::is_ascii_hexdigit)
                            .take(8)
                            .collect();
                        let code = u32::from_str_radix(&hex, 16).ok();
                        out.extend(code.and_then(char::from_u32));
                    }
                    Some((_, escaped)) => out.push(escaped),
                    None => break,
                },
                _ => out.push(c),
            }
        }
        let line = self.text[start..]
            .find('\n')
            .map_or(self.text.len(), |at| start + at);
        self.report(Code::UnclosedText, start..line)
            .term("what", "term.text");
        Err(Stop)
    }

    fn group(&mut self, open: char) -> Scan<Kind> {
        let start = self.span_of_char();
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            self.report(Code::TooDeep, start).slot("limit", MAX_DEPTH);
            return Err(Stop);
        }
        self.take();
        let kind = match open {
            '[' => Kind::List(self.items(']', &start)?),
            '{' => Kind::Table(self.rows(&start)?),
            _ if self.is_record()? => Kind::Record(self.fields(&start)?),
            _ => Kind::Tuple(self.items(')', &start)?),
        };
        self.depth -= 1;
        Ok(kind)
    }

    /// Whether a bracket that was just opened holds named fields.
    fn is_record(&mut self) -> Scan<bool> {
        self.space()?;
        let back = self.at;
        let first = self.peek();
        let named = if first.is_some_and(|c| c.is_alphabetic() || c == '_') {
            let name = self.name();
            self.space()?;
            !name.is_empty() && matches!(self.peek(), Some(':' | '：' | '='))
        } else {
            false
        };
        self.at = back;
        Ok(named)
    }

    fn items(&mut self, close: char, open: &Span) -> Scan<Vec<Node>> {
        let mut items = Vec::new();
        loop {
            if self.end(close, open)? {
                return Ok(items);
            }
            items.push(self.value()?);
            self.comma(close, items.last())?;
        }
    }

    fn rows(&mut self, open: &Span) -> Scan<Vec<(Node, Node)>> {
        let mut rows: Vec<(Node, Node)> = Vec::new();
        let mut seen: BTreeMap<Box<str>, Span> = BTreeMap::new();
        loop {
            if self.end('}', open)? {
                return Ok(rows);
            }
            let key = self.value()?;
            self.colon(&key.span())?;
            let value = self.value()?;
            if let Some(name) = key.text() {
                if let Some(first) = seen.get(name).cloned() {
                    let (file, name) = (self.file, name.to_owned());
                    self.report(Code::DuplicateKey, key.span())
                        .slot("name", name)
                        .also(Place::Text(file, first), "related.first");
                } else {
                    seen.insert(name.into(), key.span());
                }
            }
            rows.push((key, value));
            self.comma('}', rows.last().map(|(_, value)| value))?;
        }
    }

    fn fields(&mut self, open: &Span) -> Scan<Vec<Field>> {
        let mut fields: Vec<Field> = Vec::new();
        let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
        loop {
            if self.end(')', open)? {
                return Ok(fields);
            }
            let start = self.at;
            let name = match self.peek() {
                Some(c) if c.is_alphabetic() || c == '_' => self.name(),
                Some('"') => {
                    let name = self.quoted()?;
                    let span = start..self.at;
                    self.report(Code::Unexpected, span)
                        .slot("found", format!("\"{name}\""))
                        .term("expected", "term.field-name");
                    ""
                }
                _ => {
                    if self.decimal_comma(start) {
                        return Err(Stop);
                    }
                    let (span, found) = (self.span_of_char(), self.peek().unwrap_or(' '));
                    self.report(Code::Unexpected, span)
                        .slot("found", found)
                        .term("expected", "term.field-name");
                    return Err(Stop);
                }
            };
            self.colon(&(start..self.at))?;
            let value = self.value()?;
            let field = Field {
                name: name.into(),
                start: u32::try_from(start).unwrap_or(u32::MAX),
                value,
            };
            if let Some(first) = seen.get(name).cloned() {
                let file = self.file;
                self.report(Code::DuplicateKey, field.span())
                    .slot("name", name)
                    .also(Place::Text(file, first), "related.first");
            } else if !name.is_empty() {
                seen.insert(name, field.span());
            }
            fields.push(field);
            self.comma(')', fields.last().map(|field| &field.value))?;
        }
    }

    /// Takes the closing bracket if it is next.
    fn end(&mut self, close: char, open: &Span) -> Scan<bool> {
        match self.punctuation()? {
            Some(c) if c == close => {
                self.take();
                Ok(true)
            }
            Some(c) if closes(c) => {
                let (span, file, open) = (self.span_of_char(), self.file, open.clone());
                self.report(Code::WrongBracket, span)
                    .slot("found", c)
                    .slot("expected", close)
                    .also(Place::Text(file, open), "related.opened");
                Err(Stop)
            }
            Some(_) => {
                // An entry that is no further in than the line of its bracket lies outside it, to
                // the eye. It matters only if a bracket turns out to be missing.
                if self.suspect.is_none()
                    && let Some(entry) = slips::first_on_line(self.text, self.at)
                    && slips::indentation(self.text, open.start).is_some_and(|line| entry <= line)
                {
                    self.suspect = Some(open.clone());
                }
                Ok(false)
            }
            None => {
                self.unclosed(open);
                Err(Stop)
            }
        }
    }

    /// Tells of a bracket that is not closed: the one that the indentation would have closed, else
    /// the innermost.
    fn unclosed(&mut self, innermost: &Span) {
        let open = self.suspect.take().unwrap_or_else(|| innermost.clone());
        let close = match &self.text[open.clone()] {
            "[" | "［" | "【" => ']',
            "{" | "｛" => '}',
            _ => ')',
        };
        self.report(Code::UnclosedBracket, open)
            .slot("expected", close);
    }

    fn colon(&mut self, after: &Span) -> Scan<()> {
        match self.punctuation()? {
            Some(':') => {
                self.take();
                Ok(())
            }
            _ if self.decimal_comma(after.start) => Err(Stop),
            next => {
                let name = self.text[after.clone()].to_owned();
                self.report(Code::MissingColon, after.clone())
                    .slot("name", name);
                if next == Some('=') {
                    self.take();
                    return Ok(());
                }
                Err(Stop)
            }
        }
    }

    /// Tells of a decimal comma before the digits at `at`, if there is one.
    fn decimal_comma(&mut self, at: usize) -> bool {
        let Some(span) = slips::decimal_comma(self.text, at) else {
            return false;
        };
        let good = self.text[span.clone()].replace(',', ".");
        self.report(Code::DecimalComma, span).slot("good", good);
        true
    }

    fn comma(&mut self, close: char, last: Option<&Node>) -> Scan<()> {
        match self.punctuation()? {
            Some(',') => {
                self.take();
                Ok(())
            }
            Some(c) if closes(c) => Ok(()),
            None => Ok(()),
            Some(c) => {
                // The name of a field among the entries of a list: the list should have ended.
                if c == ':'
                    && let Some(open) = self.suspect.clone()
                {
                    self.unclosed(&open);
                    return Err(Stop);
                }
                let end = last.map_or(self.at, |node| node.span().end);
                let body = last.map_or("", |node| &self.text[node.span()]);
                let unclosed = last.is_some_and(|node| node.text().is_some())
                    && body.contains('\n')
                    && !body.starts_with('r');
                if let (true, Some(last)) = (unclosed, last) {
                    let start = last.span().start;
                    let line = start + body.find('\n').unwrap_or(body.len());
                    self.report(Code::UnclosedText, start..line)
                        .term("what", "term.text");
                    return Err(Stop);
                }
                let word = last.filter(|last| matches!(last.kind, Kind::Word(_)));
                let words = word.and_then(|word| slips::unquoted(self.text, word.span().start));
                if let Some(span) = words {
                    let good = self.text[span.clone()].to_owned();
                    self.report(Code::Unquoted, span).slot("good", good);
                    return Err(Stop);
                }
                let last_char = self.text[..end]
                    .char_indices()
                    .next_back()
                    .map_or(0, |(at, _)| at);
                self.report(Code::MissingComma, last_char..end);
                let starts = c.is_alphanumeric() || opens(c) || matches!(c, '"' | '_' | '-');
                let fits = close != ')' || c.is_alphabetic() || !c.is_ascii_punctuation();
                if starts && fits && self.problems.len() < MAX_PROBLEMS {
                    Ok(())
                } else {
                    Err(Stop)
                }
            }
        }
    }
}
