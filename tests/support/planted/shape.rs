//! Faults of codes and edges: banding, halos and ringing, no noise, wrong ranges and matrices, broken edges.

use super::super::signal::{Colour, Matrix, Range};
use super::films::{MIXED, OLD};
use super::{Fault, Film, Picture, SIZE, Take, Way, each};

/// Films of strong colours that reach black and white.
const COLOURED: &[Film] = &[
    Film::new("astronaut", Way::Pan(1.5, 0.5)),
    Film::new("coffee", Way::Still),
    Film::new("rocket", Way::Pan(2.0, 1.0)),
    Film::new("motorcycle_left", Way::Zoom(0.003)),
];

const FULL: Colour = Colour { range: Range::Full, ..Colour::REC709 };

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        kind: "banding",
        told: "soft light in the upper half in steps, codes",
        strengths: &[1.0, 2.0],
        films: MIXED,
        also: &["clean", "frozen"],
        plant: |film, codes| {
            Take::on_screen(film.under(0.0), move |_, picture| {
                let mut soft = picture.clone();
                soft.iter_mut().for_each(|plane| blurred(plane, 14));
                for (plane, soft) in picture.iter_mut().zip(&soft) {
                    for (code, soft) in plane[..SIZE.0 * SIZE.1 / 2].iter_mut().zip(soft) {
                        *code = (soft / codes as f32).round() * codes as f32;
                    }
                }
            })
        },
    },
    Fault {
        kind: "halo",
        told: "sharpened by an unsharp mask of 3 pixels, times",
        strengths: &[1.0, 2.0, 3.0],
        films: MIXED,
        also: &[],
        plant: |film, times| {
            Take::in_scene(film, move |_, picture| sharpened(picture, 1, times as f32))
        },
    },
    Fault {
        kind: "clean",
        told: "softened, and noise of so many hundredths of a code",
        strengths: &[20.0, 10.0, 0.0],
        films: MIXED,
        also: &["banding", "frozen"],
        plant: |film, hundredths| {
            let film = film.under(0.01 * hundredths as f32);
            Take::in_scene(film, |_, picture| {
                picture.iter_mut().for_each(|plane| blurred(plane, 2));
            })
        },
    },
    Fault {
        kind: "range",
        told: "limited codes taken for full ones (1), full ones taken for limited ones (2), both under a wrong matrix (3, 4)",
        strengths: &[1.0, 2.0, 3.0, 4.0],
        films: COLOURED,
        also: &["matrix"],
        plant: |film, which| {
            let old = if which > 2.0 { Matrix::Bt601 } else { Matrix::Bt709 };
            let [made, told] = if which as usize % 2 == 1 {
                [Colour::REC709, FULL]
            } else {
                [FULL, Colour::REC709]
            };
            Take { codes: [Colour { matrix: old, ..made }, told], ..Take::of(film) }
        },
    },
    Fault {
        kind: "matrix",
        told: "BT.601 taken for BT.709 (1), BT.709 for BT.601 (2), BT.601 for BT.709 under a wrong range: limited for full (3), full for limited (4)",
        strengths: &[1.0, 2.0, 3.0, 4.0],
        films: COLOURED,
        also: &["range"],
        plant: |film, which| {
            let codes = match which as usize {
                1 => [OLD, Colour::REC709],
                2 => [Colour::REC709, OLD],
                3 => [OLD, FULL],
                _ => [Colour { range: Range::Full, ..OLD }, Colour::REC709],
            };
            Take { codes, ..Take::of(film) }
        },
    },
    Fault {
        kind: "edges",
        told: "lines along an edge are darker, % (one line; two of them at 100)",
        strengths: &[50.0, 90.0, 100.0],
        films: MIXED,
        also: &[],
        plant: |film, percent| {
            let (side, wide) = (film.photo.len() % 4, if percent < 100.0 { 1 } else { 2 });
            Take::on_screen(film, move |_, picture| {
                each(picture, |x, y, pixel| {
                    let from = [y, SIZE.1 - 1 - y, x, SIZE.0 - 1 - x][side];
                    if from < wide {
                        pixel.map(|code| code * (1.0 - 0.01 * percent as f32))
                    } else {
                        pixel
                    }
                });
            })
        },
    },
];

/// Sharpens by what a blur takes away.
fn sharpened(picture: &mut Picture, reach: usize, times: f32) {
    for plane in picture {
        let mut soft = plane.clone();
        blurred(&mut soft, reach);
        plane.iter_mut().zip(&soft).for_each(|(code, soft)| *code += times * (*code - soft));
    }
}

/// Blurs by means of so many pixels to either side, three times each way.
fn blurred(plane: &mut [f32], reach: usize) {
    for _ in 0..3 {
        for line in plane.chunks_exact_mut(SIZE.0) {
            let means = meaned(line, reach);
            line.copy_from_slice(&means);
        }
        for x in 0..SIZE.0 {
            let column: Vec<f32> = plane.iter().skip(x).step_by(SIZE.0).copied().collect();
            for (y, mean) in meaned(&column, reach).into_iter().enumerate() {
                plane[y * SIZE.0 + x] = mean;
            }
        }
    }
}

fn meaned(line: &[f32], reach: usize) -> Vec<f32> {
    let at = |at: isize| line[at.clamp(0, line.len() as isize - 1) as usize];
    let reach = reach as isize;
    let mut sum: f32 = (-reach..=reach).map(at).sum();
    let mean = |place: usize| {
        let mean = sum / (2 * reach + 1) as f32;
        sum += at(place as isize + reach + 1) - at(place as isize - reach);
        mean
    };
    (0..line.len()).map(mean).collect()
}
