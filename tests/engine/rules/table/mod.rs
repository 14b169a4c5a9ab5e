//! The table: what each desk knows, says and promises, and who sees it.

pub mod anybody;
mod asks;
mod forecast;
mod handover;
mod mandates;
mod notes;
mod pins;
mod residents;
mod routine;
mod standing;

use commonwatch::rules::command::apply;
use commonwatch::rules::{Action, Id, Ledger, Refusal, State, Table, View, World, view};
use commonwatch::scenario::{Report, Source, load};
use std::sync::Arc;

/// A small city with eight desks that have something to tell each other.
fn scenario(institution: &str, table: &str) -> Result<World, Report> {
    let text = include_str!("../../fixtures/institution.ron")
        .replace("\"INSTITUTION\": ()", institution)
        .replace("\"DOMAINS\": 0.0", "")
        .replace("    allow: [],\n", table);
    load(&Source::text("scenario.ron", &text)).map(|loaded| World::clone(&loaded.scenario.world))
}

const TABLE: &str = include_str!("../../fixtures/table.ron");

fn city_with(institution: &str, table: &str) -> Arc<World> {
    let world = scenario(institution, table);
    Arc::new(world.unwrap_or_else(|report| panic!("{:#?}", report.diagnostics)))
}

fn city() -> Arc<World> {
    city_with("\"one-map\": ()", TABLE)
}

/// A game in which each desk commands its own.
struct Room {
    state: State,
    book: Ledger,
}

impl Room {
    fn at(world: &Arc<World>, seed: u32) -> Self {
        let mut room = Self {
            state: State::new(Arc::clone(world), seed),
            book: Ledger::keeping(),
        };
        let table = Table::Desks;
        let presets = Vec::new();
        room.does("coordination", Action::SetUp { table, presets });
        room
    }

    fn new() -> Self {
        Self::at(&city(), 5)
    }

    fn try_to(&mut self, seat: &str, action: Action) -> Result<(), Refusal> {
        self.state = apply(&self.state, &Id::from(seat), &action, &mut self.book)?;
        Ok(())
    }

    fn does(&mut self, seat: &str, action: Action) {
        self.try_to(seat, action.clone())
            .unwrap_or_else(|refusal| panic!("{action:?}: {refusal:?}"));
    }

    fn end_turn(&mut self) {
        self.does("coordination", Action::EndTurn);
    }

    fn end_game(&mut self) {
        while !self.state.over() {
            self.end_turn();
        }
    }

    fn sees(&self, seat: &str) -> View<'_> {
        view(&self.state, &Id::from(seat))
    }
}
