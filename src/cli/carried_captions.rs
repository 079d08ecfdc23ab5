//! What becomes of a film's captions in a delivery: in the file, in the picture, beside it.

use super::captions::chosen;
use super::film::Opened;
use super::output::Output;
use super::{Done, Failure, replacing};
use crate::captions::{Format, find};
use crate::deliver::captions::{sidecar, within, write};
use crate::deliver::presets::{Container, Preset};
use clap::{Args, ValueEnum};
use serde_json::json;
use std::path::Path;
use std::sync::Arc;
use timeline_format::{Captions, Id, Sequence};

/// What becomes of the captions; absent: those that the film says are burned in are, and nothing else.
#[derive(Debug, Args)]
pub(crate) struct Carried {
    /// Put the film's captions into the file (mp4, mov, mkv), draw them into the picture, or write them to
    /// files beside it.
    #[arg(long, value_enum)]
    captions: Option<How>,
    /// Which captions: by id, name or language; absent: all of them.
    #[arg(long = "captions-of", value_name = "CAPTIONS")]
    of: Vec<String>,
    /// The format of files beside it.
    #[arg(long, value_name = "FORMAT", default_value = "srt", value_parser = ["srt", "vtt", "ass"])]
    captions_format: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum How {
    Mux,
    Burn,
    Sidecar,
}

impl Carried {
    /// The captions that are meant.
    fn meant(&self, main: &Sequence) -> Result<Vec<(Id, Arc<Captions>)>, Failure> {
        if self.of.is_empty() {
            if main.captions.is_empty() {
                let words =
                    "the film has no captions: bring some with `roomtone captions FILM import`";
                return Err(Failure::call(words));
            }
            return Ok(main.captions.iter().map(|(id, all)| (*id, Arc::clone(all))).collect());
        }
        let all = self.of.iter().map(|name| chosen(main, Some(name)));
        all.map(|found| found.map(|(id, captions)| (id, Arc::clone(captions)))).collect()
    }

    /// The film with the captions that are to be drawn marked as drawn.
    pub(super) fn burned(&self, opened: Opened) -> Result<Opened, Failure> {
        if self.captions != Some(How::Burn) {
            return Ok(opened);
        }
        let mut main = Sequence::clone(&*opened.main()?);
        for (id, captions) in self.meant(&main)? {
            let burned = Captions { burned: true, ..Captions::clone(&captions) };
            main.captions.insert(id, Arc::new(burned));
        }
        let id = opened.timeline.settings.main;
        let timeline = opened.timeline.with_sequence(id, main);
        Ok(Opened { timeline: Arc::new(timeline), ..opened })
    }

    /// The captions that the file is to hold.
    pub(super) fn muxed(
        &self,
        opened: &Opened,
        range: &std::ops::Range<i64>,
        preset: &Preset,
    ) -> Result<Vec<Captions>, Failure> {
        if self.captions != Some(How::Mux) {
            return Ok(Vec::new());
        }
        if !matches!(preset.container, Container::Mp4 | Container::Mov | Container::Mkv) {
            let words = format!(
                "files of {} hold no captions: draw them into the picture (--captions burn), or write \
                 them beside it (--captions sidecar)",
                preset.id
            );
            return Err(Failure::call(words));
        }
        let all = self.meant(&*opened.main()?)?;
        Ok(all.iter().map(|(_, captions)| within(captions, range.clone())).collect())
    }

    /// The captions that a file may hold, and whether it should hold all of them.
    pub(super) fn expected(
        &self,
        opened: &Opened,
        range: &std::ops::Range<i64>,
    ) -> Result<(Vec<Captions>, bool), Failure> {
        let main = opened.main()?;
        let must = self.captions == Some(How::Mux);
        let all = if must || !self.of.is_empty() {
            self.meant(&main)?
        } else {
            main.captions.iter().map(|(id, all)| (*id, Arc::clone(all))).collect()
        };
        let parts = all.iter().map(|(_, captions)| within(captions, range.clone()));
        Ok((parts.collect(), must))
    }

    /// Writes the captions that are to lie beside the delivery.
    pub(super) fn beside(
        &self,
        opened: &Opened,
        range: &std::ops::Range<i64>,
        (delivered, force): (&Path, bool),
        output: Output,
    ) -> Done {
        let format: Option<&Format> = find(&self.captions_format);
        let Some(format) = format.filter(|_| self.captions == Some(How::Sidecar)) else {
            return Ok(());
        };
        let main = opened.main()?;
        for (_, captions) in self.meant(&main)? {
            let part = within(&captions, range.clone());
            let path = sidecar(delivered, &part, format);
            replacing::refuse(&path, force)?;
            write(&path, &part, format, main.header.rate)?;
            output.say(path.display(), || json!({"captions": path}));
        }
        Ok(())
    }
}
