//! What the page's address asks for: `?scenario=`, `?seed=`, `?autopilot=`.

use crate::lab::Policy;
use crate::scenario::{self, BuiltIn};
use web_sys::UrlSearchParams;

/// The scenario that is played when none is named.
const FIRST: &str = "first-watch";

/// A game that is asked for.
pub(super) struct Request {
    pub scenario: &'static BuiltIn,
    pub seed: u32,
    /// Who plays, if not the people before the screen.
    pub autopilot: Option<Policy>,
}

/// Something that there is not.
#[derive(serde::Serialize)]
pub(super) struct Refused {
    /// The parameter.
    what: &'static str,
    /// Its value.
    given: String,
    /// What there is.
    known: Vec<&'static str>,
}

impl Request {
    /// Reads the address.
    pub fn read() -> Result<Self, Refused> {
        let search = web_sys::window().and_then(|window| window.location().search().ok());
        let asked = search.and_then(|search| UrlSearchParams::new_with_str(&search).ok());
        let get = |name: &str| asked.as_ref()?.get(name);
        let name = get("scenario").unwrap_or_else(|| FIRST.to_owned());
        let scenario = scenario::find_built_in(&name).map_err(|_| Refused {
            what: "scenario",
            given: name,
            known: scenario::built_in().iter().map(|it| it.id).collect(),
        })?;
        let seed = match get("seed") {
            None => fresh_seed(),
            Some(text) => text.parse().map_err(|_| Refused {
                what: "seed",
                given: text,
                known: vec!["0–4294967295"],
            })?,
        };
        let autopilot = match get("autopilot") {
            None => None,
            Some(name) => Some(Policy::find(&name).map_err(|_| Refused {
                what: "autopilot",
                given: name,
                known: Policy::ALL.map(Policy::id).to_vec(),
            })?),
        };
        Ok(Self {
            scenario,
            seed,
            autopilot,
        })
    }
}

/// Luck for a game that names no seed.
fn fresh_seed() -> u32 {
    (js_sys::Math::random() * f64::from(u32::MAX)) as u32
}
