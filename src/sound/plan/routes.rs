//! Where strips lead: to their own bus, to their role's, to the main bus; and who is heard.

use super::material::Planner;
use crate::nodes;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use timeline_format::mix::{Layout, Strip};
use timeline_format::track::TrackKind;
use timeline_format::{Id, Problem, Role, Sequence, Track};

/// Where a strip leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Destination {
    /// A bus.
    Bus(Id),
    /// The end of the graph.
    End,
}

/// A part of a mix: what is delivered beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stem {
    /// The tracks of a role; `None` is those without one.
    Role(Option<Role>),
    /// All tracks but those of a role: without the dialogue, music and effects.
    AllBut(Role),
    /// What leads to a bus.
    Bus(Id),
}

/// The stems that a sequence has: one for each role of its sound tracks. Their sum is the mix, as far
/// as its buses hold nothing but gains.
pub fn stems(sequence: &Sequence) -> Vec<Stem> {
    let sound = sequence.tracks.iter().filter(|track| track.header.kind == TrackKind::Sound);
    let roles: BTreeSet<_> = sound.map(|track| track.header.role).collect();
    roles.into_iter().map(Stem::Role).collect()
}

/// The strips of a sequence and where they lead, without circles.
#[derive(Debug, Default)]
pub(crate) struct Routes {
    /// The main bus; `None` is one that nobody stated.
    pub(crate) main: Option<Id>,
    outputs: BTreeMap<Id, Destination>,
    sends: BTreeMap<Id, Vec<usize>>,
    /// From strips to buses, by outputs and by sends.
    edges: BTreeMap<Id, BTreeSet<Id>>,
    silenced: BTreeSet<Id>,
    /// The side inputs of nodes, by strip and node: which input hears which strip.
    wires: BTreeMap<(Id, Id), Vec<(usize, Id)>>,
    /// From strips to strips that hear them through a side input.
    hears: BTreeMap<Id, BTreeSet<Id>>,
    /// Strips that a side input needs, directly or through buses.
    needed: BTreeSet<Id>,
}

impl Routes {
    pub(crate) fn new(planner: &mut Planner<'_>, stem: Option<Stem>) -> Self {
        let sequence = planner.sequence;
        let mut routes = Self { main: main_bus(sequence), ..Self::default() };
        let strips: Vec<_> = strips(sequence).collect();
        for (id, strip, role) in &strips {
            routes.lead(planner, *id, strip, *role);
        }
        for (id, strip, _) in &strips {
            routes.copy(planner, *id, strip);
        }
        for (id, strip, _) in &strips {
            routes.wire(planner, *id, strip);
        }
        routes.silence(sequence, stem);
        if let Some(strip) = planner.nest.watched(planner.id) {
            routes.leave_out_all_but(sequence, strip);
        }
        routes.keep_keys(sequence);
        routes
    }

    /// Where a strip leads.
    pub(crate) fn output(&self, strip: Id) -> Destination {
        self.outputs.get(&strip).copied().unwrap_or(Destination::End)
    }

    /// Which of a strip's sends are wired, by their numbers.
    pub(crate) fn sends(&self, strip: Id) -> &[usize] {
        self.sends.get(&strip).map_or(&[], Vec::as_slice)
    }

    /// Which strips the side inputs of a node hear.
    pub(crate) fn wires(&self, strip: Id, node: Id) -> &[(usize, Id)] {
        self.wires.get(&(strip, node)).map_or(&[], Vec::as_slice)
    }

    /// Whether a strip is heard, or its sound decides how others are.
    pub(crate) fn is_computed(&self, strip: Id) -> bool {
        !self.silenced.contains(&strip) || self.needed.contains(&strip)
    }

    /// Whether a strip's sound may go on to `to`: what solos or the choice of a stem leave out goes no
    /// further than to where all is left out.
    pub(crate) fn may_pass(&self, strip: Id, to: Destination) -> bool {
        let is_out = |strip| self.silenced.contains(&strip);
        !is_out(strip) || matches!(to, Destination::Bus(bus) if is_out(bus))
    }

    fn lead(&mut self, planner: &mut Planner<'_>, id: Id, strip: &Strip, role: Option<Role>) {
        let sequence = planner.sequence;
        let main = self.main.map_or(Destination::End, Destination::Bus);
        let usual = role.and_then(|role| role_bus(sequence, role)).map_or(main, Destination::Bus);
        let wanted = match strip.output {
            _ if Some(id) == self.main => Destination::End,
            Some(bus) => Destination::Bus(bus),
            None => usual,
        };
        let allowed = [wanted, main, Destination::End].into_iter().find(|to| match to {
            Destination::Bus(bus) => self.may_lead(sequence, id, *bus),
            Destination::End => true,
        });
        let output = allowed.unwrap_or(Destination::End);
        if output != wanted {
            refuse(planner, id, wanted, "it leads to the main bus instead");
        }
        if let Destination::Bus(bus) = output {
            self.edges.entry(id).or_default().insert(bus);
        }
        self.outputs.insert(id, output);
    }

    fn copy(&mut self, planner: &mut Planner<'_>, id: Id, strip: &Strip) {
        for (number, send) in strip.sends.iter().enumerate() {
            if self.may_lead(planner.sequence, id, send.to) {
                self.sends.entry(id).or_default().push(number);
                self.edges.entry(id).or_default().insert(send.to);
            } else {
                refuse(planner, id, Destination::Bus(send.to), "the send is left out");
            }
        }
    }

    fn may_lead(&self, sequence: &Sequence, from: Id, to: Id) -> bool {
        sequence.buses.contains_key(&to) && !self.reach(to).contains(&from)
    }

    /// Every strip that the sound of `from` comes to, itself included.
    fn reach(&self, from: Id) -> BTreeSet<Id> {
        follow(from, |strip| self.edges.get(&strip).into_iter().flatten())
    }

    /// Every strip that `from` decides the sound of, itself included.
    fn affects(&self, from: Id) -> BTreeSet<Id> {
        follow(from, |strip| {
            let edges = self.edges.get(&strip).into_iter().flatten();
            edges.chain(self.hears.get(&strip).into_iter().flatten())
        })
    }

    /// Takes note of what the nodes of a strip hear.
    fn wire(&mut self, planner: &mut Planner<'_>, id: Id, strip: &Strip) {
        for instance in strip.nodes.iter().filter(|instance| !instance.bypass) {
            let Some(node) = nodes::find(&instance.kind) else { continue };
            for (input, from) in &instance.wires {
                let side = node.sides.iter().position(|side| side.id == input);
                let is_there = strips(planner.sequence).any(|(known, _, _)| known == *from);
                let fault = match side {
                    None => Some(format!("{:?} has no input called {input:?}", node.id)),
                    _ if !is_there => Some(format!("the strip {from} is not there")),
                    _ if self.affects(id).contains(from) => {
                        Some(format!("the strip {from} hears this one itself"))
                    }
                    Some(side) => {
                        self.wires.entry((id, instance.id)).or_default().push((side, *from));
                        self.hears.entry(*from).or_default().insert(id);
                        None
                    }
                };
                if let Some(fault) = fault {
                    let message = format!("the node {} hears nothing: {fault}", instance.id);
                    let place = planner.place().track(id);
                    planner.tell(Problem::error("sound-wire", message), &place);
                }
            }
        }
    }

    /// Only one strip is wanted, and what it needs.
    fn leave_out_all_but(&mut self, sequence: &Sequence, strip: Id) {
        let others = strips(sequence).map(|(id, ..)| id).filter(|id| *id != strip);
        self.silenced = others.collect();
    }

    /// What side inputs need is computed even where it is left out; a bus that is fed by nothing but
    /// what is left out is left out with it, and still heard by them.
    fn keep_keys(&mut self, sequence: &Sequence) {
        let keys: BTreeSet<Id> = self.hears.keys().copied().collect();
        let all: Vec<Id> = strips(sequence).map(|(id, _, _)| id).collect();
        for id in &all {
            if !self.reach(*id).is_disjoint(&keys) {
                self.needed.insert(*id);
            }
        }
        while let Some(bus) = self.hollow_bus(sequence) {
            self.silenced.insert(bus);
        }
    }

    fn hollow_bus(&self, sequence: &Sequence) -> Option<Id> {
        let candidates = sequence.buses.keys().filter(|bus| self.needed.contains(bus));
        candidates.copied().find(|bus| {
            let leads = |strip: &Id| self.edges.get(strip).is_some_and(|to| to.contains(bus));
            let mut feeders = self.edges.keys().filter(|strip| leads(strip)).peekable();
            !self.silenced.contains(bus)
                && feeders.peek().is_some()
                && feeders.all(|strip| self.silenced.contains(strip))
        })
    }

    /// A solo lets through its own strip, what feeds it and what it leads through; a stem lets through
    /// its own tracks.
    fn silence(&mut self, sequence: &Sequence, stem: Option<Stem>) {
        let all: Vec<_> = strips(sequence).collect();
        let solo = all.iter().filter(|(_, strip, _)| strip.solo).map(|(id, _, _)| *id);
        let solo: BTreeSet<Id> = solo.collect();
        let through: BTreeSet<Id> = solo.iter().flat_map(|id| self.reach(*id)).collect();
        for (id, _, role) in &all {
            let feeds = !self.reach(*id).is_disjoint(&solo);
            let is_bus = sequence.buses.contains_key(id);
            let is_solo = solo.is_empty() || feeds || (is_bus && through.contains(id));
            let in_stem = match stem {
                Some(Stem::Role(wanted)) if !is_bus => *role == wanted,
                Some(Stem::AllBut(left_out)) if !is_bus => *role != Some(left_out),
                Some(Stem::Bus(bus)) if !is_bus => self.reach(*id).contains(&bus),
                _ => true,
            };
            if !(is_solo && in_stem) {
                self.silenced.insert(*id);
            }
        }
    }
}

fn follow<'a, I: Iterator<Item = &'a Id>>(from: Id, next: impl Fn(Id) -> I) -> BTreeSet<Id> {
    let mut reached = BTreeSet::from([from]);
    let mut waiting = vec![from];
    while let Some(strip) = waiting.pop() {
        waiting.extend(next(strip).copied().filter(|next| reached.insert(*next)));
    }
    reached
}

/// The channels of a destination.
pub(crate) fn layout_of(sequence: &Sequence, to: Destination, end: Layout) -> Layout {
    match to {
        Destination::Bus(id) => sequence.buses.get(&id).map_or(end, |bus| bus.layout),
        Destination::End => end,
    }
}

/// The sound tracks of a sequence.
pub(crate) fn tracks(sequence: &Sequence) -> impl Iterator<Item = &Arc<Track>> {
    sequence.tracks.iter().filter(|track| track.header.kind == TrackKind::Sound)
}

/// Every strip: buses, then sound tracks with their roles.
fn strips(sequence: &Sequence) -> impl Iterator<Item = (Id, &Strip, Option<Role>)> {
    let buses = sequence.buses.iter().map(|(id, bus)| (*id, &bus.strip, None));
    let header = |track: &'_ Arc<Track>| track.header.role;
    buses.chain(tracks(sequence).map(move |track| (track.id, &track.header.strip, header(track))))
}

/// The bus that leads nowhere: the first by id without a role, else the first.
pub(crate) fn main_bus(sequence: &Sequence) -> Option<Id> {
    let open = sequence.buses.iter().filter(|(_, bus)| bus.strip.output.is_none());
    let first = open.clone().find(|(_, bus)| bus.role.is_none()).or_else(|| open.clone().next());
    first.map(|(id, _)| *id)
}

fn role_bus(sequence: &Sequence, role: Role) -> Option<Id> {
    sequence.buses.iter().find(|(_, bus)| bus.role == Some(role)).map(|(id, _)| *id)
}

fn refuse(planner: &mut Planner<'_>, strip: Id, to: Destination, instead: &str) {
    let Destination::Bus(bus) = to else { return };
    let message = if planner.sequence.buses.contains_key(&bus) {
        format!("the strip {strip} cannot lead to the bus {bus}, which leads back to it: {instead}")
    } else {
        format!("the strip {strip} leads to the bus {bus}, which is not there: {instead}")
    };
    let place = planner.place().track(strip);
    planner.tell(Problem::error("sound-route", message), &place);
}
