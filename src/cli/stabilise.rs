//! `roomtone stabilise`: a clip whose camera shakes is made steady, by what most of its picture shows.

use super::cut::clip_called;
use super::film::Opened;
use super::output::Output;
use super::track::tracked;
use super::{Done, Failure, moment};
use crate::edit::{self, Scope, Target};
use crate::picture::Lie;
use crate::picture::track::{
    Edges, Freedom, Placed, Plane, Steady, Steadying, pinned, steadied, steady,
};
use crate::play::tracking::{Passage, Track, Tracked, joined, placed};
use crate::play::{Followed, Grip};
use clap::{Args, ValueEnum};
use serde_json::json;
use std::path::PathBuf;
use timeline_format::{Frames, IdSource, Param, Value};

/// How sure a frame must be to count.
const SURE: f64 = 0.3;
/// Of the frames, the part in which the background must be followed.
const ENOUGH: f64 = 0.5;

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
    let (how, edges) = (arguments.steadying()?, arguments.edges()?);
    let opened = Opened::open(&arguments.film, output)?;
    let track = track(arguments, &opened)?;
    let Tracked { passage: shown, followed, .. } = tracked(&opened, &track, output)?;
    let placed = placed(&opened.timeline, &shown, followed.size);
    let path = path(&shown, &followed)?;
    let seen = seen(&placed).ok_or_else(|| Failure::call("nothing of the clip is seen"))?;
    let made = steady(&path, (arguments.freedom(), how), (followed.size, &seen), edges);
    let made = made.ok_or_else(|| {
        anyhow::anyhow!("no placement makes the clip steady: try without --perspective")
    })?;
    tell((&path, &followed), &made, output);
    let values = values(arguments, (&shown, &placed), (&made, followed.size));
    let mut film = timeline_format::Timeline::clone(&opened.timeline);
    let mut ids = IdSource::seeded(getrandom::u64()?);
    let scope = Scope::of(film.settings.main);
    for (name, value) in values {
        let set = (shown.id, &Target::Placement(name.to_owned()), Some(value));
        film = edit::set_parameter(&film, scope, set, &mut ids)?.timeline;
    }
    if !arguments.dry_run {
        crate::project::save(&arguments.film, &film)?;
    }
    Ok(())
}

/// The background of the clip, with nothing that goes with it.
fn track(arguments: &Arguments, opened: &Opened) -> Result<Track, Failure> {
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
    let grip = Grip::Background(arguments.freedom());
    Ok(Track { clip, grip, taken, part, goal: None })
}

/// Where the background has gone in each frame.
fn path(shown: &Passage<'_>, followed: &Followed) -> Result<Vec<Option<Plane>>, Failure> {
    let sure = |confidence: f64| confidence >= SURE;
    let path: Vec<Option<Plane>> =
        followed.held.iter().map(|held| sure(held.confidence).then_some(held.plane)).collect();
    let (count, all) = (path.iter().flatten().count(), path.len());
    if (count as f64) < ENOUGH * all as f64 {
        let at = shown.frames[shown.taken].film;
        return Err(anyhow::anyhow!(
            "the background was followed in {count} of {all} frames from frame {at} on, which is too few to say how the \
             camera moved: take it up in another frame (--at), or leave a part out (--from, --to-frame)"
        )
        .into());
    }
    Ok(path)
}

/// What is seen of a picture as it is placed, in its pixels: the corners of the frame, as far as it covers them.
fn seen(placed: &Placed) -> Option<Vec<[f64; 2]>> {
    let lie = Lie::of(placed.picture, &placed.placement, placed.frame)?;
    let size = [placed.picture.width, placed.picture.height].map(f64::from);
    let [wide, high] = [placed.frame.width, placed.frame.height].map(f64::from);
    let corners = [[0.0, 0.0], [wide, 0.0], [wide, high], [0.0, high]];
    let within = |corner: [f64; 2]| {
        let parts = lie.back(corner)?;
        Some([0, 1].map(|axis| parts[axis].clamp(0.0, 1.0) * size[axis]))
    };
    corners.into_iter().map(within).collect()
}

/// The values of the placement, by name.
fn values(
    arguments: &Arguments,
    (shown, placed): (&Passage<'_>, &Placed),
    (made, size): (&Steady, [f64; 2]),
) -> Vec<(&'static str, Param)> {
    let middle = size.map(|it| 0.5 * it);
    let values = |plane: &Plane| -> Option<Vec<(&'static str, Value)>> {
        let gone = plane.back();
        if arguments.perspective { pinned(placed, &gone) } else { steadied(placed, &gone, middle) }
    };
    let frames = shown.frames.iter().zip(&made.planes);
    let keys: Vec<(Frames, Vec<(&'static str, Value)>)> =
        frames.filter_map(|(frame, plane)| Some((frame.key, values(plane)?))).collect();
    joined(shown, keys, |name| shown.clip.look.placement.get(name))
}

fn tell((path, followed): (&[Option<Plane>], &Followed), made: &Steady, output: Output) {
    let (all, sure) = (path.len(), path.iter().flatten().count());
    let count = made.moved.len().max(1) as f64;
    let usual = (made.moved.iter().map(|it| it * it).sum::<f64>() / count).sqrt();
    let most = made.moved.iter().copied().fold(0.0, f64::max);
    let lost = if sure < all { format!(", lost in {} of them", all - sure) } else { String::new() };
    let less = if made.part < 1.0 {
        format!(
            "; {:.0} % of the shake goes: more needs a larger --most, or --edges show",
            100.0 * made.part
        )
    } else {
        String::new()
    };
    let words = format!(
        "steady through {all} frames{lost}: moved by {usual:.1} pixels, {most:.1} at most, {:.3} times as large{less}",
        made.zoom
    );
    let round = |number: f64| (number * 1e4).round() / 1e4;
    let least = followed.held.iter().map(|it| it.confidence).fold(1.0, f64::min);
    output.say(words, || {
        json!({
            "frames": all, "lost": all - sure, "moved": round(usual), "most": round(most),
            "zoom": round(made.zoom), "part": round(made.part), "least": round(least),
        })
    });
}
