//! Parts that are longer than their box: scrolled by wheel, finger, keys, and to what has the focus.

use super::pointer::is_looked_at;
use super::{Pointer, Ring};
use crate::app::layout::Layout;
use crate::app::map::MapView;
use crate::app::screens::Stale;
use crate::app::semantics::{Scrolled, Thing, Tree, Under};
use crate::app::table::{Screen, Table};
use bevy::input::mouse::{MouseScrollUnit, MouseWheel};
use bevy::prelude::*;
use bevy::ui::{ComputedStackIndex, UiGlobalTransform};
use bevy::window::RequestRedraw;
use std::collections::BTreeMap;

/// A notch of a wheel, in the interface's pixels.
const NOTCH: f32 = 48.0;
/// How much nearer a notch of the wheel brings the map, as the logarithm of a factor.
const WHEEL_ZOOM: f32 = 0.16;
/// How much stays seen around what is scrolled to.
const AROUND: f32 = 12.0;

/// How far each part is scrolled, by its name, in the interface's pixels.
#[derive(Resource, Default, Debug)]
pub struct Scrolls {
    at: BTreeMap<&'static str, f32>,
    /// What lies under the pointer is to be scrolled by, as soon as its size is known.
    wish: f32,
    /// The same of what the keyboard is at.
    key_wish: f32,
}

impl Scrolls {
    /// How far a part is scrolled.
    pub fn of(&self, name: &'static str) -> Vec2 {
        Vec2::new(0.0, self.at.get(name).copied().unwrap_or(0.0))
    }

    /// Scrolls what lies under the pointer, or the only part there is.
    pub fn by(&mut self, pixels: f32) {
        self.wish += pixels;
    }

    /// Scrolls what the keyboard is at: where the focus is, or what lies on top.
    pub fn by_key(&mut self, pixels: f32) {
        self.key_wish += pixels;
    }

    /// Another page in the same part begins at its top.
    pub fn turn_page(&mut self, name: &'static str) {
        self.at.remove(name);
    }

    /// Another screen begins at its top.
    pub fn forget(&mut self) {
        self.at.clear();
        (self.wish, self.key_wish) = (0.0, 0.0);
    }
}

/// The mark that shows where a scrolled part stands.
#[derive(Component, Clone, Copy, Debug)]
pub struct Thumb(pub &'static str);

pub(super) fn wheel(
    mut turned: MessageReader<MouseWheel>,
    mut scrolls: ResMut<Scrolls>,
    pointer: Res<Pointer>,
    tree: Res<Tree>,
    table: Res<Table>,
    screen: Res<State<Screen>>,
    mut map: ResMut<MapView>,
    mut stale: ResMut<Stale>,
) {
    for wheel in turned.read() {
        let pixels = match wheel.unit {
            MouseScrollUnit::Line => -wheel.y * NOTCH,
            MouseScrollUnit::Pixel => -wheel.y,
        };
        let on_map = tree.under(pointer.at) == Under::Nothing;
        if on_map && is_looked_at(&table, *screen.get()) {
            let by = (-pixels / NOTCH * WHEEL_ZOOM).exp();
            stale.0 |= map.zoom(by, pointer.at);
        } else {
            scrolls.by(pixels);
        }
    }
}

/// Moves scrolled parts, after the layout has told how long they are.
pub(super) fn settle(
    mut parts: Query<(
        &Scrolled,
        &ComputedNode,
        &UiGlobalTransform,
        &ComputedStackIndex,
        &mut ScrollPosition,
        Option<&Children>,
    )>,
    boxes: Query<(&ComputedNode, &UiGlobalTransform), Without<Scrolled>>,
    mut thumbs: Query<(&Thumb, &mut Node, &mut Visibility)>,
    layout: Res<Layout>,
    tree: Res<Tree>,
    ring: Res<Ring>,
    pointer: Res<Pointer>,
    mut scrolls: ResMut<Scrolls>,
    mut redraw: MessageWriter<RequestRedraw>,
) {
    let wish = std::mem::take(&mut scrolls.bypass_change_detection().wish);
    let key_wish = std::mem::take(&mut scrolls.bypass_change_detection().key_wish);
    let focused = ring.on.as_deref().filter(|_| ring.shown);
    let focused = focused.and_then(|id| tree.find(id));
    let area_of = |node: &ComputedNode, place: &UiGlobalTransform| {
        let middle = place.transform_point2(Vec2::ZERO) / layout.physical;
        Rect::from_center_size(middle, node.size() / layout.physical)
    };
    let alone = parts.iter().count() == 1;
    // What lies over the whole window keeps the keys from what is behind it.
    let veil = tree.veil();
    let at_keys = parts
        .iter()
        .filter(|(.., depth, _, _)| veil.is_none_or(|veil| veil < depth.0))
        .max_by_key(|(Scrolled(name), node, place, depth, ..)| {
            let focus = focused.is_some_and(|thing| thing.within == Some(*name));
            let pointed = area_of(node, place).contains(pointer.at);
            (focus, pointed, depth.0)
        })
        .map(|(Scrolled(name), ..)| *name);
    for (Scrolled(name), node, place, _, mut position, children) in &mut parts {
        let area = area_of(node, place);
        let size = area.size();
        // What the layout calls the size of the content counts what its parts would like to be.
        let bottom = children
            .into_iter()
            .flatten()
            .filter_map(|child| boxes.get(*child).ok())
            .map(|(node, place)| place.transform_point2(Vec2::ZERO).y + node.size().y / 2.0)
            .fold(0.0, f32::max);
        let content = bottom / layout.physical - area.min.y + position.y;
        let most = (content - size.y).max(0.0);
        let mut to = position.y;
        if wish != 0.0 && (alone || area.contains(pointer.at)) {
            to += wish;
        }
        if at_keys == Some(*name) {
            to += key_wish;
        }
        let follows = |thing: &&Thing| ring.is_changed() && thing.within == Some(*name);
        if let Some(thing) = focused.filter(follows) {
            let above = area.min.y + AROUND - thing.area.min.y;
            let below = thing.area.max.y - (area.max.y - AROUND);
            if above > 0.0 {
                to -= above;
            } else if below > 0.0 {
                to += below;
            }
        }
        let to = to.clamp(0.0, most);
        if (to - position.y).abs() > 0.01 {
            position.y = to;
            scrolls.at.insert(*name, to);
            redraw.write(RequestRedraw);
        }
        for (Thumb(of), mut thumb, mut seen) in &mut thumbs {
            if of != name {
                continue;
            }
            seen.set_if_neq(if most > 1.0 {
                Visibility::Inherited
            } else {
                Visibility::Hidden
            });
            let share = (size.y / content.max(1.0)).min(1.0);
            let height = (size.y * share).max(24.0);
            let top = (size.y - height) * (to / most.max(1.0));
            let (height, top) = (Val::Px(height.round()), Val::Px(top.round()));
            if thumb.height != height || thumb.top != top {
                (thumb.height, thumb.top) = (height, top);
                redraw.write(RequestRedraw);
            }
        }
    }
}
