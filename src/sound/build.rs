//! A sequence's strips as a graph, and its clips as the feed of that graph.

use super::automation::{Automation, Clock};
use super::feed::{Lane, Source};
use super::graph::{Graph, Name, Stage};
use super::layout::{Matrix, speakers};
use super::ledger::{Ground, Known, Ledger, Recipe, Tracks, starts};
use super::level::{Gauge, Level};
use super::node::{Node, Processor, Setup};
use super::nodes::{self, Meter};
use super::place::Placement;
use super::plan::{Destination, Dissolves, Planner, Routes, Stem, clips, layout_of, tracks, voice};
use super::player::{Link, Player};
use super::strip::{Fader, Sum};
use signal::{Kind, Parameter};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use timeline_format::mix::{Layout, NodeInstance, PanLaw, Strip};
use timeline_format::{Id, Param, Problem, Track, Value};

/// The nodes of a sequence and the wires between them. What is as it was in another graph stands in it as
/// a mere number: its processor is still to come from there.
#[derive(Debug)]
pub(super) struct Built {
    pub(super) graph: Graph,
    pub(super) ledger: Ledger,
    /// The number in the other graph, of each node that was there.
    pub(super) kept: Vec<Option<usize>>,
    /// The lanes of tracks that were not.
    pub(super) lanes: Vec<Lane>,
    /// The tracks that were.
    pub(super) kept_tracks: Vec<Id>,
}

/// Where a strip's sound is, with so many channels.
type Point = (usize, Layout);

struct Builder<'a, 'p> {
    planner: &'a mut Planner<'p>,
    routes: Routes,
    old: Option<&'a Ledger>,
    /// What of it was taken over.
    taken: BTreeSet<usize>,
    ground: Arc<Ground>,
    made: Built,
    /// The sources of buses, and the end.
    buses: BTreeMap<Destination, Point>,
    /// What comes out of each strip.
    strips: BTreeMap<Id, Point>,
    /// Side inputs that are to be wired once every strip is there.
    keys: Vec<Key>,
}

/// A side input of a node, and the strip that it hears.
struct Key {
    node: Point,
    side: usize,
    from: Id,
}

/// The graph of the planner's sequence, or of a stem of it. What is in `old` as it would be made is not
/// made again.
pub(super) fn build(planner: &mut Planner<'_>, stem: Option<Stem>, old: Option<&Ledger>) -> Built {
    let routes = Routes::new(planner, stem);
    let ground = Arc::new(ground(planner));
    let ledger = Ledger::new(ground.rate, ground.sample_rate);
    let made = Built {
        graph: Graph::default(),
        kept: Vec::new(),
        lanes: Vec::new(),
        kept_tracks: Vec::new(),
        ledger,
    };
    let old = old.filter(|old| old.is_of_clock(&made.ledger));
    let (buses, strips, keys) = (BTreeMap::new(), BTreeMap::new(), Vec::new());
    let taken = BTreeSet::new();
    let mut builder = Builder { planner, routes, old, taken, ground, made, buses, strips, keys };
    builder.end();
    builder.add_buses();
    builder.add_tracks();
    builder.connect_keys();
    let mut made = builder.made;
    made.ledger.wires = made.graph.wires().to_vec();
    made
}

fn ground(planner: &Planner<'_>) -> Ground {
    let others = planner.timeline.sequences.iter().filter(|(id, _)| **id != planner.id);
    Ground {
        rate: planner.sequence.header.rate,
        sample_rate: planner.rate(),
        media: planner.timeline.media.clone(),
        shots: planner.timeline.shots.clone(),
        sequences: others.map(|(id, sequence)| (*id, Arc::clone(sequence))).collect(),
        dissolves: Dissolves::of(planner.sequence),
    }
}

const END: Name = Name { strip: None, stage: Stage::Source };

/// A node to be: what it is called, what decides what it does, how many channels it takes and gives.
struct Plan {
    name: Name,
    recipe: Recipe,
    layout: Layout,
    channels: (usize, usize),
    /// What shows how loud it is, where it is the fader of a strip.
    level: Option<Level>,
}

impl Builder<'_, '_> {
    /// Adds a node, made by `make` unless it is there already.
    fn add(&mut self, plan: Plan, make: impl FnOnce(&mut Self) -> Box<dyn Processor>) -> usize {
        let found = self.find(plan.name, &plan.recipe);
        let known = found.and_then(|number| self.old.map(|old| old.nodes[number].clone()));
        let known = known.filter(|known| (known.inputs, known.outputs) == plan.channels);
        if let Some(known) = known {
            self.taken.extend(found);
            self.made.kept.push(found);
            return self.enter(known.stand_in(), known);
        }
        let processor = make(self);
        let Plan { name, recipe, layout, channels: (inputs, outputs), level } = plan;
        let (latency, memory) = (processor.latency(), processor.memory());
        let reading = processor.reading();
        let known =
            Known { name, recipe, layout, inputs, outputs, latency, memory, level, reading };
        self.made.kept.push(None);
        self.enter(processor, known)
    }

    /// The node of the other graph that is as this one would be, unless another is already.
    fn find(&self, name: Name, recipe: &Recipe) -> Option<usize> {
        let found = self.old?.find(name, recipe)?;
        (!self.taken.contains(&found)).then_some(found)
    }

    fn enter(&mut self, processor: Box<dyn Processor>, known: Known) -> usize {
        let number = self.made.graph.add(known.name, known.inputs, known.outputs, processor);
        self.made.ledger.enter(known);
        number
    }

    fn end(&mut self) {
        let layout = self.planner.layout;
        let channels = (layout.channels(), layout.channels());
        let plan = Plan { name: END, recipe: Recipe::End(layout), layout, channels, level: None };
        let end = self.add(plan, |builder| Box::new(Meter::new(layout, builder.planner.rate())));
        self.made.ledger.end = end;
        self.buses.insert(Destination::End, (end, layout));
    }

    fn add_buses(&mut self) {
        let sequence = self.planner.sequence;
        for (id, bus) in &sequence.buses {
            let layout = bus.layout;
            let channels = (layout.channels(), layout.channels());
            let name = Name { strip: Some(*id), stage: Stage::Source };
            let plan = Plan { name, recipe: Recipe::Sum(layout), layout, channels, level: None };
            let source = self.add(plan, |_| Box::new(Sum));
            self.buses.insert(Destination::Bus(*id), (source, layout));
        }
        for (id, bus) in &sequence.buses {
            if let Some(source) = self.buses.get(&Destination::Bus(*id)).copied() {
                self.add_strip(*id, &bus.strip, source);
            }
        }
    }

    fn add_tracks(&mut self) {
        let sequence = self.planner.sequence;
        for track in tracks(sequence) {
            let strip = &track.header.strip;
            let is_copied = strip.sends.iter().any(|send| send.pre);
            let is_watched = self.planner.nest.watched(self.planner.id) == Some(track.id);
            let is_needed = !strip.mute || is_copied || is_watched;
            let is_heard = self.routes.is_computed(track.id) && is_needed;
            if is_heard {
                let source = self.add_track(track);
                self.add_strip(track.id, strip, source);
            }
        }
    }

    /// The source of a track. A track is planned only if it is not there already.
    fn add_track(&mut self, track: &Arc<Track>) -> Point {
        let to = self.routes.output(track.id);
        let leads_to = layout_of(self.planner.sequence, to, self.planner.layout);
        let starts = starts(self.planner.sequence, track);
        let (ground, track_of) = (Arc::clone(&self.ground), Arc::clone(track));
        let recipe = Recipe::Track(Tracks { track: track_of, leads_to, starts, ground });
        let name = Name { strip: Some(track.id), stage: Stage::Source };
        let found = self.find(name, &recipe);
        let known = found.and_then(|number| Some(self.old?.nodes[number].layout));
        if let Some(layout) = known {
            self.made.kept_tracks.push(track.id);
            let channels = (layout.channels(), layout.channels());
            let plan = Plan { name, recipe, layout, channels, level: None };
            return (self.add(plan, |_| Box::new(Sum)), layout);
        }
        let (player, layout) = self.player(track, leads_to);
        let channels = (layout.channels(), layout.channels());
        let plan = Plan { name, recipe, layout, channels, level: None };
        (self.add(plan, |_| Box::new(player)), layout)
    }

    fn player(&mut self, track: &Arc<Track>, leads_to: Layout) -> (Player, Layout) {
        let ground = Arc::clone(&self.ground);
        let planned = clips(self.planner, &ground.dissolves, track);
        let layouts = planned.iter().map(|(heard, _)| heard.layout(leads_to));
        let layout = layouts.max().unwrap_or(Layout::Mono);
        let link = Arc::new(Link::new(self.made.lanes.len()));
        let (mut voices, mut sources) = (Vec::new(), Vec::new());
        let law = track.header.strip.pan_law;
        for (heard, clip) in &planned {
            let (voice, reader) = voice(self.planner, heard, clip, (layout, law));
            voices.push(voice);
            sources.push(Source { from: heard.audible_from, to: heard.audible_to, reader });
        }
        let files = self.planner.take_files();
        self.made.lanes.push(Lane::new(track.id, sources, files, Arc::clone(&link)));
        (Player::new(voices, link, layout.channels()), layout)
    }

    /// The nodes of a strip, its sends, its gain and pan, and the wire to where it leads.
    fn add_strip(&mut self, id: Id, strip: &Strip, source: Point) {
        let layout = source.1;
        let inserted = self.add_inserts(id, strip, source);
        let to = self.routes.output(id);
        let Some((target, leads_to)) = self.buses.get(&to).copied() else { return };
        let recipe = Recipe::Fader {
            gain: strip.gain.clone(),
            pan: strip.pan.clone(),
            law: strip.pan_law,
            from: layout,
            to: leads_to,
            mute: strip.mute,
        };
        let name = Name { strip: Some(id), stage: Stage::Fader };
        let channels = (layout.channels(), leads_to.channels());
        let level = Level::default();
        let shown = Some(level.clone());
        let plan = Plan { name, recipe, layout: leads_to, channels, level: shown };
        let fader = self.add(plan, |builder| {
            let gain = builder.automation(strip.gain.as_ref());
            let pan = builder.automation(strip.pan.as_ref());
            let placement = Placement::new(speakers(layout), leads_to, strip.pan_law, pan);
            let fader = Fader::new(gain, placement, strip.mute);
            let (rate, is_live) = (builder.planner.rate(), builder.planner.nest.is_live);
            Box::new(fader.gauged(is_live.then(|| Gauge::writing(level, rate))))
        });
        self.connect(inserted, fader, Matrix::of_layouts(layout, layout));
        self.strips.insert(id, (fader, leads_to));
        if self.routes.may_pass(id, to) {
            self.connect(fader, target, Matrix::of_layouts(leads_to, leads_to));
        }
        self.add_sends(id, strip, (inserted, layout), (fader, leads_to));
    }

    fn connect(&mut self, from: usize, to: usize, matrix: Matrix) {
        self.made.graph.connect(from, to, matrix);
    }

    fn add_inserts(&mut self, id: Id, strip: &Strip, (source, layout): Point) -> usize {
        let mut last = source;
        for instance in strip.nodes.iter().filter(|instance| !instance.bypass) {
            let Some(node) = nodes::find(&instance.kind) else {
                let message = format!("there is no sound node called {:?}", instance.kind);
                let problem = Problem::warning("sound-unknown-node", message)
                    .remedy("the sound goes through untouched");
                let place = self.planner.place().track(id);
                self.planner.tell(problem, &place);
                continue;
            };
            let plays = node.parameters.iter().any(|parameter| parameter.kind == Kind::Media);
            let recipe = Recipe::Insert {
                kind: instance.kind.clone(),
                values: instance.values.clone(),
                layout,
                media: plays.then(|| self.ground.media.clone()),
            };
            let name = Name { strip: Some(id), stage: Stage::Insert(instance.id) };
            let channels = (layout.channels(), layout.channels());
            let plan = Plan { name, recipe, layout, channels, level: None };
            let next = self.add(plan, |builder| builder.insert(id, node, instance, layout));
            self.connect(last, next, Matrix::of_layouts(layout, layout));
            for (side, from) in self.routes.wires(id, instance.id) {
                self.keys.push(Key { node: (next, layout), side: *side, from: *from });
            }
            last = next;
        }
        last
    }

    /// The processor of a node of the document.
    fn insert(
        &mut self,
        strip: Id,
        node: &'static Node,
        instance: &NodeInstance,
        layout: Layout,
    ) -> Box<dyn Processor> {
        let values = &instance.values;
        let setup = Setup {
            sample_rate: self.planner.rate(),
            layout,
            values,
            clock: self.clock(),
            content: self.clock(),
            library: self.planner.library(),
        };
        let (missing, mut processor) = (missing(node, &setup), (node.build)(&setup));
        let place = self.planner.place().track(strip);
        for parameter in missing {
            let message = format!("the {} of the node {} is not a sound", parameter, node.id);
            let problem = Problem::error("sound-node-media", message).remedy(
                "name a media of the film that has sound; until then nothing is heard of it",
            );
            self.planner.tell(problem, &place);
        }
        self.planner.tell_moved(node.parameters, values, &place);
        let name = (self.planner.id, strip, instance.id);
        self.planner.nest.watch(name, &mut *processor);
        processor
    }

    /// Leads strips to the side inputs that hear them.
    fn connect_keys(&mut self) {
        for Key { node: (node, layout), side, from } in std::mem::take(&mut self.keys) {
            if let Some((strip, own)) = self.strips.get(&from).copied() {
                self.made.graph.connect_side(strip, node, side, Matrix::of_layouts(own, layout));
            }
        }
    }

    fn add_sends(&mut self, id: Id, strip: &Strip, before: Point, behind: Point) {
        for number in self.routes.sends(id).to_vec() {
            let Some(send) = strip.sends.get(number) else { continue };
            if !self.routes.may_pass(id, Destination::Bus(send.to)) {
                continue;
            }
            let (from, layout) = if send.pre { before } else { behind };
            let target = self.buses.get(&Destination::Bus(send.to)).copied();
            let Some((target, leads_to)) = target else { continue };
            let recipe = Recipe::Fader {
                gain: send.gain.clone(),
                pan: None,
                law: PanLaw::Balance,
                from: layout,
                to: layout,
                mute: false,
            };
            let name = Name { strip: Some(id), stage: Stage::Send(number) };
            let channels = (layout.channels(), layout.channels());
            let plan = Plan { name, recipe, layout, channels, level: None };
            let copy = self.add(plan, |builder| {
                let gain = builder.automation(send.gain.as_ref());
                let centre = Automation::constant(0.0);
                let placement = Placement::new(speakers(layout), layout, PanLaw::Balance, centre);
                Box::new(Fader::new(gain, placement, false))
            });
            self.connect(from, copy, Matrix::of_layouts(layout, layout));
            self.connect(copy, target, Matrix::of_layouts(layout, leads_to));
        }
    }

    fn clock(&self) -> Clock {
        Clock::of_sequence(self.planner.sequence.header.rate, self.planner.rate())
    }

    fn automation(&self, param: Option<&Param>) -> Automation {
        Automation::new(param, 0.0, self.clock(), self.clock())
    }
}

/// The parameters of a node that name a media which has no sound or is not there.
fn missing(node: &Node, setup: &Setup<'_>) -> Vec<&'static str> {
    let media = node.parameters.iter().filter(|parameter| parameter.kind == Kind::Media);
    let is_named = |parameter: &&Parameter| {
        let nothing = Param::Constant(Value::Text(String::new()));
        setup.values.get(parameter.id).is_some_and(|value| *value != nothing)
    };
    let is_missing = |parameter: &&Parameter| setup.media(parameter, 0.0).is_none();
    media.filter(is_named).filter(is_missing).map(|parameter| parameter.id).collect()
}
