//! How letters look: the parameters that every title has, and what they say at one moment.

use super::fonts::BUNDLED;
use super::shape::Wanted;
use crate::light;
use crate::values::Values;
use signal::{Kind, Parameter, Transfer};
use timeline_format::sequence::Raster;

/// What every title says of its letters.
pub(crate) const LOOK: [Parameter; 16] = [
    Parameter::line(
        "font",
        "Font",
        "A family of `roomtone list fonts`, or a font's file.",
        BUNDLED,
    ),
    Parameter::number("size", "Size", "The em of its letters, of the frame's height.", SIZE, "%"),
    Parameter::number("weight", "Weight", "400 is regular, 700 bold.", [100.0, 900.0, 400.0], ""),
    Parameter::flag("italic", "Italic", "Slanted."),
    Parameter::colour("colour", "Colour", "Of its letters: red, green, blue, alpha.", WHITE),
    Parameter::number("tracking", "Tracking", "Added between letters, of the size.", TRACK, "%"),
    Parameter::number("leading", "Leading", "From line to line, against the size.", LEADING, ""),
    Parameter::number("outline", "Outline", "Its width, of the size.", [0.0, 50.0, 0.0], "%"),
    Parameter::colour("outline_colour", "Outline colour", "Red, green, blue, alpha.", BLACK),
    Parameter::colour("shadow_colour", "Shadow colour", "Clear: there is none.", CLEAR),
    Parameter::point("shadow", "Shadow", "How far right and down, of the size.", [4.0, 4.0], "%"),
    Parameter::number("shadow_blur", "Shadow blur", "Of the size.", [0.0, 100.0, 5.0], "%"),
    Parameter::colour("box_colour", "Box colour", "Clear: there is none.", CLEAR),
    Parameter::number("box_padding", "Box padding", "Of the size.", [0.0, 500.0, 25.0], "%"),
    Parameter {
        id: "direction",
        label: "Direction",
        help: "Whether lines run from the left or the right; as their first letter has it.",
        kind: Kind::Choice { options: &["auto", "left_to_right", "right_to_left"] },
    },
    Parameter {
        id: "emoji",
        label: "Emoji",
        help: "In the colours of an installed font, where there is one; or plain, as letters are.",
        kind: Kind::Choice { options: &["colour", "plain"] },
    },
];

const SIZE: [f64; 3] = [0.1, 100.0, 6.0];
const TRACK: [f64; 3] = [-50.0, 200.0, 0.0];
const LEADING: [f64; 3] = [0.5, 4.0, 1.2];
const WHITE: [f64; 4] = [1.0, 1.0, 1.0, 1.0];
const BLACK: [f64; 4] = [0.0, 0.0, 0.0, 1.0];
const CLEAR: [f64; 4] = [0.0, 0.0, 0.0, 0.0];

/// The text of a title.
pub(crate) const TEXT: Parameter = Parameter::text(
    "text",
    "Text",
    "What is written; <b>, <i> and <u> are bold, italic and underlined.",
    "Title",
);

/// Lists of parameters as one. `N` is the sum of their lengths.
pub(crate) const fn joined<const N: usize>(lists: &[&[Parameter]]) -> [Parameter; N] {
    let mut all = [TEXT; N];
    let (mut list, mut place) = (0, 0);
    while list < lists.len() {
        let mut index = 0;
        while index < lists[list].len() {
            all[place] = lists[list][index];
            (index, place) = (index + 1, place + 1);
        }
        list += 1;
    }
    all
}

/// How letters look at one moment. Lengths are in pixels, colours are light.
#[derive(Debug, Clone)]
pub(crate) struct Style {
    /// How they are set, without the room that lines have.
    pub(crate) wanted: Wanted,
    pub(super) colour: [f32; 4],
    pub(super) outline: f64,
    pub(super) outline_colour: [f32; 4],
    pub(super) shadow: [f64; 2],
    pub(super) shadow_blur: f64,
    pub(super) shadow_colour: [f32; 4],
    pub(super) box_colour: [f32; 4],
    /// Round a box's text.
    pub(crate) padding: f64,
}

impl Style {
    /// What the values of a title say in a raster.
    pub(crate) fn of(values: &Values, raster: Raster) -> Self {
        let size = values.number("size") / 100.0 * f64::from(raster.height);
        let part = |id: &str| values.number(id) / 100.0 * size;
        let from_right = match values.word("direction") {
            "left_to_right" => Some(false),
            "right_to_left" => Some(true),
            _ => None,
        };
        let wanted = Wanted {
            family: values.word("font").to_owned(),
            size: size as f32,
            weight: values.number("weight") as f32,
            italic: values.flag("italic"),
            tracking: part("tracking") as f32,
            leading: values.number("leading") as f32,
            align: "start",
            width: None,
            from_right,
            colour_emoji: values.word("emoji") != "plain",
        };
        Self {
            wanted,
            colour: colour(values, "colour"),
            outline: part("outline"),
            outline_colour: colour(values, "outline_colour"),
            shadow: values.point("shadow").map(|side| side / 100.0 * size),
            shadow_blur: part("shadow_blur"),
            shadow_colour: colour(values, "shadow_colour"),
            box_colour: colour(values, "box_colour"),
            padding: part("box_padding"),
        }
    }

    /// The same letters without outline, shadow and box.
    pub(crate) fn plain(mut self) -> Self {
        self.outline = 0.0;
        self.shadow_colour = [0.0; 4];
        self.box_colour = [0.0; 4];
        self
    }

    /// The box alone.
    pub(super) fn frame(mut self) -> Self {
        self.colour = [0.0; 4];
        self.outline = 0.0;
        self.shadow_colour = [0.0; 4];
        self
    }

    /// The same letters without box.
    pub(super) fn frameless(mut self) -> Self {
        self.box_colour = [0.0; 4];
        self
    }

    /// Gives the letters another colour.
    pub(crate) fn paint(&mut self, colour: [f32; 4]) {
        self.colour = colour;
    }

    /// How far beyond its letters anything of it is seen.
    pub(super) fn reach(&self) -> f64 {
        let shadow = self.shadow[0].abs().max(self.shadow[1].abs());
        let soft = super::blur::reach(self.shadow_blur);
        let shadow = if self.shadow_colour[3] > 0.0 { shadow + soft } else { 0.0 };
        let frame = if self.box_colour[3] > 0.0 { self.padding } else { 0.0 };
        (self.outline + shadow).max(frame) + 2.0
    }
}

/// A colour of the values as light, and its alpha.
pub(crate) fn colour(values: &Values, id: &str) -> [f32; 4] {
    let [red, green, blue, alpha] = values.four(id).map(|part| part.clamp(0.0, 1.0) as f32);
    let mut light = [red, green, blue];
    light::decode(Transfer::Bt709, &mut light);
    [light[0], light[1], light[2], alpha]
}
