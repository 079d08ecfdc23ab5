//! Faults of light: flicker of the whole and of places, drift, joins of batches, first frames, pops.

use super::{Fault, Film, SIZE, Take, Way, each, normal};

const FILMS: &[Film] = &[
    Film::new("astronaut", Way::Pan(1.5, 0.5)),
    Film::new("coffee", Way::Still),
    Film::new("chelsea", Way::Zoom(0.003)),
    Film::new("rocket", Way::Pan(2.0, 1.0)),
    Film::new("motorcycle_left", Way::Pan(0.5, 0.0)),
    Film::new("camera", Way::Still),
];

/// The frame from which a join of batches is planted.
const JOIN: usize = 15;
/// The frame of a pop.
const POPPED: usize = 11;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        kind: "flicker",
        told: "light of the whole trembles, %",
        strengths: &[1.5, 2.0, 4.0],
        films: FILMS,
        also: &["ends"],
        plant: |film, percent| {
            let gain = move |frame: usize| 1.0 + 0.01 * percent as f32 * normal(7, frame, 0);
            Take::on_screen(film, move |frame, picture| lit(picture, gain(frame)))
        },
    },
    Fault {
        kind: "local",
        told: "light of places trembles, %",
        strengths: &[2.0, 3.0, 5.0],
        films: FILMS,
        also: &["flicker", "pop", "boil", "ends"],
        plant: |film, percent| {
            let much = 0.01 * percent as f32;
            Take::on_screen(film, move |frame, picture| {
                let knots: Vec<f32> = (0..6 * 5).map(|at| normal(70 + frame, at, 0)).collect();
                each(picture, |x, y, pixel| {
                    pixel.map(|code| code * (1.0 + much * between(&knots, x, y)))
                });
            })
        },
    },
    Fault {
        kind: "drift",
        told: "light falls or rises, hundredths of a stop a second",
        strengths: &[7.0, 10.0, 20.0],
        films: FILMS,
        also: &[],
        plant: |film, hundredths| {
            let way = if film.photo.len().is_multiple_of(2) { 1.0 } else { -1.0 };
            let stops = 0.01 * way * hundredths as f32 / 24.0;
            Take::on_screen(film, move |frame, picture| lit(picture, (stops * frame as f32).exp2()))
        },
    },
    Fault {
        kind: "step",
        told: "light leaps from a frame on, %",
        strengths: &[3.0, 6.0, 10.0],
        films: FILMS,
        also: &[],
        plant: |film, percent| {
            let gain = 1.0 - 0.01 * percent as f32;
            let plant = move |frame: usize, picture: &mut _| {
                lit(picture, if frame < JOIN { 1.0 } else { gain });
            };
            Take { there: JOIN as i64..JOIN as i64 + 1, ..Take::on_screen(film, plant) }
        },
    },
    Fault {
        kind: "step",
        told: "colour leaps from a frame on, codes of red",
        strengths: &[4.0, 6.0, 10.0],
        films: FILMS,
        also: &[],
        plant: |film, codes| {
            let plant = move |frame: usize, picture: &mut super::Picture| {
                let add = if frame < JOIN { 0.0 } else { codes as f32 };
                each(picture, |_, _, [red, green, blue]| [red + add, green - 0.3 * add, blue]);
            };
            Take { there: JOIN as i64..JOIN as i64 + 1, ..Take::on_screen(film, plant) }
        },
    },
    Fault {
        kind: "ends",
        told: "the first four frames are lighter, % at first",
        strengths: &[4.0, 8.0, 12.0],
        films: FILMS,
        also: &[],
        plant: |film, percent| {
            let gain = move |frame: usize| {
                1.0 + 0.0025 * percent as f32 * 4_usize.saturating_sub(frame) as f32
            };
            let plant = move |frame: usize, picture: &mut _| lit(picture, gain(frame));
            Take { there: 0..4, ..Take::on_screen(film, plant) }
        },
    },
    Fault {
        kind: "pop",
        told: "a place is another for one frame, % of the way to other colours",
        strengths: &[25.0, 50.0, 100.0],
        films: FILMS,
        also: &["local", "boil"],
        plant: |film, percent| {
            let part = 0.01 * percent as f32;
            let plant = move |frame: usize, picture: &mut _| {
                if frame == POPPED {
                    each(
                        picture,
                        |x, y, pixel| if is_inside(x, y) { popped(pixel, part) } else { pixel },
                    );
                }
            };
            Take { there: POPPED as i64..POPPED as i64 + 1, ..Take::on_screen(film, plant) }
        },
    },
];

fn lit(picture: &mut super::Picture, gain: f32) {
    picture.iter_mut().flatten().for_each(|code| *code *= gain);
}

/// Numbers on a grid of six by five, joined by smooth slopes over the whole picture.
fn between(knots: &[f32], x: usize, y: usize) -> f32 {
    let smooth = |at: usize, size: usize, cells: usize| {
        let at = at as f32 * cells as f32 / size as f32;
        let part = at.fract();
        (at as usize, part * part * (3.0 - 2.0 * part))
    };
    let ((left, right_part), (top, low_part)) = (smooth(x, SIZE.0, 5), smooth(y, SIZE.1, 4));
    let at = |x: usize, y: usize| knots[y * 6 + x];
    let above = at(left, top) + (at(left + 1, top) - at(left, top)) * right_part;
    let below = at(left, top + 1) + (at(left + 1, top + 1) - at(left, top + 1)) * right_part;
    above + (below - above) * low_part
}

fn is_inside(x: usize, y: usize) -> bool {
    (101..180).contains(&x) && (101..160).contains(&y)
}

fn popped([red, green, blue]: [f32; 3], part: f32) -> [f32; 3] {
    let other = [blue, red, 255.0 - green];
    std::array::from_fn(|at| [red, green, blue][at] * (1.0 - part) + other[at] * part)
}
