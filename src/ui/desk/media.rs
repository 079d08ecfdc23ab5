//! Media that come in: looked into on another thread, brought into the film as one edit.

use super::Desk;
use crate::edit::{self, Edited};
use crate::media;
use crate::play::{found_media, missing_media};
use crate::project;
use crate::workers::{self, Worker};
use std::path::PathBuf;
use timeline_format::{Id, Media};

/// Files that are being looked into.
pub(super) type Looking = Worker<Result<Vec<Found>, media::Error>>;
/// A search for media that have moved.
pub(super) type Search = Worker<Result<Vec<(Id, PathBuf)>, media::Error>>;
type Found = Result<(PathBuf, Media), media::Error>;

impl Desk {
    /// Looks into files and folders, to bring their media into the film.
    pub(in crate::ui) fn import(&mut self, paths: Vec<PathBuf>) {
        if self.film.is_none() || paths.is_empty() {
            return;
        }
        let wake = self.wake.clone();
        let work = move |stop: &workers::Stop| {
            let found = media::scan(&paths, stop);
            wake.wake();
            found
        };
        match workers::start("import", work) {
            Ok(worker) => self.looking.push(worker),
            Err(error) => self.notices.trouble(format_args!("start to look into files: {error}")),
        }
    }

    /// Takes what was dropped into the window: a film is opened, anything else brought in.
    pub(in crate::ui) fn drop_files(&mut self, paths: Vec<PathBuf>) {
        let is_film = |path: &PathBuf| path.extension().is_some_and(|it| it == "roomtone");
        match paths.iter().find(|path| is_film(path)) {
            Some(film) => self.open(&film.clone()),
            None if !paths.is_empty() && self.film.is_none() => {
                self.notices.trouble("open or begin a film first: media are brought into a film");
            }
            None => self.import(paths),
        }
    }

    /// How many media are not where the film says.
    pub(in crate::ui) fn missing_count(&self) -> usize {
        self.missing.len()
    }

    /// Looks which media are not where the film says.
    pub(super) fn look_for_missing(&mut self) {
        let Some(film) = &self.film else { return };
        let missing = missing_media(film.now(), &film.folder());
        self.missing = missing.into_iter().collect();
        if !self.missing.is_empty() {
            let count = self.missing.len();
            let words = "media are not where the film says: they are slates; \"Find missing media\" looks for them";
            self.notices.trouble(format_args!("{count} {words}"));
        }
    }

    /// Searches a folder for media that are not where the film says.
    pub(in crate::ui) fn relink(&mut self, within: PathBuf) {
        let Some(film) = &self.film else { return };
        let lost = missing_media(film.now(), &film.folder());
        let (film, wake) = (film.now().clone(), self.wake.clone());
        let work = move |stop: &workers::Stop| {
            let found = found_media(&film, &lost, &within, stop);
            wake.wake();
            found
        };
        match workers::start("relink", work) {
            Ok(worker) => self.searches.push(worker),
            Err(error) => self.notices.trouble(format_args!("start to search: {error}")),
        }
    }

    /// Takes in what was found meanwhile.
    pub(in crate::ui) fn take_searches(&mut self) {
        let (done, still) = self.searches.drain(..).partition(Worker::is_finished);
        self.searches = still;
        let done: Vec<Search> = done;
        for worker in done {
            match worker.join() {
                Ok(Ok(found)) => self.point_to(&found),
                Ok(Err(error)) => self.notices.trouble(error),
                Err(panicked) => self.notices.trouble(panicked),
            }
        }
    }

    fn point_to(&mut self, found: &[(Id, PathBuf)]) {
        let Some(folder) = self.film.as_ref().map(super::Film::folder) else { return };
        if found.is_empty() {
            return self.notices.trouble("none of the missing media lies there");
        }
        self.edit("Relink", |film, _, _| {
            let mut sum = Edited::plain(film.clone());
            for (id, path) in found {
                let Ok(path) = project::relative_to(path, &folder) else { continue };
                let change = |media: &mut Media| media.path = path;
                sum.timeline = edit::change_media(&sum.timeline, *id, change)?.timeline;
            }
            Ok(sum)
        });
        self.notices.note(format_args!("{} media found", found.len()));
        self.look_for_missing();
    }

    /// Whether files are being looked into.
    pub(in crate::ui) const fn is_importing(&self) -> bool {
        !self.looking.is_empty() || !self.searches.is_empty()
    }

    /// Takes in what has been looked into meanwhile.
    pub(in crate::ui) fn take_imports(&mut self) {
        let (done, still) = self.looking.drain(..).partition(Worker::is_finished);
        self.looking = still;
        let done: Vec<Looking> = done;
        for worker in done {
            match worker.join() {
                Ok(Ok(found)) => self.bring(found),
                Ok(Err(error)) => self.notices.trouble(error),
                Err(panicked) => self.notices.trouble(panicked),
            }
        }
    }

    fn bring(&mut self, found: Vec<Found>) {
        let Some(folder) = self.film.as_ref().map(super::Film::folder) else { return };
        let (mut media, mut trouble) = (Vec::new(), Vec::new());
        for one in found {
            match one {
                Ok(one) => media.push(one),
                Err(error) => trouble.push(error.to_string()),
            }
        }
        trouble.iter().for_each(|words| self.notices.trouble(format_args!("left out: {words}")));
        if media.is_empty() {
            return self.notices.trouble("there was nothing to bring in");
        }
        let count = media.len();
        let mut lost = Vec::new();
        let brought = self.edit("Import", |film, _, _| {
            let mut edited = Edited::plain(film.clone());
            for (path, media) in media {
                match project::bring(&mut edited.timeline, &folder, &path, media) {
                    Ok(id) => edited.made.push(id),
                    Err(error) => lost.push(error),
                }
            }
            Ok(edited)
        });
        lost.iter().for_each(|error| self.notices.trouble(error));
        if brought {
            self.notices.note(format_args!("{} brought in", count - lost.len()));
        }
    }
}
