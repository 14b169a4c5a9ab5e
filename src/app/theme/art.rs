//! Icons, wooden tokens, the wordmark and the walnut tray, drawn once at the size they are shown.

use super::Palette;
use crate::text::Lang;
use bevy::asset::RenderAssetUsages;
use bevy::prelude::*;
use bevy::render::render_resource::{Extent3d, TextureDimension, TextureFormat};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use zeno::{Cap, Join, Mask, Stroke, Transform as Placing};

const ICONS: &str = include_str!("../../../assets/icons/icons.ron");
const WORDMARK: &str = include_str!("../../../assets/icons/wordmark.ron");
/// Round strokes of icons, in the 24 × 24 box.
const ICON_STROKE: f32 = 2.0;

#[derive(Deserialize)]
struct Icon {
    strokes: Vec<String>,
    fills: Vec<String>,
}

#[derive(Deserialize)]
struct Wordmark {
    width: f32,
    height: f32,
    fills: Vec<String>,
}

/// The outline of a token: what kind of work it stands for, told apart without colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Paint {
    /// Square.
    Patrol,
    /// Round.
    Outreach,
}

/// How a token is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenLook {
    /// Painted wood.
    Own,
    /// Painted wood, nothing left of it.
    Dim,
    /// A thin outline: another desk's.
    Theirs,
    /// A dashed outline: not placed.
    Ghost,
    /// A dashed outline, faint and struck through: it would have been placed.
    Struck,
}

/// The outline of a mark on the map: a grade, told apart without colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Badge {
    /// A square on its corner.
    Diamond,
    /// A square.
    Square,
    /// A circle.
    Circle,
    /// A dashed circle: not set yet.
    Ghost,
}

#[derive(Clone, PartialEq, Eq, Hash)]
enum Key {
    Icon(String, u32),
    Token(Paint, String, u32, TokenLook),
    Badge(Badge, String, u32),
    Word(Lang2, u32),
    Tray(u32, u32, u32),
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Lang2 {
    En,
    Zh,
}

/// Pictures already drawn, by what they show and how large.
#[derive(Resource)]
pub struct Art {
    icons: BTreeMap<String, Icon>,
    words: BTreeMap<String, Wordmark>,
    drawn: HashMap<Key, Handle<Image>>,
}

impl Default for Art {
    fn default() -> Self {
        Self {
            icons: ron::from_str(ICONS).unwrap_or_default(),
            words: ron::from_str(WORDMARK).unwrap_or_default(),
            drawn: HashMap::new(),
        }
    }
}

impl Art {
    /// Forgets what was drawn: the colours have changed.
    pub fn forget(&mut self) {
        self.drawn.clear();
    }

    /// A white icon, to be tinted, `px` physical pixels across.
    pub fn icon(&mut self, images: &mut Assets<Image>, name: &str, px: u32) -> Handle<Image> {
        let key = Key::Icon(name.to_owned(), px);
        if let Some(done) = self.drawn.get(&key) {
            return done.clone();
        }
        let mut canvas = Canvas::new(px, px);
        self.trace_icon(
            &mut canvas,
            name,
            px as f32 / 24.0,
            Vec2::ZERO,
            Color::WHITE,
        );
        let handle = images.add(canvas.finish());
        self.drawn.insert(key, handle.clone());
        handle
    }

    fn trace_icon(&self, canvas: &mut Canvas, name: &str, scale: f32, at: Vec2, colour: Color) {
        let Some(icon) = self.icons.get(name) else {
            return;
        };
        let placing = Placing::scale(scale, scale).then_translate(at.x, at.y);
        for path in &icon.fills {
            canvas.fill(path, placing, colour);
        }
        for path in &icon.strokes {
            canvas.stroke(path, placing, ICON_STROKE, &[], colour);
        }
    }

    /// A token of radius `r` physical pixels with its side; see [`token_box`] for its size.
    pub fn token(
        &mut self,
        images: &mut Assets<Image>,
        palette: &Palette,
        paint: Paint,
        icon: &str,
        r: f32,
        look: TokenLook,
    ) -> Handle<Image> {
        let key = Key::Token(paint, icon.to_owned(), (r * 8.0) as u32, look);
        if let Some(done) = self.drawn.get(&key) {
            return done.clone();
        }
        let size = token_box(r);
        let (w, h) = (size.x.ceil() as u32, size.y.ceil() as u32);
        let mut canvas = Canvas::new(w, h);
        let middle = Vec2::new(size.x / 2.0, size.x / 2.0);
        let (colour, line) = match paint {
            Paint::Patrol => (palette.patrol, palette.patrolln),
            Paint::Outreach => (palette.outreach, palette.outreachln),
        };
        let ink = (1.5 * r / 14.5).max(1.2);
        let (share, paper, width, dashed) = match look {
            TokenLook::Theirs => (0.86, palette.card.with_alpha(0.55), 1.5, false),
            _ => (1.0, palette.card, 2.5, true),
        };
        let on_paper = [TokenLook::Theirs, TokenLook::Ghost, TokenLook::Struck];
        if on_paper.contains(&look) {
            let shape = outline(paint, middle, r * share);
            canvas.fill(&shape, Placing::IDENTITY, paper);
            let dash = [5.0 * r / 14.5, 4.0 * r / 14.5];
            let dash = if dashed { &dash[..] } else { &[] };
            canvas.stroke(&shape, Placing::IDENTITY, width * r / 14.5, dash, line);
            let scale = r * 1.25 / 24.0;
            self.trace_icon(&mut canvas, icon, scale, middle - r * 0.625, line);
            if look == TokenLook::Struck {
                canvas.fade(0.6);
                let (x, y, to) = (middle.x, middle.y, r * 0.9);
                let stroke = format!("M {} {} L {} {}", x - to, y + to, x + to, y - to);
                let width = 3.0 * r / 14.5;
                canvas.stroke(&stroke, Placing::IDENTITY, width, &[], palette.neg);
            }
        } else {
            let side = (r * 0.26).max(2.0);
            for (down, radius, fill) in [(side, r, palette.wood3), (0.0, r, palette.wood1)] {
                let shape = outline(paint, middle + Vec2::Y * down, radius);
                canvas.fill(&shape, Placing::IDENTITY, fill);
                canvas.stroke(&shape, Placing::IDENTITY, ink, &[], palette.ink);
            }
            canvas.fill(&outline(paint, middle, r * 0.8), Placing::IDENTITY, colour);
            let scale = r * 1.24 / 24.0;
            self.trace_icon(&mut canvas, icon, scale, middle - r * 0.62, palette.onpaint);
            if look == TokenLook::Dim {
                canvas.fade(0.45);
            }
        }
        let handle = images.add(canvas.finish());
        self.drawn.insert(key, handle.clone());
        handle
    }

    /// A mark of the map, `r` physical pixels from its middle to its edge, on paper with ink.
    pub fn badge(
        &mut self,
        images: &mut Assets<Image>,
        palette: &Palette,
        badge: Badge,
        icon: &str,
        r: f32,
    ) -> Handle<Image> {
        let key = Key::Badge(badge, icon.to_owned(), (r * 8.0) as u32);
        if let Some(done) = self.drawn.get(&key) {
            return done.clone();
        }
        let side = (r * 2.0).ceil() + 2.0;
        let mut canvas = Canvas::new(side as u32, side as u32);
        let middle = Vec2::splat(side / 2.0);
        let (x, y) = (middle.x, middle.y);
        // A diamond's icon is smaller, so that it stays inside the slanting edges.
        let (shape, share) = match badge {
            Badge::Diamond => (diamond(x, y, r), 1.05),
            Badge::Square => (outline(Paint::Patrol, middle, r * 0.86), 1.2),
            Badge::Circle | Badge::Ghost => (circle(x, y, r * 0.92), 1.2),
        };
        canvas.fill(&shape, Placing::IDENTITY, palette.card);
        let dash = [r * 0.34, r * 0.27];
        let dash = if badge == Badge::Ghost {
            &dash[..]
        } else {
            &[]
        };
        let width = (r * 0.13).max(1.2);
        canvas.stroke(&shape, Placing::IDENTITY, width, dash, palette.ink);
        let scale = r * share / 24.0;
        let corner = middle - r * share / 2.0;
        self.trace_icon(&mut canvas, icon, scale, corner, palette.ink);
        let handle = images.add(canvas.finish());
        self.drawn.insert(key, handle.clone());
        handle
    }

    /// The name in white, to be tinted, `height` physical pixels high, and its width.
    pub fn wordmark(
        &mut self,
        images: &mut Assets<Image>,
        lang: Lang,
        height: u32,
    ) -> (Handle<Image>, u32) {
        let (tag, key) = match lang {
            Lang::En => ("en", Lang2::En),
            Lang::ZhHans => ("zh", Lang2::Zh),
        };
        let word = self.words.get(tag).or_else(|| self.words.get(lang.tag()));
        let Some(word) = word else {
            return (Handle::default(), height);
        };
        let scale = height as f32 / word.height;
        let width = (word.width * scale).ceil() as u32;
        let key = Key::Word(key, height);
        if let Some(done) = self.drawn.get(&key) {
            return (done.clone(), width);
        }
        let mut canvas = Canvas::new(width, height);
        for path in &word.fills {
            canvas.fill(path, Placing::scale(scale, scale), Color::WHITE);
        }
        let handle = images.add(canvas.finish());
        self.drawn.insert(key, handle.clone());
        (handle, width)
    }

    /// The walnut tray with its grain, in physical pixels; `scale` is physical per logical.
    pub fn tray(
        &mut self,
        images: &mut Assets<Image>,
        palette: &Palette,
        size: UVec2,
        scale: f32,
    ) -> Handle<Image> {
        let key = Key::Tray(size.x, size.y, (scale * 100.0) as u32);
        if let Some(done) = self.drawn.get(&key) {
            return done.clone();
        }
        let mut canvas = Canvas::new(size.x.max(1), size.y.max(1));
        canvas.shade(palette.walnut3, palette.walnut, 0.12);
        let (w, h) = (size.x as f32 / scale, size.y as f32 / scale);
        let mut luck: u32 = 0x9E37_79B9;
        let mut roll = |most: f32| {
            luck = luck.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (luck >> 8) as f32 / (1 << 24) as f32 * most
        };
        let placing = Placing::scale(scale, scale);
        for _ in 0..(w / 14.0) as u32 {
            let (x, y, long) = (roll(w), 6.0 + roll(h - 6.0), 60.0 + roll(280.0));
            let path = format!(
                "M {x} {y} Q {} {} {} {y}",
                x + long / 2.0,
                y + 1.5 - roll(3.0),
                x + long
            );
            canvas.stroke(&path, placing, 1.1, &[], palette.walnut2.with_alpha(0.5));
        }
        let handle = images.add(canvas.finish());
        self.drawn.insert(key, handle.clone());
        handle
    }
}

/// The picture of a token of radius `r`: as wide as the shape with its line, higher by its side.
/// The shape's middle is half a width from the left and from the top.
pub fn token_box(r: f32) -> Vec2 {
    let width = (r * 1.06 + 1.5) * 2.0;
    Vec2::new(width, width + (r * 0.26).max(2.0))
}

fn outline(paint: Paint, at: Vec2, r: f32) -> String {
    let mut path = String::new();
    let (x, y) = (at.x, at.y);
    match paint {
        Paint::Patrol => {
            let c = r * 0.34;
            let (l, t, e, b) = (x - r, y - r, x + r, y + r);
            let _ = write!(
                path,
                "M {} {t} L {} {t} Q {e} {t} {e} {} L {e} {} Q {e} {b} {} {b} L {} {b} Q {l} {b} {l} {} L {l} {} Q {l} {t} {} {t} Z",
                l + c,
                e - c,
                t + c,
                b - c,
                e - c,
                l + c,
                b - c,
                t + c,
                l + c,
            );
        }
        Paint::Outreach => {
            path = circle(x, y, r * 1.06);
        }
    }
    path
}

/// A square on its corner as path data, `r` from its middle to each corner.
pub fn diamond(x: f32, y: f32, r: f32) -> String {
    format!(
        "M {x} {} L {} {y} L {x} {} L {} {y} Z",
        y - r,
        x + r,
        y + r,
        x - r
    )
}

/// A circle as a path.
pub fn circle(x: f32, y: f32, r: f32) -> String {
    // Four cubic arcs make a circle to within a thousandth of its radius.
    let k = r * 0.5523;
    format!(
        "M {} {y} C {} {} {} {} {x} {} C {} {} {} {} {} {y} C {} {} {} {} {x} {} C {} {} {} {} {} {y} Z",
        x + r,
        x + r,
        y + k,
        x + k,
        y + r,
        y + r,
        x - k,
        y + r,
        x - r,
        y + k,
        x - r,
        x - r,
        y - k,
        x - k,
        y - r,
        y - r,
        x + k,
        y - r,
        x + r,
        y - k,
        x + r,
    )
}

/// A picture in the making. Paths are SVG path data.
pub struct Canvas {
    width: u32,
    height: u32,
    /// Red, green, blue (sRGB) and alpha, 0 to 1, not premultiplied.
    pixels: Vec<[f32; 4]>,
}

impl Canvas {
    /// An empty picture, in physical pixels.
    pub fn new(width: u32, height: u32) -> Self {
        let pixels = vec![[0.0; 4]; (width * height) as usize];
        Self {
            width,
            height,
            pixels,
        }
    }

    /// Fills a path that is written in pixels `1 / scale` as large.
    pub fn paint(&mut self, path: &str, scale: f32, colour: Color) {
        self.fill(path, Placing::scale(scale, scale), colour);
    }

    /// Draws along a path that is written in pixels `1 / scale` as large.
    pub fn line(&mut self, path: &str, scale: f32, width: f32, dash: &[f32], colour: Color) {
        let dash: Vec<f32> = dash.iter().map(|length| length * scale).collect();
        self.stroke(path, Placing::scale(scale, scale), width, &dash, colour);
    }

    fn fill(&mut self, path: &str, placing: Placing, colour: Color) {
        self.lay(path, placing, colour, None);
    }

    fn stroke(&mut self, path: &str, placing: Placing, width: f32, dash: &[f32], colour: Color) {
        let mut style = Stroke::new(width);
        style.cap(Cap::Round).join(Join::Round);
        if !dash.is_empty() {
            style.cap(Cap::Butt).dash(dash, 0.0);
        }
        self.lay(path, placing, colour, Some(style));
    }

    fn lay(&mut self, path: &str, placing: Placing, colour: Color, stroke: Option<Stroke>) {
        let mut mask = vec![0; self.pixels.len()];
        let mut drawing = Mask::new(path);
        drawing
            .size(self.width, self.height)
            .transform(Some(placing));
        if let Some(stroke) = stroke {
            drawing.style(stroke);
        }
        drawing.render_into(&mut mask, None);
        let over = colour.to_srgba();
        for (pixel, cover) in self.pixels.iter_mut().zip(mask) {
            let a = f32::from(cover) / 255.0 * over.alpha;
            if a <= 0.0 {
                continue;
            }
            let rest = pixel[3] * (1.0 - a);
            let alpha = a + rest;
            for (channel, value) in pixel.iter_mut().zip([over.red, over.green, over.blue]) {
                *channel = (value * a + *channel * rest) / alpha;
            }
            pixel[3] = alpha;
        }
    }

    /// Fills the whole from `top` to `rest`, which is reached at `share` of the height.
    fn shade(&mut self, top: Color, rest: Color, share: f32) {
        let (a, b) = (top.to_srgba(), rest.to_srgba());
        for (at, pixel) in self.pixels.iter_mut().enumerate() {
            let y = (at as u32 / self.width) as f32 / self.height as f32;
            let t = (y / share).min(1.0);
            let mix = |a: f32, b: f32| a + (b - a) * t;
            *pixel = [
                mix(a.red, b.red),
                mix(a.green, b.green),
                mix(a.blue, b.blue),
                1.0,
            ];
        }
    }

    fn fade(&mut self, by: f32) {
        for pixel in &mut self.pixels {
            pixel[3] *= by;
        }
    }

    /// The finished picture.
    pub fn finish(self) -> Image {
        let byte = |value: f32| (value.clamp(0.0, 1.0) * 255.0 + 0.5) as u8;
        let data = self
            .pixels
            .iter()
            .flat_map(|pixel| pixel.map(byte))
            .collect();
        Image::new(
            Extent3d {
                width: self.width,
                height: self.height,
                depth_or_array_layers: 1,
            },
            TextureDimension::D2,
            data,
            TextureFormat::Rgba8UnormSrgb,
            RenderAssetUsages::default(),
        )
    }
}
