//! Which frames are shown, decided from where pictures lie: by one picture where each is coded by
//! itself, else by what several show together.
//!
//! A codec that predicts pictures from each other may show a slow move late: it holds a block until
//! the change is worth coding, so that a picture of a faithful delivery lies behind its frame, by more
//! frames the slower the move and the coarser the codec. So one picture decides nothing there. Two
//! things no codec does are faults: it never goes back (two frames that changed places), and it does
//! not stay ahead, nor further behind than its own error explains (a shift, a run between a frame
//! that was dropped and one that was doubled). A single frame that was held is neither.

use super::place::{Measured, Place};
use super::verdict::{Findings, Kind};
use crate::ffmpeg::PictureFacts;
use std::ops::RangeInclusive;

/// Standard errors that one picture's figure must lie beyond what is allowed: by chance, one of 3.5
/// million.
const SURE: f64 = 5.0;
/// The same for the mean of a run, whose own scatter counts: what is allowed it is a bound, which the
/// mean of a faithful delivery does not reach.
const SURE_OF_RUN: f64 = 3.0;
/// How much larger than the turns about it a turn must be, in their root mean square: where what a codec
/// does to pictures is normal, one of 100,000 is (Student's t, 16 degrees).
const SURE_OF_TURN: f64 = 6.0;
/// Frames before and behind that such turns are taken from, beyond those that a turn itself moves.
const ABOUT: RangeInclusive<i64> = 3..=16;
/// How many of them there must be.
const LEAST_ABOUT: usize = 16;
/// Halfway between a frame and the next.
const HALF: f64 = 0.5;
/// Pictures that decide together.
const RUN: usize = 8;
/// Frames that they may be spread over: some say nothing.
const SPREAD: i64 = 12;
/// How far back a picture must go to be one of two that changed places: a fourth of a frame.
const BACK: f64 = -0.25;
/// The coarsest that a codec may be for anything to be told: its error over the film's change a frame.
/// Where it is coarser, what it predicts moves about by itself.
const COARSEST: f64 = 5.0;
/// The same where pictures are coded by themselves: what a codec loses of contrast looks like a fade.
const COARSEST_ALONE: f64 = 20.0;
/// How far the pictures about these must go forward: two frames each, of which codecs leave half.
const FORWARD: f64 = 0.8;

/// Codecs that code every picture by itself.
const BY_ITSELF: &[&str] = &[
    "prores", "dnxhd", "ffv1", "mjpeg", "rawvideo", "v210", "v410", "png", "exr", "jpeg2000",
    "cfhd", "huffyuv", "ffvhuff", "utvideo",
];

/// How far a codec lets slow moves lie behind and ahead, in frames, where its error is as large as
/// the change a frame. Behind, it grows by the power of 1.5 of that ratio: the smaller a change, the
/// longer it waits. Faithful deliveries of slow moves reached two thirds of it: x264 at CRF 18 to 28,
/// x265 at 20 to 28, SVT-AV1 at 28.
#[derive(Debug, Clone, Copy)]
struct Slack {
    behind: f64,
    ahead: f64,
}

impl Slack {
    /// How far pictures of a faithful delivery may lie to one side.
    fn allowed(self, side: f64, coarse: f64) -> f64 {
        if side > 0.0 { self.ahead * coarse } else { self.behind * coarse * coarse.sqrt() }
    }
}

const H264: Slack = Slack { behind: 0.06, ahead: 0.05 };
const OTHERS: Slack = Slack { behind: 0.11, ahead: 0.1 };

/// What is known of the pictures so far.
#[derive(Debug)]
pub(super) struct Shown {
    /// None where every picture is coded by itself.
    slack: Option<Slack>,
    places: Vec<Place>,
}

/// "shows the frame 2 before", for two frames too early in the film.
pub(super) fn words(by: i64) -> String {
    format!("shows the frame {} {}", by.abs(), if by > 0 { "after" } else { "before" })
}

impl Shown {
    /// Pictures of a file that says this of itself; of a folder, if nothing is said.
    pub(super) fn new(facts: Option<&PictureFacts>) -> Self {
        let slack = facts.map(|facts| facts.codec.as_str()).and_then(|codec| match codec {
            codec if BY_ITSELF.contains(&codec) => None,
            "h264" => Some(H264),
            _ => Some(OTHERS),
        });
        Self { slack, places: Vec::new() }
    }

    /// Whether blocks may be held from the picture before.
    pub(super) const fn holds(&self) -> bool {
        self.slack.is_some()
    }

    /// Whether a frame that lies so could be told to be the next, alone or with those about it.
    pub(super) fn can_tell(&self, place: &Place) -> bool {
        let sure = |off: Measured| match self.slack {
            None => place.is_finer(COARSEST_ALONE) && 1.0 - SURE * off.error > HALF,
            Some(slack) => {
                place.is_finer(COARSEST) && 1.0 - slack.allowed(-1.0, place.coarse()) > HALF
            }
        };
        place.off.is_some_and(sure)
    }

    /// Takes where a picture lies. Says how far it is off, if it alone decides that.
    pub(super) fn take(&mut self, place: Place) -> Option<i64> {
        if self.slack.is_some() {
            self.places.push(place);
            return None;
        }
        let off = place.off?;
        let is_off = off.value.abs() - SURE * off.error > HALF;
        let is_fine = place.is_finer(COARSEST_ALONE);
        let is_near = off.value.abs() < place.span as f64 + 1.0;
        (is_off && is_near && is_fine).then_some(whole(off.value))
    }

    /// Tells what the pictures show together.
    pub(super) fn finish(self, findings: &mut Findings) {
        let Some(slack) = self.slack else { return };
        for frame in self.swaps() {
            findings.add(Kind::Order, Some(frame), words(1));
            findings.add(Kind::Order, Some(frame + 1), words(-1));
        }
        for (from, until, by) in self.runs(slack) {
            findings.add_range(Kind::Order, Some(from), Some(until), words(by));
        }
    }

    /// The first frames of pairs that changed places: where pictures turn back and on again by far more
    /// than this codec has them do about there.
    fn swaps(&self) -> Vec<i64> {
        let turns: Vec<_> = self.places.windows(3).filter_map(turn).collect();
        let is_sure = |turn: &&Turn| turn.goes_back && turn.stands_out(&turns);
        turns.iter().filter(is_sure).map(|turn| turn.frame).collect()
    }

    /// Runs of frames that lie elsewhere: the first, one past the last, and by how much.
    fn runs(&self, slack: Slack) -> Vec<(i64, i64, i64)> {
        let lying: Vec<_> =
            self.places.iter().filter_map(|place| Some((place, place.off?))).collect();
        let mut runs: Vec<(i64, i64, i64)> = Vec::new();
        for window in lying.windows(RUN) {
            let Some(by) = together(window, slack) else { continue };
            let off = |(_, off): &&(&Place, Measured)| {
                off.value.abs() > HALF && (off.value > 0.0) == (by > 0)
            };
            let mut inside = window.iter().filter(off).map(|(place, _)| place.frame);
            let Some(from) = inside.next() else { continue };
            let until = inside.next_back().unwrap_or(from) + 1;
            match runs.last_mut() {
                Some(last) if last.2 == by && from <= last.1 => last.1 = last.1.max(until),
                _ => runs.push((from, until, by)),
            }
        }
        runs
    }
}

/// How three pictures go on, there and back.
#[derive(Debug, Clone, Copy)]
struct Turn {
    frame: i64,
    /// 0 where they go on evenly, 1 where the first two changed places: a matched filter in time.
    size: f64,
    goes_back: bool,
}

impl Turn {
    /// Whether it is far larger than those about it.
    fn stands_out(&self, turns: &[Self]) -> bool {
        let is_about = |other: &&Self| ABOUT.contains(&(other.frame - self.frame).abs());
        let about: Vec<_> = turns.iter().filter(is_about).map(|turn| turn.size.powi(2)).collect();
        let usual = (about.iter().sum::<f64>() / about.len().max(1) as f64).sqrt();
        about.len() >= LEAST_ABOUT && self.size > SURE_OF_TURN * usual
    }
}

/// How three pictures go on, if they follow each other and all say so.
fn turn(three: &[Place]) -> Option<Turn> {
    let [first, second, third] = three else { return None };
    let (there, back, on) = (first.moved?, second.moved?, third.moved?);
    if (second.frame, third.frame) != (first.frame + 1, first.frame + 2) {
        return None;
    }
    let size = (there.value - 2.0 * back.value + on.value) / 6.0;
    let is_sure = back.value < BACK && back.value + SURE * back.error < 0.0;
    let goes_on = there.value.min(on.value) > FORWARD;
    let goes_back = is_sure && goes_on && second.is_finer(COARSEST);
    Some(Turn { frame: first.frame, size, goes_back })
}

/// By how much the pictures of a window lie elsewhere, if they surely do.
fn together(window: &[(&Place, Measured)], slack: Slack) -> Option<i64> {
    let count = window.len() as f64;
    let mean = |of: &dyn Fn(&(&Place, Measured)) -> f64| window.iter().map(of).sum::<f64>() / count;
    let spread = window.last()?.0.frame - window.first()?.0.frame;
    let off = mean(&|(_, off)| off.value);
    let scatter = mean(&|(_, one)| (one.value - off).powi(2)) / count;
    let error = scatter.sqrt().max(mean(&|(_, off)| off.error) / count.sqrt());
    let coarse = mean(&|(place, _)| place.noise) / mean(&|(place, _)| place.step);
    let allowed = slack.allowed(off, coarse);
    let is_off = off.abs() > HALF + allowed + SURE_OF_RUN * error;
    (is_off && spread < SPREAD && coarse < COARSEST)
        .then(|| whole(off.signum() * (off.abs() - allowed)))
}

/// To the nearest frame but its own.
fn whole(off: f64) -> i64 {
    let by = off.round() as i64;
    if by == 0 { off.signum() as i64 } else { by }
}
