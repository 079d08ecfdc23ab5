//! What effects change of a frame: the proof that outside of their masks nothing does.

use crate::cli::Failure;
use crate::cli::film::Opened;
use crate::edit::{self, Scope};
use crate::play::Apart;
use crate::signal::{AlphaMode, Colour, Image, PixelFormat, Plane};
use std::sync::Arc;
use timeline_format::{Id, IdSource, Timeline};

/// A frame's picture of what is changed, white on black, and how many pixels are.
pub(in crate::cli) struct Proof {
    /// The picture.
    pub(in crate::cli) picture: Image,
    /// How many pixels are changed.
    pub(in crate::cli) changed: usize,
    /// How many there are.
    pub(in crate::cli) all: usize,
}

/// What a clip's effects change of a frame, or one of them: `named` is CLIP or CLIP:EFFECT, by their ids.
pub(in crate::cli) fn proof(opened: &Opened, frame: i64, named: &str) -> Result<Proof, Failure> {
    let without = Arc::new(without(&opened.timeline, named)?);
    let apart = Apart::of((&opened.timeline, &without), &opened.folder(), frame)?;
    let codes: Vec<u8> = apart.differs.iter().map(|it| if *it { u8::MAX } else { 0 }).collect();
    let (changed, all) = (apart.count(), codes.len());
    let (width, height) = (apart.one.width, apart.one.height);
    let planes = (0..3).map(|_| Plane::packed(codes.clone(), apart.width)).collect();
    let (format, alpha, colour) = (PixelFormat::RGB8, AlphaMode::Straight, Colour::SRGB);
    Ok(Proof { picture: Image { width, height, format, colour, alpha, planes }, changed, all })
}

/// The film with effects switched off.
fn without(film: &Timeline, named: &str) -> Result<Timeline, Failure> {
    let (clip, effect) = named.split_once(':').map_or((named, None), |it| (it.0, Some(it.1)));
    let sequence = film.main();
    let known = Id::parse(clip).and_then(|id| Some((id, sequence?.clip(id)?)));
    let Some((id, found)) = known else {
        return Err(Failure::call(format!("the film that is delivered has no clip {clip:?}")));
    };
    let is_meant = |it: &Id| effect.is_none_or(|effect| it.as_str() == effect);
    let meant = found.look.effects.iter().map(|it| it.id).filter(is_meant);
    let meant: Vec<Id> = meant.collect();
    if meant.is_empty() {
        return Err(Failure::call(format!("{named:?} names no effect of the clip")));
    }
    let (mut now, mut ids) = (film.clone(), IdSource::seeded(1));
    for effect in meant {
        let off = |it: &mut timeline_format::Effect| it.bypass = true;
        let scope = Scope::of(film.settings.main);
        now = edit::change_effect(&now, scope, (id, effect), off, &mut ids)?.timeline;
    }
    Ok(now)
}
