//! Where a page keeps games: in the browser's storage, as long as it takes them.

use crate::app::shell::Settings;
use crate::app::shell::report::Report;
use crate::scenario::Scenario;
use crate::session::shelf::{Shelf, ShelvedGame};
use crate::session::{
    KeyValue, KeyedStore, Live, Marks, NotKept, OpenError, Opening, Sentence, Session, Setting,
    Store, StoreError, export, open,
};
use bevy::prelude::Resource;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use wasm_bindgen::JsValue;

/// Where the settings are kept.
const SETTINGS: &str = "commonwatch/settings";

/// Where games are kept.
#[derive(Debug)]
pub struct Storage {
    shelf: Shelf<Place>,
    place: Place,
    shown: Shown,
    /// The game that Continue would go on with.
    pub saved: Option<ShelvedGame>,
    /// A page keeps no reports: the browser shows what has failed.
    pub report: Option<Report>,
}

/// The log of the game that was begun or opened last, which the page may ask for at any time.
#[derive(Resource, Clone, Debug, Default)]
pub struct Shown(Arc<Mutex<Option<Live>>>);

impl Shown {
    /// The log as text, to hand on; empty without a game.
    pub fn export(&self) -> String {
        let bytes = self.live().map(|live| live.bytes()).unwrap_or_default();
        export(&bytes, Marks::Keep)
            .or_else(|damage| export(&bytes[..damage.good_bytes], Marks::Keep))
            .unwrap_or_default()
    }

    /// Whether all of it would be there after a reload; so it is without a game.
    pub fn is_kept(&self) -> bool {
        self.live().is_none_or(|live| live.is_kept())
    }

    fn live(&self) -> Option<Live> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn show(&self, live: Live) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(live);
    }
}

impl Storage {
    /// In the browser's storage.
    pub fn in_browser() -> Self {
        let mut storage = Self::in_place(Place::Browser);
        storage.look();
        storage
    }

    /// Nowhere: the game is gone when the page closes.
    pub fn throw_away() -> Self {
        Self::in_place(Place::Page(Arc::default()))
    }

    fn in_place(place: Place) -> Self {
        Self {
            shelf: Shelf::new(place.clone()),
            place,
            shown: Shown::default(),
            saved: None,
            report: None,
        }
    }

    /// The settings that the browser has kept.
    pub fn settings(&self) -> Settings {
        let kept = self.place.get(SETTINGS).ok().flatten();
        let kept = kept.and_then(|text| serde_json::from_str(&text).ok());
        Settings::read(&kept.unwrap_or_default())
    }

    /// Keeps the settings.
    ///
    /// # Errors
    ///
    /// The browser does not take them.
    pub fn keep(&mut self, settings: &Settings) -> Result<(), NotKept> {
        let mut kept = serde_json::Map::new();
        settings.write(&mut kept);
        let text = serde_json::Value::Object(kept).to_string();
        self.place.put(SETTINGS, &text)
    }

    /// A page has no folder with scenarios of one's own.
    pub fn scenarios(&self) -> Vec<PathBuf> {
        Vec::new()
    }

    /// The log of the game in progress, now and later.
    pub fn shown(&self) -> Shown {
        self.shown.clone()
    }

    /// Looks for the last game.
    pub fn look(&mut self) {
        self.saved = self.shelf.last();
    }

    /// Begins the log of a new game.
    ///
    /// # Errors
    ///
    /// The log cannot be written.
    pub fn begin(&self, scenario: &Scenario, seed: u32) -> Result<Session, OpenError> {
        let store = self.shelf.begin(&scenario.world.scenario, &holder())?;
        Session::create(self.taken(store), &Setting::from(scenario), seed)
    }

    /// Opens the last game.
    ///
    /// # Errors
    ///
    /// What stands in the way, as a sentence.
    pub fn resume(&self, scenario: &Scenario) -> Result<Opening, Box<dyn Sentence>> {
        let Some(saved) = &self.saved else {
            return Err(Box::new(StoreError::Missing));
        };
        let store = self.shelf.open(&saved.name, &holder()).map_err(boxed)?;
        open(self.taken(store), &Setting::from(scenario)).map_err(boxed)
    }

    fn taken(&self, store: KeyedStore<Place>) -> Box<dyn Store + Send + Sync> {
        self.shown.show(store.live());
        Box::new(store)
    }
}

fn boxed<S: Sentence + 'static>(why: S) -> Box<dyn Sentence> {
    Box::new(why)
}

/// A name for one opening of a log, like no other.
fn holder() -> String {
    format!("{}-{}", js_sys::Date::now(), js_sys::Math::random())
}

/// A place that keeps texts.
#[derive(Clone, Debug)]
enum Place {
    /// The browser's storage for this page's origin. It writes at once, which a log needs: an order
    /// is in it before it is shown. (IndexedDB answers later, and browsers clear both together.)
    Browser,
    /// The memory of the page.
    Page(Arc<Mutex<BTreeMap<String, String>>>),
}

impl Place {
    /// Found anew each time, because what a browser hands out stays on the page's own thread.
    fn storage() -> Result<web_sys::Storage, NotKept> {
        let storage = web_sys::window().map(|window| window.local_storage());
        match storage {
            Some(Ok(Some(storage))) => Ok(storage),
            Some(Err(why)) => Err(blocked(&why)),
            _ => Err(NotKept::Blocked("no storage".to_owned())),
        }
    }
}

impl KeyValue for Place {
    fn get(&self, key: &str) -> Result<Option<String>, NotKept> {
        match self {
            Self::Browser => Self::storage()?.get_item(key).map_err(|why| blocked(&why)),
            Self::Page(kept) => {
                let kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
                Ok(kept.get(key).cloned())
            }
        }
    }

    fn put(&mut self, key: &str, text: &str) -> Result<(), NotKept> {
        match self {
            Self::Browser => Self::storage()?
                .set_item(key, text)
                .map_err(|why| blocked(&why)),
            Self::Page(kept) => {
                let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
                kept.insert(key.to_owned(), text.to_owned());
                Ok(())
            }
        }
    }

    fn remove(&mut self, key: &str) -> Result<(), NotKept> {
        match self {
            Self::Browser => Self::storage()?
                .remove_item(key)
                .map_err(|why| blocked(&why)),
            Self::Page(kept) => {
                let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
                kept.remove(key);
                Ok(())
            }
        }
    }
}

/// What the browser's refusal means.
fn blocked(why: &JsValue) -> NotKept {
    let name = js_sys::Reflect::get(why, &"name".into()).ok();
    let name = name.and_then(|name| name.as_string()).unwrap_or_default();
    match name.as_str() {
        "QuotaExceededError" | "NS_ERROR_DOM_QUOTA_REACHED" => NotKept::Full,
        _ => NotKept::Blocked(name),
    }
}
