//! Keyframes of strips and of their nodes, and the order of the nodes.

use super::Bench;
use super::name::value;
use crate::cli::Failure;
use crate::edit::{self, Dial, Edited};
use clap::Args;
use timeline_format::parameter::{Ease, Key};
use timeline_format::{Id, Ratio, Value};

impl Bench<'_> {
    /// A value of a strip: of a node by its id or kind, or of `-`, the strip itself.
    fn dial(&self, owner: Id, node: &str, name: &str) -> Result<Dial, Failure> {
        match (node, name) {
            ("-", "gain") => Ok(Dial::Gain),
            ("-", "pan") => Ok(Dial::Pan),
            ("-", other) => Err(Failure::call(format!("a strip has gain and pan, and no {other}"))),
            (node, name) => Ok(Dial::Node(self.node(owner, node)?, name.to_owned())),
        }
    }
}

/// Set a keyframe of a sound node, or of a strip's own gain or pan.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  roomtone cut film.roomtone key-node outside - gain --at 250 -6\n  roomtone cut film.roomtone key-node outside through --at 250 amount 1"
)]
pub(super) struct KeyNode {
    /// The track or bus.
    owner: String,
    /// The node's id or kind; `-` is the strip itself, with gain and pan.
    node: String,
    /// The value's name.
    name: String,
    /// Frames from the start of the sequence.
    #[arg(long, allow_negative_numbers = true)]
    at: Ratio,
    /// The value there.
    #[arg(allow_negative_numbers = true, value_parser = value)]
    value: Value,
}

impl KeyNode {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let owner = bench.owner(&self.owner)?;
        let dial = bench.dial(owner, &self.node, &self.name)?;
        let key = Key { at: self.at, value: self.value.clone(), ease: Ease::Ease };
        let key = (owner, &dial, key);
        Ok(edit::key_dial(bench.film, bench.scope, key, &mut bench.ids)?)
    }
}

/// Remove a keyframe of a sound node, or of a strip's own gain or pan.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone cut film.roomtone unkey-node outside - gain --at 250")]
pub(super) struct UnkeyNode {
    /// The track or bus.
    owner: String,
    /// The node's id or kind; `-` is the strip itself, with gain and pan.
    node: String,
    /// The value's name.
    name: String,
    /// Frames from the start of the sequence.
    #[arg(long, allow_negative_numbers = true)]
    at: Ratio,
}

impl UnkeyNode {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let owner = bench.owner(&self.owner)?;
        let dial = bench.dial(owner, &self.node, &self.name)?;
        let key = (owner, &dial, self.at);
        Ok(edit::unkey_dial(bench.film, bench.scope, key, &mut bench.ids)?)
    }
}

/// Put a sound node at another place in the order of its strip.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone cut film.roomtone move-node music duck 0")]
pub(super) struct MoveNode {
    /// The track or bus.
    owner: String,
    /// The node's id, or what it is, where there is one of a kind.
    node: String,
    /// Its place in their order, counted without it: 0 is first.
    index: usize,
}

impl MoveNode {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let owner = bench.owner(&self.owner)?;
        let moved = (owner, bench.node(owner, &self.node)?, self.index);
        Ok(edit::move_node(bench.film, bench.scope, moved, &mut bench.ids)?)
    }
}
