//! Questions about files.

use crate::ui::desk::{Desk, Film, Question};
use eframe::egui::{Align2, Context};
use egui_file_dialog::FileDialog;
use std::path::PathBuf;
use timeline_format::Rate;
use timeline_format::sequence::Raster;

/// The question about files that waits.
#[derive(Default)]
pub(super) struct Files {
    asked: Option<(Question, FileDialog)>,
}

impl std::fmt::Debug for Files {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Files").field(&self.asked.as_ref().map(|(question, _)| question)).finish()
    }
}

impl Files {
    /// Asks a question about files.
    pub(super) fn ask(&mut self, question: &Question, desk: &Desk) {
        let folder = desk.film().map(Film::folder);
        let folder =
            folder.filter(|folder| folder.is_dir()).or_else(|| std::env::current_dir().ok());
        let mut dialog = FileDialog::new()
            .initial_directory(folder.unwrap_or_else(|| PathBuf::from("/")))
            .title(title_of(question))
            .anchor(Align2::CENTER_CENTER, [0.0, -40.0])
            .default_file_name("film.roomtone");
        match question {
            Question::Open => {
                dialog = dialog
                    .add_file_filter_extensions("Films", vec!["roomtone"])
                    .default_file_filter("Films");
                dialog.pick_file();
            }
            Question::File(_, _, endings) => {
                dialog = dialog
                    .add_file_filter_extensions("Files that are read", endings.to_vec())
                    .default_file_filter("Files that are read");
                dialog.pick_file();
            }
            Question::Import => dialog.pick_multiple(),
            Question::Relink => dialog.pick_directory(),
            _ => dialog.save_file(),
        }
        self.asked = Some((question.clone(), dialog));
    }

    /// Draws the question that waits, and acts on its answer.
    pub(super) fn ui(&mut self, context: &Context, desk: &mut Desk) {
        let Some((question, dialog)) = &mut self.asked else { return };
        dialog.update(context);
        let one = dialog.take_picked();
        let many = dialog.take_picked_multiple();
        let is_open = matches!(dialog.state(), egui_file_dialog::DialogState::Open);
        let question = question.clone();
        match (one, many) {
            (Some(path), _) => answer(desk, &question, path),
            (None, Some(paths)) => desk.import(paths),
            (None, None) if is_open => return,
            (None, None) => {}
        }
        self.asked = None;
    }
}

const fn title_of(question: &Question) -> &'static str {
    match question {
        Question::New => "Where the new film goes",
        Question::SaveAs => "Save the film as",
        Question::Import => "Bring in media",
        Question::File(..) => "Which file is read",
        Question::Relink => "Where to look for missing media",
        _ => "Open a film",
    }
}

fn answer(desk: &mut Desk, question: &Question, path: PathBuf) {
    match question {
        Question::New => begin(desk, path),
        Question::SaveAs => desk.save_as(&with_ending(path)),
        Question::Import => desk.import(vec![path]),
        Question::File(name, of, _) => desk.name_file(name, of, &path),
        Question::Relink => desk.relink(path),
        _ => desk.open(&path),
    }
}

fn with_ending(path: PathBuf) -> PathBuf {
    if path.extension().is_some() { path } else { path.with_extension("roomtone") }
}

/// Begins an empty film at `path`: 1080p at 24, one track of pictures and one of their sound.
fn begin(desk: &mut Desk, path: PathBuf) {
    let path = with_ending(path);
    let raster = Raster { width: 1920, height: 1080 };
    let film = crate::project::beginning(raster, Rate::FILM, 48_000, "");
    match crate::project::save(&path, &film) {
        Ok(()) => desk.open(&path),
        Err(error) => desk.notices.trouble(error),
    }
}
