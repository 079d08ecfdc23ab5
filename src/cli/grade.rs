//! `roomtone grade`: a film's grades as files for other programs.

use super::cut::look_of;
use super::film::Opened;
use super::output::Output;
use super::{Done, Failure, replacing};
use crate::interchange::cdl::{self, Correction, Form};
use crate::picture::lut;
use crate::picture::values::{Moment, Values};
use crate::project::look;
use clap::Args;
use serde_json::json;
use std::path::PathBuf;
use timeline_format::{Clip, Effect, Id};

/// Write the grade at a moment as a look-up table (.cube), colour decisions (.cc, .ccc, .cdl) or a look (.json).
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  roomtone grade film.roomtone 00:00:02:10 -o dusk.cube
  roomtone grade film.roomtone -o film.ccc")]
pub(crate) struct Arguments {
    /// The film's file.
    film: PathBuf,
    /// A frame number or a timecode: the grade of what is seen there. Absent: those of all clips, as colour decisions.
    time: Option<String>,
    /// The file to write: its ending says what.
    #[arg(short, long)]
    output: PathBuf,
    /// Entries along each side of a table, 2 to 129.
    #[arg(long, default_value_t = 33)]
    side: usize,
    /// What it is called within the file; absent: as the file.
    #[arg(long)]
    title: Option<String>,
    /// Replace a file that is there.
    #[arg(long)]
    force: bool,
}

/// Writes the grade.
pub(crate) fn run(arguments: &Arguments, output: Output) -> Done {
    replacing::refuse(&arguments.output, arguments.force)?;
    let opened = Opened::open(&arguments.film, output)?;
    let name = arguments.output.to_string_lossy();
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let text = match (Form::of(&name), ending) {
        (Some(form), _) => decisions(arguments, &opened, form, output)?,
        (None, "cube") => table(arguments, &opened)?,
        (None, "json") => saved(arguments, &opened)?,
        _ => {
            let words =
                format!("{ending:?} is no ending of a grade: .cube, .cc, .ccc, .cdl or .json");
            return Err(Failure::call(words));
        }
    };
    crate::project::write_whole(&arguments.output, text.as_bytes())?;
    let path = arguments.output.display().to_string();
    output.say(&path, || json!({"path": path}));
    Ok(())
}

impl Arguments {
    fn title(&self) -> String {
        let stem = self.output.file_stem().map(|stem| stem.to_string_lossy().into_owned());
        self.title.clone().or(stem).unwrap_or_default()
    }

    fn frame(&self, opened: &Opened) -> Result<i64, Failure> {
        let time = self.time.as_deref();
        opened.frame(time.ok_or_else(|| Failure::call("name the moment whose grade is meant"))?)
    }
}

fn table(arguments: &Arguments, opened: &Opened) -> Result<String, Failure> {
    let frame = arguments.frame(opened)?;
    let main = opened.timeline.settings.main;
    let grade = crate::play::grade_at(&opened.timeline, main, frame, &opened.folder())
        .map_err(|why| anyhow::anyhow!("the grade at frame {frame} is no table: {why}"))?;
    lut::to_cube(&grade, arguments.side, &arguments.title())
        .ok_or_else(|| Failure::call(format!("a side of {} is none: 2 to 129", arguments.side)))
}

fn saved(arguments: &Arguments, opened: &Opened) -> Result<String, Failure> {
    let (id, _) = seen(opened, arguments.frame(opened)?)?;
    let main = opened.timeline.settings.main;
    let look = look_of(&opened.timeline, main, id, &arguments.title())?;
    look::text_of(&look).map_err(Failure::call)
}

/// The clip that is seen at a frame: that of the topmost reel of pictures.
fn seen(opened: &Opened, frame: i64) -> Result<(Id, Clip), Failure> {
    let main = opened.main()?;
    let reels = main.tracks.iter().rev().filter(|track| {
        track.header.kind == timeline_format::track::TrackKind::Picture && !track.header.hidden
    });
    let mut found = reels.filter_map(|track| {
        let reel = track.reel()?;
        let item = reel.get(reel.at(frame)?.0)?;
        Some((item.id, Clip::clone(item.clip.as_deref()?)))
    });
    found.next().ok_or_else(|| Failure::call(format!("no clip lies at frame {frame}")))
}

fn decisions(
    arguments: &Arguments,
    opened: &Opened,
    form: Form,
    output: Output,
) -> Result<String, Failure> {
    let clips = match &arguments.time {
        Some(_) => vec![seen(opened, arguments.frame(opened)?)?],
        None => all(opened)?,
    };
    let mut corrections = Vec::new();
    for (id, clip) in &clips {
        let (lists, others): (Vec<_>, Vec<_>) =
            clip.look.effects.iter().filter(|it| !it.bypass).partition(|it| it.kind == "cdl");
        if !others.is_empty() && !lists.is_empty() {
            let kinds: Vec<_> = others.iter().map(|it| it.kind.as_str()).collect();
            output.note(format_args!("clip {id}: no list has its {}", kinds.join(", ")));
        }
        for (place, effect) in lists.iter().enumerate() {
            let name = if place == 0 { id.to_string() } else { format!("{id}-{}", place + 1) };
            corrections.push(correction(name, &clip.name, effect));
        }
    }
    if corrections.is_empty() {
        return Err(Failure::call(
            "no clip there has an operation cdl, and no list has anything else",
        ));
    }
    if form == Form::One && corrections.len() > 1 {
        let words =
            format!("a .cc has one correction, and these are {}: write a .ccc", corrections.len());
        return Err(Failure::call(words));
    }
    Ok(cdl::write(&corrections, form))
}

fn all(opened: &Opened) -> Result<Vec<(Id, Clip)>, Failure> {
    let main = opened.main()?;
    let items = main.tracks.iter().filter_map(|track| track.reel()).flat_map(|reel| {
        let clips = reel.iter().filter_map(|item| Some((item.id, item.clip.as_deref()?)));
        clips.map(|(id, clip)| (id, clip.clone())).collect::<Vec<_>>()
    });
    Ok(items.collect())
}

/// What an operation cdl says at its clip's first frame, the wheels' fourth numbers in the others.
fn correction(id: String, name: &str, effect: &Effect) -> Correction {
    let parameters = crate::picture::grade::named("cdl").map_or(&[][..], |known| known.parameters);
    let values = Values::resolve(parameters, Moment::default(), |id| effect.values.get(id));
    let wheel = |id: &str, join: fn(f64, f64) -> f64| {
        let numbers = values.four(id);
        [0, 1, 2].map(|colour| join(numbers[colour], numbers[3]))
    };
    Correction {
        id,
        description: name.to_owned(),
        slope: wheel("slope", |own, all| own * all),
        offset: wheel("offset", |own, all| own + all),
        power: wheel("power", |own, all| own * all),
        saturation: values.number("saturation"),
    }
}
