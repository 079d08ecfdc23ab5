//! `roomtone proof`: that effects changed nothing outside of their masks, sample by sample, shown.

mod changed;
mod films;

use super::cut::clip_called;
use super::film::{Opened, tell_unread};
use super::output::Output;
use super::{Done, Failure, interrupt, moment, replacing};
use crate::picture::{WORKING, convert};
use crate::play::{Offline, Programme as _};
use crate::signal::{AlphaMode, Colour, Image, PixelFormat, Plane};
use clap::Args;
use films::Films;
use serde_json::json;
use std::path::PathBuf;

pub(super) use changed::{Proof, proof};

/// How many times a difference is made larger to be seen.
const TIMES: f32 = 16.0;
/// Frames that are told of by themselves, to people.
const FEW: usize = 12;

/// Prove that effects changed no sample outside of their masks: counts, and a picture of what they changed.
#[derive(Debug, Args)]
#[command(after_help = "\
Each frame is made as it is delivered and once more without the effects; both are compared sample by sample, in floats,
red, green, blue and alpha. Where the masks let the effects work is found the same way, by an effect in their place that
changes everything. Exits with 1 if a sample outside is another. The picture is the difference times 16, of several
frames the largest.

Examples:
  roomtone proof film.roomtone v1@58 --at 58 -o difference.png
  roomtone proof film.roomtone v1@58 --effect heal --from 58 --to 82 --json")]
pub(crate) struct Arguments {
    /// The film's file.
    film: PathBuf,
    /// The clip: an id, or a place on a track such as v1@58. The effects of its take and its shot count as its own.
    clip: String,
    /// Of its effects this one alone; more than one may be given.
    #[arg(long, value_name = "EFFECT")]
    effect: Vec<timeline_format::Id>,
    /// One frame: a frame number or a timecode of the film.
    #[arg(long, value_name = "TIME", conflicts_with_all = ["from", "to"])]
    at: Option<String>,
    /// The first frame; absent: the clip's first.
    #[arg(long, value_name = "TIME")]
    from: Option<String>,
    /// The first frame that is not looked at; absent: the clip's end.
    #[arg(long, value_name = "TIME")]
    to: Option<String>,
    /// The PNG to write.
    #[arg(short, long)]
    output: Option<PathBuf>,
    /// Replace a file that is there.
    #[arg(long)]
    force: bool,
}

/// What was counted in a frame, or in all.
#[derive(Debug, Clone, Copy, Default)]
struct Count {
    /// Samples that are changed within the masks.
    inside: usize,
    /// Samples that are changed outside.
    outside: usize,
    /// Samples that lie outside.
    beyond: usize,
    /// The largest change outside, in parts of white.
    most: f32,
}

/// Makes the frames, compares, tells.
pub(crate) fn run(arguments: &Arguments, output: Output) -> Done {
    if let Some(path) = &arguments.output {
        replacing::refuse(path, arguments.force)?;
    }
    let opened = Opened::open(&arguments.film, output)?;
    let clip = clip_called(&opened, &arguments.clip)?;
    let range = range(arguments, &opened, clip)?;
    let films = Films::of(&opened.timeline, clip, &arguments.effect)?;
    let mut open = Open::of(&opened, &films)?;
    let stop = interrupt::stop_on_interrupt();
    let bar = output.bar((range.end - range.start) as u64);
    let (mut sum, mut found, mut shown) = (Count::default(), Vec::new(), Shown::default());
    for frame in range.clone() {
        if stop.is_raised() {
            return Err(anyhow::anyhow!("stopped; nothing was written").into());
        }
        let count = open.count(frame, &mut shown)?;
        sum = sum.and(count);
        found.push((frame, count));
        bar.inc(1);
    }
    bar.finish_and_clear();
    tell_unread(&open.with.unread(), output);
    tell_frames(&found, output);
    write(arguments, &shown, output)?;
    tell(&sum, range.end - range.start, output);
    if sum.outside > 0 { Err(Failure::Told) } else { Ok(()) }
}

/// The frames that are looked at.
fn range(
    arguments: &Arguments,
    opened: &Opened,
    clip: timeline_format::Id,
) -> Result<std::ops::Range<i64>, Failure> {
    let main = opened.main()?;
    let lies_nowhere = || Failure::call(format!("the clip {clip} lies nowhere"));
    let seat = crate::edit::seat_of(&main, clip).ok_or_else(lies_nowhere)?;
    let covered =
        seat.start.ceil()..seat.start.plus(seat.length).map_or(0, timeline_format::Ratio::ceil);
    let at = |text: &Option<String>, absent: i64| {
        text.as_deref().map_or(Ok(absent), |text| moment::frame_at(text, &main))
    };
    let range = match &arguments.at {
        Some(text) => moment::frame_at(text, &main).map(|frame| frame..frame + 1)?,
        None => at(&arguments.from, covered.start)?..at(&arguments.to, covered.end)?,
    };
    let is_in = covered.start <= range.start && range.end <= covered.end && !range.is_empty();
    let words = format!(
        "the clip is seen from frame {} to before {}, and frames {} to before {} were asked for",
        covered.start, covered.end, range.start, range.end
    );
    is_in.then_some(range).ok_or_else(|| Failure::call(words))
}

/// Films that are rendered side by side.
struct Open {
    with: Offline,
    without: Offline,
    /// Pairs that differ where the masks let effects work.
    marked: Vec<[Offline; 2]>,
    is_everywhere: bool,
}

impl Open {
    fn of(opened: &Opened, films: &Films) -> Result<Self, Failure> {
        let main = opened.main()?;
        let open = |film| Offline::open(film, &opened.folder(), 0..main.length());
        let marked = films.marked.iter().map(|pair| Ok([open(&pair[0])?, open(&pair[1])?]));
        let marked = marked.collect::<Result<Vec<_>, crate::play::Failed>>()?;
        let is_everywhere = films.is_everywhere;
        Ok(Self { with: open(&films.with)?, without: open(&films.without)?, marked, is_everywhere })
    }

    fn count(&mut self, frame: i64, shown: &mut Shown) -> Result<Count, Failure> {
        let [with, without] = [picture(&mut self.with, frame)?, picture(&mut self.without, frame)?];
        let mut inside = vec![self.is_everywhere; with[0].len()];
        for pair in &mut self.marked {
            let [one, other] = pair;
            let (one, other) = (picture(one, frame)?, picture(other, frame)?);
            for (one, other) in one.iter().zip(&other) {
                let pairs = inside.iter_mut().zip(one.iter().zip(other));
                pairs
                    .for_each(|(inside, (one, other))| *inside |= one.to_bits() != other.to_bits());
            }
        }
        let size = self.with.raster();
        shown.add(size.width as usize, [&with, &without]);
        Ok(counted([&with, &without], &inside))
    }
}

/// The samples of a frame as it is delivered: green, blue, red and alpha.
fn picture(film: &mut Offline, frame: i64) -> Result<Vec<Vec<f32>>, Failure> {
    let image = convert::to(&*film.picture(frame)?, PixelFormat::RGBA_F32, WORKING);
    let plane = |plane: usize| {
        let lines = image.lines(plane).flat_map(|line| line.as_chunks::<4>().0);
        lines.map(|bytes| f32::from_ne_bytes(*bytes)).collect()
    };
    Ok((0..image.planes.len()).map(plane).collect())
}

fn counted([with, without]: [&[Vec<f32>]; 2], inside: &[bool]) -> Count {
    let mut count = Count::default();
    for (one, other) in with.iter().zip(without) {
        for ((one, other), inside) in one.iter().zip(other).zip(inside) {
            let is_changed = one.to_bits() != other.to_bits();
            count.inside += usize::from(is_changed && *inside);
            count.outside += usize::from(is_changed && !*inside);
            count.beyond += usize::from(!*inside);
            if is_changed && !*inside {
                count.most = count.most.max((one - other).abs());
            }
        }
    }
    count
}

impl Count {
    fn and(self, other: Self) -> Self {
        Self {
            inside: self.inside + other.inside,
            outside: self.outside + other.outside,
            beyond: self.beyond + other.beyond,
            most: self.most.max(other.most),
        }
    }
}

/// The largest differences so far: green, blue and red.
#[derive(Debug, Default)]
struct Shown {
    width: usize,
    most: [Vec<f32>; 3],
}

impl Shown {
    fn add(&mut self, width: usize, [with, without]: [&[Vec<f32>]; 2]) {
        self.width = width;
        for (most, (one, other)) in self.most.iter_mut().zip(with.iter().zip(without)) {
            most.resize(one.len(), 0.0);
            let pairs = most.iter_mut().zip(one.iter().zip(other));
            pairs.for_each(|(most, (one, other))| *most = most.max((one - other).abs()));
        }
    }

    fn image(&self) -> Image {
        let code = |apart: &f32| (apart * TIMES * 255.0).ceil().clamp(0.0, 255.0) as u8;
        let planes =
            self.most.iter().map(|most| Plane::packed(most.iter().map(code).collect(), self.width));
        let height = self.most[0].len() / self.width.max(1);
        let (format, colour, alpha) = (PixelFormat::RGB8, Colour::SRGB, AlphaMode::Straight);
        let planes = planes.collect();
        Image { width: self.width as u32, height: height as u32, format, colour, alpha, planes }
    }
}

fn write(arguments: &Arguments, shown: &Shown, output: Output) -> Done {
    let Some(path) = &arguments.output else { return Ok(()) };
    let file = crate::deliver::png(&shown.image(), false)?;
    crate::project::write_whole(path, &file)?;
    output.say(
        format_args!("the difference times {TIMES}: {}", path.display()),
        || json!({"difference": path, "times": TIMES}),
    );
    Ok(())
}

/// Tells every frame to programs, and to people those in which something outside is changed.
fn tell_frames(found: &[(i64, Count)], output: Output) {
    let is_told = |it: &&(i64, Count)| output.is_json() || it.1.outside > 0;
    let few = if output.is_json() { found.len() } else { FEW };
    for (frame, count) in found.iter().filter(is_told).take(few) {
        output.say(
            format_args!("frame {frame}: {} samples outside are changed", count.outside),
            || json!({"frame": frame, "inside": count.inside, "outside": count.outside}),
        );
    }
}

fn tell(sum: &Count, frames: i64, output: Output) {
    let Count { inside, outside, beyond, most } = *sum;
    let codes = 255.0 * most;
    let words = match (outside, beyond) {
        (_, 0) => format!(
            "{frames} frames: {inside} samples are changed; nothing lies outside: an effect has no mask, or its masks cover all"
        ),
        (0, _) => format!(
            "{frames} frames: outside of the masks 0 of {beyond} samples are changed; inside, {inside}"
        ),
        _ => format!(
            "{frames} frames: outside of the masks {outside} of {beyond} samples ARE CHANGED, by {codes:.3} codes of 255 at most; inside, {inside}"
        ),
    };
    output.say(words, || {
        json!({"frames": frames, "changed_inside": inside, "changed_outside": outside, "outside": beyond, "most": most})
    });
}
