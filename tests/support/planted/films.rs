//! Films without a fault: photographs that a camera goes over.

use super::super::signal::{Colour, Matrix};
use super::photos::{NAMES, photo};
use super::{Picture, normal};
use std::sync::OnceLock;

/// Pixels across and down.
pub const SIZE: (usize, usize) = (400, 256);
/// Frames of a film.
const FRAMES: usize = 26;
/// Numbers of noise that are remembered.
const NUMBERS: usize = 1 << 20;

/// Colours of limited range by BT.601.
pub(super) const OLD: Colour = Colour { matrix: Matrix::Bt601, ..Colour::REC709 };

/// Films in which the camera stands, pans and zooms.
pub(super) const MIXED: &[Film] = &[
    Film::new("astronaut", Way::Pan(1.5, 0.5)),
    Film::new("coffee", Way::Still),
    Film::new("chelsea", Way::Pan(0.5, 0.0)),
    Film::new("rocket", Way::Pan(2.0, 1.0)),
    Film::new("motorcycle_left", Way::Zoom(0.003)),
    Film::new("camera", Way::Still),
];

/// How the camera goes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Way {
    /// It stands.
    Still,
    /// It goes so many pixels a frame to the right and down.
    Pan(f64, f64),
    /// It goes nearer by this part each frame.
    Zoom(f64),
}

/// A film.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Film {
    /// Of which photograph.
    pub photo: &'static str,
    /// How the camera goes.
    pub way: Way,
    /// The deviation of its noise, in codes.
    pub noise: f32,
    /// How many frames it has.
    pub frames: usize,
    /// What its colours are coded by.
    pub colour: Colour,
}

impl Film {
    /// With noise of one code.
    pub const fn new(photo: &'static str, way: Way) -> Self {
        Self { photo, way, noise: 1.0, frames: FRAMES, colour: Colour::SRGB }
    }

    /// With other noise.
    pub const fn under(self, noise: f32) -> Self {
        Self { noise, ..self }
    }

    /// With colours coded otherwise.
    pub const fn coded(self, colour: Colour) -> Self {
        Self { colour, ..self }
    }

    /// Where in the photograph a pixel of a frame lies.
    fn place(&self, frame: usize, x: f64, y: f64) -> [f64; 2] {
        let n = frame as f64;
        match self.way {
            Way::Still => [x, y],
            Way::Pan(right, down) => [x + right * n, y + down * n],
            Way::Zoom(by) => {
                let middle = [0.5 * SIZE.0 as f64, 0.5 * SIZE.1 as f64];
                let near = (1.0 + by).powf(-n);
                [middle[0] + near * (x - middle[0]), middle[1] + near * (y - middle[1])]
            }
        }
    }

    /// A frame without noise; where a part of the photograph was copied to, that part is seen.
    pub(super) fn picture(&self, frame: usize, copied: Option<([f64; 4], [f64; 2])>) -> Picture {
        let photo = photo(self.photo);
        let mut picture: Picture = std::array::from_fn(|_| Vec::with_capacity(SIZE.0 * SIZE.1));
        for at in 0..SIZE.0 * SIZE.1 {
            let [mut x, mut y] = self.place(frame, (at % SIZE.0) as f64, (at / SIZE.0) as f64);
            if let Some(([left, top, width, height], [right, down])) = copied {
                let is_there = (left..left + width).contains(&(x - right))
                    && (top..top + height).contains(&(y - down));
                if is_there {
                    (x, y) = (x - right, y - down);
                }
            }
            for (plane, code) in picture.iter_mut().zip(photo.at(x, y)) {
                plane.push(code);
            }
        }
        picture
    }

    /// Lays the noise of a frame over it.
    pub(super) fn grained(&self, frame: usize, picture: &mut Picture) {
        static NOISE: OnceLock<Vec<f32>> = OnceLock::new();
        let numbers = NOISE.get_or_init(|| (0..NUMBERS).map(|at| normal(40, at, 0)).collect());
        let from = frame * 7919 * 131;
        for plane in picture {
            for (at, code) in plane.iter_mut().enumerate() {
                *code += self.noise * numbers[(from + at) % NUMBERS];
            }
        }
    }

    /// Its name.
    pub fn name(&self) -> String {
        let way = match self.way {
            Way::Still => "still".to_owned(),
            Way::Pan(right, down) => format!("pan {right},{down}"),
            Way::Zoom(by) => format!("zoom {by}"),
        };
        format!("{} {way} noise {}", self.photo, self.noise)
    }
}

/// Films with nothing planted in them.
pub fn clean() -> Vec<Film> {
    let ways = [
        (Way::Still, 1.0, Colour::SRGB),
        (Way::Pan(0.5, 0.0), 1.0, Colour::SRGB),
        (Way::Pan(1.5, 0.5), 0.7, Colour::REC709),
        (Way::Pan(2.0, 1.0), 1.0, Colour::SRGB),
        (Way::Zoom(0.003), 1.5, OLD),
    ];
    let all = NAMES.iter().flat_map(|photo| {
        ways.map(|(way, noise, colour)| Film::new(photo, way).under(noise).coded(colour))
    });
    let more = [
        Film::new("chelsea", Way::Still).under(3.0),
        Film::new("rocket", Way::Pan(0.7, 0.0)).under(3.0),
        Film::new("motorcycle_left", Way::Pan(4.0, 0.0)),
        Film::new("coffee", Way::Pan(3.3, 0.0)),
        Film::new("rocket", Way::Pan(4.0, 1.0)),
        Film::new("astronaut", Way::Pan(0.0, 1.5)),
        Film::new("brick", Way::Pan(2.0, 0.0)),
    ];
    all.chain(more).collect()
}
