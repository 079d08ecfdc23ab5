//! A sequence's strips as a graph, and its clips as the feed of that graph.

use super::automation::{Automation, Clock};
use super::feed::{Feed, Lane, Source};
use super::graph::{Graph, Name, Stage};
use super::layout::{Matrix, speakers};
use super::node::{Node, Processor, Setup};
use super::nodes::{self, Meter, Reading};
use super::place::Placement;
use super::plan::{Destination, Dissolves, Planner, Routes, Stem, clips, layout_of, tracks, voice};
use super::player::{Link, Player, WINDOW};
use super::render::Render;
use super::schedule::Schedule;
use super::sources::Library;
use super::strip::{Fader, Sum};
use crate::signal::{Kind, Parameter};
use std::collections::BTreeMap;
use std::sync::Arc;
use timeline_format::mix::{Layout, PanLaw, Strip};
use timeline_format::{Id, Param, Problem, Track, Value};

/// Both halves of a mix, and what its meter shows.
pub(super) struct Built {
    pub(super) feed: Feed,
    pub(super) render: Render,
    pub(super) reading: Reading,
}

/// Where a strip's sound is, with so many channels.
type Point = (usize, Layout);

struct Builder<'a, 'p> {
    planner: &'a mut Planner<'p>,
    routes: Routes,
    graph: Graph,
    /// The sources of buses, and the end.
    buses: BTreeMap<Destination, Point>,
    lanes: Vec<Lane>,
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

/// The mix of the planner's sequence, or a stem of it, with `ahead` windows prepared; more than one is
/// for playing live, where a seek's run-up must lie ready too.
pub(super) fn build(planner: &mut Planner<'_>, stem: Option<Stem>, ahead: usize) -> Built {
    let routes = Routes::new(planner, stem);
    let (graph, buses) = (Graph::default(), BTreeMap::new());
    let (lanes, strips, keys) = (Vec::new(), BTreeMap::new(), Vec::new());
    let mut builder = Builder { planner, routes, graph, buses, lanes, strips, keys };
    let reading = Reading::default();
    let end = builder.end(&reading);
    builder.add_buses();
    builder.add_tracks();
    builder.connect_keys();
    let Builder { graph, mut lanes, planner, .. } = builder;
    let schedule = graph.compile(end).unwrap_or_else(|circle| {
        let place = planner.place();
        planner.tell(Problem::error("sound-route", circle.to_string()), &place);
        Schedule::silent()
    });
    let render = Render::new(schedule, planner.layout.channels());
    let lead = render.lead();
    let run_up = if ahead > 1 { (lead as usize).div_ceil(WINDOW) + 1 } else { 0 };
    for lane in &mut lanes {
        lane.stock(ahead + run_up);
        lane.begin(-lead);
    }
    let files = std::mem::take(&mut planner.files);
    Built { feed: Feed { files, lanes, lead }, render, reading }
}

const END: Name = Name { strip: None, stage: Stage::Source };

impl Builder<'_, '_> {
    fn end(&mut self, reading: &Reading) -> usize {
        let layout = self.planner.layout;
        let channels = layout.channels();
        let meter = Box::new(Meter::showing(reading.clone(), layout, self.planner.rate()));
        let end = self.graph.add(END, channels, channels, meter);
        self.buses.insert(Destination::End, (end, layout));
        end
    }

    fn add_buses(&mut self) {
        let sequence = self.planner.sequence;
        for (id, bus) in &sequence.buses {
            let channels = bus.layout.channels();
            let source = self.add(*id, Stage::Source, channels, channels, Box::new(Sum));
            self.buses.insert(Destination::Bus(*id), (source, bus.layout));
        }
        for (id, bus) in &sequence.buses {
            if let Some(source) = self.buses.get(&Destination::Bus(*id)).copied() {
                self.add_strip(*id, &bus.strip, source);
            }
        }
    }

    fn add_tracks(&mut self) {
        let dissolves = Dissolves::of(self.planner.sequence);
        let sequence = self.planner.sequence;
        for track in tracks(sequence) {
            let strip = &track.header.strip;
            let is_copied = strip.sends.iter().any(|send| send.pre);
            let is_heard = self.routes.is_computed(track.id) && (!strip.mute || is_copied);
            if is_heard {
                self.add_track(track, &dissolves);
            }
        }
    }

    fn add_track(&mut self, track: &Arc<Track>, dissolves: &Dissolves) {
        let planned = clips(self.planner, dissolves, track);
        let strip = &track.header.strip;
        let to = self.routes.output(track.id);
        let leads_to = layout_of(self.planner.sequence, to, self.planner.layout);
        let layouts = planned.iter().map(|(heard, _)| heard.layout(leads_to));
        let layout = layouts.max().unwrap_or(Layout::Mono);
        let link = Arc::new(Link::new());
        let (mut voices, mut sources) = (Vec::new(), Vec::new());
        for (heard, clip) in &planned {
            let (voice, reader) = voice(self.planner, heard, clip, (layout, strip.pan_law));
            voices.push(voice);
            sources.push(Source { from: heard.audible_from, to: heard.audible_to, reader });
        }
        let player = Box::new(Player::new(voices, Arc::clone(&link)));
        self.lanes.push(Lane::new(sources, link));
        let channels = layout.channels();
        let source = self.add(track.id, Stage::Source, channels, channels, player);
        self.add_strip(track.id, strip, (source, layout));
    }

    /// The nodes of a strip, its sends, its gain and pan, and the wire to where it leads.
    fn add_strip(&mut self, id: Id, strip: &Strip, source: Point) {
        let layout = source.1;
        let inserted = self.add_inserts(id, strip, source);
        let to = self.routes.output(id);
        let Some((target, leads_to)) = self.buses.get(&to).copied() else { return };
        let gain = self.automation(strip.gain.as_ref());
        let pan = self.automation(strip.pan.as_ref());
        let placement = Placement::new(speakers(layout), leads_to, strip.pan_law, pan);
        let fader = Box::new(Fader::new(gain, placement, strip.mute));
        let (inputs, outputs) = (layout.channels(), leads_to.channels());
        let fader = self.add(id, Stage::Fader, inputs, outputs, fader);
        self.graph.connect(inserted, fader, Matrix::of_layouts(layout, layout));
        self.strips.insert(id, (fader, leads_to));
        if self.routes.may_pass(id, to) {
            self.graph.connect(fader, target, Matrix::of_layouts(leads_to, leads_to));
        }
        self.add_sends(id, strip, (inserted, layout), (fader, leads_to));
    }

    fn add_inserts(&mut self, id: Id, strip: &Strip, (source, layout): Point) -> usize {
        let (mut last, channels) = (source, layout.channels());
        for instance in strip.nodes.iter().filter(|instance| !instance.bypass) {
            let Some(node) = nodes::find(&instance.kind) else {
                let message = format!("there is no sound node called {:?}", instance.kind);
                let problem = Problem::warning("sound-unknown-node", message)
                    .remedy("the sound goes through untouched");
                let place = self.planner.place().track(id);
                self.planner.tell(problem, &place);
                continue;
            };
            let setup = Setup {
                sample_rate: self.planner.rate(),
                layout,
                values: &instance.values,
                clock: self.clock(),
                content: self.clock(),
                library: Library(Some(self.planner.sources)),
            };
            for parameter in missing(node, &setup) {
                let message = format!("the {} of the node {} is not a sound", parameter, node.id);
                let problem = Problem::error("sound-node-media", message).remedy(
                    "name a media of the film that has sound; until then nothing is heard of it",
                );
                let place = self.planner.place().track(id);
                self.planner.tell(problem, &place);
            }
            let place = self.planner.place().track(id);
            self.planner.tell_moved(node.parameters, &instance.values, &place);
            let processor = (node.build)(&setup);
            let next = self.add(id, Stage::Insert(instance.id), channels, channels, processor);
            self.graph.connect(last, next, Matrix::of_layouts(layout, layout));
            for (side, from) in self.routes.wires(id, instance.id) {
                self.keys.push(Key { node: (next, layout), side: *side, from: *from });
            }
            last = next;
        }
        last
    }

    /// Leads strips to the side inputs that hear them.
    fn connect_keys(&mut self) {
        for Key { node: (node, layout), side, from } in std::mem::take(&mut self.keys) {
            if let Some((strip, own)) = self.strips.get(&from).copied() {
                self.graph.connect_side(strip, node, side, Matrix::of_layouts(own, layout));
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
            let gain = self.automation(send.gain.as_ref());
            let centre = Automation::constant(0.0);
            let placement = Placement::new(speakers(layout), layout, PanLaw::Balance, centre);
            let fader = Box::new(Fader::new(gain, placement, false));
            let channels = layout.channels();
            let copy = self.add(id, Stage::Send(number), channels, channels, fader);
            self.graph.connect(from, copy, Matrix::of_layouts(layout, layout));
            self.graph.connect(copy, target, Matrix::of_layouts(layout, leads_to));
        }
    }

    fn add(
        &mut self,
        strip: Id,
        stage: Stage,
        inputs: usize,
        outputs: usize,
        processor: Box<dyn Processor>,
    ) -> usize {
        self.graph.add(Name { strip: Some(strip), stage }, inputs, outputs, processor)
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
