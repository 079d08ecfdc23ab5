//! `roomtone track`: follows a point or a plane through a clip, and has masks and placements go with it.

mod goal;
mod keys;
mod shown;
mod tell;

use super::cut::clip_called;
use super::film::Opened;
use super::output::Output;
use super::{Done, Failure, interrupt, moment};
use crate::edit::{self, Scope};
use crate::play::{Followed, Grip, follow, path_of};
use clap::Args;
use goal::Goal;
use std::path::PathBuf;
use timeline_format::{Frames, IdSource};

pub(super) use goal::{joined, placed};
pub(super) use shown::Shown;

/// Follow a point or a flat region through a clip; have a mask go with it, hold the clip still, or have another go along.
#[derive(Debug, Args)]
#[command(after_help = "\
Places are parts of the clip's own picture, 0 to 1 from its left and top. What is followed is taken up in the frame of
--at and followed to both ends of the clip, or of --from and --to-frame. Where it is lost, no keyframe is set.

Examples:
  roomtone track film.roomtone v1@58 --at 58 --point 0.42,0.31 --to mask:face
  roomtone track film.roomtone v1@58 --at 58 --region 0.2,0.3,0.25,0.2 --to heal.mask.sign
  roomtone track film.roomtone v1@58 --at 58 --point 0.5,0.5 --to placement
  roomtone track film.roomtone v1@58 --at 58 --point 0.5,0.5 --to placement:titles@58 --json")]
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
    /// it), placement:CLIP (another clip goes along); absent: nothing, its places are told.
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
    let grip = arguments.grip()?;
    let clip = clip_called(&opened, &arguments.clip)?;
    let at = |text: &Option<String>| {
        text.as_deref().map(|text| moment::frame_at(text, &main)).transpose()
    };
    let part = [at(&arguments.from)?, at(&arguments.to_frame)?];
    let taken = moment::frame_at(&arguments.at, &main)?;
    let shown = Shown::of(&opened, clip, (taken, part))?;
    let goal = arguments.to.as_deref().map(|to| Goal::of(&opened, &shown, to)).transpose()?;
    let followed = followed(&opened, &shown, grip, output)?;
    tell::told(&shown, (grip, &followed), goal.is_some(), output);
    let Some(goal) = goal else { return Ok(()) };
    let mut film = timeline_format::Timeline::clone(&opened.timeline);
    let mut ids = IdSource::seeded(getrandom::u64()?);
    let scope = Scope::of(film.settings.main);
    for (clip, target, value) in goal.values(&opened, &shown, (grip, &followed))? {
        let set = (clip, &target, Some(value));
        film = edit::set_parameter(&film, scope, set, &mut ids)?.timeline;
    }
    if !arguments.dry_run {
        crate::project::save(&arguments.film, &film)?;
    }
    Ok(())
}

/// Follows it through the pictures, with progress, until Ctrl-C.
pub(super) fn followed(
    opened: &Opened,
    shown: &Shown<'_>,
    grip: Grip,
    output: Output,
) -> Result<Followed, Failure> {
    let media = shown.media(opened)?;
    let path = path_of(media, &opened.folder())
        .ok_or_else(|| anyhow::anyhow!("the media {} is no local file", media.path))?;
    let stop = interrupt::stop_on_interrupt();
    let frames: Vec<Frames> = shown.frames.iter().map(|frame| frame.showing.at).collect();
    let bar = output.bar(frames.len() as u64);
    let followed = follow((&path, media), (&frames, shown.taken), grip, (&stop, &|| bar.inc(1)));
    bar.finish_and_clear();
    if stop.is_raised() {
        return Err(anyhow::anyhow!("stopped; nothing was changed").into());
    }
    Ok(followed?)
}
