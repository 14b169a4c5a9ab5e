//! What authors write: every `.ron` file of a scenario is a partial [`ScenarioFile`].
//!
//! Every field may be left out; a scenario that extends another gives only what differs. How the
//! layers are laid over each other is part of the types ([`Layer`]).

use super::words::Words;
use crate::rules::world::{Layer as Knowing, Span, Tactic, TurnLength};
use crate::rules::{Index, Table};
use serde::Deserialize;
use serde::de::{self, Deserializer, MapAccess, SeqAccess, Visitor};
use std::collections::BTreeMap;
use std::fmt;

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
    Knowing,
    Span,
    Table,
    PlaceFile,
    InjectKindFile,
    ConditionFile,
    MeasureFile,
    PointFile,
    (f64, f64),
    Override,
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
        let mut upper: Vec<Option<T>> = self.0.into_iter().map(Some).collect();
        let mut out = Vec::new();
        for item in base.0 {
            let same = item.id().and_then(|id| {
                upper
                    .iter_mut()
                    .find(|up| up.as_ref().is_some_and(|up| up.id() == Some(id)))
            });
            out.push(match same.and_then(Option::take) {
                Some(up) => up.over(item),
                None => item,
            });
        }
        out.extend(upper.into_iter().flatten());
        Self(out)
    }
}

/// One field of a type that authors write, for the field reference.
#[derive(Clone, Copy, Debug)]
pub struct FieldDoc {
    /// The field's name.
    pub name: &'static str,
    /// Its type as Rust writes it.
    pub of: &'static str,
    /// What it means.
    pub doc: &'static [&'static str],
}

macro_rules! files {
    ($(
        $(#[doc = $doc:literal])*
        $name:ident { $( $(#[doc = $fdoc:literal])* $field:ident : $ty:ty ),* $(,)? }
    )*) => {
        $(
            $(#[doc = $doc])*
            #[derive(Clone, Debug, Default, PartialEq, Deserialize)]
            #[serde(default, deny_unknown_fields)]
            pub struct $name { $( $(#[doc = $fdoc])* pub $field: Option<$ty>, )* }

            impl Layer for $name {
                fn over(self, base: Self) -> Self {
                    Self { $( $field: self.$field.over(base.$field), )* }
                }
            }

            impl $name {
                /// The fields with their meaning.
                pub const FIELDS: &'static [FieldDoc] = &[$(FieldDoc {
                    name: stringify!($field),
                    of: stringify!($ty),
                    doc: &[$($fdoc),*],
                }),*];

                /// The names of the fields that are given.
                #[must_use]
                pub fn given(&self) -> Vec<&'static str> {
                    let mut names = Vec::new();
                    $( if self.$field.is_some() { names.push(stringify!($field)); } )*
                    names
                }
            }
        )*

        /// Every type that authors write as `(field: …)`, with its meaning and fields.
        pub const REFERENCE: &[(&str, &[&str], &[FieldDoc])] =
            &[$((stringify!($name), &[$($doc),*], $name::FIELDS)),*];
    };
}

files! {
    /// A scenario, or the part of it that one file holds.
    ScenarioFile {
        /// The version of this format: 1. Needed once.
        format: u16,
        /// The scenario's name: lower-case letters, digits, hyphens. Needed.
        id: String,
        /// The scenario that this one changes: a folder beside it, or one that is built in.
        extends: String,
        /// Things of the extended scenario to leave out: `["precincts.gull-island"]`.
        remove: Vec<String>,
        /// The language of plain texts: `"en"` (if not given) or `"zh-Hans"`.
        language: String,
        /// What the scenario is called.
        title: Words,
        /// One or two sentences for the list of scenarios.
        summary: Words,
        /// What players should take away, a sentence each.
        learning: Vec<Words>,
        /// How long a game takes at the table, in minutes.
        minutes: u16,
        /// The time of a turn and how many are played.
        turn: TurnFile,
        /// The desks at the table. If not given: coordination, street, community.
        seats: Items<SeatFile>,
        /// Who commands which desk unless set-up says otherwise: `Shared` or `Desks`.
        table: Table,
        /// Groups of precincts.
        districts: Items<DistrictFile>,
        /// The places of the game. At least one.
        precincts: Items<PrecinctFile>,
        /// Points, and what is drawn besides the precincts.
        map: MapFile,
        /// The offence families that are played. If not given, all of the model card.
        families: Vec<String>,
        /// Other names and desks for the kinds of unit.
        kinds: Items<KindFile>,
        /// The tokens.
        units: Items<UnitFile>,
        /// Price of a unit on the map for one turn, in Funds, by kind.
        prices: BTreeMap<String, f64>,
        /// The table's money.
        funds: FundsFile,
        /// Cards and calls.
        injects: Items<InjectFile>,
        /// What the table is asked to reach.
        objectives: Items<ObjectiveFile>,
        /// What is read aloud before the first turn, a paragraph each.
        briefing: Vec<Words>,
        /// Questions for the debrief.
        questions: Vec<Words>,
        /// Notes for the facilitator, a paragraph each.
        notes: Vec<Words>,
        /// Numbers of the model card that differ here: `{"patrol.dose-scale": 25.0}`.
        coefficients: BTreeMap<String, Override>,
        /// Warnings that are meant: `[(CW1703, "why")]`.
        allow: Vec<Allow>,
    }

    /// The time of a turn.
    TurnFile {
        /// What one turn stands for: `Months(1)`, `Weeks(2)`, `Days(1)`, `Hours(6)`.
        length: TurnLength,
        /// How many turns are played. If not given, 6.
        count: u16,
        /// The month of the first turn, 1 to 12 (for the season). If not given, 1.
        first_month: u16,
    }

    /// A desk.
    SeatFile {
        /// Its name in orders and logs. `coordination`, `street` and `community` have texts.
        id: String,
        /// What it is called.
        name: Words,
        /// What it minds, a sentence or two.
        brief: Words,
    }

    /// A group of precincts.
    DistrictFile {
        /// Its name.
        id: String,
        /// What it is called.
        name: Words,
    }

    /// A place of the game.
    PrecinctFile {
        /// Its name in orders and logs.
        id: String,
        /// What it is called.
        name: Words,
        /// The district it belongs to. If not given, the first.
        district: String,
        /// How many people live there. If not given, 90,000.
        residents: u32,
        /// How much more or less of each offence family than ordinary: 1 is ordinary.
        opportunity: BTreeMap<String, f64>,
        /// Trust at the start, 0 to 100; it drifts back there. If not given, 50.
        trust: f64,
        /// How safe people feel at the start, 0 to 100. If not given, 60.
        feel_safe: f64,
        /// The corners in order: names of points, or positions.
        outline: Vec<PointFile>,
        /// Where the name is written. If not given, the middle.
        label: PointFile,
        /// Where tokens stand. If not given, around the middle.
        tokens: Vec<PointFile>,
        /// What is worth knowing about the place, a sentence or two.
        about: Words,
    }

    /// Points, and what is drawn besides the precincts. Kilometres; east and north count up.
    MapFile {
        /// Named points: `{"a": (1.2, 3.4)}`.
        points: BTreeMap<String, (f64, f64)>,
        /// Areas of sea and river.
        water: Vec<AreaFile>,
        /// Areas of land that belong to no precinct.
        land: Vec<AreaFile>,
        /// Lakes, drawn over the precincts.
        lakes: Vec<AreaFile>,
        /// Parks, drawn over the precincts.
        parks: Vec<AreaFile>,
        /// Roads.
        roads: Vec<LineFile>,
        /// Bridges.
        bridges: Vec<LineFile>,
        /// Words on the map, such as the name of the sea.
        labels: Vec<LabelFile>,
    }

    /// An area that is drawn.
    AreaFile {
        /// The corners in order.
        outline: Vec<PointFile>,
        /// What it is called.
        name: Words,
    }

    /// A line that is drawn.
    LineFile {
        /// The points in order.
        line: Vec<PointFile>,
        /// What it is called.
        name: Words,
    }

    /// Words on the map.
    LabelFile {
        /// Where.
        at: PointFile,
        /// What is written.
        text: Words,
    }

    /// Another name or desk for a kind of unit of the model card.
    KindFile {
        /// The kind: `foot`, `vehicle`, `officer`, `mediator`, `volunteer`.
        id: String,
        /// What it is called here.
        name: Words,
        /// The desk that commands it.
        owner: String,
    }

    /// A token, or several of a kind.
    UnitFile {
        /// Its name in orders and logs; several get `-1`, `-2`, … after it.
        id: String,
        /// What it is called. If not given, its kind and number.
        name: Words,
        /// What kind it is.
        kind: String,
        /// How many there are. If not given, 1.
        count: u16,
        /// The first turn in which it is there. If not given, 1.
        from: u16,
        /// The precinct where it stands at the start. If not given, it waits beside the map.
        at: String,
        /// What it does there. If not given, the first thing its kind does.
        tactic: Tactic,
    }

    /// The table's money.
    FundsFile {
        /// Funds in the first turn. If not given, 10.
        start: f64,
        /// Funds that come in when each later turn opens. If not given, as many as at the start.
        income: f64,
        /// The most that can be kept from turn to turn. If not given, half the income.
        carry: f64,
    }

    /// A card or a call.
    InjectFile {
        /// Its name.
        id: String,
        /// `Card` (if not given) or `HotCall(seconds: 15)`.
        kind: InjectKindFile,
        /// The desk that answers. If not given, the first.
        seat: String,
        /// When it comes.
        when: WhenFile,
        /// The place it speaks of: `City` (if not given), `Precinct("old-harbour")`, …
        place: PlaceFile,
        /// A short line. `{place}` stands for the name of the place.
        title: Words,
        /// What is told, at most forty words.
        body: Words,
        /// The answers.
        options: Items<OptionFile>,
        /// The answer that stands when nobody gives one. If not given, the last.
        silence: String,
        /// Subjects that some rooms leave out: `["force", "death"]`.
        tags: Vec<String>,
    }

    /// When an inject comes: in the first turn of its span in which the condition holds.
    WhenFile {
        /// The only turn in which it can come.
        turn: u16,
        /// The first turn in which it can come. If not given, 1.
        first: u16,
        /// The last turn in which it can come. If not given, the last turn.
        last: u16,
        /// What must hold. If not given, `Always`.
        condition: ConditionFile,
        /// The chance in each turn in which it can come, 0 to 1. If not given, 1.
        chance: f64,
    }

    /// One answer to an inject.
    OptionFile {
        /// Its name.
        id: String,
        /// The answer, at most twelve words.
        label: Words,
        /// What it costs at once, in Funds. If not given, nothing.
        cost: f64,
        /// What two desks say about it; they should disagree.
        voices: BTreeMap<String, Words>,
        /// What it does.
        effects: Vec<EffectFile>,
        /// What is seen to happen afterwards.
        after: Words,
        /// What it teaches, shown at the debrief only.
        teaches: Words,
    }

    /// What the table is asked to reach.
    ObjectiveFile {
        /// Its name.
        id: String,
        /// The objective in words.
        name: Words,
        /// Why it matters, a sentence.
        why: Words,
        /// What is measured: `Index(Trust)`, `LowestTrust`, `Offences("street-theft")`.
        measure: MeasureFile,
        /// What counts: `Published` (the records; if not given) or `True`.
        layer: Knowing,
        /// The value must be at least this.
        at_least: f64,
        /// The value must be at most this.
        at_most: f64,
        /// When: `AtEnd` (if not given), `EveryTurn`, `Running(3)`.
        over: Span,
        /// The true-side companion that an objective on record needs.
        guard: GoalFile,
    }

    /// The guard of an objective on record: true unless said otherwise.
    GoalFile {
        /// What is measured.
        measure: MeasureFile,
        /// What counts. If not given, `True`.
        layer: Knowing,
        /// The value must be at least this.
        at_least: f64,
        /// The value must be at most this.
        at_most: f64,
        /// When. If not given, as the objective.
        over: Span,
    }
}

macro_rules! named {
    ($($name:ident),*) => {$(
        impl Named for $name {
            fn id(&self) -> Option<&str> {
                self.id.as_deref()
            }
        }
    )*};
}
named!(
    SeatFile,
    DistrictFile,
    PrecinctFile,
    KindFile,
    UnitFile,
    InjectFile,
    OptionFile,
    ObjectiveFile
);

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
