//! Three- and four-point edits.

use super::Bench;
use crate::cli::Failure;
use crate::edit::{self, Edited, Manner};
use clap::Args;
use serde_json::json;
use timeline_format::Ratio;

/// Lay a source by three or four points: the one that is not given follows from the others.
///
/// Out points are the first frame that is not used. A record out without a record in is where the
/// source out lands (backtime). Of four points that do not agree the source out is dropped, and
/// told, unless --fit changes the speed so that all four hold.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  roomtone cut film.roomtone points rain v1 dialogue --in 12 --out 36 --to 00:00:04:00"
)]
pub(super) struct Points {
    /// A shot, a media or a sequence, by id.
    source: String,
    /// The tracks; what is laid on several is linked.
    #[arg(required = true)]
    tracks: Vec<String>,
    /// The first frame of the source, on its own grid.
    #[arg(long = "in", allow_negative_numbers = true)]
    source_in: Option<Ratio>,
    /// The first frame of the source that is not used.
    #[arg(long = "out", allow_negative_numbers = true)]
    source_out: Option<Ratio>,
    /// The first frame of the film: a number or a timecode.
    #[arg(long)]
    from: Option<String>,
    /// The first frame of the film that is not covered.
    #[arg(long)]
    to: Option<String>,
    /// Where the playhead is: it stands in for --from.
    #[arg(long, default_value = "0")]
    playhead: String,
    /// Move what is there and behind later, instead of laying over it.
    #[arg(long)]
    insert: bool,
    /// With four points: change the speed so that the source fills the film's span exactly.
    #[arg(long)]
    fit: bool,
}

impl Points {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let at = |text: &Option<String>| text.as_deref().map(|text| bench.frame(text)).transpose();
        let (record_in, record_out) = (at(&self.from)?, at(&self.to)?);
        let points = edit::Points {
            source_in: self.source_in,
            source_out: self.source_out,
            record_in,
            record_out,
            playhead: bench.frame(&self.playhead)?,
            tracks: bench.tracks(&self.tracks)?,
            manner: if self.insert { Manner::Insert } else { Manner::Overwrite },
            fit: self.fit,
            source: bench.source(&self.source)?,
        };
        let all = edit::resolve_points(bench.film, bench.scope, &points)?;
        let to = all.at.saturating_add(all.length);
        let edited = edit::lay_points(bench.film, bench.scope, &points, &mut bench.ids)?;
        let words = format!(
            "source frames {} to {} on frames {} to {to}, at speed {}",
            all.source_in, all.source_out, all.at, all.speed
        );
        let source = [all.source_in.to_string(), all.source_out.to_string()];
        let speed = all.speed.to_string();
        bench.said.push((words, json!({"source": source, "film": [all.at, to], "speed": speed})));
        Ok(edited)
    }
}
