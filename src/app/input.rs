//! Mouse and keyboard: what was pressed becomes an act. Letters and digits are physical keys.

use super::layout::Layout;
use super::map::MapView;
use super::screens::{HandNode, Stale, kinds_in_play};
use super::table::{Act, Asked, Screen, Table};
use super::widgets::{Control, Cover, Ring, Under, under};
use crate::rules::id::PrecinctIx;
use bevy::input::ButtonState;
use bevy::input::keyboard::KeyboardInput;
use bevy::input::mouse::MouseButtonInput;
use bevy::prelude::*;
use bevy::ui::ComputedStackIndex;
use bevy::window::{CursorMoved, RequestRedraw};

/// A press that moves further than this is a drag, in the interface's pixels.
const DRAG: f32 = 8.0;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Pointer>()
        .init_resource::<Ring>()
        .add_message::<Wish>();
    app.add_systems(
        PreUpdate,
        (point, press, keys, run_call, obey)
            .chain()
            .after(bevy::input::InputSystems)
            .after(super::layout::measure),
    );
}

/// What a player wishes, from whatever device.
#[derive(Message, Clone, Debug)]
pub struct Wish(pub Act);

/// Where the pointer is and what it points at.
#[derive(Resource, Debug, Default)]
pub struct Pointer {
    /// In the interface's pixels.
    pub at: Vec2,
    /// The precinct pointed at, by mouse or by the arrows.
    pub place: Option<usize>,
    /// Whether the last thing that pointed was the keyboard.
    pub by_key: bool,
    /// What the button went down on, and where.
    down: Option<(Under, Vec2)>,
}

impl Pointer {
    /// Whether the keyboard points at the map.
    pub fn on_map(&self) -> bool {
        self.by_key
    }
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

fn beneath(things: &Things, layout: &Layout, at: Vec2) -> Under {
    under(at * layout.physical, things.iter())
}

pub(super) fn point(
    mut moved: MessageReader<CursorMoved>,
    layout: Res<Layout>,
    mut pointer: ResMut<Pointer>,
    mut ring: ResMut<Ring>,
    map: Res<MapView>,
    table: Res<Table>,
    things: Things,
    mut hand: Query<&mut Node, With<HandNode>>,
    mut stale: ResMut<Stale>,
) {
    let Some(last) = moved.read().last() else {
        return;
    };
    pointer.at = last.position / layout.scale;
    if ring.shown || pointer.by_key {
        ring.shown = false;
        pointer.by_key = false;
        stale.0 = true;
    }
    let place = match beneath(&things, &layout, pointer.at) {
        Under::Nothing => map.precinct_at(pointer.at),
        _ => None,
    };
    if place != pointer.place {
        pointer.place = place;
        // Only a held unit has something to say of the place below it.
        stale.0 |= table.hand.is_some();
    }
    for mut node in &mut hand {
        let r = 26.0;
        node.left = Val::Px(pointer.at.x - r);
        node.top = Val::Px(pointer.at.y - r);
    }
}

fn press(
    mut buttons: MessageReader<MouseButtonInput>,
    layout: Res<Layout>,
    mut pointer: ResMut<Pointer>,
    map: Res<MapView>,
    table: Res<Table>,
    screen: Res<State<Screen>>,
    things: Things,
    controls: Query<&Control>,
    mut wishes: MessageWriter<Wish>,
) {
    for button in buttons
        .read()
        .filter(|button| button.button == MouseButton::Left)
    {
        let here = beneath(&things, &layout, pointer.at);
        let act = |id: &str| {
            controls
                .iter()
                .find(|it| it.id == id)
                .map(|it| it.act.clone())
        };
        let place = map.precinct_at(pointer.at).map(PrecinctIx::from_position);
        let in_play = *screen.get() == Screen::Command;
        if button.state == ButtonState::Pressed {
            // Tokens are picked up at once, so that they can be dragged.
            if let Under::Control(id) = &here
                && let Some(act @ (Act::Take(_) | Act::Lift(_))) = act(id)
            {
                wishes.write(Wish(act));
            }
            pointer.down = Some((here, pointer.at));
            continue;
        }
        let Some((began, from)) = pointer.down.take() else {
            continue;
        };
        let dragged = from.distance(pointer.at) > DRAG;
        let lifted = matches!(&began, Under::Control(id)
            if id.starts_with("take:") || id.starts_with("stack:"));
        if lifted && dragged && table.hand.is_some() {
            wishes.write(Wish(match (place, &here) {
                (Some(place), Under::Nothing) => Act::Precinct(place),
                (_, Under::Control(_)) => Act::Stow,
                _ => Act::PutBack,
            }));
            continue;
        }
        if lifted {
            continue;
        }
        match here {
            Under::Control(id) if began == Under::Control(id.clone()) => {
                if let Some(act) = act(&id) {
                    wishes.write(Wish(act));
                }
            }
            Under::Nothing if began == Under::Nothing && in_play => {
                wishes.write(Wish(place.map_or(Act::PutBack, Act::Precinct)));
            }
            _ => {}
        }
    }
}

fn keys(
    mut pressed: MessageReader<KeyboardInput>,
    held: Res<ButtonInput<KeyCode>>,
    screen: Res<State<Screen>>,
    table: Res<Table>,
    map: Res<MapView>,
    mut pointer: ResMut<Pointer>,
    mut ring: ResMut<Ring>,
    controls: Query<(&Control, &ComputedStackIndex)>,
    mut wishes: MessageWriter<Wish>,
    mut stale: ResMut<Stale>,
) {
    for key in pressed
        .read()
        .filter(|key| key.state == ButtonState::Pressed)
    {
        let ctrl = [
            KeyCode::ControlLeft,
            KeyCode::ControlRight,
            KeyCode::SuperLeft,
        ]
        .into_iter()
        .any(|key| held.pressed(key));
        let shift = held.pressed(KeyCode::ShiftLeft) || held.pressed(KeyCode::ShiftRight);
        let code = key.key_code;
        if code == KeyCode::Tab {
            step_ring(&mut ring, &controls, shift);
            pointer.by_key = false;
            stale.0 = true;
            continue;
        }
        if shift && code == KeyCode::KeyG {
            wishes.write(Wish(Act::Language));
            continue;
        }
        if matches!(code, KeyCode::Enter | KeyCode::NumpadEnter | KeyCode::Space)
            && !ctrl
            && ring.shown
            && let Some((control, _)) = controls
                .iter()
                .find(|(it, _)| Some(&it.id) == ring.on.as_ref())
        {
            wishes.write(Wish(control.act.clone()));
            continue;
        }
        let enter = matches!(code, KeyCode::Enter | KeyCode::NumpadEnter);
        let act = match screen.get() {
            Screen::Title if enter => first_of(&controls, &["continue", "start"]),
            Screen::Briefing if enter => Some(Act::Begin),
            Screen::Feedback if enter => Some(Act::Onward),
            Screen::Debrief if enter => Some(Act::Home),
            Screen::Command => command_key(
                code,
                ctrl,
                shift,
                &table,
                &map,
                &mut pointer,
                &mut ring,
                &mut stale,
            ),
            _ => None,
        };
        if let Some(act) = act {
            wishes.write(Wish(act));
        }
    }
}

fn first_of(controls: &Query<(&Control, &ComputedStackIndex)>, ids: &[&str]) -> Option<Act> {
    ids.iter().find_map(|id| {
        controls
            .iter()
            .find(|(it, _)| it.id == *id)
            .map(|(it, _)| it.act.clone())
    })
}

fn step_ring(ring: &mut Ring, controls: &Query<(&Control, &ComputedStackIndex)>, back: bool) {
    let mut order: Vec<(u32, &str)> = controls
        .iter()
        .map(|(control, depth)| (depth.0, control.id.as_str()))
        .collect();
    order.sort_unstable();
    let count = order.len();
    if count == 0 {
        return;
    }
    let now = order
        .iter()
        .position(|(_, id)| Some(*id) == ring.on.as_deref());
    let next = match (now, back) {
        (None, false) => 0,
        (None, true) => count - 1,
        (Some(at), false) => (at + 1) % count,
        (Some(at), true) => (at + count - 1) % count,
    };
    ring.on = Some(order[next].1.to_owned());
    ring.shown = true;
}

fn command_key(
    code: KeyCode,
    ctrl: bool,
    shift: bool,
    table: &Table,
    map: &MapView,
    pointer: &mut Pointer,
    ring: &mut Ring,
    stale: &mut Stale,
) -> Option<Act> {
    if ctrl {
        return match code {
            KeyCode::KeyZ if shift => Some(Act::Redo),
            KeyCode::KeyZ => Some(Act::Undo),
            KeyCode::Enter | KeyCode::NumpadEnter if table.call.is_none() => Some(Act::EndTurn),
            _ => None,
        };
    }
    let view = table.view()?;
    if let Some(call) = table.call {
        let options = view.world().injects[call.inject.at()].options.len();
        let option = digit(code)?;
        return (option < options).then_some(Act::Answer(call.inject, option as u16));
    }
    if let Some(inject) = table.card {
        let letters = [KeyCode::KeyA, KeyCode::KeyB, KeyCode::KeyC, KeyCode::KeyD];
        if let Some(option) = letters.iter().position(|letter| *letter == code) {
            let options = view.world().injects[inject.at()].options.len();
            return (option < options).then_some(Act::Answer(inject, option as u16));
        }
    }
    if let Some(at) = digit(code) {
        // A unit taken by number is shown on the map at once, where the keys point.
        pointer.by_key = true;
        pointer.place = pointer.place.or(Some(0));
        return kinds_in_play(&view).get(at).copied().map(Act::Take);
    }
    let arrow = match code {
        KeyCode::ArrowLeft => Some(Vec2::new(-1.0, 0.0)),
        KeyCode::ArrowRight => Some(Vec2::new(1.0, 0.0)),
        KeyCode::ArrowUp => Some(Vec2::new(0.0, -1.0)),
        KeyCode::ArrowDown => Some(Vec2::new(0.0, 1.0)),
        _ => None,
    };
    let count = view.world().precincts.len();
    let place = match (arrow, code) {
        (Some(way), _) => Some(neighbour(map, pointer.place.or(map.chosen), way)),
        (None, KeyCode::Comma) => Some(pointer.place.map_or(0, |at| (at + count - 1) % count)),
        (None, KeyCode::Period) => Some(pointer.place.map_or(0, |at| (at + 1) % count)),
        _ => None,
    };
    if let Some(place) = place {
        pointer.place = Some(place);
        pointer.by_key = true;
        ring.on = None;
        ring.shown = false;
        stale.0 = true;
        return None;
    }
    match code {
        KeyCode::Enter | KeyCode::NumpadEnter => pointer
            .place
            .map(PrecinctIx::from_position)
            .map(Act::Precinct),
        KeyCode::Backspace => Some(Act::TakeBackHere),
        KeyCode::Escape => Some(Act::PutBack),
        KeyCode::KeyT => {
            let hand = table.hand?;
            let can = &view.world().kind_of(hand.unit).tactics;
            let at = can.iter().position(|tactic| *tactic == hand.tactic)?;
            Some(Act::Turn(can[(at + 1) % can.len()]))
        }
        KeyCode::KeyE => {
            let mut cards = view.open_injects();
            cards.next().map(|(inject, _)| Act::Open(inject))
        }
        _ => None,
    }
}

fn digit(code: KeyCode) -> Option<usize> {
    let digits = [
        (KeyCode::Digit1, KeyCode::Numpad1),
        (KeyCode::Digit2, KeyCode::Numpad2),
        (KeyCode::Digit3, KeyCode::Numpad3),
        (KeyCode::Digit4, KeyCode::Numpad4),
        (KeyCode::Digit5, KeyCode::Numpad5),
        (KeyCode::Digit6, KeyCode::Numpad6),
        (KeyCode::Digit7, KeyCode::Numpad7),
        (KeyCode::Digit8, KeyCode::Numpad8),
        (KeyCode::Digit9, KeyCode::Numpad9),
    ];
    digits
        .iter()
        .position(|(row, pad)| *row == code || *pad == code)
}

/// The precinct that lies nearest in a direction; the same one if none does.
fn neighbour(map: &MapView, from: Option<usize>, way: Vec2) -> usize {
    let (Some(board), Some(frame)) = (&map.board, &map.frame) else {
        return 0;
    };
    let Some(from) = from else {
        return 0;
    };
    let middle = |at: usize| frame.to_window(board.places[at].shape.label_point());
    let here = middle(from);
    (0..board.places.len())
        .filter(|at| *at != from)
        .filter_map(|at| {
            let step = middle(at) - here;
            let along = step.dot(way);
            let aside = step.perp_dot(way).abs();
            // Within 60 degrees of the arrow, and the sideways way counts double.
            (along > 1.0 && aside < along * 1.75).then_some((along + aside * 2.0, at))
        })
        .min_by(|a, b| a.0.total_cmp(&b.0))
        .map_or(from, |(_, at)| at)
}

/// The seconds of a call run; when they are over, what stands in silence stands.
fn run_call(
    time: Res<Time<Real>>,
    mut table: ResMut<Table>,
    mut stale: ResMut<Stale>,
    mut wishes: MessageWriter<Wish>,
    mut redraw: MessageWriter<RequestRedraw>,
) {
    let Some(mut call) = table.call else {
        return;
    };
    let before = call.left.ceil();
    call.left -= time.delta_secs();
    if call.left <= 0.0 {
        wishes.write(Wish(Act::LetPass(call.inject)));
        call.left = f32::MAX;
    }
    if call.left.ceil() != before {
        stale.0 = true;
        redraw.write(RequestRedraw);
    }
    table.call = Some(call);
}

fn obey(
    mut wishes: MessageReader<Wish>,
    mut table: ResMut<Table>,
    mut stale: ResMut<Stale>,
    mut ring: ResMut<Ring>,
    mut next: ResMut<NextState<Screen>>,
    mut exit: MessageWriter<AppExit>,
    mut redraw: MessageWriter<RequestRedraw>,
) {
    for Wish(act) in wishes.read() {
        match table.act(act) {
            Asked::Draw => {}
            Asked::Go(screen) => {
                next.set(screen);
                ring.on = None;
            }
            Asked::Quit => {
                exit.write(AppExit::Success);
            }
        }
        stale.0 = true;
        redraw.write(RequestRedraw);
    }
}
