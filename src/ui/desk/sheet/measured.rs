//! What the pictures of takes say in numbers: worked out on another thread, a take at a time, while they lie
//! on the sheet, all are seen and nothing plays.

use crate::picture::measures::{First, Likeness, Measure};
use crate::play::{self, Depth, Wish};
use crate::ui::desk::{Desk, Line, Wake};
use crate::ui::page::Page;
use crate::workers::{self, Stop, Worker};
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::path::PathBuf;
use timeline_format::Id;

/// What the measures say of a take.
type Figures = Vec<(&'static Measure, f64)>;

/// What is known of a take.
#[derive(Debug, Clone, Default)]
struct Looks {
    figures: Figures,
    likeness: Option<Likeness>,
}

/// What is known of takes.
#[derive(Debug, Default)]
pub(super) struct Measured {
    /// By media, with the file that it was then.
    known: BTreeMap<Id, (PathBuf, Looks)>,
    work: Option<(Id, PathBuf, Worker<Option<Looks>>)>,
}

impl Measured {
    fn take_in(&mut self, may_work: bool) {
        if let Some((.., worker)) = self.work.as_ref().filter(|_| !may_work) {
            worker.stop().raise();
        }
        if let Some((media, path, worker)) = self.work.take_if(|(.., it)| it.is_finished())
            && let Ok(Some(looks)) = worker.join()
        {
            self.known.insert(media, (path, looks));
        }
    }
}

impl Desk {
    /// What the measures say of a media, as far as that is known.
    pub(in crate::ui) fn figures(&self, media: Id) -> &[(&'static Measure, f64)] {
        self.sheet.measured.known.get(&media).map_or(&[], |(_, looks)| &looks.figures)
    }

    /// What a line's take looks like, as far as that is known.
    pub(super) fn likeness(&self, line: &Line) -> Option<u64> {
        let (_, looks) = self.sheet.measured.known.get(&line.media?)?;
        looks.likeness.map(|likeness| likeness.0)
    }

    /// The figures of a media in words, those of the measure that the sheet is sorted by first.
    pub(super) fn words_of_figures(&self, media: Id) -> String {
        let is_first = |measure: &Measure| self.sheet.by.is_some_and(|by| by.id == measure.id);
        let mut figures = self.figures(media).to_vec();
        figures.sort_by_key(|(measure, _)| !is_first(measure));
        let words = figures.iter().map(|(measure, value)| {
            format!("{} {value:.digits$}", measure.id, digits = measure.digits)
        });
        words.collect::<Vec<_>>().join(", ")
    }

    /// Which of two takes the sheet shows first.
    pub(super) fn by_figures(&self, a: &Line, b: &Line) -> Ordering {
        let Some(by) = self.sheet.by else { return Ordering::Equal };
        let size = |line: &Line| {
            let figures = self.figures(line.media?);
            figures.iter().find(|(measure, _)| measure.id == by.id).map(|(_, value)| value.abs())
        };
        match (size(a), size(b), by.first) {
            (Some(a), Some(b), First::Least) => a.total_cmp(&b),
            (Some(a), Some(b), First::Most) => b.total_cmp(&a),
            (a, b, _) => b.is_some().cmp(&a.is_some()),
        }
    }

    /// Measures the takes on the sheet, one after the other.
    pub(in crate::ui) fn mind_measures(&mut self) {
        let may_work = self.page == Page::Select
            && !self.is_playing()
            && !self.sheet.is_playing
            && !self.awaits_pictures();
        self.sheet.measured.take_in(may_work);
        if !may_work || self.sheet.measured.work.is_some() {
            return;
        }
        if let Some((media, path)) = self.unmeasured() {
            let worker = start(path.clone(), self.wake.clone());
            self.sheet.measured.work = worker.map(|worker| (media, path, worker));
        }
    }

    /// The first take on the sheet that nothing is known of, and its file.
    fn unmeasured(&self) -> Option<(Id, PathBuf)> {
        let (film, shot) = (self.film()?, self.shot_on_sheet()?);
        let takes = &film.now().shots.get(&shot)?.takes;
        takes.iter().filter(|take| !self.missing.contains(&take.media)).find_map(|take| {
            let path = play::path_of(film.now().media.get(&take.media)?, &film.folder())?;
            let known = self.sheet.measured.known.get(&take.media);
            let is_known = known.is_some_and(|(of, _)| *of == path);
            (!is_known).then_some((take.media, path))
        })
    }
}

fn start(path: PathBuf, wake: Wake) -> Option<Worker<Option<Looks>>> {
    let work = move |stop: &Stop| {
        let wish = Wish { depth: Depth::Every, ..Wish::default() };
        let seen = play::look(&path, wish, stop);
        let looks = seen.map(|seen| Looks { figures: seen.measured, likeness: seen.likeness });
        wake.wake();
        (!stop.is_raised()).then_some(looks.unwrap_or_default())
    };
    workers::start("measures", work).ok()
}
