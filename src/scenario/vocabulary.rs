//! The closed vocabulary of scenarios: positions, places, conditions, effects, measures.

use super::words::Words;
use crate::rules::Index;
use crate::rules::world::Tactic;
use serde::Deserialize;
use serde::de::{self, Deserializer, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// A position on the map: the name of a point, or kilometres.
#[derive(Clone, Debug, PartialEq)]
pub enum PointFile {
    /// A point of `map.points`.
    Named(String),
    /// Kilometres east and north.
    At(f64, f64),
}

impl<'de> Deserialize<'de> for PointFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct V;
        impl<'de> Visitor<'de> for V {
            type Value = PointFile;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("@point")
            }
            fn visit_str<E: de::Error>(self, name: &str) -> Result<PointFile, E> {
                Ok(PointFile::Named(name.to_owned()))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<PointFile, A::Error> {
                let x = seq
                    .next_element()?
                    .ok_or_else(|| de::Error::invalid_length(0, &"2"))?;
                let y = seq
                    .next_element()?
                    .ok_or_else(|| de::Error::invalid_length(1, &"2"))?;
                Ok(PointFile::At(x, y))
            }
        }
        deserializer.deserialize_any(V)
    }
}

/// The numbers that no study fixes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub enum CityFile {
    /// Drawn once from their ranges, for each seed.
    #[default]
    Drawn,
    /// As the model card has them.
    Central,
}

/// What an inject asks for.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum InjectKindFile {
    /// A card on the table during the turn.
    Card,
    /// A call that stops the response for so many seconds.
    HotCall {
        /// How long the table has.
        seconds: u16,
    },
}

/// The place an inject or an effect speaks of.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum PlaceFile {
    /// The whole city.
    City,
    /// This precinct.
    Precinct(String),
    /// Where most units with this tactic stand.
    MostOf(Tactic),
    /// The neighbour of that place with the most offences of the family on record.
    NextTo(Tactic, String),
    /// Where most offences of the family are on record.
    MostRecorded(String),
}

/// What must hold for an inject to come.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum ConditionFile {
    /// Always.
    Always,
    /// Each of these.
    All(Vec<ConditionFile>),
    /// At least one of these.
    Any(Vec<ConditionFile>),
    /// Not this.
    Not(Box<ConditionFile>),
    /// A unit with this tactic stood on the map in the turn before.
    Used(Tactic),
    /// This option of this inject was chosen.
    Chosen(String, String),
    /// A published index is at least so many points.
    PublishedAtLeast(Index, f64),
    /// A true index is at least so many points.
    TrueAtLeast(Index, f64),
    /// The last reading of a risk domain's pressure is at least so many points.
    PressureAtLeast(String, f64),
    /// A risk domain's pressure is in truth at least so many points.
    TruePressureAtLeast(String, f64),
    /// An instrument of the institution has reached this setting.
    Built(String, String),
}

/// How much an inject may move.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub enum SeverityFile {
    /// No more than three tokens.
    #[default]
    Ordinary,
    /// More than that.
    Major,
}

/// What an answer does.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum EffectFile {
    /// Trust changes by so many points.
    Trust {
        /// By how many.
        points: f64,
    },
    /// Perceived safety changes by so many points.
    FeelSafe {
        /// By how many.
        points: f64,
    },
    /// Funds come in, or go out when negative.
    Funds {
        /// How many.
        amount: f64,
    },
    /// Offences are multiplied for some turns.
    Offences {
        /// Of this family; all if not given.
        #[serde(default)]
        family: Option<String>,
        /// By this factor, above 0.
        factor: f64,
        /// For so many turns; 1 if not given.
        #[serde(default)]
        turns: Option<u16>,
    },
    /// People are asked at their doors what happened to them this turn and the turn before.
    Survey,
    /// So many points of wrong are done, or put right when negative.
    Wrong {
        /// How many.
        points: f64,
    },
    /// Misconduct becomes known: trust falls by so many points, and people report less for months.
    Misconduct {
        /// How many.
        points: f64,
    },
    /// The pressure of a risk domain changes by so many points.
    Pressure {
        /// In which domain.
        domain: String,
        /// By how many.
        points: f64,
    },
    /// Goodwill of volunteers changes by so many points.
    Goodwill {
        /// By how many.
        points: f64,
    },
    /// These happen with this chance, all or none.
    Chance(f64, Vec<EffectFile>),
    /// These happen so many turns later.
    Later(u16, Vec<EffectFile>),
    /// These happen at another place than the inject's.
    At(PlaceFile, Vec<EffectFile>),
}

/// What an objective measures.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum MeasureFile {
    /// An index.
    Index(Index),
    /// The lowest trust of any precinct.
    LowestTrust,
    /// Offences of a family in the city, per cent of the first turn's expectation.
    Offences(String),
}

/// Another value for a number of the model card: `25.0`, or `(25.0, "why")`.
#[derive(Clone, Debug, PartialEq)]
pub struct Override {
    /// The value, in the card's unit.
    pub value: f64,
    /// Why it differs; needed outside the card's range.
    pub note: Option<Words>,
}

impl<'de> Deserialize<'de> for Override {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct V;
        impl<'de> Visitor<'de> for V {
            type Value = Override;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("@override")
            }
            fn visit_f64<E: de::Error>(self, value: f64) -> Result<Override, E> {
                Ok(Override { value, note: None })
            }
            fn visit_i64<E: de::Error>(self, value: i64) -> Result<Override, E> {
                self.visit_f64(value as f64)
            }
            fn visit_u64<E: de::Error>(self, value: u64) -> Result<Override, E> {
                self.visit_f64(value as f64)
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Override, A::Error> {
                let value = seq
                    .next_element()?
                    .ok_or_else(|| de::Error::invalid_length(0, &"2"))?;
                Ok(Override {
                    value,
                    note: seq.next_element()?,
                })
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Override, A::Error> {
                let (mut value, mut note) = (None, None);
                while let Some(key) = map.next_key::<String>()? {
                    match key.as_str() {
                        "value" => value = Some(map.next_value()?),
                        "note" => note = Some(map.next_value()?),
                        other => {
                            return Err(de::Error::unknown_field(other, &["value", "note"]));
                        }
                    }
                }
                let value = value.ok_or_else(|| de::Error::missing_field("value"))?;
                Ok(Override { value, note })
            }
        }
        deserializer.deserialize_any(V)
    }
}

/// A warning that is meant: `(CW1703, "why")`, or `(CW1703, "precincts.old-harbour", "why")`.
#[derive(Clone, Debug, PartialEq)]
pub struct Allow {
    /// The code.
    pub code: String,
    /// Only below this path.
    pub at: Option<String>,
    /// Why it is meant.
    pub reason: Option<String>,
}

/// A bare word such as `CW1703`.
struct Bare(String);

impl<'de> Deserialize<'de> for Bare {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct V;
        impl Visitor<'_> for V {
            type Value = Bare;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("@code")
            }
            fn visit_str<E: de::Error>(self, word: &str) -> Result<Bare, E> {
                Ok(Bare(word.to_owned()))
            }
        }
        deserializer.deserialize_identifier(V)
    }
}

impl<'de> Deserialize<'de> for Allow {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct V;
        impl<'de> Visitor<'de> for V {
            type Value = Allow;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("@allow")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Allow, A::Error> {
                let Bare(code) = seq
                    .next_element()?
                    .ok_or_else(|| de::Error::invalid_length(0, &"2"))?;
                let (first, second) = (seq.next_element()?, seq.next_element()?);
                Ok(match (first, second) {
                    (at, Some(reason)) => Allow {
                        code,
                        at,
                        reason: Some(reason),
                    },
                    (reason, None) => Allow {
                        code,
                        at: None,
                        reason,
                    },
                })
            }
        }
        deserializer.deserialize_tuple(3, V)
    }
}
