//! What each desk keeps to itself: its notes and its mandate.

use super::cards::Known;
use super::{Check, MAX_INJECTS, MAX_ITEMS, MAX_NOTES};
use crate::rules::id::{FamilyIx, Id, InjectIx, PrecinctIx, SeatIx};
use crate::rules::world::{
    Condition, DeskNote, Desks, Domain, Family, Goal, Hint, Instrument, Layer, Mandate, MandateSet,
    Matter, OpenDomain, Precinct, Quality, Seat, Span, Way,
};
use crate::scenario::code::Code;
use crate::scenario::file::{GoalFile, HintFile, MandateFile};
use crate::scenario::path::Path;
use crate::scenario::resolved::{Names, NoteWords};
use crate::scenario::words::Phrase;

impl Check<'_> {
    pub(super) fn desks(
        &mut self,
        (seats, precincts, families): (&[Seat], &[Precinct], &[Family]),
        open: (&[OpenDomain], &[Instrument]),
        names: &mut Names,
    ) -> Desks {
        let file = self.file;
        let injects = file.injects.as_ref().map_or(&[][..], |items| &items.0);
        let injects = &injects[..injects.len().min(MAX_INJECTS)];
        let known = Known::of(injects, seats, precincts, families, open);
        let notes = self.notes(&known, open.0, names);
        let mandates = self.mandates(&known, families, names);
        let path = Path::of("room_forecast");
        let figure = file.room_forecast.as_ref();
        let figure = figure.and_then(|measure| self.measure(measure, &path, families));
        Desks::new(notes, mandates, figure.map(|(measure, _)| measure))
    }

    fn mandates(
        &mut self,
        known: &Known,
        families: &[Family],
        names: &mut Names,
    ) -> Vec<MandateSet> {
        let file = self.file;
        let list = Path::of("mandates");
        let given = file.mandates.as_ref().map_or(&[][..], |items| &items.0);
        self.cap(&list, given.len(), MAX_ITEMS);
        let mut sets = Vec::new();
        for (at, set) in given.iter().take(MAX_ITEMS).enumerate() {
            let (id, path) = self.id_of(set.id.as_deref(), &list, at);
            let name = self.name(set.name.as_ref(), &path, None, id);
            let (mut mandates, mut words) = (Vec::new(), Vec::new());
            // One more than there can be desks names one that is not there.
            for (seat, mandate) in set.desks.iter().flatten().take(MAX_ITEMS + 1) {
                let path = path.field("desks").key(seat);
                let seat = self.lookup(seat, &known.seats, &path);
                let (text, resolved) = self.mandate(mandate, &path, families);
                if let (Some(seat), Some((goal, guard))) = (seat, resolved) {
                    let seat = SeatIx::from_position(seat);
                    mandates.push(Mandate { seat, goal, guard });
                    words.push(text);
                }
            }
            sets.push(MandateSet {
                id: Id::from(id),
                mandates,
            });
            names.mandates.push((name, words));
        }
        sets
    }

    fn mandate(
        &mut self,
        mandate: &MandateFile,
        path: &Path,
        families: &[Family],
    ) -> (Phrase, Option<(Goal, Option<Goal>)>) {
        let text = path.field("text");
        if mandate.text.is_none() && !self.texts.knows(&text.dotted()) {
            self.required("text", path);
        }
        let words = self.phrase(mandate.text.as_ref(), &text, super::texts::LINE);
        let own = GoalFile {
            measure: mandate.measure.clone(),
            layer: Some(mandate.layer.unwrap_or(Layer::Published)),
            at_least: mandate.at_least,
            at_most: mandate.at_most,
            over: mandate.over,
        };
        let span = mandate.over.unwrap_or(Span::AtEnd);
        let goal = self.goal(&own, span, path, families);
        let guard = (mandate.guard.as_ref())
            .and_then(|guard| self.goal(guard, span, &path.field("guard"), families));
        let on_record = goal.is_some_and(|goal| goal.layer == Layer::Published);
        if on_record && mandate.guard.is_none() {
            self.report(Code::NoGuard, path).slot("id", path);
        }
        (words, goal.map(|goal| (goal, guard)))
    }

    fn notes(&mut self, known: &Known, domains: &[OpenDomain], names: &mut Names) -> Vec<DeskNote> {
        let file = self.file;
        let list = Path::of("desk_notes");
        let given = file.desk_notes.as_ref().map_or(&[][..], |items| &items.0);
        self.cap(&list, given.len(), MAX_NOTES);
        let mut notes = Vec::new();
        for (at, note) in given.iter().take(MAX_NOTES).enumerate() {
            let (id, path) = self.id_of(note.id.as_deref(), &list, at);
            let seat = match note.seat.as_deref() {
                Some(seat) => self.lookup(seat, &known.seats, &path.field("seat")),
                None => {
                    self.required("seat", &path);
                    None
                }
            };
            let text = path.field("text");
            if note.text.is_none() && !self.texts.knows(&text.dotted()) {
                self.required("text", &path);
            }
            names.desk_notes.push(NoteWords {
                text: self.phrase(note.text.as_ref(), &text, super::texts::NOTE),
                source: self.phrase(
                    note.source.as_ref(),
                    &path.field("source"),
                    super::texts::LINE,
                ),
            });
            let when = self.when(note.when.as_ref(), &path.field("when"), known);
            if when.first > when.last || when.chance == 0.0 {
                self.report(Code::NeverHeard, &path.field("when"))
                    .slot("id", id);
            }
            let hint = (note.hint.as_ref())
                .map(|hint| self.hint(hint, &path.field("hint"), known, domains));
            notes.push(DeskNote {
                id: Id::from(id),
                seat: SeatIx::from_position(seat.unwrap_or(0)),
                when,
                hint,
                quality: note.quality.unwrap_or(Quality::Accurate),
                behind: (note.behind.as_ref())
                    .and_then(|behind| self.behind(behind, &path.field("behind"), known)),
            });
        }
        self.quiet_turns(&notes, &list);
        notes
    }

    /// A card that a note comes with or speaks of, and how things stand behind it.
    fn behind(
        &mut self,
        (card, variant): &(String, String),
        path: &Path,
        known: &Known,
    ) -> Option<(InjectIx, u8)> {
        let at = self.lookup(card, &known.injects, path)?;
        let file = self.file.injects.as_ref().and_then(|items| items.0.get(at));
        let own = file.and_then(|inject| inject.variants.as_ref());
        let own = own.map_or(&[][..], |items| &items.0);
        let names: Vec<String> = match own {
            [] => self.variants_of_arc(card),
            own => own.iter().filter_map(|it| it.id.clone()).collect(),
        };
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let variant = self.lookup(variant, &names, path)?;
        Some((InjectIx::from_position(at), variant as u8))
    }

    fn hint(
        &mut self,
        hint: &HintFile,
        path: &Path,
        known: &Known,
        domains: &[OpenDomain],
    ) -> Hint {
        let place = hint
            .place
            .as_deref()
            .and_then(|place| self.lookup(place, &known.precincts, &path.field("place")));
        let matter = hint.about.as_deref().and_then(|about| {
            let played = |domain: &Domain| domains.iter().any(|open| open.domain == *domain);
            let domain = Domain::ALL.into_iter().find(|domain| domain.id() == about);
            if let Some(domain) = domain {
                // A domain that is not played moves nothing, as with the effects of the card.
                return played(&domain).then_some(Matter::Domain(domain));
            }
            let all: Vec<&str> = (known.families.iter().copied())
                .chain(Domain::ALL.map(Domain::id))
                .collect();
            let at = self.lookup(about, &all, &path.field("about"))?;
            Some(Matter::Family(FamilyIx::from_position(at)))
        });
        Hint {
            place: place.map(PrecinctIx::from_position),
            matter,
            way: hint.way.unwrap_or(Way::Up),
            stands: (hint.stands.as_ref())
                .and_then(|stands| self.behind(stands, &path.field("stands"), known)),
        }
    }

    /// A game with notes in which a turn has none: then nobody has anything to tell.
    fn quiet_turns(&mut self, notes: &[DeskNote], path: &Path) {
        if notes.is_empty() {
            return;
        }
        let comes = |note: &DeskNote, turn: u16| match note.when.condition {
            // Nobody can count on one that waits for its card.
            _ if note.behind.is_some() => false,
            Condition::Always if note.when.chance >= 1.0 => note.when.first == turn,
            _ => (note.when.first..=note.when.last).contains(&turn),
        };
        for turn in 1..=self.turns {
            if !notes.iter().any(|note| comes(note, turn)) {
                self.report(Code::QuietTurn, path).slot("turn", turn);
            }
        }
    }
}
