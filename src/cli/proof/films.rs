//! The films that a proof compares: with effects, without them, and with something in their place that changes all.

use crate::cli::Failure;
use crate::edit::{self, Scope};
use crate::picture::correct::is_repair;
use std::sync::Arc;
use timeline_format::shot::Look;
use timeline_format::{Clip, Effect, Id, IdSource, Param, Source, Timeline, Value};

/// Films that are the same but for some effects of a clip.
#[derive(Debug)]
pub(super) struct Films {
    /// The film itself.
    pub(super) with: Arc<Timeline>,
    /// The film with the effects switched off.
    pub(super) without: Arc<Timeline>,
    /// Pairs that differ wherever masks let one of the effects work.
    pub(super) marked: Vec<[Arc<Timeline>; 2]>,
    /// Whether one of them works everywhere.
    pub(super) is_everywhere: bool,
}

/// Whose an effect is.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Owner {
    Clip(Id),
    Take(Id, Id),
    Shot(Id),
}

/// An effect that a clip is seen with.
type Seen<'a> = (Owner, &'a Effect);

impl Films {
    /// Those for effects of a clip, its take and its shot; all of them, if none is named.
    pub(super) fn of(film: &Arc<Timeline>, clip: Id, named: &[Id]) -> Result<Self, Failure> {
        let main = film.main();
        let found = main.and_then(|main| main.clip(clip));
        let found = found.ok_or_else(|| {
            Failure::call(format!("the film that is delivered has no clip {clip}"))
        })?;
        let all = in_order(film, clip, found);
        let is_meant = |it: &Effect| named.is_empty() || named.contains(&it.id);
        let meant: Vec<usize> = (0..all.len()).filter(|nth| is_meant(all[*nth].1)).collect();
        let lacks = named.iter().find(|id| all.iter().all(|(_, it)| it.id != **id));
        if let (true, _) | (_, Some(_)) = (meant.is_empty(), lacks) {
            return Err(none(&all, lacks));
        }
        let off: Vec<Seen<'_>> = meant.iter().map(|nth| all[*nth]).collect();
        let without = changed(film, &off, |effect| effect.bypass = true)?;
        let mut marked = Vec::new();
        for nth in &meant {
            let later = &all[nth + 1..];
            let before = changed(film, &all[*nth..], |effect| effect.bypass = true)?;
            for by in [1.0, -1.0] {
                let alone = changed(film, later, |effect| effect.bypass = true)?;
                let alone = changed(&alone, &all[*nth..=*nth], |effect| mark(effect, by))?;
                marked.push([Arc::new(alone), Arc::new(before.clone())]);
            }
        }
        let is_everywhere = off.iter().any(|(_, it)| it.masks.iter().all(|mask| mask.bypass));
        Ok(Self { with: Arc::clone(film), without: Arc::new(without), marked, is_everywhere })
    }
}

fn none(all: &[Seen<'_>], lacks: Option<&Id>) -> Failure {
    let known: Vec<String> = all.iter().map(|(_, it)| it.id.to_string()).collect();
    let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
    match lacks {
        Some(id) => Failure::call(format!("the clip has no effect {id}; it has {known}")),
        None => {
            Failure::call("the clip has no effect that is switched on: there is nothing to prove")
        }
    }
}

/// The effects that a clip is seen with, in the order in which they work: what mends a take first, then those of the
/// shot, the take and the clip.
fn in_order<'a>(film: &'a Timeline, id: Id, clip: &'a Clip) -> Vec<Seen<'a>> {
    let shot = match clip.source {
        Source::Shot(shot) => film.shots.get(&shot).map(|found| (shot, found)),
        _ => None,
    };
    let of = |owner: Owner, look: &'a Look| {
        look.effects.iter().filter(|it| !it.bypass).map(move |it| (owner, it))
    };
    let mut all = Vec::new();
    if let Some((id, shot)) = shot {
        let take = shot.chosen().map(|take| (Owner::Take(id, take.id), &take.look));
        let of_take: Vec<Seen<'a>> =
            take.into_iter().flat_map(|(owner, look)| of(owner, look)).collect();
        let (first, rest): (Vec<_>, Vec<_>) =
            of_take.into_iter().partition(|it| is_repair(&it.1.kind));
        all.extend(first);
        all.extend(of(Owner::Shot(id), &shot.look));
        all.extend(rest);
    }
    all.extend(of(Owner::Clip(id), &clip.look));
    all
}

/// Something in an effect's place that changes every sample where its masks let it, light and colour alike.
fn mark(effect: &mut Effect, by: f64) {
    let is_first = is_repair(&effect.kind);
    let (kind, name) = if is_first { ("gains", "shift") } else { ("cdl", "offset") };
    let rest = if is_first { 1.0 } else { 0.0 };
    let shift = Param::Constant(Value::Vector(vec![by, -by, by, rest]));
    effect.values.clear();
    effect.values.insert(name.to_owned(), shift);
    (effect.kind, effect.mix) = (kind.into(), None);
}

/// The film with some effects changed.
fn changed(
    film: &Timeline,
    effects: &[Seen<'_>],
    edit: impl Fn(&mut Effect),
) -> Result<Timeline, Failure> {
    let (mut now, mut ids) = (film.clone(), IdSource::seeded(1));
    for (owner, effect) in effects {
        let within = |look: &mut Look| {
            look.effects.iter_mut().filter(|it| it.id == effect.id).for_each(&edit);
        };
        match owner {
            Owner::Clip(clip) => {
                let scope = Scope::of(film.settings.main);
                now =
                    edit::change_effect(&now, scope, (*clip, effect.id), &edit, &mut ids)?.timeline;
            }
            Owner::Shot(shot) => {
                now.shots
                    .get_mut(shot)
                    .map(Arc::make_mut)
                    .into_iter()
                    .for_each(|shot| within(&mut shot.look));
            }
            Owner::Take(shot, take) => {
                let takes = now.shots.get_mut(shot).map(Arc::make_mut).into_iter();
                let takes =
                    takes.flat_map(|shot| shot.takes.iter_mut()).filter(|it| it.id == *take);
                takes.for_each(|take| within(&mut take.look));
            }
        }
    }
    Ok(now)
}
