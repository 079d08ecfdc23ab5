//! `roomtone cut`: the verbs of editing on a film's main sequence. Each is one call: it reads the
//! film, edits, saves, and says what happened. A refused edit moves nothing.

mod lay;
mod name;
mod part;
mod set;
mod transition;
mod trims;

use super::film::Opened;
use super::output::Output;
use super::{Done, Failure};
use crate::edit::{Edited, Scope, WorkOrder};
use clap::{Args, Subcommand};
use serde_json::json;
use std::path::PathBuf;
use std::sync::Arc;
use timeline_format::{IdSource, Sequence, Timeline};

/// Edit a film: append, insert, overwrite, place, trim, ripple, roll, slip, slide, dissolve ...
#[derive(Debug, Args)]
#[command(after_help = "\
A clip is named by its id, or by a place on a track: v1@58, v1@00:00:02:10.
A length is in frames (58), seconds (2.4s) or timecode (00:00:02:10).

Examples:
  roomtone cut film.roomtone append v1 harbour --length 2.4s
  roomtone cut film.roomtone dissolve v1@59 --length 24
  roomtone cut film.roomtone roll v1@59 tail --by -6
  roomtone cut film.roomtone place ambience wind --at 0 --length 10s --fade-in 1s")]
pub(crate) struct Arguments {
    /// The film's file.
    film: PathBuf,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    Append(lay::Append),
    Insert(lay::Insert),
    Overwrite(lay::Overwrite),
    Place(lay::Place),
    Lift(part::Lift),
    Extract(part::Extract),
    Remove(part::Remove),
    Razor(part::Razor),
    Join(part::Join),
    Trim(trims::Trim),
    Ripple(trims::Ripple),
    Roll(trims::Roll),
    Slip(trims::Slip),
    Slide(trims::Slide),
    Length(trims::Length),
    Move(trims::Move),
    Swap(trims::Swap),
    Dissolve(transition::Dissolve),
    Undissolve(transition::Undissolve),
    Speed(set::Speed),
    Freeze(set::Freeze),
    Set(set::Set),
    Key(set::Key),
    Take(set::Take),
    Rate(set::Rate),
    Mark(set::Mark),
    Track(set::Track),
    Link(part::Link),
    Unlink(part::Unlink),
}

/// What a verb works on.
struct Bench<'a> {
    film: &'a Timeline,
    main: Arc<Sequence>,
    scope: Scope,
    ids: IdSource,
}

/// Makes the edit and saves the film.
pub(crate) fn run(arguments: &Arguments, output: Output) -> Done {
    let opened = Opened::open(&arguments.film, output)?;
    let scope = Scope::of(opened.timeline.settings.main);
    let ids = IdSource::seeded(getrandom::u64()?);
    let mut bench = Bench { film: &opened.timeline, main: opened.main()?, scope, ids };
    let edited = arguments.verb.edit(&mut bench)?;
    crate::project::save(&arguments.film, &edited.timeline)?;
    tell(&edited, output);
    Ok(())
}

fn tell(edited: &Edited, output: Output) {
    for note in &edited.notes {
        output.note(note);
    }
    for order in &edited.orders {
        output.say(words_of(order), || json!({"order": object_of(order)}));
    }
    for id in &edited.made {
        output.say(id, || json!({"made": id}));
    }
    let main = edited.timeline.main().map_or(0, |main| main.length());
    output.say(format_args!("the film has {main} frames"), || json!({"frames": main}));
}

/// A work order as a person hands it on: what, how many frames, from where.
fn words_of(order: &WorkOrder) -> String {
    let mut lines = vec![format!(
        "work order: media {} needs {} frames ahead and {} behind, from its frame {}",
        order.media, order.before, order.after, order.from_frame
    )];
    lines.extend(order.origin.iter().map(|(name, value)| format!("  {name}: {value}")));
    lines.join("\n")
}

fn object_of(order: &WorkOrder) -> serde_json::Value {
    json!({
        "clip": order.clip, "media": order.media, "origin": order.origin,
        "before": order.before, "after": order.after, "from_frame": order.from_frame,
    })
}

impl Verb {
    fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        match self {
            Self::Append(verb) => verb.edit(bench),
            Self::Insert(verb) => verb.edit(bench),
            Self::Overwrite(verb) => verb.edit(bench),
            Self::Place(verb) => verb.edit(bench),
            Self::Lift(verb) => verb.edit(bench),
            Self::Extract(verb) => verb.edit(bench),
            Self::Remove(verb) => verb.edit(bench),
            Self::Razor(verb) => verb.edit(bench),
            Self::Join(verb) => verb.edit(bench),
            Self::Trim(verb) => verb.edit(bench),
            Self::Ripple(verb) => verb.edit(bench),
            Self::Roll(verb) => verb.edit(bench),
            Self::Slip(verb) => verb.edit(bench),
            Self::Slide(verb) => verb.edit(bench),
            Self::Length(verb) => verb.edit(bench),
            Self::Move(verb) => verb.edit(bench),
            Self::Swap(verb) => verb.edit(bench),
            Self::Dissolve(verb) => verb.edit(bench),
            Self::Undissolve(verb) => verb.edit(bench),
            Self::Speed(verb) => verb.edit(bench),
            Self::Freeze(verb) => verb.edit(bench),
            Self::Set(verb) => verb.edit(bench),
            Self::Key(verb) => verb.edit(bench),
            Self::Take(verb) => verb.edit(bench),
            Self::Rate(verb) => verb.edit(bench),
            Self::Mark(verb) => verb.edit(bench),
            Self::Track(verb) => verb.edit(bench),
            Self::Link(verb) => verb.edit(bench),
            Self::Unlink(verb) => verb.edit(bench),
        }
    }
}
