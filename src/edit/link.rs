//! What clips go together with, whether they are there, what they are called.

use crate::edit::Edited;
use crate::edit::Refused;
use crate::edit::Scope;
use crate::edit::surgery::Work;
use timeline_format::{Clip, Id, IdSource, Timeline};

/// Links clips as one picture and its sound: edits move them together.
pub fn link(
    film: &Timeline,
    scope: Scope,
    clips: &[Id],
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    let link = ids.next_id();
    each(film, scope, clips, ids, |clip| clip.link = Some(link))
}

/// Undoes the link of clips: each is edited by itself.
pub fn unlink(
    film: &Timeline,
    scope: Scope,
    clips: &[Id],
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    each(film, scope, clips, ids, |clip| clip.link = None)
}

/// Groups clips: they are selected and moved together.
pub fn group(
    film: &Timeline,
    scope: Scope,
    clips: &[Id],
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    let group = ids.next_id();
    each(film, scope, clips, ids, |clip| clip.group = Some(group))
}

/// Undoes the group of clips, whole: every clip that was in a group with one of them leaves it.
pub fn ungroup(
    film: &Timeline,
    scope: Scope,
    clips: &[Id],
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    let mut all = clips.to_vec();
    let work = Work::begin(film, scope, ids)?;
    for id in clips {
        let clip = work.sequence.clip(*id).ok_or(Refused::NoSuch { what: "clip", id: *id })?;
        all.extend(clip.group.into_iter().flat_map(|group| work.in_group(group)));
    }
    all.sort();
    all.dedup();
    each(film, scope, &all, ids, |clip| clip.group = None)
}

/// Switches clips off or on; they keep their place.
pub fn set_disabled(
    film: &Timeline,
    scope: Scope,
    (clips, disabled): (&[Id], bool),
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    each(film, scope, clips, ids, |clip| clip.disabled = disabled)
}

/// Gives clips a name; an empty one takes it away, and they are called as what they show is.
pub fn rename_clips(
    film: &Timeline,
    scope: Scope,
    (clips, name): (&[Id], &str),
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    each(film, scope, clips, ids, |clip| name.clone_into(&mut clip.name))
}

fn each(
    film: &Timeline,
    scope: Scope,
    clips: &[Id],
    ids: &mut IdSource,
    change: impl Fn(&mut Clip),
) -> Result<Edited, Refused> {
    if clips.is_empty() {
        return Err(Refused::Empty { what: "a selection", length: 0 });
    }
    let mut work = Work::begin(film, scope, ids)?;
    for id in clips {
        work.change_clip(*id, |clip| {
            change(clip);
            Ok(())
        })?;
    }
    work.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::drawn::{check, clip_id, drawing, film, refused, removed, scope, trimmed};
    use crate::edit::{Edge, Manner, Move, Ripple, move_clips};

    #[test]
    fn links_and_groups_decide_what_goes_along() {
        let mut ids = IdSource::seeded(3);
        let start = film("|AA|BB|\n|aa|ww|");
        let pair = [clip_id("A"), clip_id("a")];
        let apart = unlink(&start, scope(), &pair, &mut ids).unwrap().timeline;
        let cut = trimmed("A", Edge::Tail, -1)(&apart, scope(), &mut ids).unwrap().timeline;
        assert_eq!(drawing(&cut, ""), "|A|.|BB|\n|aa|ww|");
        let pair = [clip_id("B"), clip_id("w")];
        let linked = link(&apart, scope(), &pair, &mut ids).unwrap().timeline;
        let gone = removed("w", Ripple::Stay)(&linked, scope(), &mut ids).unwrap().timeline;
        assert_eq!(drawing(&gone, ""), "|AA|\n|aa|");
        let grouped = group(&apart, scope(), &[clip_id("A"), clip_id("w")], &mut ids).unwrap();
        let by = Move { clips: vec![clip_id("A")], by: 4, track: None, manner: Manner::Overwrite };
        let moved = move_clips(&grouped.timeline, scope(), &by, &mut ids).unwrap().timeline;
        assert_eq!(drawing(&moved, ""), "|..|BB|AA|\n|aa|....|ww|");
        let free = ungroup(&grouped.timeline, scope(), &[clip_id("w")], &mut ids).unwrap().timeline;
        assert_eq!(free, apart);
    }

    #[test]
    fn a_name_is_given_and_taken_away_and_nothing_else_moves() {
        let mut ids = IdSource::seeded(3);
        let start = film("|AA|BB|\n|aa|ww|");
        let mut named = |film: &Timeline, clips: &[&str], name: &str| {
            let clips: Vec<Id> = clips.iter().map(|clip| clip_id(clip)).collect();
            rename_clips(film, scope(), (&clips, name), &mut ids).unwrap().timeline
        };
        let opening = named(&start, &["A", "w"], "Opening");
        let name =
            |film: &Timeline, clip| film.main().unwrap().clip(clip_id(clip)).unwrap().name.clone();
        assert_eq!(["A", "w"].map(|clip| name(&opening, clip)), ["Opening", "Opening"]);
        assert_eq!(
            ["B", "a"].map(|clip| name(&opening, clip)),
            ["B", "a"].map(|clip| name(&start, clip))
        );
        assert_eq!(drawing(&opening, ""), drawing(&start, ""));
        let (a, w) = (name(&start, "A"), name(&start, "w"));
        let half = named(&opening, &["A"], &a);
        assert!(named(&half, &["w"], &w) == start);
        let without = named(&opening, &["A"], "");
        assert_eq!(without.main().unwrap().clip(clip_id("A")).unwrap().name, "");
        let one = [clip_id("A")];
        refused("L|AA|", Box::new(move |f, s, ids| rename_clips(f, s, (&one, "x"), ids)), "locked");
    }

    #[test]
    fn locked_clips_keep_their_links() {
        refused("L|AA|", Box::new(|f, s, ids| unlink(f, s, &[clip_id("A")], ids)), "locked");
        refused("|AA|", Box::new(|f, s, ids| link(f, s, &[], ids)), "a selection");
        let off =
            Box::new(|f: &_, s, ids: &mut _| set_disabled(f, s, (&[clip_id("A")], true), ids));
        assert!(
            check("|AA|", off, "|AA|")
                .timeline
                .main()
                .unwrap()
                .clip(clip_id("A"))
                .unwrap()
                .disabled
        );
    }
}
