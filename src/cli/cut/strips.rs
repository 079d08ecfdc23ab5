//! The mix: buses, sends, sound nodes on tracks and buses.

use super::Bench;
use super::catalogue::known;
use super::effects::constants;
use super::name::value_of_name;
use crate::cli::Failure;
use crate::cli::channels::Channels;
use crate::edit::{self, Edited};
use clap::Args;
use std::collections::BTreeMap;
use timeline_format::mix::{Bus as Place, NodeInstance, Send as Copied, Strip};
use timeline_format::{Extra, Id, Param, Role, Value};

impl Bench<'_> {
    /// The track or bus that `text` names: by its id, or by its name.
    pub(super) fn owner(&self, text: &str) -> Result<Id, Failure> {
        match self.bus(text) {
            Ok(bus) => Ok(bus),
            Err(_) => self.track(text),
        }
    }

    /// The bus that `text` names: by its id, or by its name.
    fn bus(&self, text: &str) -> Result<Id, Failure> {
        let buses = &self.main.buses;
        let by_id = Id::parse(text).filter(|id| buses.contains_key(id));
        let by_name = || buses.iter().find(|(_, bus)| bus.name == text).map(|(id, _)| *id);
        by_id.or_else(by_name).ok_or_else(|| {
            let names: Vec<String> = buses.keys().map(Id::to_string).collect();
            Failure::call(format!("there is no bus {text:?}; the buses are {}", names.join(", ")))
        })
    }
}

/// Add a bus, which leads to the main bus or to another.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone cut film.roomtone bus \"Big room\"")]
pub(super) struct Bus {
    /// Its name.
    name: String,
    /// Tracks of this role lead here.
    #[arg(long, value_parser = super::tracks::role)]
    role: Option<Role>,
    /// Its channels.
    #[arg(long, value_enum, default_value = "stereo")]
    channels: Channels,
    /// Where it leads; absent: to the main bus.
    #[arg(long)]
    output: Option<String>,
}

impl Bus {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let main = bench.main.buses.iter().find(|(_, bus)| bus.strip.output.is_none());
        let main = main.map(|(id, _)| *id);
        let output = self.output.as_deref().map(|bus| bench.bus(bus)).transpose()?.or(main);
        let bus = Place {
            name: self.name.clone(),
            role: self.role,
            layout: self.channels.into(),
            strip: Strip { output, ..Strip::default() },
            extra: Extra::new(),
        };
        Ok(edit::add_bus(bench.film, bench.scope, &bus, &mut bench.ids)?)
    }
}

/// Take a bus away; what led to it leads to the main bus.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone cut film.roomtone remove-bus room")]
pub(super) struct RemoveBus {
    /// The bus.
    bus: String,
}

impl RemoveBus {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let bus = bench.bus(&self.bus)?;
        Ok(edit::remove_bus(bench.film, bench.scope, bus, &mut bench.ids)?)
    }
}

/// Lead a track or a bus to a bus.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone cut film.roomtone output wind outside")]
pub(super) struct Output {
    /// The track or bus.
    owner: String,
    /// The bus; absent: where its role leads, or the main bus.
    bus: Option<String>,
}

impl Output {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let owner = bench.owner(&self.owner)?;
        let output = self.bus.as_deref().map(|bus| bench.bus(bus)).transpose()?;
        let change = |strip: &mut Strip| strip.output = output;
        Ok(edit::set_strip(bench.film, bench.scope, owner, change, &mut bench.ids)?)
    }
}

/// Send a copy of a track or a bus to a bus, or change the send that is there.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone cut film.roomtone send foley room --gain -9")]
pub(super) struct Send {
    /// The track or bus.
    owner: String,
    /// The bus.
    bus: String,
    /// Its level in dB; absent: as it is.
    #[arg(long, allow_negative_numbers = true)]
    gain: Option<f64>,
    /// Taken before the strip's own level, position and mute.
    #[arg(long)]
    pre: bool,
    /// Taken behind them, as a new send is.
    #[arg(long, conflicts_with = "pre")]
    post: bool,
}

impl Send {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let owner = bench.owner(&self.owner)?;
        let to = bench.bus(&self.bus)?;
        let strip = bench.strip(owner);
        let before = strip.and_then(|strip| strip.sends.iter().find(|send| send.to == to));
        let gain = self.gain.map(Param::number).or_else(|| before?.gain.clone());
        let was_pre = before.is_some_and(|send| send.pre);
        let send = Copied { to, gain, pre: self.pre || (was_pre && !self.post) };
        Ok(edit::set_send(bench.film, bench.scope, (owner, &send), &mut bench.ids)?)
    }
}

/// Take a send away.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone cut film.roomtone remove-send foley room")]
pub(super) struct RemoveSend {
    /// The track or bus.
    owner: String,
    /// The bus.
    bus: String,
}

impl RemoveSend {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let send = (bench.owner(&self.owner)?, bench.bus(&self.bus)?);
        Ok(edit::remove_send(bench.film, bench.scope, send, &mut bench.ids)?)
    }
}

/// Put a sound node on a track or a bus.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  roomtone cut film.roomtone node music duck --set depth=9 --wire key=dialogue"
)]
pub(super) struct Node {
    /// The track or bus.
    owner: String,
    /// What it is (see `roomtone list nodes`).
    kind: String,
    /// Its place in their order, 0 is first; absent: last.
    #[arg(long, default_value_t = usize::MAX, hide_default_value = true)]
    index: usize,
    /// A value, such as threshold=-24; more than one may be given.
    #[arg(long = "set", value_name = "NAME=VALUE", value_parser = value_of_name)]
    values: Vec<(String, Value)>,
    /// What a side input hears, such as key=dialogue.
    #[arg(long = "wire", value_name = "INPUT=TRACK|BUS", value_parser = pair)]
    wires: Vec<(String, String)>,
}

/// Two names with a `=` between them.
fn pair(text: &str) -> Result<(String, String), String> {
    let (one, other) = text.split_once('=').ok_or("write INPUT=TRACK, such as key=dialogue")?;
    Ok((one.to_owned(), other.to_owned()))
}

fn wires(bench: &Bench<'_>, stated: &[(String, String)]) -> Result<BTreeMap<String, Id>, Failure> {
    stated.iter().map(|(input, from)| Ok((input.clone(), bench.owner(from)?))).collect()
}

impl Node {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        known("nodes", &self.kind)?;
        let owner = bench.owner(&self.owner)?;
        let node = NodeInstance {
            id: bench.ids.next_id(),
            kind: self.kind.clone(),
            bypass: false,
            values: constants(&self.values),
            wires: wires(bench, &self.wires)?,
            extra: Extra::new(),
        };
        let put = (owner, self.index, &node);
        Ok(edit::put_node(bench.film, bench.scope, put, &mut bench.ids)?)
    }
}

/// Change a sound node of a track or a bus.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  roomtone cut film.roomtone set-node music duck --set depth=6 --bypass false"
)]
pub(super) struct SetNode {
    /// The track or bus.
    owner: String,
    /// The node's id, or what it is, where there is one of a kind.
    node: String,
    /// A value; more than one may be given.
    #[arg(long = "set", value_name = "NAME=VALUE", value_parser = value_of_name)]
    values: Vec<(String, Value)>,
    /// What a side input hears.
    #[arg(long = "wire", value_name = "INPUT=TRACK|BUS", value_parser = pair)]
    wires: Vec<(String, String)>,
    /// Heard through unchanged.
    #[arg(long, value_name = "true|false")]
    bypass: Option<bool>,
}

impl Bench<'_> {
    fn strip(&self, owner: Id) -> Option<&Strip> {
        let track = self.main.track(owner).map(|(_, track)| &track.header.strip);
        track.or_else(|| self.main.buses.get(&owner).map(|bus| &bus.strip))
    }

    pub(super) fn node(&self, owner: Id, text: &str) -> Result<Id, Failure> {
        let strip = self.strip(owner);
        let nodes = strip.map(|strip| &strip.nodes[..]).unwrap_or_default();
        let named = nodes.iter().find(|node| node.id.as_str() == text);
        let of_kind: Vec<_> = nodes.iter().filter(|node| node.kind == text).collect();
        match (named, &of_kind[..]) {
            (Some(node), _) => Ok(node.id),
            (None, [node]) => Ok(node.id),
            _ => {
                let there: Vec<String> =
                    nodes.iter().map(|node| format!("{} ({})", node.id, node.kind)).collect();
                let words = if there.is_empty() { "none".to_owned() } else { there.join(", ") };
                Err(Failure::call(format!("{owner} has no node {text:?}; its nodes are {words}")))
            }
        }
    }
}

impl SetNode {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let owner = bench.owner(&self.owner)?;
        let node = bench.node(owner, &self.node)?;
        let wires = wires(bench, &self.wires)?;
        let change = |node: &mut NodeInstance| {
            node.values.extend(constants(&self.values));
            node.wires.extend(wires);
            node.bypass = self.bypass.unwrap_or(node.bypass);
        };
        Ok(edit::set_node(bench.film, bench.scope, (owner, node), change, &mut bench.ids)?)
    }
}

/// Take a sound node off a track or a bus.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone cut film.roomtone remove-node music duck")]
pub(super) struct RemoveNode {
    /// The track or bus.
    owner: String,
    /// The node's id, or what it is, where there is one of a kind.
    node: String,
}

impl RemoveNode {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let owner = bench.owner(&self.owner)?;
        let node = bench.node(owner, &self.node)?;
        Ok(edit::remove_node(bench.film, bench.scope, (owner, node), &mut bench.ids)?)
    }
}
