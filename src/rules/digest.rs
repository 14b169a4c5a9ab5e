//! One number that stands for a whole state: xxh3-128 over a canonical walk of its bytes.
//!
//! Each type lists its fields by exhaustive destructuring ([`canon!`]), so that a new field does
//! not compile until it is part of the walk.

use serde::{Deserialize, Serialize};
use std::fmt;
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

/// A 128-bit digest, written as 32 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(pub u128);

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl std::str::FromStr for Digest {
    type Err = NotADigest;
    fn from_str(text: &str) -> Result<Self, NotADigest> {
        let plain = text.len() == 32
            && text
                .bytes()
                .all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        if !plain {
            return Err(NotADigest);
        }
        u128::from_str_radix(text, 16)
            .map(Self)
            .map_err(|_| NotADigest)
    }
}

/// A text is not 32 lower-case hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a digest has 32 lower-case hexadecimal digits")]
pub struct NotADigest;

impl Serialize for Digest {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// Bytes that a walk holds back. The hasher takes a page at once far cheaper than its numbers one by
/// one.
const PAGE: usize = 4096;

/// The least room on a page for a part to be walked there.
const ROOM: usize = 2048;

/// The walk: bytes in, digest out.
pub struct Walk {
    /// None until a page is full: what fits on one is hashed at once, and needs no hasher.
    hasher: Option<Box<Xxh3>>,
    page: [u8; PAGE],
    /// Where the part that is walked begins on the page; before it lies what surrounds the part.
    from: usize,
    filled: usize,
}

impl Default for Walk {
    fn default() -> Self {
        Self {
            hasher: None,
            page: [0; PAGE],
            from: 0,
            filled: 0,
        }
    }
}

impl Walk {
    /// Adds raw bytes.
    #[inline]
    pub fn bytes(&mut self, bytes: &[u8]) {
        let end = self.filled + bytes.len();
        if let Some(room) = self.page.get_mut(self.filled..end) {
            room.copy_from_slice(bytes);
            self.filled = end;
        } else {
            self.turn_over();
            self.hasher.get_or_insert_default().update(bytes);
        }
    }

    /// Adds `N` bytes for each of `items`, a page of them at a time.
    #[inline]
    pub(super) fn list<T, const N: usize>(
        &mut self,
        items: &[T],
        mut write: impl FnMut(&T, &mut [u8; N]),
    ) {
        let mut left = items;
        loop {
            let (rooms, _) = self.page[self.filled..].as_chunks_mut();
            let (some, more) = left.split_at(left.len().min(rooms.len()));
            for (room, item) in rooms.iter_mut().zip(some) {
                write(item, room);
            }
            self.filled += some.len() * N;
            if more.is_empty() {
                return;
            }
            left = more;
            self.turn_over();
        }
    }

    /// The digest of a part, which leaves nothing of it in this walk. It is walked on the same page:
    /// a fresh one is dearer than most parts.
    pub(super) fn apart<T: Canon>(&mut self, part: &T) -> Digest {
        if PAGE - self.filled < ROOM {
            self.turn_over();
        }
        let whole = (self.hasher.take(), self.from);
        self.from = self.filled;
        part.canon(self);
        let digest = self.close();
        (self.hasher, self.from) = whole;
        digest
    }

    /// Gives the hasher what was held back of the part that is walked.
    #[cold]
    fn turn_over(&mut self) {
        if self.filled > self.from {
            let hasher = self.hasher.get_or_insert_default();
            hasher.update(&self.page[self.from..self.filled]);
            self.filled = self.from;
        }
    }

    /// The digest of the part that has been walked, of which nothing is left.
    fn close(&mut self) -> Digest {
        let rest = &self.page[self.from..std::mem::replace(&mut self.filled, self.from)];
        Digest(match self.hasher.take() {
            None => xxh3_128(rest),
            Some(mut hasher) => {
                hasher.update(rest);
                hasher.digest128()
            }
        })
    }
}

/// A value that can be walked in one canonical order.
pub trait Canon {
    /// Feeds every part of the value to the walk.
    fn canon(&self, walk: &mut Walk);

    /// Feeds every value of a list, in its order.
    fn canon_each(items: &[Self], walk: &mut Walk)
    where
        Self: Sized,
    {
        for item in items {
            item.canon(walk);
        }
    }
}

/// The digest of a value.
pub fn digest<T: Canon + ?Sized>(value: &T) -> Digest {
    let mut walk = Walk::default();
    value.canon(&mut walk);
    walk.close()
}

macro_rules! canon_integers {
    ($($name:ty),*) => {$(
        impl Canon for $name {
            #[inline]
            fn canon(&self, walk: &mut Walk) {
                walk.bytes(&self.to_le_bytes());
            }
            fn canon_each(items: &[Self], walk: &mut Walk) {
                walk.list(items, |item, room| *room = item.to_le_bytes());
            }
        }
    )*};
}
canon_integers!(u8, u16, u32, u64, u128, i64);

impl Canon for bool {
    fn canon(&self, walk: &mut Walk) {
        u8::from(*self).canon(walk);
    }
}

impl Canon for f64 {
    #[inline]
    fn canon(&self, walk: &mut Walk) {
        walk.bytes(&number(*self));
    }

    fn canon_each(items: &[Self], walk: &mut Walk) {
        assert!(!any_broken(items), "{NOT_A_NUMBER}");
        walk.list(items, |item, room| {
            *room = without_sign_of_zero(item).to_le_bytes();
        });
    }
}

const NOT_A_NUMBER: &str = "a rule produced a value that is not a number";

fn any_broken(items: &[f64]) -> bool {
    (items.iter()).fold(false, |broken, item| broken | item.is_nan())
}

/// Adds rows of numbers, `BYTES` for each: the same bytes as of one number after another.
pub(super) fn rows<T, const N: usize, const BYTES: usize>(
    rows: &[T],
    numbers: impl Fn(&T) -> [f64; N],
    walk: &mut Walk,
) {
    const {
        assert!(
            BYTES == N * size_of::<f64>(),
            "a row has room for its numbers"
        )
    };
    // What is not a number makes a sum that is none.
    let mut sum = 0.0;
    walk.list(rows, |row, room: &mut [u8; BYTES]| {
        let (rooms, _) = room.as_chunks_mut();
        for (room, number) in rooms.iter_mut().zip(&numbers(row)) {
            sum += number;
            *room = without_sign_of_zero(number).to_le_bytes();
        }
    });
    assert!(!sum.is_nan(), "{NOT_A_NUMBER}");
}

/// The bytes of a real number. Negative zero counts as zero; a value that is not a number is a bug in a
/// rule.
#[inline]
pub(super) fn number(value: f64) -> [u8; 8] {
    assert!(!value.is_nan(), "{NOT_A_NUMBER}");
    without_sign_of_zero(&value).to_le_bytes()
}

/// A number that there may be, in three bytes.
pub(super) fn maybe(number: Option<u16>) -> [u8; 3] {
    let [low, high] = number.unwrap_or(0).to_le_bytes();
    [u8::from(number.is_some()), low, high]
}

/// Zero for a negative zero, and anything else as it is: adding zero does just that.
fn without_sign_of_zero(value: &f64) -> f64 {
    value + 0.0
}

impl Canon for str {
    fn canon(&self, walk: &mut Walk) {
        (self.len() as u64).canon(walk);
        walk.bytes(self.as_bytes());
    }
}

impl Canon for String {
    fn canon(&self, walk: &mut Walk) {
        self.as_str().canon(walk);
    }
}

impl<T: Canon> Canon for Vec<T> {
    fn canon(&self, walk: &mut Walk) {
        self.as_slice().canon(walk);
    }
}

impl<T: Canon> Canon for [T] {
    fn canon(&self, walk: &mut Walk) {
        (self.len() as u64).canon(walk);
        T::canon_each(self, walk);
    }
}

impl<T: Canon, const N: usize> Canon for [T; N] {
    fn canon(&self, walk: &mut Walk) {
        T::canon_each(self, walk);
    }
}

impl<T: Canon> Canon for Option<T> {
    fn canon(&self, walk: &mut Walk) {
        match self {
            None => 0u8.canon(walk),
            Some(value) => {
                1u8.canon(walk);
                value.canon(walk);
            }
        }
    }
}

impl<T: Canon> Canon for Box<T> {
    fn canon(&self, walk: &mut Walk) {
        T::canon(self, walk);
    }
}

impl<A: Canon, B: Canon> Canon for (A, B) {
    fn canon(&self, walk: &mut Walk) {
        self.0.canon(walk);
        self.1.canon(walk);
    }
}

impl Canon for Digest {
    fn canon(&self, walk: &mut Walk) {
        self.0.canon(walk);
    }
}

/// Implements [`Canon`] by walking the listed fields; a field that is not listed does not compile.
macro_rules! canon {
    ($($name:ident { $($field:ident),* $(,)? })*) => {$(
        impl $crate::rules::digest::Canon for $name {
            fn canon(&self, walk: &mut $crate::rules::digest::Walk) {
                let Self { $($field),* } = self;
                $($crate::rules::digest::Canon::canon($field, walk);)*
            }
        }
    )*};
}
pub(crate) use canon;

/// The same for a type of numbers only, of which there are long lists.
macro_rules! canon_row {
    ($($name:ident { $($field:ident),* $(,)? })*) => {$(
        impl $crate::rules::digest::Canon for $name {
            fn canon(&self, walk: &mut $crate::rules::digest::Walk) {
                Self::canon_each(std::slice::from_ref(self), walk);
            }
            fn canon_each(items: &[Self], walk: &mut $crate::rules::digest::Walk) {
                const NUMBERS: usize = [$(stringify!($field)),*].len();
                $crate::rules::digest::rows::<_, NUMBERS, { NUMBERS * size_of::<f64>() }>(
                    items,
                    |&Self { $($field),* }| [$($field),*],
                    walk,
                );
            }
        }
    )*};
}
pub(crate) use canon_row;

/// Implements [`Canon`] for an enum without data by its position.
macro_rules! canon_tag {
    ($($name:ident),* $(,)?) => {$(
        impl $crate::rules::digest::Canon for $name {
            fn canon(&self, walk: &mut $crate::rules::digest::Walk) {
                $crate::rules::digest::Canon::canon(&(*self as u8), walk);
            }
        }
    )*};
}
pub(crate) use canon_tag;

impl Canon for crate::rules::id::Id {
    fn canon(&self, walk: &mut Walk) {
        self.0.canon(walk);
    }
}

impl Canon for crate::rules::units::Micro {
    fn canon(&self, walk: &mut Walk) {
        self.0.canon(walk);
    }
}

impl Canon for crate::rules::units::Cents {
    fn canon(&self, walk: &mut Walk) {
        self.0.canon(walk);
    }
}
