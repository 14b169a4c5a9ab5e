//! What the program and its page say to each other.
//!
//! The page's script has made one object, `window.commonwatch`, before the program starts. The
//! program calls its `tell` and `stage` and adds `export` to it. Where the object is missing the
//! program plays on unheard.

use super::Place;
use super::mirror::Change;
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
    /// What can be read and pressed is another than before.
    Mirror(Change),
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
    let export = Closure::<dyn Fn() -> String>::new(export);
    offer("export", &export.into_js_value());
}

/// Gives the page a function by which its elements ask for something: the name of the thing, and
/// what is asked of it.
pub(super) fn offer_ask(ask: impl Fn(String, String) + 'static) {
    let ask = Closure::<dyn Fn(String, String)>::new(ask);
    offer("ask", &ask.into_js_value());
}

/// Gives the page a function that it may call as long as it is open.
fn offer(name: &str, function: &JsValue) {
    if let Some(page) = page() {
        drop(Reflect::set(&page, &name.into(), function));
    }
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
