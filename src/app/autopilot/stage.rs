//! A window that nobody sees and that a test uses as a person would: press, type, drop a file.

use super::faults;
use super::hands::Hands;
use super::rehearsal::window;
use crate::app::Options;
use crate::app::map::MapView;
use crate::app::screens::Stale;
use crate::app::semantics::{Spoken, Tree};
use crate::app::shell::{Pace, Settings};
use crate::app::table::{Screen, Table};
use crate::rules::{self, Digest};
use crate::session::Act as Given;
use bevy::ecs::system::RunSystemOnce;
use bevy::input::ButtonState;
use bevy::prelude::*;
use bevy::window::{FileDragAndDrop, PrimaryWindow};
use std::path::Path;

/// Frames after which everything that was asked for is drawn.
const SETTLED: usize = 8;
/// The same where nothing is out of date any more: what was drawn is laid out, scrolled to what has
/// the focus, and laid out again.
const QUIET: usize = 3;
/// Presses of Tab after which a control counts as out of the keyboard's reach.
const MOST_TABS: usize = 120;

/// A window with the title on it.
pub struct Stage {
    app: App,
}

impl Stage {
    /// Opens it, with the settings that are kept in the data folder, if there is one.
    #[must_use]
    pub fn open(options: Options) -> Self {
        Self::with(options, None)
    }

    /// Opens it with these settings.
    #[must_use]
    pub fn open_as(options: Options, settings: Settings) -> Self {
        Self::with(options, Some(settings))
    }

    fn with(options: Options, settings: Option<Settings>) -> Self {
        let mut app = window(options, settings);
        app.finish();
        app.cleanup();
        let mut stage = Self { app };
        // The first pictures and fonts come when they come.
        for _ in 0..SETTLED {
            stage.app.update();
        }
        stage
    }

    fn settle(&mut self) {
        let mut quiet = 0;
        for _ in 0..SETTLED {
            self.app.update();
            let stale = self.app.world().resource::<Stale>().0;
            quiet = if stale { 0 } else { quiet + 1 };
            if quiet == QUIET {
                return;
            }
        }
    }

    fn tree(&self) -> &Tree {
        self.app.world().resource::<Tree>()
    }

    fn hands(&mut self, what: impl Fn(&mut Hands) + Send + Sync + 'static) {
        let done = self
            .app
            .world_mut()
            .run_system_once(move |mut hands: Hands| what(&mut hands));
        assert!(done.is_ok(), "there is no window");
        self.app.update();
    }

    /// Presses a control with the mouse.
    ///
    /// # Errors
    ///
    /// Why nobody could press it.
    pub fn press(&mut self, id: &str) -> Result<(), String> {
        let at = self.tree().spot(id).map_err(|why| why.to_string())?;
        self.click(at);
        Ok(())
    }

    /// Points at a control with the mouse.
    ///
    /// # Errors
    ///
    /// Why nobody could point at it.
    pub fn point_at(&mut self, id: &str) -> Result<(), String> {
        let at = self.tree().spot(id).map_err(|why| why.to_string())?;
        self.hands(move |hands| hands.point(at));
        self.settle();
        Ok(())
    }

    /// Presses a key that says `says`, with Ctrl and Shift as given.
    pub fn key(&mut self, code: KeyCode, says: &str, ctrl: bool, shift: bool) {
        let held = [(ctrl, KeyCode::ControlLeft), (shift, KeyCode::ShiftLeft)];
        let held = held.into_iter().filter(|(on, _)| *on);
        for (_, code) in held.clone() {
            self.hands(move |hands| hands.key(code, "", ButtonState::Pressed));
        }
        let says = says.to_owned();
        self.hands(move |hands| {
            hands.key(code, &says, ButtonState::Pressed);
            hands.key(code, &says, ButtonState::Released);
        });
        for (_, code) in held {
            self.hands(move |hands| hands.key(code, "", ButtonState::Released));
        }
        self.settle();
    }

    /// Steps to a control with Tab and presses it with Enter. Whether it was reached.
    pub fn press_by_keys(&mut self, id: &str) -> bool {
        for _ in 0..MOST_TABS {
            let ring = self.app.world().resource::<crate::app::input::Ring>();
            if ring.shown && ring.on.as_deref() == Some(id) {
                self.key(KeyCode::Enter, "\r", false, false);
                return true;
            }
            self.key(KeyCode::Tab, "\t", false, false);
        }
        false
    }

    /// Asks for a click on a control, as a screen reader does.
    ///
    /// # Errors
    ///
    /// Why the control cannot be clicked.
    pub fn ask(&mut self, id: &str) -> Result<(), String> {
        let id = id.to_owned();
        let done = self
            .app
            .world_mut()
            .run_system_once(move |mut hands: Hands| hands.ask(&id));
        done.unwrap_or_else(|_| Err("there is no window".to_owned()))?;
        self.settle();
        Ok(())
    }

    /// Drops a file on the window.
    pub fn drop_file(&mut self, path: &Path) {
        let mut windows = self
            .app
            .world_mut()
            .query_filtered::<Entity, With<PrimaryWindow>>();
        if let Ok(window) = windows.single(self.app.world()) {
            let path_buf = path.to_owned();
            self.app
                .world_mut()
                .write_message(FileDragAndDrop::DroppedFile { window, path_buf });
        }
        self.settle();
    }

    /// The screen that is shown.
    #[must_use]
    pub fn screen(&self) -> Screen {
        *self.app.world().resource::<State<Screen>>().get()
    }

    /// The acts that led to where the game stands, from the first.
    #[must_use]
    pub fn given(&self) -> Vec<Given> {
        let given = self.app.world().resource::<Table>().given();
        given.into_iter().cloned().collect()
    }

    /// The digest of the game as it stands.
    #[must_use]
    pub fn digest(&self) -> Option<Digest> {
        let table = self.app.world().resource::<Table>();
        table.state().map(rules::State::digest)
    }

    /// What a control or figure is called and what it says; none if it is not there.
    #[must_use]
    pub fn says(&self, id: &str) -> Option<(String, String)> {
        let means = &self.tree().find(id)?.means;
        Some((means.label.clone(), means.value.clone()))
    }

    /// Whether a control that can be chosen is; none if it is not there or none to choose.
    #[must_use]
    pub fn chosen(&self, id: &str) -> Option<bool> {
        self.tree().find(id)?.means.chosen
    }

    /// Whether it is a control that can be pressed now, here or once it is scrolled to.
    #[must_use]
    pub fn takes_presses(&self, id: &str) -> bool {
        let tree = self.tree();
        let named = tree.controls().find(|thing| thing.means.id == id);
        named.is_some_and(|thing| tree.takes_focus(thing))
    }

    /// The names of everything on the screen, in reading order.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        let things = self.tree().things().iter();
        things.map(|thing| thing.means.id.clone()).collect()
    }

    /// Every text on the screen, line by line, in reading order.
    #[must_use]
    pub fn text(&self) -> String {
        let things = self.tree().things().iter();
        let texts = things.map(|thing| format!("{} {}", thing.means.label, thing.means.value));
        texts.collect::<Vec<_>>().join("\n")
    }

    /// What a screen reader is given to say, in reading order.
    #[must_use]
    pub fn heard(&mut self) -> Vec<String> {
        let heard = self
            .app
            .world_mut()
            .run_system_once(|spoken: Spoken| spoken.heard());
        heard.unwrap_or_default()
    }

    /// How many marks of what plays lie on the map, whether or not it is their time yet.
    #[must_use]
    pub fn marks(&self) -> usize {
        let ways = self.app.world().resource::<MapView>().pass.places.iter();
        ways.flatten().map(|way| way.stops.len()).sum()
    }

    /// Whether nothing moves by itself, so that nothing is drawn until somebody does something.
    #[must_use]
    pub fn rests(&self) -> bool {
        let pace = self.app.world().resource::<Pace>();
        !pace.motion && !pace.clock
    }

    /// Presses the mouse at a point of the window, whatever lies there.
    pub fn click(&mut self, at: Vec2) {
        self.hands(move |hands| hands.point(at));
        self.hands(|hands| hands.button(ButtonState::Pressed));
        self.hands(|hands| hands.button(ButtonState::Released));
        self.settle();
    }

    /// How often the city has been drawn, which is the costly part of the map.
    #[must_use]
    pub fn city_drawings(&self) -> u32 {
        self.app.world().resource::<MapView>().drawings
    }

    /// Where a precinct's name lies in the window, in the interface's pixels.
    #[must_use]
    pub fn name_of_place(&self, at: usize) -> Option<Vec2> {
        let map = self.app.world().resource::<MapView>();
        let (board, frame) = (map.board.as_ref()?, map.frame?);
        Some(frame.to_window(board.places.get(at)?.label))
    }

    /// Pulls the mouse from one point of the window to another, in so many moves.
    pub fn drag(&mut self, from: Vec2, to: Vec2, moves: u8) {
        self.hands(move |hands| hands.point(from));
        self.hands(|hands| hands.button(ButtonState::Pressed));
        for step in 1..=moves {
            let at = from.lerp(to, f32::from(step) / f32::from(moves));
            self.hands(move |hands| hands.point(at));
        }
        self.hands(|hands| hands.button(ButtonState::Released));
        self.settle();
    }

    /// Turns the wheel over a point of the window; upwards is negative.
    pub fn wheel(&mut self, at: Vec2, pixels: f32) {
        self.hands(move |hands| hands.point(at));
        self.hands(move |hands| hands.wheel(pixels));
        self.settle();
    }

    /// What is wrong with the layout.
    #[must_use]
    pub fn faults(&mut self) -> Vec<String> {
        let found = self.app.world_mut().run_system_cached(faults::now);
        found.unwrap_or_default()
    }
}
