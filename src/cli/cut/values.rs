//! Values of a clip, keyframes, fades.

use super::name::{End, Shape, value};
use super::{Bench, catalogue, made};
use crate::cli::Failure;
use crate::edit::{self, Edited, Target};
use crate::picture::{effects, masks};
use clap::{Args, ValueEnum};
use timeline_format::parameter::{Ease, Follow};
use timeline_format::{Fade as SoundFade, Frames, Id, Param, Ratio, Source, Value};

/// Which value of a clip: see [`TARGETS`].
fn target(name: &str) -> Result<Target, Failure> {
    let id = |text: &str| {
        let words = format!("{text:?} is no id of an effect or a mask: name a value as {TARGETS}");
        Id::parse(text).ok_or_else(|| Failure::call(words))
    };
    let parts: Vec<&str> = name.split('.').collect();
    Ok(match parts[..] {
        ["gain"] => Target::Gain,
        ["pan"] => Target::Pan,
        [placement] | ["placement", placement] => Target::Placement(placement.to_owned()),
        ["generator", value] => Target::Generator(value.to_owned()),
        [effect, "mix"] => Target::Mix(id(effect)?),
        [effect, value] => Target::Effect(id(effect)?, value.to_owned()),
        ["mask", mask, value] => Target::Mask(None, id(mask)?, value.to_owned()),
        [effect, "mask", mask, value] => {
            Target::Mask(Some(id(effect)?), id(mask)?, value.to_owned())
        }
        _ => return Err(Failure::call(format!("{name:?} names no value: name it as {TARGETS}"))),
    })
}

const TARGETS: &str = "gain, pan, a placement of `roomtone list placement`, generator.NAME, EFFECT.NAME or EFFECT.mix \
                       with the effect's id, mask.MASK.NAME or EFFECT.mask.MASK.NAME with the mask's";

/// The value as it is kept; one that the generator of a clip, or the operation behind one of its effects, has not
/// or does not take, is refused.
fn checked(bench: &Bench<'_>, clip: Id, target: &Target, value: &Value) -> Result<Value, Failure> {
    if let Target::Generator(name) = target {
        return match bench.main.clip(clip).map(|clip| &clip.source) {
            Some(Source::Generator(made)) => made::value(&made.kind, name, value),
            _ => Ok(value.clone()),
        };
    }
    check(bench, clip, target, value).map(|()| value.clone())
}

/// Refuses a value that the operation or the mask behind a value of a clip has not, or does not take.
fn check(bench: &Bench<'_>, clip: Id, target: &Target, value: &Value) -> Result<(), Failure> {
    let Some(clip) = bench.main.clip(clip) else { return Ok(()) };
    let effect = |id: &Id| clip.look.effects.iter().find(|known| known.id == *id);
    match target {
        Target::Placement(name) => catalogue::placement_value(name, value),
        Target::Effect(id, name) => {
            let kind = effect(id).map(|known| known.kind.as_str());
            kind.and_then(effects::named)
                .map_or(Ok(()), |operation| catalogue::value(operation, name, value))
        }
        Target::Mask(of, id, name) => {
            let masks = match of {
                Some(of) => effect(of).map_or(&[][..], |effect| &effect.masks[..]),
                None => &clip.look.masks[..],
            };
            let kind = masks.iter().find(|mask| mask.id == *id).map(|mask| mask.kind.as_str());
            kind.and_then(masks::named)
                .map_or(Ok(()), |shape| catalogue::mask_value(shape, name, value))
        }
        Target::Mix(_) => match value {
            Value::Number(mix) if (0.0..=1.0).contains(mix) => Ok(()),
            _ => Err(Failure::call("mix takes a number from 0 to 1")),
        },
        _ => Ok(()),
    }
}

/// Set a value of a clip: gain, pan, placement (fit, position, scale, rotation, opacity ...), a value
/// of its generator (generator.NAME), of one of its effects (EFFECT.NAME, EFFECT.mix) or of a mask (mask.MASK.NAME of the
/// clip, EFFECT.mask.MASK.NAME of an effect), each with its id.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone cut film.roomtone set v1@58 opacity 0.5")]
pub(super) struct Set {
    /// The clip.
    clip: String,
    /// The value's name.
    name: String,
    /// The value: 1.5, [960,540], fill; absent: as it is without.
    #[arg(allow_negative_numbers = true, value_parser = value)]
    value: Option<Value>,
}

impl Set {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let (clip, target) = (bench.clip(&self.clip)?, target(&self.name)?);
        let value = self.value.as_ref().map(|value| checked(bench, clip, &target, value));
        let value = value.transpose()?.map(Param::Constant);
        let change = (clip, &target, value);
        Ok(edit::set_parameter(bench.film, bench.scope, change, &mut bench.ids)?)
    }
}

/// Set a keyframe of a value of a clip.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone cut film.roomtone key v1@58 scale --at 0 1.0")]
pub(super) struct Key {
    /// The clip.
    clip: String,
    /// The value's name.
    name: String,
    /// Frames from the clip's head.
    #[arg(long, allow_negative_numbers = true)]
    at: Ratio,
    /// The value there.
    #[arg(allow_negative_numbers = true, value_parser = value)]
    value: Value,
    /// The way to the next key.
    #[arg(long, value_enum, default_value = "ease")]
    ease: Way,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Way {
    Linear,
    Hold,
    Ease,
}

impl Key {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let ease = match self.ease {
            Way::Linear => Ease::Linear,
            Way::Hold => Ease::Hold,
            Way::Ease => Ease::Ease,
        };
        let (clip, target) = (bench.clip(&self.clip)?, target(&self.name)?);
        let value = checked(bench, clip, &target, &self.value)?;
        let key = edit::SetKey { clip, target, at: self.at, value, ease, follow: Follow::Clip };
        Ok(edit::set_key(bench.film, bench.scope, &key, &mut bench.ids)?)
    }
}

/// Remove a keyframe; the last one leaves its value as a constant.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone cut film.roomtone remove-key v1@58 scale --at 0")]
pub(super) struct RemoveKey {
    /// The clip.
    clip: String,
    /// The value's name.
    name: String,
    /// Where the keyframe is, in frames from the clip's head.
    #[arg(long, allow_negative_numbers = true)]
    at: Ratio,
}

impl RemoveKey {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let (clip, target) = (bench.clip(&self.clip)?, target(&self.name)?);
        let key = (clip, &target, self.at);
        Ok(edit::remove_key(bench.film, bench.scope, key, &mut bench.ids)?)
    }
}

/// Fade the sound of a clip or a free item in or out.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  roomtone cut film.roomtone fade ambience@58 tail 1s --shape smooth"
)]
pub(super) struct Fade {
    /// The clip or free item.
    clip: String,
    /// At which end: a fade in at its head, a fade out at its tail.
    end: End,
    /// How long: 12, 0.5s; absent: no fade.
    length: Option<String>,
    /// How the level moves.
    #[arg(long, value_enum, default_value = "equal-power")]
    shape: Shape,
}

impl Fade {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let clip = bench.clip(&self.clip)?;
        let length = self.length.as_deref().map(|length| bench.length(length)).transpose()?;
        let shape = self.shape.into();
        let fade = length.map(|length| SoundFade { length: Frames::whole(length), shape });
        let change = (clip, self.end.into(), fade);
        Ok(edit::set_fade(bench.film, bench.scope, change, &mut bench.ids)?)
    }
}
