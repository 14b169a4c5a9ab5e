//! Ranges of seeds as they are typed: `1`, `1..100`, `1..=100`.

use std::ops::Range;

/// One past the highest seed.
const END: u64 = 1 << 32;

/// The half-open range that a text means.
pub(super) fn range(text: &str) -> Result<Range<u64>, String> {
    let number = |part: &str| -> Result<u64, String> {
        let seed: u32 = part.trim().parse().map_err(|_| {
            format!("'{part}' is not a seed, which is a whole number from 0 to 4294967295")
        })?;
        Ok(u64::from(seed))
    };
    let range = match text.split_once("..") {
        None => number(text)?..number(text)? + 1,
        Some((first, last)) => match last.strip_prefix('=') {
            Some(last) => number(first)?..number(last)? + 1,
            // The end of a half-open range may lie one past the highest seed.
            None if last.trim() == END.to_string() => number(first)?..END,
            None => number(first)?..number(last)?,
        },
    };
    if range.is_empty() {
        return Err(format!(
            "'{text}' holds no seed; write the lower one first, as 1..=100"
        ));
    }
    Ok(range)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_half_open_unless_they_say_otherwise() {
        assert_eq!(range("1..5"), Ok(1..5));
        assert_eq!(range("1..=5"), Ok(1..6));
        assert_eq!(range("7"), Ok(7..8));
        assert_eq!(range("4294967295"), Ok(4_294_967_295..4_294_967_296));
        assert_eq!(range("0..4294967296"), Ok(0..4_294_967_296));
        for wrong in [
            "",
            "a",
            "5..1",
            "5..5",
            "-1..3",
            "1..",
            "..",
            "1..4294967297",
            "1...3",
        ] {
            assert!(range(wrong).is_err(), "{wrong}");
        }
    }
}
