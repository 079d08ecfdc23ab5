//! Slip: another part of the source, in the same place.

use crate::edit::Edge;
use crate::edit::Edited;
use crate::edit::Refused;
use crate::edit::Scope;
use crate::edit::footage::Footage;
use crate::edit::surgery::{Spot, Work};
use timeline_format::{Clip, Id, IdSource, Ratio, Timeline};

/// A clip, and how far its source moves under it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slip {
    /// The clip; what is linked to it slips alike.
    pub clip: Id,
    /// Frames of the sequence; above 0 a later part of the source is shown.
    pub by: i64,
}

/// Shows a later (or earlier) part of the source; place and length stay.
///
/// ```text
/// |AAAA|   slip by 2   |AAAA|
///  3456                 5678
/// ```
pub fn slip(
    film: &Timeline,
    scope: Scope,
    edit: &Slip,
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    let mut work = Work::begin(film, scope, ids)?;
    for spot in work.all_linked(edit.clip)? {
        work.slip_clip(&spot, edit.by)?;
    }
    work.finish()
}

impl Work<'_> {
    fn slip_clip(&mut self, spot: &Spot, by: i64) -> Result<(), Refused> {
        let backwards = spot.clip.speed < Ratio::ZERO;
        let edge = if (by > 0) == backwards { Edge::Head } else { Edge::Tail };
        self.need_media(spot, edge, by.checked_abs().ok_or(Refused::TooBig)?)?;
        let clip = self.slipped(&spot.clip, by).ok_or(Refused::TooBig)?;
        self.change(spot, spot.length(), clip)
    }

    fn slipped(&self, clip: &Clip, by: i64) -> Option<Clip> {
        let footage = Footage::of(self.film, self.rate(), &clip.source);
        let frozen = clip.speed == Ratio::ZERO;
        let speed = if frozen { Ratio::ONE } else { clip.speed.abs()? };
        let way = footage.step(speed, self.rate())?.times(Ratio::whole(by))?;
        let mut source_in = clip.source_in.plus(way)?;
        if frozen {
            source_in = footage.first.map_or(source_in, |first| source_in.max(first));
            let last = footage.end.and_then(|end| end.minus(Ratio::ONE));
            source_in = last.map_or(source_in, |last| source_in.min(last));
        }
        Some(Clip { source_in, ..clip.clone() })
    }
}

#[cfg(test)]
mod tests {
    use crate::edit::drawn::{check, refused, slipped};

    #[test]
    fn a_slip_moves_the_source_alone() {
        check("|AAAA|BB|", slipped("A", 2), "|AAAA|BB|\n 5678 34");
        check("|AAAA|\n|aaaa|", slipped("A", -3), "|AAAA|\n 0123\n|aaaa|\n 0123");
        refused("|AAAA|", slipped("A", -4), "lacks 1 frames of source at its head");
        refused("|AAAA|", slipped("A", 24), "lacks 1 frames of source at its tail");
        check("|AA//|//BB|", slipped("B", -2), "|AAA/|//BB|\n 3456 1234");
    }
}
