//! What the program and its page say to each other.
//!
//! The page's script has made one object, `window.commonwatch`, before the program starts. The
//! program calls its `tell` and `stage` and adds `export` to it. Where the object is missing the
//! program plays on unheard.

use super::Place;
use super::request::Refused;
use crate::text::Lang;
use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;

/// What the program tells its page.
#[derive(serde::Serialize)]
#[serde(rename_all = "kebab-case", tag = "event", content = "about")]
pub(super) enum Told {
    /// The first picture is there.
    Drawn,
    /// The game is somewhere else than before.
    Place(Place),
    /// The autopilot has played to the end.
    Outcome {
        scenario: String,
        seed: u32,
        policy: &'static str,
        digest: String,
    },
    /// The autopilot could not go on.
    Stopped(String),
    /// The address asks for something that there is not.
    Refused(Refused),
    /// The scenario has mistakes.
    Broken(String),
    /// The player has closed the game.
    Closed,
    /// The program has failed and will do nothing any more.
    Failed(String),
}

/// The language the page has chosen.
pub(super) fn lang() -> Lang {
    let chosen = page().and_then(|page| Reflect::get(&page, &"lang".into()).ok());
    chosen
        .and_then(|tag| Lang::from_tag(&tag.as_string()?))
        .unwrap_or_default()
}

/// Tells the page something.
pub(super) fn tell(told: &Told) {
    if let Ok(text) = serde_json::to_string(told) {
        call("tell", &text);
    }
}

/// Says what is being done, and waits until that is on the screen.
pub(super) async fn stage(name: &str) {
    if let Some(shown) = call("stage", name).and_then(|it| it.dyn_into::<Promise>().ok()) {
        drop(JsFuture::from(shown).await);
    }
}

/// Gives the page a function that returns the log of the game as text.
pub(super) fn offer_export(export: impl Fn() -> String + 'static) {
    let Some(page) = page() else {
        return;
    };
    let export = Closure::<dyn Fn() -> String>::new(export);
    // The page may ask for it as long as it is open.
    drop(Reflect::set(
        &page,
        &"export".into(),
        &export.into_js_value(),
    ));
}

/// Tells the page when the program fails, after Bevy's own report to the console.
pub(super) fn tell_of_panics() {
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        before(info);
        tell(&Told::Failed(info.to_string()));
    }));
}

fn page() -> Option<Object> {
    let window = web_sys::window()?;
    let page = Reflect::get(&window, &"commonwatch".into()).ok()?;
    page.dyn_into().ok()
}

fn call(name: &str, argument: &str) -> Option<JsValue> {
    let page = page()?;
    let function = Reflect::get(&page, &name.into()).ok()?;
    let function: Function = function.dyn_into().ok()?;
    function.call1(&page, &argument.into()).ok()
}
