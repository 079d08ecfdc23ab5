//! A gap made longer, shorter, or closed.

use crate::edit::Edited;
use crate::edit::Refused;
use crate::edit::Scope;
use crate::edit::surgery::Work;
use timeline_format::{Id, IdSource, Item, Timeline};

/// Gives a gap a length; 0 closes it. What follows moves, on every track that is neither locked nor free of
/// sync; where another track has no gap to give up, the edit is refused.
///
/// ```text
/// |AA|....|BB|   a gap of 2   |AA|..|BB|
/// |AA|....|BB|   a gap of 0   |AA|BB|
/// ```
pub fn set_gap(
    film: &Timeline,
    scope: Scope,
    (gap, length): (Id, i64),
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    if length < 0 {
        return Err(Refused::Empty { what: "a gap", length });
    }
    let mut work = Work::begin(film, scope, ids)?;
    let missing = Refused::NoSuch { what: "gap", id: gap };
    let found = work.sequence.find(gap).and_then(|found| Some((found.track, found.index?)));
    let (track, index) = found.ok_or(missing.clone())?;
    let reel = work.reel(track)?;
    let was = reel.get(index).filter(|item| item.is_gap()).ok_or(missing.clone())?.length;
    let start = reel.start_of(index).ok_or(missing)?;
    if length < was {
        work.close_with(start + length..start + was, &[track])?;
    } else if length > was {
        work.widen(track, index, (start + was, length - was))?;
    }
    work.finish()
}

impl Work<'_> {
    /// Makes a gap longer from its end on, and room beside it.
    fn widen(&mut self, track: usize, index: usize, (at, by): (i64, i64)) -> Result<(), Refused> {
        if !self.tracks_in_step(&[]).contains(&track) {
            let more = Item::gap(self.ids.next_id(), by);
            self.splice(track, index + 1..index + 1, vec![more])?;
        }
        self.open(at, by, &[])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::drawn::{Verb, check, film, refused, scope};

    /// The first gap of the first track becomes so long.
    fn becomes(length: i64) -> Verb {
        Box::new(move |film, scope, ids| {
            let reel = film.main().unwrap().tracks[0].reel().unwrap();
            let gap = reel.iter().find(|item| item.is_gap()).unwrap().id;
            set_gap(film, scope, (gap, length), ids)
        })
    }

    #[test]
    fn what_follows_a_gap_moves_with_its_end() {
        check("|AA|....|BB|", becomes(2), "|AA|..|BB|");
        check("|AA|....|BB|", becomes(0), "|AA|BB|");
        check("|AA|..|BB|", becomes(4), "|AA|....|BB|");
        check("|AA|..|BB|\n|cc|..|bb|", becomes(3), "|AA|...|BB|\n|cc|...|bb|");
        refused("|AA|..|BB|\n|cc|dd|bb|", becomes(0), "in the way by 2 frames");
    }

    #[test]
    fn a_clip_is_no_gap() {
        let film = film("|AA|..|BB|");
        let clip = film.main().unwrap().tracks[0].reel().unwrap().get(0).unwrap().id;
        assert!(set_gap(&film, scope(), (clip, 3), &mut IdSource::seeded(1)).is_err());
    }
}
