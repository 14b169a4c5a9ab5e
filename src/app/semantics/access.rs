//! Assistive technology: the tree as AccessKit wants it, and what it asks for.
//!
//! Screens are drawn anew when the game changes, but what they mean mostly stays. So AccessKit gets
//! nodes of its own, kept by name: a screen reader's cursor stays on "End turn" while the button
//! under it is another entity. A page shows the same nodes to its browser (`app::web`).

use super::{Role, Tree};
use crate::app::input::{Pointer, Ring, Wish};
use crate::app::layout::Layout;
use crate::app::screens::Stale;
use crate::app::table::{Act, Table};
use accesskit::{Action, Node, NodeId, Rect as Area, Toggled, TreeId};
use bevy::a11y::{AccessibilityNode, ActionRequest};
use bevy::ecs::system::SystemParam;
use bevy::input_focus::{FocusCause, InputFocus};
use bevy::prelude::*;
use bevy::window::RequestRedraw;
use std::collections::BTreeMap;

/// The tree is put into nodes.
#[derive(SystemSet, Debug, Clone, PartialEq, Eq, Hash)]
pub struct Speaking;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Nodes>();
    // The window adds it too; a rehearsal has none.
    app.add_message::<ActionRequest>();
    app.add_observer(only_the_tree_speaks);
    // In the frame of the layout itself, so that nobody hears of a screen that is gone.
    app.add_systems(Last, mirror.in_set(Speaking));
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
pub struct Mirror(String);

#[cfg(target_family = "wasm")]
impl Mirror {
    /// The name of what it stands for.
    pub fn id(&self) -> &str {
        &self.0
    }
}

/// The nodes by name, in one that holds them in reading order.
#[derive(Resource, Default)]
pub struct Nodes {
    screen: Option<Entity>,
    by_name: BTreeMap<String, Entity>,
    /// The children of the screen and of each group.
    families: BTreeMap<Option<String>, Vec<Entity>>,
}

impl Nodes {
    /// The parts of a group in reading order; without a name those of the screen.
    pub fn of(&self, group: Option<&str>) -> &[Entity] {
        let family = self.families.get(&group.map(str::to_owned));
        family.map(Vec::as_slice).unwrap_or_default()
    }

    /// What assistive technology sends to ask something of the thing of this name.
    pub fn request(&self, id: &str, action: Action) -> Option<ActionRequest> {
        let entity = self.by_name.get(id)?;
        Some(ActionRequest(accesskit::ActionRequest {
            action,
            target_tree: TreeId::ROOT,
            target_node: NodeId(entity.to_bits()),
            data: None,
        }))
    }
}

/// What assistive technology is told, for a player that uses nothing else.
#[derive(SystemParam)]
pub struct Spoken<'w, 's> {
    nodes: Res<'w, Nodes>,
    spoken: Query<'w, 's, (&'static Mirror, &'static AccessibilityNode)>,
}

impl Spoken<'_, '_> {
    /// What is heard of everything on the screen, in reading order.
    #[cfg(not(target_family = "wasm"))]
    pub fn heard(&self) -> Vec<String> {
        let mut said = Vec::new();
        self.hear(None, &mut said);
        said
    }

    /// The parts of a group, each before its own parts.
    #[cfg(not(target_family = "wasm"))]
    fn hear(&self, group: Option<&str>, said: &mut Vec<String>) {
        for (mirror, node) in self.spoken.iter_many(self.nodes.of(group)) {
            said.extend(node.label().or(node.value()).map(str::to_owned));
            self.hear(Some(&mirror.0), said);
        }
    }

    /// What asks for a click on the thing of this name, if it can be clicked.
    ///
    /// # Errors
    ///
    /// Why it cannot.
    pub fn click(&self, id: &str) -> Result<ActionRequest, String> {
        let node = self.nodes.by_name.get(id);
        let node = node.and_then(|entity| self.spoken.get(*entity).ok());
        let (_, node) = node.ok_or_else(|| format!("{id} is not spoken of"))?;
        if node.label().is_none_or(str::is_empty) {
            return Err(format!("{id} has no label"));
        }
        let request = self.nodes.request(id, Action::Click);
        let request = request.filter(|_| node.supports_action(Action::Click));
        request.ok_or_else(|| format!("{id} cannot be clicked"))
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
    let mut families: BTreeMap<Option<String>, Vec<Entity>> = BTreeMap::new();
    for thing in tree.things() {
        let means = &thing.means;
        let mut node = Node::new(match means.role {
            Role::Button => accesskit::Role::Button,
            Role::Choice => accesskit::Role::RadioButton,
            Role::Place => accesskit::Role::ListItem,
            Role::Heading => accesskit::Role::Heading,
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
        // What lies behind a menu is not there for eyes either.
        let behind = tree.is_behind(thing);
        if behind {
            node.set_hidden();
        }
        if means.act.is_some() && means.enabled && !behind {
            node.add_action(Action::Click);
            if means.role == Role::Place || tree.takes_focus(thing) {
                node.add_action(Action::Focus);
            }
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
        families
            .entry(thing.group.clone())
            .or_default()
            .push(entity);
    }
    for (group, children) in &families {
        let parent = match group {
            None => Some(screen),
            Some(id) => known.by_name.get(id).copied(),
        };
        if let Some(parent) = parent.filter(|_| known.families.get(group) != Some(children)) {
            commands.entity(parent).replace_children(children);
        }
    }
    known.families = families;
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
    mut pointer: ResMut<Pointer>,
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
                // A place has no ring: it is pointed at, as by the arrows.
                ring.shown = true;
                if let Some(Act::Precinct(place)) = tree.act(id) {
                    ring.shown = false;
                    pointer.aim(place.at());
                }
                stale.0 = true;
            }
            Action::Blur if ring.on.as_ref() == Some(id) => {
                *ring = Ring::default();
                stale.0 = true;
            }
            _ => continue,
        }
        redraw.write(RequestRedraw);
    }
}
