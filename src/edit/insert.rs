//! Insert, overwrite, append: new material into the cut.

use crate::edit::Edited;
use crate::edit::Refused;
use crate::edit::Scope;
use crate::edit::footage::{handles_of, lacking};
use crate::edit::surgery::Work;
use std::sync::Arc;
use timeline_format::track::{Content, Place};
use timeline_format::{Clip, Frames, Id, IdSource, Item, Layered, Timeline};

/// Something to be laid on a track.
#[derive(Debug, Clone, PartialEq)]
pub struct Material {
    /// The track.
    pub track: Id,
    /// What is seen or heard.
    pub clip: Clip,
    /// For how many frames of the sequence.
    pub length: i64,
}

/// New material and its first frame. Parts are linked by giving their clips one `link`.
#[derive(Debug, Clone, PartialEq)]
pub struct Insert {
    /// The first frame of every part.
    pub at: i64,
    /// What goes on which track; a picture and its sounds, in most cases.
    pub parts: Vec<Material>,
}

/// Lays material in at a frame; what lies there and behind moves later, on every track that is
/// neither locked nor free of sync. Clips that lie across the frame are split.
///
/// ```text
/// |AAAA|BBBB|   insert CC at 2   |AA|CC|AA|BBBB|
/// |cccccccc|                     |cc|..|cccccc|
/// ```
pub fn insert(
    film: &Timeline,
    scope: Scope,
    edit: &Insert,
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    let mut work = Work::begin(film, scope, ids)?;
    let (targets, length) = work.check_parts(edit)?;
    work.open_split(edit.at, length, &targets)?;
    work.settle_layers()?;
    for (part, track) in edit.parts.iter().zip(&targets) {
        work.lay(*track, edit.at..edit.at, part, length)?;
    }
    work.finish()
}

/// Lays material over what lies there; nothing else moves.
///
/// ```text
/// |AAAA|BBBB|   overwrite CC at 3   |AAA|CC|BBB|
/// ```
pub fn overwrite(
    film: &Timeline,
    scope: Scope,
    edit: &Insert,
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    let mut work = Work::begin(film, scope, ids)?;
    let (targets, _) = work.check_parts(edit)?;
    for (part, track) in edit.parts.iter().zip(&targets) {
        work.lay(*track, edit.at..edit.at + part.length, part, part.length)?;
    }
    work.finish()
}

/// Lays material behind the last clip of its tracks; several parts start together, at the end of
/// the longest track.
///
/// ```text
/// |AAAA|   append BB   |AAAA|BB|
/// ```
pub fn append(
    film: &Timeline,
    scope: Scope,
    parts: &[Material],
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    let work = Work::begin(film, scope, ids)?;
    let mut at = 0;
    for part in parts {
        let track = work.track_index(part.track)?;
        at = at.max(work.reel(track)?.length());
    }
    overwrite(film, scope, &Insert { at, parts: parts.to_vec() }, ids)
}

impl Work<'_> {
    /// The tracks of the parts and the longest part, all of it checked.
    fn check_parts(&self, edit: &Insert) -> Result<(Vec<usize>, i64), Refused> {
        if edit.at < 0 {
            return Err(Refused::BeforeStart { what: "the material".to_owned(), frame: edit.at });
        }
        let mut targets: Vec<usize> = Vec::with_capacity(edit.parts.len());
        for part in &edit.parts {
            let track = self.track_index(part.track)?;
            self.unlocked(track)?;
            if targets.contains(&track) {
                return Err(Refused::Value(format!("track {} is given twice", part.track)));
            }
            if part.length < 1 {
                return Err(Refused::Empty { what: "a clip", length: part.length });
            }
            let item = Item::clip(self.scope.sequence, part.length, part.clip.clone());
            self.check_footage(track, edit.at, &item)?;
            targets.push(track);
        }
        let length = edit.parts.iter().map(|part| part.length).max();
        let length = length.ok_or(Refused::Empty { what: "an edit", length: 0 })?;
        edit.at.checked_add(length).ok_or(Refused::TooBig)?;
        Ok((targets, length))
    }

    /// Refuses a clip that its source cannot fill: `item`, at frame `at` of a track.
    pub(super) fn check_footage(&self, track: usize, at: i64, item: &Item) -> Result<(), Refused> {
        let Some(clip) = &item.clip else { return Ok(()) };
        let handles = handles_of(self.film, self.rate(), clip, item.length);
        let Some((edge, missing)) = lacking(handles.ok_or(Refused::TooBig)?) else { return Ok(()) };
        Err(Refused::NoMedia { site: self.site(track, Some(item), at), edge, missing })
    }

    /// Lays a part over `span` of a track; on a reel, it fills `length` frames.
    fn lay(
        &mut self,
        track: usize,
        span: std::ops::Range<i64>,
        part: &Material,
        length: i64,
    ) -> Result<(), Refused> {
        let id = self.ids.next_id();
        self.made.push(id);
        let start = span.start;
        if let Content::Free(layers) = &mut self.track_mut(track)?.content {
            let at = Place::Absolute(Frames::whole(start));
            let (length, clip) = (Frames::whole(part.length), part.clip.clone());
            layers.insert(id, Arc::new(Layered { at, length, clip }));
            return Ok(());
        }
        let mut items = vec![Item::clip(id, part.length, part.clip.clone())];
        if length > part.length {
            items.push(Item::gap(self.ids.next_id(), length - part.length));
        }
        self.replace(track, span, items)
    }
}

#[cfg(test)]
mod tests {
    use crate::edit::drawn::{appended, check, inserted, overwritten, refused};

    #[test]
    fn material_is_inserted_and_what_follows_moves() {
        check("|AAAA|BBBB|", inserted("CC", 0), "|CC|AAAA|BBBB|");
        check("|AAAA|BBBB|", inserted("CC", 4), "|AAAA|CC|BBBB|");
        check("|AAAA|BBBB|", inserted("CC", 8), "|AAAA|BBBB|CC|");
        check("|AAAA|", inserted("CC", 6), "|AAAA|..|CC|");
        check("|AAAA|BBBB|", inserted("CC", 2), "|AA|CC|AA|BBBB|\n 34 34 56 3456");
        check("|AA|..|BB|", inserted("C", 3), "|AA|.|C|.|BB|");
        check("|AAAA|", inserted("C", 2), "|AA|C|AA|");
    }

    #[test]
    fn other_tracks_open_with_an_insert() {
        check(
            "|AAAA|BBBB|\n|wwwwwwww|",
            inserted("CC", 2),
            "|AA|CC|AA|BBBB|\n|ww|..|wwwwww|\n 34    56789a",
        );
        check("|AAAA|\n|aaaa|", inserted("CC", 1), "|A|CC|AAA|\n|a|..|aaa|");
        check("|AAAA|\nL|wwww|", inserted("CC", 1), "|A|CC|AAA|\nL|wwww|");
        check("|AAAA|\nS|wwww|", inserted("CC", 1), "|A|CC|AAA|\nS|wwww|");
        check("|AAAA|\n|..|ww|", inserted("CC", 1), "|A|CC|AAA|\n|....|ww|");
        refused("L|AAAA|", inserted("CC", 1), "track V1 is locked");
        refused("|AAAA|", inserted("CC", -1), "before the sequence");
    }

    #[test]
    fn transitions_stay_where_their_cuts_do() {
        check("|AAA/|/BBB|CC|", inserted("D", 2), "|AA|D|A/|/BBB|CC|");
        check("|AAA/|/BBB|CC|", inserted("D", 6), "|AAA/|/B|D|BB|CC|");
        check("|AAA/|/BBB|CC|", inserted("D", 4), "|AAAA|D|BBBB|CC|");
        check("|AA//|//BB|", inserted("D", 7), "|AA//|//B|D|B|");
        check("|AA//|//BB|", inserted("D", 5), "|AAA/|/|D|BBB|");
    }

    #[test]
    fn material_is_laid_over() {
        check("|AAAA|BBBB|", overwritten("CC", 3), "|AAA|CC|BBB|\n 345 34 456");
        check("|AAAA|", overwritten("CC", 1), "|A|CC|A|\n 3 34 6");
        check("|AAAA|", overwritten("CC", 3), "|AAA|CC|");
        check("|AAAA|", overwritten("CC", 6), "|AAAA|..|CC|");
        check("|A|B|C|D|", overwritten("EE", 1), "|A|EE|D|");
        check("|AAAA|", overwritten("CCCC", 0), "|CCCC|");
        check("|AA|...|BB|", overwritten("C", 3), "|AA|.|C|.|BB|");
        check("|AAA/|/BBB|", overwritten("C", 5), "|AAA/|/|C|BB|");
        check("|AAAA|", appended("CC"), "|AAAA|CC|");
        refused("|AAAA|", overwritten(&"C".repeat(28), 0), "lacks 1 frames of source");
    }
}
