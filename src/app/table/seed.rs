//! The seed of a new game, digit by digit: whatever is pressed, it is a seed.

use super::Table;

/// How far an odd step leads: every press gives another seed, none comes twice.
const SHUFFLED: u32 = 0x9E37_79B9;

impl Table {
    pub(super) fn shuffle(&mut self) {
        self.seed = self.seed.wrapping_add(SHUFFLED);
    }

    /// One more or one less, as far as there are seeds.
    pub(super) fn step_seed(&mut self, up: bool) {
        self.seed = if up {
            self.seed.saturating_add(1)
        } else {
            self.seed.saturating_sub(1)
        };
    }

    /// The first digit begins a new number. One that would lead past the last seed changes nothing.
    pub(super) fn type_seed(&mut self, digit: u8) {
        let before = if self.typing_seed { self.seed } else { 0 };
        let after = before.checked_mul(10).and_then(|tens| {
            let digit = u32::from(digit.min(9));
            tens.checked_add(digit)
        });
        self.seed = after.unwrap_or(self.seed);
        self.typing_seed = true;
    }

    pub(super) fn rub_out_seed(&mut self) {
        self.seed /= 10;
        self.typing_seed = true;
    }
}
