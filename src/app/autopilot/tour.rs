//! What is looked at once a game besides the orders: the pages that explain, and the ways back.

use super::driver::Step;
use crate::app::table::Table;

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
    let looks = table.debrief_pages().into_iter().skip(1).flat_map(|page| {
        let onward = Step::Press("debrief:onward".to_owned());
        [onward, Step::Look(page.picture())]
    });
    looks.collect()
}
