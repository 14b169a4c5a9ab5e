//! Injects together: arcs, how things may stand behind them, and whether each can come.

use super::{Check, MAX_ITEMS};
use crate::rules::id::{Id, InjectIx};
use crate::rules::world::{Condition, Inject, Strand, Unit, UnitKind, Variant};
use crate::scenario::code::Code;
use crate::scenario::file::{Items, VariantFile};
use crate::scenario::path::Path;
use crate::scenario::resolved::Names;
use crate::scenario::words::Phrase;

/// In how many ways things may stand behind a card.
const MAX_VARIANTS: usize = 8;

impl<'a> Check<'a> {
    /// The arcs of the scenario, and how many of them are in a game.
    pub(super) fn arcs(&mut self, injects: &[Inject], names: &mut Names) -> (Vec<Strand>, u16) {
        let list = Path::of("arcs");
        let file = self.file;
        let given = file.arcs.as_ref().map_or(&[][..], |items| &items.0);
        self.cap(&list, given.len(), MAX_ITEMS);
        let known: Vec<&str> = injects.iter().map(|inject| inject.id.as_str()).collect();
        let mut taken = vec![false; injects.len()];
        let mut arcs = Vec::new();
        for (at, arc) in given.iter().take(MAX_ITEMS).enumerate() {
            let (id, path) = self.id_of(arc.id.as_deref(), &list, at);
            let name = self.phrase(arc.name.as_ref(), &path.field("name"), super::texts::NAME);
            let mut told = Vec::new();
            let variants = self.variants(arc.variants.as_ref(), &path, &mut told);
            let cards_path = path.field("cards");
            let listed = arc.cards.as_deref().unwrap_or_default();
            self.cap(&cards_path, listed.len(), MAX_ITEMS);
            let mut cards = Vec::new();
            for (at, card) in listed.iter().take(MAX_ITEMS).enumerate() {
                let path = cards_path.at(at);
                let Some(card) = self.lookup(card, &known, &path) else {
                    continue;
                };
                if std::mem::replace(&mut taken[card], true) {
                    self.report(Code::InTwoArcs, &path).slot("id", known[card]);
                }
                cards.push(InjectIx::from_position(card));
            }
            names.arcs.push((name, told));
            arcs.push(Strand {
                id: Id::from(id),
                cards,
                variants,
            });
        }
        let most = arcs.len() as u16;
        let drawn = f64::from(file.arcs_drawn.unwrap_or(most));
        let drawn = self.number(drawn, 0.0, f64::from(most), &Path::of("arcs_drawn"));
        (arcs, drawn as u16)
    }

    /// The most injects that come in one turn.
    pub(super) fn cards_a_month(&mut self) -> Option<u16> {
        let most = self.file.cards_a_month?;
        let path = Path::of("cards_a_month");
        Some(self.number(f64::from(most), 1.0, 300.0, &path) as u16)
    }

    /// How things may stand behind a card or an arc.
    pub(super) fn variants(
        &mut self,
        given: Option<&'a Items<VariantFile>>,
        path: &Path,
        told: &mut Vec<Phrase>,
    ) -> Vec<Variant> {
        let list = path.field("variants");
        let given = given.map_or(&[][..], |items| &items.0);
        self.cap(&list, given.len(), MAX_VARIANTS);
        let mut variants = Vec::new();
        for (at, variant) in given.iter().take(MAX_VARIANTS).enumerate() {
            let (id, path) = self.id_of(variant.id.as_deref(), &list, at);
            let weight = variant.weight.unwrap_or(1.0);
            let weight = self.number(weight, 0.001, 1_000.0, &path.field("weight"));
            let field = path.field("told");
            told.push(self.phrase(variant.told.as_ref(), &field, super::texts::PROSE));
            variants.push(Variant {
                id: Id::from(id),
                weight,
            });
        }
        variants
    }

    /// The names of the variants of the arc that an inject belongs to.
    pub(super) fn variants_of_arc(&self, inject: &str) -> Vec<String> {
        let arcs = self.file.arcs.iter().flat_map(|items| &items.0);
        arcs.filter(|arc| arc.cards.iter().flatten().any(|card| card == inject))
            .flat_map(|arc| arc.variants.iter().flat_map(|items| &items.0))
            .take(MAX_VARIANTS)
            .map(|variant| variant.id.clone().unwrap_or_default())
            .collect()
    }

    /// Injects that no play of the game brings to the table. The earliest turn of each is a least
    /// fixed point, so that cards that wait for each other never come.
    pub(super) fn never_fires(
        &mut self,
        injects: &[Inject],
        arcs: &[Strand],
        (kinds, units): (&[UnitKind], &[Unit]),
    ) {
        let mut earliest: Vec<Option<u16>> = vec![None; injects.len()];
        loop {
            let mut changed = false;
            for (at, inject) in injects.iter().enumerate() {
                if earliest[at].is_none() {
                    let holds = possible(&inject.when.condition, &earliest, kinds, units);
                    let turn = (holds.zip(after(arcs, at, &earliest)))
                        .map(|(turn, after)| turn.max(after).max(inject.when.first));
                    let fits = turn.filter(|turn| *turn <= inject.when.last.min(self.turns));
                    earliest[at] = fits.filter(|_| inject.when.chance > 0.0);
                    changed |= earliest[at].is_some();
                }
            }
            if !changed {
                break;
            }
        }
        for (inject, earliest) in injects.iter().zip(earliest) {
            let path = Path::of("injects").id(inject.id.as_str());
            if earliest.is_none() && !inject.id.as_str().is_empty() {
                self.report(Code::NeverFires, &path.field("when"))
                    .slot("id", &inject.id);
            }
        }
    }
}

/// The first turn in which the card before an inject in its arc can be settled.
fn after(arcs: &[Strand], inject: usize, earliest: &[Option<u16>]) -> Option<u16> {
    let mut turn = 1;
    for arc in arcs {
        let at = arc.cards.iter().position(|card| card.at() == inject);
        if let Some(before) = at.and_then(|at| at.checked_sub(1)) {
            let settled = earliest.get(arc.cards[before].at()).copied().flatten()? + 1;
            turn = turn.max(settled);
        }
    }
    Some(turn)
}

/// The first turn in which a condition can hold.
fn possible(
    condition: &Condition,
    earliest: &[Option<u16>],
    kinds: &[UnitKind],
    units: &[Unit],
) -> Option<u16> {
    let turn = |part: &Condition| possible(part, earliest, kinds, units);
    match condition {
        Condition::Always
        | Condition::PublishedAtLeast(..)
        | Condition::TrueAtLeast(..)
        | Condition::PressureAtLeast(..)
        | Condition::TruePressureAtLeast(..)
        | Condition::Built(..) => Some(1),
        Condition::All(parts) => parts
            .iter()
            .map(turn)
            .collect::<Option<Vec<_>>>()
            .map(|t| t.into_iter().max().unwrap_or(1)),
        Condition::Any(parts) => parts.iter().filter_map(turn).min(),
        Condition::Not(part) => (**part != Condition::Always).then_some(1),
        Condition::Used(tactic) => Check::first_use(kinds, units, *tactic),
        Condition::Chosen(inject, _) => earliest.get(inject.at()).copied().flatten().map(|t| t + 1),
    }
}
