//! Replace: another source in the same place.

use crate::edit::Edited;
use crate::edit::Refused;
use crate::edit::Scope;
use crate::edit::surgery::{Spot, Work};
use crate::edit::sync::zero;
use timeline_format::{Clip, Frames, Id, IdSource, Item, Ratio, Source, Timeline};

/// A clip and what it is to show.
#[derive(Debug, Clone, PartialEq)]
pub struct Replace {
    /// The clip; linked clips that show the same source get the new one too.
    pub clip: Id,
    /// What it is to show.
    pub source: Source,
    /// The first source frame; `None` keeps the number that it has. Linked clips stay in sync.
    pub source_in: Option<Frames>,
}

/// Shows another source in the place of a clip: its length, its treatment and its cuts stay.
///
/// ```text
/// |AAAA|BB|   replace A by C   |CCCC|BB|
/// ```
pub fn replace_source(
    film: &Timeline,
    scope: Scope,
    edit: &Replace,
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    check_source(film, scope, &edit.source)?;
    let mut work = Work::begin(film, scope, ids)?;
    let spots = work.all_linked(edit.clip)?;
    let old = spots.first().map(|lead| lead.clip.source.clone());
    for spot in spots.iter().filter(|spot| Some(&spot.clip.source) == old.as_ref()) {
        let clip = work.replaced(&spots[0], spot, edit).ok_or(Refused::TooBig)?;
        let item = Item::clip(spot.id(), spot.length(), clip.clone());
        work.check_footage(spot.track, spot.start, &item)?;
        work.change(spot, spot.length(), clip)?;
    }
    work.finish()
}

impl Work<'_> {
    /// What `spot` shows instead: the first clip begins where the edit says, and the others stay
    /// with it as they were.
    fn replaced(&self, lead: &Spot, spot: &Spot, edit: &Replace) -> Option<Clip> {
        let with = |clip: &Clip, source_in| Clip {
            source: edit.source.clone(),
            source_in,
            ..clip.clone()
        };
        let first = with(&lead.clip, edit.source_in.unwrap_or(lead.clip.source_in));
        if spot.id() == lead.id() {
            return Some(first);
        }
        let own = with(&spot.clip, edit.source_in.unwrap_or(spot.clip.source_in));
        let (was, is) = (self.step(&spot.clip).ok()?, self.step(&own).ok()?);
        if spot.clip.speed != lead.clip.speed || is == Ratio::ZERO {
            return Some(own);
        }
        let (led, span) = (lead.start..lead.end(), spot.start..spot.end());
        let late =
            zero(&spot.clip, was, span.clone())?.minus(zero(&lead.clip, was, led.clone())?)?;
        let begins = zero(&first, is, led)?.plus(late)?;
        let unmoved = zero(&Clip { source_in: Frames::ZERO, ..own.clone() }, is, span)?;
        Some(Clip { source_in: unmoved.minus(begins)?.times(is)?, ..own })
    }
}

/// Refuses a source that the film has not, or that holds the sequence it is laid in.
pub(super) fn check_source(film: &Timeline, scope: Scope, source: &Source) -> Result<(), Refused> {
    let (found, what, id) = match source {
        Source::Shot(id) => (film.shots.contains_key(id), "shot", *id),
        Source::Media(id) => (film.media.contains_key(id), "media", *id),
        Source::Sequence(id) => (film.sequences.contains_key(id), "sequence", *id),
        Source::Generator(_) => return Ok(()),
    };
    if !found {
        return Err(Refused::NoSuch { what, id });
    }
    if matches!(source, Source::Sequence(_)) && holds(film, id, scope.sequence) {
        return Err(Refused::Loop { sequence: scope.sequence });
    }
    Ok(())
}

/// Whether `outer` is `inner`, or shows it at some depth.
fn holds(film: &Timeline, outer: Id, inner: Id) -> bool {
    let mut open = vec![outer];
    let mut seen = std::collections::BTreeSet::new();
    while let Some(id) = open.pop() {
        if id == inner {
            return true;
        }
        if seen.insert(id)
            && let Some(sequence) = film.sequences.get(&id)
        {
            open.extend(nested_in(sequence));
        }
    }
    false
}

/// The sequences that a sequence shows.
fn nested_in(sequence: &timeline_format::Sequence) -> Vec<Id> {
    let of_clip = |clip: &Clip| match clip.source {
        Source::Sequence(id) => Some(id),
        _ => None,
    };
    let mut found = Vec::new();
    for track in &sequence.tracks {
        let items = track.reel().into_iter().flat_map(timeline_format::Reel::iter);
        found.extend(items.filter_map(|item| item.clip.as_deref()).filter_map(of_clip));
        let layers = track.layers().into_iter().flat_map(|layers| layers.values());
        found.extend(layers.filter_map(|layer| of_clip(&layer.clip)));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::drawn::{Verb, check, clip_id, id, media_id, refused};

    fn replaced(name: &str, source: Source, source_in: Option<i64>) -> Verb {
        let source_in = source_in.map(Frames::whole);
        let edit = Replace { clip: clip_id(name), source, source_in };
        Box::new(move |film, scope, ids| replace_source(film, scope, &edit, ids))
    }

    #[test]
    fn another_source_takes_the_place() {
        let c = || Source::Media(media_id('c'));
        check("|AAA/|/B|", replaced("A", c(), None), "|CCC/|/B|\n 3456 34");
        check("|AA|\n|aa|", replaced("A", c(), Some(7)), "|CC|\n 78\n|cc|\n 78");
        let j = "|.|AA|\n   45\n|aaa|\n 345";
        check(j, replaced("A", c(), Some(7)), "|.|CC|\n   78\n|ccc|\n 678");
        refused("|AAAA|", replaced("A", c(), Some(27)), "lacks 1 frames");
        refused("|AA|", replaced("A", Source::Media(id("none")), None), "no media none");
        refused("|AA|", replaced("A", Source::Sequence(id("main")), None), "show itself");
    }
}
