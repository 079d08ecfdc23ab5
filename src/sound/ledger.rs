//! What a graph was made from: so that the graph of an edited film takes over what the edit left as it was.

use super::gauges::Gauges;
use super::graph::{Compiled, Name, Stage, Wire};
use super::level::Level;
use super::node::{Block, Outcome, Processor};
use super::nodes::Reading;
use super::plan::Dissolves;
use imbl::OrdMap;
use std::collections::BTreeMap;
use std::sync::Arc;
use timeline_format::mix::{Layout, PanLaw};
use timeline_format::track::Place;
use timeline_format::{Frames, Id, Layered, Media, Param, Rate, Sequence, Shot, Track};

/// What decides what a node does: two of one recipe, at one place, with one past, are the same.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Recipe {
    /// The end of the graph.
    End(Layout),
    /// Where strips meet.
    Sum(Layout),
    /// What a track plays.
    Track(Tracks),
    /// A node of the document.
    Insert {
        kind: String,
        values: BTreeMap<String, Param>,
        layout: Layout,
        /// The film's media, where the node plays one.
        media: Option<OrdMap<Id, Arc<Media>>>,
    },
    /// A gain and a place.
    Fader {
        gain: Option<Param>,
        pan: Option<Param>,
        law: PanLaw,
        from: Layout,
        to: Layout,
        mute: bool,
    },
}

/// What decides what a track plays.
#[derive(Debug, Clone)]
pub(super) struct Tracks {
    pub(super) track: Arc<Track>,
    pub(super) leads_to: Layout,
    /// Where its layers start that are anchored to something.
    pub(super) starts: Vec<(Id, Option<Frames>)>,
    pub(super) ground: Arc<Ground>,
}

/// What every track of a sequence stands on.
#[derive(Debug)]
pub(super) struct Ground {
    pub(super) rate: Rate,
    pub(super) sample_rate: u32,
    pub(super) media: OrdMap<Id, Arc<Media>>,
    pub(super) shots: OrdMap<Id, Arc<Shot>>,
    /// The other sequences of the film.
    pub(super) sequences: Vec<(Id, Arc<Sequence>)>,
    pub(super) dissolves: Dissolves,
}

impl PartialEq for Ground {
    fn eq(&self, other: &Self) -> bool {
        let is_one = |((id, one), (known, other)): (&(Id, Arc<_>), &(Id, Arc<_>))| {
            id == known && Arc::ptr_eq(one, other)
        };
        self.rate == other.rate
            && self.sample_rate == other.sample_rate
            && (self.media.ptr_eq(&other.media) || self.media == other.media)
            && (self.shots.ptr_eq(&other.shots) || self.shots == other.shots)
            && self.sequences.len() == other.sequences.len()
            && self.sequences.iter().zip(&other.sequences).all(is_one)
            && self.dissolves == other.dissolves
    }
}

impl PartialEq for Tracks {
    fn eq(&self, other: &Self) -> bool {
        let (one, two) = (&self.track, &other.track);
        let plays_the_same = || {
            one.header.strip.pan_law == two.header.strip.pan_law
                && one.transitions == two.transitions
                && one.content == two.content
        };
        self.leads_to == other.leads_to
            && self.starts == other.starts
            && (Arc::ptr_eq(&self.ground, &other.ground) || self.ground == other.ground)
            && (Arc::ptr_eq(one, two) || plays_the_same())
    }
}

/// A node of a graph.
#[derive(Debug, Clone)]
pub(super) struct Known {
    pub(super) name: Name,
    pub(super) recipe: Recipe,
    pub(super) layout: Layout,
    pub(super) inputs: usize,
    pub(super) outputs: usize,
    pub(super) latency: usize,
    pub(super) memory: usize,
    /// How loud it is, where it is the fader of a strip.
    pub(super) level: Option<Level>,
    /// What it shows, where it is a meter.
    pub(super) reading: Option<Reading>,
}

impl Known {
    /// What stands for its processor, which is elsewhere.
    pub(super) fn stand_in(&self) -> Box<dyn Processor> {
        Box::new(StandIn { latency: self.latency, memory: self.memory })
    }
}

/// The nodes and wires of a graph.
#[derive(Debug, Clone, Default)]
pub(super) struct Ledger {
    /// By their numbers in the graph.
    pub(super) nodes: Vec<Known>,
    pub(super) wires: Vec<Wire>,
    pub(super) end: usize,
    /// How late the input of each node is, and the result.
    pub(super) lates: Vec<usize>,
    pub(super) latency: usize,
    /// The wires that delays lie on.
    pub(super) delays: Vec<(usize, usize, usize)>,
    numbers: BTreeMap<Name, usize>,
    clock: Option<(Rate, u32)>,
}

impl Ledger {
    /// An empty one, of a film whose positions are counted so.
    pub(super) fn new(rate: Rate, sample_rate: u32) -> Self {
        Self { clock: Some((rate, sample_rate)), ..Self::default() }
    }

    /// Enters a node under the next number.
    pub(super) fn enter(&mut self, node: Known) {
        self.numbers.insert(node.name, self.nodes.len());
        self.nodes.push(node);
    }

    /// Enters what was found out when its graph was brought into order.
    pub(super) fn compiled(&mut self, graph: &Compiled) {
        self.lates.clone_from(&graph.lates);
        self.delays.clone_from(&graph.delays);
        self.latency = graph.schedule.latency();
    }

    /// What can be read of its nodes while they compute.
    pub(super) fn gauges(&self) -> Arc<Gauges> {
        let mut gauges = Gauges::default();
        for node in &self.nodes {
            if let (Some(strip), Some(level)) = (node.name.strip, &node.level) {
                gauges.levels.insert(strip, level.clone());
            }
            match (node.name, &node.reading) {
                (_, None) => {}
                (Name { strip: Some(strip), stage: Stage::Insert(id) }, Some(reading)) => {
                    gauges.meters.insert((strip, id), reading.clone());
                }
                (_, Some(reading)) => gauges.end = reading.clone(),
            }
        }
        Arc::new(gauges)
    }

    /// Whether the positions in both films are counted alike.
    pub(super) fn is_of_clock(&self, other: &Self) -> bool {
        self.clock == other.clock
    }

    /// The number of the node called `name`, if it is of this recipe.
    pub(super) fn find(&self, name: Name, recipe: &Recipe) -> Option<usize> {
        let number = *self.numbers.get(&name)?;
        (self.nodes[number].recipe == *recipe).then_some(number)
    }
}

/// Where the layers of a track start that are anchored to something.
pub(super) fn starts(sequence: &Sequence, track: &Track) -> Vec<(Id, Option<Frames>)> {
    let is_anchored = |layer: &&Layered| matches!(layer.at, Place::Anchored(_));
    let layers = track.layers().into_iter().flatten();
    let mut anchored = layers
        .filter(|(_, layer)| is_anchored(&layer.as_ref()))
        .map(|(id, layer)| (*id, layer.as_ref()))
        .peekable();
    if anchored.peek().is_none() {
        return Vec::new();
    }
    let anchored: Vec<_> = anchored.collect();
    let starts = sequence.starts(anchored.iter().map(|(_, layer)| *layer));
    anchored.iter().map(|(id, layer)| (*id, starts.of(layer))).collect()
}

/// Stands where a processor will be.
#[derive(Debug)]
struct StandIn {
    latency: usize,
    memory: usize,
}

impl Processor for StandIn {
    fn process(&mut self, _block: &mut Block<'_>) -> Outcome {
        Outcome::Silent
    }

    fn latency(&self) -> usize {
        self.latency
    }

    fn memory(&self) -> usize {
        self.memory
    }
}
