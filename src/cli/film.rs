//! Opening a film for a command: its problems are told, its main sequence is at hand.

use super::output::Output;
use super::{Failure, moment};
use crate::picture;
use clap::Args;
use serde_json::json;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use timeline_format::{Problem, Sequence, Timeline};

/// The part of a film that a command is about: all of it, if nothing is said.
#[derive(Debug, Args)]
pub(crate) struct Part {
    /// First frame: a number or a timecode.
    #[arg(long)]
    from: Option<String>,
    /// First frame after the last.
    #[arg(long)]
    to: Option<String>,
}

/// So many problems of a kind are told to people who did not ask for them.
const FEW: usize = 5;

/// A film that was opened.
#[derive(Debug)]
pub(crate) struct Opened {
    /// Its file.
    pub(crate) path: PathBuf,
    /// The film.
    pub(crate) timeline: Arc<Timeline>,
    /// What is wrong with it.
    pub(crate) problems: Vec<Problem>,
}

impl Opened {
    /// Opens the film at `path`; its problems are kept, not told.
    pub(crate) fn quietly(path: &Path) -> Result<Self, Failure> {
        let (timeline, mut problems) = crate::project::open(path)?;
        problems.extend(picture::problems(&timeline));
        let folder = path.parent().unwrap_or_else(|| Path::new(""));
        let font = |file: &str| crate::play::font_at(file, folder).map(drop);
        problems.extend(picture::titles::font_problems(&timeline, &font));
        Ok(Self { path: path.to_owned(), timeline: timeline.into(), problems })
    }

    /// Opens the film at `path` and tells its problems.
    pub(crate) fn open(path: &Path, output: Output) -> Result<Self, Failure> {
        let opened = Self::quietly(path)?;
        opened.tell(output);
        Ok(opened)
    }

    /// Tells every problem to programs, and people the first few of each kind.
    fn tell(&self, output: Output) {
        let mut told: BTreeMap<&str, usize> = BTreeMap::new();
        for problem in &self.problems {
            let count = told.entry(problem.code).or_default();
            *count += 1;
            if output.is_json() || *count <= FEW {
                output.note(problem);
            }
        }
        for (code, count) in told.into_iter().filter(|(_, count)| *count > FEW) {
            if !output.is_json() {
                let path = self.path.display();
                output.note(format_args!("{code}: {} more: roomtone check {path}", count - FEW));
            }
        }
    }

    /// Where its media paths start from.
    pub(crate) fn folder(&self) -> PathBuf {
        self.path.parent().map(Path::to_owned).unwrap_or_default()
    }

    /// What its deliveries say of themselves.
    pub(crate) fn tags(&self) -> BTreeMap<String, String> {
        let title = &self.timeline.settings.title;
        let said = (!title.is_empty()).then(|| ("title".to_owned(), title.clone()));
        said.into_iter().collect()
    }

    /// The sequence that is delivered.
    pub(crate) fn main(&self) -> Result<Arc<Sequence>, Failure> {
        let main = self.timeline.main().map(Arc::clone);
        main.ok_or_else(|| {
            anyhow::anyhow!("the film has no main sequence: {}", self.path.display()).into()
        })
    }

    /// The frame of the main sequence that `text` names, which must lie within it.
    pub(crate) fn frame(&self, text: &str) -> Result<i64, Failure> {
        let main = self.main()?;
        let (frame, length) = (moment::frame_at(text, &main)?, main.length());
        if (0..length).contains(&frame) {
            return Ok(frame);
        }
        let last = moment::label_of((length - 1).max(0), &main);
        Err(Failure::call(format!("{text} is not in the film, whose last frame is {last}")))
    }

    /// The half-open range of frames of a part.
    pub(crate) fn range(&self, part: &Part) -> Result<std::ops::Range<i64>, Failure> {
        let main = self.main()?;
        let at = |text: &Option<String>, absent| {
            text.as_ref().map_or(Ok(absent), |text| moment::frame_at(text, &main))
        };
        let range = at(&part.from, 0)?..at(&part.to, main.length())?;
        if range.start < 0 || range.end > main.length() || range.is_empty() {
            let length = main.length();
            let words =
                format!("frames {} to {}, and the film has {length}", range.start, range.end);
            return Err(Failure::call(format!("there is nothing to deliver in {words}")));
        }
        Ok(range)
    }
}

/// Tells what a player could not read.
pub(crate) fn tell_unread(unread: &[String], output: Output) {
    for words in unread {
        output.note(format_args!("warning: {words}"));
    }
    if output.is_json() && !unread.is_empty() {
        output.say("", || json!({"unread": unread}));
    }
}
