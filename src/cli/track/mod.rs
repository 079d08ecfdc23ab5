//! `roomtone track`: follows a point or a plane through a clip, and has masks and placements go with it.

mod tell;

use super::cut::clip_called;
use super::film::Opened;
use super::output::Output;
use super::{Done, Failure, interrupt, moment};
use crate::edit::{self, Scope};
use crate::play::Grip;
use crate::play::tracking::{Goal, NotTracked, Track, Tracked};
use clap::Args;
use std::path::PathBuf;
use timeline_format::{Id, IdSource};

/// Follow a point or a flat region through a clip; have a mask go with it, hold the clip still, or have another go along.
#[derive(Debug, Args)]
#[command(after_help = "\
Places are parts of the clip's own picture, 0 to 1 from its left and top. What is followed is taken up in the frame of
--at and followed to both ends of the clip, or of --from and --to-frame. Where it is lost, no keyframe is set.

Examples:
  roomtone track film.roomtone v1@58 --at 58 --point 0.42,0.31 --to mask:face
  roomtone track film.roomtone v1@58 --at 58 --region 0.2,0.3,0.25,0.2 --to heal.mask.sign
  roomtone track film.roomtone v1@58 --at 58 --point 0.5,0.5 --to placement
  roomtone track film.roomtone v1@58 --at 58 --point 0.5,0.5 --to placement:titles@58 --json
  roomtone track film.roomtone v1@58 --at 58 --region 0.2,0.3,0.25,0.2 --to pin:v2@58")]
pub(crate) struct Arguments {
    /// The film's file.
    film: PathBuf,
    /// The clip: an id, or a place on a track such as v1@58.
    clip: String,
    /// The moment in which it is taken up: a frame number or a timecode of the film.
    #[arg(long, value_name = "TIME")]
    at: String,
    /// A point: across and down.
    #[arg(long, value_name = "X,Y", value_parser = numbers::<2>, required_unless_present = "region")]
    point: Option<[f64; 2]>,
    /// A region that is flat, such as a wall, a sign or a screen: left, top, width and height.
    #[arg(long, value_name = "X,Y,W,H", value_parser = numbers::<4>, conflicts_with = "point")]
    region: Option<[f64; 4]>,
    /// What goes with it: mask:ID of the clip, EFFECT.mask.ID of one of its effects, placement (the clip is held still by
    /// it), placement:CLIP (another clip goes along), pin:CLIP (another clip's corners stay, in perspective, where they lie
    /// over the region at --at: a picture for a screen or a sign); absent: nothing, its places are told.
    #[arg(long, value_name = "WHAT")]
    to: Option<String>,
    /// First frame of the film in which it is followed; absent: the clip's first.
    #[arg(long, value_name = "TIME")]
    from: Option<String>,
    /// First frame of the film in which it is followed no more; absent: the clip's end.
    #[arg(long, value_name = "TIME")]
    to_frame: Option<String>,
    /// Follow and tell, and leave the film as it is.
    #[arg(long)]
    dry_run: bool,
}

/// So many numbers with commas between.
fn numbers<const COUNT: usize>(text: &str) -> Result<[f64; COUNT], String> {
    let parts: Vec<f64> = text.split(',').filter_map(|part| part.trim().parse().ok()).collect();
    let is_whole = text.split(',').count() == COUNT && parts.iter().all(|it| it.is_finite());
    let words = format!("write {COUNT} numbers with commas between, such as 0.4,0.5");
    parts.try_into().ok().filter(|_| is_whole).ok_or(words)
}

impl Arguments {
    fn grip(&self) -> Result<Grip, Failure> {
        let within = |part: f64| (0.0..=1.0).contains(&part);
        let grip = match (self.point, self.region) {
            (Some(point), _) => Grip::Point(point),
            (None, Some([x, y, wide, high])) => Grip::Region([x, y, x + wide, y + high]),
            (None, None) => return Err(Failure::call("name a --point or a --region")),
        };
        let is_in = match grip {
            Grip::Point(place) => place.into_iter().all(within),
            Grip::Background(_) => true,
            Grip::Region(ends) => {
                ends.into_iter().all(|it| within(it - 1e-9) || within(it + 1e-9))
                    && ends[0] < ends[2]
                    && ends[1] < ends[3]
            }
        };
        let words = "what is followed lies in the picture: its places are parts of it, from 0 to 1";
        is_in.then_some(grip).ok_or_else(|| Failure::call(words))
    }
}

/// Follows, tells, and sets keyframes.
pub(crate) fn run(arguments: &Arguments, output: Output) -> Done {
    let opened = Opened::open(&arguments.film, output)?;
    let main = opened.main()?;
    let at = |text: &Option<String>| {
        text.as_deref().map(|text| moment::frame_at(text, &main)).transpose()
    };
    let track = Track {
        clip: clip_called(&opened, &arguments.clip)?,
        grip: arguments.grip()?,
        taken: moment::frame_at(&arguments.at, &main)?,
        part: [at(&arguments.from)?, at(&arguments.to_frame)?],
        goal: arguments.to.as_deref().map(|to| goal_of(&opened, to)).transpose()?,
    };
    let tracked = tracked(&opened, &track, output)?;
    tell::told(&tracked, track.grip, track.goal.is_some(), output);
    if track.goal.is_none() {
        return Ok(());
    }
    let mut film = timeline_format::Timeline::clone(&opened.timeline);
    let mut ids = IdSource::seeded(getrandom::u64()?);
    let scope = Scope::of(film.settings.main);
    for (clip, target, value) in tracked.sets {
        let set = (clip, &target, Some(value));
        film = edit::set_parameter(&film, scope, set, &mut ids)?.timeline;
    }
    if !arguments.dry_run {
        crate::project::save(&arguments.film, &film)?;
    }
    Ok(())
}

/// What a text says is to go with a track.
fn goal_of(opened: &Opened, text: &str) -> Result<Goal, Failure> {
    let id = |text: &str| {
        let words = format!("{text:?} is no id: roomtone cut FILM masks CLIP tells those of masks");
        Id::parse(text).ok_or_else(|| Failure::call(words))
    };
    if let Some(other) = text.strip_prefix("placement:") {
        return Ok(Goal::Along(clip_called(opened, other)?));
    }
    if let Some(other) = text.strip_prefix("pin:") {
        return Ok(Goal::Pinned(clip_called(opened, other)?));
    }
    let parts: Vec<&str> = text.split(['.', ':']).collect();
    match parts[..] {
        ["placement"] => Ok(Goal::Still),
        ["mask", mask] => Ok(Goal::Mask(None, id(mask)?)),
        [effect, "mask", mask] => Ok(Goal::Mask(Some(id(effect)?), id(mask)?)),
        _ => Err(Failure::call(format!(
            "{text:?} is nothing that goes with a track: name mask:ID, EFFECT.mask.ID, placement, placement:CLIP or pin:CLIP"
        ))),
    }
}

/// What was asked for wrongly is the call's fault.
pub(super) fn refused(error: NotTracked) -> Failure {
    match error {
        NotTracked::Asked(words) => Failure::call(words),
        other => other.into(),
    }
}

/// Follows it through the pictures, with progress, until Ctrl-C.
pub(super) fn tracked<'a>(
    opened: &'a Opened,
    track: &Track,
    output: Output,
) -> Result<Tracked<'a>, Failure> {
    let count = track.passage(&opened.timeline).map_err(refused)?.frames.len();
    let stop = interrupt::stop_on_interrupt();
    let bar = output.bar(count as u64);
    let tracked = track.run(&opened.timeline, &opened.folder(), (&stop, &|| bar.inc(1)));
    bar.finish_and_clear();
    if stop.is_raised() {
        return Err(anyhow::anyhow!("stopped; nothing was changed").into());
    }
    tracked.map_err(refused)
}
