//! Mouse, touch and keyboard: what was pressed becomes a wish, and wishes are done here, one by one.
//!
//! Whatever the device, a press ends in the same [`Act`] that the semantic tree names, so nothing
//! can be done in one way only.

mod bindings;
#[cfg(not(target_family = "wasm"))]
mod files;
mod keys;
mod pinch;
mod pointer;
mod ring;
mod scroll;
mod shortcuts;

pub use bindings::{Binding, Bindings, Chord, written};
pub use pointer::Pointer;
pub use ring::Ring;
pub use scroll::{Scrolls, Thumb};
pub use shortcuts::{DIGITS, SHORTCUTS, Shortcut};

use super::layout;
use super::map::{Board, MapView};
use super::screens::Stale;
use super::shell::{Pace, Settings};
use super::table::{Act, Asked, Call, Leaf, Screen, Setting, Table};
use super::theme::{Art, Theme};
use bevy::prelude::*;
use bevy::window::RequestRedraw;

/// Wishes are done; what writes some comes before.
#[derive(SystemSet, Debug, Clone, PartialEq, Eq, Hash)]
pub struct Obeying;

/// Messages of the window are read.
#[derive(SystemSet, Debug, Clone, PartialEq, Eq, Hash)]
pub struct Reading;

/// What a player wishes, from whatever device.
#[derive(Message, Clone, Debug)]
pub struct Wish(pub Act);

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Pointer>()
        .init_resource::<Ring>()
        .init_resource::<Scrolls>()
        .add_message::<Wish>();
    app.add_systems(
        PreUpdate,
        (
            pointer::follow.in_set(Reading),
            scroll::wheel,
            keys::read,
            run_clocks,
            obey.in_set(Obeying),
        )
            .chain()
            .after(bevy::input::InputSystems)
            .after(layout::measure),
    );
    #[cfg(not(target_family = "wasm"))]
    app.add_systems(PreUpdate, files::dropped.before(Obeying));
    app.add_systems(Last, scroll::settle);
}

/// How long a precinct plays in the response, seconds.
const PLAYS: f32 = 1.0;
/// However much happened, telling it takes no longer than this, seconds.
const TELLING: f32 = 12.0;

/// No frame takes more off a clock than this, seconds: time in which nothing could be drawn, because
/// the window slept or the machine was busy, is time in which nobody could read.
const LONGEST_STEP: f32 = 0.5;

/// What runs by itself: the seconds of a call, and the telling of a turn.
fn run_clocks(
    time: Res<Time<Real>>,
    settings: Res<Settings>,
    screen: Res<State<Screen>>,
    mut table: ResMut<Table>,
    mut map: ResMut<MapView>,
    mut pace: ResMut<Pace>,
    mut stale: ResMut<Stale>,
    mut wishes: MessageWriter<Wish>,
) {
    let delta = time.delta_secs().min(LONGEST_STEP);
    let paused = table.overlay.is_some();
    let call = table.call.filter(|_| !paused);
    let telling = table
        .told
        .filter(|_| *screen.get() == Screen::Response && !paused);
    let grave = table.grave > 0.0 && !paused && table.in_emergency();
    pace.clock = call.is_some() || grave;
    if grave {
        let left = table.grave - delta;
        if left <= 0.0 {
            wishes.write(Wish(Act::GoIn));
        }
        stale.0 |= left.ceil() != table.grave.ceil();
        table.grave = left.max(0.0);
    }
    pace.motion = telling.is_some() && settings.motion;
    if let Some(call) = call {
        let left = call.left - delta;
        if left <= 0.0 {
            wishes.write(Wish(Act::LetPass(call.inject)));
        }
        stale.0 |= left.ceil() != call.left.ceil();
        table.call = Some(Call { left, ..call });
    }
    if let Some(mut told) = telling {
        let places = table.scenario.world.precincts.len();
        let pause = PLAYS.min(TELLING / places.max(1) as f32);
        told.since += delta;
        if !settings.motion {
            told.lines = places;
        } else if told.since >= pause {
            told.since = 0.0;
            told.lines += 1;
            stale.0 = true;
        }
        table.told = (told.lines < places).then_some(told);
        stale.0 |= table.told.is_none();
        map.told = told.lines as f32 + told.since / pause;
    }
    if table.told.is_none() {
        map.told = f32::MAX;
    }
}

/// What a change of the settings touches.
#[derive(bevy::ecs::system::SystemParam)]
struct Looks<'w> {
    settings: ResMut<'w, Settings>,
    theme: ResMut<'w, Theme>,
    art: ResMut<'w, Art>,
    clear: ResMut<'w, ClearColor>,
}

impl Looks<'_> {
    fn set(&mut self, setting: Setting, table: &mut Table) {
        match setting {
            Setting::Look(look) => self.settings.look = look,
            Setting::Lang(lang) => self.settings.lang = Some(lang),
            Setting::Text(size) => self.settings.text_size = size,
            Setting::Motion(on) => self.settings.motion = on,
            Setting::Touch(on) => self.settings.touch = on,
            Setting::Hints(on) => self.settings.hints = on,
        }
        self.theme.dress(&self.settings);
        self.art.forget();
        self.clear.0 = self.theme.palette.bg;
        table.follow(&self.settings);
        self.keep(table);
    }

    /// Gives a shortcut another key, unless that key is taken.
    fn rebind(&mut self, id: &'static str, binding: Option<Binding>, table: &mut Table) {
        let words = table.words();
        let changed = self.settings.keys.with(id, binding);
        if let Some(other) = changed.clash(id) {
            let what = words.say(&format!("key.{}", other.id));
            table.note_key(words.with("keys.taken", "what", &what));
            return;
        }
        self.settings.keys = changed;
        table.rebinding = None;
        self.keep(table);
    }

    fn keep(&mut self, table: &mut Table) {
        if let Err(error) = table.storage.keep(&self.settings) {
            error!("the settings were not kept: {error}");
            let words = table.words();
            table.notice = Some(words.with("settings.not-kept", "why", &error.to_string()));
        }
    }
}

/// Which page lies open, whatever is unfolded on it.
fn turned(leaf: Leaf) -> Leaf {
    Leaf {
        instrument: None,
        ..leaf
    }
}

fn obey(
    mut wishes: MessageReader<Wish>,
    mut table: ResMut<Table>,
    mut looks: Looks,
    mut map: ResMut<MapView>,
    mut stale: ResMut<Stale>,
    mut ring: ResMut<Ring>,
    mut scrolls: ResMut<Scrolls>,
    screen: Res<State<Screen>>,
    mut next: ResMut<NextState<Screen>>,
    mut exit: MessageWriter<AppExit>,
    mut redraw: MessageWriter<RequestRedraw>,
) {
    for Wish(act) in wishes.read() {
        let (over, leaf) = (table.overlay, turned(table.leaf));
        let gloss = table.gloss;
        let sheet = table.desk.sheet;
        let asked = table.act(act);
        match act {
            Act::MapSight(look) => {
                map.step(*look);
            }
            Act::Precinct(place) if map.sight.is_some() => {
                map.bring(place.at());
            }
            // Another page begins at its top.
            Act::Desk(_) | Act::Page(_) | Act::Sheet(_) => scrolls.forget(),
            _ => {}
        }
        if table.desk.sheet != sheet && ring.shown {
            // The focus goes in with the sheet, and out again.
            ring.on = Some(match table.desk.sheet {
                Some(_) => "sheet-back".to_owned(),
                None => format!("page:{}", table.desk.page.id()),
            });
        }
        if table.overlay != over {
            // The focus belongs to what lies on top.
            ring.on = None;
        }
        if table.overlay != over || turned(table.leaf) != leaf || table.gloss != gloss {
            scrolls.turn_page("overlay");
        }
        #[cfg(not(target_family = "wasm"))]
        let asked = match asked {
            Asked::Paste => table.open_pasted(files::copied().as_deref()),
            asked => asked,
        };
        if let Asked::Lay(_) = asked {
            let board = Board::new(&super::plan(&table.scenario));
            map.lay(board);
        }
        match asked {
            Asked::Draw => {}
            #[cfg(not(target_family = "wasm"))]
            Asked::Paste => {}
            Asked::Go(to) | Asked::Lay(to) => {
                if *screen.get() != to {
                    ring.on = None;
                    scrolls.forget();
                }
                next.set(to);
            }
            Asked::Look => {
                table.look_from(*screen.get());
                ring.on = None;
                scrolls.forget();
                next.set(Screen::Command);
            }
            Asked::Back => next.set(match screen.get() {
                Screen::Setup => Screen::Scenarios,
                Screen::Scenarios => Screen::Title,
                other => *other,
            }),
            Asked::Set(setting) => looks.set(setting, &mut table),
            Asked::NextLook => {
                let look = looks.settings.look.next();
                looks.set(Setting::Look(look), &mut table);
            }
            Asked::Key(id, binding) => looks.rebind(id, binding, &mut table),
            Asked::UsualKeys => {
                looks.settings.keys = Bindings::default();
                looks.keep(&mut table);
            }
            Asked::Dismiss => {
                let report = table.storage.report.take();
                looks.settings.seen_report = report.map(|report| report.name);
                looks.keep(&mut table);
            }
            Asked::Quit => {
                exit.write(AppExit::Success);
            }
        }
        // Whoever has been led to the end is not led through the next game.
        if looks.settings.hints && !table.hints {
            looks.settings.hints = false;
            looks.keep(&mut table);
        }
        stale.0 = true;
        redraw.write(RequestRedraw);
    }
}
