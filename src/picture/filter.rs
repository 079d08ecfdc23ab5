//! Filters: operations on a whole picture, for which a pixel's neighbours or the frames before and after count.
//!
//! What repairs a picture stands in `correct`, what makes one of several in `composite`; both are one file an entry.

use super::canvas::Canvas;
use super::grade::Space;
use super::masks::Matte;
use super::values::Values;
use signal::Parameter;
use std::fmt::Debug;
use std::sync::Arc;
use timeline_format::Id;

/// The description of a filter.
#[derive(Debug)]
pub struct Filter {
    /// Its name in files and on the command line.
    pub id: &'static str,
    /// Its name for people.
    pub label: &'static str,
    /// What it does, in one sentence.
    pub help: &'static str,
    /// What the numbers are that it works on.
    pub space: Space,
    /// Its parameters.
    pub parameters: &'static [Parameter],
    /// Whether the frame's number changes what it does.
    pub moves: bool,
    /// How many frames before and after the one that is seen it looks at.
    pub reach: fn(&Values) -> [i64; 2],
    /// The work that values ask for; `None` where they change nothing.
    pub prepare: fn(&Values) -> Option<Arc<dyn Treatment>>,
}

/// What a filter does with the values that it was given.
pub trait Treatment: Debug + Send + Sync {
    /// The picture that comes of one, of the same size and in the same numbers.
    fn treat(&self, picture: Canvas, scene: &Scene<'_>) -> Canvas;

    /// Whether it works everywhere, and does itself with its masks what it wants.
    fn sees_masks(&self) -> bool {
        false
    }

    /// Another picture that it works with.
    fn wants(&self) -> Wants {
        Wants::Nothing
    }

    /// The picture that comes of one beside the other that it works with, of the same size and in the same numbers.
    fn beside(&self, picture: Canvas, _other: &Canvas, scene: &Scene<'_>) -> Canvas {
        self.treat(picture, scene)
    }
}

/// Another picture that a filter works with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Wants {
    /// None.
    #[default]
    Nothing,
    /// What lies below the layer.
    Below,
    /// The frame of a media that belongs to the one that is seen.
    Media(Id),
}

/// What a filter may look at besides the picture.
#[derive(Debug)]
pub struct Scene<'a> {
    /// The number of the frame that is seen, for filters that move; else 0.
    pub frame: i64,
    /// The frames that its reach asks for, as their media has them, in the filter's numbers: how far from the one that is
    /// seen, and the picture. The one that is seen is not among them, nor is one that the media lacks.
    pub around: &'a [(i64, Canvas)],
    /// Where it is to work, if it has masks: what lies outside is put back whatever it does.
    pub matte: Option<&'a Matte>,
}

/// The reach of a filter that looks at no other frames.
pub const ALONE: fn(&Values) -> [i64; 2] = |_| [0, 0];

/// Every filter, in menu order.
pub fn all() -> impl Iterator<Item = &'static Filter> {
    super::correct::ALL.iter().chain(super::composite::ALL).copied()
}

/// The filter called `id`.
pub fn named(id: &str) -> Option<&'static Filter> {
    all().find(|filter| filter.id == id)
}
