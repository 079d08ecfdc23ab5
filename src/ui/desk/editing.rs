//! Edits of what is chosen or lies under the playhead. The verbs are those of [`crate::edit`]; here is
//! only which clips they are asked for.

use super::{Desk, Other, Wish};
use crate::edit::{
    self, AddTransition, Align, Duration, Edge, Edited, Keep, Lift, Manner, Move, Razor, Refused,
    Ripple, Roll, Scope, SetDuration, SetSpeed, Short, Slip, Trim,
};
use std::collections::BTreeMap;
use timeline_format::{Id, IdSource, Ratio, Timeline};

/// Frames of a dissolve unless one says otherwise: a second at film rates.
const DISSOLVE: i64 = 24;

impl Desk {
    /// Makes an edit and says what came of it; whether it was made.
    pub(in crate::ui) fn edit(
        &mut self,
        name: &str,
        verb: impl FnOnce(&Timeline, Scope, &mut IdSource) -> Result<Edited, Refused>,
    ) -> bool {
        let Some(scope) = self.scope() else { return false };
        let Some(film) = &mut self.film else { return false };
        match film.edit(name, scope, verb) {
            Ok(edited) => {
                edited.notes.iter().for_each(|note| self.notices.note(note));
                self.made = edited.made;
                self.film_changed();
                true
            }
            Err(refused) => {
                self.notices.trouble(format_args!("{name}: {refused}"));
                false
            }
        }
    }

    /// The sequence that is cut, and whether linked clips go along.
    pub(in crate::ui) fn scope(&self) -> Option<Scope> {
        let film = self.film.as_ref()?;
        Some(Scope { linked: self.linked, ..Scope::of(film.main()) })
    }

    /// The chosen clips; where none is, the one under the playhead.
    pub(super) fn subjects(&self) -> Vec<Id> {
        if self.selection.clips().is_empty() {
            return self.clip_at_playhead().into_iter().collect();
        }
        let lead = self.selection.lead();
        let others = self.selection.clips().iter().copied().filter(|clip| Some(*clip) != lead);
        lead.into_iter().chain(others).collect()
    }

    /// One edit of each of the subjects, as one step of the history.
    fn edit_each(
        &mut self,
        name: &str,
        verb: impl Fn(&Timeline, Scope, Id, &mut IdSource) -> Result<Edited, Refused>,
    ) -> bool {
        let subjects = self.subjects();
        self.edit(name, |film, scope, ids| for_each(film, scope, &subjects, ids, verb))
    }

    /// Takes the chosen clips out and leaves gaps.
    pub(in crate::ui) fn lift_clips(&mut self) {
        if self.remove_chosen_keys() {
            return;
        }
        if let Some((track, cut)) = self.selection.cut() {
            return self.remove_transition(track, cut);
        }
        let clips = self.subjects();
        self.edit("Lift", |film, scope, ids| edit::lift_clips(film, scope, &clips, ids));
    }

    /// Takes the chosen clips out and closes the gaps.
    pub(in crate::ui) fn ripple_delete(&mut self) {
        if let Some(Other::Gap(gap)) = self.selection.other() {
            return self.close_gap(gap);
        }
        let clips = self.subjects();
        self.edit("Ripple delete", |film, scope, ids| {
            edit::remove_clips(film, scope, &clips, Ripple::Follow, ids)
        });
    }

    /// Empties the marked span of the targeted tracks.
    pub(in crate::ui) fn lift_span(&mut self) {
        if let Some(lift) = self.span_of_targets() {
            self.edit("Lift", |film, scope, ids| edit::lift(film, scope, &lift, ids));
        }
    }

    /// Empties the marked span of the targeted tracks and closes it.
    pub(in crate::ui) fn extract_span(&mut self) {
        if let Some(lift) = self.span_of_targets()
            && self.edit("Extract", |film, scope, ids| edit::extract(film, scope, &lift, ids))
        {
            self.clear_film_marks();
            self.go(lift.span.start);
        }
    }

    fn span_of_targets(&self) -> Option<Lift> {
        Some(Lift { span: self.span()?, tracks: self.targets.iter().copied().collect() })
    }

    /// Cuts the clips of the targeted tracks, or of all, in two at the playhead.
    pub(in crate::ui) fn razor(&mut self, everywhere: bool) {
        let at = self.position();
        let tracks = (!everywhere).then(|| self.targets.iter().copied().collect());
        let razor = Razor { at, tracks };
        self.edit("Razor", |film, scope, ids| edit::razor(film, scope, &razor, ids));
    }

    /// Cuts the clips of a track, or of all, in two at a frame.
    pub(in crate::ui) fn razor_at(&mut self, at: i64, track: Option<Id>) {
        let razor = Razor { at, tracks: track.map(|track| vec![track]) };
        self.edit("Razor", |film, scope, ids| edit::razor(film, scope, &razor, ids));
    }

    /// Trims the head (or tail) of the clip under the playhead to the playhead; what follows moves.
    pub(in crate::ui) fn trim_to_playhead(&mut self, edge: Edge) {
        let Some((clip, span)) = self.clip_span_at_playhead() else { return };
        let at = self.position();
        let by = match edge {
            Edge::Head => at - span.start,
            Edge::Tail => at - span.end,
        };
        if by == 0 {
            return;
        }
        let trim = Trim { clip, edge, by };
        let name =
            if edge == Edge::Head { "Trim head to playhead" } else { "Trim tail to playhead" };
        if self.edit(name, |film, scope, ids| edit::ripple_trim(film, scope, &trim, ids))
            && edge == Edge::Head
        {
            self.go(span.start);
        }
    }

    /// Moves the cut that is nearest to the playhead to it.
    pub(in crate::ui) fn roll_to_playhead(&mut self) {
        let Some((clip, span)) = self.clip_span_at_playhead() else { return };
        let at = self.position();
        let (edge, by) = if at - span.start < span.end - at {
            (Edge::Head, at - span.start)
        } else {
            (Edge::Tail, at - span.end)
        };
        let roll = Roll { clip, edge, by };
        if by != 0 {
            self.edit("Roll to playhead", |film, scope, ids| edit::roll(film, scope, &roll, ids));
        }
    }

    /// Moves the chosen clips along their tracks.
    pub(in crate::ui) fn nudge(&mut self, by: i64) {
        if self.nudge_keys(by) {
            return;
        }
        let clips = self.subjects();
        let movement = Move { clips, by, track: None, manner: Manner::Overwrite };
        self.edit("Nudge", |film, scope, ids| edit::move_clips(film, scope, &movement, ids));
    }

    /// Moves the chosen cut, or the tail of the chosen clips, with what follows.
    pub(in crate::ui) fn trim_by(&mut self, by: i64) {
        if let Some((track, cut)) = self.selection.cut() {
            let (clip, edge) = super::side_of(cut);
            let Some(clip) = clip else { return };
            let roll = Roll { clip, edge, by };
            self.edit("Roll", |film, scope, ids| edit::roll(film, scope, &roll, ids));
            return self.selection.choose_cut(track, cut);
        }
        self.edit_each("Trim", |film, scope, clip, ids| {
            edit::ripple_trim(film, scope, &Trim { clip, edge: Edge::Tail, by }, ids)
        });
    }

    /// Shows another part of the chosen clips' sources.
    pub(in crate::ui) fn slip_by(&mut self, by: i64) {
        self.edit_each("Slip", |film, scope, clip, ids| {
            edit::slip(film, scope, &Slip { clip, by }, ids)
        });
    }

    /// Makes the chosen clips exactly this long; what follows moves.
    pub(in crate::ui) fn set_length(&mut self, text: &str) {
        match Duration::parse(text) {
            Ok(duration) => {
                self.edit_each("Set length", |film, scope, clip, ids| {
                    let duration = duration.clone();
                    let change = SetDuration { clip, duration, ripple: Ripple::Follow };
                    edit::set_duration(film, scope, &change, ids)
                });
            }
            Err(refused) => self.notices.trouble(refused),
        }
    }

    /// Sets the speed of the chosen clips; `1/2`, `-1`, `2.5` or `150%`.
    pub(in crate::ui) fn set_speed(&mut self, text: &str) {
        let Some(speed) = speed_of(text) else {
            let words = "is no speed: write 2, 0.5, 1/2, 150% or -1";
            return self.notices.trouble(format_args!("{text:?} {words}"));
        };
        self.edit_each("Set speed", |film, scope, clip, ids| {
            let change = SetSpeed { clip, speed, keep: Keep::Source(Ripple::Follow) };
            edit::set_speed(film, scope, &change, ids)
        });
    }

    /// Plays the chosen clips backwards.
    pub(in crate::ui) fn reverse(&mut self) {
        self.edit_each("Reverse", edit::reverse);
    }

    /// Lays a dissolve over the chosen cut, or over the cut that is nearest to the playhead.
    pub(in crate::ui) fn add_dissolve(&mut self) {
        self.add_transition("dissolve");
    }

    /// Lays a transition over the chosen cut, or over the cut that is nearest to the playhead.
    pub(in crate::ui) fn add_transition(&mut self, kind: &str) {
        let Some((clip, edge)) = self.cut_to_work_on() else {
            return self.notices.trouble("there is no cut to lay a transition over: choose one");
        };
        self.lay_transition(Wish::Add(AddTransition {
            clip,
            edge,
            kind: kind.to_owned(),
            length: DISSOLVE,
            align: Align::Centre,
            short: Short::Refuse,
            shape: None,
            values: BTreeMap::new(),
        }));
    }

    /// Makes the transition over a cut another one of the catalogue.
    pub(in crate::ui) fn change_transition(&mut self, cut: timeline_format::Cut, kind: &str) {
        let (Some(clip), edge) = super::side_of(cut) else { return };
        self.lay_transition(Wish::Change(edit::ChangeTransition {
            clip,
            edge,
            kind: Some(kind.to_owned()),
            length: None,
            align: None,
            short: Short::Refuse,
            sampling: None,
            shape: None,
            values: BTreeMap::new(),
        }));
    }

    fn remove_transition(&mut self, _: Id, cut: timeline_format::Cut) {
        let (Some(clip), edge) = super::side_of(cut) else { return };
        self.edit("Remove transition", |film, scope, ids| {
            edit::remove_transition(film, scope, (clip, edge), ids)
        });
    }

    fn cut_to_work_on(&self) -> Option<(Id, Edge)> {
        if let Some((_, cut)) = self.selection.cut() {
            let (clip, edge) = super::side_of(cut);
            return Some((clip?, edge));
        }
        let (clip, span) = self.clip_span_at_playhead()?;
        let at = self.position();
        let edge = if at - span.start <= span.end - at { Edge::Head } else { Edge::Tail };
        Some((clip, edge))
    }

    /// Links the chosen clips: picture and sound that go together.
    pub(in crate::ui) fn link(&mut self) {
        let clips = self.subjects();
        self.edit("Link", |film, scope, ids| edit::link(film, scope, &clips, ids));
    }

    /// Unlinks the chosen clips.
    pub(in crate::ui) fn unlink(&mut self) {
        let clips = self.subjects();
        self.edit("Unlink", |film, scope, ids| edit::unlink(film, scope, &clips, ids));
    }

    /// Groups the chosen clips.
    pub(in crate::ui) fn group(&mut self) {
        let clips = self.subjects();
        self.edit("Group", |film, scope, ids| edit::group(film, scope, &clips, ids));
    }

    /// Takes the groups of the chosen clips apart.
    pub(in crate::ui) fn ungroup(&mut self) {
        let clips = self.subjects();
        self.edit("Ungroup", |film, scope, ids| edit::ungroup(film, scope, &clips, ids));
    }

    /// Switches the chosen clips off, or on if the first is off.
    pub(in crate::ui) fn toggle_enabled(&mut self) {
        let clips = self.subjects();
        let Some(first) = clips.first().and_then(|clip| self.clip(*clip)) else { return };
        let disabled = !first.disabled;
        let name = if disabled { "Switch off" } else { "Switch on" };
        self.edit(name, |film, scope, ids| {
            edit::set_disabled(film, scope, (&clips, disabled), ids)
        });
    }

    /// Goes back one edit.
    pub(in crate::ui) fn undo(&mut self) {
        if let Some(name) = self.film.as_mut().and_then(super::Film::undo) {
            self.notices.note(format_args!("Undone: {name}"));
            self.film_changed();
        }
    }

    /// Makes the last undone edit again.
    pub(in crate::ui) fn redo(&mut self) {
        if let Some(name) = self.film.as_mut().and_then(super::Film::redo) {
            self.notices.note(format_args!("Done again: {name}"));
            self.film_changed();
        }
    }
}

/// One edit of each of `clips`, as one; of linked ones, of the first.
pub(super) fn for_each(
    film: &Timeline,
    scope: Scope,
    clips: &[Id],
    ids: &mut IdSource,
    verb: impl Fn(&Timeline, Scope, Id, &mut IdSource) -> Result<Edited, Refused>,
) -> Result<Edited, Refused> {
    let mut sum = Edited::plain(film.clone());
    let mut done: Vec<Id> = Vec::new();
    for clip in clips {
        if scope.linked && is_partner_of(film, *clip, &done) {
            continue;
        }
        let edited = verb(&sum.timeline, scope, *clip, ids)?;
        sum.timeline = edited.timeline;
        sum.notes.extend(edited.notes);
        sum.made.extend(edited.made);
        sum.orders.extend(edited.orders);
        done.push(*clip);
    }
    Ok(sum)
}

/// Whether `clip` is linked to one of `done`.
fn is_partner_of(film: &Timeline, clip: Id, done: &[Id]) -> bool {
    let link = |clip: Id| film.main().and_then(|main| main.clip(clip)).and_then(|clip| clip.link);
    link(clip).is_some_and(|own| done.iter().any(|other| link(*other) == Some(own)))
}

/// A speed as people write it.
fn speed_of(text: &str) -> Option<Ratio> {
    let text = text.trim();
    let (number, over) = match text.strip_suffix('%') {
        Some(number) => (number.trim_end(), 100),
        None => (text, 1),
    };
    let decimal = |text: &str| -> Option<Ratio> {
        if let Ok(ratio) = text.parse() {
            return Some(ratio);
        }
        let (whole, part) = text.split_once('.')?;
        let digits: i128 = format!("{whole}{part}").parse().ok()?;
        Ratio::new(digits, 10_i128.checked_pow(part.len().try_into().ok()?)?)
    };
    decimal(number)?.over(Ratio::whole(over)).filter(|speed| *speed != Ratio::ZERO)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn speeds_are_read_as_they_are_written() {
        let half = Ratio::new(1, 2);
        for text in ["0.5", "1/2", "50%", " 50 %"] {
            assert_eq!(speed_of(text), half, "{text}");
        }
        assert_eq!(speed_of("-1"), Some(Ratio::whole(-1)));
        assert_eq!(speed_of("-2.5"), Ratio::new(-5, 2));
        for text in ["", "0", "fast", "1.x"] {
            assert_eq!(speed_of(text), None, "{text}");
        }
    }
}
