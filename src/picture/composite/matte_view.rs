//! Matte view: what masks cover, to be looked at.

use crate::canvas::Canvas;
use crate::filter::{ALONE, Filter, Scene, Treatment};
use crate::grade::Space;
use crate::masks::luma_of;
use signal::Parameter;
use std::sync::Arc;

/// The ways in which a matte is seen.
pub(crate) const VIEWS: &[&str] = &["overlay", "highlight", "black_white"];

pub(super) const FILTER: Filter = Filter {
    id: "matte_view",
    label: "Matte view",
    help: "Shows what its masks cover: in red over the picture, in colour within a grey one, or as white on black.",
    space: Space::Display,
    parameters: &[Parameter::choice(
        "view",
        "View",
        "Red over what is covered; what is not covered in grey; white what is covered, black what is not.",
        VIEWS,
    )],
    moves: false,
    reach: ALONE,
    prepare: |values| Some(Arc::new(View::named(values.word("view")))),
};

#[derive(Debug, Clone, Copy)]
enum View {
    Overlay,
    Highlight,
    BlackWhite,
}

/// Display-coded red of an overlay, and how much of it is seen.
const RED: ([f32; 3], f32) = ([1.0, 0.1, 0.15], 0.5);
/// How bright what is not covered is among what is, against itself.
const DIM: f32 = 0.5;

impl View {
    fn named(word: &str) -> Self {
        match word {
            "highlight" => Self::Highlight,
            "black_white" => Self::BlackWhite,
            _ => Self::Overlay,
        }
    }

    /// What a pixel of straight colour and alpha looks like that is covered so much.
    fn seen(self, [red, green, blue, alpha]: [f32; 4], part: f32) -> [f32; 4] {
        let own = [red, green, blue];
        let mixed = |other: [f32; 3], part: f32| {
            [0, 1, 2].map(|it: usize| other[it] + (own[it] - other[it]) * part)
        };
        let ([red, green, blue], alpha) = match self {
            Self::Overlay => (mixed(RED.0, 1.0 - part * RED.1), alpha.max(part * RED.1)),
            Self::Highlight => (mixed([DIM * luma_of(own); 3], part), alpha),
            Self::BlackWhite => ([part; 3], 1.0),
        };
        [red, green, blue, alpha]
    }
}

impl Treatment for View {
    fn treat(&self, mut picture: Canvas, scene: &Scene<'_>) -> Canvas {
        let width = picture.width;
        picture.bands(|first, [red, green, blue, alpha]| {
            let start = first * width;
            for index in 0..alpha.len() {
                let part = scene.matte.map_or(1.0, |matte| matte.values[start + index]);
                let own = [red[index], green[index], blue[index], alpha[index]];
                [red[index], green[index], blue[index], alpha[index]] = self.seen(own, part);
            }
        });
        picture
    }

    fn sees_masks(&self) -> bool {
        true
    }
}
