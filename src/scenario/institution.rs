//! The institution card: every instrument with its settings, prices and effects, and the risk
//! domains, as the program ships them. A scenario opens what it wants of them.

use super::card::{Entry, Grade, Unit, joined, phrase};
use super::words::{Phrase, Words};
use crate::rules::Id;
use crate::rules::world::{Domain, Lever, Over, Stays};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The file of the institution (`assets/rules/institution.ron`).
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct InstitutionFile {
    pub levers: BTreeMap<String, LeverFile>,
    pub domains: BTreeMap<String, DomainFile>,
    pub instruments: Vec<InstrumentFile>,
}

/// What a lever is called and counts.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LeverFile {
    pub unit: Unit,
    pub name: Words,
}

/// What a risk domain is called and what belongs to it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DomainFile {
    pub name: Words,
    pub about: Words,
}

/// An instrument as developers write it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct InstrumentFile {
    pub id: String,
    pub row: String,
    pub desk: String,
    pub name: Words,
    pub about: Words,
    #[serde(default)]
    pub over: OverFile,
    #[serde(default)]
    pub ladder: bool,
    #[serde(default)]
    pub stays: Stays,
    #[serde(default)]
    pub most: u16,
    #[serde(default)]
    pub start: String,
    #[serde(default)]
    pub until: u16,
    #[serde(default)]
    pub needs: Vec<(String, String)>,
    pub settings: Vec<SettingFile>,
}

/// What an instrument is set for.
#[derive(Default, Deserialize)]
pub(super) enum OverFile {
    #[default]
    City,
    Districts,
    Precincts,
    Sites,
    Gates,
    Seats,
    Domains,
    Named(Vec<NamedFile>),
}

/// One of the things of its own that an instrument is set for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NamedFile {
    pub id: String,
    pub name: Words,
    #[serde(default)]
    pub about: Option<Words>,
    /// What it does besides, by setting.
    #[serde(default)]
    pub effects: BTreeMap<String, BTreeMap<String, EffectFile>>,
}

/// A setting as developers write it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SettingFile {
    pub id: String,
    pub name: Words,
    #[serde(default)]
    pub price: f64,
    #[serde(default)]
    pub upkeep: f64,
    #[serde(default)]
    pub months: f64,
    #[serde(default)]
    pub analysts: u16,
    #[serde(default)]
    pub goodwill: f64,
    #[serde(default)]
    pub effects: BTreeMap<String, EffectFile>,
    #[serde(default)]
    pub later: BTreeMap<String, EffectFile>,
    #[serde(default)]
    pub later_turns: u16,
    #[serde(default)]
    pub fade: f64,
}

/// One effect: a number of the model card.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EffectFile {
    pub value: f64,
    pub range: (f64, f64),
    pub grade: Grade,
    #[serde(default)]
    pub source: String,
    #[serde(default)]
    pub note: Option<Words>,
}

/// An instrument as the card has it.
#[derive(Clone, Debug)]
pub struct CardInstrument {
    /// Its name.
    pub id: String,
    /// The row of the framework that it plays.
    pub row: String,
    /// The desk that decides unless a scenario says otherwise.
    pub desk: String,
    /// What it is called.
    pub name: Phrase,
    /// What it decides and what that costs, a sentence or two.
    pub about: Phrase,
    /// What it is set for.
    pub over: Over,
    /// What the things of its own are called, where it has such.
    pub things: Vec<Phrase>,
    /// What each of them means, in a sentence or two; empty where its name says it.
    pub things_about: Vec<Phrase>,
    /// Whether it is built up a step at a time.
    pub ladder: bool,
    /// How long a setting stands.
    pub stays: Stays,
    /// For how many things at most it may stand above the first setting; 0 is no limit.
    pub most: u16,
    /// The setting at the start.
    pub start: u8,
    /// The last turn in which it can be set; 0 is any.
    pub until: u16,
    /// What must stand first: the other instrument and its setting.
    pub needs: Vec<(String, u8)>,
    /// The settings in order.
    pub settings: Vec<CardSetting>,
}

/// A setting as the card has it.
#[derive(Clone, Debug)]
pub struct CardSetting {
    /// Its name.
    pub id: String,
    /// What it is called.
    pub name: Phrase,
    /// Funds, once.
    pub price: f64,
    /// Funds a month.
    pub upkeep: f64,
    /// Months until it works.
    pub months: f64,
    /// Analysts that it binds.
    pub analysts: u16,
    /// Goodwill, once.
    pub goodwill: f64,
    /// The effects.
    pub effects: Vec<CardEffect>,
    /// Those that come in the turns after.
    pub later: Vec<CardEffect>,
    /// In how many turns.
    pub later_turns: u16,
    /// Share that is lost in a month.
    pub fade: f64,
}

/// An effect as the card has it.
#[derive(Clone, Debug)]
pub struct CardEffect {
    /// The thing that the instrument must be set for; `None` for any.
    pub thing: Option<u16>,
    /// The lever's name.
    pub lever: String,
    /// The name of the number in the card.
    pub number: String,
}

/// A lever as the card has it.
#[derive(Clone, Debug)]
pub struct CardLever {
    /// Its name, without a family or a domain.
    pub id: String,
    /// What it is called.
    pub name: Phrase,
    /// What its amounts count.
    pub unit: Unit,
}

/// A risk domain as the card has it.
#[derive(Clone, Debug)]
pub struct CardDomain {
    /// Which.
    pub domain: Domain,
    /// What it is called.
    pub name: Phrase,
    /// What belongs to it, and what does not.
    pub about: Phrase,
}

/// The lever of this name: `targeting`, `offences.burglary`, `pressure.grievance`. `family` finds a
/// family that is played.
pub(super) fn lever<F>(name: &str, family: F) -> Option<Lever>
where
    F: Fn(&str) -> Option<crate::rules::id::FamilyIx>,
{
    let Some((kind, of)) = name.split_once('.') else {
        return Lever::PLAIN.into_iter().find(|lever| lever.id() == name);
    };
    if kind == "offences" {
        return family(of).map(Lever::Offences);
    }
    let domain = Domain::ALL.into_iter().find(|domain| domain.id() == of)?;
    let levers = Lever::OF_DOMAIN.map(|lever| lever(domain));
    levers.into_iter().find(|lever| lever.id() == kind)
}

/// The institution as the card has it.
#[derive(Clone, Debug)]
pub(super) struct CardInstitution {
    pub levers: Vec<CardLever>,
    pub domains: Vec<CardDomain>,
    pub instruments: Vec<CardInstrument>,
}

/// Reads the institution, and adds its effects to the numbers of the card.
pub(super) fn read(
    options: &ron::Options,
    source: &str,
    entries: &mut Vec<Entry>,
) -> Result<CardInstitution, String> {
    let file: InstitutionFile = options
        .from_str(source)
        .map_err(|error| format!("institution.ron: {error}"))?;
    let levers = (file.levers.iter())
        .map(|(id, lever)| CardLever {
            id: id.clone(),
            name: phrase(&lever.name),
            unit: lever.unit,
        })
        .collect();
    let mut domains = Vec::new();
    for domain in Domain::ALL {
        let words = (file.domains.get(domain.id()))
            .ok_or_else(|| format!("the domain {} is missing", domain.id()))?;
        domains.push(CardDomain {
            domain,
            name: phrase(&words.name),
            about: phrase(&words.about),
        });
    }
    let mut instruments = Vec::new();
    for instrument in file.instruments {
        for setting in &instrument.settings {
            let held = setting.effects.iter().map(|effect| (String::new(), effect));
            let later = (setting.later.iter()).map(|effect| ("later.".to_owned(), effect));
            let things = match &instrument.over {
                OverFile::Named(things) => things.as_slice(),
                _ => &[],
            };
            let own = things.iter().flat_map(|thing| {
                let own = thing.effects.get(&setting.id).into_iter().flatten();
                own.map(|effect| (format!("{}.", thing.id), effect))
            });
            for (when, (name, number)) in held.chain(later).chain(own) {
                let known = |_: &str| Some(crate::rules::id::FamilyIx(0));
                let found = lever(name, known);
                let lever = found.ok_or_else(|| format!("{}: no lever {name}", instrument.id))?;
                let words = file.levers.get(lever.id());
                let words = words.ok_or_else(|| format!("the lever {} is missing", lever.id()))?;
                let (low, high) = number.range;
                if !(low <= number.value && number.value <= high) {
                    return Err(format!(
                        "{}.{}: {} is outside {low}..{high}",
                        instrument.id, setting.id, number.value
                    ));
                }
                let of = match lever.domain().zip(name.split_once('.')) {
                    Some((domain, _)) => phrase(&file.domains[domain.id()].name),
                    None => phrase(&setting.name),
                };
                let named = joined(&phrase(&instrument.name), &of);
                entries.push(Entry {
                    id: format!("{}.{}.{when}{name}", instrument.id, setting.id),
                    name: joined(&named, &phrase(&words.name)),
                    value: number.value,
                    range: number.range,
                    unit: words.unit,
                    source: number.source.clone(),
                    grade: number.grade,
                    convention: false,
                    note: number.note.as_ref().map(phrase).unwrap_or_default(),
                });
            }
        }
        instruments.push(instrument.resolve(&instruments, phrase)?);
    }
    Ok(CardInstitution {
        levers,
        domains,
        instruments,
    })
}

impl InstrumentFile {
    /// The instrument of the card.
    ///
    /// # Errors
    ///
    /// What does not fit together, in English: the card is written by developers.
    pub(super) fn resolve(
        self,
        above: &[CardInstrument],
        phrase: impl Fn(&Words) -> Phrase,
    ) -> Result<CardInstrument, String> {
        let id = self.id;
        let find = |settings: &[CardSetting], wanted: &str| {
            let at = settings.iter().position(|setting| setting.id == wanted);
            at.map(|at| at as u8)
        };
        let settings: Vec<CardSetting> = (self.settings.into_iter())
            .map(|setting| {
                let named = |list: &BTreeMap<String, EffectFile>, when: &str, thing| -> Vec<_> {
                    let names = list.keys();
                    names
                        .map(|lever| CardEffect {
                            thing,
                            lever: lever.clone(),
                            number: format!("{id}.{}.{when}{lever}", setting.id),
                        })
                        .collect()
                };
                let mut effects = named(&setting.effects, "", None);
                if let OverFile::Named(things) = &self.over {
                    for (at, thing) in things.iter().enumerate() {
                        if let Some(own) = thing.effects.get(&setting.id) {
                            let when = format!("{}.", thing.id);
                            effects.extend(named(own, &when, Some(at as u16)));
                        }
                    }
                }
                CardSetting {
                    name: phrase(&setting.name),
                    price: setting.price,
                    upkeep: setting.upkeep,
                    months: setting.months,
                    analysts: setting.analysts,
                    goodwill: setting.goodwill,
                    effects,
                    later: named(&setting.later, "later.", None),
                    later_turns: setting.later_turns,
                    fade: setting.fade,
                    id: setting.id,
                }
            })
            .collect();
        if settings.len() < 2 {
            return Err(format!("{id} has nothing to decide"));
        }
        let start = if self.start.is_empty() {
            0
        } else {
            find(&settings, &self.start)
                .ok_or_else(|| format!("{id}: no setting is called {}", self.start))?
        };
        let needs = (self.needs.into_iter())
            .map(|(other, setting)| {
                let found = above.iter().find(|above| above.id == other);
                let at = found.and_then(|found| find(&found.settings, &setting));
                let at = at.ok_or_else(|| format!("{id} needs {other} at {setting}, not above it"));
                Ok((other, at?))
            })
            .collect::<Result<_, String>>()?;
        let (mut things, mut things_about) = (Vec::new(), Vec::new());
        let over = match self.over {
            OverFile::City => Over::City,
            OverFile::Districts => Over::Districts,
            OverFile::Precincts => Over::Precincts,
            OverFile::Sites => Over::Sites,
            OverFile::Gates => Over::Gates,
            OverFile::Seats => Over::Seats,
            OverFile::Domains => Over::Domains,
            OverFile::Named(named) => {
                things.extend(named.iter().map(|thing| phrase(&thing.name)));
                let about = |thing: &NamedFile| thing.about.as_ref().map(&phrase);
                things_about.extend(named.iter().map(|it| about(it).unwrap_or_default()));
                Over::Named(named.into_iter().map(|thing| Id(thing.id)).collect())
            }
        };
        Ok(CardInstrument {
            row: self.row,
            desk: self.desk,
            name: phrase(&self.name),
            about: phrase(&self.about),
            over,
            things,
            things_about,
            ladder: self.ladder,
            stays: self.stays,
            most: self.most,
            start,
            until: self.until,
            needs,
            settings,
            id,
        })
    }
}
