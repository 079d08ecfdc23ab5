//! One graph becoming another while it plays, without anything being computed twice that is in both.
//!
//! What an edit left as it was goes on with all that it has heard: its processor moves from the old graph
//! to the new by a swap of two pointers, and so do the delays on wires. For a moment a third graph plays
//! that has the nodes of both: the new ones hear their input, inaudibly, until they have come in; then the
//! wires that only the old graph has fall, and those that only the new one has rise. All of it is laid out
//! ahead; the real-time thread moves pointers.

use super::build::Built;
use super::fade::Turn;
use super::graph::{Compiled, Graph, Wire};
use super::ledger::Ledger;
use super::quantum::QUANTUM;
use super::render::Render;
use super::schedule::Schedule;
use std::collections::BTreeMap;

/// Samples, beside the graph's latency, that new nodes hear before they are heard.
const COMING_IN: usize = 1024;

/// A graph on its way into the place of another.
#[derive(Debug)]
pub(super) struct Graft {
    /// The nodes of both.
    between: Stage,
    after: Stage,
    forgets: bool,
}

/// A graph, and what moves into it from the one before.
#[derive(Debug)]
struct Stage {
    schedule: Schedule,
    moves: Vec<(usize, usize)>,
    delays: Vec<(usize, usize)>,
}

impl Stage {
    /// Trades places with what plays.
    fn trade(&mut self, render: &mut Render) {
        render.swap(&mut self.schedule, &self.moves, &self.delays);
    }
}

impl Graft {
    /// Begins. In real time.
    pub(super) fn begin(&mut self, render: &mut Render) {
        self.between.trade(render);
    }

    /// Ends, once [all is heard](Render::has_turned) as it will be. In real time.
    pub(super) fn end(&mut self, render: &mut Render) {
        self.after.trade(render);
    }

    /// What leads from the graph of `old` to the one that was built over it; `None` where that would make
    /// something later or earlier that goes on, as then what it has heard is of no use.
    pub(super) fn new(old: &Ledger, built: &mut Built) -> Option<Self> {
        let count = built.ledger.nodes.len();
        let mut places: BTreeMap<usize, usize> = BTreeMap::new();
        for (new, kept) in built.kept.iter().enumerate() {
            kept.map(|number| places.insert(number, new));
        }
        if places.get(&old.end) != Some(&built.ledger.end) {
            return None;
        }
        let mut both = std::mem::take(&mut built.graph);
        for (number, node) in old.nodes.iter().enumerate() {
            places
                .entry(number)
                .or_insert_with(|| both.add(node.name, node.inputs, node.outputs, node.stand_in()));
        }
        let wires = turning(old, &built.ledger, &built.kept, &places, count);
        let forgets = forgets(&built.ledger, &built.kept, &wires);
        both.set_wires(wires);
        let both = both.compile_fully(built.ledger.end).ok()?;
        let after = ghost(&built.ledger).compile_fully(built.ledger.end).ok()?;
        let is_in_time =
            places.iter().all(|(number, place)| old.lates[*number] == both.lates[*place])
                && after.lates[..] == both.lates[..count]
                && both.schedule.latency() == after.schedule.latency()
                && old.latency == after.schedule.latency();
        if !is_in_time {
            return None;
        }
        built.ledger.compiled(&after);
        let moved = |(from, to, port): &(usize, usize, usize)| (places[from], places[to], *port);
        let held: Vec<_> = old.delays.iter().map(moved).collect();
        let delays = [pairs(&held, &both.delays), pairs(&both.delays, &after.delays)];
        let [first, second] = delays;
        let wait = (both.schedule.latency() + COMING_IN).next_multiple_of(QUANTUM);
        let Compiled { schedule: mut between, .. } = both;
        between.turn_after(wait as i64);
        Some(Self {
            between: Stage {
                schedule: between,
                moves: places.into_iter().collect(),
                delays: first,
            },
            forgets,
            after: Stage {
                schedule: after.schedule,
                moves: (0..count).map(|number| (number, number)).collect(),
                delays: second,
            },
        })
    }

    /// Whether something that remembers hears another past than the new film has.
    pub(super) const fn forgets(&self) -> bool {
        self.forgets
    }
}

/// The graph of a ledger without its processors.
fn ghost(ledger: &Ledger) -> Graph {
    let mut graph = Graph::default();
    for node in &ledger.nodes {
        graph.add(node.name, node.inputs, node.outputs, node.stand_in());
    }
    graph.set_wires(ledger.wires.clone());
    graph
}

/// The wires of both graphs. Those that only one has turn where they lead to a node that goes on: a node
/// that goes hears all until it has gone, and one that comes hears all from the beginning.
fn turning(
    old: &Ledger,
    new: &Ledger,
    kept: &[Option<usize>],
    places: &BTreeMap<usize, usize>,
    count: usize,
) -> Vec<Wire> {
    let goes_on = |place: usize| place < count && kept[place].is_some();
    let mut wires = BTreeMap::new();
    for wire in &old.wires {
        let (from, to) = (places[&wire.from], places[&wire.to]);
        let turn = if goes_on(to) { Turn::Fall } else { Turn::Steady };
        wires.insert((from, to, wire.port), vec![Wire { from, to, turn, ..wire.clone() }]);
    }
    for wire in &new.wires {
        let here = wires.entry((wire.from, wire.to, wire.port)).or_default();
        if let Some(known) = here.iter_mut().find(|known| known.matrix == wire.matrix) {
            known.turn = Turn::Steady;
        } else {
            let turn = if goes_on(wire.to) { Turn::Rise } else { Turn::Steady };
            here.push(Wire { turn, ..wire.clone() });
        }
    }
    wires.into_values().flatten().collect()
}

/// Whether a node that remembers is new, or hears through others what turns.
fn forgets(new: &Ledger, kept: &[Option<usize>], wires: &[Wire]) -> bool {
    let mut is_reached: Vec<bool> = kept.iter().map(Option::is_none).collect();
    let turns = wires.iter().filter(|wire| wire.turn != Turn::Steady);
    turns.for_each(|wire| is_reached[wire.to] = true);
    let mut waiting: Vec<usize> = (0..kept.len()).filter(|node| is_reached[*node]).collect();
    let mut leads_to = vec![Vec::new(); kept.len()];
    new.wires.iter().for_each(|wire| leads_to[wire.from].push(wire.to));
    while let Some(node) = waiting.pop() {
        if new.nodes[node].memory > 0 {
            return true;
        }
        waiting.extend(
            leads_to[node].iter().filter(|to| !std::mem::replace(&mut is_reached[**to], true)),
        );
    }
    false
}

/// The places in both lists of what is in both.
fn pairs(from: &[(usize, usize, usize)], to: &[(usize, usize, usize)]) -> Vec<(usize, usize)> {
    let places: BTreeMap<_, _> = to.iter().enumerate().map(|(place, wire)| (wire, place)).collect();
    let found = from.iter().enumerate();
    found.filter_map(|(place, wire)| Some((place, *places.get(wire)?))).collect()
}
