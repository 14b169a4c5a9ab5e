//! Lines of a text by number, without a table of them all: a hostile file has a million.

use codespan_reporting::files::{Error, Files};
use std::ops::Range;
use std::sync::Arc;

/// Line ends are counted up to each multiple of this many bytes; the rest is counted when asked.
const BLOCK: usize = 4096;

/// The lines of a text.
#[derive(Debug)]
pub(super) struct Lines {
    text: Arc<str>,
    /// Line ends before each block.
    before: Vec<usize>,
}

impl Lines {
    /// The lines of `text`.
    pub fn of(text: &Arc<str>) -> Self {
        let mut ends = 0;
        let blocks = text.as_bytes().chunks(BLOCK).map(|block| {
            let before = ends;
            ends += count(block);
            before
        });
        Self {
            before: blocks.collect(),
            text: Arc::clone(text),
        }
    }

    /// The line of a byte, from 0.
    pub fn line(&self, at: usize) -> usize {
        let at = at.min(self.text.len());
        let block = (at / BLOCK).min(self.before.len().saturating_sub(1));
        let before = self.before.get(block).copied().unwrap_or(0);
        before + count(&self.text.as_bytes()[block * BLOCK..at])
    }

    /// Where a line begins; the end of the text for one that is not there.
    pub fn start(&self, line: usize) -> usize {
        let Some(nth) = line.checked_sub(1) else {
            return 0;
        };
        let block = self.before.partition_point(|before| *before <= nth);
        let from = block.saturating_sub(1) * BLOCK;
        let skipped = self.before.get(block.saturating_sub(1)).copied();
        self.text.as_bytes()[from..]
            .iter()
            .enumerate()
            .filter(|(_, byte)| **byte == b'\n')
            .nth(nth - skipped.unwrap_or(0))
            .map_or(self.text.len(), |(at, _)| from + at + 1)
    }
}

fn count(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte == b'\n').count()
}

/// The files of a report as its renderer asks for them.
pub(super) struct Shown<'a>(pub Vec<(&'a str, Lines)>);

impl<'a> Files<'a> for Shown<'a> {
    type FileId = usize;
    type Name = &'a str;
    type Source = &'a str;

    fn name(&'a self, id: usize) -> Result<&'a str, Error> {
        self.0
            .get(id)
            .map(|(name, _)| *name)
            .ok_or(Error::FileMissing)
    }

    fn source(&'a self, id: usize) -> Result<&'a str, Error> {
        let file = self.0.get(id).ok_or(Error::FileMissing)?;
        Ok(&file.1.text)
    }

    fn line_index(&'a self, id: usize, at: usize) -> Result<usize, Error> {
        let file = self.0.get(id).ok_or(Error::FileMissing)?;
        Ok(file.1.line(at))
    }

    fn line_range(&'a self, id: usize, line: usize) -> Result<Range<usize>, Error> {
        let file = self.0.get(id).ok_or(Error::FileMissing)?;
        Ok(file.1.start(line)..file.1.start(line + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_where_a_table_of_them_says() {
        let long = "x".repeat(BLOCK - 1);
        for text in [
            String::new(),
            "a".to_owned(),
            "\n".to_owned(),
            "a\nbc\n\nd".to_owned(),
            "\n".repeat(3 * BLOCK),
            format!("{long}\n{long}\n\n老港\n"),
            format!("{long}老\n{long}"),
        ] {
            let lines = Lines::of(&text.as_str().into());
            let mut starts = vec![0];
            starts.extend(text.match_indices('\n').map(|(at, _)| at + 1));
            for (line, start) in starts.iter().enumerate() {
                assert_eq!(lines.start(line), *start, "line {line}");
                assert_eq!(lines.line(*start), line, "byte {start}");
                let last = starts.get(line + 1).map_or(text.len(), |next| next - 1);
                assert_eq!(lines.line(last), line, "byte {last}");
            }
            assert_eq!(lines.start(starts.len()), text.len());
        }
    }
}
