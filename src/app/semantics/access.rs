//! Assistive technology: the tree as AccessKit wants it, and what it asks for.
//!
//! Screens are drawn anew when the game changes, but what they mean mostly stays. So AccessKit gets
//! nodes of its own, kept by name: a screen reader's cursor stays on "End turn" while the button
//! under it is another entity.

use super::{Role, Tree};
use crate::app::input::{Ring, Wish};
use crate::app::layout::Layout;
use crate::app::screens::Stale;
use crate::app::table::Table;
use accesskit::{Action, Node, NodeId, Rect as Area, Toggled};
use bevy::a11y::{AccessibilityNode, AccessibilitySystems, ActionRequest};
use bevy::ecs::system::SystemParam;
use bevy::input_focus::{FocusCause, InputFocus};
use bevy::prelude::*;
use bevy::window::RequestRedraw;
use std::collections::BTreeMap;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Nodes>();
    // The window adds it too; a rehearsal has none.
    app.add_message::<ActionRequest>();
    app.add_observer(only_the_tree_speaks);
    app.add_systems(PostUpdate, mirror.before(AccessibilitySystems::Update));
    // What a player without hands asks for in a frame is heard in the same frame, whichever of the
    // two would come first.
    app.add_systems(
        PreUpdate,
        obey.after(bevy::input::InputSystems)
            .before(crate::app::input::Obeying),
    );
}

/// A node of the accessibility tree, by the name of what it stands for.
#[derive(Component)]
struct Mirror(String);

/// The nodes by name, in one that holds them in reading order.
#[derive(Resource, Default)]
struct Nodes {
    screen: Option<Entity>,
    by_name: BTreeMap<String, Entity>,
    order: Vec<Entity>,
}

/// What assistive technology is told, for a player that uses nothing else.
#[derive(SystemParam)]
pub struct Spoken<'w, 's> {
    nodes: Res<'w, Nodes>,
    spoken: Query<'w, 's, &'static AccessibilityNode>,
}

impl Spoken<'_, '_> {
    /// What is heard of everything on the screen, in reading order.
    #[cfg(not(target_family = "wasm"))]
    pub fn heard(&self) -> Vec<String> {
        let nodes = self.nodes.order.iter();
        let nodes = nodes.filter_map(|entity| self.spoken.get(*entity).ok());
        let words = |node: &AccessibilityNode| node.label().or(node.value()).map(str::to_owned);
        nodes.filter_map(words).collect()
    }

    /// The node of this name, if it can be clicked.
    ///
    /// # Errors
    ///
    /// Why it cannot.
    pub fn clickable(&self, id: &str) -> Result<NodeId, String> {
        let entity = self.nodes.by_name.get(id);
        let entity = entity.ok_or_else(|| format!("{id} is not spoken of"))?;
        let node = self.spoken.get(*entity);
        let node = node.map_err(|_| format!("{id} has no node"))?;
        if node.label().is_none_or(str::is_empty) {
            return Err(format!("{id} has no label"));
        }
        if !node.supports_action(Action::Click) {
            return Err(format!("{id} cannot be clicked"));
        }
        Ok(NodeId(entity.to_bits()))
    }
}

/// Bevy gives every picture a node without words; a reader would stumble over each icon.
fn only_the_tree_speaks(
    added: On<Add, AccessibilityNode>,
    mirrors: Query<(), With<Mirror>>,
    mut commands: Commands,
) {
    if !mirrors.contains(added.entity) {
        commands
            .entity(added.entity)
            .try_remove::<AccessibilityNode>();
    }
}

/// Follows the tree: one node a thing, changed only where the thing has changed.
fn mirror(
    tree: Res<Tree>,
    ring: Res<Ring>,
    layout: Res<Layout>,
    table: Res<Table>,
    mut known: ResMut<Nodes>,
    mut nodes: Query<&mut AccessibilityNode, With<Mirror>>,
    mut focus: ResMut<InputFocus>,
    mut commands: Commands,
) {
    if !tree.is_changed() && !ring.is_changed() {
        return;
    }
    let screen = *known.screen.get_or_insert_with(|| {
        let group = AccessibilityNode(Node::new(accesskit::Role::Group));
        let name = Name::new("Spoken screen");
        commands.spawn((name, Mirror(String::new()), group)).id()
    });
    let colon = table.words().say("list.colon");
    let mut gone = std::mem::take(&mut known.by_name);
    let mut order = Vec::with_capacity(tree.things().len());
    for thing in tree.things() {
        let means = &thing.means;
        let mut node = Node::new(match means.role {
            Role::Button => accesskit::Role::Button,
            Role::Choice => accesskit::Role::RadioButton,
            Role::Place => accesskit::Role::ListItem,
            Role::Figure | Role::Text => accesskit::Role::Label,
            Role::Group => accesskit::Role::Group,
            Role::Alert => accesskit::Role::Alert,
        });
        // What is only read is a label, and a label's words are its value in AccessKit's terms: of a
        // figure with a label of its own, nobody would hear what it is the figure of.
        match means.role {
            Role::Text => node.set_value(means.label.as_str()),
            Role::Figure => node.set_value(format!("{}{colon}{}", means.label, means.value)),
            _ => {
                node.set_label(means.label.as_str());
                if !means.value.is_empty() {
                    node.set_value(means.value.as_str());
                    node.set_description(means.value.as_str());
                }
            }
        }
        if let Some(chosen) = means.chosen {
            node.set_toggled(Toggled::from(chosen));
        }
        if !means.enabled {
            node.set_disabled();
        }
        if means.act.is_some() && means.enabled {
            node.add_action(Action::Click);
            node.add_action(Action::Focus);
        }
        if means.role == Role::Alert {
            node.set_live(accesskit::Live::Assertive);
        }
        let px = |at: f32| f64::from(at * layout.physical);
        node.set_bounds(Area::new(
            px(thing.seen.min.x),
            px(thing.seen.min.y),
            px(thing.seen.max.x),
            px(thing.seen.max.y),
        ));
        let old = gone.remove(&means.id);
        let entity = match old.and_then(|entity| Some((entity, nodes.get_mut(entity).ok()?))) {
            Some((entity, mut old)) => {
                if **old != node {
                    **old = node;
                }
                entity
            }
            None => commands
                .spawn((
                    Name::new(format!("Spoken {}", means.id)),
                    Mirror(means.id.clone()),
                    AccessibilityNode(node),
                ))
                .id(),
        };
        known.by_name.insert(means.id.clone(), entity);
        order.push(entity);
    }
    if known.order != order {
        commands.entity(screen).replace_children(&order);
        known.order = order;
    }
    for entity in gone.into_values() {
        commands.entity(entity).despawn();
    }
    let on = ring
        .on
        .as_ref()
        .and_then(|id| known.by_name.get(id))
        .copied();
    if focus.get() != on {
        match on {
            Some(entity) => focus.set(entity, FocusCause::Navigated),
            None => focus.clear(),
        }
    }
}

/// What a screen reader asks for becomes the same wish as a press.
fn obey(
    mut requests: MessageReader<ActionRequest>,
    mirrors: Query<&Mirror>,
    tree: Res<Tree>,
    mut ring: ResMut<Ring>,
    mut stale: ResMut<Stale>,
    mut wishes: MessageWriter<Wish>,
    mut redraw: MessageWriter<RequestRedraw>,
) {
    for ActionRequest(request) in requests.read() {
        let Some(entity) = Entity::try_from_bits(request.target_node.0) else {
            continue;
        };
        let Ok(Mirror(id)) = mirrors.get(entity) else {
            continue;
        };
        match request.action {
            Action::Click => {
                if let Some(act) = tree.act(id) {
                    wishes.write(Wish(act));
                }
            }
            Action::Focus => {
                ring.on = Some(id.clone());
                ring.shown = true;
                stale.0 = true;
            }
            _ => continue,
        }
        redraw.write(RequestRedraw);
    }
}
