//! The words for everything in a game, in one language: the scenario's own where it has them, the
//! program's where it has not.

mod refusal;

use super::card::Card;
use super::resolved::{OptionWords, Scenario};
use super::words::Phrase;
use crate::rules::id::{FamilyIx, Id, InjectIx, KindIx, ObjectiveIx, PrecinctIx, SeatIx, UnitIx};
use crate::rules::table::{Kept, Note, ToldMandate};
use crate::rules::world::{
    Domain, OrderKind, PlaceRef, Posture, Quality, Tactic, Tempo, TurnLength,
};
use crate::rules::{Cause, Index, Reason, Rule};
use crate::text::{self, Lang};
use std::sync::Arc;

/// The words for a scenario in a language.
#[derive(Clone, Debug)]
pub struct Lexicon {
    /// The language.
    pub lang: Lang,
    scenario: Arc<Scenario>,
}

impl Lexicon {
    /// The words of a scenario in a language.
    #[must_use]
    pub fn new(scenario: Arc<Scenario>, lang: Lang) -> Self {
        Self { lang, scenario }
    }

    /// The scenario.
    #[must_use]
    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// A sentence of the program's tables.
    #[must_use]
    pub fn get(&self, key: &str, slots: &[(&str, &str)]) -> String {
        text::get(self.lang, key, slots)
    }

    fn of<'s>(&self, phrases: &'s [Phrase], at: usize) -> &'s str {
        phrases
            .get(at)
            .map_or("", |phrase| phrase.in_lang(self.lang))
    }

    /// The name of the unit that turns have, as part of keys.
    #[must_use]
    pub fn turn_unit(&self) -> &'static str {
        match self.scenario.world.turn {
            TurnLength::Months(1) => "month",
            TurnLength::Weeks(1) => "week",
            TurnLength::Days(1) => "day",
            _ => "turn",
        }
    }

    /// "month 5", in the unit of the scenario's turns.
    #[must_use]
    pub fn turn_name(&self, turn: u16) -> String {
        let key = format!("turn.name.{}", self.turn_unit());
        self.get(&key, &[("turn", &turn.to_string())])
    }

    /// A precinct.
    #[must_use]
    pub fn precinct(&self, precinct: PrecinctIx) -> &str {
        self.of(&self.scenario.names.precincts, precinct.at())
    }

    /// A desk.
    #[must_use]
    pub fn seat(&self, seat: SeatIx) -> &str {
        self.of(&self.scenario.names.seats, seat.at())
    }

    /// An offence family.
    #[must_use]
    pub fn family(&self, family: FamilyIx) -> &str {
        self.of(&self.scenario.names.families, family.at())
    }

    /// A kind of unit.
    #[must_use]
    pub fn kind(&self, kind: KindIx) -> &str {
        self.of(&self.scenario.names.kinds, kind.at())
    }

    /// A unit.
    #[must_use]
    pub fn unit(&self, unit: UnitIx) -> &str {
        self.of(&self.scenario.names.units, unit.at())
    }

    /// An objective.
    #[must_use]
    pub fn objective(&self, objective: ObjectiveIx) -> &str {
        self.of(&self.scenario.names.objectives, objective.at())
    }

    /// A tactic.
    #[must_use]
    pub fn tactic(&self, tactic: Tactic) -> String {
        self.get(&format!("tactic.{}", tactic.id()), &[])
    }

    /// An index.
    #[must_use]
    pub fn index(&self, index: Index) -> String {
        self.get(&format!("index.{}", index.id()), &[])
    }

    /// What a desk went by.
    #[must_use]
    pub fn reason(&self, reason: Reason) -> String {
        self.get(&format!("reason.{}", reason.id()), &[])
    }

    /// What a desk note says.
    #[must_use]
    pub fn note(&self, note: &Note) -> &str {
        let words = self.scenario.names.desk_notes.get(usize::from(note.at));
        words.map_or("", |words| words.text.in_lang(self.lang))
    }

    /// What a desk note was worth, for the debrief.
    #[must_use]
    pub fn quality(&self, quality: Quality) -> String {
        self.get(&format!("quality.{}", quality.id()), &[])
    }

    /// A mandate in words, by its set and its place there.
    #[must_use]
    pub fn mandate(&self, set: u16, at: u16) -> &str {
        let set = self.scenario.names.mandates.get(usize::from(set));
        set.map_or("", |(_, mandates)| self.of(mandates, usize::from(at)))
    }

    /// A way to start and what it gives and gives up; none is the usual one.
    #[must_use]
    pub fn start(&self, at: Option<usize>) -> (String, String) {
        let own = at.and_then(|at| self.scenario.names.starts.get(at));
        let usual = |key: &str| self.get(key, &[]);
        match own {
            Some((name, about)) => [name, about]
                .map(|it| it.in_lang(self.lang).to_owned())
                .into(),
            None => (usual("start.usual"), usual("start.usual.about")),
        }
    }

    /// What became of a mandate, and of what stands behind it where it is read on the record.
    #[must_use]
    pub fn became(&self, told: &ToldMandate) -> String {
        let mut said = self.get(&format!("mandate.{}", told.became.id()), &[]);
        if let Some(guard) = &told.guard {
            let key = if guard.met {
                "guard.held"
            } else {
                "guard.failed"
            };
            said += match self.lang {
                Lang::En => "; ",
                Lang::ZhHans => "；",
            };
            said += &self.get(key, &[]);
        }
        said
    }

    /// What is known of a promise, for the debrief.
    #[must_use]
    pub fn kept(&self, kept: Kept) -> String {
        self.get(&format!("promise.{}", kept.id()), &[])
    }

    /// A rule's name.
    #[must_use]
    pub fn rule(&self, rule: Rule) -> String {
        self.get(&format!("rule.{}.name", rule.id()), &[])
    }

    /// A rule in a sentence.
    #[must_use]
    pub fn rule_why(&self, rule: Rule) -> String {
        self.get(&format!("rule.{}.why", rule.id()), &[])
    }

    /// A place that an inject speaks of, once it is settled; `None` is the whole city.
    #[must_use]
    pub fn place(&self, place: Option<PrecinctIx>) -> String {
        match place {
            Some(precinct) => self.precinct(precinct).to_owned(),
            None => self.get("place.city", &[]),
        }
    }

    fn about(&self, phrase: &Phrase, place: Option<PrecinctIx>) -> String {
        text::fill(phrase.in_lang(self.lang), &[("place", &self.place(place))])
    }

    /// The place that an inject always speaks of, where that does not depend on the game.
    fn fixed_place(&self, inject: InjectIx) -> Option<PrecinctIx> {
        match self.scenario.world.injects.get(inject.at())?.place {
            PlaceRef::Precinct(precinct) => Some(precinct),
            _ => None,
        }
    }

    /// The title of an inject, about its place.
    #[must_use]
    pub fn inject_title(&self, inject: InjectIx, place: Option<PrecinctIx>) -> String {
        let place = place.or_else(|| self.fixed_place(inject));
        let words = self.scenario.names.injects.get(inject.at());
        words.map_or_else(String::new, |words| self.about(&words.title, place))
    }

    /// What an inject tells, about its place.
    #[must_use]
    pub fn inject_body(&self, inject: InjectIx, place: Option<PrecinctIx>) -> String {
        let place = place.or_else(|| self.fixed_place(inject));
        let words = self.scenario.names.injects.get(inject.at());
        words.map_or_else(String::new, |words| self.about(&words.body, place))
    }

    fn option(&self, inject: InjectIx, option: u16) -> Option<&OptionWords> {
        self.scenario
            .names
            .injects
            .get(inject.at())?
            .options
            .get(usize::from(option))
    }

    /// An answer.
    #[must_use]
    pub fn option_label(&self, inject: InjectIx, option: u16, place: Option<PrecinctIx>) -> String {
        let place = place.or_else(|| self.fixed_place(inject));
        self.option(inject, option)
            .map_or_else(String::new, |o| self.about(&o.label, place))
    }

    /// What is seen after an answer; empty if the author says nothing.
    #[must_use]
    pub fn option_after(&self, inject: InjectIx, option: u16, place: Option<PrecinctIx>) -> String {
        let place = place.or_else(|| self.fixed_place(inject));
        self.option(inject, option)
            .map_or_else(String::new, |o| self.about(&o.after, place))
    }

    /// What an answer teaches, for the debrief; empty if the author says nothing.
    #[must_use]
    pub fn option_teaches(&self, inject: InjectIx, option: u16) -> &str {
        self.option(inject, option)
            .map_or("", |option| option.teaches.in_lang(self.lang))
    }

    /// Whether an answer pulls at once and pays in nothing that is counted, for the debrief.
    #[must_use]
    pub fn option_tempts(&self, inject: InjectIx, option: u16) -> bool {
        self.option(inject, option)
            .is_some_and(|option| option.temptation)
    }

    /// How things stood behind an inject, for the debrief; empty if the author says nothing.
    #[must_use]
    pub fn variant(&self, inject: InjectIx, variant: u8) -> &str {
        let (world, names) = (&self.scenario.world, &self.scenario.names);
        let own = names.injects.get(inject.at()).map(|words| &words.variants);
        let arc = world
            .arcs
            .iter()
            .position(|arc| arc.cards.contains(&inject));
        let shared = arc.and_then(|arc| Some(&names.arcs.get(arc)?.1));
        let told = own.filter(|own| !own.is_empty()).or(shared);
        told.map_or("", |told| self.of(told, usize::from(variant)))
    }

    /// What desks say about an answer.
    #[must_use]
    pub fn option_voices(
        &self,
        inject: InjectIx,
        option: u16,
        place: Option<PrecinctIx>,
    ) -> Vec<(SeatIx, String)> {
        let place = place.or_else(|| self.fixed_place(inject));
        let voices = self
            .option(inject, option)
            .map(|option| option.voices.as_slice());
        let say = |(seat, said): &(SeatIx, Phrase)| (*seat, self.about(said, place));
        voices.unwrap_or_default().iter().map(say).collect()
    }

    /// What an answer costs, each part in words; nothing for one that is free.
    #[must_use]
    pub fn option_price(&self, inject: InjectIx, option: u16) -> Vec<String> {
        let inject = self.scenario.world.injects.get(inject.at());
        let Some(choice) = inject.and_then(|inject| inject.options.get(usize::from(option))) else {
            return Vec::new();
        };
        let parts = [
            ("funds.sum", choice.cost.0 != 0, choice.cost.to_string()),
            (
                "price.goodwill",
                choice.goodwill.0 != 0,
                choice.goodwill.to_string(),
            ),
            (
                "price.analysts",
                choice.analysts != 0,
                choice.analysts.to_string(),
            ),
        ];
        let asked = parts.into_iter().filter(|(_, asked, _)| *asked);
        asked
            .map(|(key, _, count)| self.get(key, &[("count", &count)]))
            .collect()
    }

    /// A district.
    #[must_use]
    pub fn district<'s>(&'s self, district: &'s Id) -> &'s str {
        let name = self.scenario.names.districts.get(district);
        name.map_or(district.as_str(), |name| name.in_lang(self.lang))
    }

    /// Why something changed: the rule, or the card or unit behind it, and where.
    #[must_use]
    pub fn cause(&self, cause: &Cause) -> String {
        if let Some(instrument) = cause.instrument {
            let id = &self.scenario.world.instruments[instrument.at()].id;
            return self.instrument(id);
        }
        let mut parts = vec![match (cause.inject, cause.unit) {
            (Some(inject), _) => self.inject_title(inject, cause.place),
            (None, Some(unit)) => {
                let rule = self.rule(cause.rule);
                self.get("cause.unit", &[("rule", &rule), ("unit", self.unit(unit))])
            }
            (None, None) => self.rule(cause.rule),
        }];
        parts.extend(cause.family.map(|family| self.family(family).to_owned()));
        if cause.inject.is_none() {
            parts.extend(cause.place.map(|place| self.precinct(place).to_owned()));
        }
        parts.join(match self.lang {
            Lang::En => ", ",
            Lang::ZhHans => "，",
        })
    }

    /// Names by id, for refusals; an id that the scenario does not have is shown as it is.
    fn named(&self, id: &Id, found: Option<String>) -> String {
        found
            .filter(|name| !name.is_empty())
            .unwrap_or_else(|| id.to_string())
    }

    fn unit_by_id(&self, id: &Id) -> String {
        self.named(
            id,
            self.scenario
                .world
                .unit(id)
                .map(|unit| self.unit(unit).to_owned()),
        )
    }

    fn precinct_by_id(&self, id: &Id) -> String {
        let found = self.scenario.world.precinct(id);
        self.named(id, found.map(|precinct| self.precinct(precinct).to_owned()))
    }

    fn seat_by_id(&self, id: &Id) -> String {
        self.named(
            id,
            self.scenario
                .world
                .seat(id)
                .map(|seat| self.seat(seat).to_owned()),
        )
    }

    fn inject_by_id(&self, id: &Id) -> String {
        self.named(
            id,
            self.scenario
                .world
                .inject(id)
                .map(|i| self.inject_title(i, None)),
        )
    }

    /// A kind of order.
    #[must_use]
    pub fn order(&self, order: OrderKind) -> String {
        self.get(&format!("order.{}", order.id()), &[])
    }

    /// A standing order.
    #[must_use]
    pub fn posture(&self, posture: Posture) -> String {
        self.get(&format!("posture.{}", posture.id()), &[])
    }

    /// The tempo of a turn.
    #[must_use]
    pub fn tempo(&self, tempo: Tempo) -> String {
        self.get(&format!("tempo.{}", tempo.id()), &[])
    }

    /// An instrument of the institution.
    #[must_use]
    pub fn instrument(&self, id: &Id) -> String {
        let found = self.scenario.world.instrument(id);
        let words = found.and_then(|at| self.scenario.names.instruments.get(at.at()));
        self.named(
            id,
            words.map(|words| words.name.in_lang(self.lang).to_owned()),
        )
    }

    /// A setting of an instrument.
    #[must_use]
    pub fn setting(&self, instrument: &Id, setting: &Id) -> String {
        let world = &self.scenario.world;
        let found = world.instrument(instrument).and_then(|at| {
            let setting = world.instruments[at.at()].setting(setting)?;
            let words = self.scenario.names.instruments.get(at.at())?;
            words.settings.get(usize::from(setting))
        });
        self.named(
            setting,
            found.map(|name| name.in_lang(self.lang).to_owned()),
        )
    }

    /// A risk domain.
    #[must_use]
    pub fn domain(&self, domain: Domain) -> String {
        let mut card = Card::built_in().domains().iter();
        let words = card.find(|card| card.domain == domain);
        words.map_or_else(String::new, |card| card.name.in_lang(self.lang).to_owned())
    }

    /// A side of a contested question.
    fn side(&self, id: &Id) -> String {
        let sides = Card::built_in().sides();
        let side = sides.iter().find(|side| side.id == id.as_str());
        self.named(id, side.map(|side| side.name.in_lang(self.lang).to_owned()))
    }

    fn kind_by_id(&self, id: &Id) -> String {
        let kinds = &self.scenario.world.kinds;
        let found = kinds
            .iter()
            .position(|kind| kind.id == *id)
            .map(KindIx::from_position);
        self.named(id, found.map(|kind| self.kind(kind).to_owned()))
    }

    /// Two sentences, with a space between them where the language has one.
    fn join(&self, first: String, second: String) -> String {
        let gap = if self.lang == Lang::En && !second.is_empty() {
            " "
        } else {
            ""
        };
        format!("{first}{gap}{}", second.trim())
    }
}
