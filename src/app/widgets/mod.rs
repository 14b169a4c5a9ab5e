//! The parts that screens are made of: texts, icons, tokens, buttons, cards, key caps.

mod scroll;

pub use scroll::ScrollPart;

use super::input::{Ring, Scrolls};
use super::layout::Room;
use super::semantics::{Cover, Semantics};
use super::shell::Settings;
use super::theme::{Art, Badge, Canvas, Paint, Palette, Role, Theme, TokenLook, token_box};
use crate::text::Lang;
use bevy::ecs::system::SystemParam;
use bevy::prelude::*;

/// What a screen draws with.
#[derive(SystemParam)]
pub struct Kit<'w> {
    theme: Res<'w, Theme>,
    art: ResMut<'w, Art>,
    images: ResMut<'w, Assets<Image>>,
    scale: Res<'w, super::layout::Layout>,
    ring: Res<'w, Ring>,
    scrolls: Res<'w, Scrolls>,
    settings: Res<'w, Settings>,
}

/// A text with its looks.
type Words = (
    Name,
    Text,
    (TextFont, bevy::text::LineHeight),
    TextColor,
    TextLayout,
    Node,
);
/// A button's frame.
type Frame = (Name, Outline, Semantics, Node, BackgroundColor, BorderColor);

/// The outline of a card.
pub const LINE: f32 = 1.5;

impl Kit<'_> {
    /// The theme's colours.
    pub fn palette(&self) -> &Palette {
        &self.theme.palette
    }

    /// The size of the window in the interface's pixels.
    pub fn window(&self) -> Vec2 {
        self.scale.window
    }

    /// How much fits side by side.
    pub fn room(&self) -> Room {
        self.scale.room()
    }

    /// Whether the window is too small for everything at its full size.
    pub fn compact(&self) -> bool {
        self.room() != Room::Full
    }

    /// Whether only one thing fits at a time.
    pub fn narrow(&self) -> bool {
        self.room() == Room::Narrow
    }

    /// What a person has chosen.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The side of a control that is `usual` high, larger where fingers press it.
    pub fn side(&self, usual: f32) -> f32 {
        if self.settings.touch {
            usual.max(44.0)
        } else {
            usual
        }
    }

    /// The focus ring of a control.
    fn outline(&self, means: &Semantics, wood: bool) -> Outline {
        let palette = &self.theme.palette;
        let (colour, gap) = if wood {
            (palette.focusw, 3.0)
        } else {
            (palette.focus, 2.0)
        };
        self.ring.outline(&means.id, colour, gap)
    }

    /// A text on one line.
    pub fn line(&self, role: Role, lang: Lang, text: impl Into<String>, ink: Color) -> Words {
        let face = self.theme.face(role, lang);
        (
            Name::new("Text"),
            Text::new(text.into()),
            face,
            TextColor(ink),
            TextLayout::no_wrap(),
            Node {
                flex_shrink: 0.0,
                ..default()
            },
        )
    }

    /// A text that breaks where its box ends.
    pub fn text(&self, role: Role, lang: Lang, text: impl Into<String>, ink: Color) -> Words {
        let face = self.theme.face(role, lang);
        (
            Name::new("Text"),
            Text::new(text.into()),
            face,
            TextColor(ink),
            TextLayout::default(),
            Node {
                min_width: Val::Px(0.0),
                ..default()
            },
        )
    }

    /// A text that breaks, its lines in the middle of the box.
    pub fn centred(&self, role: Role, lang: Lang, text: impl Into<String>, ink: Color) -> Words {
        let face = self.theme.face(role, lang);
        (
            Name::new("Text"),
            Text::new(text.into()),
            face,
            TextColor(ink),
            TextLayout::justify(Justify::Center),
            Node {
                min_width: Val::Px(0.0),
                ..default()
            },
        )
    }

    /// An icon of the theme, `size` pixels across.
    pub fn icon(&mut self, name: &str, size: f32, ink: Color) -> impl Bundle + use<> {
        let px = (size * self.scale.physical).round().max(1.0) as u32;
        let image = self.art.icon(&mut self.images, name, px);
        (
            Name::new(format!("Icon {name}")),
            ImageNode {
                image,
                color: ink,
                ..default()
            },
            Node {
                width: Val::Px(size),
                height: Val::Px(size),
                flex_shrink: 0.0,
                ..default()
            },
        )
    }

    /// A wooden token of radius `r`.
    pub fn token(
        &mut self,
        paint: Paint,
        icon: &str,
        r: f32,
        look: TokenLook,
    ) -> impl Bundle + use<> {
        let physical = self.scale.physical;
        let palette = self.theme.palette.clone();
        let image = self
            .art
            .token(&mut self.images, &palette, paint, icon, r * physical, look);
        // The picture is a whole number of pixels; its box is the same, so that nothing blurs.
        let size = token_box(r * physical).ceil() / physical;
        (
            Name::new(format!("Token {icon}")),
            ImageNode::new(image),
            Node {
                width: Val::Px(size.x),
                height: Val::Px(size.y),
                flex_shrink: 0.0,
                ..default()
            },
        )
    }

    /// A mark of the map, `r` from its middle to its edge.
    pub fn badge(&mut self, badge: Badge, icon: &str, r: f32) -> impl Bundle + use<> {
        let physical = self.scale.physical;
        let palette = self.theme.palette.clone();
        let image = self
            .art
            .badge(&mut self.images, &palette, badge, icon, r * physical);
        let size = ((r * physical * 2.0).ceil() + 2.0) / physical;
        (
            Name::new(format!("Mark {icon}")),
            ImageNode::new(image),
            Node {
                width: Val::Px(size),
                height: Val::Px(size),
                flex_shrink: 0.0,
                ..default()
            },
        )
    }

    /// The name of the game as art, `height` pixels high.
    pub fn wordmark(&mut self, lang: Lang, height: f32, ink: Color) -> impl Bundle + use<> {
        let px = (height * self.scale.physical).round() as u32;
        let (image, width) = self.art.wordmark(&mut self.images, lang, px);
        (
            Name::new("Wordmark"),
            ImageNode {
                image,
                color: ink,
                ..default()
            },
            Node {
                width: Val::Px(width as f32 / self.scale.physical),
                height: Val::Px(height),
                flex_shrink: 0.0,
                ..default()
            },
        )
    }

    /// A picture drawn for this place alone; `draw` gets the canvas and physical pixels in one of
    /// the interface's.
    pub fn picture(
        &mut self,
        width: f32,
        height: f32,
        draw: impl FnOnce(&mut Canvas, f32),
    ) -> (Name, ImageNode, Node) {
        let physical = self.scale.physical;
        let size = (Vec2::new(width, height) * physical)
            .round()
            .max(Vec2::ONE)
            .as_uvec2();
        let mut canvas = Canvas::new(size.x, size.y);
        draw(&mut canvas, physical);
        let image = self.images.add(canvas.finish());
        (
            Name::new("Picture"),
            ImageNode::new(image),
            Node {
                width: Val::Px(width),
                height: Val::Px(height),
                flex_shrink: 0.0,
                ..default()
            },
        )
    }

    /// The walnut tray along the lower edge of the window.
    pub fn tray(&mut self, height: f32) -> impl Bundle + use<> {
        let physical = self.scale.physical;
        let size = (Vec2::new(self.scale.window.x, height) * physical)
            .round()
            .as_uvec2();
        let palette = self.theme.palette.clone();
        let image = self.art.tray(&mut self.images, &palette, size, physical);
        (
            Name::new("Tray"),
            Cover,
            // A node draws its picture inside its padding, so the wood is a layer of its own.
            children![(
                Name::new("Wood"),
                // Stretched, or it would keep its shape and leave a gap.
                ImageNode::new(image).with_mode(NodeImageMode::Stretch),
                Node {
                    position_type: PositionType::Absolute,
                    left: Val::Px(0.0),
                    top: Val::Px(0.0),
                    width: Val::Percent(100.0),
                    height: Val::Percent(100.0),
                    ..default()
                },
            )],
            Node {
                position_type: PositionType::Absolute,
                left: Val::Px(0.0),
                right: Val::Px(0.0),
                bottom: Val::Px(0.0),
                height: Val::Px(height),
                border: UiRect::top(Val::Px(2.0)),
                align_items: AlignItems::Center,
                padding: UiRect::horizontal(Val::Px(12.0)),
                column_gap: Val::Px(12.0),
                ..default()
            },
            BorderColor::all(palette.ink),
        )
    }

    /// A paper card; `node` gives its place and inner layout.
    pub fn card(&self, name: &str, node: Node) -> impl Bundle + use<> {
        let palette = &self.theme.palette;
        (
            Name::new(name.to_owned()),
            Cover,
            Node {
                border: UiRect::all(Val::Px(LINE)),
                border_radius: BorderRadius::all(Val::Px(10.0)),
                ..node
            },
            BackgroundColor(palette.card),
            BorderColor::all(palette.ink),
        )
    }

    /// A card with a second line inside the first; fill it through [`Kit::inner`].
    pub fn title_card(&self, name: &str, node: Node) -> impl Bundle + use<> {
        let palette = &self.theme.palette;
        (
            Name::new(name.to_owned()),
            Cover,
            Node {
                border: UiRect::all(Val::Px(2.0)),
                border_radius: BorderRadius::all(Val::Px(12.0)),
                padding: UiRect::all(Val::Px(6.0)),
                ..node
            },
            BackgroundColor(palette.card),
            BorderColor::all(palette.ink),
        )
    }

    /// The inner frame of a [`Kit::title_card`].
    pub fn inner(&self, node: Node) -> impl Bundle + use<> {
        (
            Name::new("Inner frame"),
            Node {
                border: UiRect::all(Val::Px(1.2)),
                border_radius: BorderRadius::all(Val::Px(7.0)),
                flex_grow: 1.0,
                ..node
            },
            BorderColor::all(self.theme.palette.ink),
        )
    }

    /// A paper button's frame; what stands in it are its children.
    pub fn button(&self, means: Semantics, node: Node) -> Frame {
        let palette = &self.theme.palette;
        let (paper, ink) = match (means.enabled, means.chosen) {
            (false, _) => (palette.card2, palette.line2),
            (true, Some(true)) => (palette.gold2, palette.ink),
            _ => (palette.card, palette.ink),
        };
        (
            Name::new(format!("Button {}", means.id)),
            self.outline(&means, false),
            means,
            Node {
                border: UiRect::all(Val::Px(LINE)),
                border_radius: BorderRadius::all(Val::Px(8.0)),
                align_items: AlignItems::Center,
                ..node
            },
            BackgroundColor(paper),
            BorderColor::all(ink),
        )
    }

    /// The main button's frame.
    pub fn main_button(&self, means: Semantics, wood: bool, node: Node) -> Frame {
        let palette = &self.theme.palette;
        (
            Name::new(format!("Button {}", means.id)),
            self.outline(&means, wood),
            means,
            Node {
                border: UiRect::all(Val::Px(2.0)),
                border_radius: BorderRadius::all(Val::Px(8.0)),
                align_items: AlignItems::Center,
                ..node
            },
            BackgroundColor(palette.btn),
            BorderColor::all(palette.ink),
        )
    }

    /// A control without looks of its own.
    pub fn bare(
        &self,
        means: Semantics,
        wood: bool,
        node: Node,
    ) -> (Name, Outline, Semantics, Node) {
        (
            Name::new(format!("Control {}", means.id)),
            self.outline(&means, wood),
            means,
            node,
        )
    }

    /// A button with an icon and a word.
    pub fn worded(
        &mut self,
        parent: &mut ChildSpawnerCommands,
        lang: Lang,
        icon: &str,
        means: Semantics,
    ) {
        let ink = if means.enabled {
            self.theme.palette.ink
        } else {
            self.theme.palette.ink2
        };
        let node = Node {
            height: Val::Px(self.side(40.0)),
            padding: UiRect::horizontal(Val::Px(12.0)),
            column_gap: Val::Px(8.0),
            justify_content: JustifyContent::Center,
            flex_shrink: 0.0,
            ..Node::default()
        };
        let label = means.label.clone();
        parent
            .spawn(self.button(means, node))
            .with_children(|button| {
                if !icon.is_empty() {
                    button.spawn(self.icon(icon, 18.0, ink));
                }
                button.spawn(self.line(Role::Button, lang, label, ink));
            });
    }

    /// A square button with an icon; its label is for those who hear it.
    pub fn square(
        &mut self,
        parent: &mut ChildSpawnerCommands,
        icon: &str,
        side: f32,
        means: Semantics,
    ) {
        let side = self.side(side);
        let ink = if means.enabled {
            self.theme.palette.ink
        } else {
            self.theme.palette.line2
        };
        let node = Node {
            width: Val::Px(side),
            height: Val::Px(side),
            justify_content: JustifyContent::Center,
            flex_shrink: 0.0,
            ..Node::default()
        };
        parent.spawn(self.button(means, node)).with_child(self.icon(
            icon,
            (side * 0.5).round(),
            ink,
        ));
    }

    /// A few choices side by side, of which one is chosen; they break into rows where they must.
    pub fn choices(
        &mut self,
        parent: &mut ChildSpawnerCommands,
        lang: Lang,
        choices: impl IntoIterator<Item = Semantics>,
    ) {
        let palette = self.theme.palette.clone();
        let rows = Node {
            flex_wrap: FlexWrap::Wrap,
            row_gap: Val::Px(8.0),
            ..row(8.0)
        };
        parent
            .spawn((Name::new("Choices"), rows))
            .with_children(|line| {
                for means in choices {
                    let on = means.chosen == Some(true);
                    let node = Node {
                        height: Val::Px(self.side(36.0)),
                        // A single character is as wide as a finger needs it.
                        min_width: Val::Px(self.side(36.0)),
                        padding: UiRect::horizontal(Val::Px(12.0)),
                        justify_content: JustifyContent::Center,
                        column_gap: Val::Px(7.0),
                        flex_shrink: 0.0,
                        ..Node::default()
                    };
                    let label = means.label.clone();
                    let ink = if on { palette.card } else { palette.ink };
                    let mut button = line.spawn(self.button(means, node));
                    if on {
                        button.insert(BackgroundColor(palette.ink));
                    }
                    button.with_children(|button| {
                        if on {
                            button.spawn(self.icon("tick", 16.0, ink));
                        }
                        button.spawn(self.line(Role::Plate, lang, label, ink));
                    });
                }
            });
    }

    /// A part that scrolls when what is in it is longer than its box; `node` gives its place.
    pub fn scrolled(&self, name: &'static str, node: Node) -> ScrollPart {
        ScrollPart::new(name, node, self.scrolls.of(name), self.theme.palette.line2)
    }

    /// A key cap.
    pub fn key(&self, parent: &mut ChildSpawnerCommands, lang: Lang, label: &str, ink: Color) {
        let cap = (
            Name::new("Key cap"),
            Node {
                border: UiRect::all(Val::Px(LINE)),
                border_radius: BorderRadius::all(Val::Px(5.0)),
                padding: UiRect::horizontal(Val::Px(5.0)),
                height: Val::Px(22.0),
                min_width: Val::Px(22.0),
                align_items: AlignItems::Center,
                justify_content: JustifyContent::Center,
                flex_shrink: 0.0,
                ..default()
            },
            BorderColor::all(ink),
        );
        parent
            .spawn(cap)
            .with_child(self.line(Role::Label, lang, label, ink));
    }

    /// The key caps of a shortcut as this person has it; none while it is switched off.
    pub fn caps(&self, parent: &mut ChildSpawnerCommands, lang: Lang, shortcut: &str, ink: Color) {
        for cap in self.settings.keys.caps(shortcut) {
            self.key(parent, lang, &cap, ink);
        }
    }

    /// A thin line across.
    pub fn rule(&self) -> impl Bundle + use<> {
        (
            Name::new("Rule"),
            Node {
                height: Val::Px(1.0),
                align_self: AlignSelf::Stretch,
                flex_shrink: 0.0,
                ..default()
            },
            BackgroundColor(self.theme.palette.line),
        )
    }
}

/// A row of things, their middles in line.
pub fn row(gap: f32) -> Node {
    Node {
        align_items: AlignItems::Center,
        column_gap: Val::Px(gap),
        ..default()
    }
}

/// A column of things.
pub fn column(gap: f32) -> Node {
    Node {
        flex_direction: FlexDirection::Column,
        row_gap: Val::Px(gap),
        ..default()
    }
}

/// A column of figures in a row, which end at its right.
pub fn cell(width: f32) -> Node {
    Node {
        width: Val::Px(width),
        justify_content: JustifyContent::FlexEnd,
        flex_shrink: 0.0,
        ..default()
    }
}

/// A column that takes what room its row has left, and breaks its texts to fit.
pub fn filling(gap: f32) -> Node {
    Node {
        flex_grow: 1.0,
        flex_basis: Val::Px(0.0),
        min_width: Val::Px(0.0),
        ..column(gap)
    }
}
