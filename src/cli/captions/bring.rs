//! Captions from a file and to one.

use super::Desk;
use crate::captions::{self, Format};
use crate::cli::{Done, Failure, replacing};
use crate::edit::{self, Edited};
use anyhow::Context as _;
use clap::Args;
use serde_json::json;
use std::path::{Path, PathBuf};
use timeline_format::{Id, Severity};

/// Bring captions from a file of SubRip (.srt), WebVTT (.vtt) or SubStation Alpha (.ass, .ssa).
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  roomtone captions film.roomtone import film.srt --language en --name English"
)]
pub(super) struct Import {
    /// The file.
    file: PathBuf,
    /// The language, as BCP 47 writes it: en, pt-BR.
    #[arg(long, default_value = "")]
    language: String,
    /// What they are called.
    #[arg(long, default_value = "")]
    name: String,
    /// Their id; captions that have it are replaced; absent: a new one.
    #[arg(long)]
    id: Option<Id>,
    /// Move every cue by so much: 24, -2s.
    #[arg(long, allow_hyphen_values = true)]
    by: Option<String>,
    /// Take a name in capitals ahead of a text, as in "ANN: Look!", for its speaker; else it is text.
    #[arg(long)]
    speakers: bool,
}

impl Import {
    pub(super) fn edit(&self, desk: &mut Desk<'_>) -> Result<Edited, Failure> {
        let format = known(&self.file, captions::reader_of(&self.file))?;
        let shown = self.file.display();
        let size =
            std::fs::metadata(&self.file).with_context(|| format!("cannot read {shown}"))?.len();
        if size > captions::MOST_BYTES {
            let most = captions::MOST_BYTES >> 20;
            return Err(anyhow::anyhow!(
                "{shown} has more than {most} MB: no captions are so long"
            )
            .into());
        }
        let bytes = std::fs::read(&self.file).with_context(|| format!("cannot read {shown}"))?;
        let rate = desk.main.header.rate;
        let (mut read, problems) = captions::read(&bytes, format, rate, &mut desk.ids);
        problems.iter().for_each(|problem| desk.output.note(problem));
        if read.cues.is_empty() && problems.iter().any(|it| it.severity == Severity::Error) {
            return Err(anyhow::anyhow!("{shown} holds no captions that can be read").into());
        }
        (read.language, read.name) = (self.language.clone(), self.name.clone());
        let by = self.by.as_deref().map_or(Ok(0), |by| super::cues::signed(desk, by))?;
        read.cues.iter_mut().for_each(|cue| cue.at = cue.at.saturating_add(by));
        read.cues.retain(|cue| cue.at >= 0);
        if self.speakers {
            captions::speakers::taken(&mut read);
        }
        let id = self.id.unwrap_or_else(|| desk.ids.next_id());
        let count = read.cues.len();
        let edited = edit::put_captions(desk.film, desk.scope, (id, &read), &mut desk.ids)?;
        desk.output.say(format!("{count} cues"), || json!({"captions": id, "cues": count}));
        Ok(edited)
    }
}

/// The format of a file, where there is one for its ending.
fn known(file: &Path, found: Option<&'static Format>) -> Result<&'static Format, Failure> {
    found.ok_or_else(|| {
        let known: Vec<_> = captions::ALL.iter().map(|format| format.id).collect();
        let known = known.join(", ");
        Failure::call(format!("{} is no file of captions: they end in {known}", file.display()))
    })
}

/// Write captions to a file of SubRip (.srt), WebVTT (.vtt) or Advanced SubStation Alpha (.ass).
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone captions film.roomtone export --of en -o film.vtt")]
pub(super) struct Export {
    /// Which captions: by id, name or language.
    #[arg(long)]
    of: Option<String>,
    /// The file.
    #[arg(short, long)]
    output: PathBuf,
    /// Write who speaks ahead of the texts, as in "ANN: Look!"; WebVTT and SubStation Alpha have it in a field
    /// of its own in any case, SubRip has none.
    #[arg(long)]
    speakers: bool,
    /// Replace what is there.
    #[arg(long)]
    force: bool,
}

impl Export {
    pub(super) fn run(&self, desk: &Desk<'_>) -> Done {
        let format = known(&self.output, captions::of_path(&self.output))?;
        let (_, found) = desk.captions(self.of.as_deref())?;
        replacing::refuse(&self.output, self.force)?;
        let spelled = self.speakers.then(|| captions::speakers::spelled(found));
        let all = spelled.as_ref().unwrap_or(found);
        let text = captions::write(all, format, desk.main.header.rate, 0..i64::MAX);
        let shown = self.output.display();
        std::fs::write(&self.output, text).with_context(|| format!("cannot write {shown}"))?;
        let count = found.cues.len();
        desk.output
            .say(format!("{count} cues: {shown}"), || json!({"cues": count, "path": self.output}));
        Ok(())
    }
}
