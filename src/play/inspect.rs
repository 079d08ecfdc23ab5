//! Faults of a media looked for: its frames go by every finder, once, and none is kept.

use crate::media::{Error, Opening, Pictures};
use crate::picture::faults::{Find, Finder, Limits, Search, Watcher};
use crate::workers::Stop;
use std::ops::Range;
use std::path::Path;
use timeline_format::Media;

/// Frames after which finders are asked, and begin anew: what they remember stays small, however long a media is.
const PIECE: i64 = 1500;

/// What is looked for.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// By whom.
    pub finders: &'a [&'static Finder],
    /// What counts as a fault.
    pub limits: &'a Limits,
    /// Frames a second that it is shown at; `None` as the media says.
    pub rate: Option<f64>,
}

/// Looks for faults in the frames of the media at `path`; `tell` is called after each frame. A media that breaks off
/// is looked at as far as it goes, and why it does is told beside what was found.
///
/// # Errors
/// Where no picture of it can be read, or `stop` was raised.
pub fn inspect(
    (path, media): (&Path, &Media),
    wanted: &Wanted<'_>,
    (stop, tell): (&Stop, &(dyn Fn() + Sync)),
) -> Result<(Vec<Find>, Option<String>), Error> {
    let opening = Opening { stop: stop.clone(), ..Opening::default() };
    let mut pictures = Pictures::open_with(path, media, &opening)?;
    let count = pictures.count();
    let rate = wanted.rate.or_else(|| media.rate.map(|rate| rate.ratio().to_f64())).unwrap_or(24.0);
    let mut finds = Vec::new();
    for start in (0..count.max(1)).step_by(PIECE as usize) {
        let frames = start..(start + PIECE).min(count.max(1));
        let mut watch = Watch::of(wanted, &frames);
        let broken = watch.run(&mut pictures, (path, frames), (stop, tell))?;
        finds.extend(watch.found(rate));
        if broken.is_some() {
            return Ok((finds, broken));
        }
    }
    Ok((finds, None))
}

/// How many frames [`inspect`] will look at.
///
/// # Errors
/// Where the media cannot be opened.
pub fn frames_of((path, media): (&Path, &Media)) -> Result<i64, Error> {
    Ok(Pictures::open(path, media)?.count().max(1))
}

struct Watch {
    watcher: Watcher,
    searches: Vec<Box<dyn Search>>,
}

impl Watch {
    fn of(wanted: &Wanted<'_>, frames: &Range<i64>) -> Self {
        let searches = wanted.finders.iter().map(|finder| (finder.search)(wanted.limits));
        let count = (frames.end - frames.start) as usize;
        Self { watcher: Watcher::new(count), searches: searches.collect() }
    }

    /// Lets frames go by; says why, where they break off.
    fn run(
        &mut self,
        pictures: &mut Pictures,
        (path, frames): (&Path, Range<i64>),
        (stop, tell): (&Stop, &(dyn Fn() + Sync)),
    ) -> Result<Option<String>, Error> {
        for frame in frames {
            if stop.is_raised() {
                return Err(Error::new(path, "it was not looked at: the work was stopped"));
            }
            match pictures.frame(frame) {
                Ok(image) => {
                    let sight = self.watcher.sight(frame, &image);
                    self.searches.iter_mut().for_each(|search| search.see(&sight));
                }
                Err(error) if frame == 0 => return Err(error),
                Err(error) => {
                    return Ok(Some(format!("it breaks off after {frame} frames: {}", error.why)));
                }
            }
            tell();
        }
        Ok(None)
    }

    fn found(self, rate: f64) -> Vec<Find> {
        self.searches.into_iter().flat_map(|search| search.found(rate)).collect()
    }
}
