//! Guesses at what an author meant where the text does not fit: punctuation of another keyboard, a
//! decimal comma, a text without quotes, a bracket that the indentation would have closed.

use super::tree::Span;

/// How far back a line is looked for. What is longer was not laid out by hand.
const LONGEST_LINE: usize = 400;

/// Punctuation of Chinese keyboards and word processors, with what RON wants.
pub(super) fn plain_punctuation(c: char) -> Option<char> {
    Some(match c {
        '，' | '、' | '；' => ',',
        '：' => ':',
        '（' => '(',
        '）' => ')',
        '［' | '【' => '[',
        '］' | '】' => ']',
        '｛' => '{',
        '｝' => '}',
        '“' | '”' | '„' | '«' | '»' | '＂' | '「' | '」' => '"',
        '‘' | '’' => '\'',
        '。' => '.',
        _ => return None,
    })
}

/// The whole number around the comma just before the digits at `at`, as `3,2`.
pub(super) fn decimal_comma(text: &str, at: usize) -> Option<Span> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let decimals = digits(&text[at..]);
    let before = text[..at].strip_suffix(',')?;
    let whole = before.bytes().rev().take_while(u8::is_ascii_digit).count();
    let start = before.len() - whole;
    let sign = usize::from(before[..start].ends_with('-'));
    // A point belongs to a number that has its decimals.
    let plain = !before[..start].ends_with('.') && !text[at + decimals..].starts_with('.');
    (decimals > 0 && whole > 0 && plain).then(|| start - sign..at + decimals)
}

/// The words from `start` to the end of what is meant as a text, if more than one word stands there
/// and the next is not the name of a field.
pub(super) fn unquoted(text: &str, start: usize) -> Option<Span> {
    let rest = &text[start..];
    let ends = |c: char| matches!(c, ',' | '，' | ')' | ']' | '}' | '"' | '\n' | '\r');
    let words = rest[..rest.find(ends).unwrap_or(rest.len())].trim_end();
    let named = words.contains([':', '：']);
    (words.contains([' ', '\u{3000}']) && !named).then(|| start..start + words.len())
}

/// The indentation of the line that holds `at`.
pub(super) fn indentation(text: &str, at: usize) -> Option<usize> {
    let from = at.saturating_sub(LONGEST_LINE);
    let line = match text.as_bytes()[from..at].iter().rposition(|b| *b == b'\n') {
        Some(end) => from + end + 1,
        None if from == 0 => 0,
        None => return None,
    };
    Some(blank(&text.as_bytes()[line..]))
}

/// The indentation of what stands at `at`, if it is the first on its line.
pub(super) fn first_on_line(text: &str, at: usize) -> Option<usize> {
    let before = text[..at].trim_end_matches([' ', '\t']);
    let first = before.is_empty() || before.ends_with('\n');
    first.then(|| blank(&text.as_bytes()[before.len()..]))
}

fn blank(line: &[u8]) -> usize {
    let blank = line.iter().take_while(|byte| matches!(byte, b' ' | b'\t'));
    blank.count()
}
