//! Steps of play: find, point, press, release; the next turn's orders come from a policy.

use crate::app::layout::Layout;
use crate::app::map::MapView;
use crate::app::screens::Stale;
use crate::app::table::{Screen, Table};
use crate::app::widgets::{Control, Cover, Under, under};
use crate::lab::policy::{Hand, Policy};
use crate::rules::chance::Luck;
use crate::rules::id::{InjectIx, SeatIx, UnitIx};
use crate::rules::world::InjectKind;
use crate::rules::{Action, Digest, Tactic};
use bevy::input::ButtonState;
use bevy::input::mouse::MouseButtonInput;
use bevy::prelude::*;
use bevy::render::view::screenshot::{Screenshot, save_to_disk};
use bevy::ui::{ComputedStackIndex, UiGlobalTransform};
use bevy::window::{CursorMoved, PrimaryWindow};
use std::collections::{BTreeMap, VecDeque};
use std::path::PathBuf;

/// Frames between two steps in a window; a picture needs them to be drawn.
const FRAMES: u32 = 4;
/// A policy gives no more orders in a turn; a game that goes on longer is stuck.
const MOST_STEPS: u32 = 5_000;

/// What came of a game.
pub type Outcome = Result<Digest, String>;

/// One thing to do.
#[derive(Clone, Debug)]
enum Step {
    /// A picture of the screen, or a look at its layout.
    Look(&'static str),
    /// Press a control.
    Press(String),
    /// Press a precinct.
    Place(usize),
    /// Take from the tray until the hand holds this unit.
    Hold(UnitIx),
    /// Make the unit in hand do this.
    Tactic(Tactic),
    /// The order must have been taken.
    Taken,
    /// Answer the call that stopped the turn, if one did.
    Call,
    /// The game is over.
    Finish,
}

/// A press under way.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Finger {
    Up,
    Pointing(Vec2),
    Down(Vec2),
}

/// The player without hands.
#[derive(Resource)]
pub struct Autopilot {
    policy: Policy,
    steps: VecDeque<Step>,
    finger: Finger,
    wait: u32,
    pause: u32,
    done: u32,
    turn: Option<(Screen, u16)>,
    calls: BTreeMap<InjectIx, u16>,
    pictures: Option<PathBuf>,
    taken: u32,
    /// What is to be looked at now.
    pub looking: Option<String>,
    /// How it ended.
    pub outcome: Option<Outcome>,
}

impl Autopilot {
    /// Plays a policy; with a folder, takes pictures.
    pub fn new(policy: Policy, pictures: Option<PathBuf>) -> Self {
        Self {
            policy,
            steps: VecDeque::new(),
            finger: Finger::Up,
            wait: 12,
            pause: if pictures.is_some() { FRAMES } else { 1 },
            done: 0,
            turn: None,
            calls: BTreeMap::new(),
            pictures,
            taken: 0,
            looking: None,
            outcome: None,
        }
    }

    fn fail(&mut self, why: String) {
        self.outcome = Some(Err(why));
    }

    /// The steps of a screen that has just been reached.
    fn plan(&mut self, screen: Screen, table: &Table) {
        let press = |id: &str| Step::Press(id.to_owned());
        match screen {
            Screen::Title => self.steps.extend([Step::Look("title"), press("start")]),
            Screen::Briefing => self.steps.extend([Step::Look("briefing"), press("begin")]),
            Screen::Command => self.plan_turn(table),
            Screen::Feedback => self.steps.extend([Step::Look("feedback"), press("onward")]),
            Screen::Debrief => self.steps.extend([Step::Look("debrief"), Step::Finish]),
        }
    }

    fn plan_turn(&mut self, table: &Table) {
        let (Some(view), Some(state)) = (table.view(), table.state()) else {
            return;
        };
        let world = view.world();
        if table.card.is_some() {
            self.steps
                .extend([Step::Look("card"), Step::Press("card-close".to_owned())]);
        }
        let seats = (0..world.seats.len()).map(SeatIx::from_position).collect();
        let orders = self
            .policy
            .orders(&view, &Hand::of(seats), Luck::new(state.seed()));
        let mut posts = BTreeMap::new();
        for (unit, post) in view.units() {
            posts.insert(unit, post.at.map(|(place, _)| place));
        }
        self.calls.clear();
        for order in orders {
            match order {
                Action::Assign { unit, to, tactic } => {
                    let (Some(unit), Some(to)) = (world.unit(&unit), world.precinct(&to)) else {
                        continue;
                    };
                    match posts.insert(unit, Some(to)).flatten() {
                        None => self.steps.push_back(Step::Hold(unit)),
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
                        let open = Step::Press(format!("card:{inject}"));
                        let answer = Step::Press(format!("answer:{option}"));
                        self.steps.extend([open, answer, Step::Taken]);
                    }
                }
                Action::SetUp { .. } | Action::EndTurn => {}
            }
        }
        let end = Step::Press("end-turn".to_owned());
        self.steps.extend([Step::Look("command"), end, Step::Call]);
    }

    /// Where the finger must go for a step; an error names what cannot be pressed.
    fn aim(&self, step: &Step, scene: &Scene) -> Result<Option<Vec2>, String> {
        let control = |id: &str| scene.control(id).map(Some);
        match step {
            Step::Press(id) => control(id),
            Step::Place(at) => scene.precinct(*at).map(Some),
            Step::Hold(unit) => {
                if scene.table.hand.is_some_and(|hand| hand.unit == *unit) {
                    return Ok(None);
                }
                let kind = &scene.table.scenario.world.kind_of(*unit).id;
                control(&format!("take:{kind}"))
            }
            Step::Tactic(tactic) => {
                if scene.table.hand.is_none_or(|hand| hand.tactic == *tactic) {
                    return Ok(None);
                }
                control(&format!("tactic:{}", tactic.id()))
            }
            Step::Call => {
                let Some(call) = scene.table.call else {
                    return Ok(None);
                };
                let options = &scene.table.scenario.world.injects[call.inject.at()].options;
                match self.calls.get(&call.inject) {
                    Some(option) => {
                        control(&format!("answer:{}", options[usize::from(*option)].id))
                    }
                    None => control("let-pass"),
                }
            }
            Step::Look(_) | Step::Taken | Step::Finish => Ok(None),
        }
    }
}

/// What can be seen.
struct Scene<'a, 'w, 's> {
    things: &'a Things<'w, 's>,
    layout: &'a Layout,
    map: &'a MapView,
    table: &'a Table,
}

type Things<'w, 's> = Query<
    'w,
    's,
    (
        Option<&'static Control>,
        &'static ComputedNode,
        &'static UiGlobalTransform,
        &'static ComputedStackIndex,
    ),
    Or<(With<Control>, With<Cover>)>,
>;

impl Scene<'_, '_, '_> {
    fn beneath(&self, at: Vec2) -> Under {
        under(at * self.layout.physical, self.things.iter())
    }

    /// A point of a control at which a press would reach it.
    fn control(&self, id: &str) -> Result<Vec2, String> {
        let found = self
            .things
            .iter()
            .find(|(control, ..)| control.is_some_and(|it| it.id == id));
        let (_, node, place, _) = found.ok_or_else(|| format!("{id} is not on the screen"))?;
        let middle = place.transform_point2(Vec2::ZERO) / self.layout.physical;
        let size = node.size() / self.layout.physical;
        let mut spots = vec![middle];
        for x in [-0.45, -0.3, 0.0, 0.3, 0.45] {
            for y in [-0.42, 0.0, 0.42] {
                spots.push(middle + size * Vec2::new(x, y));
            }
        }
        let window = Rect::from_corners(Vec2::ZERO, self.layout.window);
        spots
            .into_iter()
            .find(|spot| {
                window.contains(*spot) && self.beneath(*spot) == Under::Control(id.to_owned())
            })
            .ok_or_else(|| format!("{id} is covered or off the screen"))
    }

    /// A free point of a precinct.
    fn precinct(&self, at: usize) -> Result<Vec2, String> {
        let name = || format!("precinct:{}", self.table.scenario.world.precincts[at].id);
        let (Some(board), Some(frame)) = (&self.map.board, &self.map.frame) else {
            return Err(format!("{} is not on the screen", name()));
        };
        let bounds = board.places[at].shape.bounds();
        let corners = [bounds.min, bounds.max].map(|p| frame.to_window(p));
        let area = Rect::from_corners(corners[0], corners[1]);
        let middle = frame.to_window(board.places[at].shape.label_point());
        let mut spots = vec![middle];
        for x in 1..12 {
            for y in 1..12 {
                spots.push(area.min + area.size() * Vec2::new(x as f32, y as f32) / 12.0);
            }
        }
        spots
            .into_iter()
            .find(|spot| {
                self.map.precinct_at(*spot) == Some(at) && self.beneath(*spot) == Under::Nothing
            })
            .ok_or_else(|| format!("{} is covered or off the screen", name()))
    }
}

pub(super) fn drive(
    mut commands: Commands,
    mut pilot: ResMut<Autopilot>,
    things: Things,
    layout: Res<Layout>,
    map: Res<MapView>,
    table: Res<Table>,
    screen: Res<State<Screen>>,
    stale: Res<Stale>,
    window: Single<Entity, With<PrimaryWindow>>,
    shots: Query<(), With<Screenshot>>,
    mut moved: MessageWriter<CursorMoved>,
    mut buttons: MessageWriter<MouseButtonInput>,
) {
    if pilot.outcome.is_some() || pilot.looking.is_some() || !shots.is_empty() || stale.0 {
        return;
    }
    if pilot.wait > 0 {
        pilot.wait -= 1;
        return;
    }
    let window = *window;
    let mut press = |state| {
        buttons.write(MouseButtonInput {
            button: MouseButton::Left,
            state,
            window,
        });
    };
    match pilot.finger {
        Finger::Pointing(at) => {
            press(ButtonState::Pressed);
            pilot.finger = Finger::Down(at);
            return;
        }
        Finger::Down(_) => {
            press(ButtonState::Released);
            pilot.finger = Finger::Up;
            pilot.wait = pilot.pause;
            return;
        }
        Finger::Up => {}
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
        things: &things,
        layout: &layout,
        map: &map,
        table: &table,
    };
    match pilot.aim(&step, &scene) {
        Err(why) => return pilot.fail(why),
        Ok(Some(at)) => {
            let position = at * layout.scale;
            moved.write(CursorMoved {
                window,
                position,
                delta: None,
            });
            pilot.finger = Finger::Pointing(at);
            // Taking goes on until the right unit is in hand; a call may follow a call.
            if matches!(step, Step::Hold(_) | Step::Call) {
                return;
            }
        }
        Ok(None) => match step {
            Step::Look(name) => {
                let played = matches!(name, "command" | "feedback" | "card");
                let turn = if name == "feedback" {
                    table.view().map_or(0, |view| view.pages().len())
                } else {
                    usize::from(turn)
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
                    return pilot.fail(format!("an order of the policy was refused: {refused}"));
                }
            }
            Step::Finish => {
                pilot.outcome = Some(match table.state() {
                    Some(state) if state.over() => Ok(state.digest()),
                    _ => Err("the game is not over at its debrief".to_owned()),
                });
            }
            _ => {}
        },
    }
    pilot.steps.pop_front();
}
