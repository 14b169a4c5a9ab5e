//! One number that stands for a whole state: xxh3-128 over a canonical walk of its bytes.
//!
//! Each type lists its fields by exhaustive destructuring ([`canon!`]), so that a new field does
//! not compile until it is part of the walk.

use serde::{Deserialize, Serialize};
use std::fmt;
use xxhash_rust::xxh3::Xxh3;

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

/// The walk: bytes in, digest out.
#[derive(Default)]
pub struct Walk {
    hasher: Xxh3,
}

impl Walk {
    /// Adds raw bytes.
    pub fn bytes(&mut self, bytes: &[u8]) {
        self.hasher.update(bytes);
    }
}

/// A value that can be walked in one canonical order.
pub trait Canon {
    /// Feeds every part of the value to the walk.
    fn canon(&self, walk: &mut Walk);
}

/// The digest of a value.
pub fn digest<T: Canon + ?Sized>(value: &T) -> Digest {
    let mut walk = Walk::default();
    value.canon(&mut walk);
    Digest(walk.hasher.digest128())
}

macro_rules! canon_integers {
    ($($name:ty),*) => {$(
        impl Canon for $name {
            fn canon(&self, walk: &mut Walk) {
                walk.bytes(&self.to_le_bytes());
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
    /// Negative zero counts as zero; a value that is not a number is a bug in a rule.
    fn canon(&self, walk: &mut Walk) {
        assert!(
            !self.is_nan(),
            "a rule produced a value that is not a number"
        );
        let plain = if *self == 0.0 { 0.0 } else { *self };
        plain.to_bits().canon(walk);
    }
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
        for item in self {
            item.canon(walk);
        }
    }
}

impl<T: Canon, const N: usize> Canon for [T; N] {
    fn canon(&self, walk: &mut Walk) {
        for item in self {
            item.canon(walk);
        }
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
