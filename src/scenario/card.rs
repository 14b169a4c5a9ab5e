//! The model card: every number of the model with its range, unit, source and grade.

use super::file::Override;
use super::institution::{self, CardDomain, CardInstitution, CardInstrument, CardLever};
use super::words::{Phrase, Words};
use crate::rules::id::nearest;
use crate::rules::model::{Coefficient, Model};
use crate::rules::world::{FamilyNumber, Tactic};
use crate::text::{self, Lang};
use ron::extensions::Extensions;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// How well a number is founded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
pub enum Grade {
    /// Read in the source or its abstract.
    V,
    /// Read in a secondary source.
    V2,
    /// Derived by arithmetic from such a figure.
    D,
    /// From memory of the source, with high confidence in the number.
    MHigh,
    /// From memory, with medium confidence.
    MMed,
    /// From memory, with low confidence.
    MLow,
    /// Judgement: no study fixes it.
    J,
}

impl Grade {
    /// Every grade.
    pub const ALL: [Self; 7] = [
        Self::V,
        Self::V2,
        Self::D,
        Self::MHigh,
        Self::MMed,
        Self::MLow,
        Self::J,
    ];

    /// Its name in texts (`grade.<id>`).
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::V => "v",
            Self::V2 => "v2",
            Self::D => "d",
            Self::MHigh => "m-high",
            Self::MMed => "m-med",
            Self::MLow => "m-low",
            Self::J => "j",
        }
    }

    /// What it means, in a few words.
    #[must_use]
    pub fn words(self, lang: Lang) -> String {
        text::get(lang, &format!("grade.{}", self.id()), &[])
    }
}

macro_rules! units {
    ($($name:ident = $id:literal),* $(,)?) => {
        /// What a number of the card counts.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
        #[expect(missing_docs, reason = "the names are the units; the tables hold the words")]
        pub enum Unit { $($name),* }

        impl Unit {
            /// Every unit.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// Its name in texts (`unit.<id>`).
            #[must_use]
            pub fn id(self) -> &'static str {
                match self { $(Self::$name => $id),* }
            }
        }
    };
}
units! {
    Residents = "residents",
    Share = "share",
    ShareAMonth = "share-a-month",
    SharePerPoint = "share-per-point",
    MinutesADay = "minutes-a-day",
    Months = "months",
    MonthOfYear = "month-of-year",
    Points = "points",
    PointsAMonth = "points-a-month",
    PointsAPoint = "points-a-point",
    Times = "times",
    People = "people",
    LogOdds = "log-odds",
    LogOddsPer10 = "log-odds-per-10",
    LogAmplitude = "log-amplitude",
    TeamsPer100000 = "teams-per-100000",
    Per1000AMonth = "per-1000-a-month",
    HarmUnits = "harm-units",
    ResidentsAMonth = "residents-a-month",
    FundsATurn = "funds-a-turn",
    Funds = "funds",
    HoursAWeek = "hours-a-week",
    LogPerHour = "log-per-hour",
    SharePerHour = "share-per-hour",
    CarsPer100000 = "cars-per-100000",
    KmAnHour = "km-an-hour",
    Minutes = "minutes",
    Precincts = "precincts",
}

impl Unit {
    /// What it counts, in a few words.
    #[must_use]
    pub fn words(self, lang: Lang) -> String {
        text::get(lang, &format!("unit.{}", self.id()), &[])
    }
}

/// One number of the card.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its name, such as `patrol.dose-scale` or `foot.minutes`.
    pub id: String,
    /// What it is, in words.
    pub name: Phrase,
    /// The value that is used unless a scenario says otherwise.
    pub value: f64,
    /// From where to where a scenario may move it without giving a reason.
    pub range: (f64, f64),
    /// What it counts.
    pub unit: Unit,
    /// Author, year and journal; empty for a plain judgement.
    pub source: String,
    /// How well it is founded.
    pub grade: Grade,
    /// Whether it is a rule of the table or a definition, which no city has otherwise.
    pub convention: bool,
    /// What else is worth knowing.
    pub note: Phrase,
}

/// A family as the card has it.
#[derive(Clone, Debug)]
pub struct CardFamily {
    /// Its name.
    pub id: String,
    /// What it is called.
    pub name: Phrase,
}

/// A kind of unit as the card has it.
#[derive(Clone, Debug)]
pub struct CardKind {
    /// Its name.
    pub id: String,
    /// What it is called.
    pub name: Phrase,
    /// The desk that commands it unless a scenario says otherwise.
    pub owner: String,
    /// What it can do; the first is what it does unless told otherwise.
    pub tactics: Vec<Tactic>,
    /// Whether it drives to a call.
    pub drives: bool,
}

/// One side of a question on which studies disagree.
#[derive(Clone, Debug)]
pub struct Side {
    /// Its name.
    pub id: String,
    /// The question.
    pub question: String,
    /// What it holds, in words.
    pub name: Phrase,
    /// Who holds it: author, year and journal.
    pub source: String,
    /// The numbers it sets.
    pub values: BTreeMap<String, f64>,
}

/// The whole card.
#[derive(Clone, Debug)]
pub struct Card {
    entries: Vec<Entry>,
    families: Vec<CardFamily>,
    kinds: Vec<CardKind>,
    sides: Vec<Side>,
    institution: CardInstitution,
}

/// The numbers that a kind of unit may have; one that it has not is 0.
pub const KIND_NUMBERS: [&str; 7] = [
    "minutes",
    "visibility",
    "contacts",
    "stops",
    "reach",
    "cases",
    "price",
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CardFile {
    coefficients: BTreeMap<String, NumberFile>,
    parameters: BTreeMap<String, ParameterFile>,
    families: Vec<GroupFile>,
    kinds: Vec<GroupFile>,
    presets: Vec<SideFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SideFile {
    id: String,
    question: String,
    name: Words,
    source: String,
    values: BTreeMap<String, f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NumberFile {
    value: f64,
    range: (f64, f64),
    grade: Grade,
    #[serde(default)]
    convention: bool,
    #[serde(default)]
    unit: Option<Unit>,
    #[serde(default)]
    name: Option<Words>,
    #[serde(default)]
    source: String,
    #[serde(default)]
    note: Option<Words>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ParameterFile {
    unit: Unit,
    name: Words,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GroupFile {
    id: String,
    name: Words,
    #[serde(default)]
    owner: String,
    #[serde(default)]
    tactics: Vec<Tactic>,
    #[serde(default)]
    drives: bool,
    numbers: BTreeMap<String, NumberFile>,
}

const BUILT_IN: &str = include_str!(concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/assets/rules/default.ron"
));

const INSTITUTION: &str = include_str!(concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/assets/rules/institution.ron"
));

impl Card {
    /// The card that is part of the program.
    ///
    /// # Panics
    ///
    /// Never in a build that passed its tests: the card is part of the program.
    #[must_use]
    pub fn built_in() -> &'static Self {
        static CARD: LazyLock<Card> = LazyLock::new(|| match Card::read(BUILT_IN, INSTITUTION) {
            Ok(card) => card,
            Err(error) => panic!("assets/rules: {error}"),
        });
        &CARD
    }

    /// Reads a card.
    ///
    /// # Errors
    ///
    /// What is wrong with it, in English: a card is written by developers.
    pub fn read(source: &str, institution: &str) -> Result<Self, String> {
        let options = ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
        let file: CardFile = options
            .from_str(source)
            .map_err(|error| error.to_string())?;
        let mut entries = Vec::new();
        for coefficient in Coefficient::ALL {
            let id = coefficient.id();
            let number = file
                .coefficients
                .get(id)
                .ok_or_else(|| format!("{id} is missing"))?;
            entries.push(entry(id.to_owned(), number, None)?);
        }
        if let Some(unknown) = file.coefficients.keys().find(|id| {
            Coefficient::ALL
                .iter()
                .all(|coefficient| coefficient.id() != **id)
        }) {
            return Err(format!("{unknown} is not a coefficient of the model"));
        }
        for family in &file.families {
            for name in FamilyNumber::ALL.iter().map(|number| number.id()) {
                let number = family.numbers.get(name);
                let number = number.ok_or_else(|| format!("{}.{name} is missing", family.id))?;
                entries.push(entry(
                    format!("{}.{name}", family.id),
                    number,
                    Some((family, parameter(&file, name)?)),
                )?);
            }
            let names: Vec<&str> = FamilyNumber::ALL.iter().map(|n| n.id()).collect();
            known(family, &names)?;
        }
        for kind in &file.kinds {
            for name in KIND_NUMBERS {
                let Some(number) = kind.numbers.get(name) else {
                    continue;
                };
                entries.push(entry(
                    format!("{}.{name}", kind.id),
                    number,
                    Some((kind, parameter(&file, name)?)),
                )?);
            }
            known(kind, &KIND_NUMBERS)?;
            if kind.tactics.is_empty() || kind.owner.is_empty() {
                return Err(format!("{} needs an owner and tactics", kind.id));
            }
        }
        let families = file
            .families
            .iter()
            .map(|family| CardFamily {
                id: family.id.clone(),
                name: phrase(&family.name),
            })
            .collect();
        let kinds = file
            .kinds
            .iter()
            .map(|kind| CardKind {
                id: kind.id.clone(),
                name: phrase(&kind.name),
                owner: kind.owner.clone(),
                tactics: kind.tactics.clone(),
                drives: kind.drives,
            })
            .collect();
        let institution = institution::read(&options, institution, &mut entries)?;
        let mut sides = Vec::new();
        for side in &file.presets {
            for (id, value) in &side.values {
                let entry = entries.iter().find(|entry: &&Entry| entry.id == *id);
                let entry = entry.ok_or_else(|| format!("{}: {id} is not a number", side.id))?;
                let (low, high) = entry.range;
                let study = (low..=high).contains(value) || side.question == "mix";
                if !study {
                    return Err(format!("{}: {id} lies outside {low}..{high}", side.id));
                }
            }
            sides.push(Side {
                id: side.id.clone(),
                question: side.question.clone(),
                name: phrase(&side.name),
                source: side.source.clone(),
                values: side.values.clone(),
            });
        }
        Ok(Self {
            entries,
            families,
            kinds,
            sides,
            institution,
        })
    }

    /// Every number: coefficients, then families, then kinds of unit.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The families.
    #[must_use]
    pub fn families(&self) -> &[CardFamily] {
        &self.families
    }

    /// The kinds of unit.
    #[must_use]
    pub fn kinds(&self) -> &[CardKind] {
        &self.kinds
    }

    /// The sides of contested questions.
    #[must_use]
    pub fn sides(&self) -> &[Side] {
        &self.sides
    }

    /// The instruments of the institution.
    #[must_use]
    pub fn instruments(&self) -> &[CardInstrument] {
        &self.institution.instruments
    }

    /// What the settings of the instruments act on.
    #[must_use]
    pub fn levers(&self) -> &[CardLever] {
        &self.institution.levers
    }

    /// The risk domains.
    #[must_use]
    pub fn domains(&self) -> &[CardDomain] {
        &self.institution.domains
    }

    /// Whether a number is this city's own: judged, remembered or contested, and no rule of the
    /// table.
    #[must_use]
    pub fn varies(&self, entry: &Entry) -> bool {
        let unsure = matches!(
            entry.grade,
            Grade::J | Grade::MHigh | Grade::MMed | Grade::MLow
        );
        let contested = self
            .sides
            .iter()
            .any(|side| side.values.contains_key(&entry.id));
        let measured = ["base-rate", "harm", "season-peak"].map(|name| format!(".{name}"));
        // What a city's own records show from the first day is no secret.
        let known = measured.iter().any(|name| entry.id.ends_with(name));
        (unsure || contested) && !entry.convention && !known && entry.range.0 < entry.range.1
    }

    /// The number of this name.
    ///
    /// # Errors
    ///
    /// The name that was probably meant, if there is one.
    pub fn find(&self, id: &str) -> Result<&Entry, Option<&str>> {
        self.entries
            .iter()
            .find(|entry| entry.id == id)
            .ok_or_else(|| nearest(id, self.entries.iter().map(|entry| entry.id.as_str())))
    }

    /// The value of a number under overrides; 0 for what the card does not have.
    #[must_use]
    pub fn value(&self, id: &str, overrides: &BTreeMap<String, Override>) -> f64 {
        match overrides.get(id) {
            Some(other) => other.value,
            // Not by `find`, whose search for a similar name costs more than all the rest.
            None => {
                let entry = self.entries.iter().find(|entry| entry.id == id);
                entry.map_or(0.0, |entry| entry.value)
            }
        }
    }

    /// The model under overrides.
    #[must_use]
    pub fn model(&self, overrides: &BTreeMap<String, Override>) -> Option<Model> {
        Model::new(|coefficient| Some(self.value(coefficient.id(), overrides))).ok()
    }
}

fn parameter<'a>(file: &'a CardFile, name: &str) -> Result<&'a ParameterFile, String> {
    file.parameters
        .get(name)
        .ok_or_else(|| format!("the parameter {name} is missing"))
}

fn known(group: &GroupFile, names: &[&str]) -> Result<(), String> {
    match group
        .numbers
        .keys()
        .find(|name| !names.contains(&name.as_str()))
    {
        Some(name) => Err(format!("{}.{name} is not a number of the model", group.id)),
        None => Ok(()),
    }
}

fn entry(
    id: String,
    number: &NumberFile,
    part: Option<(&GroupFile, &ParameterFile)>,
) -> Result<Entry, String> {
    let (low, high) = number.range;
    if !(low <= number.value && number.value <= high && low.is_finite() && high.is_finite()) {
        return Err(format!("{id}: {} is outside {low}..{high}", number.value));
    }
    let unit = number.unit.or(part.map(|(_, parameter)| parameter.unit));
    let unit = unit.ok_or_else(|| format!("{id} has no unit"))?;
    let name = match (&number.name, part) {
        (Some(name), _) => phrase(name),
        (None, Some((group, parameter))) => joined(&phrase(&group.name), &phrase(&parameter.name)),
        (None, None) => return Err(format!("{id} has no name")),
    };
    Ok(Entry {
        id,
        name,
        value: number.value,
        range: number.range,
        unit,
        source: number.source.clone(),
        grade: number.grade,
        convention: number.convention,
        note: number.note.as_ref().map(phrase).unwrap_or_default(),
    })
}

pub(super) fn joined(group: &Phrase, parameter: &Phrase) -> Phrase {
    let mut phrase = Phrase::default();
    phrase.set(
        Lang::En,
        format!(
            "{}: {}",
            group.in_lang(Lang::En),
            parameter.in_lang(Lang::En)
        ),
    );
    let zh = Lang::ZhHans;
    phrase.set(
        zh,
        format!("{}：{}", group.in_lang(zh), parameter.in_lang(zh)),
    );
    phrase
}

pub(super) fn phrase(words: &Words) -> Phrase {
    match words {
        Words::Plain(text) => Phrase::plain(Lang::En, text),
        Words::PerLanguage(texts) => {
            let mut phrase = Phrase::default();
            for (tag, text) in texts {
                if let Some(lang) = super::source::exact_lang(tag) {
                    phrase.set(lang, text.clone());
                }
            }
            phrase
        }
    }
}
