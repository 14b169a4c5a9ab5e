//! Charts as SVG: lines, dots and bars on a white ground, so that they can be read in a light page
//! and in a dark one. Series differ in their dashes and shapes as well as in colour.
//!
//! A chart names its words by keys; they come in when it is drawn, so that one chart serves every
//! language.

use std::fmt::Write;

/// An axis with its unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// The key of its words.
    pub label: &'static str,
    /// Its lower end.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
    /// Whether its numbers are per cent.
    pub percent: bool,
}

/// How a series is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// A line through the points.
    Line,
    /// A line that holds each value until the next point.
    Steps,
    /// A dot at each point.
    Dots,
}

/// A row of points with one meaning.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// The key of its words.
    pub label: String,
    /// How it is drawn.
    pub mark: Mark,
    /// The points.
    pub points: Vec<(f64, f64)>,
}

/// A chart.
#[derive(Clone, Debug, PartialEq)]
pub enum Chart {
    /// Series over two axes.
    Plane {
        /// The axis along the bottom.
        x: Axis,
        /// The axis along the side.
        y: Axis,
        /// What is drawn.
        series: Vec<Series>,
    },
    /// A row of bars or dots for each thing.
    Rows {
        /// The axis along the bottom.
        axis: Axis,
        /// The keys of the rows' words.
        rows: Vec<String>,
        /// The keys of the series' words, with a value for each row.
        series: Vec<(String, Vec<f64>)>,
        /// Dots instead of bars.
        dots: bool,
    },
}

/// What a chart is drawn with.
pub struct Words<'a> {
    /// The words of a key.
    pub of: &'a dyn Fn(&str) -> String,
    /// What follows a number that is per cent.
    pub percent: &'a str,
}

const WIDTH: f64 = 680.0;
/// The colours of the series, told apart with any colour vision and readable on white.
const INKS: [&str; 5] = ["#1f5a91", "#b45309", "#4b5563", "#0f766e", "#86198f"];
const DASHES: [&str; 5] = ["", "9 4", "2 4", "12 4 2 4", "5 2"];
const SIZE: f64 = 14.0;
/// A row of the legend.
const ROW: f64 = 20.0;
const EDGE: f64 = 14.0;

impl Chart {
    /// The chart as an SVG document.
    #[must_use]
    pub fn svg(&self, words: &Words) -> String {
        let mut canvas = Canvas::default();
        let height = match self {
            Self::Plane { x, y, series } => plane(&mut canvas, words, x, y, series),
            Self::Rows {
                axis,
                rows,
                series,
                dots,
            } => in_rows(&mut canvas, words, axis, rows, series, *dots),
        };
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" \
             width=\"{WIDTH}\" height=\"{height}\" font-family=\"'Noto Sans', 'Noto Sans SC', \
             'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif\" \
             font-size=\"{SIZE}\" fill=\"#1f2937\">\n\
             <rect width=\"{WIDTH}\" height=\"{height}\" rx=\"6\" fill=\"#ffffff\"/>\n{}</svg>\n",
            canvas.out
        )
    }
}

#[derive(Default)]
struct Canvas {
    out: String,
}

impl Canvas {
    fn add(&mut self, element: std::fmt::Arguments) {
        // Writing to a string cannot fail.
        let _ = writeln!(self.out, "{element}");
    }

    fn text(&mut self, x: f64, y: f64, anchor: &str, text: &str) {
        let text = text
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;");
        self.add(format_args!(
            "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">{text}</text>"
        ));
    }

    fn rule(&mut self, from: (f64, f64), to: (f64, f64), ink: &str) {
        self.add(format_args!(
            "<path d=\"M{:.1} {:.1}L{:.1} {:.1}\" stroke=\"{ink}\" fill=\"none\"/>",
            from.0, from.1, to.0, to.1
        ));
    }

    fn line(&mut self, points: &[(f64, f64)], at: usize) {
        let mut path = String::new();
        for (i, (x, y)) in points.iter().enumerate() {
            let _ = write!(path, "{}{x:.1} {y:.1}", if i == 0 { 'M' } else { 'L' });
        }
        self.add(format_args!(
            "<path d=\"{path}\" stroke=\"{}\" stroke-dasharray=\"{}\" stroke-width=\"2.5\" \
             stroke-linejoin=\"round\" fill=\"none\"/>",
            INKS[at % INKS.len()],
            DASHES[at % DASHES.len()]
        ));
    }

    /// A mark of its own shape for each series.
    fn dot(&mut self, x: f64, y: f64, at: usize) {
        let ink = INKS[at % INKS.len()];
        match at % 5 {
            0 => self.add(format_args!(
                "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4.5\" fill=\"{ink}\" fill-opacity=\"0.8\"/>"
            )),
            1 => self.add(format_args!(
                "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"9\" height=\"9\" fill=\"{ink}\"/>",
                x - 4.5,
                y - 4.5
            )),
            2 => self.add(format_args!(
                "<path d=\"M{x:.1} {:.1}l6 10h-12z\" fill=\"{ink}\"/>",
                y - 6.0
            )),
            3 => self.add(format_args!(
                "<path d=\"M{x:.1} {:.1}l6 6l-6 6l-6 -6z\" fill=\"{ink}\"/>",
                y - 6.0
            )),
            _ => self.add(format_args!(
                "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4\" fill=\"#ffffff\" stroke=\"{ink}\" \
                 stroke-width=\"2.5\"/>"
            )),
        }
    }
}

/// About how wide a text is.
fn width(text: &str) -> f64 {
    let of = |c: char| match c {
        '\u{2e80}'.. => 1.0,
        'i' | 'l' | 'j' | '.' | ',' | ':' | '\'' | '|' | ' ' | '\u{a0}' => 0.32,
        'm' | 'w' | 'M' | 'W' | '%' => 0.9,
        'A'..='Z' => 0.68,
        _ => 0.58,
    };
    text.chars().map(of).sum::<f64>() * SIZE
}

/// What stands for a series in the legend.
#[derive(Clone, Copy, PartialEq)]
enum Sample {
    Line,
    Dot,
    Bar,
}

/// Draws the legend from `top` down and says where it ends. One series needs none.
fn legend(canvas: &mut Canvas, samples: &[(String, Sample)], top: f64) -> f64 {
    if samples.len() < 2 {
        return top;
    }
    let (mut x, mut y) = (EDGE, top + SIZE);
    for (at, (label, sample)) in samples.iter().enumerate() {
        let wide = 34.0 + width(label) + 18.0;
        if x > EDGE && x + wide > WIDTH - EDGE + 18.0 {
            (x, y) = (EDGE, y + ROW);
        }
        match sample {
            Sample::Line => canvas.line(&[(x, y - 5.0), (x + 28.0, y - 5.0)], at),
            Sample::Dot => canvas.dot(x + 14.0, y - 5.0, at),
            Sample::Bar => canvas.add(format_args!(
                "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"20\" height=\"11\" fill=\"{}\"/>",
                x + 6.0,
                y - 11.0,
                INKS[at % INKS.len()]
            )),
        }
        canvas.text(x + 34.0, y, "start", label);
        x += wide;
    }
    y + 8.0
}

/// Round numbers from `low` to `high`, about `count` of them, and their decimals.
fn ticks(low: f64, high: f64, count: f64) -> (Vec<f64>, usize) {
    let wanted = (high - low) / count;
    let mut step = 1e-6;
    let mut decimals = 6;
    'search: loop {
        for factor in [1.0, 2.0, 5.0] {
            if step * factor >= wanted * 0.999 {
                step *= factor;
                break 'search;
            }
        }
        step *= 10.0;
        decimals -= 1;
    }
    let first = (low / step - 1e-9).ceil();
    let last = (high / step + 1e-9).floor();
    let mut at = first;
    let mut out = Vec::new();
    while at <= last {
        out.push(at * step);
        at += 1.0;
    }
    (out, usize::try_from(decimals).unwrap_or(0))
}

/// A number with this many decimals, with a true minus sign.
#[must_use]
pub fn number(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    match text.strip_prefix('-') {
        Some(rest) if rest.chars().all(|c| c == '0' || c == '.') => rest.to_owned(),
        Some(rest) => format!("\u{2212}{rest}"),
        None => text,
    }
}

fn tick_words(axis: &Axis, words: &Words, value: f64, decimals: usize) -> String {
    let suffix = if axis.percent { words.percent } else { "" };
    format!("{}{suffix}", number(value, decimals))
}

fn plane(canvas: &mut Canvas, words: &Words, x: &Axis, y: &Axis, series: &[Series]) -> f64 {
    let of = |key: &str| (words.of)(key);
    let samples: Vec<(String, Sample)> = series
        .iter()
        .map(|one| {
            let sample = if one.mark == Mark::Dots {
                Sample::Dot
            } else {
                Sample::Line
            };
            (of(&one.label), sample)
        })
        .collect();
    let top = legend(canvas, &samples, EDGE);
    canvas.text(EDGE, top + SIZE + 2.0, "start", &of(y.label));
    let top = top + 36.0;
    let (across, across_decimals) = ticks(x.low, x.high, 8.0);
    let (up, up_decimals) = ticks(y.low, y.high, 5.0);
    let widest = up
        .iter()
        .map(|value| width(&tick_words(y, words, *value, up_decimals)))
        .fold(0.0, f64::max);
    let (left, right, bottom) = (EDGE + widest + 8.0, WIDTH - EDGE - 16.0, top + 240.0);
    let at_x = |value: f64| left + (value - x.low) / (x.high - x.low) * (right - left);
    let at_y = |value: f64| bottom - (value - y.low) / (y.high - y.low) * (bottom - top);
    for value in &up {
        canvas.rule((left, at_y(*value)), (right, at_y(*value)), "#e5e7eb");
        let text = tick_words(y, words, *value, up_decimals);
        canvas.text(left - 8.0, at_y(*value) + 5.0, "end", &text);
    }
    let floor = if y.low < 0.0 && y.high > 0.0 {
        at_y(0.0)
    } else {
        bottom
    };
    canvas.rule((left, floor), (right, floor), "#6b7280");
    if x.low < 0.0 {
        canvas.rule((at_x(0.0), top), (at_x(0.0), bottom), "#9ca3af");
    }
    for value in &across {
        canvas.rule(
            (at_x(*value), bottom),
            (at_x(*value), bottom + 4.0),
            "#6b7280",
        );
        let text = tick_words(x, words, *value, across_decimals);
        canvas.text(at_x(*value), bottom + 20.0, "middle", &text);
    }
    canvas.text(
        f64::midpoint(left, right),
        bottom + 42.0,
        "middle",
        &of(x.label),
    );
    for (at, one) in series.iter().enumerate() {
        let placed: Vec<(f64, f64)> = one.points.iter().map(|p| (at_x(p.0), at_y(p.1))).collect();
        match one.mark {
            Mark::Line => canvas.line(&placed, at),
            Mark::Steps => {
                let mut steps = Vec::new();
                for pair in placed.windows(2) {
                    steps.extend([pair[0], (pair[1].0, pair[0].1)]);
                }
                steps.extend(placed.last());
                canvas.line(&steps, at);
            }
            Mark::Dots => {
                for (x, y) in placed {
                    canvas.dot(x, y, at);
                }
            }
        }
    }
    bottom + 56.0
}

fn in_rows(
    canvas: &mut Canvas,
    words: &Words,
    axis: &Axis,
    rows: &[String],
    series: &[(String, Vec<f64>)],
    dots: bool,
) -> f64 {
    let of = |key: &str| (words.of)(key);
    let sample = if dots { Sample::Dot } else { Sample::Bar };
    let samples: Vec<(String, Sample)> = series
        .iter()
        .map(|(label, _)| (of(label), sample))
        .collect();
    let top = legend(canvas, &samples, EDGE) + 8.0;
    let names: Vec<String> = rows.iter().map(|row| of(row)).collect();
    let widest = names.iter().map(|name| width(name)).fold(0.0, f64::max);
    let (left, right) = (EDGE + widest + 10.0, WIDTH - EDGE - 50.0);
    let each = if dots {
        34.0
    } else {
        14.0 * series.len() as f64 + 12.0
    };
    let bottom = top + each * rows.len() as f64;
    let at_x = |value: f64| left + (value - axis.low) / (axis.high - axis.low) * (right - left);
    let (across, decimals) = ticks(axis.low, axis.high, 6.0);
    for value in &across {
        canvas.rule((at_x(*value), top), (at_x(*value), bottom), "#e5e7eb");
        let text = tick_words(axis, words, *value, decimals);
        canvas.text(at_x(*value), bottom + 18.0, "middle", &text);
    }
    let zero = at_x(axis.low.max(0.0));
    for (row, name) in names.iter().enumerate() {
        let y = top + each * row as f64;
        canvas.text(left - 10.0, y + each / 2.0 + 5.0, "end", name);
        for (at, (_, values)) in series.iter().enumerate() {
            let x = at_x(values[row]);
            if dots {
                // A little apart, so that equal values do not hide each other.
                let apart = 6.0 * (at as f64 - (series.len() - 1) as f64 / 2.0);
                canvas.dot(x, y + each / 2.0 + apart, at);
                continue;
            }
            let y = y + 6.0 + 14.0 * at as f64;
            canvas.add(format_args!(
                "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"12\" fill=\"{}\"/>",
                x.min(zero),
                y,
                (x - zero).abs(),
                INKS[at % INKS.len()]
            ));
            let text = tick_words(axis, words, values[row], 0);
            let (x, anchor) = if x < zero {
                (x - 4.0, "end")
            } else {
                (x + 4.0, "start")
            };
            canvas.text(x, y + 11.0, anchor, &text);
        }
    }
    canvas.rule((zero, top), (zero, bottom), "#6b7280");
    canvas.text(
        f64::midpoint(left, right),
        bottom + 40.0,
        "middle",
        &of(axis.label),
    );
    bottom + 54.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_within() {
        assert_eq!(
            ticks(0.0, 120.0, 6.0),
            (vec![0.0, 20.0, 40.0, 60.0, 80.0, 100.0, 120.0], 0)
        );
        let (fine, decimals) = ticks(-0.3, 0.4, 5.0);
        assert_eq!((fine.len(), decimals), (4, 1));
        assert!(fine.iter().all(|t| (-0.3..=0.4).contains(t)), "{fine:?}");
    }

    #[test]
    fn nothing_is_drawn_outside_and_words_are_escaped() {
        let chart = Chart::Plane {
            x: Axis {
                label: "x",
                low: 0.0,
                high: 10.0,
                percent: false,
            },
            y: Axis {
                label: "y",
                low: -1.0,
                high: 1.0,
                percent: true,
            },
            series: vec![Series {
                label: "one".to_owned(),
                mark: Mark::Line,
                points: vec![(0.0, -1.0), (10.0, 1.0)],
            }],
        };
        let words = Words {
            of: &|key| format!("<{key}>"),
            percent: " %",
        };
        let svg = chart.svg(&words);
        assert!(
            svg.contains("&lt;x&gt;") && svg.contains("1.0 %") && svg.contains("\u{2212}1.0 %")
        );
        assert_eq!(number(-0.04, 1), "0.0");
    }
}
