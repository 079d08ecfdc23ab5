//! Finders of faults, held against faults that were planted in films of photographs.

use super::support::noise as chance;
use crate::support::oracle;
use roomtone::picture::faults::{self, Find, Limits, Watcher};
use roomtone::signal::{AlphaMode, Colour, Image, PixelFormat, Plane};
use std::collections::BTreeMap;
use std::f64::consts::TAU;
use std::sync::OnceLock;

/// A photograph: red, green and blue, line after line.
struct Photo {
    width: usize,
    height: usize,
    codes: Vec<[f64; 3]>,
}

const PHOTOS: [&str; 6] = ["astronaut", "coffee", "chelsea", "rocket", "camera", "gravel"];
const SIZE: (usize, usize) = (400, 256);
const FRAMES: usize = 30;

fn photos() -> &'static BTreeMap<&'static str, Photo> {
    static PHOTOS_READ: OnceLock<BTreeMap<&'static str, Photo>> = OnceLock::new();
    PHOTOS_READ.get_or_init(|| {
        let script = r"
import sys, numpy, skimage.data as data
for name in sys.argv[1:]:
    a = getattr(data, name)()
    a = numpy.stack([a] * 3, -1) if a.ndim == 2 else a[..., :3]
    sys.stdout.buffer.write(numpy.array(a.shape[:2], numpy.uint32).tobytes() + numpy.ascontiguousarray(a, numpy.uint8).tobytes())
";
        let all = oracle::python(script, &PHOTOS);
        let mut rest = &all[..];
        let mut take = |count: usize| {
            let (head, tail) = rest.split_at(count);
            rest = tail;
            head
        };
        PHOTOS
            .iter()
            .map(|name| {
                let number = |bytes: &[u8]| u32::from_ne_bytes(bytes.try_into().unwrap()) as usize;
                let (height, width) = (number(take(4)), number(take(4)));
                let bytes = take(3 * width * height);
                let codes = bytes.as_chunks::<3>().0.iter().map(|it| it.map(f64::from)).collect();
                (*name, Photo { width, height, codes })
            })
            .collect()
    })
}

impl Photo {
    fn at(&self, x: f64, y: f64) -> [f64; 3] {
        let (x, y) =
            (x.clamp(0.0, self.width as f64 - 1.001), y.clamp(0.0, self.height as f64 - 1.001));
        let (left, top, part, down) = (x as usize, y as usize, x.fract(), y.fract());
        let at = |x: usize, y: usize| self.codes[y * self.width + x];
        std::array::from_fn(|c| {
            let above = at(left, top)[c] * (1.0 - part) + at(left + 1, top)[c] * part;
            let below = at(left, top + 1)[c] * (1.0 - part) + at(left + 1, top + 1)[c] * part;
            above * (1.0 - down) + below * down
        })
    }
}

/// Numbers of the normal distribution (Box and Muller, 1958).
fn normal(series: usize, x: usize, y: usize) -> f64 {
    let (a, b) =
        (chance(2 * series, x as u32, y as u32), chance(2 * series + 1, x as u32, y as u32));
    (-2.0 * (1.0 - a).ln()).sqrt() * (TAU * b).cos()
}

/// What a fault does to a pixel: given the frame, column, line, and the pixel.
type Plant<'a> = &'a (dyn Fn(usize, usize, usize, [f64; 3]) -> [f64; 3] + Sync);

/// How a film is made.
#[derive(Clone, Copy)]
struct Making<'a> {
    photo: &'a str,
    /// Pixels that the camera moves a frame.
    moved: f64,
    noise: f64,
    frames: usize,
    plant: Plant<'a>,
    /// Which frame of the scene each frame shows.
    shows: &'a (dyn Fn(usize) -> usize + Sync),
}

const CLEAN: Making<'static> = Making {
    photo: "coffee",
    moved: 1.5,
    noise: 1.0,
    frames: FRAMES,
    plant: &|_, _, _, pixel| pixel,
    shows: &|n| n,
};

fn frame(making: &Making<'_>, n: usize) -> Image {
    let photo = &photos()[making.photo];
    let shown = (making.shows)(n);
    let (dx, dy) = (making.moved * shown as f64, making.moved * 0.33 * shown as f64);
    let mut planes = [0, 1, 2].map(|_| Vec::with_capacity(SIZE.0 * SIZE.1));
    for y in 0..SIZE.1 {
        for x in 0..SIZE.0 {
            let pixel = photo.at(x as f64 + dx, y as f64 + dy);
            let grain = making.noise * normal(40 + shown, x, y);
            let pixel = (making.plant)(n, x, y, pixel.map(|code| code + grain));
            for (plane, channel) in [1, 2, 0].into_iter().enumerate() {
                planes[plane].push(pixel[channel].round().clamp(0.0, 255.0) as u8);
            }
        }
    }
    let planes = planes.map(|bytes| Plane::packed(bytes, SIZE.0)).into();
    let (width, height) = (SIZE.0 as u32, SIZE.1 as u32);
    Image {
        width,
        height,
        format: PixelFormat::RGB8,
        colour: Colour::SRGB,
        alpha: AlphaMode::Straight,
        planes,
    }
}

fn finds(making: &Making<'_>, kinds: &[&str]) -> Vec<Find> {
    let limits = Limits::own();
    let finders = faults::ALL.iter().filter(|it| kinds.is_empty() || kinds.contains(&it.id));
    let mut searches: Vec<_> = finders.map(|it| (it.search)(&limits)).collect();
    let mut watcher = Watcher::new(making.frames);
    for n in 0..making.frames {
        let image = frame(making, n);
        let sight = watcher.sight(n as i64, &image);
        searches.iter_mut().for_each(|search| search.see(&sight));
    }
    searches.into_iter().flat_map(|search| search.found(24.0)).collect()
}

#[test]
fn explore() {
    use rayon::prelude::*;
    let show = |found: &[Find]| {
        format!(
            "{:?}",
            found
                .iter()
                .map(|it| (it.kind, it.score, it.frames.clone(), it.figures.clone(), it.region))
                .collect::<Vec<_>>()
        )
    };
    PHOTOS.par_iter().for_each(|photo| {
        for moved in [2.0, 0.0] {
            let kinds =
                ["lattice", "joins", "pop", "ends", "boil", "local", "halo", "banding", "range"];
            let found = finds(&Making { photo, moved, frames: 26, ..CLEAN }, &kinds);
            println!("clean {photo} {moved}: {}", show(&found));
        }
    });
    let lattice = |strength: f64, period: usize| {
        move |_: usize, x: usize, y: usize, p: [f64; 3]| {
            let add = strength * normal(900, x % period, y % period);
            p.map(|c| c + add)
        }
    };
    PHOTOS.par_iter().for_each(|photo| {
        for moved in [2.0, 0.0] {
            let say = |name: &str, kind: &str, plant: Plant<'_>| {
                let found = finds(&Making { photo, moved, plant, frames: 26, ..CLEAN }, &[kind]);
                println!("{name} {photo} {moved}: {}", show(&found));
            };
            say("lattice16 .5", "lattice", &lattice(0.5, 16));
            say("lattice8 .25", "lattice", &lattice(0.25, 8));
            say("ends", "ends", &|n, _, _, p| {
                p.map(|c| if n < 4 { c * (1.08 - 0.02 * n as f64) } else { c })
            });
            say("last", "ends", &|n, _, _, p| {
                if n >= 23 { [p[0] * 1.08, p[1], p[2] * 0.94] } else { p }
            });
            say("pop", "pop", &|n, x, y, p| {
                if n == 11 && x > 100 && x < 180 && y > 100 && y < 160 {
                    [p[2], p[0], 255.0 - p[1]]
                } else {
                    p
                }
            });
            say("joins", "joins", &|_, x, _, p| p.map(|c| if x >= 200 { c + 2.0 } else { c }));
        }
    });
    for (name, shows) in [
        ("16 in 24", (|n: usize| n * 2 / 3) as fn(usize) -> usize),
        ("12 in 24", |n| n / 2),
        ("frozen", |n| n.min(20)),
        ("doubled", |n| if n == 9 { 8 } else { n }),
    ] {
        let found = finds(&Making { shows: &shows, ..CLEAN }, &["cadence", "frozen", "doubled"]);
        println!("{name}: {}", show(&found));
    }
}
