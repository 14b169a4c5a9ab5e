//! A whole game without a window: real fonts, real layout, real presses; for tests.

use super::driver::{Autopilot, By, Outcome};
use super::faults;
use super::mind::Script;
use crate::app::semantics::{Cover, Tree};
use crate::app::shell::{Settings, crash};
use crate::app::storage::Storage;
use crate::app::table::Table;
use crate::app::{Options, game};
use crate::lab::policy::Policy;
use crate::session::Act as Given;
use bevy::log::LogPlugin;
use bevy::prelude::*;
use bevy::render::RenderPlugin;
use bevy::render::settings::WgpuSettings;
use bevy::window::WindowResolution;
use bevy::winit::WinitPlugin;
use std::collections::BTreeSet;

/// How a rehearsal is played.
#[derive(Clone, Debug)]
pub struct Part {
    /// Who decides.
    pub policy: Policy,
    /// What is ordered in the place of what the policy decides.
    pub script: Option<Script>,
    /// What is chosen on the set-up.
    pub set_up: &'static [&'static str],
    /// With what.
    pub by: By,
    /// How the window looks.
    pub settings: Settings,
    /// A control that something is laid over, to see that it is noticed.
    pub covered: Option<String>,
    /// Is told how many acts the log holds whenever the screen shows another number of them.
    pub witness: Option<fn(usize)>,
}

impl Part {
    /// A policy with the mouse, on paper, standing still.
    #[must_use]
    pub fn of(policy: Policy) -> Self {
        let settings = Settings {
            motion: false,
            ..Settings::default()
        };
        Self {
            policy,
            script: None,
            set_up: &[],
            by: By::Mouse,
            settings,
            covered: None,
            witness: None,
        }
    }
}

/// What came of a rehearsal.
#[derive(Clone, Debug)]
pub struct Rehearsed {
    /// The digest of the last state, or the control that could not be pressed.
    pub outcome: Outcome,
    /// What is wrong with the layout: screen and fault.
    pub faults: Vec<String>,
    /// The screens that were looked at.
    pub looked_at: Vec<String>,
    /// Every control that was on a screen, by name.
    pub controls: BTreeSet<String>,
    /// The acts of the game, from the first.
    pub acts: Vec<Given>,
}

/// Frames after which a rehearsal is stuck.
const MOST_FRAMES: u32 = 200_000;

/// The game in a window that nobody sees; without settings, as those in the data folder say.
pub(super) fn window(options: Options, settings: Option<Settings>) -> App {
    let mut app = App::new();
    let (width, height) = options.size;
    app.add_plugins(
        DefaultPlugins
            .set(WindowPlugin {
                primary_window: Some(Window {
                    resolution: WindowResolution::new(width, height),
                    ..default()
                }),
                ..default()
            })
            .set(RenderPlugin {
                render_creation: WgpuSettings {
                    backends: None,
                    ..default()
                }
                .into(),
                ..default()
            })
            // Many rehearsals run in one process, and it has one log.
            .disable::<LogPlugin>()
            .disable::<WinitPlugin>(),
    );
    let lang = options.lang.unwrap_or(options.system_lang);
    let opened = options
        .data_dir
        .as_deref()
        .map(|dir| Storage::on_disk(Some(dir)));
    let (storage, kept) = match opened {
        Some(Ok(opened)) => opened,
        _ => (Storage::throw_away(), Settings::default()),
    };
    let settings = Settings {
        lang: Some(lang),
        ..settings.unwrap_or(kept)
    };
    let table = Table::new(options.scenario, storage, options.seed, lang);
    game(&mut app, table, settings);
    app
}

/// Plays a game from the title to the debrief by pressing what is on the screen.
#[must_use]
pub fn rehearse(options: Options, part: Part) -> Rehearsed {
    let folder = options.data_dir.clone();
    let mut app = window(options, Some(part.settings));
    if let Some(folder) = folder {
        crash::watch(&folder);
    }
    let mut pilot = Autopilot::new(part.policy, None)
        .playing_by(part.by)
        .set_up_with(part.set_up);
    if let Some(script) = part.script {
        pilot = pilot.ordering(script);
    }
    app.add_plugins(super::plugin).insert_resource(pilot);
    if let Some(covered) = part.covered {
        app.insert_resource(Covered(covered));
        app.add_systems(PostUpdate, cover);
    }
    app.finish();
    app.cleanup();
    let mut rehearsed = Rehearsed {
        outcome: Err("the rehearsal does not end".to_owned()),
        faults: Vec::new(),
        looked_at: Vec::new(),
        controls: BTreeSet::new(),
        acts: Vec::new(),
    };
    let mut shown = None;
    for _ in 0..MOST_FRAMES {
        app.update();
        if let Some(witness) = part.witness {
            let session = app.world().resource::<Table>().session.as_ref();
            let acts = session.map(|session| session.journal().acts().len());
            if acts != shown {
                shown = acts;
                witness(acts.unwrap_or(0));
            }
        }
        let tree = app.world().resource::<Tree>();
        let names = tree.controls().map(|thing| &thing.means.id);
        let new: Vec<String> = names
            .filter(|id| !rehearsed.controls.contains(*id))
            .cloned()
            .collect();
        rehearsed.controls.extend(new);
        let pilot = app.world_mut().resource_mut::<Autopilot>();
        if let Some(outcome) = pilot.outcome.clone() {
            rehearsed.outcome = outcome;
            let given = app.world().resource::<Table>().given();
            rehearsed.acts = given.into_iter().cloned().collect();
            return rehearsed;
        }
        let Some(name) = pilot.into_inner().looking.take() else {
            continue;
        };
        let found = app
            .world_mut()
            .run_system_cached(faults::now)
            .unwrap_or_default();
        let named = found.into_iter().map(|fault| format!("{name}: {fault}"));
        rehearsed.faults.extend(named);
        rehearsed.looked_at.push(name);
    }
    rehearsed
}

/// The control that something is laid over.
#[derive(Resource)]
struct Covered(String);

/// Lays a sheet over a control, as a layout that has gone wrong would.
fn cover(
    covered: Res<Covered>,
    tree: Res<Tree>,
    sheets: Query<(), With<Sheet>>,
    mut commands: Commands,
) {
    let Some(thing) = tree.find(&covered.0).filter(|_| sheets.is_empty()) else {
        return;
    };
    let area = thing.area.inflate(4.0);
    commands.spawn((
        Sheet,
        Cover,
        GlobalZIndex(1000),
        Node {
            position_type: PositionType::Absolute,
            left: Val::Px(area.min.x),
            top: Val::Px(area.min.y),
            width: Val::Px(area.width()),
            height: Val::Px(area.height()),
            ..default()
        },
    ));
}

#[derive(Component)]
struct Sheet;
