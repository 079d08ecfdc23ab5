//! Captions: brought, changed, taken away; cues added, changed, moved, split and joined.

use crate::edit::Edited;
use crate::edit::Refused;
use crate::edit::Scope;
use crate::edit::surgery::Work;
use std::sync::Arc;
use timeline_format::{Captions, Cue, Id, IdSource, Timeline};

/// Gives a sequence captions, or puts these in the place of those of the same id.
pub fn put_captions(
    film: &Timeline,
    scope: Scope,
    (id, captions): (Id, &Captions),
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    let mut work = Work::begin(film, scope, ids)?;
    let mut new = captions.clone();
    new.sort();
    new.cues.iter().try_for_each(sound)?;
    if work.sequence.captions.insert(id, Arc::new(new)).is_none() {
        work.made.push(id);
    }
    work.finish()
}

/// Changes captions: their name, language, look, or their cues.
pub fn change_captions(
    film: &Timeline,
    scope: Scope,
    id: Id,
    change: impl FnOnce(&mut Captions, &mut IdSource) -> Result<(), Refused>,
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    let sequence = film.sequences.get(&scope.sequence);
    let found = sequence.and_then(|sequence| sequence.captions.get(&id));
    let mut new = Captions::clone(found.ok_or(Refused::NoSuch { what: "captions", id })?);
    change(&mut new, ids)?;
    put_captions(film, scope, (id, &new), ids)
}

/// Takes captions away.
pub fn remove_captions(
    film: &Timeline,
    scope: Scope,
    id: Id,
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    let mut work = Work::begin(film, scope, ids)?;
    let gone = work.sequence.captions.remove(&id);
    gone.ok_or(Refused::NoSuch { what: "captions", id })?;
    work.finish()
}

/// Adds a cue; its id is in [`Edited::made`], whatever id it came with.
pub fn add_cue(
    film: &Timeline,
    scope: Scope,
    (captions, cue): (Id, &Cue),
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    let id = ids.next_id();
    let cue = Cue { id, ..cue.clone() };
    let add = |all: &mut Captions, _: &mut IdSource| {
        all.cues.push(cue);
        Ok(())
    };
    let mut edited = change_captions(film, scope, captions, add, ids)?;
    edited.made.push(id);
    Ok(edited)
}

/// Changes a cue.
pub fn change_cue(
    film: &Timeline,
    scope: Scope,
    (captions, cue): (Id, Id),
    change: impl FnOnce(&mut Cue),
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    let change = |all: &mut Captions, _: &mut IdSource| {
        let index = place(all, cue)?;
        change(&mut all.cues[index]);
        all.cues[index].id = cue;
        Ok(())
    };
    change_captions(film, scope, captions, change, ids)
}

/// Takes a cue away.
pub fn remove_cue(
    film: &Timeline,
    scope: Scope,
    (captions, cue): (Id, Id),
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    let remove = |all: &mut Captions, _: &mut IdSource| {
        let index = place(all, cue)?;
        all.cues.remove(index);
        Ok(())
    };
    change_captions(film, scope, captions, remove, ids)
}

/// Moves every cue at or behind a frame.
pub fn shift_cues(
    film: &Timeline,
    scope: Scope,
    (captions, from, by): (Id, i64, i64),
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    let shift = |all: &mut Captions, _: &mut IdSource| {
        for cue in all.cues.iter_mut().filter(|cue| cue.at >= from) {
            cue.at = cue.at.checked_add(by).ok_or(Refused::TooBig)?;
        }
        Ok(())
    };
    change_captions(film, scope, captions, shift, ids)
}

/// Splits a cue before a frame of the sequence, its text at a line's end or a blank near the same part.
/// The second one has a new id.
pub fn split_cue(
    film: &Timeline,
    scope: Scope,
    (captions, cue, at): (Id, Id, i64),
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    let mut made = None;
    let split = |all: &mut Captions, ids: &mut IdSource| {
        let index = place(all, cue)?;
        let whole = all.cues[index].clone();
        if at <= whole.at || at >= whole.end() {
            let words =
                format!("frame {at} is not within the cue {cue}: choose one behind its first");
            return Err(Refused::Value(words));
        }
        let (first, second) = parted(&whole.text, at - whole.at, whole.length);
        let id = ids.next_id();
        made = Some(id);
        let tail = Cue { id, at, length: whole.end() - at, text: second, ..whole.clone() };
        all.cues[index] = Cue { length: at - whole.at, text: first, ..whole };
        all.cues.insert(index + 1, tail);
        Ok(())
    };
    let mut edited = change_captions(film, scope, captions, split, ids)?;
    edited.made.extend(made);
    Ok(edited)
}

/// Joins a cue with the one behind it: one text, seen from the first to the last frame of both.
pub fn join_cue(
    film: &Timeline,
    scope: Scope,
    (captions, cue): (Id, Id),
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    let join = |all: &mut Captions, _: &mut IdSource| {
        let index = place(all, cue)?;
        if index + 1 >= all.cues.len() {
            return Err(Refused::Value(format!("no cue comes behind {cue}")));
        }
        let next = all.cues.remove(index + 1);
        let own = &mut all.cues[index];
        own.length = own.end().max(next.end()) - own.at;
        own.text = format!("{}\n{}", own.text, next.text);
        Ok(())
    };
    change_captions(film, scope, captions, join, ids)
}

impl Work<'_> {
    /// Ripples the captions of the sequence with the cut.
    pub(super) fn settle_captions(&mut self) -> Result<(), Refused> {
        if !self.scope.markers || self.ripples.is_empty() || self.sequence.captions.is_empty() {
            return Ok(());
        }
        let mut moved = Vec::new();
        for (id, captions) in &self.sequence.captions {
            let cues = rippled(&captions.cues, &self.ripples).ok_or(Refused::TooBig)?;
            if cues != captions.cues {
                let mut new = Captions { cues, ..Captions::clone(captions) };
                new.sort();
                moved.push((*id, Arc::new(new)));
            }
        }
        self.sequence.captions.extend(moved);
        Ok(())
    }
}

/// Cues after ripples: what lies at or behind a frame moved by so much. What is taken out takes its cues
/// along, to where the same edit puts as much in; if it puts nothing in, they are gone.
fn rippled(cues: &[Cue], ripples: &[(i64, i64)]) -> Option<Vec<Cue>> {
    let mut cues = cues.to_vec();
    let mut out: Vec<(i64, Cue)> = Vec::new();
    for (edge, by) in ripples.iter().copied() {
        if by >= 0 {
            let later = cues.iter_mut().filter(|cue| cue.at >= edge);
            later
                .map(|cue| cue.at.checked_add(by).map(|at| cue.at = at))
                .collect::<Option<()>>()?;
            let (back, rest): (Vec<_>, Vec<_>) =
                out.into_iter().partition(|(length, _)| *length == by);
            out = rest;
            cues.extend(back.into_iter().map(|(_, cue)| Cue { at: cue.at + edge, ..cue }));
            continue;
        }
        let from = edge.checked_add(by)?;
        let (within, rest): (Vec<_>, Vec<_>) =
            cues.into_iter().partition(|cue| cue.at >= from && cue.end() <= edge);
        out.extend(within.into_iter().map(|cue| (-by, Cue { at: cue.at - from, ..cue })));
        cues = rest.into_iter().map(|cue| closed(cue, from, edge)).collect();
    }
    if ripples.iter().any(|(_, by)| *by > 0) {
        let last = ripples.iter().rfind(|(_, by)| *by < 0).map_or(0, |(edge, by)| edge + by);
        cues.extend(out.into_iter().map(|(_, cue)| Cue { at: cue.at + last.max(0), ..cue }));
    }
    Some(cues)
}

/// A cue, some of which lies outside of what is taken out.
fn closed(cue: Cue, from: i64, edge: i64) -> Cue {
    let after = |frame: i64| if frame >= edge { frame - (edge - from) } else { frame.min(from) };
    let (at, end) = (after(cue.at), after(cue.end()));
    Cue { at, length: (end - at).max(1), ..cue }
}

fn place(captions: &Captions, cue: Id) -> Result<usize, Refused> {
    let index = captions.cues.iter().position(|known| known.id == cue);
    index.ok_or(Refused::NoSuch { what: "cue", id: cue })
}

fn sound(cue: &Cue) -> Result<(), Refused> {
    if cue.at < 0 {
        return Err(Refused::BeforeStart { what: format!("the cue {}", cue.id), frame: cue.at });
    }
    if cue.length <= 0 {
        return Err(Refused::Empty { what: "a cue", length: cue.length });
    }
    let end = cue.at.checked_add(cue.length).filter(|end| *end < 1 << 53);
    end.map(drop).ok_or(Refused::TooBig)
}

/// A text in two, as near as it can be to a part of its length.
fn parted(text: &str, part: i64, whole: i64) -> (String, String) {
    let wish = (text.len() as i128 * i128::from(part) / i128::from(whole.max(1))) as usize;
    let nearest = |blank: char| {
        let places = text.char_indices().filter(|(_, c)| *c == blank).map(|(at, _)| at);
        places.min_by_key(|at| at.abs_diff(wish))
    };
    match nearest('\n').or_else(|| nearest(' ')) {
        Some(at) => (text[..at].trim_end().to_owned(), text[at + 1..].trim_start().to_owned()),
        None => (text.to_owned(), text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::drawn::{extracted, film, id, inserted, scope};

    fn captioned(drawing: &str, cues: &[(&str, i64, i64, &str)]) -> Timeline {
        let cues =
            cues.iter().map(|(name, at, length, text)| Cue::new(id(name), *at, *length, *text));
        let captions = Captions { cues: cues.collect(), ..Captions::default() };
        let put = (id("en"), &captions);
        put_captions(&film(drawing), scope(), put, &mut IdSource::seeded(5)).unwrap().timeline
    }

    /// The cues as people draw them: from, to, text.
    fn drawn(film: &Timeline) -> Vec<String> {
        let captions = film.main().unwrap().captions.get(&id("en")).unwrap();
        let cue = |cue: &Cue| format!("{}-{} {}", cue.at, cue.end(), cue.text.replace('\n', "/"));
        captions.cues.iter().map(cue).collect()
    }

    fn after(film: &Timeline, verb: crate::edit::drawn::Verb) -> Vec<String> {
        drawn(&verb(film, scope(), &mut IdSource::seeded(7)).unwrap().timeline)
    }

    #[test]
    fn cues_ripple_with_the_cut() {
        let cues = [("a", 0, 5, "a"), ("b", 5, 2, "b"), ("c", 7, 4, "c")];
        let film = captioned("|AAAA|BBBB|CCCC|", &cues);
        assert_eq!(after(&film, inserted("DD", 4)), ["0-5 a", "7-9 b", "9-13 c"]);
        assert_eq!(after(&film, extracted(4..8)), ["0-4 a", "4-7 c"]);
        assert_eq!(rippled(&[], &[(3, -2)]), Some(Vec::new()));
        let all = film.main().unwrap().captions.get(&id("en")).unwrap().cues.clone();
        let moved = rippled(&all, &[(8, -4), (8, 4)]).unwrap();
        let b = moved.iter().find(|cue| cue.text == "b").unwrap();
        assert_eq!((b.at, b.length), (9, 2), "a clip that is moved takes its cues along");
    }

    #[test]
    fn cues_are_split_joined_shifted_and_refused() {
        let ids = &mut IdSource::seeded(9);
        let film = captioned("|AAAAAAAAAA|", &[("a", 0, 4, "one two\nthree"), ("b", 6, 2, "four")]);
        let en = id("en");
        let split = split_cue(&film, scope(), (en, id("a"), 2), ids).unwrap();
        assert_eq!(drawn(&split.timeline), ["0-2 one two", "2-4 three", "6-8 four"]);
        assert_eq!(split.made.len(), 1);
        let joined = join_cue(&split.timeline, scope(), (en, id("a")), ids).unwrap().timeline;
        assert_eq!(drawn(&joined), ["0-4 one two/three", "6-8 four"]);
        let shifted = shift_cues(&film, scope(), (en, 1, 1), ids).unwrap().timeline;
        assert_eq!(drawn(&shifted)[1], "7-9 four");
        for refused in [
            shift_cues(&film, scope(), (en, 0, -1), ids),
            split_cue(&film, scope(), (en, id("a"), 4), ids),
            join_cue(&film, scope(), (en, id("b")), ids),
            change_cue(&film, scope(), (en, id("a")), |cue| cue.length = 0, ids),
            remove_cue(&film, scope(), (en, id("z")), ids),
            remove_captions(&film, scope(), id("fr"), ids),
        ] {
            assert!(refused.is_err());
        }
        let late = |cue: &mut Cue| cue.at = 20;
        let moved = change_cue(&film, scope(), (en, id("a")), late, ids).unwrap().timeline;
        assert_eq!(drawn(&moved), ["6-8 four", "20-24 one two/three"]);
        let gone = remove_captions(&moved, scope(), en, ids).unwrap().timeline;
        assert_eq!(gone.main().unwrap().captions.len(), 0);
    }
}
