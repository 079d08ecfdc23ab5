//! Keyframes of a clip under trims, splits and changes of speed.

use std::collections::BTreeMap;
use timeline_format::parameter::Follow;
use timeline_format::{Clip, Frames, Param, Ratio, Source};

/// Moves every curve that counts from the clip's head by `by` frames, so that the values stay where
/// they were when the head moves by `-by`.
pub(super) fn shift(clip: &mut Clip, by: Frames) -> Option<()> {
    if by == Ratio::ZERO {
        return Some(());
    }
    each(clip, &|at| at.plus(by))
}

/// Stretches every curve that counts from the clip's head to `by` times its length.
pub(super) fn scale(clip: &mut Clip, by: Ratio) -> Option<()> {
    each(clip, &|at| at.times(by))
}

fn each(clip: &mut Clip, change: &dyn Fn(Frames) -> Option<Frames>) -> Option<()> {
    values(&mut clip.look.placement, change)?;
    for effect in &mut clip.look.effects {
        values(&mut effect.values, change)?;
        effect.mix.iter_mut().try_for_each(|param| keys(param, change))?;
        effect.masks.iter_mut().try_for_each(|mask| values(&mut mask.values, change))?;
    }
    clip.look.masks.iter_mut().try_for_each(|mask| values(&mut mask.values, change))?;
    if let Source::Generator(generator) = &mut clip.source {
        values(&mut generator.values, change)?;
    }
    for param in [&mut clip.sound.gain, &mut clip.sound.pan].into_iter().flatten() {
        keys(param, change)?;
    }
    Some(())
}

fn values(
    values: &mut BTreeMap<String, Param>,
    change: &dyn Fn(Frames) -> Option<Frames>,
) -> Option<()> {
    values.values_mut().try_for_each(|param| keys(param, change))
}

fn keys(param: &mut Param, change: &dyn Fn(Frames) -> Option<Frames>) -> Option<()> {
    let Param::Animated(curve) = param else { return Some(()) };
    if curve.follow == Follow::Content {
        return Some(());
    }
    curve.keys.iter_mut().try_for_each(|key| change(key.at).map(|at| key.at = at))
}
