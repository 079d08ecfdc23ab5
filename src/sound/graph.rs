//! Nodes and the wires between them, and their compilation to a schedule.

use super::fade::Turn;
use super::layout::Matrix;
use super::node::Processor;
use super::quantum::Buffer;
use super::schedule::{Delay, Input, Schedule, Step};
use std::collections::{BTreeMap, BTreeSet};
use timeline_format::Id;

/// The name of a node: stable from edit to edit, so that state can follow it, and the order in which
/// sums are formed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Name {
    /// Its strip: a track or a bus; `None` is the end of the graph.
    pub strip: Option<Id>,
    /// What it is on the strip.
    pub stage: Stage,
}

/// What a node is on its strip, in the order of the signal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Where the strip's sound comes from.
    Source,
    /// A node of the document.
    Insert(Id),
    /// A copy to a bus, by its number in the strip's list.
    Send(usize),
    /// The strip's own gain and pan.
    Fader,
}

/// A graph in the making.
#[derive(Debug, Default)]
pub struct Graph {
    nodes: Vec<Made>,
    wires: Vec<Wire>,
}

#[derive(Debug)]
struct Made {
    name: Name,
    inputs: usize,
    outputs: usize,
    processor: Box<dyn Processor>,
}

/// A wire between two nodes, by their numbers.
#[derive(Debug, Clone)]
pub(super) struct Wire {
    pub(super) from: usize,
    pub(super) to: usize,
    /// 0 is what the node works on, 1 its first side input, and so on.
    pub(super) port: usize,
    pub(super) matrix: Matrix,
    pub(super) turn: Turn,
}

/// A graph in its order, and what was found out on the way.
#[derive(Debug)]
pub(super) struct Compiled {
    pub(super) schedule: Schedule,
    /// How late the input of each node is.
    pub(super) lates: Vec<usize>,
    /// The wire that each delay lies on: from, to, port.
    pub(super) delays: Vec<(usize, usize, usize)>,
}

/// The wires go round in a circle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the wires of the sound graph go round in a circle")]
pub struct Circle;

impl Graph {
    /// Adds a node that takes and gives so many channels.
    pub fn add(
        &mut self,
        name: Name,
        inputs: usize,
        outputs: usize,
        processor: Box<dyn Processor>,
    ) -> usize {
        self.nodes.push(Made { name, inputs, outputs, processor });
        self.nodes.len() - 1
    }

    /// Leads the output of `from` to `to`, through `matrix`.
    pub fn connect(&mut self, from: usize, to: usize, matrix: Matrix) {
        self.lead(Wire { from, to, port: 0, matrix, turn: Turn::Steady });
    }

    /// Leads the output of `from` to the side input `side` (from 0) of `to`, through `matrix`.
    pub fn connect_side(&mut self, from: usize, to: usize, side: usize, matrix: Matrix) {
        self.lead(Wire { from, to, port: side + 1, matrix, turn: Turn::Steady });
    }

    /// Adds a wire as it is.
    pub(super) fn lead(&mut self, wire: Wire) {
        self.wires.push(wire);
    }

    /// Puts these wires in the place of all.
    pub(super) fn set_wires(&mut self, wires: Vec<Wire>) {
        self.wires = wires;
    }

    /// The wires so far.
    pub(super) fn wires(&self) -> &[Wire] {
        &self.wires
    }

    /// The order in which everything is computed, whose result is that of the node `end`.
    ///
    /// Paths that meet are made equally late. A buffer is used again as soon as nothing needs it.
    pub fn compile(self, end: usize) -> Result<Schedule, Circle> {
        Ok(self.compile_fully(end)?.schedule)
    }

    /// The same, with what was found out on the way.
    pub(super) fn compile_fully(mut self, end: usize) -> Result<Compiled, Circle> {
        let order = self.order()?;
        let mut arrivals = vec![Arrival::default(); self.nodes.len()];
        let mut lates = vec![0; self.nodes.len()];
        let mut buffers = Buffers::new(&self, &order, end);
        let (mut delays, mut delayed) = (Vec::new(), Vec::new());
        let mut steps = Vec::with_capacity(order.len());
        self.wires.sort_by_key(|wire| (wire.to, self.nodes[wire.from].name));
        for (place, node) in order.iter().copied().enumerate() {
            let made = &self.nodes[node];
            let wires = self.wires_to(node).iter();
            let late = wires.clone().map(|wire| arrivals[wire.from].late).max().unwrap_or(0);
            let memory = wires.clone().map(|wire| arrivals[wire.from].memory).max().unwrap_or(0);
            let mut waits = 0;
            let inputs = wires.map(|wire| {
                let wait = late - arrivals[wire.from].late;
                waits = waits.max(wait);
                let delay = (wait > 0).then(|| {
                    delays.push(Delay::new(self.nodes[wire.from].outputs, wait));
                    delayed.push((wire.from, wire.to, wire.port));
                    delays.len() - 1
                });
                let (buffer, matrix) = (buffers.of(wire.from), wire.matrix.clone());
                let is_straight = matrix.is_identity();
                Input { buffer, port: wire.port, matrix, is_straight, delay, turn: wire.turn }
            });
            let inputs: Vec<Input> = inputs.collect();
            let sides = sides_of(&inputs);
            lates[node] = late;
            arrivals[node] = Arrival {
                late: late + made.processor.latency(),
                memory: memory + made.processor.memory().max(made.processor.latency()) + waits,
            };
            let width = made.inputs.max(made.outputs);
            let kept = self.only_heard_by(node).filter(|from| {
                let input = &inputs[0];
                let is_plain = input.delay.is_none() && input.turn == Turn::Steady;
                is_plain && input.is_straight && buffers.is_last(*from, place)
            });
            let output = match kept {
                Some(from) => buffers.keep(from, node, width),
                None => buffers.take(node, width),
            };
            buffers.release(place);
            let in_place = kept.map(|_| inputs[0].matrix.inputs());
            steps.push(Step { node, inputs, sides, output, in_place, late: late as i64 });
        }
        let processors = self.nodes.into_iter().map(|made| made.processor).collect();
        let output = buffers.of(end);
        let Arrival { late, memory } = arrivals[end];
        let buffers = buffers.widths.into_iter().map(Buffer::new).collect();
        let schedule = Schedule::new(steps, processors, buffers, delays, output, late, memory);
        Ok(Compiled { schedule, lates, delays: delayed })
    }

    /// What a node hears, once the wires lie in the order of where they lead.
    fn wires_to(&self, node: usize) -> &[Wire] {
        let start = self.wires.partition_point(|wire| wire.to < node);
        let count = self.wires[start..].partition_point(|wire| wire.to == node);
        &self.wires[start..start + count]
    }

    /// What `node` works on, where that is the sound of one node, and all that it hears.
    fn only_heard_by(&self, node: usize) -> Option<usize> {
        let mut wires = self.wires.iter().filter(|wire| wire.to == node);
        let wire = wires.next().filter(|wire| wire.port == 0)?;
        wires.next().is_none().then_some(wire.from)
    }

    /// Every node behind those that it hears (Kahn 1962); the smallest name first where many could be.
    fn order(&self) -> Result<Vec<usize>, Circle> {
        let mut waiting = vec![0; self.nodes.len()];
        let mut leads_to = vec![Vec::new(); self.nodes.len()];
        for wire in &self.wires {
            waiting[wire.to] += 1;
            leads_to[wire.from].push(wire.to);
        }
        let ready = |node: usize| (self.nodes[node].name, node);
        let free = (0..self.nodes.len()).filter(|node| waiting[*node] == 0);
        let mut free: BTreeSet<_> = free.map(ready).collect();
        let mut order = Vec::with_capacity(self.nodes.len());
        while let Some((_, node)) = free.pop_first() {
            order.push(node);
            for to in &leads_to[node] {
                waiting[*to] -= 1;
                if waiting[*to] == 0 {
                    free.insert(ready(*to));
                }
            }
        }
        if order.len() == self.nodes.len() { Ok(order) } else { Err(Circle) }
    }
}

/// Room for the side inputs that are wired.
fn sides_of(inputs: &[Input]) -> Vec<Buffer> {
    let count = inputs.iter().map(|input| input.port).max().unwrap_or(0);
    let width = |port| {
        let wired = inputs.iter().filter(|input| input.port == port);
        wired.map(|input| input.matrix.outputs()).max().unwrap_or(0)
    };
    (1..=count).map(|port| Buffer::new(width(port))).collect()
}

/// How late a node's output is, and for how long it remembers, in samples.
#[derive(Debug, Clone, Copy, Default)]
struct Arrival {
    late: usize,
    memory: usize,
}

/// Which buffer each node's output lies in: intervals from being written to being read last.
#[derive(Debug)]
struct Buffers {
    last_use: Vec<usize>,
    by_node: BTreeMap<usize, usize>,
    free: BTreeSet<usize>,
    widths: Vec<usize>,
}

impl Buffers {
    fn new(graph: &Graph, order: &[usize], end: usize) -> Self {
        let mut place_of = vec![0; order.len()];
        for (place, node) in order.iter().enumerate() {
            place_of[*node] = place;
        }
        let mut last_use = place_of.clone();
        for wire in &graph.wires {
            last_use[wire.from] = last_use[wire.from].max(place_of[wire.to]);
        }
        last_use[end] = usize::MAX;
        Self { last_use, by_node: BTreeMap::new(), free: BTreeSet::new(), widths: Vec::new() }
    }

    fn of(&self, node: usize) -> usize {
        self.by_node.get(&node).copied().unwrap_or(0)
    }

    fn take(&mut self, node: usize, width: usize) -> usize {
        let buffer = self.free.pop_first().unwrap_or_else(|| {
            self.widths.push(0);
            self.widths.len() - 1
        });
        self.widths[buffer] = self.widths[buffer].max(width);
        self.by_node.insert(node, buffer);
        buffer
    }

    /// Whether nothing behind `place` reads what `node` gives.
    fn is_last(&self, node: usize, place: usize) -> bool {
        self.last_use[node] <= place
    }

    /// Has `node` work where what `from` gives lies.
    fn keep(&mut self, from: usize, node: usize, width: usize) -> usize {
        let buffer = self.of(from);
        self.by_node.remove(&from);
        self.widths[buffer] = self.widths[buffer].max(width);
        self.by_node.insert(node, buffer);
        buffer
    }

    /// Gives back the buffers that nothing behind `place` reads.
    fn release(&mut self, place: usize) {
        let last_use = &self.last_use;
        let free = &mut self.free;
        self.by_node.retain(|node, buffer| {
            let is_needed = last_use[*node] > place;
            if !is_needed {
                free.insert(*buffer);
            }
            is_needed
        });
    }
}
