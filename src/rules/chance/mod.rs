//! Luck that belongs to a moment, a purpose and a place, and to nothing else.
//!
//! A draw depends on the seed and on where it is used, never on what was drawn before. So an undone
//! turn cannot re-roll its luck, an order given twice changes nothing, and two histories under the
//! same seed share their luck wherever they have not parted.

pub mod sample;
mod shape;

use rand::Rng;
use rand::SeedableRng;
use rand::rngs::ChaCha8Rng;
use std::ops::Range;

/// What a draw is for. The numbers are part of the rules version: they are never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u16)]
pub enum Purpose {
    /// How many offences of each family happen in a precinct.
    Offences = 1,
    /// How many of them are reported.
    Reports = 2,
    /// The error of the monthly survey in a precinct.
    Survey = 3,
    /// The error of a door-to-door survey that an inject bought.
    DoorToDoor = 4,
    /// Whether a chance inject fires.
    Injects = 5,
    /// Which of the unreported offences presence discovers.
    Discoveries = 6,
    /// Which of the recorded offences are cleared up.
    Clearances = 7,
    /// Whether data leak in a precinct.
    Leaks = 8,
    /// Whether the package behind precise checks is wrong.
    Packages = 9,
    /// What nobody knows of this city: its own numbers.
    City = 10,
    /// Where and when each offence happened.
    Incidents = 11,
    /// Which of the offences on record come late to it.
    Late = 12,
    /// Whether something happens in a risk domain, and where.
    Events = 13,
    /// Whether an alert is given in a risk domain, and for where.
    Alerts = 14,
    /// How far the reading of a pressure is off.
    Readings = 15,
    /// Which stage of the chain of goods is weak, and when it moves.
    GoodsChain = 16,
    /// What looking into an alert shows.
    Verification = 17,
    /// How good the contracted outreach is.
    Contract = 18,
    /// When aid is asked back.
    MutualAid = 19,
    /// How far what a pilot shows is off.
    Pilot = 20,
    /// Whether a note comes to its desk.
    Notes = 21,
    /// Which set of mandates is played.
    Mandates = 22,
    /// How things stand behind an inject.
    Variants = 23,
    /// Which arcs are in the game.
    Arcs = 24,
    /// Whether what an answer may bring about comes about.
    Outcomes = 25,
    /// How an emergency goes.
    Emergency = 26,
    /// Of which precincts the seat for those who are governed knows.
    Witness = 27,
    /// The orders of the `random` policy.
    Policy = 900,
}

/// The luck of one game.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Luck {
    seed: u32,
}

/// How many draws one place has for one purpose at one step.
pub const DRAWS: usize = 8;

/// Draws in one place for one purpose: eight of them.
#[derive(Clone, Copy, Debug)]
pub struct Draws {
    words: [u64; DRAWS],
    next: usize,
}

impl Luck {
    /// The luck of the game with this seed.
    #[must_use]
    pub fn new(seed: u32) -> Self {
        Self { seed }
    }

    /// The draws of `place` for `purpose` at step `step` of the game (a turn of up to a month is
    /// one step). Each place owns one 64-byte block of the stream, so any place is read alone.
    #[must_use]
    pub fn draws(self, step: u32, purpose: Purpose, place: u32) -> Draws {
        self.stream(step, purpose).at(place)
    }

    /// The stream of `purpose` at `step`; reading its places in ascending order is cheap.
    #[must_use]
    pub fn stream(self, step: u32, purpose: Purpose) -> Stream {
        let mut key = [0; 32];
        key[..16].copy_from_slice(b"commonwatch luck");
        key[16..20].copy_from_slice(&self.seed.to_le_bytes());
        let mut generator = ChaCha8Rng::from_seed(key);
        generator.set_stream(u64::from(step) << 16 | u64::from(purpose as u16));
        Stream {
            generator,
            ahead: 0,
            held: 0..0,
            words: [[0; DRAWS]; AT_ONCE],
        }
    }
}

/// How many places the generator draws for at once, whether they are asked for or not.
const AT_ONCE: usize = 4;

/// The draws of all places for one purpose at one step.
pub struct Stream {
    generator: ChaCha8Rng,
    /// The place that the generator comes to next.
    ahead: u32,
    /// The places whose draws are held, and the draws.
    held: Range<u32>,
    words: [[u64; DRAWS]; AT_ONCE],
}

impl Stream {
    /// The draws of `place`.
    #[inline]
    #[must_use]
    pub fn at(&mut self, place: u32) -> Draws {
        let words = *self.words(place);
        Draws { words, next: 0 }
    }

    /// The first draws of `place`, as many as there is room for: eight at most.
    pub fn fill(&mut self, place: u32, room: &mut [f64]) {
        for (draw, word) in room.iter_mut().zip(self.words(place)) {
            *draw = uniform(*word);
        }
    }

    #[inline]
    fn words(&mut self, place: u32) -> &[u64; DRAWS] {
        if !self.held.contains(&place) {
            self.fetch(place);
        }
        &self.words[(place - self.held.start) as usize % AT_ONCE]
    }

    /// Draws for `place` and those behind it.
    #[inline(never)]
    fn fetch(&mut self, place: u32) {
        if place != self.ahead {
            self.generator.set_block_pos(u64::from(place));
        }
        let mut bytes = [0; 8 * DRAWS * AT_ONCE];
        self.generator.fill_bytes(&mut bytes);
        let words = self.words.as_flattened_mut().iter_mut();
        for (word, bytes) in words.zip(bytes.as_chunks().0) {
            *word = u64::from_le_bytes(*bytes);
        }
        self.ahead = place.wrapping_add(AT_ONCE as u32);
        self.held = place..place.saturating_add(AT_ONCE as u32);
    }
}

/// A number strictly between 0 and 1.
#[inline]
fn uniform(word: u64) -> f64 {
    // Processors have a step for numbers with a sign.
    ((word >> 11) as i64 as f64 + 0.5) / (1u64 << 53) as f64
}

impl Draws {
    /// The next uniform number strictly between 0 and 1.
    ///
    /// # Panics
    ///
    /// When a ninth number is asked for: what needs more draws needs a purpose of its own.
    pub fn uniform(&mut self) -> f64 {
        assert!(
            self.next < self.words.len(),
            "a place has eight draws of each purpose"
        );
        let word = self.words[self.next];
        self.next += 1;
        uniform(word)
    }

    /// The number at position `at` (0 to 7), without moving on.
    ///
    /// # Panics
    ///
    /// When `at` is 8 or more.
    #[must_use]
    pub fn uniform_at(&self, at: usize) -> f64 {
        uniform(self.words[at])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The generator is fixed by the ChaCha8 specification; these words pin our use of it.
    #[test]
    fn the_stream_keeps_its_bits() {
        let draws = Luck::new(7).draws(3, Purpose::Offences, 5);
        assert_eq!(
            draws.words,
            [
                0x29e9_5321_f653_fc8b,
                0x9ac5_aabb_14ae_b692,
                0x1585_38db_9e61_92cd,
                0x9c48_8844_45a9_b21f,
                0x30ae_5c49_b999_12bf,
                0x57a2_d8fe_fa8a_4c8b,
                0x33eb_f79f_ec45_9716,
                0x91aa_05a7_a912_03fd,
            ]
        );
    }

    #[test]
    fn a_place_read_alone_and_read_in_line_gives_the_same() {
        let luck = Luck::new(42);
        let mut stream = luck.stream(9, Purpose::Reports);
        for place in [0u32, 1, 2, 7, 8, 3, 5, 4, u32::MAX, 0] {
            let (mut in_line, mut alone) =
                (stream.at(place), luck.draws(9, Purpose::Reports, place));
            for _ in 0..8 {
                assert_eq!(in_line.uniform().to_bits(), alone.uniform().to_bits());
            }
        }
    }

    #[test]
    fn seed_step_purpose_and_place_each_matter() {
        let first = |seed, step, purpose, place| {
            Luck::new(seed)
                .draws(step, purpose, place)
                .uniform()
                .to_bits()
        };
        let here = first(1, 1, Purpose::Offences, 1);
        assert_ne!(here, first(2, 1, Purpose::Offences, 1));
        assert_ne!(here, first(1, 2, Purpose::Offences, 1));
        assert_ne!(here, first(1, 1, Purpose::Reports, 1));
        assert_ne!(here, first(1, 1, Purpose::Offences, 2));
    }
}
