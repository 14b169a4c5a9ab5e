//! The laptop handed from desk to desk: a year of Pearl Bay by keys alone, each desk its own orders.

use crate::support::built_in;
use bevy::prelude::KeyCode;
use commonwatch::app::autopilot::stage::Stage;
use commonwatch::app::{Options, Screen, Settings};
use commonwatch::rules::{Action, Id, World};
use commonwatch::session::folders::Folders;
use commonwatch::session::{Setting, verify};
use commonwatch::text::Lang;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

/// A page of the desk in hand, by the key that opens it.
#[derive(Clone, Copy)]
enum Page {
    Orders,
    Tools,
    Notes,
    Talk,
    Standing,
}

/// What a desk can do with its turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    /// A team from the tray is put on the map.
    Team,
    /// A suggestion is taken.
    Offer,
    /// Something is set with one of its tools.
    Tool,
    /// Another desk is asked for a word.
    Ask,
    /// A note is pinned.
    Pin,
    /// The room's forecast is said.
    Forecast,
    /// Its standing order is looked at and kept.
    Posture,
    /// The residents' seat puts a question.
    Question,
}

/// Those of a desk, in the order in which they are tried, from another one every turn.
const WAYS: [Way; 7] = [
    Way::Team,
    Way::Tool,
    Way::Ask,
    Way::Offer,
    Way::Pin,
    Way::Forecast,
    Way::Posture,
];

/// The laptop, and those who sit round it.
struct Room {
    stage: Stage,
    world: Arc<World>,
    turn: u16,
}

impl Room {
    fn open(folder: &Path) -> Self {
        let scenario = built_in("pearl-bay");
        let options = Options {
            scenario: Arc::clone(&scenario),
            lang: Some(Lang::En),
            system_lang: Lang::En,
            size: (1280, 800),
            seed: 7,
            data_dir: Some(folder.to_owned()),
            autopilot: None,
        };
        let still = Settings {
            motion: false,
            ..Settings::default()
        };
        Self {
            stage: Stage::open_as(options, still),
            world: Arc::clone(&scenario.world),
            turn: 1,
        }
    }

    fn tap(&mut self, code: KeyCode) {
        self.stage.key(code, "", false, false);
    }

    fn enter(&mut self) {
        self.stage.key(KeyCode::Enter, "\r", false, false);
    }

    fn open_page(&mut self, page: Page) {
        let keys = [
            KeyCode::Digit1,
            KeyCode::Digit2,
            KeyCode::Digit3,
            KeyCode::Digit4,
            KeyCode::Digit5,
        ];
        self.stage.key(keys[page as usize], "", false, true);
    }

    /// Steps to a control and presses it.
    fn press(&mut self, id: &str) {
        let (turn, names) = (self.turn, self.stage.names());
        let reached = self.stage.press_by_keys(id);
        assert!(reached, "turn {turn}: no key leads to {id}: {names:?}");
    }

    fn is_there(&self, id: &str) -> bool {
        self.stage.says(id).is_some()
    }

    /// What is on the screen under such a name.
    fn named(&self, start: &str) -> Vec<String> {
        let mut names = self.stage.names();
        names.retain(|id| id.starts_with(start));
        names
    }

    /// How many orders a desk has given in this turn, with its own hands.
    fn orders_of(&self, desk: &Id) -> usize {
        let given = self.stage.given();
        let own = |act: &&commonwatch::session::Act| {
            let by_hand = !matches!(
                act.action,
                Action::SetUp { .. } | Action::Standing { .. } | Action::Close | Action::EndTurn
            );
            by_hand && act.turn == self.turn && act.seat == *desk
        };
        given.iter().filter(own).count()
    }

    /// From the title to the first month: each desk its own orders, covered in between.
    fn set_up(&mut self) {
        self.press("browse");
        let exercises = self.named("exercise:");
        let exercise = exercises.iter().find(|id| id.ends_with(":pearl-bay"));
        let exercise = exercise.expect("the exercise");
        for _ in &exercises {
            if self.stage.chosen(exercise) != Some(true) {
                self.tap(KeyCode::ArrowRight);
            }
        }
        self.press("set-up");
        self.press("command:desks");
        assert_eq!(self.stage.chosen("privacy:covered"), Some(true));
        self.press("controls:open");
        self.press("start");
        self.enter();
    }

    /// Hands the laptop to a desk: nothing of it is within reach before somebody says that they are
    /// there.
    fn hand_to(&mut self, at: usize) {
        let desk = self.world.seats[at].id.clone();
        let name = format!("desk:{desk}");
        if self.stage.chosen(&name) != Some(true) {
            self.tap(KeyCode::BracketRight);
        }
        assert_eq!(self.stage.chosen(&name), Some(true), "turn {}", self.turn);
        assert!(self.is_there("uncover"), "turn {}: {desk}", self.turn);
        if self.turn == 1 {
            for code in [KeyCode::KeyA, KeyCode::KeyR, KeyCode::Digit1] {
                self.tap(code);
            }
            assert!(self.is_there("uncover") && self.orders_of(&desk) == 0);
        }
        self.enter();
        assert!(!self.is_there("uncover"), "turn {}: {desk}", self.turn);
    }

    /// Answers the cards that wait for a desk, each with the first answer that its means allow.
    fn answer_cards(&mut self, desk: &Id) {
        let world = Arc::clone(&self.world);
        let answers = |room: &Self| -> Vec<Id> {
            let given = room.stage.given().into_iter();
            let answers = given.filter_map(|act| match act.action {
                Action::Answer { inject, .. } => Some(inject),
                _ => None,
            });
            answers.collect()
        };
        let own = |name: &String| {
            let inject = name.strip_prefix("card:").map(Id::from);
            let inject = inject.filter(|inject| !answers(self).contains(inject))?;
            let seat = world.injects[world.inject(&inject)?.at()].seat;
            (world.seats[seat.at()].id == *desk).then_some(inject)
        };
        let waiting = self.named("card:").iter().filter_map(own).count();
        for _ in 0..waiting {
            self.tap(KeyCode::KeyE);
            let before = answers(self).len();
            for code in [KeyCode::KeyA, KeyCode::KeyB, KeyCode::KeyC, KeyCode::KeyD] {
                if answers(self).len() == before {
                    self.tap(code);
                }
            }
            if self.is_there("card-close") {
                self.tap(KeyCode::Escape);
            }
        }
    }

    /// Answers what is asked of a desk.
    fn answer_asks(&mut self) {
        // The name of the page says how much waits on it.
        let waits = |name: (String, String)| name.0.ends_with(|it: char| it.is_ascii_digit());
        if !self.stage.says("page:talk").is_some_and(waits) {
            return;
        }
        self.open_page(Page::Talk);
        for at in 0..3 {
            let asked = self.named("yes:");
            let Some(ask) = asked.first().and_then(|id| id.strip_prefix("yes:")) else {
                return;
            };
            let says = ["yes", "no", "later"][(at + usize::from(self.turn)) % 3];
            let says = if self.turn == self.world.turns && says == "later" {
                "no"
            } else {
                says
            };
            let answer = format!("{says}:{ask}");
            self.press("reason:fairness");
            self.press(&answer);
            assert!(!self.is_there(&answer), "turn {}: {answer}", self.turn);
        }
    }

    /// Does what a desk can do in one way, as far as it can.
    fn try_way(&mut self, way: Way, at: usize) {
        let others: Vec<usize> = (0..self.world.seats.len() - 1)
            .filter(|it| *it != at)
            .collect();
        let other = others[(usize::from(self.turn) + at) % others.len()];
        let other = self.world.seats[other].id.clone();
        match way {
            Way::Team => {
                if self.named("take:").is_empty() {
                    return;
                }
                self.tap(KeyCode::Digit1);
                for _ in 0..self.turn {
                    self.tap(KeyCode::Period);
                }
                self.enter();
            }
            Way::Offer => {
                self.open_page(Page::Orders);
                for code in [KeyCode::KeyA, KeyCode::KeyB] {
                    self.tap(code);
                }
            }
            Way::Tool => {
                self.open_page(Page::Tools);
                let mut tools = self.named("tool:");
                tools.extend(self.named("measure:"));
                if tools.is_empty() {
                    return;
                }
                let tool = tools.swap_remove(usize::from(self.turn) % tools.len());
                self.press(&tool);
                for start in ["set:", "duty:", "campaign:", "build", "train:", "sense"] {
                    let open = |id: &String| self.stage.chosen(id) != Some(true);
                    let found = self.named(start).into_iter().rfind(open);
                    if let Some(control) = found {
                        self.press(&control);
                    }
                }
                if self.is_there("sheet-back") {
                    self.tap(KeyCode::Escape);
                }
            }
            Way::Ask => {
                self.open_page(Page::Talk);
                self.press(&format!("ask-of:{other}"));
                if self.is_there("wish:word") {
                    self.press("wish:word");
                } else {
                    self.press("sheet-back");
                }
            }
            Way::Pin => {
                self.open_page(Page::Notes);
                let pins = self.named("pin:");
                let pin = pins.into_iter().find(|id| self.stage.takes_presses(id));
                if let Some(pin) = pin {
                    self.press(&pin);
                }
            }
            Way::Forecast => {
                self.open_page(Page::Orders);
                if self.is_there("forecast-room") {
                    self.press("high-more");
                    self.press("forecast-room");
                }
            }
            Way::Posture => {
                self.open_page(Page::Standing);
                let postures = self.named("posture:");
                let stands = |id: &&String| self.stage.chosen(id) == Some(true);
                let stands = postures.iter().find(stands).cloned();
                if let Some(stands) = stands {
                    self.press(&stands);
                }
            }
            Way::Question => {
                self.open_page(Page::Orders);
                self.press(&format!("question:{other}"));
            }
        }
    }

    /// A desk's turn at the laptop. In which way it ordered something.
    fn take_turn(&mut self, at: usize) -> Way {
        let desk = self.world.seats[at].id.clone();
        self.hand_to(at);
        self.answer_cards(&desk);
        self.answer_asks();
        let before = self.orders_of(&desk);
        let oversight = self.world.seats[at].oversight;
        let first = (usize::from(self.turn) + at) % WAYS.len();
        let own = (0..WAYS.len()).map(|it| WAYS[(first + it) % WAYS.len()]);
        let own: Vec<Way> = own.collect();
        let ways: &[Way] = if oversight { &[Way::Question] } else { &own };
        for way in ways {
            self.try_way(*way, at);
            if self.orders_of(&desk) > before {
                self.tap(KeyCode::KeyR);
                return *way;
            }
        }
        panic!("turn {}: {desk} could order nothing", self.turn);
    }

    /// Ends the turn; calls and an emergency are answered by number.
    fn end_turn(&mut self) {
        let said = self.stage.says("end-turn").expect("it is there");
        assert!(said.1.contains("9 of 9"), "{said:?}");
        for _ in 0..8 {
            if self.is_there("emergency-go") {
                let said = usize::from(self.turn) % 3;
                let digits = [KeyCode::Digit6, KeyCode::Digit7, KeyCode::Digit8];
                self.tap(KeyCode::Digit2);
                self.tap(KeyCode::Digit5);
                self.tap(digits[said]);
                self.enter();
            } else if self.is_there("let-pass") {
                self.tap(KeyCode::Digit1);
                if self.is_there("let-pass") && !self.is_there("emergency-go") {
                    self.press("let-pass");
                }
            } else if self.stage.screen() == Screen::Command {
                self.stage.key(KeyCode::Enter, "\r", true, false);
            }
        }
        assert_eq!(self.stage.screen(), Screen::Response, "turn {}", self.turn);
        self.enter();
        assert_eq!(self.stage.screen(), Screen::Feedback, "turn {}", self.turn);
        self.enter();
        self.turn += 1;
    }
}

#[test]
fn eight_desks_and_the_residents_play_a_year_by_keys_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut room = Room::open(folder.path());
    room.set_up();
    let world = Arc::clone(&room.world);
    let mut ways = BTreeSet::new();
    for _ in 0..world.turns {
        if room.stage.screen() == Screen::Warning {
            room.enter();
        }
        assert_eq!(room.stage.screen(), Screen::Command);
        // The laptop goes on from whoever had it last, round the table.
        let last = (world.seats.iter()).position(|seat| {
            let name = format!("desk:{}", seat.id);
            room.stage.chosen(&name) == Some(true)
        });
        let first = last.expect("a desk is in hand");
        for at in 0..world.seats.len() {
            ways.insert(room.take_turn((first + at) % world.seats.len()));
        }
        for seat in &world.seats {
            assert!(room.orders_of(&seat.id) > 0, "{}: {}", room.turn, seat.id);
        }
        room.end_turn();
    }
    assert_eq!(room.stage.screen(), Screen::Debrief);
    assert_eq!(ways.len(), WAYS.len() + 1, "{ways:?}");

    let given = room.stage.given();
    let some = |is: fn(&Action) -> bool| given.iter().any(|act| is(&act.action));
    assert!(
        some(|it| matches!(it, Action::Emergency(_))),
        "no emergency"
    );
    assert!(some(|it| matches!(it, Action::Answer { .. })), "no card");
    assert!(some(|it| matches!(it, Action::Reply { .. })), "no answer");

    let digest = room.stage.digest();
    drop(room);
    let games = Folders::under(folder.path()).saved_games();
    let log = std::fs::read(&games.first().expect("the game").path).expect("its log");
    let setting = Setting::new(Arc::clone(&world), built_in("pearl-bay").text_hash);
    let report = verify(&log, &setting, None).expect("the log is read");
    assert!(report.ok && report.turns == world.turns, "{report:?}");
    assert_eq!(report.digest, digest);
}
