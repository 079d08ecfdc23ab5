//! The pictures: each held against its own frame and against the neighbours of that.

use std::collections::VecDeque;

use super::level::Levels;
use super::thumbnail::{Thumbnail, psnr};
use super::verdict::{Findings, Kind};
use crate::deliver::Error;
use crate::deliver::presets::{PictureTarget, Preset};
use crate::deliver::stills;
use crate::ffmpeg::{Facts, PictureFacts};
use crate::picture::convert;
use crate::play::Programme;
use crate::signal::{AlphaMode, Image};

/// Neighbours on each side that a frame is held against.
const REACH: i64 = 2;
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
    film: VecDeque<(i64, Image, Thumbnail)>,
    next: i64,
    count: i64,
    levels: Levels,
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
        }
    }

    /// How many pictures have come.
    pub(super) const fn count(&self) -> i64 {
        self.count
    }

    /// Counts a picture that could not be read.
    pub(super) const fn skip(&mut self) {
        self.count += 1;
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
        while self.next <= frame + REACH && self.next < programme.length() {
            let next = self.next;
            let colour = self.target.as_ref().map_or(like.colour, |target| target.colour);
            let made = programme.picture(next);
            let image = made.map_err(|failed| Error::of_film(&*programme, next, &failed))?;
            let mut image = convert::to(&image, like.format, colour);
            if like.format.alpha && like.alpha == AlphaMode::Premultiplied {
                image = stills::premultiplied(&image);
            }
            let thumbnail = Thumbnail::of(&image);
            self.film.push_back((next, image, thumbnail));
            self.next += 1;
        }
        while self.film.front().is_some_and(|(known, ..)| *known < frame - REACH) {
            self.film.pop_front();
        }
        Ok(())
    }

    fn compare(&mut self, frame: i64, image: &Image, findings: &mut Findings) {
        let found = Thumbnail::of(image);
        let Some((_, own, thumbnail)) = self.film.iter().find(|(known, ..)| *known == frame) else {
            return;
        };
        let likeness = psnr(image, own);
        findings.compared(likeness);
        self.levels.add(thumbnail, &found);
        let distance = found.distance(thumbnail, 0);
        let neighbours = self.film.iter().filter(|(known, ..)| *known != frame);
        let nearest = neighbours
            .map(|(known, _, other)| (found.distance(other, 0), *known, other))
            .min_by(|a, b| a.0.total_cmp(&b.0));
        if let Some((near, known, other)) = nearest
            && near < distance * NEARER.0
            && distance - near > NEARER.1
            && thumbnail.distance(other, 0) > distance * APART
        {
            let by = known - frame;
            let what = format!("shows the frame {} {}", by.abs(), after(by > 0));
            findings.add(Kind::Order, Some(frame), what);
            return;
        }
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

    /// What can be said when all have come.
    pub(super) fn finish(self, programme: &dyn Programme, findings: &mut Findings) {
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

const fn after(is_after: bool) -> &'static str {
    if is_after { "after" } else { "before" }
}
