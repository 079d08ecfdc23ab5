//! A sequence as sound: both halves joined, for everything that is not played live.

use super::build::build;
use super::feed::Feed;
use super::nodes::Reading;
use super::plan::{Planner, Stem};
use super::player::WINDOW;
use super::render::Render;
use super::sources::Sources;
use crate::signal::Samples;
use timeline_format::mix::Layout;
use timeline_format::problem::FilmPlace;
use timeline_format::{Id, Problem, Sequence, Timeline};

/// The mix of a sequence. The same film gives the same samples whatever the lengths of the blocks and
/// wherever one begins.
#[derive(Debug)]
pub struct Mix {
    feed: Feed,
    render: Render,
    reading: Reading,
    sample_rate: u32,
    layout: Layout,
    length: i64,
}

impl Mix {
    /// The mix of a sequence at the film's sample rate, in `layout`, at its first sample; and what
    /// cannot be heard as meant.
    pub fn new(
        timeline: &Timeline,
        sequence: Id,
        sources: &dyn Sources,
        layout: Layout,
    ) -> (Self, Vec<Problem>) {
        Self::part(timeline, sequence, sources, layout, None, 1)
    }

    /// One stem of a mix: see [`super::stems`].
    pub fn stem(
        timeline: &Timeline,
        sequence: Id,
        sources: &dyn Sources,
        layout: Layout,
        stem: Stem,
    ) -> (Self, Vec<Problem>) {
        Self::part(timeline, sequence, sources, layout, Some(stem), 1)
    }

    /// A mix that prepares `ahead` samples before they are needed, to be [split](Self::split).
    pub fn ahead(
        timeline: &Timeline,
        sequence: Id,
        sources: &dyn Sources,
        layout: Layout,
        ahead: usize,
    ) -> (Self, Vec<Problem>) {
        Self::part(timeline, sequence, sources, layout, None, ahead.div_ceil(WINDOW).max(1))
    }

    fn part(
        timeline: &Timeline,
        sequence: Id,
        sources: &dyn Sources,
        layout: Layout,
        stem: Option<Stem>,
        windows: usize,
    ) -> (Self, Vec<Problem>) {
        let mut nest = Nest::new();
        nest.within(sequence, |nest| {
            Self::planned(timeline, sequence, sources, layout, stem, windows, nest)
        })
    }

    /// The mix of a sequence that lies in another.
    pub(super) fn nested(
        timeline: &Timeline,
        sequence: Id,
        sources: &dyn Sources,
        layout: Layout,
        nest: &mut Nest,
    ) -> (Self, Vec<Problem>) {
        Self::planned(timeline, sequence, sources, layout, None, 1, nest)
    }

    fn planned(
        timeline: &Timeline,
        id: Id,
        sources: &dyn Sources,
        layout: Layout,
        stem: Option<Stem>,
        windows: usize,
        nest: &mut Nest,
    ) -> (Self, Vec<Problem>) {
        let empty = Sequence::new(timeline.settings.rate);
        let found = timeline.sequences.get(&id);
        let sequence = found.map_or(&empty, |sequence| &**sequence);
        let mut planner = Planner::new(timeline, (id, sequence), sources, layout, nest);
        if found.is_none() {
            let message = format!("the sequence {id} is not in the film: it is silent");
            let problem = Problem::error("sound-sequence-unknown", message);
            planner.tell(problem, &FilmPlace::sequence(id));
        }
        let built = build(&mut planner, stem, windows);
        let sample_rate = planner.rate();
        let problems = std::mem::take(&mut planner.problems);
        let length = sequence.header.rate.sample_of(sequence.length(), sample_rate);
        let mix = Self {
            feed: built.feed,
            render: built.render,
            reading: built.reading,
            sample_rate,
            layout,
            length,
        };
        (mix, problems)
    }

    /// Samples a second.
    pub const fn sample_rate(&self) -> u32 {
        self.sample_rate
    }

    /// Its channels.
    pub const fn layout(&self) -> Layout {
        self.layout
    }

    /// The length of the sequence in samples. Beyond it, tails may still sound.
    pub const fn length(&self) -> i64 {
        self.length
    }

    /// The sample that is rendered next.
    pub const fn position(&self) -> i64 {
        self.render.position()
    }

    /// What the meter at the end of the mix shows.
    pub const fn reading(&self) -> &Reading {
        &self.reading
    }

    /// Goes to `sample`.
    pub fn seek(&mut self, sample: i64) {
        self.feed.seek(sample);
        self.render.seek(sample);
    }

    /// Fills `out` with the next samples: as many of the mix's channels as `out` has.
    pub fn render(&mut self, out: &mut Samples) {
        let mut filled = 0;
        while filled < out.length() {
            self.feed.advance();
            filled = self.render.step(out, filled);
        }
    }

    /// Goes to `sample` and computes whatever is heard there of what lies before it.
    pub(super) fn run_up(&mut self, sample: i64) {
        self.run_up_within(sample, i64::MAX);
    }

    /// The same, but of no more than `most` samples before it.
    pub(super) fn run_up_within(&mut self, sample: i64, most: i64) {
        let lead = self.render.lead().min(most);
        self.feed.seek_within(sample, lead);
        self.render.seek_within(sample, lead);
        self.feed.advance();
        while !self.render.compute() {
            self.feed.advance();
        }
        self.feed.advance();
    }

    /// The two halves, for playing live: the first reads ahead, the second computes in real time.
    pub fn split(self) -> (Feed, Render) {
        (self.feed, self.render)
    }
}

/// Which sequences one is in while planning, so that none is planned within itself.
#[derive(Debug)]
pub(super) struct Nest {
    path: Vec<Id>,
    left: usize,
}

impl Nest {
    const DEEPEST: usize = 16;
    const MOST: usize = 1000;

    const fn new() -> Self {
        Self { path: Vec::new(), left: Self::MOST }
    }

    pub(super) fn may_enter(&self, id: Id) -> bool {
        !self.path.contains(&id) && self.path.len() < Self::DEEPEST && self.left > 0
    }

    pub(super) fn within<T>(&mut self, id: Id, work: impl FnOnce(&mut Self) -> T) -> T {
        self.path.push(id);
        self.left = self.left.saturating_sub(1);
        let result = work(self);
        self.path.pop();
        result
    }
}
