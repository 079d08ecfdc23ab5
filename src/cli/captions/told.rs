//! Captions as they are, and what is hard to read of them.

use super::Desk;
use crate::captions::checks::{Finding, Limits, findings};
use crate::cli::{Done, Failure, moment};
use clap::Args;
use serde_json::json;

/// List captions, or the cues of those that are named.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone captions film.roomtone list --of en")]
pub(super) struct List {
    /// Which captions: by id, name or language.
    #[arg(long)]
    of: Option<String>,
}

impl List {
    pub(super) fn run(&self, desk: &Desk<'_>) -> Done {
        if self.of.is_none() && desk.main.captions.len() != 1 {
            for (id, captions) in &desk.main.captions {
                let (count, burned) = (captions.cues.len(), captions.burned);
                let drawn = if burned { ", drawn into the picture" } else { "" };
                let title = captions.title(*id);
                desk.output.say(format!("{id:16} {title}: {count} cues{drawn}"), || {
                    json!({"captions": id, "name": captions.name, "language": captions.language,
                           "burned": burned, "cues": count})
                });
            }
            return Ok(());
        }
        let (_, captions) = desk.captions(self.of.as_deref())?;
        for cue in &captions.cues {
            let label = |frame| moment::label_of(frame, &desk.main);
            let (from, to) = (label(cue.at), label(cue.end()));
            let text = cue.text.replace('\n', " / ");
            let words = format!("{:16} {from} {to}  {text}", cue.id);
            desk.output.say(words, || json!({"cue": cue}));
        }
        Ok(())
    }
}

/// Tell what is hard to read: too fast, too wide, too short, too near, at once; exit 1 if anything is.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone captions film.roomtone check --speed 17 --line 37")]
pub(super) struct Check {
    /// Which captions: by id, name or language; absent: all of them.
    #[arg(long)]
    of: Option<String>,
    /// The most characters a second.
    #[arg(long, default_value_t = 20.0)]
    speed: f64,
    /// The most characters a line.
    #[arg(long, default_value_t = 42)]
    line: usize,
    /// The most lines.
    #[arg(long, default_value_t = 2)]
    lines: usize,
    /// The least frames between cues that do not touch.
    #[arg(long, default_value_t = 2)]
    gap: i64,
}

impl Check {
    pub(super) fn run(&self, desk: &Desk<'_>) -> Done {
        let usual = Limits::usual(desk.main.header.rate);
        let Self { speed, line, lines, gap, .. } = *self;
        let limits = Limits { speed, line, lines, gap, ..usual };
        let mut count = 0;
        for (id, captions) in &desk.main.captions {
            let is_meant = self.of.is_none() || desk.captions(self.of.as_deref())?.0 == *id;
            for finding in findings(captions, &limits).iter().filter(|_| is_meant) {
                count += 1;
                let words = words(desk, &captions.title(*id), finding);
                let (check, cue) = (finding.check.id, finding.cue.id);
                desk.output.say(words, || {
                    json!({"captions": id, "cue": cue, "at": finding.cue.at, "check": check,
                           "words": finding.words})
                });
            }
        }
        if count == 0 {
            desk.output.say("nothing is hard to read", || json!({"findings": 0}));
            return Ok(());
        }
        desk.output.say(format!("{count} things are hard to read"), || json!({"findings": count}));
        Err(Failure::Told)
    }
}

fn words(desk: &Desk<'_>, title: &str, finding: &Finding<'_>) -> String {
    let at = moment::label_of(finding.cue.at, &desk.main);
    format!("{title} {at} {:8} {} ({})", finding.check.id, finding.words, finding.cue.id)
}
