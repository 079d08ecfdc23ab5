//! Text as a picture: fonts, shaping, coverage, paint; what the generators of titles and the captions
//! are made of.
//!
//! A text is shaped once and kept; its outlines become exact coverage at the film's own raster, and its
//! paints are laid over each other in premultiplied scene-linear light.

mod blur;
mod check;
mod colour;
mod coverage;
mod distance;
mod emoji;
pub mod fonts;
pub(super) mod kept;
mod lines;
mod motion;
mod outlines;
mod paint;
mod parts;
mod shape;
mod style;

pub use check::font_problems;
pub(super) use check::problems;
pub(super) use fonts::with_font;
pub use fonts::{BUNDLED, FontFiles};
pub(super) use lines::{Columns, columns};
pub(super) use motion::{MOTION, STILL, steady};
pub(super) use paint::{Block, bar, picture};
pub(super) use parts::moved;
pub(super) use shape::content;
pub use shape::{Glyph, Laid, Line, Span, Wanted, lay, missing};
pub(super) use style::{LOOK, Style, TEXT, colour, joined};
