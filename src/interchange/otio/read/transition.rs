//! Transitions: keyed by their cuts, no longer than what lies on either side.

use super::{Note, Reader};
use crate::interchange::otio::object::{Object, keep, leftover, ours, text};
use crate::interchange::otio::json;
use crate::interchange::{NoteKind, Place};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;
use timeline_format::transition::{Handles, Sampling};
use timeline_format::{Frames, Rate, Reel, Track, Transition};

impl Reader<'_> {
    /// Puts the transitions of a file, each with the index of the item that it stands before, on a
    /// sequential track.
    pub(super) fn transitions(
        &mut self,
        track: &mut Track,
        found: &[(usize, &Object, String)],
        rate: Rate,
    ) {
        let Some(reel) = track.reel().cloned() else { return };
        let mut lengths: Vec<i64> = reel.iter().map(|item| item.length).collect();
        for (index, object, path) in found {
            let place = Place {
                object: path.clone(),
                item: text(object, "name").to_owned(),
                frame: reel.start_of(*index),
                ..self.place.clone()
            };
            let outer = std::mem::replace(&mut self.place, place);
            let path = std::mem::replace(&mut self.path, vec![path.clone()]);
            self.transition(track, &reel, &mut lengths, *index, object, rate);
            (self.place, self.path) = (outer, path);
        }
    }

    /// One transition; `left` is what other transitions leave of each item.
    fn transition(
        &mut self,
        track: &mut Track,
        reel: &Reel,
        left: &mut [i64],
        index: usize,
        object: &Object,
        rate: Rate,
    ) {
        let stated = [self.offset(object, "in_offset", rate), self.offset(object, "out_offset", rate)];
        let cut = track.cut_at(index).filter(|cut| cut.from.is_some() || cut.to.is_some());
        let Some(cut) = cut.filter(|cut| !track.transitions.contains_key(cut)) else {
            let what = "a transition without a cut of its own (no clip beside it, or two in a row)";
            self.set_aside(track, index, object, what);
            return;
        };
        let room = |side: Option<usize>| side.and_then(|side| left.get(side).copied()).unwrap_or(0);
        let before = stated[0].min(room(index.checked_sub(1)));
        let after = stated[1].min(room(Some(index)));
        if before + after == 0 {
            self.set_aside(track, index, object, "a transition that lasts no frame");
            return;
        }
        let mut transition = self.transition_of(object, before, after);
        if [before, after] != stated {
            let [stated_before, stated_after] = stated;
            let what = format!(
                "a transition of {stated_before} and {stated_after} frames has room for {before} \
                 and {after} (the ends of the track, short neighbours, other transitions)"
            );
            self.note(NoteKind::Changed, what);
            let trimmed = json!({ "from": stated, "to": [before, after] });
            keep(&mut transition.extra, Object::from_iter([("trimmed".to_owned(), trimmed)]));
        }
        if let Some(side) = index.checked_sub(1) {
            left[side] -= before;
        }
        if let Some(left) = left.get_mut(index) {
            *left -= after;
        }
        debug_assert!(index <= reel.count());
        track.transitions.insert(cut, Arc::new(transition));
    }

    fn offset(&mut self, object: &Object, field: &str, rate: Rate) -> i64 {
        let time = self.time(object, field).and_then(|time| time.on(rate));
        let frames = time.unwrap_or(Frames::ZERO);
        if frames.as_whole().is_none() || frames < Frames::ZERO {
            let what = format!("its {field} of {frames} frames is put on a whole frame");
            self.note(NoteKind::Changed, what);
        }
        frames.round().max(0)
    }

    /// The transition of an object: our own record, a dissolve, or a foreign kind that is kept.
    fn transition_of(&mut self, object: &Object, before: i64, after: i64) -> Transition {
        const KNOWN: &[&str] = &["in_offset", "out_offset", "transition_type"];
        let id = self.claim(ours(object, "id"));
        let own = ours(object, "transition").and_then(Value::as_object).cloned();
        let own = own.and_then(|mut own| {
            own.insert("before".to_owned(), json!(before));
            own.insert("after".to_owned(), json!(after));
            let restored = serde_json::from_value::<Transition>(Value::Object(own)).ok()?;
            Some(Transition { id, ..restored })
        });
        let named = text(object, "transition_type");
        let kind = match named {
            "SMPTE_Dissolve" | "" => "dissolve".to_owned(),
            other => format!("x:otio.{other}"),
        };
        let is_ours = own.is_some();
        let mut transition = own.unwrap_or_else(|| Transition {
            id,
            kind,
            before,
            after,
            sampling: Sampling::Centre,
            shape: None,
            handles: Handles::Real,
            values: BTreeMap::new(),
            extra: timeline_format::Extra::new(),
        });
        if !is_ours && transition.kind != "dissolve" {
            self.note(NoteKind::Kept, format!("a transition {named:?} is shown as a dissolve"));
        }
        keep(&mut transition.extra, leftover(object, KNOWN));
        transition
    }

    /// Keeps a transition that has no effect.
    fn set_aside(&mut self, track: &mut Track, index: usize, object: &Object, what: &str) {
        let place = Place { object: self.path.join("."), ..self.place.clone() };
        self.notes.push(Note { kind: NoteKind::Kept, place, text: what.to_owned() });
        let count = track.reel().map_or(0, Reel::count);
        let record = json!({ "index": index, "count": count, "object": json::pack(&Value::Object(object.clone())) });
        let kept = crate::interchange::otio::object::kept(&track.header.extra, "transitions");
        let mut all = kept.and_then(Value::as_array).cloned().unwrap_or_default();
        all.push(record);
        let fields = Object::from_iter([("transitions".to_owned(), Value::Array(all))]);
        keep(&mut track.header.extra, fields);
    }
}
