//! Golden playthroughs: one whole game of a scenario as lines a person can read.
//!
//! A digest tells that something has changed; a playthrough tells what. Its lines are names of the
//! scenario and rounded figures, without words of any language, so that a difference between two of
//! them reads as a change of the rules: which order, which card, which figure, which cause.

use super::game::{Game, Refused};
use super::lineup::{Lineup, owner};
use crate::rules::id::InjectIx;
use crate::rules::ledger::Account;
use crate::rules::means::InjectState;
use crate::rules::state::Summary;
use crate::rules::table::{Became, Kept};
use crate::rules::{Action, Amount, Index, Micro, Rule, State, World, view};
use crate::session::opening::Setting;
use crate::session::{Act, MemoryStore, Session};
use std::collections::BTreeMap;

/// Causes that move a figure by less than this in a turn stay out of the lines: the screens show
/// tenths.
const SHOWN: i64 = 50_000;

/// A game of these hands, told turn by turn: what was ordered, what lay on the table, what came on
/// record and what happened, the six figures published and true, and what moved Safety and Trust;
/// at the end objectives, mandates, promises, what stood behind the cards, and the digest.
///
/// # Errors
///
/// An order of a plan is refused.
pub fn playthrough(setting: &Setting, lineup: &Lineup, seed: u32) -> Result<String, Box<Refused>> {
    let game = Game::logged(setting, seed)?.finish(lineup)?;
    let mut lines = format!("seed {seed}, {}\n", lineup.name());
    if let Some(session) = game.into_session() {
        tell(*session, &mut lines);
    }
    Ok(lines)
}

fn tell(mut session: Session<MemoryStore>, lines: &mut String) {
    let acts: Vec<Act> = session.history().into_iter().cloned().collect();
    let turns = session.state().world().turns;
    for turn in 1..=turns {
        let opened = session.seek(turn);
        let entries = session.true_ledger(turn).unwrap_or_default();
        let of_turn = || acts.iter().filter(|act| act.turn == turn);
        line(lines, format_args!("\nturn {turn}"));
        if let Ok(state) = opened {
            table(lines, &state, turn);
        }
        for act in of_turn() {
            if let Some(order) = order(&act.action) {
                line(lines, format_args!("  {}: {order}", act.seat));
            }
        }
        let world = session.state().world();
        if let Some(played) = of_turn().find_map(|act| act.played.as_ref()) {
            figures(lines, world, &played.summary);
        }
        for index in [Index::Safety, Index::Trust] {
            let mut causes: BTreeMap<Rule, i64> = BTreeMap::new();
            for entry in &entries {
                if entry.account == Account::Index(index) {
                    *causes.entry(entry.cause.rule).or_default() += entry.amount;
                }
            }
            let shown = causes.iter().filter(|(_, amount)| amount.abs() >= SHOWN);
            let shown: Vec<String> = shown
                .map(|(rule, amount)| format!("{} {}", rule.id(), signed(*amount)))
                .collect();
            let shown = if shown.is_empty() {
                "nothing much".to_owned()
            } else {
                shown.join(", ")
            };
            line(lines, format_args!("  {} moved by: {shown}", index.id()));
        }
    }
    end(lines, session.state());
}

/// What came on the table when the turn was opened.
fn table(lines: &mut String, state: &State, turn: u16) {
    let world = state.world();
    let view = view(state, &owner(world, &Action::EndTurn));
    let cards: Vec<String> = (view.open_injects())
        .filter(|(_, stands)| stands.fired == Some(turn))
        .map(|(inject, stands)| card(world, inject, stands))
        .collect();
    if !cards.is_empty() {
        line(lines, format_args!("  cards: {}", cards.join(", ")));
    }
    line(lines, format_args!("  funds: {}", view.funds()));
}

/// A card and the place it speaks of.
fn card(world: &World, inject: InjectIx, stands: InjectState) -> String {
    let id = &world.injects[inject.at()].id;
    match stands.place {
        Some(place) => format!("{id} in {}", world.precincts[place.at()].id),
        None => id.to_string(),
    }
}

/// An order as it is written in a log; none for what only sets up or ends a turn.
fn order(action: &Action) -> Option<String> {
    match action {
        Action::SetUp { .. } | Action::EndTurn => None,
        action => ron::to_string(action).ok(),
    }
}

fn figures(lines: &mut String, world: &World, summary: &Summary) {
    let counts = |counts: &[u32]| {
        let named = world.families.iter().zip(counts);
        let named: Vec<String> = named
            .map(|(it, count)| format!("{} {count}", it.id))
            .collect();
        named.join(", ")
    };
    let points = |points: &[i64]| {
        let named = Index::ALL.iter().zip(points);
        let named: Vec<String> = named
            .map(|(index, amount)| format!("{} {}", index.id(), Micro(*amount)))
            .collect();
        named.join(", ")
    };
    line(
        lines,
        format_args!("  on record: {}", counts(&summary.recorded)),
    );
    line(
        lines,
        format_args!("  happened: {}", counts(&summary.happened)),
    );
    line(
        lines,
        format_args!("  published: {}", points(&summary.published)),
    );
    line(lines, format_args!("  true: {}", points(&summary.truth)));
}

fn end(lines: &mut String, state: &State) {
    let Some(debrief) = state.debrief() else {
        return;
    };
    let world = state.world();
    line(lines, format_args!("\nend"));
    for (objective, outcome) in world.objectives.iter().zip(&debrief.outcomes) {
        let last = outcome.values.last().copied().unwrap_or_default();
        let met = if outcome.met { "met" } else { "not met" };
        let last = Micro::from_f64(last);
        line(lines, format_args!("  {}: {met}, {last}", objective.id));
    }
    for told in &debrief.mandates {
        let became = match told.became {
            Became::Met => "met",
            Became::Failed => "not met",
            Became::Released => "released",
        };
        let desk = &world.seats[told.mandate.seat.at()].id;
        line(lines, format_args!("  mandate of {desk}: {became}"));
    }
    let kept = |is: fn(&Kept) -> bool| debrief.promises.iter().filter(|it| is(&it.kept)).count();
    if !debrief.promises.is_empty() {
        line(
            lines,
            format_args!(
                "  promises: {} kept, {} broken",
                kept(|it| matches!(it, Kept::Kept(_))),
                kept(|it| matches!(it, Kept::Broken))
            ),
        );
    }
    let view = view(state, &owner(world, &Action::EndTurn));
    for (inject, stands) in view.settled_injects() {
        let told = card(world, inject, stands);
        let options = &world.injects[inject.at()].options;
        let answer = stands.answer.and_then(|it| options.get(usize::from(it)));
        let answer = answer.map_or("no answer", |it| it.id.as_str());
        let variant = debrief.variants.get(inject.at()).copied();
        let behind = variant.and_then(|it| world.variants(inject).get(usize::from(it)));
        let behind = behind.map_or("as it seemed", |it| it.id.as_str());
        line(
            lines,
            format_args!("  {told}: {answer}; behind it: {behind}"),
        );
    }
    if let Some(left) = state.handover() {
        let named = Index::ALL.iter().zip(&left.indices);
        let named: Vec<String> = named
            .map(|(index, it)| format!("{} {it}", index.id()))
            .collect();
        line(
            lines,
            format_args!("  three months later: {}", named.join(", ")),
        );
    }
    line(lines, format_args!("  {}", state.digest()));
}

/// Points with their sign, in tenths.
fn signed(amount: i64) -> String {
    let shown = Micro(amount).to_string();
    if amount > 0 {
        format!("+{shown}")
    } else {
        shown
    }
}

fn line(lines: &mut String, what: std::fmt::Arguments<'_>) {
    *lines += &format!("{what}\n");
}
