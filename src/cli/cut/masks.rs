//! Masks of a clip, of all clips of a shot, or of an effect: put on, listed, ordered, taken off.

use super::effects::{constants, whose};
use super::name::value_of_name;
use super::{Bench, catalogue};
use crate::cli::Failure;
use crate::edit::{self, Edited, Masked, Whose};
use crate::picture::masks;
use clap::Args;
use serde_json::json;
use timeline_format::shot::Look;
use timeline_format::{Id, Mask as Instance, Value};

/// Where masks are, on the command line: `v1@58`, `shot:NAME`, `v1@58:EFFECT`, `shot:NAME:EFFECT`.
fn masked(bench: &Bench<'_>, text: &str) -> Result<Masked, Failure> {
    if let Ok(whose) = whose(bench, text) {
        return Ok(Masked { whose, effect: None });
    }
    let Some((owner, name)) = text.rsplit_once(':') else {
        return whose(bench, text).map(|whose| Masked { whose, effect: None });
    };
    let whose = whose(bench, owner)?;
    let look = look_of(bench, whose);
    let known = Id::parse(name).filter(|id| look.effects.iter().any(|it| it.id == *id));
    let of_kind = || look.effects.iter().find(|it| it.kind == name).map(|it| it.id);
    let effect = known.or_else(of_kind).ok_or_else(|| {
        let ids: Vec<_> =
            look.effects.iter().map(|it| format!("{} ({})", it.id, it.kind)).collect();
        let words = if ids.is_empty() { "it has none".to_owned() } else { ids.join(", ") };
        Failure::call(format!("there is no effect {name:?} on {owner}: {words}"))
    })?;
    Ok(Masked { whose, effect: Some(effect) })
}

fn look_of(bench: &Bench<'_>, whose: Whose) -> Look {
    match whose {
        Whose::Clip(clip) => bench.main.clip(clip).map(|clip| clip.look.clone()),
        Whose::Shot(shot) => bench.film.shots.get(&shot).map(|shot| shot.look.clone()),
    }
    .unwrap_or_default()
}

fn list_of(look: &Look, effect: Option<Id>) -> &[Instance] {
    let Some(effect) = effect else { return &look.masks };
    look.effects.iter().find(|it| it.id == effect).map_or(&[], |it| &it.masks[..])
}

/// Put a mask on a clip (what is left of its picture) or on an effect of it (where it works), or another in its place.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  roomtone cut film.roomtone mask v1@58 ellipse --set centre=[0.4,0.5] --set feather=40\n  roomtone cut film.roomtone mask v1@58:blur gradient --set from=[0.5,0] --set to=[0.5,0.6]\n  roomtone cut film.roomtone mask v1@58:grade luma --set low=0.7"
)]
pub(super) struct Mask {
    /// The clip, or shot:NAME; with :EFFECT behind it, an effect of it by its id or kind.
    clip: String,
    /// What it is: one of `roomtone list masks`; or `x:vendor.name` of another program, which is kept and left out.
    kind: String,
    /// Its id there: a mask that has it is replaced; absent: a new one.
    #[arg(long)]
    id: Option<Id>,
    /// Its place in their order, 0 is first; absent: last.
    #[arg(long, default_value_t = usize::MAX, hide_default_value = true)]
    index: usize,
    /// Keep it, switched off.
    #[arg(long)]
    bypass: bool,
    /// A value, such as feather=40, combine=subtract or invert=true; more than one may be given.
    #[arg(long = "set", value_name = "NAME=VALUE", value_parser = value_of_name)]
    values: Vec<(String, Value)>,
}

impl Mask {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        if !self.kind.starts_with("x:") {
            catalogue::known("masks", &self.kind)?;
        }
        if let Some(shape) = masks::named(&self.kind) {
            for (name, value) in &self.values {
                catalogue::mask_value(shape, name, value)?;
            }
        }
        let masked = masked(bench, &self.clip)?;
        let id = self.id.unwrap_or_else(|| bench.ids.next_id());
        let values = constants(&self.values);
        let mask = Instance { bypass: self.bypass, values, ..Instance::new(id, &self.kind) };
        let put = (masked, self.index, mask);
        let mut edited = edit::put_mask(bench.film, bench.scope, put, &mut bench.ids)?;
        edited.made.push(id);
        Ok(edited)
    }
}

/// Tell the masks of a clip, a shot or an effect, in their order.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone cut film.roomtone masks v1@58:blur")]
pub(super) struct Masks {
    /// The clip, or shot:NAME; with :EFFECT behind it, an effect of it by its id or kind.
    clip: String,
}

impl Masks {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let masked = masked(bench, &self.clip)?;
        for mask in list_of(&look_of(bench, masked.whose), masked.effect) {
            let off = if mask.bypass { ", switched off" } else { "" };
            let names: Vec<_> = mask.values.keys().map(String::as_str).collect();
            let words = format!("{}  {}{off}  {}", mask.id, mask.kind, names.join(" "));
            bench.said.push((words, json!({"mask": mask})));
        }
        Ok(Edited::plain(bench.film.clone()))
    }
}

/// Put a mask at another place in their order.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone cut film.roomtone move-mask v1@58 face 0")]
pub(super) struct MoveMask {
    /// The clip, or shot:NAME; with :EFFECT behind it, an effect of it by its id or kind.
    clip: String,
    /// The mask's id there.
    id: Id,
    /// Its place in their order, counted without it: 0 is first.
    index: usize,
}

impl MoveMask {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let moved = (masked(bench, &self.clip)?, self.id, self.index);
        Ok(edit::move_mask(bench.film, bench.scope, moved, &mut bench.ids)?)
    }
}

/// Take a mask off a clip, a shot or an effect.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone cut film.roomtone remove-mask v1@58:blur face")]
pub(super) struct RemoveMask {
    /// The clip, or shot:NAME; with :EFFECT behind it, an effect of it by its id or kind.
    clip: String,
    /// The mask's id there.
    id: Id,
}

impl RemoveMask {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let gone = (masked(bench, &self.clip)?, self.id);
        Ok(edit::remove_mask(bench.film, bench.scope, gone, &mut bench.ids)?)
    }
}
