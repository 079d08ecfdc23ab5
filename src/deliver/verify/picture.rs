//! The pictures: each held against its own frame and against the neighbours of that.

use std::collections::VecDeque;

use super::fine::Fine;
use super::level::Levels;
use super::place::{Pair, Place, SPANS};
use super::shown::{self, Shown};
use super::thumbnail::{Thumbnail, psnr};
use super::verdict::{Findings, Kind};
use crate::deliver::Error;
use crate::deliver::presets::{PictureTarget, Preset};
use crate::deliver::stills;
use crate::ffmpeg::{Facts, PictureFacts};
use crate::picture::convert;
use crate::play::Programme;
use crate::signal::{AlphaMode, Image};

/// Neighbours on each side that a frame is held against by its blocks.
const REACH: i64 = 2;
/// Frames of the film on each side that are kept to find where a picture lies.
const KEPT: i64 = SPANS[0];
/// The least likeness of a lossy picture, in dB.
const LEAST_PSNR: f64 = 22.0;
/// The most that the blocks of a lossy picture may differ, in 8-bit codes.
const MOST_DISTANCE: f64 = 5.0;
/// How much nearer a neighbour must be than the frame itself, to be what is shown: as a part, and in
/// 8-bit codes. Codecs copy a frame that differs from the last by less than half a code.
const NEARER: (f64, f64) = (0.7, 0.6);
/// How far two frames of the film must be from each other, as a part of how far the delivery is from
/// its own, to be told apart: a codec moves flat pictures more than the film does.
const APART: f64 = 0.5;

/// The pictures of a delivery, as they come.
pub(super) struct Pictures {
    target: Option<PictureTarget>,
    facts: Option<PictureFacts>,
    film: VecDeque<Made>,
    next: i64,
    count: i64,
    levels: Levels,
    last: Option<Fine>,
    shown: Shown,
}

/// A frame of the film, in the delivery's own format.
struct Made {
    frame: i64,
    image: Image,
    thumbnail: Thumbnail,
    fine: Fine,
}

impl Pictures {
    pub(super) fn new(facts: &Facts, preset: Option<&Preset>) -> Self {
        Self {
            target: preset.and_then(|preset| preset.picture.clone()),
            facts: facts.picture.clone(),
            film: VecDeque::new(),
            next: 0,
            count: 0,
            levels: Levels::default(),
            last: None,
            shown: Shown::new(facts.picture.as_ref()),
        }
    }

    /// How many pictures have come.
    pub(super) const fn count(&self) -> i64 {
        self.count
    }

    /// Counts a picture that could not be read.
    pub(super) fn skip(&mut self) {
        self.count += 1;
        self.last = None;
    }

    /// Holds the next picture against the film.
    pub(super) fn take(
        &mut self,
        programme: &mut dyn Programme,
        at: Option<i64>,
        image: &Image,
        findings: &mut Findings,
    ) -> Result<(), Error> {
        let frame = self.count;
        self.count += 1;
        if frame >= programme.length() {
            return Ok(());
        }
        self.check_time(programme, frame, at, findings);
        let raster = programme.raster();
        if (image.width, image.height) != (raster.width, raster.height) {
            let what = format!("it is {}x{}, and the film {raster}", image.width, image.height);
            findings.add(Kind::Picture, Some(frame), what);
            return Ok(());
        }
        self.fill(programme, frame, image)?;
        self.compare(frame, image, findings);
        Ok(())
    }

    /// Whether a picture is shown when its frame is due, to a tick of its stream.
    fn check_time(
        &self,
        programme: &dyn Programme,
        frame: i64,
        at: Option<i64>,
        findings: &mut Findings,
    ) {
        let Some(facts) = &self.facts else { return };
        let Some(at) = at else { return };
        let rate = programme.rate();
        let top = i128::from(frame) * i128::from(rate.denominator()) * i128::from(facts.ticks.0);
        let bottom = i128::from(rate.numerator()) * i128::from(facts.ticks.1.max(1));
        let off = i128::from(at) * bottom - top;
        let is_exact = top % bottom == 0;
        if off != 0 && (is_exact || off.abs() > bottom) {
            let seconds = off as f64 / bottom as f64 * facts.ticks.1 as f64 / facts.ticks.0 as f64;
            let what = format!("shown {:.4} seconds {}", seconds.abs(), late(off > 0));
            findings.add(Kind::Timing, Some(frame), what);
        }
    }

    /// Makes the film's frames about `frame`, in the delivery's own format.
    fn fill(
        &mut self,
        programme: &mut dyn Programme,
        frame: i64,
        like: &Image,
    ) -> Result<(), Error> {
        while self.next <= frame + KEPT && self.next < programme.length() {
            let next = self.next;
            let colour = self.target.as_ref().map_or(like.colour, |target| target.colour);
            let made = programme.picture(next);
            let image = made.map_err(|failed| Error::of_film(&*programme, next, &failed))?;
            let mut image = convert::to(&image, like.format, colour);
            if like.format.alpha && like.alpha == AlphaMode::Premultiplied {
                image = stills::premultiplied(&image);
            }
            let (thumbnail, fine) = (Thumbnail::of(&image), Fine::of(&image));
            self.film.push_back(Made { frame: next, image, thumbnail, fine });
            self.next += 1;
        }
        while self.film.front().is_some_and(|made| made.frame < frame - KEPT) {
            self.film.pop_front();
        }
        Ok(())
    }

    fn compare(&mut self, frame: i64, image: &Image, findings: &mut Findings) {
        let (found, fine) = (Thumbnail::of(image), Fine::of(image));
        let Some(made) = self.film.iter().find(|made| made.frame == frame) else { return };
        let likeness = psnr(image, &made.image);
        findings.compared(likeness);
        self.levels.add(&made.thumbnail, &found);
        let other = self.other(frame, &made.thumbnail, &found);
        let place = other.is_none().then(|| self.place(frame, &fine)).flatten();
        let is_told = other.is_some() || place.is_some_and(|place| self.shown.can_tell(&place));
        if likeness.is_some() && !is_told && self.is_slow(frame) {
            findings.untold();
        }
        let other = other.or_else(|| place.and_then(|place| self.shown.take(place)));
        self.last = Some(fine);
        if let Some(by) = other {
            findings.add(Kind::Order, Some(frame), shown::words(by));
            return;
        }
        let Some(Made { image: own, thumbnail, .. }) =
            self.film.iter().find(|made| made.frame == frame)
        else {
            return;
        };
        let is_lossless = self
            .target
            .as_ref()
            .is_some_and(|target| target.codec.is_lossless() && target.format == image.format);
        if is_lossless && !same_samples(image, own) {
            findings.add(Kind::Picture, Some(frame), "is not equal to the film".into());
        } else if likeness.is_some_and(|psnr| psnr < LEAST_PSNR)
            || (0..found.planes.len()).any(|plane| found.distance(thumbnail, plane) > MOST_DISTANCE)
        {
            findings.add(Kind::Picture, Some(frame), "is unlike the film".into());
        }
    }

    /// How far off a frame is shown, where another is clearly nearer than its own.
    fn other(&self, frame: i64, own: &Thumbnail, found: &Thumbnail) -> Option<i64> {
        let distance = found.distance(own, 0);
        let near = |made: &&Made| made.frame != frame && (made.frame - frame).abs() <= REACH;
        let neighbours = self.film.iter().filter(near);
        let (near, other) = neighbours
            .map(|made| (found.distance(&made.thumbnail, 0), made))
            .min_by(|a, b| a.0.total_cmp(&b.0))?;
        let is_nearer = near < distance * NEARER.0
            && distance - near > NEARER.1
            && own.distance(&other.thumbnail, 0) > distance * APART;
        is_nearer.then_some(other.frame - frame)
    }

    /// Whether the film changes about a frame, but by less than [`Self::other`] can tell.
    fn is_slow(&self, frame: i64) -> bool {
        let made = |by: i64| self.film.iter().find(|made| made.frame == frame + by);
        let Some(own) = made(0) else { return false };
        [-1, 1].into_iter().filter_map(made).any(|next| {
            next.fine.planes != own.fine.planes
                && own.thumbnail.distance(&next.thumbnail, 0) < NEARER.1
        })
    }

    /// Where a picture lies in a slow move.
    fn place(&self, frame: i64, found: &Fine) -> Option<Place> {
        let film = |by: i64| {
            let made = self.film.iter().find(|made| made.frame == frame + by);
            made.map(|made| &made.fine)
        };
        let pair = Pair { frame, found, last: self.last.as_ref(), holds: self.shown.holds() };
        pair.place(film)
    }

    /// What can be said when all have come.
    pub(super) fn finish(self, programme: &dyn Programme, findings: &mut Findings) {
        self.shown.finish(findings);
        let length = programme.length();
        if self.count != length {
            let what = format!("has {} frames, and the film {length}", self.count);
            findings.add(Kind::FrameCount, None, what);
        }
        if let Some(what) = self.levels.fault() {
            findings.add(Kind::Levels, None, what);
        }
    }
}

fn same_samples(a: &Image, b: &Image) -> bool {
    (0..a.planes.len()).all(|plane| a.lines(plane).eq(b.lines(plane)))
}

const fn late(is_late: bool) -> &'static str {
    if is_late { "late" } else { "early" }
}
