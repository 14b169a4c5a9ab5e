//! Where a scenario's texts come from, and the caps that hold before anything is parsed.

use super::code::Code;
use super::path::Path;
use super::problem::{Place, Problem};
use super::scan::scan;
use super::tree::{Node, Span};
use crate::text::Lang;
use std::path::{Path as FilePath, PathBuf};
use std::sync::Arc;

/// Greatest size of one file in bytes.
pub const MAX_FILE: usize = 1024 * 1024;
/// Greatest size of all files of a scenario in bytes.
pub const MAX_SCENARIO: usize = 4 * 1024 * 1024;
/// Greatest number of files of a scenario.
pub const MAX_FILES: usize = 24;
/// Greatest length of a text in characters.
pub const MAX_TEXT: usize = 4_000;
/// Most diagnostics that are kept, looked up and shown; a broken file must not cost minutes.
pub const MAX_DIAGNOSTICS: usize = 500;
/// The file in a scenario's folder that is not part of the scenario.
const TESTS: &str = "tests.ron";

/// Where to find a scenario.
#[derive(Clone, Debug)]
pub enum Source {
    /// A folder or a single file on disk.
    Disk(PathBuf),
    /// Files in memory: name and contents (dropped on a web page, pasted, built in).
    Memory(Vec<(String, Vec<u8>)>),
}

impl Source {
    /// A scenario in a single text.
    #[must_use]
    pub fn text(name: &str, text: &str) -> Self {
        Self::Memory(vec![(name.to_owned(), text.as_bytes().to_vec())])
    }
}

/// A file that has been read.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Its name as it is shown.
    pub name: String,
    /// Its text, without a byte-order mark.
    pub text: Arc<str>,
    /// Its values with their places; absent when it has syntax problems.
    pub tree: Option<Node>,
    /// 0 for the scenario itself, 1 for the one it extends, and so on.
    pub layer: usize,
    /// The language of a text table.
    pub table: Option<String>,
}

/// Every file that was read for a scenario.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// The files, those of the scenario first.
    pub files: Vec<SourceFile>,
    /// Values in them.
    values: usize,
    /// Bytes in them.
    bytes: usize,
}

impl Sources {
    /// Where a path is written: the file, the place in it, and whether it is all there. A path that
    /// is not all there points at the closing bracket of what should hold it.
    #[must_use]
    pub fn locate(&self, path: &Path) -> Option<(usize, Span, bool)> {
        let mut best: Option<(usize, usize, &Node)> = None;
        for (at, file) in self.files.iter().enumerate() {
            let Some(tree) = file.tree.as_ref().filter(|_| file.table.is_none()) else {
                continue;
            };
            let (node, depth) = tree.find(path);
            // Of two files that hold as much, the one nearer to the scenario.
            if best.is_none_or(|(_, deepest, _)| depth > deepest) {
                best = Some((at, depth, node));
            }
        }
        let (at, depth, node) = best?;
        let found = depth == path.0.len();
        let span = node.span();
        let place = if found {
            node.handle(&self.files[at].text)
        } else {
            span.end.saturating_sub(1)..span.end
        };
        Some((at, place, found))
    }

    /// The layer in which a path is written, if it is.
    #[must_use]
    pub fn layer_of(&self, path: &Path) -> Option<usize> {
        self.locate(path)
            .filter(|(_, _, found)| *found)
            .map(|(at, _, _)| self.files[at].layer)
    }

    /// Reads files into the sources, as a layer. What cannot be read becomes a problem.
    pub fn read(&mut self, source: &Source, layer: usize, problems: &mut Vec<Problem>) {
        let files = match source {
            Source::Memory(files) => files.clone(),
            Source::Disk(path) => match read_disk(path) {
                Ok(files) => files,
                Err(problem) => {
                    problems.push(*problem);
                    return;
                }
            },
        };
        let shown = match source {
            Source::Memory(_) => String::new(),
            Source::Disk(path) => path.display().to_string(),
        };
        self.take(&shown, files, layer, problems);
    }

    fn take(
        &mut self,
        shown: &str,
        files: Vec<(String, Vec<u8>)>,
        layer: usize,
        problems: &mut Vec<Problem>,
    ) {
        let mut files: Vec<_> = files
            .into_iter()
            .filter(|(name, _)| name.ends_with(".ron") && base_name(name) != TESTS)
            .collect();
        // The order on disk is not the same everywhere.
        files.sort_by(|a, b| a.0.cmp(&b.0));
        let whole = |code| Problem::new(code, Place::File(shown.to_owned()));
        if files.is_empty() {
            problems.push(whole(Code::NothingHere));
            return;
        }
        if files.len() > MAX_FILES {
            let mut problem = whole(Code::TooManyFiles);
            problem.slot("count", files.len()).slot("limit", MAX_FILES);
            problems.push(problem);
            return;
        }
        // What a scenario extends counts with it: both are held at the same time.
        let own: usize = files.iter().map(|(_, bytes)| bytes.len()).sum();
        self.bytes += own;
        if self.bytes > MAX_SCENARIO && files.iter().all(|(_, bytes)| bytes.len() <= MAX_FILE) {
            let mut problem = whole(Code::ScenarioTooLarge);
            problem.slot("limit", MAX_SCENARIO / 1024 / 1024);
            problems.push(problem);
            return;
        }
        for (name, bytes) in files {
            self.take_file(name, bytes, layer, problems);
        }
    }

    /// Takes in one file.
    pub(super) fn take_file(
        &mut self,
        name: String,
        bytes: Vec<u8>,
        layer: usize,
        problems: &mut Vec<Problem>,
    ) {
        if bytes.len() > MAX_FILE {
            let mut problem = Problem::new(Code::FileTooLarge, Place::File(name));
            problem.slot("limit", MAX_FILE / 1024);
            problems.push(problem);
            return;
        }
        let text = match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => {
                let good = error.utf8_error().valid_up_to();
                let line = error.as_bytes()[..good]
                    .iter()
                    .filter(|b| **b == b'\n')
                    .count()
                    + 1;
                let mut problem = Problem::new(Code::NotUtf8, Place::File(name));
                problem.slot("line", line);
                problems.push(problem);
                return;
            }
        };
        let text = text
            .strip_prefix('\u{feff}')
            .map(str::to_owned)
            .unwrap_or(text);
        let file = self.files.len();
        let before = problems.len();
        problems.extend(forbidden(&text).map(|(span, c)| {
            let mut problem = Problem::new(Code::ForbiddenCharacter, Place::Text(file, span));
            problem.slot("char", format!("U+{:04X}", u32::from(c)));
            problem
        }));
        let tree = if problems.len() == before {
            scan(file, &text, &mut self.values)
                .map_err(|found| problems.extend(found))
                .ok()
        } else {
            None
        };
        let table = base_name(&name)
            .strip_prefix("text.")
            .and_then(|rest| rest.strip_suffix(".ron"))
            .map(str::to_owned);
        if let Some(tree) = &tree {
            problems.extend(values(file, tree, table.is_some()));
        }
        self.files.push(SourceFile {
            name,
            text: text.into(),
            tree,
            layer,
            table,
        });
    }
}

fn base_name(name: &str) -> &str {
    name.rsplit(['/', '\\']).next().unwrap_or(name)
}

/// Characters that hide or reorder text.
fn is_forbidden(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        || (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
}

/// The first few forbidden characters of a text.
fn forbidden(text: &str) -> impl Iterator<Item = (Span, char)> + '_ {
    text.char_indices()
        .filter(|(_, c)| is_forbidden(*c))
        .take(5)
        .map(|(at, c)| (at..at + c.len_utf8(), c))
}

/// What can be said of values by themselves: names, lengths, numbers.
fn values(file: usize, tree: &Node, table: bool) -> Vec<Problem> {
    use super::tree::Kind;
    let mut problems = Vec::new();
    let new = |code, span| Problem::new(code, Place::Text(file, span));
    tree.walk(&mut |node| match &node.kind {
        _ if problems.len() >= MAX_DIAGNOSTICS => {}
        Kind::Text(text) => {
            if text.len() > MAX_TEXT && text.chars().count() > MAX_TEXT {
                let span = node.span();
                let mut problem = new(Code::TextCap, span.start..span.start + 1);
                problem.slot("limit", MAX_TEXT);
                problems.push(problem);
            }
            if let Some((_, c)) = forbidden(text).next() {
                let mut problem = new(Code::ForbiddenCharacter, node.span());
                problem.slot("char", format!("U+{:04X}", u32::from(c)));
                problems.push(problem);
            }
        }
        Kind::List(items) if !table => {
            let mut seen = std::collections::BTreeMap::new();
            for (id, span) in items.iter().filter_map(Node::id) {
                if problems.len() >= MAX_DIAGNOSTICS {
                    break;
                }
                if let Some(first) = seen.insert(id, span.clone()) {
                    let mut problem = new(Code::DuplicateId, span);
                    problem
                        .slot("id", id)
                        .also(Place::Text(file, first), "related.first");
                    problems.push(problem);
                }
            }
        }
        Kind::Record(fields) => {
            for (id, span) in fields
                .iter()
                .filter(|field| &*field.name == "id")
                .filter_map(|field| Some((field.value.text()?, field.value.span())))
            {
                if !good_id(id) {
                    let mut problem = new(Code::BadId, span);
                    problem.slot("id", id).slot("good", suggest_id(id));
                    problems.push(problem);
                }
            }
        }
        _ => {}
    });
    problems
}

/// Whether a name is lower-case letters, digits and single hyphens, at most 48 of them.
#[must_use]
pub fn good_id(id: &str) -> bool {
    !id.is_empty()
        && id.len() <= 48
        && id.split('-').all(|part| {
            !part.is_empty()
                && part
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        })
}

/// A good name near to a bad one; empty if there is none.
fn suggest_id(id: &str) -> String {
    let plain: String = id
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() {
                c.to_ascii_lowercase()
            } else {
                '-'
            }
        })
        .take(48)
        .collect();
    let parts: Vec<&str> = plain.split('-').filter(|part| !part.is_empty()).collect();
    if parts.is_empty() {
        "my-place".to_owned()
    } else {
        parts.join("-")
    }
}

/// The `.ron` files of a folder, or one file. Links are not followed.
fn read_disk(path: &FilePath) -> Result<Vec<(String, Vec<u8>)>, Box<Problem>> {
    let shown = path.display().to_string();
    let fail = |shown: &str, error: &std::io::Error| {
        let mut problem = Problem::new(Code::Unreadable, Place::File(shown.to_owned()));
        problem.slot("why", error.to_string());
        Box::new(problem)
    };
    let meta = std::fs::metadata(path).map_err(|error| fail(&shown, &error))?;
    if meta.is_file() {
        return Ok(vec![(
            shown.clone(),
            read_capped(path).map_err(|e| fail(&shown, &e))?,
        )]);
    }
    let mut names = Vec::new();
    for entry in std::fs::read_dir(path).map_err(|error| fail(&shown, &error))? {
        let entry = entry.map_err(|error| fail(&shown, &error))?;
        let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
        let file = entry.path();
        if is_file && file.extension().is_some_and(|extension| extension == "ron") {
            names.push(file);
        }
        if names.len() > 4 * MAX_FILES {
            break;
        }
    }
    names.sort();
    names.truncate(MAX_FILES + 1);
    names
        .into_iter()
        .map(|file| {
            let shown = file.display().to_string();
            let bytes = read_capped(&file).map_err(|error| fail(&shown, &error))?;
            Ok((shown, bytes))
        })
        .collect()
}

/// A file's bytes, one more than the cap at most, so that a huge file is never held.
fn read_capped(path: &FilePath) -> std::io::Result<Vec<u8>> {
    use std::io::Read;
    let mut bytes = Vec::new();
    let cap = MAX_FILE as u64 + 1;
    std::fs::File::open(path)?
        .take(cap)
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The language a tag of a text table stands for.
#[must_use]
pub fn exact_lang(tag: &str) -> Option<Lang> {
    Lang::ALL.into_iter().find(|lang| lang.tag() == tag)
}
