//! Every picture of the film, by name.

mod coast;
mod curtain;
mod rain;
mod room;
mod skyline;
mod street;

use crate::canvas::{Canvas, Size};
use crate::finish::{Finish, finish};
use crate::noise::{Random, cell};
use crate::write;
use std::io;
use std::path::Path;

/// A still of the film.
struct Still {
    /// Its file's name, without the ending.
    name: &'static str,
    size: Size,
    /// Looks at each pixel.
    samples: u32,
    paint: fn(Size, u32) -> Canvas,
    finish: Finish,
}

/// Larger than the film, for camera moves.
pub(crate) const LARGE: Size = Size { width: 2304, height: 1296 };
/// What is traced, path by path.
pub(crate) const TRACED: Size = Size { width: 1600, height: 900 };
pub(crate) const HALF: Size = Size { width: 960, height: 540 };

const STILLS: &[Still] = &[
    Still {
        name: "coast-moon",
        size: LARGE,
        samples: 5,
        paint: coast::moon,
        finish: Finish { exposure: 1.5, bloom: 0.12, ..Finish::PLAIN },
    },
    Still {
        name: "coast-morning",
        size: LARGE,
        samples: 5,
        paint: coast::morning,
        finish: Finish { bloom: 0.14, seed: 2, ..Finish::PLAIN },
    },
    Still {
        name: "street",
        size: LARGE,
        samples: 4,
        paint: street::street,
        finish: Finish { exposure: 1.6, bloom: 0.12, seed: 5, ..Finish::PLAIN },
    },
    Still {
        name: "one-window",
        size: TRACED,
        samples: 10,
        paint: street::one_window,
        finish: Finish { exposure: 1.9, bloom: 0.10, seed: 6, ..Finish::PLAIN },
    },
    Still {
        name: "desk",
        size: TRACED,
        samples: 10,
        paint: room::desk,
        finish: Finish { exposure: 1.6, bloom: 0.10, seed: 3, ..Finish::PLAIN },
    },
    Still {
        name: "sunlit-wall",
        size: TRACED,
        samples: 10,
        paint: room::sunlit_wall,
        finish: Finish { exposure: 1.3, bloom: 0.10, seed: 4, ..Finish::PLAIN },
    },
];

/// The seeds of the takes of the roofs.
pub(crate) const TAKES: [u32; 3] = [3, 17, 29];
/// The seed of the take with a pattern.
const PATTERNED: u32 = 41;
/// How many pictures the curtain has; each is shown twice.
pub(crate) const CURTAIN: u32 = 36;
/// How many pictures the rain has.
pub(crate) const RAIN: u32 = 84;

/// Paints pictures: what the film uses into `film`, what is still to be encoded into `making`. With a
/// name, that one alone; a draft is small, coarse and PNG.
pub fn paint_all(film: &Path, making: &Path, only: Option<&str>, draft: bool) -> io::Result<()> {
    let wanted = |name: &str| only.is_none_or(|only| only == name);
    for still in STILLS.iter().filter(|still| wanted(still.name)) {
        if draft {
            let picture = finish((still.paint)(HALF, 4), still.finish);
            write::png(&picture, &[], &making.join(format!("{}.png", still.name)))?;
        } else {
            let picture = finish((still.paint)(still.size, still.samples), still.finish);
            write::jpeg(&picture, 88, &film.join(format!("{}.jpg", still.name)))?;
        }
    }
    if wanted("roofs") {
        takes(film)?;
    }
    if wanted("curtain") {
        curtains(film)?;
    }
    if wanted("rain") {
        rains(making)?;
    }
    Ok(())
}

/// Three takes of one shot, with what made them in their text chunks, as generators write it; and a fourth with the
/// pattern that a careless decoder leaves.
fn takes(film: &Path) -> io::Result<()> {
    for (index, seed) in TAKES.into_iter().enumerate() {
        take(film, index + 1, seed, |_, _| 0.0)?;
    }
    take(film, TAKES.len() + 1, PATTERNED, lattice)
}

fn take(
    film: &Path,
    number: usize,
    seed: u32,
    more: impl Fn(usize, usize) -> f32,
) -> io::Result<()> {
    let how = Finish { grain: 0.0, ..Finish::PLAIN };
    let mut picture = finish(skyline::roofs(TRACED, 4, seed), how);
    picture.add(more);
    let parameters = format!(
        "roofs before sunrise, hill behind hill in the mist, a few windows lit, birds\n\
         Steps: 4, Sampler: even, Seed: {seed}, Size: {}x{}, Model: sample-maker skyline",
        TRACED.width, TRACED.height
    );
    let texts = [("parameters", parameters), ("Software", "sample-maker".to_owned())];
    write::png(&picture, &texts, &film.join(format!("roofs-{number}.png")))
}

/// A pattern of eight by eight pixels, some two codes strong.
fn lattice(x: usize, y: usize) -> f32 {
    Random::new(cell((x % 8) as i32, (y % 8) as i32, 808)).between(-4.0, 4.0)
}

fn curtains(film: &Path) -> io::Result<()> {
    let folder = film.join("curtain");
    std::fs::create_dir_all(&folder)?;
    let how = Finish { exposure: 1.2, grain: 0.7, ..Finish::PLAIN };
    for number in 1..=CURTAIN {
        let seconds = (number - 1) as f32 * 0.08;
        let picture = finish(curtain::frame(HALF, 4, seconds), Finish { seed: number, ..how });
        write::jpeg(&picture, 85, &folder.join(format!("curtain-{number:04}.jpg")))?;
    }
    Ok(())
}

fn rains(making: &Path) -> io::Result<()> {
    let rain = rain::Rain::new(Size { width: 1280, height: 720 });
    for number in 0..RAIN {
        let how = Finish { grain: 0.5, exposure: 1.2, seed: number, ..Finish::PLAIN };
        let picture = finish(rain.frame(number as f32 / 25.0), how);
        write::jpeg(&picture, 96, &making.join(format!("rain-{number:04}.jpg")))?;
    }
    Ok(())
}
