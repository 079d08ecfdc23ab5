//! Films of photographs, clean or with a fault planted in them: what finders of faults are held against.
//!
//! A film is a photograph that a camera pans over, zooms into or stands before, under noise. What is planted lies in
//! the scene, where it moves with what is seen and under the noise, or on the screen. [`faults`] lists what is planted, how
//! strong, and in which films; [`clean`] the films in which nothing is; [`Tally`] counts.

mod detail;
mod films;
mod light;
mod photos;
mod shape;
pub mod tally;
mod time;

pub use films::{Film, SIZE, Way, clean};
pub use tally::Tally;

use super::signal::{AlphaMode, Colour, Depth, Image, Matrix, PixelFormat, Plane, Range};

/// Red, green and blue of every pixel, in codes of 255.
pub type Picture = [Vec<f32>; 3];
/// What is done to a frame of this number.
pub type Stage = Box<dyn Fn(usize, &mut Picture) + Sync + Send>;

/// A fault that is planted.
#[derive(Debug)]
pub struct Fault {
    /// The finder that is to find it.
    pub kind: &'static str,
    /// What is planted.
    pub told: &'static str,
    /// How strong, from weak to strong.
    pub strengths: &'static [f64],
    /// The films that it is planted in.
    pub films: &'static [Film],
    /// Finders that are right, too, if they accuse such a film.
    pub also: &'static [&'static str],
    /// A film with the fault in it.
    pub plant: fn(Film, f64) -> Take,
}

/// Every fault that is planted.
pub fn faults() -> impl Iterator<Item = &'static Fault> {
    [detail::FAULTS, light::FAULTS, time::FAULTS, shape::FAULTS].into_iter().flatten()
}

/// A film as it is made.
pub struct Take {
    /// The film without a fault.
    pub film: Film,
    /// Which frame of the scene each frame shows.
    pub shows: Box<dyn Fn(usize) -> usize + Sync + Send>,
    /// A part of the photograph (left, top, width, height) that is copied to another place.
    pub copied: Option<([f64; 4], [f64; 2])>,
    /// What happens to the scene, under the noise.
    pub scene: Stage,
    /// What happens on the screen.
    pub screen: Stage,
    /// What colours are coded by, and what they are said to be coded by.
    pub codes: [Colour; 2],
    /// Frames that a find must meet to be right.
    pub there: std::ops::Range<i64>,
}

impl Take {
    /// A film with nothing planted in it.
    pub fn of(film: Film) -> Self {
        Self {
            film,
            shows: Box::new(|frame| frame),
            copied: None,
            scene: Box::new(|_, _| ()),
            screen: Box::new(|_, _| ()),
            codes: [film.colour; 2],
            there: 0..film.frames as i64,
        }
    }

    /// With something on the screen.
    pub fn on_screen(
        film: Film,
        screen: impl Fn(usize, &mut Picture) + Sync + Send + 'static,
    ) -> Self {
        Self { screen: Box::new(screen), ..Self::of(film) }
    }

    /// With something in the scene.
    pub fn in_scene(
        film: Film,
        scene: impl Fn(usize, &mut Picture) + Sync + Send + 'static,
    ) -> Self {
        Self { scene: Box::new(scene), ..Self::of(film) }
    }

    /// A frame as finders see it.
    pub fn image(&self, frame: usize) -> Image {
        let shown = (self.shows)(frame);
        let mut picture = self.film.picture(shown, self.copied);
        (self.scene)(shown, &mut picture);
        self.film.grained(shown, &mut picture);
        (self.screen)(frame, &mut picture);
        coded(&picture, self.codes)
    }
}

/// A picture in bytes.
fn coded(picture: &Picture, [made, told]: [Colour; 2]) -> Image {
    let byte = |code: f32| code.round().clamp(0.0, 255.0) as u8;
    let [red, green, blue] = picture;
    let is_rgb = made.matrix == Matrix::Rgb;
    let planes = if is_rgb {
        [green, blue, red].map(|plane| plane.iter().map(|code| byte(*code)).collect())
    } else {
        let (of_red, of_blue) = made.matrix.weights().unwrap_or_default();
        let (scale, black, wide) = match made.range {
            Range::Full => (1.0, 0.0, 1.0),
            Range::Limited => (219.0 / 255.0, 16.0, 224.0 / 255.0),
        };
        let at = |at: usize| {
            let [red, green, blue] =
                [red, green, blue].map(|plane| f64::from(plane[at]).clamp(0.0, 255.0));
            let luma = of_red * red + (1.0 - of_red - of_blue) * green + of_blue * blue;
            let [blue, red] =
                [(blue - luma) / (2.0 - 2.0 * of_blue), (red - luma) / (2.0 - 2.0 * of_red)];
            [black + scale * luma, 128.0 + wide * blue, 128.0 + wide * red]
                .map(|code| byte(code as f32))
        };
        let all: Vec<[u8; 3]> = (0..red.len()).map(at).collect();
        [0, 1, 2].map(|plane| all.iter().map(|it| it[plane]).collect())
    };
    let format = if is_rgb { PixelFormat::RGB8 } else { PixelFormat::yuv(0, 0, Depth::U8) };
    let planes = planes.map(|bytes: Vec<u8>| Plane::packed(bytes, SIZE.0)).into();
    let (width, height) = (SIZE.0 as u32, SIZE.1 as u32);
    Image { width, height, format, colour: told, alpha: AlphaMode::Straight, planes }
}

/// Numbers of the normal distribution by a series and a place (Box and Muller, 1958).
pub fn normal(series: usize, x: usize, y: usize) -> f32 {
    let (a, b) = (chance(2 * series, x, y), chance(2 * series + 1, x, y));
    ((-2.0 * (1.0 - a).ln()).sqrt() * (std::f64::consts::TAU * b).cos()) as f32
}

/// Numbers that look like chance, 0 to 1, by a series and a place.
pub fn chance(series: usize, x: usize, y: usize) -> f64 {
    let mut bits = (series as u64) << 40 | (x as u64) << 20 | y as u64;
    bits = (bits ^ 0x9e37_79b9_7f4a_7c15).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ bits >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((bits ^ bits >> 31) >> 11) as f64 / (1_u64 << 53) as f64
}

/// Changes every pixel of a picture by its column and line.
pub fn each(picture: &mut Picture, change: impl Fn(usize, usize, [f32; 3]) -> [f32; 3]) {
    let [red, green, blue] = picture;
    for (at, ((red, green), blue)) in red.iter_mut().zip(green).zip(blue).enumerate() {
        [*red, *green, *blue] = change(at % SIZE.0, at / SIZE.0, [*red, *green, *blue]);
    }
}
