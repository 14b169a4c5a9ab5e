//! A tiny stream of numbers for looks only, seeded by a word.
//!
//! The design's map was drawn with FNV-1a and *mulberry32*; using the same two gives the same coast.
//! The luck of a game comes from elsewhere and is of another quality.

/// A stream of numbers that depends on nothing but its seed.
#[derive(Clone, Debug)]
pub(super) struct Seeded(u32);

impl Seeded {
    /// The stream of a word.
    pub(super) fn from_word(word: &str) -> Self {
        let hash = |hash: u32, unit: u16| (hash ^ u32::from(unit)).wrapping_mul(16_777_619);
        Self(word.encode_utf16().fold(2_166_136_261, hash))
    }

    /// The next number from 0 up to but without 1.
    pub(super) fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x6D2B_79F5);
        let a = self.0;
        let t = (a ^ (a >> 15)).wrapping_mul(1 | a);
        let t = t.wrapping_add((t ^ (t >> 7)).wrapping_mul(61 | t)) ^ t;
        f64::from(t ^ (t >> 14)) / 4_294_967_296.0
    }

    /// The next number from −`reach` up to but without `reach`.
    pub(super) fn around_zero(&mut self, reach: f64) -> f64 {
        (self.unit() - 0.5) * 2.0 * reach
    }
}
