//! From a document to the frame at a time.
//!
//! [`plan()`] says what is visible at a frame and which frames of which media that takes.
//! [`Sources`] gives the frames: nothing here opens a file.
//!
//! Layers that a camera or an adjustment lies over are moved by it or taken into it as the plan is made.
//!
//! A frame that nothing touches is the decoder's own. A clip's [`Effects`] work on its whole picture, and its
//! [`Grade`] on its colours, on the way to light, before it is placed. Transitions mix display-coded values, in the
//! decoder's planes where both sides agree; everything else is laid over each other in premultiplied
//! scene-linear light, in floats, and coded again.

pub mod blend;
mod brush;
mod camera;
pub mod canvas;
mod captions;
mod check;
pub mod composite;
pub mod convert;
pub mod correct;
pub mod drawn;
pub mod effects;
pub mod faults;
mod files;
pub mod filter;
pub mod flow;
mod fused;
pub mod generators;
pub mod grade;
pub mod grain;
mod kept;
mod key;
mod light;
pub mod lut;
pub mod masks;
mod matte_view;
pub mod means;
pub mod measures;
mod moment;
mod oklab;
pub mod placement;
mod plan;
mod planner;
mod render;
pub mod scopes;
mod sheet;
mod showing;
mod sources;
mod stack;
pub mod titles;
pub mod track;
pub mod transitions;
mod turn;
pub mod values;

pub use check::problems;
pub use effects::Effects;
pub use files::files;
pub use grade::Grade;
pub use key::Key;
pub use matte_view::{MatteView, matte, with_matte};
pub use placement::Placement;
pub use plan::{Between, Layer, Picture, Plan};
pub use planner::plan;
pub use render::{Lie, Renderer};
pub use sheet::{above, contact_sheet, miniature};
pub use showing::{Showing, showing};
pub use sources::Sources;
pub use values::Values;

use signal::{Colour, Matrix, Primaries, Range, Transfer};

/// What the numbers of made and composited pictures mean: display-coded BT.709, RGB, 0 to 1.
///
/// sRGB stills keep their code values, as every editor shows them beside video: sRGB and BT.709
/// transfers are one to this program.
pub const WORKING: Colour = Colour {
    primaries: Primaries::Bt709,
    transfer: Transfer::Bt709,
    matrix: Matrix::Rgb,
    range: Range::Full,
};
