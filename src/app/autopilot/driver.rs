//! Steps of play: find, point, press, release; the next turn's orders come from a policy.

mod layers;

use super::hands::{Hands, spot_of_place};
use super::mind::{Mind, Script};
use super::path;
use super::press::{Finger, Move};
use super::tour;
use crate::app::input::{DIGITS, Pointer, Ring, written};
use crate::app::map::MapView;
use crate::app::screens::{Stale, beat_id};
use crate::app::semantics::{Tree, Unreachable};
use crate::app::table::{MapLayer, Screen, Table};
use crate::lab::policy::Policy;
use crate::rules::emergency::Beat;
use crate::rules::id::{InjectIx, SeatIx, UnitIx};
use crate::rules::world::InjectKind;
use crate::rules::{Action, Digest, Tactic};
use bevy::prelude::*;
use bevy::render::view::screenshot::{Screenshot, save_to_disk};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::PathBuf;

/// Frames between two steps in a window; a picture needs them to be drawn.
const FRAMES: u32 = 4;
/// A policy gives no more orders in a turn; a game that goes on longer is stuck.
const MOST_STEPS: u32 = 60_000;
/// How often something is scrolled to, opened or stepped to before it counts as out of reach.
const MOST_TRIES: u32 = 120;

/// What came of a game.
pub type Outcome = Result<Digest, String>;

/// With what the player plays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum By {
    /// Mouse.
    #[default]
    Mouse,
    /// Keys alone.
    Keys,
    /// What assistive technology can ask for, and nothing else.
    Speech,
}

/// One thing to do.
#[derive(Clone, Debug)]
pub(super) enum Step {
    /// A picture of the screen, or a look at its layout.
    Look(&'static str),
    /// Press a control.
    Press(String),
    /// Press a control if it is there.
    IfThere(String),
    /// Press a precinct.
    Place(usize),
    /// Take from the tray until the hand holds this unit.
    Hold(UnitIx),
    /// Make the unit in hand do this.
    Tactic(Tactic),
    /// Take this desk in hand.
    Desk(SeatIx),
    /// Step until it is set for the thing at this position.
    Thing(usize),
    /// Bring the room's forecast to this range.
    Range(u16, u16),
    /// The order must have been taken.
    Taken,
    /// Answer the call that stopped the turn, if one did.
    Call,
    /// Decide what was to be decided and go in, if an emergency stopped the turn. A policy decides
    /// nothing then, as in the laboratory, so everything goes by the book.
    Emergency,
    /// The game is over.
    Finish,
}

/// The player without hands.
#[derive(Resource)]
pub struct Autopilot {
    mind: Mind,
    by: By,
    set_up: &'static [&'static str],
    steps: VecDeque<Step>,
    pub(super) finger: Finger,
    pub(super) wait: u32,
    pub(super) pause: u32,
    done: u32,
    tries: u32,
    turn: Option<(Screen, u16)>,
    calls: BTreeMap<InjectIx, u16>,
    beats: Vec<Beat>,
    layers: Vec<MapLayer>,
    pictures: Option<PathBuf>,
    taken: u32,
    /// What is to be looked at now.
    pub looking: Option<String>,
    /// How it ended.
    pub outcome: Option<Outcome>,
}

impl Autopilot {
    /// Plays a policy with the mouse; with a folder, takes pictures.
    pub fn new(policy: Policy, pictures: Option<PathBuf>) -> Self {
        Self {
            mind: Mind::Policy(policy),
            by: By::Mouse,
            set_up: &[],
            steps: VecDeque::new(),
            finger: Finger::Up,
            wait: 12,
            pause: if pictures.is_some() { FRAMES } else { 1 },
            done: 0,
            tries: 0,
            turn: None,
            calls: BTreeMap::new(),
            beats: Vec::new(),
            layers: Vec::new(),
            pictures,
            taken: 0,
            looking: None,
            outcome: None,
        }
    }

    /// The same with other hands.
    #[must_use]
    pub fn playing_by(self, by: By) -> Self {
        Self { by, ..self }
    }

    /// The same after these choices on the set-up.
    #[must_use]
    pub fn set_up_with(self, set_up: &'static [&'static str]) -> Self {
        Self { set_up, ..self }
    }

    /// The same with these orders in the place of a policy's.
    #[must_use]
    pub fn ordering(self, script: Script) -> Self {
        let mind = Mind::Script(script);
        Self { mind, ..self }
    }

    pub(super) fn fail(&mut self, why: String) {
        self.outcome = Some(Err(why));
    }

    /// The steps of a screen that has just been reached.
    fn plan(&mut self, screen: Screen, table: &Table) {
        let press = |id: &str| Step::Press(id.to_owned());
        let look = Step::Look(screen.id());
        match screen {
            Screen::Title => {
                // A game that was broken off is gone on with.
                let saved = table.storage.saved.as_ref();
                let go = if saved.is_some_and(|saved| !saved.over) {
                    "continue"
                } else {
                    "browse"
                };
                self.steps.extend([look, press(go)]);
            }
            Screen::Scenarios => {
                let at = table.shelf.position(&table.scenario);
                let pick = format!("exercise:{at}:{}", table.scenario.meta.id);
                self.steps
                    .extend([Step::Press(pick), look, press("set-up")]);
            }
            Screen::Setup => {
                let choices = self.set_up.iter().map(|id| press(id));
                self.steps.extend(choices);
                // A policy orders as in the laboratory, where a scenario says how freely.
                let said = self.set_up.iter().any(|id| id.starts_with("controls:"));
                let controls = table.scenario.world.controls;
                if !said && table.controls != controls {
                    self.steps
                        .push_back(press(&format!("controls:{}", controls.id())));
                }
                self.steps.extend([look, press("start")]);
            }
            Screen::Briefing => self.steps.extend([look, press("begin")]),
            Screen::Warning => self.steps.extend([look, press("onward")]),
            Screen::Command => self.plan_turn(table),
            // The first press shows the rest, if there is a rest; the picture shows it all.
            Screen::Response => {
                if table.told.is_some() {
                    self.steps.push_back(press("onward"));
                }
                self.steps.extend([look, press("onward")]);
            }
            Screen::Feedback => {
                self.steps.push_back(look);
                if let Some(rule) = Self::a_cause(table) {
                    let ask = Step::IfThere(format!("cause:{rule}"));
                    self.steps.extend([ask, Step::Look("why")]);
                    if table.view().is_some_and(|view| view.pages().len() == 2) {
                        self.steps.extend(tour::of_the_model());
                    }
                }
                self.steps.push_back(press("onward"));
            }
            Screen::Debrief => {
                self.steps.push_back(look);
                self.steps.extend(tour::through_the_debrief(table));
                self.steps.push_back(Step::Finish);
            }
        }
    }

    /// A rule that the why-panel names.
    fn a_cause(table: &Table) -> Option<&'static str> {
        let why = table.view()?.why(None, Some(table.family))?;
        why.bars
            .iter()
            .find_map(|bar| bar.rule)
            .map(|rule| rule.id())
    }

    fn plan_turn(&mut self, table: &Table) {
        let (Some(view), Some(state)) = (table.view(), table.state()) else {
            return;
        };
        let world = view.world();
        if table.desk.covered {
            self.steps.push_back(Step::Press("uncover".to_owned()));
        }
        if table.card.is_some() {
            let close = Step::Press("card-close".to_owned());
            self.steps.extend([Step::Look("card"), close]);
        }
        self.steps.extend(tour::before_orders(view.turn()));
        self.look_at_layers(table);
        self.steps.extend(tour::hints_before_orders(table));
        let orders = self.mind.orders(state);
        let mut posts = BTreeMap::new();
        for (unit, post) in view.units() {
            posts.insert(unit, post.at.map(|(place, _)| place));
        }
        self.calls.clear();
        self.beats.clear();
        let mut answered = BTreeSet::new();
        for order in orders {
            if let Some(steps) = path::on_a_page(table, &order) {
                self.steps.extend(steps);
                continue;
            }
            let desk = path::to_desk(table, &order);
            match order {
                Action::Assign { unit, to, tactic } => {
                    let (Some(unit), Some(to)) = (world.unit(&unit), world.precinct(&to)) else {
                        continue;
                    };
                    match posts.insert(unit, Some(to)).flatten() {
                        None => self
                            .steps
                            .extend(desk.into_iter().chain([Step::Hold(unit)])),
                        Some(from) => {
                            let id = &world.units[unit.at()].id;
                            self.steps.push_back(Step::Place(from.at()));
                            self.steps.push_back(Step::Press(format!("move:{id}")));
                        }
                    }
                    let place = Step::Place(to.at());
                    self.steps
                        .extend([Step::Tactic(tactic), place, Step::Taken]);
                }
                Action::Withdraw { unit } => {
                    let Some(index) = world.unit(&unit) else {
                        continue;
                    };
                    if let Some(from) = posts.insert(index, None).flatten() {
                        self.steps.push_back(Step::Place(from.at()));
                        let back = Step::Press(format!("back:{unit}"));
                        self.steps.extend([back, Step::Taken]);
                    }
                }
                Action::Answer { inject, option } => {
                    let Some(index) = world.inject(&inject) else {
                        continue;
                    };
                    let what = &world.injects[index.at()];
                    if matches!(what.kind, InjectKind::HotCall(_)) {
                        let at = what
                            .options
                            .iter()
                            .position(|it| it.id == option)
                            .unwrap_or(0);
                        self.calls.insert(index, at as u16);
                    } else {
                        answered.insert(index);
                        self.steps.extend(desk.filter(|_| table.each_for_itself()));
                        let open = Step::Press(format!("card:{inject}"));
                        let answer = Step::Press(format!("answer:{option}"));
                        self.steps.extend([open, answer, Step::Taken]);
                    }
                }
                Action::Emergency(beat) => self.beats.push(beat),
                // The rest is given on a page of its desk, at the set-up, or by no person.
                _ => {}
            }
        }
        let sent: Vec<_> = posts.values().copied().flatten().collect();
        self.steps.extend(tour::hints_after_orders(table, &sent));
        let end = Step::Press("end-turn".to_owned());
        self.steps.push_back(Step::Look(Screen::Command.id()));
        self.steps.push_back(end);
        // A card that is left waiting is told of before the turn ends, unless its desk has been left to
        // its standing order.
        let waits = |(inject, _): &(InjectIx, _)| !answered.contains(inject);
        if table.fresh_cards().iter().any(waits) {
            self.steps.push_back(Step::IfThere("end-turn".to_owned()));
        }
        self.steps.extend([Step::Call, Step::Emergency]);
    }

    /// What to do now for a step; an error names what cannot be pressed.
    fn aim(&mut self, step: &Step, scene: &Scene) -> Result<Move, String> {
        match step {
            Step::Press(id) => self.press(id, scene),
            Step::IfThere(id) if scene.tree.find(id).is_none() => Ok(Move::Done),
            Step::IfThere(id) => self.press(id, scene),
            Step::Place(at) => self.place(*at, scene),
            Step::Hold(unit) => {
                if scene.table.hand.is_some_and(|hand| hand.unit == *unit) {
                    return Ok(Move::Done);
                }
                let kind = &scene.table.scenario.world.kind_of(*unit).id;
                if self.by == By::Keys {
                    return scene.digit_of(kind.as_str());
                }
                self.press(&format!("take:{kind}"), scene)
            }
            Step::Tactic(tactic) => {
                if scene.table.hand.is_none_or(|hand| hand.tactic == *tactic) {
                    return Ok(Move::Done);
                }
                if self.by == By::Keys {
                    return Ok(Move::Key(KeyCode::KeyT, "t"));
                }
                self.press(&format!("tactic:{}", tactic.id()), scene)
            }
            Step::Desk(seat) => self.steps_on(path::in_hand(scene.table, *seat), scene),
            Step::Thing(thing) => {
                let next = path::next_thing(scene.table, *thing);
                self.steps_on(next.map(str::to_owned), scene)
            }
            Step::Range(low, high) => {
                let next = path::next_end(scene.table, (*low, *high));
                self.steps_on(next.map(str::to_owned), scene)
            }
            Step::Call => {
                let Some(call) = scene.table.call else {
                    return Ok(Move::Done);
                };
                let options = &scene.table.scenario.world.injects[call.inject.at()].options;
                match self.calls.get(&call.inject) {
                    Some(option) => {
                        let id = format!("answer:{}", options[usize::from(*option)].id);
                        self.press(&id, scene)
                    }
                    None => self.press("let-pass", scene),
                }
            }
            Step::Look(_) | Step::Taken | Step::Emergency | Step::Finish => Ok(Move::Done),
        }
    }

    /// Presses the control that leads further, if one does.
    fn steps_on(&self, control: Option<String>, scene: &Scene) -> Result<Move, String> {
        control.map_or(Ok(Move::Done), |id| self.press(&id, scene))
    }

    /// Presses a control: at once, or after what a person would do to see it.
    fn press(&self, id: &str, scene: &Scene) -> Result<Move, String> {
        if self.by == By::Speech {
            return Ok(Move::Ask(id.to_owned()));
        }
        if self.by == By::Keys {
            return Ok(
                if scene.ring.on.as_deref() == Some(id) && scene.ring.shown {
                    Move::Key(KeyCode::Enter, "\r")
                } else {
                    Move::Key(KeyCode::Tab, "\t")
                },
            );
        }
        match scene.tree.spot(id) {
            Ok(at) => Ok(Move::Press(at)),
            Err(why) => self.uncover(why, scene),
        }
    }

    fn place(&self, at: usize, scene: &Scene) -> Result<Move, String> {
        let name = format!("precinct:{}", scene.table.scenario.world.precincts[at].id);
        if self.by == By::Speech {
            return Ok(Move::Ask(name));
        }
        if self.by == By::Keys {
            return Ok(if scene.pointer.place == Some(at) && scene.pointer.by_key {
                Move::Key(KeyCode::Enter, "\r")
            } else {
                Move::Key(KeyCode::Period, ".")
            });
        }
        match spot_of_place(scene.tree, scene.map, at, &name) {
            Ok(at) => Ok(Move::Press(at)),
            Err(why) => self.uncover(why, scene),
        }
    }

    /// Scrolls to what is cut off; where the panel lies over the map, opens or closes it.
    fn uncover(&self, why: Unreachable, scene: &Scene) -> Result<Move, String> {
        if self.tries > MOST_TRIES {
            return Err(why.to_string());
        }
        match &why {
            Unreachable::CutOff(id) => {
                let thing = scene.tree.find(id).filter(|thing| thing.within.is_some());
                let thing = thing.ok_or_else(|| why.to_string())?;
                let middle = scene.tree.window().center();
                let further = thing.area.center().y - middle.y;
                let x = thing.area.center().x;
                Ok(Move::Wheel(Vec2::new(x, middle.y), further))
            }
            Unreachable::Missing(_) | Unreachable::Covered(_) => {
                let at = scene.tree.spot("panel").map_err(|_| why.to_string())?;
                Ok(Move::Uncover(at))
            }
            Unreachable::Disabled(_) => Err(why.to_string()),
        }
    }
}

/// What can be seen.
struct Scene<'a> {
    tree: &'a Tree,
    map: &'a MapView,
    table: &'a Table,
    ring: &'a Ring,
    pointer: &'a Pointer,
}

impl Scene<'_> {
    /// The digit that takes a kind from the tray.
    fn digit_of(&self, kind: &str) -> Result<Move, String> {
        let kinds = self.table.kinds();
        let world = &self.table.scenario.world;
        let at = kinds
            .iter()
            .position(|it| world.kinds[it.at()].id.as_str() == kind);
        let digit = at.and_then(|at| DIGITS[..9].get(at));
        let code = *digit.ok_or_else(|| format!("no digit takes {kind}"))?;
        Ok(Move::Key(code, written(code)))
    }
}

pub(super) fn drive(
    mut commands: Commands,
    mut pilot: ResMut<Autopilot>,
    tree: Res<Tree>,
    map: Res<MapView>,
    table: Res<Table>,
    ring: Res<Ring>,
    pointer: Res<Pointer>,
    screen: Res<State<Screen>>,
    stale: Res<Stale>,
    shots: Query<(), With<Screenshot>>,
    mut hands: Hands,
) {
    if pilot.outcome.is_some() || pilot.looking.is_some() || !shots.is_empty() || stale.0 {
        return;
    }
    if pilot.wait > 0 {
        pilot.wait -= 1;
        return;
    }
    if pilot.finger != Finger::Up {
        pilot.go_on(&mut hands);
        return;
    }
    pilot.done += 1;
    if pilot.done > MOST_STEPS {
        pilot.fail("the game does not come to its end".to_owned());
        return;
    }
    let turn = table.view().map_or(0, |view| view.turn());
    let Some(step) = pilot.steps.front().cloned() else {
        let here = (*screen.get(), turn);
        if pilot.turn == Some(here) {
            let slip = table.slip.as_ref().map(|slip| slip.body.clone());
            let notice = slip.or(table.notice.clone()).unwrap_or_default();
            pilot.fail(format!(
                "nothing came of the last press on {here:?}. {notice}"
            ));
            return;
        }
        pilot.turn = Some(here);
        pilot.plan(*screen.get(), &table);
        return;
    };
    let scene = Scene {
        tree: &tree,
        map: &map,
        table: &table,
        ring: &ring,
        pointer: &pointer,
    };
    let next = match pilot.aim(&step, &scene) {
        Ok(next) => next,
        Err(why) => return pilot.fail(why),
    };
    let reached = pilot.begin(next, &step, &mut hands);
    if !reached {
        pilot.tries += 1;
        if pilot.tries > MOST_TRIES * 2 {
            pilot.fail(format!("{step:?} is out of reach"));
        }
        return;
    }
    pilot.tries = 0;
    pilot.steps.pop_front();
    match step {
        Step::Look(name) => {
            let played = screen.get().of_a_turn();
            let turn = match *screen.get() {
                Screen::Response | Screen::Feedback => {
                    table.view().map_or(0, |view| view.pages().len())
                }
                _ => usize::from(turn),
            };
            let suffix = if played {
                format!("-t{turn:02}")
            } else {
                String::new()
            };
            pilot.taken += 1;
            let file = format!("{:02}-{name}{suffix}", pilot.taken);
            if let Some(folder) = &pilot.pictures {
                let path = folder.join(format!("{file}.png"));
                commands
                    .spawn(Screenshot::primary_window())
                    .observe(save_to_disk(path));
            } else {
                pilot.looking = Some(file);
            }
            pilot.wait = pilot.pause;
        }
        Step::Taken => {
            let refused = table.slip.as_ref().map(|slip| slip.body.clone());
            if let Some(refused) = refused.or(table.notice.clone()) {
                pilot.fail(format!("an order of the policy was refused: {refused}"));
            }
        }
        Step::Emergency if table.in_emergency() => {
            let go = Step::Press("emergency-go".to_owned());
            pilot.steps.push_front(go);
            for beat in std::mem::take(&mut pilot.beats).into_iter().rev() {
                pilot.steps.push_front(Step::Press(beat_id(beat)));
            }
            pilot.steps.push_front(Step::Look("emergency"));
        }
        Step::Finish => {
            pilot.outcome = Some(match table.state() {
                Some(state) if state.over() => Ok(state.digest()),
                _ => Err("the game is not over at its debrief".to_owned()),
            });
        }
        _ => {}
    }
}
