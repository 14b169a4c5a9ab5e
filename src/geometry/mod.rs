//! Polygons, shared edges, point in polygon, travel time: plane geometry in kilometres.
//!
//! This floor knows no game: it gets points and outlines and gives areas, neighbours, times. All of
//! it uses only `+ − × ÷ sqrt` and integers, so every platform computes the same bits.
//!
//! | file | what it answers |
//! |---|---|
//! | `point` | where is it, how far, which box |
//! | `segment` | do two straight pieces meet, how far is a point from one |
//! | `polygon` | area, centroid, inside or outside, does the outline cross itself |
//! | `label` | where inside a shape is the most room for a word |
//! | `overlap` | do two shapes cover the same ground, and where |
//! | `adjacency` | who shares a border with whom, and how long is it |
//! | `borders` | the same outlines as wavering lines, for the eye only |
//! | `scatter` | where to put small houses and trees |
//! | `travel` | how long it takes to get from here to there |
//! | `grid` | the cells that travel times are worked out on |
//! | `contour` | lines of equal travel time |
//! | `generate` | irregular cities of any size, for benches and tests |

mod adjacency;
mod borders;
mod contour;
mod generate;
mod grid;
mod label;
mod overlap;
mod point;
mod polygon;
mod polyline;
mod scatter;
mod seeded;
mod segment;
mod travel;

pub use adjacency::{Adjacency, EdgeUse, OutlineError, OutlineProblem, SharedBorder, polygons};
pub use borders::{Borders, EdgeKind, FineEdge, OuterPiece};
pub use generate::{City, city};
pub use overlap::{Overlap, overlaps};
pub use point::{Bounds, Point, REACH_KM, TOUCH_KM};
pub use polygon::{Crossing, Polygon, PolygonError};
pub use polyline::Polyline;
pub use scatter::{Circle, Scatter};
pub use segment::{Meeting, distance_to_segment, segments_meet};
pub use travel::{Bridge, Field, TravelCosts, TravelTimes};
