//! Injects: when they come, what they ask, what the answers do.

use super::{Check, MAX_INJECTS, MAX_ITEMS, MAX_OPTIONS};
use crate::rules::chance::DRAWS;
use crate::rules::id::{FamilyIx, Id, InjectIx, InstrumentIx, PrecinctIx, SeatIx};
use crate::rules::units::{Amount, Cents, Micro};
use crate::rules::world::{
    Choice, Condition, Domain, Effect, Family, Inject, InjectKind, Instrument, Odds, OpenDomain,
    PlaceRef, Precinct, Seat, What, When,
};
use crate::scenario::code::Code;
use crate::scenario::file::{
    ConditionFile, EffectFile, InjectFile, InjectKindFile, Named, OptionFile, PlaceFile,
    SeverityFile, WhenFile,
};
use crate::scenario::path::Path;
use crate::scenario::resolved::{InjectWords, Names, OptionWords};

/// No answer moves anything by more points than this.
const MOST_POINTS: f64 = 100.0;
/// The most Funds that an answer brings or takes.
const MOST_FUNDS: f64 = 1_000.0;

/// What the names in an inject can mean.
pub(super) struct Known<'k> {
    pub seats: Vec<&'k str>,
    pub precincts: Vec<&'k str>,
    pub families: Vec<&'k str>,
    pub injects: Vec<&'k str>,
    options: Vec<Vec<&'k str>>,
    domains: Vec<&'k str>,
    instruments: &'k [Instrument],
}

/// Where effects are written: what holds for all of a list.
#[derive(Clone, Default)]
struct Frame {
    after: u16,
    place: Option<PlaceRef>,
    variant: Option<u8>,
    odds: Vec<Odds>,
}

impl<'k> Known<'k> {
    pub(super) fn of(
        injects: &'k [InjectFile],
        seats: &'k [Seat],
        precincts: &'k [Precinct],
        families: &'k [Family],
        (domains, instruments): (&'k [OpenDomain], &'k [Instrument]),
    ) -> Self {
        fn id<T: Named>(item: &T) -> &str {
            item.id().unwrap_or_default()
        }
        Self {
            seats: seats.iter().map(|seat| seat.id.as_str()).collect(),
            precincts: precincts
                .iter()
                .map(|precinct| precinct.id.as_str())
                .collect(),
            families: families.iter().map(|family| family.id.as_str()).collect(),
            injects: injects.iter().map(id).collect(),
            options: (injects.iter())
                .map(|inject| inject.options.iter().flat_map(|o| &o.0).map(id).collect())
                .collect(),
            domains: domains.iter().map(|open| open.domain.id()).collect(),
            instruments,
        }
    }
}

impl<'a> Check<'a> {
    pub(super) fn injects(
        &mut self,
        seats: &[Seat],
        precincts: &[Precinct],
        families: &[Family],
        (domains, instruments): (&[OpenDomain], &[Instrument]),
        names: &mut Names,
    ) -> Vec<Inject> {
        let list = Path::of("injects");
        let file = self.file;
        let given = file
            .injects
            .as_ref()
            .map(|items| items.0.as_slice())
            .unwrap_or_default();
        self.cap(&list, given.len(), MAX_INJECTS);
        let given = &given[..given.len().min(MAX_INJECTS)];
        let known = Known::of(given, seats, precincts, families, (domains, instruments));
        let mut injects = Vec::new();
        for (at, inject) in given.iter().enumerate() {
            let (id, path) = self.id_of(inject.id.as_deref(), &list, at);
            let (inject, words) = self.inject(inject, id, &path, &known);
            injects.push(inject);
            names.injects.push(words);
        }
        injects
    }

    fn inject(
        &mut self,
        inject: &'a InjectFile,
        id: &str,
        path: &Path,
        known: &Known,
    ) -> (Inject, InjectWords) {
        let kind = match inject.kind {
            None | Some(InjectKindFile::Card) => InjectKind::Card,
            Some(InjectKindFile::HotCall { seconds }) => {
                self.number(f64::from(seconds), 5.0, 300.0, &path.field("kind"));
                InjectKind::HotCall(seconds)
            }
        };
        let seat = inject
            .seat
            .as_ref()
            .and_then(|seat| self.lookup(seat, &known.seats, &path.field("seat")))
            .unwrap_or(0);
        let when = self.when(inject.when.as_ref(), &path.field("when"), known);
        let place = match &inject.place {
            None => PlaceRef::City,
            Some(place) => self.place(place, &path.field("place"), known),
        };
        for (words, field) in [(&inject.title, "title"), (&inject.body, "body")] {
            let dotted = path.field(field).dotted();
            if words.is_none() && !self.texts.knows(&dotted) {
                self.required(field, path);
            }
        }
        let mut words = InjectWords {
            title: self.phrase(
                inject.title.as_ref(),
                &path.field("title"),
                super::texts::TITLE,
            ),
            body: self.phrase(
                inject.body.as_ref(),
                &path.field("body"),
                super::texts::BODY,
            ),
            options: Vec::new(),
            tags: inject.tags.clone().unwrap_or_default(),
            variants: Vec::new(),
            major: inject.severity == Some(SeverityFile::Major),
        };
        let variants = self.variants(inject.variants.as_ref(), path, &mut words.variants);
        let behind = if variants.is_empty() {
            self.variants_of_arc(id)
        } else {
            variants
                .iter()
                .map(|variant| variant.id.as_str().to_owned())
                .collect()
        };
        let given = inject
            .options
            .as_ref()
            .map(|items| items.0.as_slice())
            .unwrap_or_default();
        let list = path.field("options");
        if given.is_empty() {
            self.report(Code::NoOptions, &list);
        }
        self.cap(&list, given.len(), MAX_OPTIONS);
        let mut options = Vec::new();
        for (at, option) in given.iter().take(MAX_OPTIONS).enumerate() {
            let (id, path) = self.id_of(option.id.as_deref(), &list, at);
            let (option, said) = self.option(option, id, &path, &behind, known);
            options.push(option);
            words.options.push(said);
        }
        let silence = match &inject.silence {
            None => options.len().saturating_sub(1),
            Some(silence) => {
                let ids: Vec<&str> = options.iter().map(|option| option.id.as_str()).collect();
                self.lookup(silence, &ids, &path.field("silence"))
                    .unwrap_or(0)
            }
        };
        self.does_nothing(&options, silence, &list);
        let inject = Inject {
            id: Id::from(id),
            kind,
            seat: SeatIx::from_position(seat),
            when,
            place,
            options,
            silence: silence as u16,
            variants,
        };
        (inject, words)
    }

    /// An answer that changes nothing, unless it is the one that stands for doing nothing.
    fn does_nothing(&mut self, options: &[Choice], silence: usize, list: &Path) {
        let any = options.iter().any(|option| !option.effects.is_empty());
        for (at, option) in options.iter().enumerate() {
            if option.effects.is_empty() && (at != silence || !any) {
                let path = list.id(option.id.as_str());
                self.report(Code::NoEffect, &path).slot("id", &option.id);
            }
        }
    }

    fn option(
        &mut self,
        option: &'a OptionFile,
        id: &str,
        path: &Path,
        behind: &[String],
        known: &Known,
    ) -> (Choice, OptionWords) {
        let label = path.field("label");
        if option.label.is_none() && !self.texts.knows(&label.dotted()) {
            self.required("label", path);
        }
        let mut words = OptionWords {
            label: self.phrase(option.label.as_ref(), &label, super::texts::LABEL),
            voices: Vec::new(),
            after: self.phrase(
                option.after.as_ref(),
                &path.field("after"),
                super::texts::AFTER,
            ),
            teaches: self.phrase(
                option.teaches.as_ref(),
                &path.field("teaches"),
                super::texts::PROSE,
            ),
            temptation: option.temptation.unwrap_or_default(),
        };
        let voices = option.voices.iter().flatten();
        // More voices than there can be desks name one that is not there.
        for (seat, said) in voices.take(MAX_ITEMS + 1) {
            let path = path.field("voices").key(seat);
            let seat = self.lookup(seat, &known.seats, &path);
            let said = self.phrase(Some(said), &path, super::texts::VOICE);
            words
                .voices
                .extend(seat.map(|seat| (SeatIx::from_position(seat), said)));
        }
        let cost = self.number(
            option.cost.unwrap_or(0.0),
            0.0,
            MOST_FUNDS,
            &path.field("cost"),
        );
        let goodwill = option.goodwill.unwrap_or(0.0);
        let goodwill = self.number(goodwill, 0.0, MOST_POINTS, &path.field("goodwill"));
        let (mut effects, mut rolls) = (Vec::new(), 0);
        let list = path.field("effects");
        let given = option.effects.as_deref().unwrap_or_default();
        self.effects(
            given,
            &Frame::default(),
            &list,
            known,
            (&mut rolls, &mut effects),
        );
        for (name, given) in option.in_variant.iter().flatten() {
            let list = path.field("in_variant").key(name);
            let names: Vec<&str> = behind.iter().map(String::as_str).collect();
            let Some(variant) = self.lookup(name, &names, &list) else {
                continue;
            };
            let frame = Frame {
                variant: Some(variant as u8),
                ..Frame::default()
            };
            self.effects(given, &frame, &list, known, (&mut rolls, &mut effects));
        }
        if rolls > DRAWS {
            self.report(Code::TooMany, path)
                .slot("what", "Chance")
                .slot("limit", DRAWS);
        }
        let choice = Choice {
            id: Id::from(id),
            cost: Cents::from_f64(cost),
            goodwill: Micro::from_f64(goodwill),
            analysts: option.analysts.unwrap_or_default(),
            effects,
        };
        (choice, words)
    }

    /// Effects in a list; `rolls` counts the chances of the answer.
    fn effects(
        &mut self,
        given: &[EffectFile],
        frame: &Frame,
        path: &Path,
        known: &Known,
        (rolls, out): (&mut usize, &mut Vec<Effect>),
    ) {
        for (at, effect) in given.iter().enumerate() {
            let path = path.at(at);
            let turns = f64::from(self.turns);
            let (inner, list, frame) = match effect {
                EffectFile::Later(later, inner) => {
                    let later = self.number(f64::from(*later), 1.0, turns, &path.at(0)) as u16;
                    let after = frame.after.saturating_add(later);
                    let frame = Frame {
                        after,
                        ..frame.clone()
                    };
                    (inner, path.at(1), frame)
                }
                EffectFile::At(place, inner) => {
                    let place = Some(self.place(place, &path.at(0), known));
                    let frame = Frame {
                        place,
                        ..frame.clone()
                    };
                    (inner, path.at(1), frame)
                }
                EffectFile::Chance(chance, inner) => {
                    if !(0.0..=1.0).contains(chance) {
                        self.report(Code::NotAChance, &path.at(0))
                            .slot("value", *chance);
                    }
                    let mut frame = frame.clone();
                    frame.odds.push(Odds {
                        roll: (*rolls).min(DRAWS - 1) as u8,
                        chance: *chance,
                    });
                    *rolls += 1;
                    (inner, path.at(1), frame)
                }
                single => {
                    if let Some(what) = self.what(single, &path, known) {
                        out.push(Effect {
                            after: frame.after,
                            place: frame.place,
                            what,
                            variant: frame.variant,
                            odds: frame.odds.clone(),
                        });
                    }
                    continue;
                }
            };
            self.effects(inner, &frame, &list, known, (&mut *rolls, &mut *out));
        }
    }

    /// A single effect; nothing where it speaks of what is not there.
    fn what(&mut self, effect: &EffectFile, path: &Path, known: &Known) -> Option<What> {
        Some(match effect {
            EffectFile::Trust { points } => What::Trust(self.point_change(*points, path)),
            EffectFile::FeelSafe { points } => What::FeelSafe(self.point_change(*points, path)),
            EffectFile::Wrong { points } => What::Wrong(self.point_change(*points, path)),
            EffectFile::Goodwill { points } => What::Goodwill(self.point_change(*points, path)),
            EffectFile::Pressure { domain, points } => {
                let points = self.point_change(*points, path);
                What::Pressure(self.domain(domain, &path.field("domain"), known)?, points)
            }
            EffectFile::Misconduct { points } => {
                let path = path.field("points");
                What::Misconduct(self.number(*points, 0.0, MOST_POINTS, &path))
            }
            EffectFile::Funds { amount } => {
                let path = path.field("amount");
                let amount = self.number(*amount, -MOST_FUNDS, MOST_FUNDS, &path);
                What::Funds(Cents::from_f64(amount))
            }
            EffectFile::Offences {
                family,
                factor,
                turns: lasting,
            } => {
                let family = family
                    .as_ref()
                    .and_then(|family| self.lookup(family, &known.families, &path.field("family")));
                let (lasting, turns) = (f64::from(lasting.unwrap_or(1)), f64::from(self.turns));
                What::Offences {
                    family: family.map(FamilyIx::from_position),
                    factor: self.number(*factor, 0.05, 20.0, &path.field("factor")),
                    turns: self.number(lasting, 1.0, turns, &path.field("turns")) as u16,
                }
            }
            EffectFile::Survey => What::Survey,
            EffectFile::Later(..) | EffectFile::At(..) | EffectFile::Chance(..) => return None,
        })
    }

    /// A risk domain that is played.
    fn domain(&mut self, id: &str, path: &Path, known: &Known) -> Option<Domain> {
        self.lookup(id, &known.domains, path)?;
        Domain::ALL.into_iter().find(|domain| domain.id() == id)
    }

    fn point_change(&mut self, points: f64, path: &Path) -> f64 {
        self.number(points, -MOST_POINTS, MOST_POINTS, &path.field("points"))
    }

    fn place(&mut self, place: &PlaceFile, path: &Path, known: &Known) -> PlaceRef {
        let mut family = |family: &str| {
            let at = self.lookup(family, &known.families, path).unwrap_or(0);
            FamilyIx::from_position(at)
        };
        match place {
            PlaceFile::City => PlaceRef::City,
            PlaceFile::MostOf(tactic) => PlaceRef::MostOf(*tactic),
            PlaceFile::NextTo(tactic, name) => PlaceRef::NextTo(*tactic, family(name)),
            PlaceFile::MostRecorded(name) => PlaceRef::MostRecorded(family(name)),
            PlaceFile::Precinct(id) => {
                let at = self.lookup(id, &known.precincts, path).unwrap_or(0);
                PlaceRef::Precinct(PrecinctIx::from_position(at))
            }
        }
    }

    pub(super) fn when(&mut self, when: Option<&WhenFile>, path: &Path, known: &Known) -> When {
        let turns = self.turns;
        let when = when.cloned().unwrap_or_default();
        if when.turn.is_some() && (when.first.is_some() || when.last.is_some()) {
            self.report(Code::TwoSpans, &path.field("turn"));
        }
        for (turn, field) in [
            (when.turn, "turn"),
            (when.first, "first"),
            (when.last, "last"),
        ] {
            if let Some(turn) = turn.filter(|turn| *turn == 0 || *turn > turns) {
                self.report(Code::TurnOutside, &path.field(field))
                    .slot("turn", turn)
                    .slot("turns", turns);
            }
        }
        let chance = when.chance.unwrap_or(1.0);
        if !(0.0..=1.0).contains(&chance) {
            self.report(Code::NotAChance, &path.field("chance"))
                .slot("value", chance);
        }
        let condition = match &when.condition {
            None => Condition::Always,
            Some(condition) => self.condition(condition, &path.field("condition"), known),
        };
        When {
            first: when.turn.or(when.first).unwrap_or(1),
            last: when.turn.or(when.last).unwrap_or(turns),
            condition,
            chance,
        }
    }

    fn condition(&mut self, condition: &ConditionFile, path: &Path, known: &Known) -> Condition {
        let mut parts = |parts: &[ConditionFile]| -> Vec<Condition> {
            let list = path.at(0);
            parts
                .iter()
                .enumerate()
                .map(|(at, part)| self.condition(part, &list.at(at), known))
                .collect()
        };
        match condition {
            ConditionFile::Always => Condition::Always,
            ConditionFile::All(inner) => Condition::All(parts(inner)),
            ConditionFile::Any(inner) => Condition::Any(parts(inner)),
            ConditionFile::Not(inner) => {
                Condition::Not(Box::new(self.condition(inner, &path.at(0), known)))
            }
            ConditionFile::Used(tactic) => Condition::Used(*tactic),
            ConditionFile::Chosen(inject, option) => {
                let inject = self.lookup(inject, &known.injects, &path.at(0));
                let option = inject
                    .and_then(|inject| self.lookup(option, &known.options[inject], &path.at(1)));
                let inject = InjectIx::from_position(inject.unwrap_or(0));
                Condition::Chosen(inject, option.unwrap_or(0) as u16)
            }
            ConditionFile::PublishedAtLeast(index, line) => {
                let line = self.number(*line, 0.0, 100.0, &path.at(1));
                Condition::PublishedAtLeast(*index, line)
            }
            ConditionFile::TrueAtLeast(index, line) => {
                let line = self.number(*line, 0.0, 100.0, &path.at(1));
                Condition::TrueAtLeast(*index, line)
            }
            ConditionFile::PressureAtLeast(domain, line)
            | ConditionFile::TruePressureAtLeast(domain, line) => {
                let line = self.number(*line, 0.0, 100.0, &path.at(1));
                match (self.domain(domain, &path.at(0), known), condition) {
                    (None, _) => Condition::Always,
                    (Some(domain), ConditionFile::PressureAtLeast(..)) => {
                        Condition::PressureAtLeast(domain, line)
                    }
                    (Some(domain), _) => Condition::TruePressureAtLeast(domain, line),
                }
            }
            ConditionFile::Built(instrument, setting) => {
                let open: Vec<&str> = known.instruments.iter().map(|i| i.id.as_str()).collect();
                let Some(at) = self.lookup(instrument, &open, &path.at(0)) else {
                    return Condition::Always;
                };
                let settings = &known.instruments[at].settings;
                let settings: Vec<&str> = settings.iter().map(|s| s.id.as_str()).collect();
                let setting = self.lookup(setting, &settings, &path.at(1)).unwrap_or(0);
                Condition::Built(InstrumentIx::from_position(at), setting as u8)
            }
        }
    }
}
