//! The mix: strips of tracks and buses, their sends, their nodes.

use super::Desk;
use crate::edit;
use crate::sound::nodes;
use std::collections::BTreeMap;
use timeline_format::mix::{Bus, Layout, NodeInstance, Send, Strip};
use timeline_format::track::TrackKind;
use timeline_format::{Extra, Id, Param, Value};

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
            Channel { owner: track.id, name, is_bus: false, is_main: false, strip }
        });
        let buses = sequence.buses.iter().map(|(id, bus)| Channel {
            owner: *id,
            name: if bus.name.is_empty() { id.to_string() } else { bus.name.clone() },
            is_bus: true,
            is_main: bus.strip.output.is_none(),
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

    /// Sends a copy of a strip to a bus at a level, in dB.
    pub(in crate::ui) fn set_send(&mut self, owner: Id, to: Id, decibels: f64) {
        let send = Send { to, gain: Some(Param::number(decibels)), pre: false };
        self.edit("Send", |film, scope, ids| edit::set_send(film, scope, (owner, &send), ids));
    }

    /// Takes a send away.
    pub(in crate::ui) fn remove_send(&mut self, owner: Id, to: Id) {
        self.edit("Remove send", |film, scope, ids| {
            edit::remove_send(film, scope, (owner, to), ids)
        });
    }

    /// Puts a node of the catalogue at the end of a strip.
    pub(in crate::ui) fn put_node(&mut self, owner: Id, kind: &str) {
        let Some(id) = Id::parse("new") else { return };
        let node = NodeInstance {
            id,
            kind: kind.to_owned(),
            bypass: false,
            values: BTreeMap::new(),
            wires: BTreeMap::new(),
            extra: Extra::new(),
        };
        let label = nodes::find(kind).map_or(kind, |node| node.label);
        self.edit(&format!("Add {label}"), |film, scope, ids| {
            edit::put_node(film, scope, (owner, usize::MAX, &node), ids)
        });
    }

    /// Bypasses a node, or lets it work.
    pub(in crate::ui) fn toggle_bypass(&mut self, owner: Id, node: Id) {
        self.edit("Bypass", |film, scope, ids| {
            let change = |node: &mut NodeInstance| node.bypass = !node.bypass;
            edit::set_node(film, scope, (owner, node), change, ids)
        });
    }

    /// Sets a value of a node; `None` takes it back.
    pub(in crate::ui) fn set_node_value(
        &mut self,
        owner: Id,
        node: Id,
        parameter: &str,
        value: Option<Value>,
    ) {
        let value = value.map(Param::Constant);
        self.edit("Set value", |film, scope, ids| {
            edit::set_node_value(film, scope, (owner, node), (parameter, value), ids)
        });
    }

    /// Takes a node off its strip.
    pub(in crate::ui) fn remove_node(&mut self, owner: Id, node: Id) {
        self.edit("Remove node", |film, scope, ids| {
            edit::remove_node(film, scope, (owner, node), ids)
        });
    }
}
