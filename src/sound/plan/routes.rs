//! Where strips lead: to their own bus, to their role's, to the main bus; and who is heard.

use super::material::Planner;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use timeline_format::mix::{Layout, Strip};
use timeline_format::track::TrackKind;
use timeline_format::{Id, Problem, Role, Sequence, Track};

/// Where a strip leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::sound) enum Destination {
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
pub(in crate::sound) struct Routes {
    /// The main bus; `None` is one that nobody stated.
    pub(in crate::sound) main: Option<Id>,
    outputs: BTreeMap<Id, Destination>,
    sends: BTreeMap<Id, Vec<usize>>,
    /// From strips to buses, by outputs and by sends.
    edges: BTreeMap<Id, BTreeSet<Id>>,
    silenced: BTreeSet<Id>,
}

impl Routes {
    pub(in crate::sound) fn new(planner: &mut Planner<'_>, stem: Option<Stem>) -> Self {
        let sequence = planner.sequence;
        let mut routes = Self { main: main_bus(sequence), ..Self::default() };
        let strips: Vec<_> = strips(sequence).collect();
        for (id, strip, role) in &strips {
            routes.lead(planner, *id, strip, *role);
        }
        for (id, strip, _) in &strips {
            routes.copy(planner, *id, strip);
        }
        routes.silence(sequence, stem);
        routes
    }

    /// Where a strip leads.
    pub(in crate::sound) fn output(&self, strip: Id) -> Destination {
        self.outputs.get(&strip).copied().unwrap_or(Destination::End)
    }

    /// Which of a strip's sends are wired, by their numbers.
    pub(in crate::sound) fn sends(&self, strip: Id) -> &[usize] {
        self.sends.get(&strip).map_or(&[], Vec::as_slice)
    }

    /// Whether solos or the choice of a stem leave a strip out.
    pub(in crate::sound) fn is_silenced(&self, strip: Id) -> bool {
        self.silenced.contains(&strip)
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
        let mut reached = BTreeSet::from([from]);
        let mut waiting = vec![from];
        while let Some(strip) = waiting.pop() {
            for next in self.edges.get(&strip).into_iter().flatten() {
                if reached.insert(*next) {
                    waiting.push(*next);
                }
            }
        }
        reached
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
                Some(Stem::Bus(bus)) if !is_bus => self.reach(*id).contains(&bus),
                _ => true,
            };
            if !(is_solo && in_stem) {
                self.silenced.insert(*id);
            }
        }
    }
}

/// The channels of a destination.
pub(in crate::sound) fn layout_of(sequence: &Sequence, to: Destination, end: Layout) -> Layout {
    match to {
        Destination::Bus(id) => sequence.buses.get(&id).map_or(end, |bus| bus.layout),
        Destination::End => end,
    }
}

/// The sound tracks of a sequence.
pub(in crate::sound) fn tracks(sequence: &Sequence) -> impl Iterator<Item = &Arc<Track>> {
    sequence.tracks.iter().filter(|track| track.header.kind == TrackKind::Sound)
}

/// Every strip: buses, then sound tracks with their roles.
fn strips(sequence: &Sequence) -> impl Iterator<Item = (Id, &Strip, Option<Role>)> {
    let buses = sequence.buses.iter().map(|(id, bus)| (*id, &bus.strip, None));
    let header = |track: &'_ Arc<Track>| track.header.role;
    buses.chain(tracks(sequence).map(move |track| (track.id, &track.header.strip, header(track))))
}

/// The bus that leads nowhere: the first by id without a role, else the first.
fn main_bus(sequence: &Sequence) -> Option<Id> {
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
