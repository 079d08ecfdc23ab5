//! Faults of time: frozen and doubled frames, wrong rates.

use super::{Fault, Film, Take, Way, each, normal};

const FILMS: &[Film] = &[
    Film::new("astronaut", Way::Pan(1.5, 0.5)),
    Film::new("coffee", Way::Still),
    Film::new("chelsea", Way::Zoom(0.003)),
    Film::new("rocket", Way::Pan(0.5, 0.0)),
    Film::new("motorcycle_left", Way::Pan(2.0, 1.0)),
    Film::new("camera", Way::Pan(4.0, 0.0)),
];

/// The frame that stands still or is shown again.
const HELD: usize = 12;

/// A film that shows other frames, under what a coder adds to each anew.
fn shown(film: Film, shows: impl Fn(usize) -> usize + Sync + Send + 'static) -> Take {
    let coder = |frame: usize, picture: &mut super::Picture| {
        let blocks: Vec<f32> = (0..50 * 32).map(|at| 0.15 * normal(300 + frame, at, 0)).collect();
        each(picture, |x, y, pixel| pixel.map(|code| code + blocks[y / 8 * 50 + x / 8]));
    };
    Take { shows: Box::new(shows), ..Take::on_screen(film, coder) }
}

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        kind: "frozen",
        told: "the picture stands still and goes on from there, frames",
        strengths: &[4.0, 6.0, 12.0],
        films: FILMS,
        also: &[],
        plant: |film, frames| {
            let frames = frames as usize;
            let shows = move |frame: usize| match frame {
                _ if frame < HELD => frame,
                _ if frame < HELD + frames => HELD,
                _ => frame + 1 - frames,
            };
            Take { there: HELD as i64..(HELD + frames) as i64, ..shown(film, shows) }
        },
    },
    Fault {
        kind: "doubled",
        told: "a frame is shown again in the place of the next, times",
        strengths: &[1.0, 2.0],
        films: FILMS,
        also: &[],
        plant: |film, times| {
            let last = HELD + times as usize;
            let shows =
                move |frame: usize| if (HELD..=last).contains(&frame) { HELD } else { frame };
            Take { there: HELD as i64..last as i64 + 1, ..shown(film, shows) }
        },
    },
    Fault {
        kind: "cadence",
        told: "so many frames a second in 24",
        strengths: &[20.0, 16.0, 12.0, 8.0],
        films: FILMS,
        also: &[],
        plant: |film, rate| shown(film, move |frame| (frame as f64 * rate / 24.0 + 1e-6) as usize),
    },
];
