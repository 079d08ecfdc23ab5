//! Clips that were cut or copied, and how they come back.

use super::Desk;
use crate::edit::{self, Insert, Material, Ripple};
use timeline_format::{Clip, Id};

/// Clips that were cut or copied: their tracks, places from the earliest, lengths.
#[derive(Debug, Clone, Default)]
pub(super) struct Clipboard(Vec<Copied>);

#[derive(Debug, Clone)]
struct Copied {
    track: Id,
    after: i64,
    length: i64,
    clip: Clip,
}

impl Desk {
    /// Whether there is something to paste.
    pub(in crate::ui) fn can_paste(&self) -> bool {
        !self.clipboard.0.is_empty()
    }

    /// Copies the chosen clips of sequential tracks.
    pub(in crate::ui) fn copy_clips(&mut self) {
        let Some(sequence) = self.sequence() else { return };
        let copied = self.selection.clips().iter().filter_map(|id| {
            let found = sequence.find(*id)?;
            let track = sequence.tracks.get(found.track)?;
            let (index, reel) = (found.index?, track.reel()?);
            let item = reel.get(index)?;
            let clip = (**item.clip.as_ref()?).clone();
            let after = reel.start_of(index)?;
            Some(Copied { track: track.id, after, length: item.length, clip })
        });
        let mut copied: Vec<Copied> = copied.collect();
        let first = copied.iter().map(|one| one.after).min().unwrap_or(0);
        copied.iter_mut().for_each(|one| one.after -= first);
        if !copied.is_empty() {
            self.clipboard = Clipboard(copied);
        }
    }

    /// Copies the chosen clips and takes them out, closing the gaps.
    pub(in crate::ui) fn cut_clips(&mut self) {
        self.copy_clips();
        let clips: Vec<Id> = self.selection.clips().iter().copied().collect();
        self.edit("Cut", |film, scope, ids| {
            edit::remove_clips(film, scope, &clips, Ripple::Stay, ids)
        });
    }

    /// Lays what was copied over what lies at the playhead.
    pub(in crate::ui) fn paste_clips(&mut self) {
        let Clipboard(copied) = self.clipboard.clone();
        let at = self.position();
        let pasted = self.edit("Paste", |film, scope, ids| {
            let mut sum = edit::Edited::plain(film.clone());
            let mut links = std::collections::BTreeMap::new();
            for one in copied {
                let mut clip = one.clip;
                let fresh =
                    clip.link.map(|link| *links.entry(link).or_insert_with(|| ids.next_id()));
                (clip.link, clip.group) = (fresh, None);
                let part = Material { track: one.track, clip, length: one.length };
                let insert = Insert { at: at + one.after, parts: vec![part] };
                let edited = edit::overwrite(&sum.timeline, scope, &insert, ids)?;
                sum.timeline = edited.timeline;
                sum.notes.extend(edited.notes);
                sum.made.extend(edited.made);
            }
            Ok(sum)
        });
        if pasted {
            let made = std::mem::take(&mut self.made);
            self.selection.choose(made);
        }
    }
}
