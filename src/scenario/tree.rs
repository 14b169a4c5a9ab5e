//! The values of a RON text and where they stand.

use super::path::{Path, Step};
use std::ops::Range;

/// A place in a text, in bytes.
pub type Span = Range<usize>;

/// A value and where it stands.
#[derive(Clone, Debug)]
pub struct Node {
    pub(super) start: u32,
    pub(super) end: u32,
    /// What it is.
    pub kind: Kind,
}

/// What a value is.
#[derive(Clone, Debug)]
pub enum Kind {
    /// A text, decoded.
    Text(Box<str>),
    /// A number.
    Number,
    /// A bare word.
    Word(Box<str>),
    /// A character or bytes, which no scenario needs.
    Other,
    /// `(a: 1)` or `Name(a: 1)`.
    Record(Vec<Field>),
    /// `(1, 2)` or `Name(1, 2)`.
    Tuple(Vec<Node>),
    /// `[1, 2]`.
    List(Vec<Node>),
    /// `{"a": 1}`.
    Table(Vec<(Node, Node)>),
}

/// A field of a record.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name.
    pub name: Box<str>,
    pub(super) start: u32,
    /// Its value.
    pub value: Node,
}

impl Field {
    /// Where the name stands.
    #[must_use]
    pub fn span(&self) -> Span {
        self.start as usize..self.start as usize + self.name.len()
    }
}

impl Node {
    /// Where it stands.
    #[must_use]
    pub fn span(&self) -> Span {
        self.start as usize..self.end as usize
    }

    /// The text, if it is one.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The name of a record, if it has one.
    #[must_use]
    pub fn id(&self) -> Option<(&str, Span)> {
        match &self.kind {
            Kind::Record(fields) => fields
                .iter()
                .find(|field| &*field.name == "id")
                .and_then(|field| field.value.text().map(|id| (id, field.value.span()))),
            _ => None,
        }
    }

    fn step(&self, step: &Step) -> Option<&Self> {
        match (&self.kind, step) {
            (Kind::Record(fields), Step::Field(name)) => fields
                .iter()
                .find(|field| *field.name == **name)
                .map(|field| &field.value),
            (Kind::List(items), Step::Id(name)) => items
                .iter()
                .find(|item| item.id().is_some_and(|(id, _)| id == name)),
            (Kind::Table(rows), Step::Key(name)) => rows
                .iter()
                .find(|(key, _)| key.text() == Some(name))
                .map(|(_, value)| value),
            (Kind::List(items) | Kind::Tuple(items), Step::At(position)) => items.get(*position),
            _ => None,
        }
    }

    /// The deepest value that the path leads to, and how many of its steps were found.
    #[must_use]
    pub fn find(&self, path: &Path) -> (&Self, usize) {
        let mut node = self;
        for (depth, step) in path.0.iter().enumerate() {
            match node.step(step) {
                Some(next) => node = next,
                None => return (node, depth),
            }
        }
        (node, path.0.len())
    }

    /// The part of a value to point at: a name rather than a page of text.
    #[must_use]
    pub fn handle(&self, text: &str) -> Span {
        let span = self.span();
        if !text[span.clone()].contains('\n') {
            return span;
        }
        self.id().map_or(span.start..span.start + 1, |(_, id)| id)
    }

    /// The path to the deepest value that holds a position, and that value. Names too long to be
    /// read are cut.
    #[must_use]
    pub fn at(&self, offset: usize) -> (Path, &Self) {
        let (mut path, mut node) = (Path::default(), self);
        let holds = |node: &Self| node.span().contains(&offset) || node.span().end == offset;
        loop {
            let next = match &node.kind {
                Kind::Record(fields) => fields
                    .iter()
                    .find(|field| (field.span().start..=field.value.span().end).contains(&offset))
                    .map(|field| (Step::Field(shown(&field.name)), &field.value)),
                Kind::List(items) | Kind::Tuple(items) => items
                    .iter()
                    .enumerate()
                    .find(|(_, item)| holds(item))
                    .map(|(at, item)| {
                        let id = item.id().map(|(id, _)| Step::Id(shown(id)));
                        (id.unwrap_or(Step::At(at)), item)
                    }),
                Kind::Table(rows) => rows
                    .iter()
                    .find(|(key, value)| (key.span().start..=value.span().end).contains(&offset))
                    .map(|(key, value)| (Step::Key(shown(key.text().unwrap_or_default())), value)),
                _ => None,
            };
            match next {
                Some((step, inner)) => {
                    path = path.then(step);
                    node = inner;
                }
                None => return (path, node),
            }
        }
    }

    /// Every value below this one and this one, parents first.
    pub fn walk<'a>(&'a self, visit: &mut dyn FnMut(&'a Self)) {
        visit(self);
        match &self.kind {
            Kind::Record(fields) => fields.iter().for_each(|field| field.value.walk(visit)),
            Kind::List(items) | Kind::Tuple(items) => {
                items.iter().for_each(|item| item.walk(visit));
            }
            Kind::Table(rows) => rows.iter().for_each(|(_, value)| value.walk(visit)),
            _ => {}
        }
    }
}

/// A name as far as it is shown: a path has one for each level, and a hostile one is a page long.
fn shown(name: &str) -> String {
    const LONGEST: usize = 100;
    match name.char_indices().nth(LONGEST) {
        Some((cut, _)) => format!("{}…", &name[..cut]),
        None => name.to_owned(),
    }
}
