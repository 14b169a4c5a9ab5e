//! The tree as it lies on the screen: who is where, and what a press would reach.

use super::{Cover, Heading, Role, Scrolled, Semantics};
use crate::app::layout::Layout;
use crate::app::table::Act;
use bevy::prelude::*;
use bevy::ui::{CalculatedClip, ComputedStackIndex, UiGlobalTransform};
use std::collections::BTreeMap;
use std::fmt;

/// A side that is large enough to aim at, in the interface's pixels.
const AIM: f32 = 60.0;

/// A part of the screen that means something.
#[derive(Clone, Debug, PartialEq)]
pub struct Thing {
    /// What it means. Texts outside controls are named by their words.
    pub means: Semantics,
    /// Its box, in the interface's pixels.
    pub area: Rect,
    /// The part of the box that is not cut off.
    pub seen: Rect,
    /// The scrolled part it lies in.
    pub within: Option<&'static str>,
    /// The name of the group it belongs to.
    pub group: Option<String>,
    /// What lies above has a greater depth.
    depth: u32,
}

impl Thing {
    /// Whether it takes presses at its box.
    fn is_control(&self) -> bool {
        self.means.act.is_some() && self.means.role != Role::Place
    }
}

/// What takes presses and means nothing.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Shade {
    seen: Rect,
    depth: u32,
}

/// What lies under a point of the window.
#[derive(Clone, Debug, PartialEq)]
pub enum Under {
    /// A control.
    Control(String),
    /// Something that takes no presses.
    Cover,
    /// Nothing of the interface.
    Nothing,
}

/// Why a control cannot be pressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreachable {
    /// It is not on the screen.
    Missing(String),
    /// It is there and cannot be pressed now.
    Disabled(String),
    /// It lies outside the window, or is cut off by what it lies in.
    CutOff(String),
    /// Something else lies on it.
    Covered(String),
}

impl fmt::Display for Unreachable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(id) => write!(f, "{id} is not on the screen"),
            Self::Disabled(id) => write!(f, "{id} cannot be pressed now"),
            Self::CutOff(id) => write!(f, "{id} is cut off or outside the window"),
            Self::Covered(id) => write!(f, "{id} is covered"),
        }
    }
}

/// Everything that means something, in reading order, as of the last layout.
#[derive(Resource, Clone, Debug, Default, PartialEq)]
pub struct Tree {
    things: Vec<Thing>,
    shades: Vec<Shade>,
    window: Rect,
}

impl Tree {
    /// Everything, in reading order.
    #[must_use]
    pub fn things(&self) -> &[Thing] {
        &self.things
    }

    /// The thing of this name.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<&Thing> {
        self.things.iter().find(|thing| thing.means.id == id)
    }

    /// What pressing the thing of this name asks for.
    #[must_use]
    pub fn act(&self, id: &str) -> Option<Act> {
        let thing = self.find(id).filter(|thing| thing.means.enabled)?;
        thing.means.act.clone()
    }

    /// What takes presses, in reading order: what the keyboard steps through.
    pub fn controls(&self) -> impl Iterator<Item = &Thing> {
        self.things.iter().filter(|thing| thing.is_control())
    }

    /// The window in the interface's pixels.
    #[must_use]
    pub fn window(&self) -> Rect {
        self.window
    }

    /// What lies under a point: the topmost counts.
    #[must_use]
    pub fn under(&self, at: Vec2) -> Under {
        let control = self
            .controls()
            .filter(|thing| thing.seen.contains(at))
            .max_by_key(|thing| thing.depth);
        let shade = self
            .shades
            .iter()
            .filter(|shade| shade.seen.contains(at))
            .map(|shade| shade.depth)
            .max();
        match (control, shade) {
            (Some(control), shade) if shade.is_none_or(|shade| shade < control.depth) => {
                Under::Control(control.means.id.clone())
            }
            (_, Some(_)) => Under::Cover,
            _ => Under::Nothing,
        }
    }

    /// Whether something that covers the whole window lies above.
    #[must_use]
    pub fn is_behind(&self, thing: &Thing) -> bool {
        self.veil() > Some(thing.depth)
    }

    /// How high the topmost thing lies that covers the whole window.
    #[must_use]
    pub fn veil(&self) -> Option<u32> {
        let whole = |shade: &&Shade| {
            let seen = shade.seen.inflate(0.5);
            seen.union(self.window) == seen
        };
        let veils = self.shades.iter().filter(whole);
        veils.map(|shade| shade.depth).max()
    }

    /// Whether the keyboard's focus can go to the control: it can be pressed, or it would be if it
    /// were scrolled to. What is covered is behind something.
    #[must_use]
    pub fn takes_focus(&self, thing: &Thing) -> bool {
        match self.spot(&thing.means.id) {
            Ok(_) => true,
            Err(Unreachable::CutOff(_)) => thing.within.is_some() && !self.is_behind(thing),
            Err(_) => false,
        }
    }

    /// A point at which a press reaches the control.
    ///
    /// # Errors
    ///
    /// Why nobody could press it.
    pub fn spot(&self, id: &str) -> Result<Vec2, Unreachable> {
        let thing = self.find(id).filter(|thing| thing.is_control());
        let thing = thing.ok_or_else(|| Unreachable::Missing(id.to_owned()))?;
        if !thing.means.enabled {
            return Err(Unreachable::Disabled(id.to_owned()));
        }
        let (area, seen) = (thing.area, thing.seen.intersect(self.window));
        // Half of it must be seen, or a good piece: nobody aims at a sliver.
        let least = (area.size() * 0.5).min(Vec2::splat(AIM));
        if seen.width() < least.x || seen.height() < least.y {
            return Err(Unreachable::CutOff(id.to_owned()));
        }
        let shares = [0.5, 0.2, 0.8, 0.05, 0.95];
        shares
            .iter()
            .flat_map(|y| shares.iter().map(move |x| Vec2::new(*x, *y)))
            .map(|share| seen.min + seen.size() * share)
            .find(|at| self.under(*at) == Under::Control(id.to_owned()))
            .ok_or_else(|| Unreachable::Covered(id.to_owned()))
    }
}

/// What the tree is made from.
type Parts<'w, 's> = Query<
    'w,
    's,
    (
        Entity,
        &'static ComputedNode,
        &'static UiGlobalTransform,
        &'static ComputedStackIndex,
        Option<&'static CalculatedClip>,
        Option<&'static Semantics>,
        Option<&'static Text>,
        Has<Cover>,
        Has<Heading>,
        &'static InheritedVisibility,
    ),
    Or<(With<Semantics>, With<Cover>, With<Text>)>,
>;

/// Reads the tree off the screen.
pub(super) fn gather(
    parts: Parts,
    parents: Query<&ChildOf>,
    controls: Query<&Semantics>,
    scrolled: Query<&Scrolled>,
    layout: Res<Layout>,
    mut tree: ResMut<Tree>,
) {
    let window = Rect::from_corners(Vec2::ZERO, layout.window);
    let (mut things, mut shades) = (Vec::new(), Vec::new());
    let mut said: BTreeMap<&str, usize> = BTreeMap::new();
    let logical =
        |rect: Rect| Rect::from_corners(rect.min / layout.physical, rect.max / layout.physical);
    let mut ordered: Vec<_> = parts.iter().filter(|part| part.9.get()).collect();
    ordered.sort_unstable_by_key(|part| part.3.0);
    for (entity, node, place, depth, clip, means, text, cover, heading, _) in ordered {
        let area = Rect::from_center_size(place.transform_point2(Vec2::ZERO), node.size());
        let seen = clip.map_or(area, |clip| area.intersect(clip.clip));
        let (area, seen) = (logical(area), logical(seen));
        if cover {
            shades.push(Shade {
                seen,
                depth: depth.0,
            });
        }
        let means = match (means, text) {
            (Some(means), _) => means.clone(),
            (None, Some(text)) if !text.0.trim().is_empty() => {
                // The words of a control are its label; they are not read twice.
                let spoken = parents
                    .iter_ancestors(entity)
                    .filter_map(|above| controls.get(above).ok())
                    .any(|above| {
                        above.act.is_some() || matches!(above.role, Role::Figure | Role::Place)
                    });
                if spoken {
                    continue;
                }
                // By its words, so that it keeps its name when something else comes or goes.
                let words = text.0.as_str();
                let times = said.entry(words).or_default();
                *times += 1;
                let id = format!("text:{words}:{times}");
                let role = if heading { Role::Heading } else { Role::Text };
                Semantics::new(id, role, words, None)
            }
            _ => continue,
        };
        let within = parents
            .iter_ancestors(entity)
            .find_map(|above| scrolled.get(above).ok())
            .map(|scrolled| scrolled.0);
        let group = parents
            .iter_ancestors(entity)
            .filter_map(|above| controls.get(above).ok())
            .find(|above| above.role == Role::Group)
            .map(|above| above.id.clone());
        things.push(Thing {
            means,
            area,
            seen,
            within,
            group,
            depth: depth.0,
        });
    }
    tree.set_if_neq(Tree {
        things,
        shades,
        window,
    });
}
