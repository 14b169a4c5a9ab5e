//! The look: colours, type and fonts, read from the theme table.

mod art;

pub use art::{Art, Badge, Canvas, Paint, TokenLook, circle, diamond, token_box};

use super::shell::Settings;
use crate::text::Lang;
use bevy::color::Color;
use bevy::prelude::*;
use serde::Deserialize;
use std::collections::BTreeMap;

const TABLE: &str = include_str!("../../../assets/theme/themes.ron");
const REGULAR: &[u8] = include_bytes!("../../../assets/fonts/NotoSansSC-Regular.otf");
const BOLD: &[u8] = include_bytes!("../../../assets/fonts/NotoSansSC-Bold.otf");
/// The family's name inside both font files.
const FAMILY: &str = "Noto Sans CJK SC";

pub(super) fn plugin(app: &mut App) {
    let mut theme = Theme::load();
    if let Some(settings) = app.world().get_resource::<Settings>() {
        theme.dress(settings);
    }
    app.insert_resource(theme);
    app.init_resource::<Art>();
    app.add_systems(PreStartup, load_fonts);
}

/// Strong handles for the program's life: Bevy forgets every family when one is dropped.
#[derive(Resource)]
struct Fonts {
    _faces: [Handle<Font>; 2],
}

fn load_fonts(mut commands: Commands, mut fonts: ResMut<Assets<Font>>) {
    let _faces = [REGULAR, BOLD].map(|face| fonts.add(Font::from_bytes(face.to_vec())));
    commands.insert_resource(Fonts { _faces });
}

macro_rules! palette {
    ($($name:ident),* $(,)?) => {
        /// The colours of one theme, by their names in the table.
        #[derive(Clone, Debug)]
        pub struct Palette { $(pub $name: Color),* }

        impl Palette {
            fn read(table: &BTreeMap<String, String>) -> Self {
                let colour = |name: &str| {
                    table
                        .get(name)
                        .and_then(|hex| Srgba::hex(hex).ok())
                        // Loud, so that a gap in the table is seen; a test keeps it full.
                        .map_or(Color::srgb(1.0, 0.0, 1.0), Color::from)
                };
                Self { $($name: colour(stringify!($name))),* }
            }

            #[cfg(test)]
            const NAMES: &[&str] = &[$(stringify!($name)),*];
        }
    };
}

palette![
    bg,
    card,
    card2,
    ink,
    ink2,
    veil,
    line,
    line2,
    water,
    water2,
    water3,
    waterink,
    hinter,
    hinterink,
    district1,
    district2,
    district3,
    district4,
    district5,
    districttext1,
    districttext2,
    districttext3,
    districttext4,
    districttext5,
    safety,
    safety2,
    trust,
    pos,
    neg,
    neg2,
    gold,
    gold2,
    focus,
    park,
    parkink,
    metro1,
    metro2,
    wood1,
    wood3,
    walnut,
    walnut2,
    walnut3,
    onwalnut,
    onwalnut2,
    patrol,
    outreach,
    patrolln,
    outreachln,
    onpaint,
    btn,
    onbtn,
    focusw,
];

impl Palette {
    /// The fill of the district at this position in the scenario's list.
    pub fn district(&self, at: usize) -> Color {
        let fills = [
            self.district1,
            self.district2,
            self.district3,
            self.district4,
            self.district5,
        ];
        fills[at % fills.len()]
    }

    /// The text colour that goes with [`Palette::district`].
    pub fn district_text(&self, at: usize) -> Color {
        let inks = [
            self.districttext1,
            self.districttext2,
            self.districttext3,
            self.districttext4,
            self.districttext5,
        ];
        inks[at % inks.len()]
    }
}

/// What a text is for; its size, line height and weight follow from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Screen title.
    Display,
    /// Card title.
    Title,
    /// End turn, the smaller title.
    Heading,
    /// Names of things, main numbers.
    Panel,
    /// Main button.
    Card,
    /// Options, totals.
    Strong,
    /// Text of an event.
    Event,
    /// Everything read as a sentence.
    Body,
    /// Buttons that are not the main one.
    Button,
    /// Hints, axes.
    Label,
    /// Map plates, labels that name something.
    Plate,
}

impl Role {
    fn id(self) -> &'static str {
        match self {
            Self::Display => "display",
            Self::Title => "title",
            Self::Heading => "heading",
            Self::Panel => "panel",
            Self::Card => "card",
            Self::Strong => "strong",
            Self::Event => "event",
            Self::Body => "body",
            Self::Button => "button",
            Self::Label => "label",
            Self::Plate => "plate",
        }
    }
}

#[derive(Clone, Copy, Debug, Deserialize)]
enum Weight {
    Regular,
    Bold,
}

#[derive(Clone, Copy, Debug, Deserialize)]
struct TypeStyle {
    size: f32,
    line: f32,
    line_zh: f32,
    weight: Weight,
}

#[derive(Deserialize)]
struct Table {
    themes: BTreeMap<String, BTreeMap<String, String>>,
    type_scale: BTreeMap<String, TypeStyle>,
}

/// The theme in force.
#[derive(Resource, Clone, Debug)]
pub struct Theme {
    /// Its colours.
    pub palette: Palette,
    types: BTreeMap<String, TypeStyle>,
    looks: BTreeMap<String, BTreeMap<String, String>>,
}

impl Theme {
    fn load() -> Self {
        let table: Table = ron::from_str(TABLE).unwrap_or(Table {
            themes: BTreeMap::new(),
            type_scale: BTreeMap::new(),
        });
        let mut theme = Self {
            palette: Palette::read(&BTreeMap::new()),
            types: table.type_scale,
            looks: table.themes,
        };
        theme.dress(&Settings::default());
        theme
    }

    /// Takes the colours of the look that was chosen.
    pub fn dress(&mut self, settings: &Settings) {
        if let Some(colours) = self.looks.get(settings.look.id()) {
            self.palette = Palette::read(colours);
        }
    }

    /// The components that give a text its face, size and line height.
    pub fn face(&self, role: Role, lang: Lang) -> (TextFont, bevy::text::LineHeight) {
        let style = self.types.get(role.id()).copied().unwrap_or(TypeStyle {
            size: 15.0,
            line: 21.0,
            line_zh: 23.0,
            weight: Weight::Regular,
        });
        let line = match lang {
            Lang::En => style.line,
            Lang::ZhHans => style.line_zh,
        };
        let weight = match style.weight {
            Weight::Regular => FontWeight::NORMAL,
            Weight::Bold => FontWeight::BOLD,
        };
        let font = TextFont::from_font_size(FontSize::Px(style.size))
            .with_family(FAMILY)
            .with_font_weight(weight);
        // Relative, so that it follows the interface's scale.
        let line = bevy::text::LineHeight::RelativeToFont(line / style.size);
        (font, line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_every_colour_and_type_that_is_used() {
        let table: Table = ron::from_str(TABLE).expect("the theme table reads");
        for look in super::super::shell::settings::Look::ALL {
            assert!(
                table.themes.contains_key(look.id()),
                "no theme for {look:?}"
            );
        }
        for (theme, colours) in &table.themes {
            for name in Palette::NAMES {
                let hex = colours
                    .get(*name)
                    .unwrap_or_else(|| panic!("{theme} lacks {name}"));
                assert!(Srgba::hex(hex).is_ok(), "{theme}: {name} is {hex}");
            }
        }
        let used = [
            Role::Display,
            Role::Title,
            Role::Heading,
            Role::Panel,
            Role::Card,
            Role::Strong,
            Role::Event,
            Role::Body,
            Role::Button,
            Role::Label,
            Role::Plate,
        ];
        for role in used {
            let style = &table.type_scale[role.id()];
            assert!(style.size >= 14.0, "{role:?} is smaller than 14");
        }
    }
}
