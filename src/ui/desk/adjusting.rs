//! What a hand adjusts by fields and handles: each of these is a part of its gesture, and the film follows.

use super::editing::for_each;
use super::{Desk, Other};
use crate::edit::{
    self, ChangeTransition, Duration, Edge, Edited, Keep, Refused, Ripple, Scope, SetDuration,
    SetSpeed, Short,
};
use std::collections::BTreeMap;
use timeline_format::track::TrackHeader;
use timeline_format::{Cut, Fade, Id, IdSource, Marker, Ratio, Timeline};

impl Desk {
    fn adjust_each(
        &mut self,
        name: &str,
        verb: impl Fn(&Timeline, Scope, Id, &mut IdSource) -> Result<Edited, Refused>,
    ) {
        let clips = self.subjects();
        self.edit_live(name, |film, scope, ids| for_each(film, scope, &clips, ids, verb));
    }

    /// Makes the chosen clips so many frames long; what follows moves.
    pub(in crate::ui) fn adjust_length(&mut self, frames: i64) {
        self.adjust_each("Length", |film, scope, clip, ids| {
            let duration = Duration::Frames(frames);
            let change = SetDuration { clip, duration, ripple: Ripple::Follow };
            edit::set_duration(film, scope, &change, ids)
        });
    }

    /// Sets the speed of the chosen clips, to a hundredth of a percent.
    pub(in crate::ui) fn adjust_speed(&mut self, speed: f64) {
        let Some(speed) = Ratio::new((speed * 10_000.0).round() as i128, 10_000) else { return };
        self.adjust_each("Speed", |film, scope, clip, ids| {
            let change = SetSpeed { clip, speed, keep: Keep::Source(Ripple::Follow) };
            edit::set_speed(film, scope, &change, ids)
        });
    }

    /// Sets a fade of a clip's sound; `None` takes it off.
    pub(in crate::ui) fn adjust_fade(&mut self, clip: Id, edge: Edge, fade: Option<Fade>) {
        let name = if edge == Edge::Head { "Fade in" } else { "Fade out" };
        self.edit_live(name, |film, scope, ids| {
            edit::set_fade(film, scope, (clip, edge, fade), ids)
        });
    }

    /// Changes the transition over a cut. Where handles are short it stays as it is, and why is said.
    pub(in crate::ui) fn adjust_transition(
        &mut self,
        name: &str,
        cut: Cut,
        change: impl FnOnce(&mut ChangeTransition),
    ) {
        let (Some(clip), edge) = super::side_of(cut) else { return };
        let mut wanted = ChangeTransition {
            clip,
            edge,
            kind: None,
            length: None,
            align: None,
            short: Short::Refuse,
            sampling: None,
            shape: None,
            values: BTreeMap::new(),
        };
        change(&mut wanted);
        self.edit_live(name, |film, scope, ids| edit::change_transition(film, scope, &wanted, ids));
    }

    /// Gives a gap a length; what follows moves.
    pub(in crate::ui) fn adjust_gap(&mut self, gap: Id, length: i64) {
        self.edit_live("Length of gap", |film, scope, ids| {
            edit::set_gap(film, scope, (gap, length), ids)
        });
        self.selection.choose_other(Other::Gap(gap));
    }

    /// Closes a gap; what follows moves.
    pub(in crate::ui) fn close_gap(&mut self, gap: Id) {
        self.edit("Close gap", |film, scope, ids| edit::set_gap(film, scope, (gap, 0), ids));
    }

    /// Changes a marker.
    pub(in crate::ui) fn adjust_marker(
        &mut self,
        name: &str,
        marker: Id,
        change: impl FnOnce(&mut Marker),
    ) {
        self.edit_live(name, |film, scope, ids| {
            edit::change_marker(film, scope, marker, change, ids)
        });
    }

    /// Changes what a track says of itself.
    pub(in crate::ui) fn adjust_track(
        &mut self,
        name: &str,
        track: Id,
        change: impl FnOnce(&mut TrackHeader),
    ) {
        self.edit_live(name, |film, scope, ids| edit::set_track(film, scope, track, change, ids));
    }
}
