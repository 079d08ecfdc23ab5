//! The clip whose grade is in hand: which it is, what its operations say, and what the hand sets of them.

use super::Desk;
use super::editing::for_each;
use crate::edit::{self, Automated, Having, Target};
use crate::picture::effects;
use crate::picture::grade::{self, looks};
use crate::picture::values::usual;
use crate::signal::Parameter;
use std::path::Path;
use timeline_format::{Effect, Id, Param, SavedLook, Value};

impl Desk {
    /// The clip whose grade is in hand: the chosen one, else the one at the playhead.
    pub(in crate::ui) fn graded_clip(&self) -> Option<Id> {
        self.seen_clips().into_iter().next()
    }

    /// A value of an operation of this kind of the clip in hand: of the first that it has.
    fn graded_value(&self, kind: &str, id: &str) -> Option<Automated> {
        let clip = self.graded_clip()?;
        let effects = &self.clip(clip)?.look.effects;
        let effect = effects.iter().find(|effect| effect.kind == kind && !effect.bypass)?;
        Some(Automated::Clip(clip, Target::Effect(effect.id, id.to_owned())))
    }

    /// What a parameter of an operation of this kind is of the clip in hand, whether it has that or not.
    pub(in crate::ui) fn graded(&self, kind: &str, parameter: &Parameter) -> Value {
        let of = self.graded_value(kind, parameter.id);
        let read = of.and_then(|of| self.read(parameter, &[of]));
        read.map_or_else(|| usual(parameter.kind), |reading| reading.value)
    }

    /// Sets it, as a part of what the hand does now: an operation that the clips in hand have not is put on.
    pub(in crate::ui) fn set_graded(&mut self, kind: &str, parameter: &Parameter, value: &Value) {
        let label = grade::named(kind).map_or(kind, |operation| operation.label);
        let name = format!("{}: {}", label, parameter.label);
        let of = self.graded_value(kind, parameter.id);
        if let Some(of) = of.filter(|of| self.had_before(&name, of)) {
            let all = self.alike(&of);
            return self.set_values(&name, &all, value);
        }
        let (clips, param) = (self.seen_clips(), Param::Constant(value.clone()));
        self.edit_live(&name, |film, scope, ids| {
            for_each(film, scope, &clips, ids, |film, scope, clip, ids| {
                let mut effect = Effect::new(ids.next_id(), kind);
                effect.values.insert(parameter.id.to_owned(), param.clone());
                edit::put_effect(film, scope, (clip, usize::MAX, effect), ids)
            })
        });
    }

    /// Whether the operation of a value was there before what the hand does now put it on.
    fn had_before(&self, name: &str, of: &Automated) -> bool {
        let Automated::Clip(clip, Target::Effect(effect, _)) = of else { return true };
        let Some(ground) = self.film().map(|film| film.ground(name)) else { return false };
        let mut clips = ground.sequences.values().filter_map(|it| it.clip(*clip));
        clips.any(|clip| clip.look.effects.iter().any(|known| known.id == *effect))
    }

    /// Sets it back to what it is where nothing is said.
    pub(in crate::ui) fn reset_graded(&mut self, kind: &str, parameter: &Parameter) {
        if let Some(of) = self.graded_value(kind, parameter.id) {
            let all = self.alike(&of);
            self.reset_values(&format!("Reset {}", parameter.label), &all);
        }
    }

    /// The looks that there are: ids of the film's with their names.
    pub(in crate::ui) fn saved_looks(&self) -> Vec<(Id, String)> {
        let Some(film) = self.film() else { return Vec::new() };
        film.now().looks.iter().map(|(id, look)| (*id, look.name.clone())).collect()
    }

    /// Gives the clips in hand a look of the film, which they share.
    pub(in crate::ui) fn share_look(&mut self, look: Id) {
        let Some(film) = self.film().map(|film| film.now().clone()) else { return };
        let Some(saved) = film.looks.get(&look).cloned() else { return };
        self.give("Share look", &saved, Having::Shared(look));
    }

    /// Gives the clips in hand a ready look, as operations of their own.
    pub(in crate::ui) fn take_ready_look(&mut self, id: &str) {
        if let Some(look) = looks::named(id).and_then(looks::Ready::look) {
            self.give(&format!("Look: {}", look.name), &look, Having::Copy);
        }
    }

    fn give(&mut self, name: &str, look: &SavedLook, having: Having) {
        let clips = self.seen_clips();
        self.edit(name, |film, scope, ids| {
            for_each(film, scope, &clips, ids, |film, scope, clip, ids| {
                edit::give_look(film, scope, (clip, look, having, false), ids)
            })
        });
    }

    /// Keeps what the clip in hand has of operations on colours as a look of the film.
    pub(in crate::ui) fn save_look(&mut self, name: &str) {
        let clip = self.graded_clip().and_then(|clip| self.clip(clip));
        let Some(effects) = clip.map(|clip| clip.look.effects.clone()) else { return };
        let is_own = |effect: &Effect| {
            effect.kind != SavedLook::EFFECT.0
                && grade::named(&effect.kind).is_some()
                && effect.masks.is_empty()
        };
        let look = SavedLook::new(name, effects.into_iter().filter(is_own));
        if look.effects.is_empty() {
            return;
        }
        self.edit("Save look", |film, _, _| {
            let known = film.looks.iter().find(|(_, known)| known.name == name);
            let id = known.map(|(id, _)| *id).or_else(|| edit::look_id(film, name));
            edit::put_look(film, id.ok_or(edit::Refused::TooBig)?, look)
        });
    }

    /// Takes a look of the film away.
    pub(in crate::ui) fn remove_look(&mut self, look: Id) {
        self.edit("Remove look", |film, _, _| edit::remove_look(film, look));
    }

    /// Has values name a file, by its path from the film.
    pub(in crate::ui) fn name_file(&mut self, name: &str, of: &[Automated], path: &Path) {
        let Some(folder) = self.film().map(super::Film::folder) else { return };
        match crate::project::relative_to(path, &folder) {
            Ok(path) => self.set_values(name, of, &Value::Text(path)),
            Err(error) => self.notices.trouble(error),
        }
    }

    /// Whether the clip before the one in hand, on its track, has a grade to be taken over.
    pub(in crate::ui) fn has_grade_before(&self) -> bool {
        self.grade_before().is_some_and(|(_, effects)| !effects.is_empty())
    }

    /// The clip in hand, and the operations of the one before it.
    fn grade_before(&self) -> Option<(Id, Vec<Effect>)> {
        let clip = self.graded_clip()?;
        let sequence = self.sequence()?;
        let found = sequence.find(clip)?;
        let reel = sequence.tracks.get(found.track)?.reel()?;
        let index = reel.index_of(clip)?;
        let before = (0..index).rev().find_map(|index| reel.get(index)?.clip.as_deref());
        Some((clip, before?.look.effects.clone()))
    }

    /// Puts the operations of the clip before on the one in hand, instead of its own.
    pub(in crate::ui) fn take_grade_before(&mut self) {
        let Some((clip, effects)) = self.grade_before() else { return };
        let look = SavedLook::new("", effects);
        self.edit("Grade of the clip before", |film, scope, ids| {
            edit::give_look(film, scope, (clip, &look, Having::Copy, true), ids)
        });
    }

    /// Goes to the next graded picture of the cut, or to the one before, and takes it in hand.
    pub(in crate::ui) fn go_to_shot(&mut self, direction: i32) {
        let strip = self.strip();
        let Some(clip) = self.graded_clip() else { return };
        let Some(at) = strip.iter().position(|(id, _)| *id == clip) else { return };
        let next = at.saturating_add_signed(if direction < 0 { -1 } else { 1 });
        if let Some((id, frame)) = strip.get(next).copied() {
            self.hold_clip(id, frame);
        }
    }

    /// Takes a clip in hand and shows its middle.
    pub(in crate::ui) fn hold_clip(&mut self, clip: Id, frame: i64) {
        self.selection.choose([clip]);
        self.go(frame);
    }

    /// The clips of the lowest picture track that has some, each with its middle frame.
    pub(in crate::ui) fn strip(&self) -> Vec<(Id, i64)> {
        let Some(sequence) = self.sequence() else { return Vec::new() };
        let reels = sequence
            .tracks
            .iter()
            .filter(|track| track.header.kind == timeline_format::track::TrackKind::Picture);
        let of = |track: &std::sync::Arc<timeline_format::Track>| {
            let reel = track.reel()?;
            let clips = reel.placed().filter(|(_, item)| item.clip.is_some());
            let found: Vec<_> =
                clips.map(|(start, item)| (item.id, start + item.length / 2)).collect();
            (!found.is_empty()).then_some(found)
        };
        reels.into_iter().find_map(of).unwrap_or_default()
    }

    /// The parameters of an operation.
    pub(in crate::ui) fn parameters_of(kind: &str) -> &'static [Parameter] {
        effects::named(kind).map_or(&[], |known| known.parameters)
    }
}
