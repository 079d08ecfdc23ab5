//! The gallery of stills: kept from the film, their pictures made again on another thread while the page of grades is
//! seen, their grades taken by the clips in hand.

use super::editing::for_each;
use super::{Desk, Mode, Wake};
use crate::edit;
use crate::picture::{WORKING, convert, grade};
use crate::play::{Offline, Programme as _};
use crate::signal::{Image, PixelFormat};
use crate::ui::page::Page;
use crate::workers::{self, Worker};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use timeline_format::{Effect, Id, Still, Timeline};

/// The most pictures of stills that are kept.
const MOST: usize = 24;

/// The pictures of stills.
#[derive(Debug, Default)]
pub(super) struct Gallery {
    made: BTreeMap<Id, Made>,
    work: Option<(Id, Arc<Still>, Worker<Option<Image>>)>,
}

/// A still, and its picture if there could be one.
#[derive(Debug)]
struct Made {
    still: Arc<Still>,
    picture: Option<Arc<Image>>,
}

impl Gallery {
    fn take_in(&mut self) {
        let Some((id, still, worker)) = self.work.take_if(|(.., worker)| worker.is_finished())
        else {
            return;
        };
        let picture = worker.join().ok().flatten().map(Arc::new);
        self.made.insert(id, Made { still, picture });
    }

    /// A still whose picture is not made yet.
    fn lacking(&self, film: &Timeline) -> Option<(Id, Arc<Still>)> {
        let is_made = |id: &Id, still: &Arc<Still>| {
            self.made.get(id).is_some_and(|made| made.still == *still)
        };
        let stills = film.stills.iter().take(MOST);
        let mut lacking = stills.filter(|(id, still)| !is_made(id, still));
        lacking.next().map(|(id, still)| (*id, Arc::clone(still)))
    }
}

impl Desk {
    /// The stills of the film, by their ids.
    pub(in crate::ui) fn stills(&self) -> Vec<(Id, Arc<Still>)> {
        let Some(film) = self.film() else { return Vec::new() };
        film.now().stills.iter().map(|(id, still)| (*id, Arc::clone(still))).collect()
    }

    /// The still that the film is compared with.
    pub(in crate::ui) fn still_in_hand(&self) -> Option<Id> {
        let chosen = self.viewing.still?;
        self.film()?.now().stills.contains_key(&chosen).then_some(chosen)
    }

    /// The picture of a still, when it is at hand.
    pub(in crate::ui) fn still_picture(&self, still: Id) -> Option<Arc<Image>> {
        self.gallery.made.get(&still)?.picture.clone()
    }

    /// Keeps the frame of the clip that is seen at the playhead as a still, and takes that in hand.
    pub(in crate::ui) fn keep_still(&mut self) {
        let Some((clip, source, _)) = self.clip_in_sight() else {
            return self.notices.note("no picture lies at the playhead: there is nothing to keep");
        };
        let at = self.position();
        let own = self.clip(clip).map(|clip| clip.name.clone()).filter(|name| !name.is_empty());
        let name = own.unwrap_or_else(|| self.name_of(&source));
        let mut kept = None;
        self.edit("Keep still", |film, scope, _| {
            let id = edit::still_id(film, &name).ok_or(edit::Refused::TooBig)?;
            kept = Some(id);
            edit::keep_still(film, scope, (clip, at, id, &name))
        });
        self.viewing.still = kept.or(self.viewing.still);
    }

    /// Takes a still in hand, and wipes the film against it; where it is so already, shows the film alone.
    pub(in crate::ui) fn choose_still(&mut self, still: Id) {
        let is_seen = self.viewing.still == Some(still) && self.viewing.mode == Mode::Still;
        self.viewing.still = Some(still);
        self.viewing.mode = if is_seen { Mode::Film } else { Mode::Still };
    }

    /// Puts the grade of a still, or its operations of one kind, on the clips in hand: all of it in place of theirs.
    pub(in crate::ui) fn take_still(&mut self, still: Id, only: Option<&str>) {
        let clips = self.seen_clips();
        let wanted = |effect: &Effect| match only {
            Some(kind) => effect.kind == kind,
            None => grade::named(&effect.kind).is_some(),
        };
        self.edit("Grade of a still", |film, scope, ids| {
            for_each(film, scope, &clips, ids, |film, scope, clip, ids| {
                edit::give_still(film, scope, (clip, still, only.is_none()), &wanted, ids)
            })
        });
    }

    /// Takes a still out of the gallery.
    pub(in crate::ui) fn remove_still(&mut self, still: Id) {
        self.edit("Remove still", |film, _, _| edit::remove_still(film, still));
        if self.viewing.mode == Mode::Still && self.still_in_hand().is_none() {
            self.viewing.mode = Mode::Film;
        }
    }

    /// Makes the pictures of stills, one after the other, while they are seen.
    pub(in crate::ui) fn mind_stills(&mut self) {
        self.gallery.take_in();
        let is_seen = self.page == Page::Grade || self.viewing.mode == Mode::Still;
        if !is_seen || self.gallery.work.is_some() || self.is_playing() {
            return;
        }
        let Some((film, folder)) = self.film().map(|film| (Arc::clone(film.now()), film.folder()))
        else {
            return;
        };
        let Some((id, still)) = self.gallery.lacking(&film) else { return };
        let Some(alone) = edit::still_film(&film, id) else { return };
        let worker = start(alone, folder, self.wake.clone());
        self.gallery.made.retain(|known, _| film.stills.contains_key(known));
        self.gallery.work = worker.map(|worker| (id, still, worker));
    }
}

fn start(film: Timeline, folder: PathBuf, wake: Wake) -> Option<Worker<Option<Image>>> {
    let work = move |_: &workers::Stop| {
        let picture = picture_of(film, &folder);
        wake.wake();
        picture
    };
    workers::start("still", work).ok()
}

fn picture_of(film: Timeline, folder: &std::path::Path) -> Option<Image> {
    let mut film = Offline::open(&Arc::new(film), folder, 0..1).ok()?;
    let picture = film.picture(0).ok()?;
    Some(convert::to(&picture, PixelFormat::RGB8, WORKING))
}
