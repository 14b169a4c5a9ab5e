//! How what one scenario says is laid over what the scenario it extends says.

use super::resolved::SiteKind;
use super::vocabulary::{
    CityFile, ConditionFile, InjectKindFile, MeasureFile, Override, PlaceFile, PointFile,
    SeverityFile,
};
use crate::rules::Table;
use crate::rules::world::{
    Controls, Layer as Knowing, Quality, SiteGrade, Span, Tactic, Tier, TurnLength, Way,
};
use serde::Deserialize;
use std::collections::BTreeMap;

/// A part of a scenario that can be laid over the same part of the scenario it extends.
pub trait Layer: Sized {
    /// `self` over `base`: what `self` does not say, `base` says.
    #[must_use]
    fn over(self, base: Self) -> Self;
}

impl<T: Layer> Layer for Option<T> {
    fn over(self, base: Self) -> Self {
        match (self, base) {
            (Some(upper), Some(base)) => Some(upper.over(base)),
            (upper, base) => upper.or(base),
        }
    }
}

impl<T: Layer> Layer for BTreeMap<String, T> {
    fn over(mut self, base: Self) -> Self {
        for (key, value) in base {
            match self.remove(&key) {
                Some(upper) => self.insert(key, upper.over(value)),
                None => self.insert(key, value),
            };
        }
        self
    }
}

macro_rules! replaced {
    ($($name:ty),* $(,)?) => {$(
        impl Layer for $name {
            fn over(self, _base: Self) -> Self {
                self
            }
        }
    )*};
}
replaced!(
    bool,
    u16,
    u32,
    f64,
    String,
    TurnLength,
    Tactic,
    Controls,
    Knowing,
    Span,
    Table,
    CityFile,
    PlaceFile,
    InjectKindFile,
    ConditionFile,
    MeasureFile,
    PointFile,
    (f64, f64),
    (String, String),
    Override,
    SiteGrade,
    SiteKind,
    SeverityFile,
    Tier,
    Quality,
    Way,
);

impl<T> Layer for Vec<T> {
    fn over(self, _base: Self) -> Self {
        self
    }
}

/// A thing with a name, by which it is found in a list.
pub trait Named {
    /// The name, where the author gave one.
    fn id(&self) -> Option<&str>;
}

/// A list of things with names. Laid over another, things of the same name are laid over each
/// other and new ones come after.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(transparent)]
pub struct Items<T>(pub Vec<T>);

impl<T> Default for Items<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Layer + Named> Layer for Items<T> {
    fn over(self, base: Self) -> Self {
        let named = self.0.iter().enumerate();
        let named = named.filter_map(|(at, item)| Some((item.id()?.to_owned(), at)));
        let by_name: BTreeMap<String, usize> = named.collect();
        let mut upper: Vec<Option<T>> = self.0.into_iter().map(Some).collect();
        let mut out = Vec::new();
        for item in base.0 {
            let same = item.id().and_then(|id| by_name.get(id));
            out.push(match same.and_then(|at| upper[*at].take()) {
                Some(up) => up.over(item),
                None => item,
            });
        }
        out.extend(upper.into_iter().flatten());
        Self(out)
    }
}
