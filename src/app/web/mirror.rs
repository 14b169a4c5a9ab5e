//! The screen as elements of the page, for those who do not look at the canvas.
//!
//! A browser shows screen readers the elements of a page and nothing of a canvas. So the page is
//! told the nodes that AccessKit gets on a desktop, and only what has changed of them; what its
//! elements ask for comes back as AccessKit's requests do.

use super::page::{self, Told};
use crate::app::input::Ring;
use crate::app::layout::Layout;
use crate::app::semantics::{Mirror, Nodes, Speaking, Tree};
use crate::app::table::Screen;
use accesskit::{Action, Role, Toggled};
use bevy::a11y::{AccessibilityNode, ActionRequest};
use bevy::prelude::*;
use bevy::winit::{EventLoopProxyWrapper, WinitUserEvent};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

pub(super) fn plugin(app: &mut App) {
    let asked = Asked::default();
    let proxy = app.world().get_resource::<EventLoopProxyWrapper>();
    let proxy = proxy.map(|proxy| (**proxy).clone());
    let for_page = asked.clone();
    page::offer_ask(move |id, what| {
        for_page.lock().push((id, what));
        // The program rests until something happens; a loop that is gone has no use for it.
        if let Some(proxy) = &proxy {
            let _ = proxy.send_event(WinitUserEvent::WakeUp);
        }
    });
    app.insert_resource(asked);
    app.add_systems(First, hear);
    app.add_systems(Last, tell.after(Speaking));
}

/// What the page's elements have asked for since the last frame: the name of a thing, and what.
#[derive(Resource, Clone, Default)]
struct Asked(Arc<Mutex<Vec<(String, String)>>>);

impl Asked {
    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<(String, String)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A request for each thing that was asked.
fn hear(asked: Res<Asked>, nodes: Res<Nodes>, mut requests: MessageWriter<ActionRequest>) {
    for (id, what) in asked.lock().drain(..) {
        let action = match what.as_str() {
            "click" => Action::Click,
            "focus" => Action::Focus,
            "blur" => Action::Blur,
            _ => continue,
        };
        requests.write_batch(nodes.request(&id, action));
    }
}

/// A node as the page makes an element of it.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
struct Element {
    id: String,
    role: &'static str,
    name: String,
    value: String,
    chosen: Option<bool>,
    enabled: bool,
    clickable: bool,
    focusable: bool,
    hidden: bool,
    /// Left, top, width, height in the page's pixels.
    area: [i32; 4],
}

impl Element {
    fn of(id: &str, node: &AccessibilityNode, ratio: f32) -> Self {
        let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
        let role = match node.role() {
            Role::Button => "button",
            Role::RadioButton => "choice",
            Role::ListItem => "place",
            Role::Heading => "heading",
            Role::Group => "group",
            Role::Alert => "alert",
            _ => "text",
        };
        // What is only a text is its own value.
        let (name, value) = match node.label() {
            Some(label) => (label.to_owned(), text(node.value())),
            None => (text(node.value()), String::new()),
        };
        let px = |at: f64| (at / f64::from(ratio)).round() as i32;
        let area = node.bounds().unwrap_or_default();
        Self {
            id: id.to_owned(),
            role,
            name,
            value,
            chosen: node.toggled().map(|it| it == Toggled::True),
            enabled: !node.is_disabled(),
            clickable: node.supports_action(Action::Click),
            focusable: node.supports_action(Action::Focus),
            hidden: node.is_hidden(),
            area: [
                px(area.x0),
                px(area.y0),
                px(area.width()),
                px(area.height()),
            ],
        }
    }
}

/// The names of the screen's parts, and those of a group, in reading order.
type Order = Vec<(Option<String>, Vec<String>)>;

/// What is another than the page was told before.
#[derive(Debug, serde::Serialize)]
pub(super) struct Change {
    screen: &'static str,
    /// Whether what is in front keeps from what is behind.
    modal: bool,
    /// New and changed elements.
    elements: Vec<Element>,
    /// Everything that is there, if something has come, gone or moved.
    order: Option<Order>,
    /// Where the keyboard's focus is now, if it has moved; nowhere is `Some(None)`.
    #[serde(skip_serializing_if = "Option::is_none")]
    focus: Option<Option<String>>,
}

/// What the page knows.
#[derive(Default)]
struct Known {
    screen: &'static str,
    modal: bool,
    elements: BTreeMap<String, Element>,
    order: Order,
    focus: Option<String>,
}

fn tell(
    nodes: Res<Nodes>,
    spoken: Query<(&Mirror, &AccessibilityNode)>,
    tree: Res<Tree>,
    ring: Res<Ring>,
    layout: Res<Layout>,
    screen: Res<State<Screen>>,
    mut known: Local<Known>,
) {
    if !tree.is_changed() && !ring.is_changed() && !layout.is_changed() && !screen.is_changed() {
        return;
    }
    let ratio = layout.physical / layout.scale;
    let (mut elements, mut fresh) = (BTreeMap::new(), Vec::new());
    let mut order = Order::new();
    let mut groups = vec![None];
    while let Some(group) = groups.pop() {
        let mut ids = Vec::new();
        for (mirror, node) in nodes
            .of(group.as_deref())
            .iter()
            .flat_map(|it| spoken.get(*it))
        {
            let element = Element::of(mirror.id(), node, ratio);
            if element.role == "group" {
                groups.push(Some(element.id.clone()));
            }
            if known.elements.get(&element.id) != Some(&element) {
                fresh.push(element.clone());
            }
            ids.push(element.id.clone());
            elements.insert(element.id.clone(), element);
        }
        order.push((group, ids));
    }
    let focus = ring.on.clone().filter(|id| elements.contains_key(id));
    let now = Known {
        screen: screen.get().id(),
        modal: tree.controls().any(|thing| tree.is_behind(thing)),
        elements,
        order,
        focus,
    };
    let change = Change {
        screen: now.screen,
        modal: now.modal,
        elements: fresh,
        order: (now.order != known.order).then(|| now.order.clone()),
        focus: (now.focus != known.focus).then(|| now.focus.clone()),
    };
    let same = now.screen == known.screen && now.modal == known.modal;
    if !same || !change.elements.is_empty() || change.order.is_some() || change.focus.is_some() {
        page::tell(&Told::Mirror(change));
    }
    *known = now;
}
