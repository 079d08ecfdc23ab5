//! A sequence as sound: both halves joined, for everything that is not played live.

use super::build::{Built, build};
use super::feed::{Feed, Lane, Shared};
use super::gauges::Gauges;
use super::ledger::Ledger;
use super::nest::Nest;
use super::nodes::Reading;
use super::places::lived_in;
use super::plan::{Planner, Stem};
use super::player::WINDOW;
use super::reins::Reins;
use super::render::Render;
use super::schedule::Schedule;
use super::sources::Sources;
use super::tape::SLOTS;
use super::watch::Watch;
use signal::Samples;
use std::collections::BTreeSet;
use std::sync::Arc;
use timeline_format::mix::Layout;
use timeline_format::problem::FilmPlace;
use timeline_format::{Id, Problem, Sequence, Timeline};

/// Windows that are on their way while the others wait to be heard.
const SPARE: usize = 4;

/// A film to be heard, and how.
#[derive(Clone, Copy)]
pub struct Score<'a> {
    /// The film.
    pub timeline: &'a Timeline,
    /// Which of its sequences.
    pub sequence: Id,
    /// Where its media are read from.
    pub sources: &'a dyn Sources,
    /// The channels of what is heard.
    pub layout: Layout,
    /// Samples that are prepared before they are needed.
    pub ahead: usize,
}

impl std::fmt::Debug for Score<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Score").field("sequence", &self.sequence).finish_non_exhaustive()
    }
}

/// The mix of a sequence. The same film gives the same samples whatever the lengths of the blocks and
/// wherever one begins.
#[derive(Debug)]
pub struct Mix {
    pub(super) half: Half,
    pub(super) render: Render,
}

/// All of a mix but what plays.
#[derive(Debug)]
pub(super) struct Half {
    pub(super) feed: Feed,
    pub(super) ledger: Ledger,
    gauges: Arc<Gauges>,
    sample_rate: u32,
    layout: Layout,
    length: i64,
    /// Windows that a lane prepares ahead.
    windows: usize,
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
        Self::part(timeline, sequence, sources, layout, None, (1, false))
    }

    /// One stem of a mix: see [`super::stems`].
    pub fn stem(
        timeline: &Timeline,
        sequence: Id,
        sources: &dyn Sources,
        layout: Layout,
        stem: Stem,
    ) -> (Self, Vec<Problem>) {
        Self::part(timeline, sequence, sources, layout, Some(stem), (1, false))
    }

    /// A mix to be played live.
    pub fn playing(score: &Score<'_>) -> (Self, Vec<Problem>) {
        let Score { timeline, sequence, sources, layout, ahead } = *score;
        let windows = ahead.div_ceil(WINDOW).max(SLOTS) + SPARE;
        Self::part(timeline, sequence, sources, layout, None, (windows, false))
    }

    /// A mix of which no more is computed than what decides the gains of a node; whether the node gives any.
    pub(super) fn watching(score: &Score<'_>, watch: Watch) -> (Self, bool) {
        let Score { timeline, sequence, sources, layout, .. } = *score;
        let mut nest = Nest::watching(watch);
        let (mix, _) = nest.within(sequence, |nest| {
            Self::planned(timeline, sequence, sources, layout, None, (1, false), nest)
        });
        (mix, nest.watch.is_some_and(|watch| watch.is_met))
    }

    /// A mix that prepares `ahead` samples before they are needed, and what a seek needs ahead of them, to
    /// be [split](Self::split).
    pub fn ahead(
        timeline: &Timeline,
        sequence: Id,
        sources: &dyn Sources,
        layout: Layout,
        ahead: usize,
    ) -> (Self, Vec<Problem>) {
        let windows = ahead.div_ceil(WINDOW).max(1);
        Self::part(timeline, sequence, sources, layout, None, (windows, windows > 1))
    }

    fn part(
        timeline: &Timeline,
        sequence: Id,
        sources: &dyn Sources,
        layout: Layout,
        stem: Option<Stem>,
        stock: (usize, bool),
    ) -> (Self, Vec<Problem>) {
        let mut nest = Nest::new(stock.0 > 1);
        nest.within(sequence, |nest| {
            Self::planned(timeline, sequence, sources, layout, stem, stock, nest)
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
        Self::planned(timeline, sequence, sources, layout, None, (1, false), nest)
    }

    fn planned(
        timeline: &Timeline,
        id: Id,
        sources: &dyn Sources,
        layout: Layout,
        stem: Option<Stem>,
        (windows, has_run_up): (usize, bool),
        nest: &mut Nest,
    ) -> (Self, Vec<Problem>) {
        let mut problems = Vec::new();
        let (mut built, facts) =
            plan((timeline, id), (sources, layout), stem, None, nest, &mut problems);
        let graph = std::mem::take(&mut built.graph);
        let schedule = match graph.compile_fully(built.ledger.end) {
            Ok(compiled) => {
                built.ledger.compiled(&compiled);
                compiled.schedule
            }
            Err(circle) => {
                let problem = Problem::error("sound-route", circle.to_string());
                problems.push(problem.in_film(FilmPlace::sequence(id)));
                Schedule::silent()
            }
        };
        let render = Render::new(schedule, layout.channels());
        let lead = render.lead();
        let run_up = if has_run_up { (lead as usize).div_ceil(WINDOW) + 1 } else { 0 };
        let lanes = stocked(built.lanes, windows + run_up, -lead);
        let half = Half {
            feed: Feed { lanes, lead },
            gauges: built.ledger.gauges(),
            ledger: built.ledger,
            sample_rate: facts.0,
            layout,
            length: facts.1,
            windows,
        };
        (Self { half, render }, problems)
    }

    /// Samples a second.
    pub const fn sample_rate(&self) -> u32 {
        self.half.sample_rate
    }

    /// Its channels.
    pub const fn layout(&self) -> Layout {
        self.half.layout
    }

    /// The length of the sequence in samples. Beyond it, tails may still sound.
    pub const fn length(&self) -> i64 {
        self.half.length
    }

    /// The sample that is rendered next.
    pub fn position(&self) -> i64 {
        self.render.position()
    }

    /// What the meter at the end of the mix shows.
    pub fn reading(&self) -> &Reading {
        &self.half.gauges.end
    }

    /// What can be read of it while it is computed.
    pub const fn gauges(&self) -> &Arc<Gauges> {
        &self.half.gauges
    }

    /// Goes to `sample`.
    pub fn seek(&mut self, sample: i64) {
        self.half.feed.seek(sample);
        self.render.seek(sample);
    }

    /// Fills `out` with the next samples: as many of the mix's channels as `out` has.
    pub fn render(&mut self, out: &mut Samples) {
        let mut filled = 0;
        while filled < out.length() {
            self.half.feed.advance();
            filled = self.render.step(out, filled);
        }
    }

    /// Goes to `sample` and computes whatever is heard there of what lies before it.
    pub(super) fn run_up(&mut self, sample: i64) {
        self.run_up_within(sample, i64::MAX);
    }

    /// The same, but of no more than `most` samples before it.
    pub(super) fn run_up_within(&mut self, sample: i64, most: i64) {
        self.start_at(sample, most);
        while !self.run_up_step() {}
    }

    /// Goes to `sample`, to be [run up](Self::run_up_step) from no more than `most` samples before it.
    pub(super) fn start_at(&mut self, sample: i64, most: i64) {
        self.render.play();
        let lead = self.render.lead().min(most);
        self.half.feed.seek_within(sample, lead);
        self.render.seek_within(sample, lead);
    }

    /// Computes one step of what lies before; whether it has come to its sample.
    pub(super) fn run_up_step(&mut self) -> bool {
        self.half.feed.fill_to(self.render.needed());
        self.render.compute()
    }

    /// Goes to `sample`, to be heard along what `reins` say from there.
    pub(super) fn glide_at(&mut self, sample: i64, reins: &Reins) {
        self.half.feed.glide(sample, reins.speed());
        self.render.seek(sample);
        self.render.glide(sample, reins, self.half.sample_rate);
    }

    /// Makes it the mix of another film, to be sought then, and takes over what did not change; whether
    /// that can be done.
    pub(super) fn revise(&mut self, score: &Score<'_>, problems: &mut Vec<Problem>) -> bool {
        let (mut built, facts) = revised(score, Some(&self.half.ledger), problems);
        let graph = std::mem::take(&mut built.graph);
        let Ok(mut compiled) = graph.compile_fully(built.ledger.end) else { return false };
        built.ledger.compiled(&compiled);
        let kept = built.kept.iter().enumerate();
        let moves: Vec<_> = kept.filter_map(|(new, old)| Some(((*old)?, new))).collect();
        self.render.swap(&mut compiled.schedule, &moves, &[]);
        self.half.feed.lead = self.render.lead();
        let fresh = self.half.stocked(std::mem::take(&mut built.lanes), 0);
        self.half.feed.lanes.extend(fresh.iter().cloned());
        self.half.land(built, facts.1, &fresh);
        true
    }

    /// Whether it can become the mix of `score` by being [revised](Self::revise).
    pub(super) fn is_for(&self, score: &Score<'_>) -> bool {
        self.half.layout == score.layout && self.half.sample_rate == score.timeline.settings.sound
    }

    /// The two halves, for playing live: the first reads ahead, the second computes in real time.
    pub fn split(self) -> (Feed, Render) {
        (self.half.feed, self.render)
    }
}

impl Half {
    /// What can be read of it while it is computed.
    pub(super) const fn gauges(&self) -> &Arc<Gauges> {
        &self.gauges
    }

    /// Goes by what was built. Of the lanes, those that go on and the `fresh` ones stay.
    pub(super) fn land(&mut self, built: Built, length: i64, fresh: &[Shared]) {
        let kept: BTreeSet<Id> = built.kept_tracks.into_iter().collect();
        self.feed.lanes.retain(|lane| {
            let is_kept = || kept.contains(&lane.hold().track());
            fresh.iter().any(|other| lane.is(other)) || is_kept()
        });
        self.gauges = built.ledger.gauges();
        (self.ledger, self.length) = (built.ledger, length);
    }

    /// New lanes, made ready to start at `sample`.
    pub(super) fn stocked(&self, lanes: Vec<Lane>, sample: i64) -> Vec<Shared> {
        stocked(lanes, self.windows, sample)
    }
}

fn stocked(lanes: Vec<Lane>, windows: usize, sample: i64) -> Vec<Shared> {
    let stock = |mut lane: Lane| {
        lane.stock(windows);
        lane.begin(sample);
        Shared::new(lane)
    };
    lanes.into_iter().map(stock).collect()
}

/// What the film of `score` is built from, but for what is in `old` already; its sample rate and length.
pub(super) fn revised(
    score: &Score<'_>,
    old: Option<&Ledger>,
    problems: &mut Vec<Problem>,
) -> (Built, (u32, i64)) {
    let Score { timeline, sequence, sources, layout, .. } = *score;
    let mut nest = Nest::new(true);
    nest.within(sequence, |nest| {
        plan((timeline, sequence), (sources, layout), None, old, nest, problems)
    })
}

fn plan(
    (timeline, id): (&Timeline, Id),
    (sources, layout): (&dyn Sources, Layout),
    stem: Option<Stem>,
    old: Option<&Ledger>,
    nest: &mut Nest,
    problems: &mut Vec<Problem>,
) -> (Built, (u32, i64)) {
    let empty = Sequence::new(timeline.settings.rate);
    let found = timeline.sequences.get(&id);
    let lived = lived_in(timeline, found.map_or(&empty, |sequence| &**sequence));
    let sequence = lived.as_ref();
    let mut planner = Planner::new(timeline, (id, sequence), sources, layout, nest);
    if found.is_none() {
        let message = format!("the sequence {id} is not in the film: it is silent");
        let problem = Problem::error("sound-sequence-unknown", message);
        planner.tell(problem, &FilmPlace::sequence(id));
    }
    let built = build(&mut planner, stem, old);
    let sample_rate = planner.rate();
    problems.append(&mut planner.problems);
    let length = sequence.header.rate.sample_of(sequence.length(), sample_rate);
    (built, (sample_rate, length))
}
