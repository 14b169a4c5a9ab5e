//! The parts that screens are made of: texts, icons, tokens, buttons, cards, key caps.

mod control;

pub use control::{Control, Cover, Ring, Under, under};

use super::table::Act;
use super::theme::{Art, Canvas, Paint, Palette, Role, Theme, TokenLook, token_box};
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
type Frame = (Name, Outline, Control, Node, BackgroundColor, BorderColor);

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

    /// Whether the window is too narrow for everything at once.
    pub fn compact(&self) -> bool {
        self.scale.window.x < 1280.0 || self.scale.window.y < 720.0
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
    pub fn button(&self, id: impl Into<String>, act: Act, node: Node) -> Frame {
        let palette = &self.theme.palette;
        let control = Control::new(id, act);
        (
            Name::new(format!("Button {}", control.id)),
            self.ring.outline(&control.id, palette.focus, 2.0),
            control,
            Node {
                border: UiRect::all(Val::Px(LINE)),
                border_radius: BorderRadius::all(Val::Px(8.0)),
                align_items: AlignItems::Center,
                ..node
            },
            BackgroundColor(palette.card),
            BorderColor::all(palette.ink),
        )
    }

    /// The main button's frame.
    pub fn main_button(&self, id: impl Into<String>, act: Act, wood: bool, node: Node) -> Frame {
        let palette = &self.theme.palette;
        let control = Control::new(id, act);
        let (ring, gap) = if wood {
            (palette.focusw, 3.0)
        } else {
            (palette.focus, 2.0)
        };
        (
            Name::new(format!("Button {}", control.id)),
            self.ring.outline(&control.id, ring, gap),
            control,
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
        id: impl Into<String>,
        act: Act,
        wood: bool,
        node: Node,
    ) -> (Name, Outline, Control, Node) {
        let palette = &self.theme.palette;
        let control = Control::new(id, act);
        let (ring, gap) = if wood {
            (palette.focusw, 3.0)
        } else {
            (palette.focus, 2.0)
        };
        (
            Name::new(format!("Control {}", control.id)),
            self.ring.outline(&control.id, ring, gap),
            control,
            node,
        )
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
