//! The brush that repairs are laid with: which it lays, how wide and how soft it is, where what it lays comes from, and
//! in which frames it is seen.

use egui_phosphor::regular as icon;
use std::ops::Range;
use timeline_format::Id;

/// The narrowest and the widest brush, in pixels of a picture of 1080 lines.
const WIDTHS: [f64; 2] = [1.0, 1000.0];
/// How much wider a step makes it.
const WIDER: f64 = 1.2;
/// How much harder a step makes it.
const HARDER: f64 = 0.1;

/// A repair that is laid by hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ui) enum Repair {
    /// Another place laid over.
    Clone,
    /// Another place's texture in the light of what lies around.
    Heal,
    /// Made of what lies around.
    Patch,
    /// A colour.
    Paint,
}

impl Repair {
    /// All, in the order of the tool bar.
    pub(in crate::ui) const ALL: [Self; 4] = [Self::Clone, Self::Heal, Self::Patch, Self::Paint];

    /// Its name.
    pub(in crate::ui) const fn label(self) -> &'static str {
        match self {
            Self::Clone => "Clone",
            Self::Heal => "Heal",
            Self::Patch => "Patch",
            Self::Paint => "Paint",
        }
    }

    /// Its sign on the tool bar.
    pub(in crate::ui) const fn icon(self) -> &'static str {
        match self {
            Self::Clone => icon::STAMP,
            Self::Heal => icon::BANDAIDS,
            Self::Patch => icon::PUZZLE_PIECE,
            Self::Paint => icon::PAINT_BRUSH,
        }
    }

    /// The command that takes it up.
    pub(in crate::ui) const fn command(self) -> &'static str {
        match self {
            Self::Clone => "repair-clone",
            Self::Heal => "repair-heal",
            Self::Patch => "repair-patch",
            Self::Paint => "repair-paint",
        }
    }

    /// The effect that it is.
    pub(in crate::ui) const fn kind(self) -> &'static str {
        match self {
            Self::Clone => "clone",
            Self::Heal => "heal",
            Self::Patch => "inpaint",
            Self::Paint => "paint",
        }
    }

    /// The one that an effect of this kind is.
    pub(in crate::ui) fn of_kind(kind: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|repair| repair.kind() == kind)
    }

    /// Whether it lays another place of the picture.
    pub(in crate::ui) const fn has_source(self) -> bool {
        matches!(self, Self::Clone | Self::Heal)
    }
}

/// In which frames a repair is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::ui) enum Lasting {
    /// That of the playhead.
    Frame,
    /// Those that are marked, else those of the fault in hand.
    Range,
    /// All of the clip.
    #[default]
    Clip,
}

impl Lasting {
    /// All, the shortest first.
    pub(in crate::ui) const ALL: [Self; 3] = [Self::Frame, Self::Range, Self::Clip];

    /// Its name.
    pub(in crate::ui) const fn label(self) -> &'static str {
        match self {
            Self::Frame => "This frame",
            Self::Range => "Range",
            Self::Clip => "Whole clip",
        }
    }
}

/// Where what is laid comes from.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(in crate::ui) enum Origin {
    /// Nobody has said.
    #[default]
    Nowhere,
    /// This place, for the stroke to come, in parts of the picture.
    Place([f64; 2]),
    /// So far from wherever it is laid.
    Offset([f64; 2]),
}

impl Origin {
    /// How far away it is for what begins at `target`.
    pub(in crate::ui) fn offset(self, target: [f64; 2]) -> Option<[f64; 2]> {
        match self {
            Self::Nowhere => None,
            Self::Place(place) => Some([place[0] - target[0], place[1] - target[1]]),
            Self::Offset(offset) => Some(offset),
        }
    }
}

/// What a hand has drawn, in parts of the clip's picture.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::ui) enum Drawn {
    /// Across, down and pressure, 0 to 1.
    Stroke(Vec<[f64; 3]>),
    /// A circle: its middle, and its radius in parts of the height.
    Circle([f64; 2], f64),
    /// A region: left, top, right and bottom.
    Region([f64; 4]),
}

impl Drawn {
    /// The place that it began at: where its source is counted from.
    pub(in crate::ui) fn target(&self) -> [f64; 2] {
        match self {
            Self::Stroke(points) => points.first().map_or([0.5; 2], |[x, y, _]| [*x, *y]),
            Self::Circle(middle, _) => *middle,
            Self::Region([left, top, right, bottom]) => {
                [0.5 * (left + right), 0.5 * (top + bottom)]
            }
        }
    }
}

/// What a press over the viewer has begun.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::ui) enum Begun {
    /// Something to lay.
    Laying(Drawn),
    /// Where it comes from is chosen.
    Source([f64; 2]),
}

/// The brush.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::ui) struct Brush {
    /// What it lays; none: it is put away.
    pub(in crate::ui) repair: Option<Repair>,
    /// How wide it is at full pressure, in pixels of a picture of 1080 lines.
    pub(in crate::ui) width: f64,
    /// 0 soft to the middle, 1 to the edge.
    pub(in crate::ui) hardness: f64,
    /// Red, green, blue and how much they cover, of paint.
    pub(in crate::ui) colour: [f64; 4],
    /// Whether a drag lays a circle instead of a stroke.
    pub(in crate::ui) lays_circles: bool,
    /// In which frames what it lays is seen.
    pub(in crate::ui) lasting: Lasting,
    /// Where what it lays comes from.
    pub(in crate::ui) from: Origin,
    /// What is drawn now.
    pub(in crate::ui) begun: Option<Begun>,
    /// How hard the device said last that it is pressed, 0 to 1, until it is lifted.
    pub(in crate::ui) force: Option<f64>,
    /// The clip and the frames of the film of the fault in hand.
    pub(in crate::ui) of_fault: Option<(Id, Range<i64>)>,
    /// The region of the fault in hand.
    pub(in crate::ui) region: Option<(Id, [f64; 4])>,
}

impl Default for Brush {
    fn default() -> Self {
        Self {
            repair: None,
            width: 60.0,
            hardness: 0.6,
            colour: [1.0; 4],
            lays_circles: false,
            lasting: Lasting::Clip,
            from: Origin::Nowhere,
            begun: None,
            force: None,
            of_fault: None,
            region: None,
        }
    }
}

impl Brush {
    /// Takes a repair up, or puts it away where it is in hand.
    pub(in crate::ui) fn take(&mut self, repair: Repair) {
        self.repair = (self.repair != Some(repair)).then_some(repair);
        self.begun = None;
    }

    /// Puts the brush away.
    pub(in crate::ui) fn put_away(&mut self) {
        (self.repair, self.begun) = (None, None);
    }

    /// Makes it so many steps wider.
    pub(in crate::ui) fn widen(&mut self, steps: i32) {
        self.width = (self.width * WIDER.powi(steps)).clamp(WIDTHS[0], WIDTHS[1]);
    }

    /// Makes it so many steps harder.
    pub(in crate::ui) fn harden(&mut self, steps: i32) {
        self.hardness = (self.hardness + HARDER * f64::from(steps)).clamp(0.0, 1.0);
    }

    /// Half its width at full pressure, in parts of the picture's height.
    pub(in crate::ui) const fn radius(&self) -> f64 {
        0.5 * self.width / 1080.0
    }
}
