//! The mix: strips of tracks and buses, their sends, their nodes.

use super::Desk;
use crate::edit::{self, Dial};
use crate::sound::nodes;
use std::collections::BTreeMap;
use timeline_format::mix::{Bus, Layout, NodeInstance, Send, Strip};
use timeline_format::parameter::{Ease, Key};
use timeline_format::track::TrackKind;
use timeline_format::{Extra, Frames, Id, Param, Value};

/// The level of a new send, in dB.
const SOFTLY: f64 = -12.0;

/// A strip of the mixer: that of a track, or of a bus.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::ui) struct Channel {
    /// The track or bus.
    pub(in crate::ui) owner: Id,
    /// What it is called.
    pub(in crate::ui) name: String,
    /// Whether it is a bus.
    pub(in crate::ui) is_bus: bool,
    /// Whether everything meets here.
    pub(in crate::ui) is_main: bool,
    /// The bus that it leads to; `None` for the main bus.
    pub(in crate::ui) leads_to: Option<Id>,
    /// Its level, position, routing and nodes.
    pub(in crate::ui) strip: Strip,
}

impl Desk {
    /// The strips of the sequence: sound tracks, then buses, the main bus last.
    pub(in crate::ui) fn channels(&self) -> Vec<Channel> {
        let Some(sequence) = self.sequence() else { return Vec::new() };
        let heard = sequence.tracks.iter().filter(|it| it.header.kind == TrackKind::Sound);
        let tracks = heard.map(|track| {
            let header = &track.header;
            let name =
                if header.name.is_empty() { track.id.to_string() } else { header.name.clone() };
            let strip = header.strip.clone();
            let leads_to = edit::output_of(sequence, track.id, &strip);
            Channel { owner: track.id, name, is_bus: false, is_main: false, leads_to, strip }
        });
        let buses = sequence.buses.iter().map(|(id, bus)| Channel {
            owner: *id,
            name: if bus.name.is_empty() { id.to_string() } else { bus.name.clone() },
            is_bus: true,
            is_main: bus.strip.output.is_none(),
            leads_to: edit::output_of(sequence, *id, &bus.strip),
            strip: bus.strip.clone(),
        });
        let mut channels: Vec<Channel> = tracks.chain(buses).collect();
        channels.sort_by_key(|channel| (channel.is_bus, channel.is_main));
        channels
    }

    /// Changes a strip, as an edit of this name.
    pub(in crate::ui) fn set_strip(
        &mut self,
        name: &str,
        owner: Id,
        change: impl FnOnce(&mut Strip),
    ) {
        self.edit(name, |film, scope, ids| edit::set_strip(film, scope, owner, change, ids));
    }

    /// Adds a bus that leads to the main bus.
    pub(in crate::ui) fn add_bus(&mut self) {
        let main = self.channels().into_iter().find(|channel| channel.is_main);
        let strip = Strip { output: main.map(|main| main.owner), ..Strip::default() };
        let number = self.sequence().map_or(0, |sequence| sequence.buses.len());
        let name = format!("Bus {number}");
        let bus = Bus { name, role: None, layout: Layout::Stereo, strip, extra: Extra::new() };
        self.edit("Add bus", |film, scope, ids| edit::add_bus(film, scope, &bus, ids));
    }

    /// Takes a bus away.
    pub(in crate::ui) fn remove_bus(&mut self, bus: Id) {
        self.edit("Remove bus", |film, scope, ids| edit::remove_bus(film, scope, bus, ids));
    }

    /// Sends a copy of a strip to a bus, rather softly, from behind its fader.
    pub(in crate::ui) fn add_send(&mut self, owner: Id, to: Id) {
        let send = Send { to, gain: Some(Param::number(SOFTLY)), pre: false };
        self.edit("Send", |film, scope, ids| edit::set_send(film, scope, (owner, &send), ids));
    }

    /// Has a send taken ahead of the strip's fader, or behind it.
    pub(in crate::ui) fn set_pre(&mut self, owner: Id, to: Id, pre: bool) {
        let name = if pre { "Send ahead of the fader" } else { "Send behind the fader" };
        self.set_strip(name, owner, |strip| {
            let found = strip.sends.iter_mut().find(|send| send.to == to);
            found.into_iter().for_each(|send| send.pre = pre);
        });
    }

    /// Whether the sound of a strip may go to a bus: not where it would come back.
    pub(in crate::ui) fn may_lead(&self, owner: Id, bus: Id) -> bool {
        self.sequence().is_some_and(|sequence| edit::may_lead(sequence, owner, bus))
    }

    /// Leads a strip to a bus; `None` is where its role leads.
    pub(in crate::ui) fn set_output(&mut self, owner: Id, bus: Option<Id>) {
        self.set_strip("Output", owner, |strip| strip.output = bus);
    }

    /// A key at the playhead.
    fn key_here(&self, value: Value) -> Key {
        Key { at: Frames::whole(self.position()), value, ease: Ease::Linear }
    }

    /// Turns a dial of a strip, as a part of what the hand does now: with keyframes, at the playhead.
    pub(in crate::ui) fn turn(&mut self, name: &str, owner: Id, dial: &Dial, value: Value) {
        let turned = (owner, dial, self.key_here(value));
        self.edit_live(name, |film, scope, ids| edit::turn_dial(film, scope, turned, ids));
    }

    /// Sets a keyframe of a dial at the playhead.
    pub(in crate::ui) fn key(&mut self, owner: Id, dial: &Dial, value: Value) {
        let key = (owner, dial, self.key_here(value));
        self.edit("Keyframe", |film, scope, ids| edit::key_dial(film, scope, key, ids));
    }

    /// Takes the keyframe of a dial at the playhead away.
    pub(in crate::ui) fn unkey(&mut self, owner: Id, dial: &Dial) {
        let key = (owner, dial, Frames::whole(self.position()));
        self.edit("Remove keyframe", |film, scope, ids| edit::unkey_dial(film, scope, key, ids));
    }

    /// Takes a dial back to what it is where nothing is stated.
    pub(in crate::ui) fn set_back(&mut self, owner: Id, dial: &Dial) {
        let back = (owner, dial, None);
        self.edit("Set back", |film, scope, ids| edit::set_dial(film, scope, back, ids));
    }

    /// Takes a send away.
    pub(in crate::ui) fn remove_send(&mut self, owner: Id, to: Id) {
        self.edit("Remove send", |film, scope, ids| {
            edit::remove_send(film, scope, (owner, to), ids)
        });
    }

    /// Puts a node of the catalogue at the end of a strip; its id.
    pub(in crate::ui) fn put_node(&mut self, owner: Id, kind: &str) -> Option<Id> {
        let id = Id::parse("new")?;
        let node = NodeInstance {
            id,
            kind: kind.to_owned(),
            bypass: false,
            values: BTreeMap::new(),
            wires: BTreeMap::new(),
            extra: Extra::new(),
        };
        let label = nodes::find(kind).map_or(kind, |node| node.label);
        let is_put = self.edit(&format!("Add {label}"), |film, scope, ids| {
            edit::put_node(film, scope, (owner, usize::MAX, &node), ids)
        });
        self.made.first().copied().filter(|_| is_put)
    }

    /// Bypasses a node, or lets it work.
    pub(in crate::ui) fn toggle_bypass(&mut self, owner: Id, node: Id) {
        self.edit("Bypass", |film, scope, ids| {
            let change = |node: &mut NodeInstance| node.bypass = !node.bypass;
            edit::set_node(film, scope, (owner, node), change, ids)
        });
    }

    /// Whether a node of a strip may hear another strip.
    pub(in crate::ui) fn may_hear(&self, owner: Id, from: Id) -> bool {
        self.sequence().is_some_and(|sequence| edit::may_hear(sequence, owner, from))
    }

    /// Has a side input of a node hear a strip, or nothing.
    pub(in crate::ui) fn wire(&mut self, owner: Id, node: Id, input: &str, from: Option<Id>) {
        self.edit("Wire", |film, scope, ids| {
            edit::wire_node(film, scope, (owner, node), (input, from), ids)
        });
    }

    /// Puts a node at a place in the order of its strip, counted without it.
    pub(in crate::ui) fn move_node(&mut self, owner: Id, node: Id, to: usize) {
        self.edit("Order of nodes", |film, scope, ids| {
            edit::move_node(film, scope, (owner, node, to), ids)
        });
    }

    /// Moves a node in the order of its strip.
    pub(in crate::ui) fn move_node_by(&mut self, owner: Id, node: Id, by: isize) {
        let channel = self.channels().into_iter().find(|channel| channel.owner == owner);
        let place = channel.and_then(|it| it.strip.nodes.iter().position(|it| it.id == node));
        if let Some(to) = place.and_then(|place| place.checked_add_signed(by)) {
            self.move_node(owner, node, to);
        }
    }

    /// Takes a node off its strip.
    pub(in crate::ui) fn remove_node(&mut self, owner: Id, node: Id) {
        self.edit("Remove node", |film, scope, ids| {
            edit::remove_node(film, scope, (owner, node), ids)
        });
    }
}
