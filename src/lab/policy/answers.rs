//! Answers to cards, as a balanced table gives them.
//!
//! Most follow a rule that a player could read off the table. Behind some cards things may stand in
//! several ways, and people who know which can tell from the words where an answer would lead. No
//! program reads words: in their place stands the measure that an author is checked by, taken over
//! the ways in which things may stand, each as likely as a desk has reason to think. A desk that has
//! heard nothing goes by how common each is.

use super::desk_work::{kept, usable};
use super::{Hand, Paper};
use crate::rules::id::InjectIx;
use crate::rules::world::Choice;
use crate::rules::worth::Yardstick;
use crate::rules::{Action, View};

/// How often a note that says how things stand is taken to be right: all but the wrong and the
/// half-told ones.
const RIGHT: f64 = 0.8;

/// Answers the cards as far as the reserve allows.
pub(super) fn answer(view: &View, hand: &Hand, paper: &mut Paper) {
    let world = view.world();
    let open: Vec<InjectIx> = view
        .open_injects()
        .filter(|(index, state)| {
            state.answer.is_none() && hand.commands(world.injects[index.at()].seat)
        })
        .map(|(index, _)| index)
        .collect();
    let yardstick = (open.iter())
        .any(|index| !world.variants(*index).is_empty())
        .then(|| Yardstick::new(world));
    for index in open {
        let inject = &world.injects[index.at()];
        let chances = chances(view, hand, index);
        let mut wanted = match &yardstick {
            Some(yardstick) if !chances.is_empty() => foreseen(yardstick, view, index, &chances),
            _ => asked_most(view, index),
        };
        for choice in wanted.drain(..) {
            let action = Action::Answer {
                inject: inject.id.clone(),
                option: choice.id.clone(),
            };
            if paper.give_keeping(action, kept(view)) {
                break;
            }
        }
    }
}

/// The answers of a card, those first that ask most of the table, because what is asked for is what
/// somebody does. Silence is an answer only where nothing else can be paid.
fn asked_most<'a>(view: &View<'a>, index: InjectIx) -> Vec<&'a Choice> {
    let inject = &view.world().injects[index.at()];
    let options = inject.options.iter().enumerate();
    let mut active: Vec<&Choice> = options
        .filter(|(at, _)| *at != usize::from(inject.silence))
        .map(|(_, choice)| choice)
        .collect();
    // The sort is stable: of two that ask the same, the first on the card.
    active.sort_by_key(|choice| std::cmp::Reverse((choice.cost, choice.goodwill, choice.analysts)));
    active
}

/// The answers of a card, those first that lead furthest in the five indices together, where things
/// stand in each way with these chances.
fn foreseen<'a>(
    yardstick: &Yardstick,
    view: &View<'a>,
    index: InjectIx,
    chances: &[f64],
) -> Vec<&'a Choice> {
    let options = view.world().injects[index.at()].options.iter();
    let mut judged: Vec<(f64, &Choice)> = options
        .map(|choice| {
            let points = (0..).zip(chances).map(|(variant, chance)| {
                let worth = yardstick.worth(index, choice, variant);
                chance * (worth.safety + worth.trust + worth.equity / 2.0 + worth.rights)
            });
            (points.sum(), choice)
        })
        .collect();
    judged.sort_by(|a, b| b.0.total_cmp(&a.0));
    judged.into_iter().map(|(_, choice)| choice).collect()
}

/// How likely each way is in which things may stand behind a card, by how common it is and by the
/// notes that its desk may use; none where all is as it seems.
fn chances(view: &View, hand: &Hand, index: InjectIx) -> Vec<f64> {
    let world = view.world();
    let variants = world.variants(index);
    let mut chances: Vec<f64> = variants.iter().map(|variant| variant.weight).collect();
    let others = variants.len().saturating_sub(1).max(1) as f64;
    for note in usable(view, hand, world.injects[index.at()].seat) {
        let Some((card, named)) = note.hint.and_then(|hint| hint.stands) else {
            continue;
        };
        if card != index && !world.share_a_truth(card, index) {
            continue;
        }
        for (at, chance) in chances.iter_mut().enumerate() {
            *chance *= match at == usize::from(named) {
                true => RIGHT,
                false => (1.0 - RIGHT) / others,
            };
        }
    }
    let sum: f64 = chances.iter().sum();
    chances.iter().map(|chance| chance / sum).collect()
}
