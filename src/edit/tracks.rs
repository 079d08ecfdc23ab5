//! Tracks: added, removed, put in another order, locked, named.

use crate::edit::Edited;
use crate::edit::Refused;
use crate::edit::Scope;
use crate::edit::surgery::Work;
use std::sync::Arc;
use timeline_format::track::{TrackHeader, TrackKind};
use timeline_format::{Id, IdSource, Role, Timeline, Track};

/// A track to add.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddTrack {
    /// Its place from the bottom up; past the end is the top.
    pub index: usize,
    /// Picture or sound.
    pub kind: TrackKind,
    /// Free items that may overlap, or clips one after the other.
    pub is_free: bool,
    /// What it is called.
    pub name: String,
    /// What it is for.
    pub role: Option<Role>,
}

/// Adds an empty track. Its id is in [`Edited::made`].
pub fn add_track(
    film: &Timeline,
    scope: Scope,
    edit: &AddTrack,
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    let mut work = Work::begin(film, scope, ids)?;
    let id = work.ids.next_id();
    let new = if edit.is_free { Track::free } else { Track::sequential };
    let mut track = new(id, edit.kind);
    track.header.name.clone_from(&edit.name);
    track.header.role = edit.role;
    let index = edit.index.min(work.sequence.tracks.len());
    work.sequence.tracks.insert(index, Arc::new(track));
    work.made.push(id);
    work.finish()
}

/// Removes a track with what is on it. Free items of other tracks that were anchored to its clips
/// stay where they are, with a note.
pub fn remove_track(
    film: &Timeline,
    scope: Scope,
    track: Id,
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    let mut work = Work::begin(film, scope, ids)?;
    let index = work.track_index(track)?;
    work.unlocked(index)?;
    let clips: Vec<Id> = match work.track(index)?.reel() {
        Some(reel) => reel.iter().filter(|item| !item.is_gap()).map(|item| item.id).collect(),
        None => Vec::new(),
    };
    work.sequence.tracks.remove(index);
    work.handled.extend(clips.into_iter().map(|clip| (clip, usize::MAX)));
    work.finish()
}

/// Puts a track elsewhere in the order; `index` counts from the bottom, past the end is the top.
pub fn move_track(
    film: &Timeline,
    scope: Scope,
    (track, index): (Id, usize),
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    let mut work = Work::begin(film, scope, ids)?;
    let from = work.track_index(track)?;
    let moved = work.sequence.tracks.remove(from);
    let index = index.min(work.sequence.tracks.len());
    work.sequence.tracks.insert(index, moved);
    work.finish()
}

/// Locks a track against edits, or unlocks it.
pub fn lock_track(
    film: &Timeline,
    scope: Scope,
    (track, locked): (Id, bool),
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    set_track(film, scope, track, |header| header.locked = locked, ids)
}

/// Ties a track to the ripples of others, or frees it of them.
pub fn sync_track(
    film: &Timeline,
    scope: Scope,
    (track, in_sync): (Id, bool),
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    set_track(film, scope, track, |header| header.sync_free = !in_sync, ids)
}

/// Changes what a track says of itself: name, role, hidden, level, routing. A locked track can be
/// unlocked, renamed and mixed; its clips stay as they are. Picture stays picture.
pub fn set_track(
    film: &Timeline,
    scope: Scope,
    track: Id,
    change: impl FnOnce(&mut TrackHeader),
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    let mut work = Work::begin(film, scope, ids)?;
    let index = work.track_index(track)?;
    let mut header = work.track(index)?.header.clone();
    let kind = header.kind;
    change(&mut header);
    header.kind = kind;
    if let Some(track) = work.sequence.tracks.get_mut(index) {
        Arc::make_mut(track).header = header;
    }
    work.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::drawn::{check, id, refused};

    #[test]
    fn tracks_come_go_and_change_places() {
        let add = AddTrack {
            index: 1,
            kind: TrackKind::Picture,
            is_free: false,
            name: "Plates".to_owned(),
            role: None,
        };
        let edited = check(
            "|AA|\n|BB|",
            Box::new(move |f, s, ids| add_track(f, s, &add, ids)),
            "|AA|\n|\n|BB|",
        );
        let sequence = edited.timeline.main().unwrap();
        assert_eq!(sequence.track(edited.made[0]).unwrap().0, 1);
        check("|AA|\n|BB|", Box::new(|f, s, ids| remove_track(f, s, id("v1"), ids)), "|BB|");
        check(
            "|AA|\n|BB|\n|CC|",
            Box::new(|f, s, ids| move_track(f, s, (id("v1"), 9), ids)),
            "|BB|\n|CC|\n|AA|",
        );
        refused("L|AA|", Box::new(|f, s, ids| remove_track(f, s, id("v1"), ids)), "locked");
        refused("|AA|", Box::new(|f, s, ids| remove_track(f, s, id("v9"), ids)), "no track v9");
    }

    #[test]
    fn locks_and_sync_are_switched() {
        check("|AA|", Box::new(|f, s, ids| lock_track(f, s, (id("v1"), true), ids)), "L|AA|");
        check("L|AA|", Box::new(|f, s, ids| lock_track(f, s, (id("v1"), false), ids)), "|AA|");
        check("|AA|", Box::new(|f, s, ids| sync_track(f, s, (id("v1"), false), ids)), "S|AA|");
    }
}
