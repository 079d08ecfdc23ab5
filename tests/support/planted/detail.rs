//! Faults of detail: lattices, joins of tiles, repeated texture, boil.

use super::films::MIXED;
use super::{Fault, Film, SIZE, Take, Way, each, normal};

const FILMS: &[Film] = &[
    Film::new("astronaut", Way::Pan(2.0, 1.0)),
    Film::new("coffee", Way::Pan(1.5, 0.5)),
    Film::new("chelsea", Way::Pan(1.0, 0.0)),
    Film::new("rocket", Way::Pan(1.5, 0.5)),
    Film::new("motorcycle_left", Way::Pan(2.3, 0.0)),
    Film::new("gravel", Way::Pan(1.5, 1.0)),
];

const STILL: &[Film] = &[
    Film::new("astronaut", Way::Still),
    Film::new("coffee", Way::Still),
    Film::new("chelsea", Way::Still),
    Film::new("rocket", Way::Still),
    Film::new("motorcycle_left", Way::Still),
    Film::new("camera", Way::Still),
];

/// A period for each photograph.
fn period(film: &Film) -> usize {
    [8, 16, 16, 32][film.photo.len() % 4]
}

fn latticed(film: Film, codes: f64) -> Take {
    let period = period(&film);
    let cell: Vec<f32> = (0..period * period)
        .map(|at| codes as f32 * normal(900, at % period, at / period))
        .collect();
    Take::on_screen(film, move |_, picture| {
        each(picture, |x, y, pixel| {
            pixel.map(|code| code + cell[y % period * period + x % period])
        });
    })
}

fn joined(film: Film, codes: f64) -> Take {
    let at = if film.photo.len().is_multiple_of(2) { 192 } else { 256 };
    Take::on_screen(film, move |_, picture| {
        each(
            picture,
            |x, _, pixel| if x < at { pixel } else { pixel.map(|code| code + codes as f32) },
        );
    })
}

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        kind: "lattice",
        told: "a pattern of 8 to 32 pixels under a moving picture, codes",
        strengths: &[0.25, 0.5, 1.0],
        films: FILMS,
        also: &[],
        plant: latticed,
    },
    Fault {
        kind: "lattice",
        told: "a pattern of 8 to 32 pixels over a picture that stands still, codes",
        strengths: &[0.5, 1.0, 2.0],
        films: STILL,
        also: &[],
        plant: latticed,
    },
    Fault {
        kind: "joins",
        told: "a step along a column while the picture moves, codes",
        strengths: &[1.0, 2.0, 4.0],
        films: FILMS,
        also: &[],
        plant: joined,
    },
    Fault {
        kind: "joins",
        told: "a step along a column of a picture that stands still, codes",
        strengths: &[1.0, 2.0, 4.0],
        films: STILL,
        also: &[],
        plant: joined,
    },
    Fault {
        kind: "texture",
        told: "a square of the scene is there twice, pixels",
        strengths: &[48.0, 64.0, 96.0],
        films: &[
            Film::new("astronaut", Way::Pan(1.5, 0.5)),
            Film::new("coffee", Way::Still),
            Film::new("chelsea", Way::Pan(0.5, 0.0)),
            Film::new("gravel", Way::Pan(1.0, 1.0)),
            Film::new("motorcycle_left", Way::Zoom(0.002)),
            Film::new("grass", Way::Still),
        ],
        also: &[],
        plant: |film, side| {
            let corner = [77.0, 71.0];
            let away = [[151.0, 33.0], [133.0, -38.0], [174.0, 57.0]][film.photo.len() % 3];
            Take { copied: Some(([corner[0], corner[1], side, side], away)), ..Take::of(film) }
        },
    },
    Fault {
        kind: "boil",
        told: "texture of three pixels changes from frame to frame, codes",
        strengths: &[3.0, 4.0, 6.0],
        films: MIXED,
        also: &["local"],
        plant: |film, codes| {
            Take::in_scene(film, move |frame, picture| {
                let wide = SIZE.0.div_ceil(3);
                let knots = (0..wide * SIZE.1.div_ceil(3))
                    .map(|at| codes as f32 * normal(170 + frame, at % wide, at / wide));
                let knots: Vec<f32> = knots.collect();
                each(picture, |x, y, pixel| {
                    let is_there = (151..300).contains(&x) && (61..200).contains(&y);
                    if is_there {
                        pixel.map(|code| code + knots[y / 3 * wide + x / 3])
                    } else {
                        pixel
                    }
                });
            })
        },
    },
];
