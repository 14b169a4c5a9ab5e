//! What is looked at once a game besides the orders: hints, the pages that explain, the ways back.

use super::driver::Step;
use crate::app::table::{Hint, Screen, Table};
use crate::rules::id::PrecinctIx;

/// What stands behind a bar of the why-panel.
pub(super) fn of_the_model() -> [Step; 3] {
    let there = |id: &str| Step::IfThere(id.to_owned());
    [there("model:rule"), Step::Look("model"), there("close")]
}

/// In the second turn: what the words mean, what was ordered, how it stood when the first turn was
/// open, and the question before a step back.
pub(super) fn before_orders(turn: u16) -> Vec<Step> {
    if turn != 2 {
        return Vec::new();
    }
    let press = |id: &str| Step::Press(id.to_owned());
    vec![
        press("menu"),
        press("menu:glossary"),
        Step::Look("glossary"),
        press("close"),
        press("menu"),
        press("menu:history"),
        Step::Look("history"),
        press("history:turn:1"),
        Step::Look("review"),
        press("review:undo"),
        Step::Look("consent"),
        press("consent:no"),
        press("review:now"),
    ]
}

/// The pages of the debrief after its first, as its main button leads through them.
pub(super) fn through_the_debrief(table: &Table) -> Vec<Step> {
    let looks = table.opened.pages.iter().skip(1).flat_map(|page| {
        let onward = Step::Press("debrief:onward".to_owned());
        [onward, Step::Look(page.picture())]
    });
    looks.collect()
}

/// The hints of a first turn up to its first order. The team stays in the hand, from where the orders
/// take it.
pub(super) fn hints_before_orders(table: &Table) -> Vec<Step> {
    let first = table.kinds().first().copied();
    let led = table.hint(Screen::Command) == Some(Hint::Team);
    let Some(kind) = first.filter(|_| led) else {
        return Vec::new();
    };
    let id = &table.scenario.world.kinds[kind.at()].id;
    let take = Step::Press(format!("take:{id}"));
    vec![Step::Look("hint-team"), take, Step::Look("hint-place")]
}

/// The hint of a first turn after its orders, and what it asks for: a look at a place where nobody
/// was sent.
pub(super) fn hints_after_orders(table: &Table, sent: &[PrecinctIx]) -> Vec<Step> {
    let led = table.hint(Screen::Command) == Some(Hint::Team);
    let places = 0..table.scenario.world.precincts.len();
    let mut empty = places.filter(|at| !sent.contains(&PrecinctIx::from_position(*at)));
    match empty.next().filter(|_| led && !sent.is_empty()) {
        None => Vec::new(),
        // Where the map's place is taken by what is known, that is opened with a button.
        Some(at) => vec![
            Step::Look("hint-look"),
            Step::Place(at),
            Step::IfThere("panel".to_owned()),
        ],
    }
}
