//! `roomtone cut`: the verbs of editing on a film's main sequence. Each is one call: it reads the
//! film, edits, saves, and says what happened. A refused edit moves nothing.

mod beds;
mod catalogue;
mod cdl;
mod clips;
mod effects;
mod foley;
mod graining;
mod keyed;
mod lay;
mod layers;
mod looks;
mod made;
mod markers;
mod masks;
mod matching;
mod name;
mod nests;
mod part;
mod places;
mod points;
mod rides;
mod speeds;
mod stills;
mod strips;
mod takes;
mod tracks;
mod transition;
mod trims;
mod values;

pub(super) use looks::look_of;
pub(super) use name::value_of_name;

use super::film::Opened;
use super::output::Output;
use super::{Done, Failure};
use crate::edit::{Edited, Refused, Scope, Tight, WorkOrder};
use clap::{Args, Subcommand};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::sync::Arc;
use timeline_format::{Id, IdSource, Sequence, Timeline};

/// Edit a film: append, insert, overwrite, place, trim, ripple, roll, slip, slide, dissolve ...
#[derive(Debug, Args)]
#[command(after_help = "\
A clip or a free item is named by its id, or by a place on a track: v1@58, v1@00:00:02:10.
A track is named by its id or name, by its place from the bottom up (v1, a2), or by its role.
A length is in frames (58), seconds (2.4s) or timecode (00:00:02:10).

Examples:
  roomtone cut film.roomtone append v1 harbour --length 2.4s
  roomtone cut film.roomtone dissolve v1@59 --length 24
  roomtone cut film.roomtone roll v1@59 tail --by -6
  roomtone cut film.roomtone place ambience wind --at 0 --length 10s --fade-in 1s")]
pub(crate) struct Arguments {
    /// The film's file.
    film: PathBuf,
    #[command(flatten)]
    manner: Manner,
    #[command(subcommand)]
    verb: Verb,
}

/// How every verb goes about its work.
#[derive(Debug, Default, Args)]
struct Manner {
    /// The sequence that is edited; absent: the one that is delivered.
    #[arg(long = "sequence", value_name = "SEQUENCE", global = true)]
    edited: Option<Id>,
    /// Leave what is linked to a clip alone.
    #[arg(long, global = true)]
    alone: bool,
    /// Refuse the edit, where a transition would have to become shorter for it.
    #[arg(long, global = true)]
    keep_transitions: bool,
    /// Leave markers where they are, whatever ripples.
    #[arg(long, global = true)]
    keep_markers: bool,
    /// Tell what would happen, and leave the film as it is.
    #[arg(long, global = true)]
    dry_run: bool,
}

/// One enumeration and one dispatch of all the verbs, by the file that they are in.
macro_rules! verbs {
    ($($file:ident: $($verb:ident)+;)+) => {
        #[derive(Debug, Subcommand)]
        enum Verb {
            $($($verb($file::$verb),)+)+
        }

        impl Verb {
            fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
                match self {
                    $($(Self::$verb(verb) => verb.edit(bench),)+)+
                }
            }
        }
    };
}

verbs! {
    lay: Append Insert Overwrite;
    points: Points;
    layers: Place Fill Put Anchor;
    part: Lift Extract Remove Razor Join;
    trims: Trim Ripple Roll Slip Slide Length Move Swap;
    clips: Replace Link Unlink Group Ungroup Disable Enable Rename;
    transition: Dissolve Redissolve Undissolve;
    speeds: Speed Reverse Freeze;
    values: Set Key RemoveKey Fade;
    effects: Effect RemoveEffect;
    looks: Look SaveLook RemoveLook;
    stills: KeepStill TakeStill RemoveStill;
    cdl: Cdl;
    masks: Mask Masks MoveMask RemoveMask;
    matching: Match;
    graining: MatchGrain;
    takes: Take Rate AddTake SetTake OrderTakes;
    markers: Mark SetMarker MoveMarker RemoveMarker;
    rides: Ride;
    strips: Bus RemoveBus Output Send RemoveSend Node SetNode RemoveNode;
    keyed: KeyNode UnkeyNode MoveNode;
    foley: Spot Suggest Follow;
    places: MakePlace SetPlace RemovePlace Furnish Scene;
    beds: Bed RemoveBed;
    tracks: Track SetTrack MoveTrack RemoveTrack Lock Unlock Sync Unsync;
    nests: Nest Unnest Conform Main;
}

/// What a verb works on.
struct Bench<'a> {
    film: &'a Timeline,
    /// The sequence that is edited.
    main: Arc<Sequence>,
    /// Where the film's media are read from.
    folder: PathBuf,
    scope: Scope,
    ids: IdSource,
    /// What the verb has to say besides: to people, and to programs.
    said: Vec<(String, Value)>,
}

impl<'a> Bench<'a> {
    fn new(opened: &'a Opened, manner: &Manner) -> Result<Self, Failure> {
        let film = &*opened.timeline;
        let id = manner.edited.unwrap_or(film.settings.main);
        let Some(main) = film.sequences.get(&id).map(Arc::clone) else {
            let known: Vec<_> = film.sequences.keys().map(Id::to_string).collect();
            let known = known.join(", ");
            let words = format!("there is no sequence {id}; the sequences are {known}");
            return Err(Failure::call(words));
        };
        let scope = Scope {
            tight: if manner.keep_transitions { Tight::Refuse } else { Tight::Shorten },
            linked: !manner.alone,
            markers: !manner.keep_markers,
            ..Scope::of(id)
        };
        let ids = IdSource::seeded(getrandom::u64()?);
        Ok(Self { film, main, folder: opened.folder(), scope, ids, said: Vec::new() })
    }

    /// One edit after the other, as one.
    fn each<T>(
        &mut self,
        all: impl IntoIterator<Item = T>,
        edit: impl Fn(&Timeline, Scope, T, &mut IdSource) -> Result<Edited, Refused>,
    ) -> Result<Edited, Failure> {
        let mut sum = Edited::plain(self.film.clone());
        for one in all {
            let edited = edit(&sum.timeline, self.scope, one, &mut self.ids)?;
            sum.timeline = edited.timeline;
            sum.notes.extend(edited.notes);
            sum.made.extend(edited.made);
            sum.orders.extend(edited.orders);
        }
        Ok(sum)
    }
}

/// The clip or free item of the main sequence called `text`, as every verb names it.
pub(super) fn clip_called(opened: &Opened, text: &str) -> Result<Id, Failure> {
    Bench::new(opened, &Manner::default())?.clip(text)
}

/// Makes the edit and saves the film.
pub(crate) fn run(arguments: &Arguments, output: Output) -> Done {
    let opened = Opened::open(&arguments.film, output)?;
    let mut bench = Bench::new(&opened, &arguments.manner)?;
    let edited = arguments.verb.edit(&mut bench)?;
    if !arguments.manner.dry_run {
        crate::project::save(&arguments.film, &edited.timeline)?;
    }
    for (words, object) in bench.said {
        output.say(words, || object);
    }
    tell(&edited, bench.scope.sequence, output);
    Ok(())
}

fn tell(edited: &Edited, sequence: Id, output: Output) {
    for note in &edited.notes {
        output.note(note);
    }
    for order in &edited.orders {
        output.say(order, || json!({"order": object_of(order)}));
    }
    for id in &edited.made {
        output.say(id, || json!({"made": id}));
    }
    let length = |sequence: &Arc<Sequence>| sequence.length();
    let main = edited.timeline.main().map_or(0, length);
    output.say(format_args!("the film has {main} frames"), || json!({"frames": main}));
    let own = edited.timeline.sequences.get(&sequence).map_or(0, length);
    if sequence != edited.timeline.settings.main {
        let words = format!("sequence {sequence} has {own} frames");
        output.say(words, || json!({"sequence": sequence, "frames": own}));
    }
}

fn object_of(order: &WorkOrder) -> Value {
    json!({
        "clip": order.clip, "media": order.media, "origin": order.origin,
        "before": order.before, "after": order.after, "from_frame": order.from_frame,
    })
}
