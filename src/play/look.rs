//! A look at takes: what each of them is, where it came from, and what its pictures say in numbers.

use super::remembered::Memory;
use crate::media::{Error, Opening, Pictures, probe_and_glance, probe_and_see, sketch};
use crate::picture::measures::{self, Glimpse, Likeness, Luma, Measure, Of, View};
use crate::picture::miniature;
use crate::signal::Image;
use crate::workers::Stop;
use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};
use std::path::{Path, PathBuf};
use timeline_format::Media;

/// Pictures of a take that moves at which it is looked at closely, from the first to the last.
const CLOSE: i64 = 5;
/// Pixels across a picture of which only its likeness is wanted.
pub(super) const GLANCE: u32 = 128;
/// Why a sound is no take.
const NO_PICTURE: &str = "it is a sound, and has no picture";

/// How closely takes are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Depth {
    /// What their files say of them; no picture of a still is decoded, and nothing is measured.
    Facts,
    /// Their first pictures, small: what they look like. Nothing is measured.
    #[default]
    First,
    /// Every frame.
    Every,
}

/// What is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Wish {
    /// How closely.
    pub depth: Depth,
    /// How many pixels across a small picture of it is wanted.
    pub small: Option<u32>,
    /// Whether what was seen is kept on disk, and found there the next time.
    pub is_remembered: bool,
}

/// A take that was looked at.
#[derive(Debug, Clone)]
pub struct Seen {
    /// Its file, with `#` for a sequence's numbers.
    pub path: PathBuf,
    /// What it holds and where it came from.
    pub media: Media,
    /// What its middle looks like, or its first frame where the others were not looked at.
    pub likeness: Option<Likeness>,
    /// What the measures say: of single pictures the median over five that are spread over the take.
    pub measured: Vec<(&'static Measure, f64)>,
    /// Why not all its frames were seen, where that is so.
    pub broken: Option<String>,
    /// A small picture of it, if one was wished for.
    pub small: Option<Image>,
}

impl Seen {
    /// What a measure says, if it was taken.
    pub fn measure(&self, id: &str) -> Option<f64> {
        self.measured.iter().find(|(measure, _)| measure.id == id).map(|(_, value)| *value)
    }
}

/// Looks at takes, as many at once as there are cores, or remembers them; `tell` is called with each that is done. Those
/// that cannot be read say why, in the place where they are.
pub fn look_at_all(
    paths: &[PathBuf],
    wish: Wish,
    (stop, tell): (&Stop, &(dyn Fn() + Sync)),
) -> Vec<Result<Seen, Error>> {
    let is_remembered = wish.is_remembered && wish.depth != Depth::Facts;
    let memory = if is_remembered { Memory::usual() } else { None };
    let anew = |path: &PathBuf| {
        let seen = look(path, wish, stop);
        if let (Ok(seen), Some(memory)) = (&seen, &memory) {
            memory.keep(seen, wish);
        }
        seen
    };
    let look = |path: &PathBuf| {
        let known = memory.as_ref().and_then(|memory| memory.find(path, wish));
        let seen = known.map_or_else(|| anew(path), Ok);
        tell();
        seen
    };
    let seen = paths.par_iter().map(look).collect();
    memory.iter().for_each(Memory::tidy);
    seen
}

/// Looks at one take.
///
/// # Errors
/// Where no picture of it can be read, or `stop` was raised.
pub fn look(path: &Path, wish: Wish, stop: &Stop) -> Result<Seen, Error> {
    if stop.is_raised() {
        return Err(Error::new(path, "it was not looked at: the work was stopped"));
    }
    if wish.depth == Depth::Facts {
        return facts(path);
    }
    let is_whole = wish.depth == Depth::Every;
    let (media, first) = if is_whole {
        probe_and_see(path)?
    } else {
        probe_and_glance(path, wish.small.unwrap_or(GLANCE))?
    };
    let first = first.ok_or_else(|| Error::new(path, NO_PICTURE))?;
    let is_moving = media.length.is_some_and(|length| length.floor() > 1);
    let mut watch = Watch { small_width: wish.small, ..Watch::default() };
    if is_whole && is_moving {
        drop(first);
        watch.run(path, &media, stop)?;
    } else if is_whole {
        watch.close(&first);
    } else {
        watch.glance(&first);
    }
    let measured = watch.measured();
    let Watch { likeness, broken, small, .. } = watch;
    Ok(Seen { path: path.to_owned(), media, likeness, measured, broken, small })
}

fn facts(path: &Path) -> Result<Seen, Error> {
    let media = sketch(path)?;
    if media.picture.is_none() {
        return Err(Error::new(path, NO_PICTURE));
    }
    let (path, measured) = (path.to_owned(), Vec::new());
    Ok(Seen { path, media, likeness: None, measured, broken: None, small: None })
}

/// What is remembered of a take while its frames go by.
#[derive(Debug, Default)]
struct Watch {
    small_width: Option<u32>,
    glimpses: Vec<Glimpse>,
    /// A row a picture that was looked at closely, a number a measure of pictures.
    rows: Vec<Vec<f64>>,
    likeness: Option<Likeness>,
    small: Option<Image>,
    broken: Option<String>,
}

impl Watch {
    fn run(&mut self, path: &Path, media: &Media, stop: &Stop) -> Result<(), Error> {
        let opening = Opening { threads: 1, stop: stop.clone(), ..Opening::default() };
        let mut pictures = Pictures::open_with(path, media, &opening)?;
        let last = pictures.count() - 1;
        for n in 0..=last {
            if stop.is_raised() {
                return Err(Error::new(path, "it was not looked at: the work was stopped"));
            }
            match pictures.frame(n) {
                Ok(image) => self.pass(&image, n, last),
                Err(error) if n == 0 => return Err(error),
                Err(error) => {
                    self.broken = Some(format!("it breaks off after {n} frames: {}", error.why));
                    break;
                }
            }
        }
        Ok(())
    }

    /// Frame `n` goes by, of a take whose last is `last`.
    fn pass(&mut self, image: &Image, n: i64, last: i64) {
        self.glimpses.push(Glimpse::of(image));
        let is_close = (0..CLOSE).any(|spot| spot * last / (CLOSE - 1) == n);
        if is_close && 2 * n <= last {
            self.likeness = None;
            self.small = None;
        }
        if is_close {
            self.close(image);
        }
    }

    /// Looks at what a picture is like.
    fn glance(&mut self, image: &Image) {
        self.likeness = Some(Likeness::of(&Luma::of(image)));
        self.small = self.small_width.and_then(|width| miniature(image, width));
    }

    /// Looks at a picture closely.
    fn close(&mut self, image: &Image) {
        let luma = Luma::of(image);
        self.likeness.get_or_insert_with(|| Likeness::of(&luma));
        if let (None, Some(width)) = (&self.small, self.small_width) {
            self.small = miniature(image, width);
        }
        let view = View::of(&luma);
        let of_picture = measures::ALL.iter().filter_map(|measure| match measure.of {
            Of::Picture(measure) => Some(measure(&view)),
            Of::Time(_) => None,
        });
        self.rows.push(of_picture.collect());
    }

    fn measured(&self) -> Vec<(&'static Measure, f64)> {
        if self.rows.is_empty() {
            return Vec::new();
        }
        let mut nth = 0;
        let values = measures::ALL.iter().map(|measure| {
            let value = match measure.of {
                Of::Time(measure) => measure(&self.glimpses),
                Of::Picture(_) => {
                    nth += 1;
                    Some(measures::median(self.rows.iter().map(|row| row[nth - 1]).collect()))
                }
            };
            value.map(|value| (*measure, value))
        });
        values.flatten().collect()
    }
}
