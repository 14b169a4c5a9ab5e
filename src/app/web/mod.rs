//! The game in a page: started by the page's script, drawn on its canvas, kept in its storage.
//!
//! `web/` holds the page. What is said between the two goes through [`page`] alone.

mod mirror;
mod page;
mod request;
pub(super) mod storage;

use super::autopilot::{self, Autopilot};
use super::game;
use super::shell::Pace;
use super::table::{Screen, Table};
use crate::lab::Policy;
use crate::rules::State as Game;
use crate::scenario::{self, Scenario};
use crate::text::Lang;
use bevy::log::LogPlugin;
use bevy::prelude::*;
use bevy::window::RequestRedraw;
use bevy::winit::WinitSettings;
use page::Told;
use request::Request;
use std::sync::Arc;
use storage::{Shown, Storage};

/// The canvas, which the page makes once it knows that it can be drawn on.
const CANVAS: &str = "#game";
/// Frames after which the first picture is on the screen.
const DRAWN: u32 = 3;

/// Opens the game that the page's address asks for. Returns at once; the browser calls from then on.
pub fn main() {
    wasm_bindgen_futures::spawn_local(start());
}

async fn start() {
    let lang = page::lang();
    let request = match Request::read() {
        Ok(request) => request,
        Err(refused) => return page::tell(&Told::Refused(refused)),
    };
    // Each stage is shown before its work begins, because the page cannot be drawn during it.
    page::stage("fonts").await;
    drop(crate::text::get(lang, "title.start", &[]));
    page::stage("map").await;
    let scenario = match scenario::load(&request.scenario.source()) {
        Ok(loaded) => Arc::new(loaded.scenario),
        Err(report) => return page::tell(&Told::Broken(report.render(lang))),
    };
    page::stage("scenario").await;
    // From here on without a pause: Bevy looks for a driver as soon as it may, and must find the
    // window there.
    open(request, scenario, lang);
}

fn open(request: Request, scenario: Arc<Scenario>, lang: Lang) {
    let mut app = App::new();
    app.add_plugins(
        DefaultPlugins
            .set(WindowPlugin {
                primary_window: Some(Window {
                    title: scenario.meta.title.in_lang(lang).to_owned(),
                    canvas: Some(CANVAS.to_owned()),
                    fit_canvas_to_parent: true,
                    // The browser's own keys go on working: nobody is shut in on the canvas.
                    prevent_default_event_handling: false,
                    ..default()
                }),
                ..default()
            })
            .set(LogPlugin {
                // `icu_segmenter` warns of dictionaries that neither language needs.
                filter: "error,icu_segmenter=off,icu_provider=off".to_owned(),
                ..default()
            }),
    );
    page::tell_of_panics();
    app.init_resource::<WinitSettings>();
    let storage = if request.autopilot.is_some() {
        Storage::throw_away()
    } else {
        Storage::in_browser()
    };
    let shown = storage.shown();
    let for_page = shown.clone();
    page::offer_export(move || for_page.export());
    let name = scenario.world.scenario.to_string();
    let mut settings = storage.settings();
    // What the address or the page asks for holds before what was chosen another time.
    settings.lang = Some(lang);
    settings.motion &= request.autopilot.is_none();
    let table = Table::new(scenario, storage, request.seed, lang);
    game(&mut app, table, settings);
    if let Some(policy) = request.autopilot {
        app.world_mut().resource_mut::<Pace>().flat_out = true;
        app.add_plugins(autopilot::plugin)
            .insert_resource(Autopilot::new(policy, None))
            .insert_resource(Journey {
                scenario: name,
                seed: request.seed,
                policy,
            })
            .add_systems(Last, tell_outcome);
    }
    app.insert_resource(shown);
    app.add_plugins(mirror::plugin);
    app.add_systems(Last, (tell_drawn, tell_place, tell_end));
    app.run();
}

/// What the autopilot was asked for.
#[derive(Resource)]
struct Journey {
    scenario: String,
    seed: u32,
    policy: Policy,
}

/// Where the game is, as far as the page and its tests have to know.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub(super) struct Place {
    lang: &'static str,
    screen: String,
    scenario: String,
    turn: u16,
    orders: usize,
    over: bool,
    digest: Option<String>,
    /// The turn that Continue would go on with.
    saved: Option<u16>,
    /// Whether the game would be there after a reload.
    kept: bool,
}

fn tell_drawn(mut frames: Local<u32>, mut redraw: MessageWriter<RequestRedraw>) {
    if *frames < DRAWN {
        *frames += 1;
        redraw.write(RequestRedraw);
        if *frames == DRAWN {
            page::tell(&Told::Drawn);
        }
    }
}

fn tell_place(
    table: Res<Table>,
    screen: Res<State<Screen>>,
    shown: Res<Shown>,
    mut last: Local<Option<Place>>,
) {
    let over = table.state().is_some_and(Game::over);
    let session = table.session.as_ref();
    let now = Place {
        lang: table.lang.tag(),
        screen: screen.get().id().to_owned(),
        scenario: table.scenario.world.scenario.to_string(),
        turn: table.view().map_or(0, |view| view.turn()),
        orders: session.map_or(0, |session| session.journal().acts().len()),
        over,
        digest: table
            .state()
            .filter(|_| over)
            .map(|state| state.digest().to_string()),
        saved: table.storage.saved.as_ref().map(|saved| saved.turn),
        kept: shown.is_kept(),
    };
    if last.as_ref() != Some(&now) {
        page::tell(&Told::Place(now.clone()));
        *last = Some(now);
    }
}

fn tell_outcome(mut pilot: ResMut<Autopilot>, journey: Res<Journey>, mut told: Local<bool>) {
    // Nobody looks at the layout here, so the pilot need not wait.
    pilot.looking = None;
    let Some(outcome) = pilot.outcome.as_ref().filter(|_| !*told) else {
        return;
    };
    *told = true;
    page::tell(&match outcome {
        Ok(digest) => Told::Outcome {
            scenario: journey.scenario.clone(),
            seed: journey.seed,
            policy: journey.policy.id(),
            digest: digest.to_string(),
        },
        Err(why) => Told::Stopped(why.clone()),
    });
}

fn tell_end(mut exits: MessageReader<AppExit>) {
    if exits.read().next().is_some() {
        page::tell(&Told::Closed);
    }
}
