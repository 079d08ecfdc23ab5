//! Razor: a cut where there was none.

use crate::edit::Edited;
use crate::edit::Refused;
use crate::edit::Scope;
use crate::edit::surgery::Work;
use std::collections::BTreeSet;
use timeline_format::{Id, IdSource, Timeline};

/// Where to cut.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Razor {
    /// The frame that becomes the first of the later part.
    pub at: i64,
    /// The tracks; `None` is all that are not locked.
    pub tracks: Option<Vec<Id>>,
}

/// Cuts clips in two at a frame, with what is linked to them. Nothing that is seen or heard
/// changes. The earlier part keeps the clip's id; the parts of a picture and its sound are linked
/// to each other.
///
/// ```text
/// |AAAA|BB|   razor 2   |AA|AA|BB|
/// |aaaa|bb|             |aa|aa|bb|
/// ```
pub fn razor(
    film: &Timeline,
    scope: Scope,
    edit: &Razor,
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    let mut work = Work::begin(film, scope, ids)?;
    for track in work.cut_tracks(edit)? {
        work.replace(track, edit.at..edit.at, Vec::new())?;
    }
    work.finish()
}

impl Work<'_> {
    /// The tracks where a clip is cut in two: those asked for, and those of linked partners.
    fn cut_tracks(&mut self, edit: &Razor) -> Result<BTreeSet<usize>, Refused> {
        let asked = match &edit.tracks {
            None => (0..self.sequence.tracks.len()).collect(),
            Some(tracks) => {
                tracks.iter().map(|id| self.track_index(*id)).collect::<Result<Vec<_>, _>>()?
            }
        };
        let mut cut = BTreeSet::new();
        for track in asked {
            if edit.tracks.is_some() {
                self.unlocked(track)?;
            } else if self.track(track)?.header.locked {
                continue;
            }
            let Some((index, start)) = self.track(track)?.reel().and_then(|reel| reel.at(edit.at))
            else {
                continue;
            };
            let Some(spot) = self.spot_at(track, index).filter(|_| start < edit.at) else {
                continue;
            };
            let across = |start: i64, end: i64| start < edit.at && edit.at < end;
            let spots = self.all_linked(spot.id())?;
            cut.extend(spots.iter().filter(|spot| across(spot.start, spot.end())).map(|s| s.track));
        }
        Ok(cut)
    }
}

#[cfg(test)]
mod tests {
    use crate::edit::drawn::{check, razored, razored_track, refused};

    #[test]
    fn a_razor_changes_no_frame() {
        check("|AAAA|BB|", razored(2), "|AA|AA|BB|\n 34 56 34");
        check("|AAAA|BB|\n|aaaa|bb|", razored(2), "|AA|AA|BB|\n|aa|aa|bb|\n 34 56 34");
        check("|AAAA|BB|\nL|wwwwww|", razored(2), "|AA|AA|BB|\nL|wwwwww|");
        check("|AAAA|BB|\n|wwwwww|", razored_track(2, "V1"), "|AA|AA|BB|\n|wwwwww|");
        check("|AAAA|BB|\n|aaaa|bb|", razored_track(2, "V1"), "|AA|AA|BB|\n|aa|aa|bb|");
        check("|AAAA|BB|", razored(4), "|AAAA|BB|");
        check("|AA|..|BB|", razored(3), "|AA|..|BB|");
        check("|AAAA|", razored(9), "|AAAA|");
        check("|/AA/|/BB|", razored(2), "|/A|A/|/BB|");
        refused("L|AAAA|", razored_track(2, "V1"), "locked");
    }
}
