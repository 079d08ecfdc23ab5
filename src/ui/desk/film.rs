//! The film on the desk: its file, every version since it was opened, and what is not saved yet.

use super::gesture::Gesture;
use crate::edit::{Edited, History, Refused, Scope};
use crate::project::{self, Autosave, Recovered};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use timeline_format::{Id, IdSource, Problem, Sequence, Timeline};

/// A film that is open for editing.
#[derive(Debug)]
pub(in crate::ui) struct Film {
    path: PathBuf,
    pub(super) history: History,
    /// The film as it lies on disk.
    saved: Arc<Timeline>,
    pub(super) ids: IdSource,
    problems: Vec<Problem>,
    /// What keeps that which is not saved; `None` where it cannot be kept.
    autosave: Option<Autosave>,
    /// The edit that a hand is still making.
    pub(super) gesture: Option<Gesture>,
}

impl Film {
    /// Opens the film at `path`, with what was never saved of it; and what there is to say of that.
    pub(in crate::ui) fn open(path: &Path) -> Result<(Self, Vec<String>), project::Error> {
        let (timeline, problems) = project::open(path)?;
        let mut film = Self::of(path, Arc::new(timeline), problems);
        let mut said = Vec::new();
        match Autosave::start(path) {
            Ok(autosave) => film.autosave = Some(autosave),
            Err(error) => said.push(error.to_string()),
        }
        said.extend(film.take_in_recovery());
        film.keep();
        Ok((film, said))
    }

    /// Takes in what was never saved, and says so. What cannot be taken in is put aside; where not even that
    /// can be done, nothing more is kept beside the film, for it would take its place.
    fn take_in_recovery(&mut self) -> Option<String> {
        match project::recovered(&self.path) {
            Ok(None) => None,
            Ok(Some(found)) if found.follows => Some(self.recover(found)),
            Ok(Some(_)) if self.autosave.is_none() => None,
            Ok(Some(found)) => Some(self.aside_or_alone(
                project::set_aside(&self.path, &found),
                "edits that were never saved began from another version",
            )),
            Err(error) if self.autosave.is_none() => Some(error.to_string()),
            Err(error) => {
                let aside = project::set_unreadable_aside(&self.path);
                Some(self.aside_or_alone(aside, &error.to_string()))
            }
        }
    }

    fn aside_or_alone(&mut self, aside: Result<PathBuf, project::Error>, why: &str) -> String {
        match aside {
            Ok(name) => format!("{why}: they are kept in {}", name.display()),
            Err(error) => {
                self.autosave = None;
                format!(
                    "{why}; {error}. They stay where they are, and what you do now is kept only when you save"
                )
            }
        }
    }

    /// Takes in edits that were never saved: the newest step of the history.
    fn recover(&mut self, found: Recovered) -> String {
        let (edits, last) = (found.edits, found.last);
        self.history.push(format!("Recovered: {last}"), found.timeline);
        format!(
            "{edits} edits were recovered that had not been saved; the last was {last}. Undo goes back to what was saved"
        )
    }

    /// Has what is not saved kept, or nothing where all is saved.
    pub(super) fn keep(&self) {
        let Some(autosave) = &self.autosave else { return };
        if self.is_changed() {
            let position = self.history.position();
            let last = self.history.undo_name().unwrap_or_default();
            autosave.keep(Arc::clone(self.now()), position as u64, last);
        } else {
            autosave.forget();
        }
    }

    /// The film is closed on purpose: what is not saved is given up.
    pub(in crate::ui) fn close(&mut self) {
        if let Some(autosave) = self.autosave.take() {
            autosave.forget();
        }
    }

    /// A film of which the file at `path` already holds this version.
    pub(in crate::ui) fn of(path: &Path, timeline: Arc<Timeline>, problems: Vec<Problem>) -> Self {
        let seed = getrandom::u64().unwrap_or(path.as_os_str().len() as u64);
        Self {
            path: path.to_owned(),
            history: History::new(Arc::clone(&timeline)),
            saved: timeline,
            ids: IdSource::seeded(seed),
            problems,
            autosave: None,
            gesture: None,
        }
    }

    /// The film as it is now.
    pub(in crate::ui) fn now(&self) -> &Arc<Timeline> {
        self.history.now()
    }

    /// Its file.
    pub(in crate::ui) fn path(&self) -> &Path {
        &self.path
    }

    /// Where its media paths start from.
    pub(in crate::ui) fn folder(&self) -> PathBuf {
        self.path.parent().map(Path::to_owned).unwrap_or_default()
    }

    /// What it is called: its title, or its file's name.
    pub(in crate::ui) fn title(&self) -> String {
        let title = &self.now().settings.title;
        let name = || self.path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if title.is_empty() { name() } else { title.clone() }
    }

    /// The sequence that is cut.
    pub(in crate::ui) fn sequence(&self) -> Option<&Arc<Sequence>> {
        self.now().main()
    }

    /// The id of the sequence that is cut.
    pub(in crate::ui) fn main(&self) -> Id {
        self.now().settings.main
    }

    /// Every version and which of them is now.
    pub(in crate::ui) const fn history(&self) -> &History {
        &self.history
    }

    /// What is wrong with it, as it was found when it was opened.
    pub(in crate::ui) fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// Whether something would be lost if it were closed now.
    pub(in crate::ui) fn is_changed(&self) -> bool {
        !Arc::ptr_eq(self.now(), &self.saved)
    }

    /// Makes an edit and names it; gives what happened besides.
    pub(in crate::ui) fn edit(
        &mut self,
        name: &str,
        scope: Scope,
        verb: impl FnOnce(&Timeline, Scope, &mut IdSource) -> Result<Edited, Refused>,
    ) -> Result<Edited, Refused> {
        self.gesture = None;
        let edited = verb(self.history.now(), scope, &mut self.ids)?;
        if edited.timeline != **self.history.now() {
            self.history.push(name, edited.timeline.clone());
            self.keep();
        }
        Ok(edited)
    }

    /// What an edit would give, without making it: for what is drawn while one drags.
    pub(in crate::ui) fn try_out(
        &self,
        scope: Scope,
        verb: impl FnOnce(&Timeline, Scope, &mut IdSource) -> Result<Edited, Refused>,
    ) -> Result<Edited, Refused> {
        verb(self.history.now(), scope, &mut self.ids.clone())
    }

    /// Goes back one edit; its name.
    pub(in crate::ui) fn undo(&mut self) -> Option<String> {
        self.gesture = None;
        let name = self.history.undo()?.to_owned();
        self.keep();
        Some(name)
    }

    /// Makes the last undone edit again; its name.
    pub(in crate::ui) fn redo(&mut self) -> Option<String> {
        self.gesture = None;
        let name = self.history.redo()?.to_owned();
        self.keep();
        Some(name)
    }

    /// Goes to a version by its place in the history.
    pub(in crate::ui) fn jump(&mut self, step: usize) {
        self.gesture = None;
        if step != self.history.position() && self.history.jump(step).is_some() {
            self.keep();
        }
    }

    /// Saves it whole.
    pub(in crate::ui) fn save(&mut self) -> Result<(), project::Error> {
        let now = Arc::clone(self.now());
        project::save(&self.path, &now)?;
        self.saved = now;
        if let Some(autosave) = &mut self.autosave {
            autosave.saved(&self.path);
        }
        Ok(())
    }

    /// Saves it under another name, and goes on there.
    pub(in crate::ui) fn save_as(&mut self, path: &Path) -> Result<(), project::Error> {
        let now = Arc::clone(self.now());
        project::save(path, &now)?;
        self.close();
        (self.path, self.saved) = (path.to_owned(), now);
        self.autosave = Some(Autosave::start(path)?);
        Ok(())
    }
}
