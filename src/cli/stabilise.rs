//! `roomtone stabilise`: a clip whose camera shakes is made steady, by what most of its picture shows.

use super::cut::clip_called;
use super::film::Opened;
use super::output::Output;
use super::track::{refused, tracked};
use super::{Done, Failure, moment};
use crate::edit::{self, Scope};
use crate::picture::track::{Edges, Freedom, Steadying};
use crate::play::Followed;
use crate::play::tracking::{Stabilise, Stabilised};
use clap::{Args, ValueEnum};
use serde_json::json;
use std::path::PathBuf;
use timeline_format::IdSource;

/// Make a clip steady whose camera shakes: nothing need be pointed at.
#[derive(Debug, Args)]
#[command(after_help = "\
Corners that are spread over the picture are followed; what most of them agree on is the camera, and what moves by itself
counts for nothing. The clip's placement gets a keyframe in each frame. The placement that it has in the frame of --at
stays what it is there.

Examples:
  roomtone stabilise film.roomtone v1@58
  roomtone stabilise film.roomtone v1@58 --smooth 12 --most 1.1
  roomtone stabilise film.roomtone v1@58 --lock --at 70 --perspective --edges show")]
pub(crate) struct Arguments {
    /// The film's file.
    film: PathBuf,
    /// The clip: an id, or a place on a track such as v1@58.
    clip: String,
    /// How slow a movement must be to stay, in frames: the deviation of a Gaussian.
    #[arg(long, value_name = "FRAMES", default_value_t = 12.0, conflicts_with = "lock")]
    smooth: f64,
    /// No movement stays: every frame lies as that of --at.
    #[arg(long)]
    lock: bool,
    /// The moment in which it is taken up: a frame number or a timecode of the film; absent: the first frame.
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
    /// First frame of the film that is made steady; absent: the clip's first.
    #[arg(long, value_name = "TIME")]
    from: Option<String>,
    /// First frame of the film that is not; absent: the clip's end.
    #[arg(long, value_name = "TIME")]
    to_frame: Option<String>,
    /// Move its corners each by itself, for a flat scene that is seen from changing places; else it is moved, turned and
    /// sized.
    #[arg(long)]
    perspective: bool,
    /// What becomes of the edges that come into sight.
    #[arg(long, value_enum, default_value_t = Rim::Zoom)]
    edges: Rim,
    /// How many times larger it may get for that: beyond it, less of the shake goes.
    #[arg(long, value_name = "TIMES", default_value_t = 1.25)]
    most: f64,
    /// Follow and tell, and leave the film as it is.
    #[arg(long)]
    dry_run: bool,
}

/// What becomes of edges.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Rim {
    /// The picture is made larger until they stay out of sight.
    Zoom,
    /// They are seen, and what is below.
    Show,
}

impl Arguments {
    fn freedom(&self) -> Freedom {
        if self.perspective { Freedom::Perspective } else { Freedom::Similar }
    }

    fn steadying(&self) -> Result<Steadying, Failure> {
        let is_sound = self.smooth.is_finite() && self.smooth > 0.0;
        let words =
            "--smooth takes a number of frames above 0, such as 12; --lock lets no movement stay";
        match (self.lock, is_sound) {
            (true, _) => Ok(Steadying::Still),
            (false, true) => Ok(Steadying::Smooth(self.smooth)),
            (false, false) => Err(Failure::call(words)),
        }
    }

    fn edges(&self) -> Result<Edges, Failure> {
        match self.edges {
            Rim::Show => Ok(Edges::Shown),
            Rim::Zoom if (1.0..=8.0).contains(&self.most) => Ok(Edges::Filled(self.most)),
            Rim::Zoom => Err(Failure::call("--most takes a number from 1 to 8, such as 1.25")),
        }
    }
}

/// Follows, makes steady, tells, and sets keyframes.
pub(crate) fn run(arguments: &Arguments, output: Output) -> Done {
    let how = (arguments.steadying()?, arguments.edges()?);
    let opened = Opened::open(&arguments.film, output)?;
    let asked = asked(arguments, &opened, how)?;
    let tracked = tracked(&opened, &asked.track(), output)?;
    let stabilised = asked.made(&opened.timeline, &tracked).map_err(refused)?;
    tell(&tracked.followed, &stabilised, output);
    let mut film = timeline_format::Timeline::clone(&opened.timeline);
    let mut ids = IdSource::seeded(getrandom::u64()?);
    let scope = Scope::of(film.settings.main);
    for (clip, target, value) in stabilised.sets {
        let set = (clip, &target, Some(value));
        film = edit::set_parameter(&film, scope, set, &mut ids)?.timeline;
    }
    if !arguments.dry_run {
        crate::project::save(&arguments.film, &film)?;
    }
    Ok(())
}

/// The clip, where it is taken up, and how it is made steady.
fn asked(
    arguments: &Arguments,
    opened: &Opened,
    (how, edges): (Steadying, Edges),
) -> Result<Stabilise, Failure> {
    let freedom = arguments.freedom();
    let main = opened.main()?;
    let clip = clip_called(opened, &arguments.clip)?;
    let at = |text: &Option<String>| {
        text.as_deref().map(|text| moment::frame_at(text, &main)).transpose()
    };
    let part = [at(&arguments.from)?, at(&arguments.to_frame)?];
    let first = || {
        let seat = edit::seat_of(&main, clip)
            .ok_or_else(|| Failure::call(format!("the clip {clip} lies nowhere")))?;
        Ok::<i64, Failure>(part[0].unwrap_or_else(|| seat.start.ceil()))
    };
    let taken = at(&arguments.at)?.map_or_else(first, Ok)?;
    Ok(Stabilise { clip, taken, part, freedom, how, edges })
}

fn tell(followed: &Followed, stabilised: &Stabilised, output: Output) {
    let Stabilised { path, made, .. } = stabilised;
    let more = if made.part < 1.0 { ": a larger --most, or --edges show, lets it" } else { "" };
    let round = |number: f64| (number * 1e4).round() / 1e4;
    let least = followed.held.iter().map(|it| it.confidence).fold(1.0, f64::min);
    output.say(format!("{stabilised}{more}"), || {
        json!({
            "frames": path.len(), "lost": path.iter().filter(|plane| plane.is_none()).count(),
            "moved": round(stabilised.usual()), "most": round(stabilised.most()),
            "zoom": round(made.zoom), "part": round(made.part), "least": round(least),
        })
    });
}
