//! A whole game without a window: real fonts, real layout, real presses; for tests.

use super::driver::{Autopilot, Outcome};
use crate::app::layout::Layout;
use crate::app::storage::Storage;
use crate::app::table::Table;
use crate::app::widgets::{Control, Cover, Under, under};
use crate::app::{Options, game, quiet_log};
use crate::lab::policy::Policy;
use bevy::prelude::*;
use bevy::render::RenderPlugin;
use bevy::render::settings::WgpuSettings;
use bevy::text::TextLayoutInfo;
use bevy::ui::{ComputedStackIndex, UiGlobalTransform};
use bevy::winit::WinitPlugin;

/// What came of a rehearsal.
#[derive(Clone, Debug)]
pub struct Rehearsed {
    /// The digest of the last state, or the control that could not be pressed.
    pub outcome: Outcome,
    /// Texts outside their boxes, controls off the screen or on each other: screen and fault.
    pub faults: Vec<String>,
    /// The screens that were looked at.
    pub looked_at: Vec<String>,
}

/// Frames after which a rehearsal is stuck.
const MOST_FRAMES: u32 = 60_000;

/// Plays a game from the title to the debrief by pressing what is on the screen.
#[must_use]
pub fn rehearse(options: Options, policy: Policy) -> Rehearsed {
    let mut app = App::new();
    let (width, height) = options.size;
    app.add_plugins(
        DefaultPlugins
            .set(WindowPlugin {
                primary_window: Some(Window {
                    resolution: bevy::window::WindowResolution::new(width, height),
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
            .set(quiet_log())
            .disable::<WinitPlugin>(),
    );
    game(
        &mut app,
        Table::new(
            options.scenario,
            Storage::throw_away(),
            options.seed,
            options.lang,
        ),
    );
    app.add_plugins(super::plugin)
        .insert_resource(Autopilot::new(policy, None));
    app.finish();
    app.cleanup();
    let (mut faults, mut looked_at) = (Vec::new(), Vec::new());
    for _ in 0..MOST_FRAMES {
        app.update();
        let pilot = app.world_mut().resource_mut::<Autopilot>();
        if let Some(outcome) = pilot.outcome.clone() {
            return Rehearsed {
                outcome,
                faults,
                looked_at,
            };
        }
        let Some(name) = pilot.into_inner().looking.take() else {
            continue;
        };
        let found = app
            .world_mut()
            .run_system_cached(faults_now)
            .unwrap_or_default();
        faults.extend(found.into_iter().map(|fault| format!("{name}: {fault}")));
        looked_at.push(name);
    }
    Rehearsed {
        outcome: Err("the rehearsal does not end".to_owned()),
        faults,
        looked_at,
    }
}

fn rect(node: &ComputedNode, place: &UiGlobalTransform) -> Rect {
    Rect::from_center_size(place.transform_point2(Vec2::ZERO), node.size())
}

fn holds(outer: Rect, inner: Rect) -> bool {
    let slack = 1.5;
    outer.inflate(slack).union(inner) == outer.inflate(slack)
}

/// What is wrong with the layout of the screen as it stands.
fn faults_now(
    layout: Res<Layout>,
    texts: Query<(
        Entity,
        &Text,
        &TextLayoutInfo,
        &ComputedNode,
        &UiGlobalTransform,
    )>,
    boxes: Query<(
        &ComputedNode,
        &UiGlobalTransform,
        Option<&BackgroundColor>,
        Has<Control>,
        Has<Cover>,
    )>,
    parents: Query<&ChildOf>,
    things: Query<
        (
            Option<&Control>,
            &ComputedNode,
            &UiGlobalTransform,
            &ComputedStackIndex,
        ),
        Or<(With<Control>, With<Cover>)>,
    >,
) -> Vec<String> {
    let window = Rect::from_corners(Vec2::ZERO, layout.window * layout.physical);
    let mut faults = Vec::new();
    for (entity, text, shaped, node, place) in &texts {
        let about = text.0.chars().take(40).collect::<String>();
        if shaped.glyphs.is_empty() && !text.0.trim().is_empty() {
            faults.push(format!("\"{about}\" has no glyphs"));
        }
        let size = shaped.size;
        // A broken line counts the space at its end, which nobody sees.
        let space = 6.0 * layout.physical;
        if size.x > node.size().x + space || size.y > node.size().y + 1.5 {
            faults.push(format!("\"{about}\" is {size} in a box of {}", node.size()));
        }
        let here = rect(node, place);
        if !holds(window, here) {
            faults.push(format!("\"{about}\" leaves the window: {here:?}"));
        }
        for above in parents.iter_ancestors(entity) {
            let Ok((outer, outer_place, paint, control, cover)) = boxes.get(above) else {
                break;
            };
            let painted = paint.is_some_and(|paint| paint.0.alpha() > 0.0);
            if (painted || control || cover) && !holds(rect(outer, outer_place), here) {
                faults.push(format!("\"{about}\" leaves its box"));
                break;
            }
        }
    }
    let touchable = || things.iter();
    let controls: Vec<(&str, Rect)> = things
        .iter()
        .filter_map(|(control, node, place, _)| Some((control?.id.as_str(), rect(node, place))))
        // The tray takes drops everywhere below its own controls.
        .filter(|(id, _)| *id != "tray")
        .collect();
    for (at, (id, here)) in controls.iter().enumerate() {
        if !holds(window, *here) {
            faults.push(format!("{id} leaves the window: {here:?}"));
        }
        if under(here.center(), touchable()) != Under::Control((*id).to_owned()) {
            continue;
        }
        for (other, there) in &controls[at + 1..] {
            let shared = here.intersect(*there);
            let on_top = under(there.center(), touchable()) == Under::Control((*other).to_owned());
            if on_top && shared.width() > 1.0 && shared.height() > 1.0 {
                faults.push(format!("{id} and {other} lie on each other"));
            }
        }
    }
    faults
}
