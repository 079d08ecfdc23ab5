//! Three- and four-point edits: the point that is not given follows from the others.

use crate::edit::Edited;
use crate::edit::Insert;
use crate::edit::Manner;
use crate::edit::Material;
use crate::edit::Note;
use crate::edit::Refused;
use crate::edit::Scope;
use crate::edit::footage::Footage;
use crate::edit::surgery::Work;
use timeline_format::{Clip, Frames, Id, IdSource, Ratio, Source, Timeline};

/// What to lay where, by up to four points. Out points are the first frame that is not used.
#[derive(Debug, Clone, PartialEq)]
pub struct Points {
    /// What is laid.
    pub source: Source,
    /// The first source frame.
    pub source_in: Option<Frames>,
    /// The first source frame that is not used.
    pub source_out: Option<Frames>,
    /// The first frame of the sequence.
    pub record_in: Option<i64>,
    /// The first frame of the sequence that is not covered.
    pub record_out: Option<i64>,
    /// The playhead: it stands in for a record in where no record point is given.
    pub playhead: i64,
    /// The tracks; what is laid on them is linked, where there are several.
    pub tracks: Vec<Id>,
    /// Insert or overwrite.
    pub manner: Manner,
    /// With four points: change the speed so that the source fills the record span exactly.
    pub fit: bool,
}

/// What a set of points means: see [`resolve_points`].
#[derive(Debug, Clone, PartialEq)]
pub struct Resolved {
    /// The first frame of the sequence.
    pub at: i64,
    /// Frames of the sequence.
    pub length: i64,
    /// The first source frame.
    pub source_in: Frames,
    /// The first source frame after those used.
    pub source_out: Frames,
    /// The speed.
    pub speed: Ratio,
    /// The source out that was asked for and does not agree.
    pub dropped: Option<Frames>,
}

/// Lays a source by three or four points: the duration comes from the side that has both of its
/// points, a record out without a record in is where the source out lands (backtime), and of four
/// points that do not agree the source out is dropped, with a note, unless `fit` is set.
///
/// ```text
/// |AAAAAA|   source 5..7, record in 2, overwrite    |AA|CC|AA|
/// |AAAAAA|   source out 9, record 1..3              |A|CC|AAA|
/// |AAAAAA|   source 4..8, record 1..3, fit          |A|CC|AAA|
/// ```
pub fn lay_points(
    film: &Timeline,
    scope: Scope,
    edit: &Points,
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    let points = resolve_points(film, scope, edit)?;
    let mut clip = Clip::new(edit.source.clone());
    clip.source_in = points.source_in;
    clip.speed = points.speed;
    clip.link = (edit.tracks.len() > 1).then(|| ids.next_id());
    let part = |track: &Id| Material { track: *track, clip: clip.clone(), length: points.length };
    let parts = edit.tracks.iter().map(part).collect();
    let laid = Insert { at: points.at, parts };
    let mut edited = match edit.manner {
        Manner::Insert => crate::edit::insert(film, scope, &laid, ids)?,
        Manner::Overwrite => crate::edit::overwrite(film, scope, &laid, ids)?,
    };
    let used = points.source_out;
    edited.notes.extend(points.dropped.map(|asked| Note::SourceOutDropped { asked, used }));
    Ok(edited)
}

/// The points that follow from those given: a window shows them before the edit is made.
pub fn resolve_points(film: &Timeline, scope: Scope, edit: &Points) -> Result<Resolved, Refused> {
    let mut ids = IdSource::seeded(0);
    let work = Work::begin(film, scope, &mut ids)?;
    resolve(&work, edit)?.ok_or(Refused::TooBig)
}

fn resolve(work: &Work<'_>, edit: &Points) -> Result<Option<Resolved>, Refused> {
    let footage = Footage::of(work.film, work.rate(), &edit.source);
    let Some(step) = footage.step(Ratio::ONE, work.rate()) else { return Ok(None) };
    let of_source = |frames: i64| step.times(Ratio::whole(frames));
    let in_record = |frames: Frames| Some(frames.over(step)?.round().max(1));
    let source_span = match (edit.source_in, edit.source_out) {
        (Some(from), Some(to)) if to <= from => {
            return Err(Refused::Value(format!("the source out {to} is not behind its in {from}")));
        }
        (Some(from), Some(to)) => to.minus(from),
        _ => None,
    };
    let record_span = match (edit.record_in, edit.record_out) {
        (Some(from), Some(to)) if to <= from => {
            return Err(Refused::Empty { what: "a record span", length: to.saturating_sub(from) });
        }
        (Some(from), Some(to)) => to.checked_sub(from),
        (None, Some(to)) if source_span.is_none() => to.checked_sub(edit.playhead),
        _ => None,
    };
    let length = match (record_span, source_span.and_then(in_record)) {
        (Some(record), _) => record,
        (None, Some(source)) => source,
        (None, None) => whole_of(edit, &footage).and_then(in_record).ok_or_else(|| {
            let why =
                "the length is open: give an in and an out on one side, or a source that ends";
            Refused::Value(why.to_owned())
        })?,
    };
    if length < 1 {
        return Err(Refused::Empty { what: "an edit", length });
    }
    let fits = edit.fit && record_span.is_some();
    let clip = Clip::new(edit.source.clone());
    Ok((|| {
        let at = match (edit.record_in, edit.record_out) {
            (Some(at), _) => at,
            (None, Some(out)) => out.checked_sub(length)?,
            (None, None) => edit.playhead,
        };
        let used = of_source(length)?;
        let source_in = match (edit.source_in, edit.source_out) {
            (Some(from), _) => from,
            (None, Some(out)) => out.minus(used)?,
            (None, None) => footage.first.unwrap_or_default(),
        };
        let speed = match source_span.filter(|_| fits) {
            Some(span) => work.filling_speed(&clip, span, length)?,
            None => Ratio::ONE,
        };
        let source_out = match source_span.filter(|_| fits) {
            Some(span) => source_in.plus(span)?,
            None => source_in.plus(used)?,
        };
        let asked = edit.source_out.filter(|_| record_span.is_some());
        let dropped = asked.filter(|asked| *asked != source_out);
        Some(Resolved { at, length, source_in, source_out, speed, dropped })
    })())
}

/// All of the source from its in point on, where no side has both points.
fn whole_of(edit: &Points, footage: &Footage) -> Option<Frames> {
    let from = edit.source_in.or(footage.first)?;
    edit.source_out.or(footage.end)?.minus(from).filter(|span| *span > Ratio::ZERO)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::drawn::{Verb, check, id, media_id, refused};

    fn points(source: [Option<i64>; 2], record: [Option<i64>; 2], fit: bool) -> Points {
        Points {
            source: Source::Media(media_id('c')),
            source_in: source[0].map(Frames::whole),
            source_out: source[1].map(Frames::whole),
            record_in: record[0],
            record_out: record[1],
            playhead: 2,
            tracks: vec![id("v1")],
            manner: Manner::Overwrite,
            fit,
        }
    }

    fn laid(points: Points) -> Verb {
        Box::new(move |film, scope, ids| lay_points(film, scope, &points, ids))
    }

    #[test]
    fn the_point_that_is_not_given_follows() {
        for (source, record, after) in [
            ([Some(5), Some(7)], [None, None], "|AA|CC|AA|\n 34 56 78"),
            ([Some(5), Some(7)], [Some(1), None], "|A|CC|AAA|\n 3 56 678"),
            ([Some(5), Some(7)], [None, Some(5)], "|AAA|CC|A|\n 345 56 8"),
            ([Some(5), None], [Some(1), Some(4)], "|A|CCC|AA|\n 3 567 78"),
            ([None, Some(9)], [Some(1), Some(4)], "|A|CCC|AA|\n 3 678 78"),
            ([None, None], [Some(1), Some(4)], "|A|CCC|AA|\n 3 012 78"),
            ([Some(5), None], [None, Some(4)], "|AA|CC|AA|\n 34 56 78"),
        ] {
            check("|AAAAAA|", laid(points(source, record, false)), after);
        }
    }

    #[test]
    fn four_points_drop_the_source_out_or_fit() {
        let four = |fit| points([Some(4), Some(8)], [Some(1), Some(3)], fit);
        let edited = check("|AAAAAA|", laid(four(false)), "|A|CC|AAA|\n 3 45 678");
        let (asked, used) = (Frames::whole(8), Frames::whole(6));
        assert_eq!(edited.notes, [Note::SourceOutDropped { asked, used }]);
        let edited = check("|AAAAAA|", laid(four(true)), "|A|CC|AAA|\n 3 57 678");
        assert_eq!(edited.notes, []);
        let agree = points([Some(4), Some(6)], [Some(1), Some(3)], false);
        assert_eq!(check("|AAAAAA|", laid(agree), "|A|CC|AAA|").notes, []);
        refused("|AA|", laid(points([Some(4), Some(4)], [None, None], false)), "not behind");
        refused("|AA|", laid(points([None, None], [Some(4), Some(4)], false)), "record span");
        refused("|AA|", laid(points([None, Some(2)], [Some(0), Some(4)], false)), "at its head");
    }

    #[test]
    fn several_tracks_are_linked() {
        let mut both = points([Some(5), Some(7)], [Some(2), None], false);
        both.tracks.push(id("a1"));
        both.manner = Manner::Insert;
        let edited = check("|AAAA|\n|aaaa|", laid(both), "|AA|CC|AA|\n|aa|cc|aa|");
        let sequence = edited.timeline.main().unwrap();
        let link = |track: usize| {
            sequence.tracks[track].reel().unwrap().get(1).unwrap().clip.as_ref().unwrap().link
        };
        assert!(link(0).is_some() && link(0) == link(1));
    }
}
