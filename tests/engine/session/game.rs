//! A whole game as a script, and what stays the same when a game is opened again.

use crate::support::small_world;
use commonwatch::rules::world::Tactic;
use commonwatch::rules::{Action, Digest, Id, Table};
use commonwatch::session::{
    ActError, Consent, Mark, MemoryStore, Notice, Opening, Session, Setting, Store, TimeError, open,
};

/// One thing that people at the table do.
#[derive(Clone, Debug)]
pub enum Step {
    Act(&'static str, Action),
    Undo(&'static str, Consent),
    Redo(&'static str),
    Jump(u32, &'static str),
    Fork(u32, &'static str),
    Mark(Mark),
}

impl Step {
    /// Does it.
    pub fn run<S: Store>(&self, session: &mut Session<S>) -> Result<(), TimeError> {
        match self {
            Self::Act(seat, action) => session.act(&id(seat), action).map_err(TimeError::Act),
            Self::Undo(seat, consent) => session.undo(&id(seat), *consent),
            Self::Redo(seat) => session.redo(&id(seat)),
            Self::Jump(n, by) => session.jump(*n, &id(by), Consent::Given),
            Self::Fork(n, by) => session.fork(*n, &id(by), Consent::Given),
            Self::Mark(mark) => session.mark(mark.clone()).map_err(TimeError::Act),
        }
    }

    /// Whether it takes force with its first line rather than with its last.
    pub fn ends_turn(&self) -> bool {
        matches!(self, Self::Act(_, Action::EndTurn))
    }
}

pub fn id(name: &str) -> Id {
    Id::from(name)
}

pub fn setting() -> Setting {
    Setting::new(small_world(), Digest(7))
}

pub fn assign(unit: &str, to: &str, tactic: Tactic) -> Action {
    Action::Assign {
        unit: id(unit),
        to: id(to),
        tactic,
    }
}

pub fn withdraw(unit: &str) -> Action {
    Action::Withdraw { unit: id(unit) }
}

pub fn set_up(table: Table) -> Action {
    Action::SetUp {
        table,
        presets: Vec::new(),
    }
}

/// A game at a table where each desk commands its own units: six turns, with orders taken back and
/// put back in and between turns, another line of play, and marks of every kind.
pub fn whole_game() -> Vec<Step> {
    use Step::{Act, Fork, Jump, Redo, Undo};
    use Tactic::{HotSpot, Mediation, Outreach, Visible};
    const STREET: &str = "street";
    const COMMUNITY: &str = "community";
    let answer = |inject: &str, option: &str| Action::Answer {
        inject: id(inject),
        option: id(option),
    };
    vec![
        Act(STREET, set_up(Table::Desks)),
        Step::Mark(Mark::Name {
            seat: id(STREET),
            name: "Zoë \"Z\" 王\n".to_owned(),
        }),
        Act(STREET, assign("foot-1", "north-west", HotSpot)),
        Act(COMMUNITY, assign("officer", "south-west", Outreach)),
        Undo(STREET, Consent::NotGiven),
        Redo(STREET),
        Undo(STREET, Consent::NotGiven),
        Act(COMMUNITY, assign("officer", "north-west", Outreach)),
        Redo(STREET),
        Step::Mark(Mark::Forecast {
            seat: id(STREET),
            figure: "street-theft".to_owned(),
            low: 100,
            high: 140,
        }),
        Act(STREET, Action::EndTurn),
        Act(COMMUNITY, answer("survey-offer", "ask")),
        Act(STREET, withdraw("foot-2")),
        Act(COMMUNITY, Action::EndTurn),
        Undo(COMMUNITY, Consent::Given),
        Redo(COMMUNITY),
        Act(COMMUNITY, assign("mediator", "south-east", Mediation)),
        Step::Mark(Mark::Note {
            seat: id(COMMUNITY),
            text: "Ask again in June.".to_owned(),
        }),
        Act(STREET, Action::EndTurn),
        Fork(2, STREET),
        Act(COMMUNITY, assign("officer", "south-east", Outreach)),
        Act(COMMUNITY, Action::EndTurn),
        Jump(13, STREET),
        Act(STREET, assign("foot-2", "south-east", Visible)),
        Act(STREET, Action::EndTurn),
        Step::Mark(Mark::Readiness {
            seat: id(STREET),
            ready: true,
        }),
        Step::Mark(Mark::WallClock {
            unix: 1_795_000_000,
        }),
        Act(STREET, Action::EndTurn),
        Act(COMMUNITY, Action::EndTurn),
        Step::Mark(Mark::Reflection {
            question: id("what-surprised-you"),
            text: "记录少了,事情没有少。".to_owned(),
        }),
    ]
}

/// What a game is, for those who play it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Print {
    pub acts: Vec<(Id, Action)>,
    pub marks: Vec<Mark>,
    pub turn: u16,
    pub digest: Digest,
    pub can_redo: [bool; 2],
}

pub fn print<S: Store>(session: &Session<S>) -> Print {
    Print {
        acts: session
            .history()
            .iter()
            .map(|a| (a.seat.clone(), a.action.clone()))
            .collect(),
        marks: session
            .journal()
            .marks()
            .iter()
            .map(|marked| marked.mark.clone())
            .collect(),
        turn: session.state().turn(),
        digest: session.state().digest(),
        can_redo: ["street", "community"].map(|seat| session.can_redo(&id(seat))),
    }
}

/// A new game in memory.
pub fn new_game() -> Session<MemoryStore> {
    Session::create(MemoryStore::default(), &setting(), 21).expect("memory takes everything")
}

/// The whole game, played in memory.
pub fn played() -> Session<MemoryStore> {
    let mut session = new_game();
    for (at, step) in whole_game().iter().enumerate() {
        step.run(&mut session)
            .unwrap_or_else(|error| panic!("step {at}, {step:?}: {error}"));
    }
    session
}

/// Opens a log that can be played.
pub fn open_game(log: &[u8]) -> (Session<MemoryStore>, Vec<Notice>) {
    match open(MemoryStore::holding(log), &setting()) {
        Ok(Opening::Game { session, notices }) => (*session, notices),
        other => panic!("the game does not open: {other:?}"),
    }
}

pub fn refusal_id(result: Result<(), ActError>) -> &'static str {
    match result {
        Err(ActError::Refused(refusal)) => refusal.id(),
        other => panic!("not refused: {other:?}"),
    }
}
