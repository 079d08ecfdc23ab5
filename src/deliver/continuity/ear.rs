//! The mix, heard once from front to back, with as much of it held as lies beside a cut.

use super::{ALL, Check, Film, Looks, frames};
use crate::play::{Failed, Programme};
use crate::signal::Samples;
use crate::sound::stretch::Stretch;
use crate::workers::Stop;
use std::collections::{BTreeSet, VecDeque};
use timeline_format::Problem;
use timeline_format::problem::FilmPlace;

/// Seconds that are compared on either side of a cut, and those next to it that are not, as they fade.
const BESIDE: f64 = 1.0;
const FADES: f64 = 0.03;

/// A finding and its frame.
pub(super) type Found = (i64, Problem);

pub(super) fn listen(
    film: Film<'_>,
    mix: &mut dyn Programme,
    stop: &Stop,
    tell: &mut dyn FnMut(i64),
) -> Result<Vec<Found>, Failed> {
    let mut ear = Ear::new(film, mix);
    let first = mix.start() - film.sequence.header.start;
    let (rate, sample_rate) = (mix.rate(), mix.sample_rate());
    let sample = |frame: i64| rate.sample_of(first + frame, sample_rate);
    for frame in 0..mix.length() {
        if stop.is_raised() {
            break;
        }
        let length = sample(frame + 1) - sample(frame);
        let mut heard = Samples::silence(mix.layout().channels(), length as usize);
        mix.sound(&mut heard)?;
        ear.hear(first + frame, heard);
        tell(frame + 1);
    }
    ear.end();
    Ok(ear.found)
}

struct Ear<'a> {
    film: Film<'a>,
    sample_rate: u32,
    /// Cuts that are still to come, in frames of the sequence.
    cuts: VecDeque<i64>,
    /// The latest frames and their sounds.
    held: VecDeque<(i64, Samples)>,
    /// Frames that are held.
    most: usize,
    /// Where each check at frames has been finding something since.
    runs: Vec<Option<i64>>,
    last: i64,
    found: Vec<Found>,
}

impl<'a> Ear<'a> {
    fn new(film: Film<'a>, mix: &dyn Programme) -> Self {
        let rate = mix.rate().ratio().to_f64();
        Self {
            film,
            sample_rate: mix.sample_rate(),
            cuts: cuts(film).into_iter().collect(),
            held: VecDeque::new(),
            most: (2.0 * BESIDE * rate).ceil() as usize + 2,
            runs: vec![None; ALL.len()],
            last: 0,
            found: Vec::new(),
        }
    }

    fn hear(&mut self, frame: i64, sound: Samples) {
        self.look_at_frame(frame, Some(&sound));
        self.held.push_back((frame, sound));
        if self.held.len() > self.most {
            self.held.pop_front();
        }
        self.last = frame + 1;
        let reach = self.most as i64 / 2;
        while self.cuts.front().is_some_and(|cut| cut + reach <= frame) {
            self.look_at_next_cut();
        }
    }

    fn end(&mut self) {
        self.look_at_frame(self.last, None);
        while !self.cuts.is_empty() {
            self.look_at_next_cut();
        }
    }

    /// Finds where checks at frames begin and cease to find something.
    fn look_at_frame(&mut self, frame: i64, sound: Option<&Samples>) {
        for (number, check) in ALL.iter().enumerate() {
            let Looks::Under(look) = check.looks else { continue };
            let is_found = sound.is_some_and(look);
            match (self.runs[number], is_found) {
                (None, true) => self.runs[number] = Some(frame),
                (Some(start), false) => {
                    self.runs[number] = None;
                    let words =
                        format!("{} for {}", check.label.to_lowercase(), frames(frame - start));
                    self.tell(check, start, words);
                }
                _ => {}
            }
        }
    }

    fn look_at_next_cut(&mut self) {
        let Some(cut) = self.cuts.pop_front() else { return };
        let reach = self.most as i64 / 2;
        let before = self.side(cut - reach, cut, false);
        let after = self.side(cut, cut + reach, true);
        let is_dead = before.is_dead() || after.is_dead();
        if is_dead || !(before.is_long() && after.is_long()) {
            return;
        }
        for check in ALL {
            if let Looks::Beside(look) = check.looks
                && let Some(words) = look(&before, &after)
            {
                self.tell(check, cut, words);
            }
        }
    }

    /// What is held of a range of frames, without what fades at the cut, which lies at its start or its end.
    fn side(&self, from: i64, to: i64, cut_is_first: bool) -> Stretch {
        let mut channels = Vec::new();
        for (_, sound) in self.held.iter().filter(|(frame, _)| (from..to).contains(frame)) {
            channels.resize_with(sound.channel_count(), Vec::new);
            for (all, channel) in channels.iter_mut().zip(sound.channels()) {
                all.extend_from_slice(channel);
            }
        }
        let fades = (FADES * f64::from(self.sample_rate)) as usize;
        let beside = (BESIDE * f64::from(self.sample_rate)) as usize;
        for channel in &mut channels {
            let fades = fades.min(channel.len());
            if cut_is_first {
                channel.drain(..fades);
                channel.truncate(beside);
            } else {
                channel.truncate(channel.len() - fades);
                channel.drain(..channel.len().saturating_sub(beside));
            }
        }
        Stretch::new(&Samples::from_channels(channels), self.sample_rate)
    }

    fn tell(&mut self, check: &Check, frame: i64, words: String) {
        let place = FilmPlace::sequence(self.film.timeline.settings.main);
        let place = place.frame(self.film.sequence, frame);
        self.found.push((frame, check.problem(words, place)));
    }
}

/// The frames at which a clip of any track begins or ends.
fn cuts(film: Film<'_>) -> BTreeSet<i64> {
    let mut cuts = BTreeSet::new();
    for reel in film.sequence.tracks.iter().filter_map(|track| track.reel()) {
        for (start, item) in reel.placed().filter(|(_, item)| !item.is_gap()) {
            cuts.insert(start);
            cuts.insert(start + item.length);
        }
    }
    let end = film.sequence.length();
    cuts.into_iter().filter(|cut| *cut > 0 && *cut < end).collect()
}
