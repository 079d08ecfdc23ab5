//! The grades of clips: put on, switched off, set back, moved in their order, taken off. What is done to an
//! operation of a clip is done to the same one of every chosen clip.

use super::Desk;
use super::editing::for_each;
use crate::edit::{self, Edited};
use crate::picture::effects;
use timeline_format::track::TrackKind;
use timeline_format::{Effect, Id};

impl Desk {
    /// Puts an operation on the chosen clips, behind those that are there.
    pub(in crate::ui) fn add_effect(&mut self, kind: &str) {
        let clips = self.seen_clips();
        let label = effects::named(kind).map_or(kind, |operation| operation.label);
        self.edit(&format!("Add {label}"), |film, scope, ids| {
            for_each(film, scope, &clips, ids, |film, scope, clip, ids| {
                let effect = Effect::new(ids.next_id(), kind);
                edit::put_effect(film, scope, (clip, usize::MAX, effect), ids)
            })
        });
    }

    /// Whether an operation works.
    pub(in crate::ui) fn is_working(&self, clip: Id, effect: Id) -> bool {
        self.effects_of(clip).iter().any(|known| known.id == effect && !known.bypass)
    }

    /// Switches an operation off but keeps it, or on again.
    pub(in crate::ui) fn toggle_effect(&mut self, clip: Id, effect: Id) {
        let bypass = self.is_working(clip, effect);
        self.change_effects("Bypass", (clip, effect), |effect| effect.bypass = bypass);
    }

    /// Takes an operation back to what it is without being told anything.
    pub(in crate::ui) fn reset_effect(&mut self, clip: Id, effect: Id) {
        self.change_effects("Set back", (clip, effect), |effect| effect.values.clear());
    }

    /// Takes an operation off.
    pub(in crate::ui) fn remove_effect(&mut self, clip: Id, effect: Id) {
        let like = self.effects_like(clip, effect);
        self.edit("Take off", |film, scope, ids| {
            let mut sum = Edited::plain(film.clone());
            for gone in &like {
                sum.timeline = edit::remove_effect(&sum.timeline, scope, *gone, ids)?.timeline;
            }
            Ok(sum)
        });
    }

    /// Moves an operation in the order of its clip.
    pub(in crate::ui) fn move_effect(&mut self, clip: Id, effect: Id, by: isize) {
        let effects = self.effects_of(clip);
        let found = effects.iter().position(|known| known.id == effect);
        let Some((index, moved)) = found.map(|index| (index, effects[index].clone())) else {
            return;
        };
        let to = index.saturating_add_signed(by);
        if to == index || to >= effects.len() {
            return;
        }
        self.edit("Move in the order", |film, scope, ids| {
            edit::put_effect(film, scope, (clip, to, moved), ids)
        });
    }

    /// Switches all operations of the chosen clips off, or on again where none works.
    pub(in crate::ui) fn toggle_grade(&mut self) {
        let clips = self.seen_clips();
        let bypass = clips.iter().any(|clip| self.effects_of(*clip).iter().any(|it| !it.bypass));
        let of = |clip: Id| self.effects_of(clip).iter().map(move |effect| (clip, effect.id));
        let all: Vec<_> = clips.iter().flat_map(|clip| of(*clip)).collect();
        self.change_each("Bypass grade", &all, |effect| effect.bypass = bypass);
    }

    /// Whether a chosen clip has an operation.
    pub(in crate::ui) fn has_grade(&self) -> bool {
        self.seen_clips().iter().any(|clip| !self.effects_of(*clip).is_empty())
    }

    /// An operation of a clip and the same one of the other chosen clips, each with its clip.
    pub(super) fn effects_like(&self, clip: Id, effect: Id) -> Vec<(Id, Id)> {
        let own = self.effects_of(clip);
        let Some(kind) = own.iter().find(|known| known.id == effect).map(|it| &it.kind) else {
            return Vec::new();
        };
        let of_kind = |clip: Id| self.effects_of(clip).iter().filter(|it| it.kind == *kind);
        let place = of_kind(clip).position(|known| known.id == effect).unwrap_or(0);
        let chosen = self.selection.clips().iter().copied();
        let others = chosen.filter(|other| *other != clip);
        let like = others.filter_map(|other| Some((other, of_kind(other).nth(place)?.id)));
        std::iter::once((clip, effect)).chain(like).collect()
    }

    fn change_effects(
        &mut self,
        name: &str,
        (clip, effect): (Id, Id),
        change: impl Fn(&mut Effect),
    ) {
        let like = self.effects_like(clip, effect);
        self.change_each(name, &like, change);
    }

    fn change_each(&mut self, name: &str, all: &[(Id, Id)], change: impl Fn(&mut Effect)) {
        self.edit(name, |film, scope, ids| {
            let mut sum = Edited::plain(film.clone());
            for one in all {
                let edited = edit::change_effect(&sum.timeline, scope, *one, &change, ids)?;
                sum.timeline = edited.timeline;
            }
            Ok(sum)
        });
    }

    fn effects_of(&self, clip: Id) -> &[Effect] {
        self.clip(clip).map_or(&[][..], |clip| &clip.look.effects[..])
    }

    /// The clips that one means, those among pictures.
    pub(super) fn seen_clips(&self) -> Vec<Id> {
        let clips = self.subjects().into_iter();
        clips.filter(|clip| self.kind_of(*clip) == Some(TrackKind::Picture)).collect()
    }
}
