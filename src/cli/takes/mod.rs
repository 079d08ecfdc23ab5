//! `roomtone takes`: which of many takes has the bones? Lists, measures, groups and compares them, in a
//! folder or in a film.

mod align;
mod bring;
mod folder;
mod lacks;
mod longer;
mod order;
mod rows;
mod sheet;
mod shot;
mod shots;
mod table;
mod tournament;

use super::film::Opened;
use super::output::Output;
use super::{Done, Failure, interrupt};
use crate::media;
use crate::play::{self, Depth, Numbered, Seen, Wish};
use crate::workers::Stop;
use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};
use timeline_format::{Id, Shot, Timeline};

/// Choose among takes: list and measure those of a folder or a shot, make shots of folders, compare two
/// at a time until their order is known.
#[derive(Debug, Args)]
#[command(after_help = "\
Of a folder: which of its files are takes of one shot (by prompt, name and likeness), where they came from,
and what their pictures say (`roomtone list measures`). Near-duplicates share the number behind ~.
Of a film: its shots, or the takes of one. Files are only read; nothing is chosen but by you: which frames
are good is said with `roomtone cut FILM set-take`, what you think with `rate`, the choice is `take`.

Examples:
  roomtone takes rushes/ --by sharpness --sheet rushes.png
  roomtone takes film.roomtone harbour --sheet harbour.pdf --csv harbour.csv
  roomtone takes film.roomtone --bring rushes/
  roomtone takes film.roomtone harbour --find \"mist 4711\"
  roomtone takes film.roomtone harbour --next
  roomtone takes film.roomtone harbour --compare harbour-2 harbour-1
  roomtone takes film.roomtone harbour --align
  roomtone takes film.roomtone --orders orders/
  roomtone takes film.roomtone harbour --bring longer.mp4 --as harbour-2")]
pub(crate) struct Arguments {
    /// A folder of takes, or a film's file.
    place: PathBuf,
    /// A shot of the film.
    shot: Option<Id>,
    /// Bring these files and folders into the film: a shot for each group, or all into the shot.
    #[arg(long, value_name = "MEDIA", num_args = 1.., conflicts_with_all = ["compare", "next", "forget", "order", "orders"])]
    bring: Vec<PathBuf>,
    /// Bring one file as a take that the shot has: what was said of the take stays, and no cut moves.
    #[arg(long = "as", value_name = "TAKE", requires = "bring", requires = "shot")]
    replaced: Option<Id>,
    /// Frames that the file has ahead of the one that was the take's first.
    #[arg(long, value_name = "FRAMES", default_value_t = 0, requires = "replaced", value_parser = clap::value_parser!(i64).range(0..))]
    ahead: i64,
    /// What the list is sorted by: a measure, seed, name or rank.
    #[arg(long, value_name = "KEY", value_parser = PossibleValuesParser::new(rows::keys()))]
    by: Option<String>,
    /// List only takes whose name, prompt, seed, model or note have all these words.
    #[arg(long, value_name = "WORDS", default_value = "")]
    find: String,
    /// Tell what the files say and measure nothing: a hundred large stills at once. With a sheet, pictures are
    /// read small.
    #[arg(long)]
    quick: bool,
    /// What numbered pictures of a folder are; absent: looked into.
    #[arg(long, value_enum)]
    numbered: Option<Runs>,
    /// Say which of two takes is better: the better one first.
    #[arg(long, num_args = 2, value_names = ["BETTER", "WORSE"], requires = "shot", conflicts_with_all = ["forget", "order"])]
    compare: Vec<Id>,
    /// Tell which two takes are to be compared next, or the order if it is known.
    #[arg(long, requires = "shot", conflicts_with_all = ["forget", "order"])]
    next: bool,
    /// Forget what was said of pairs of the shot's takes, and their ranks.
    #[arg(long, requires = "shot", conflicts_with = "order")]
    forget: bool,
    /// Bring the shot's takes into step with the chosen one, by what moves in them: only where the shot begins in
    /// each is said, and no cut moves.
    #[arg(long, requires = "shot", conflicts_with_all = ["bring", "compare", "next", "forget", "order", "orders"])]
    align: bool,
    /// Write what the generator is to be asked for where the chosen take is too short for its cuts, and
    /// the picture to go on from beside it.
    #[arg(long, value_name = "JSON", requires = "shot")]
    order: Option<PathBuf>,
    /// Write such an order for every shot that needs one into a folder, each under its shot's name.
    #[arg(long, value_name = "FOLDER", conflicts_with_all = ["compare", "next", "forget", "order"])]
    orders: Option<PathBuf>,
    /// Write a contact sheet of the takes, as they are listed: a PNG, or a PDF with what is known of each.
    #[arg(long, value_name = "PNG|PDF")]
    sheet: Option<PathBuf>,
    /// Write a table of the takes: ratings, ranks, notes, where they came from, measures.
    #[arg(long, value_name = "CSV")]
    csv: Option<PathBuf>,
    /// Pictures in a row of the sheet.
    #[arg(long, default_value_t = 6, value_parser = clap::value_parser!(u32).range(1..=40))]
    columns: u32,
    /// Pixels across each picture of the sheet.
    #[arg(long, default_value_t = 320, value_parser = clap::value_parser!(u32).range(16..=4096))]
    width: u32,
    /// Replace a file that is there.
    #[arg(long)]
    force: bool,
}

/// What a run of numbered pictures is.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Runs {
    /// The frames of one take.
    Frames,
    /// Takes, one a picture.
    Takes,
}

/// Does what was asked of the place.
pub(crate) fn run(arguments: &Arguments, output: Output) -> Done {
    let files = [&arguments.sheet, &arguments.csv, &arguments.order];
    for file in files.into_iter().flatten() {
        super::replacing::refuse(file, arguments.force)?;
    }
    if arguments.place.is_dir() {
        return folder::run(arguments, output);
    }
    let opened = Opened::open(&arguments.place, output)?;
    if let Some(folder) = &arguments.orders {
        if let Some(shot) = arguments.shot {
            shot_named(&opened.timeline, shot)?;
        }
        return order::all(&opened, arguments.shot, folder, arguments.force, output);
    }
    if let Some((shot, take)) = arguments.shot.zip(arguments.replaced) {
        return longer::run(arguments, &opened, (shot, take), output);
    }
    if !arguments.bring.is_empty() {
        return bring::run(arguments, &opened, output);
    }
    match arguments.shot {
        None => shots::run(arguments, &opened, output),
        Some(shot) => of_shot(arguments, &opened, shot, output),
    }
}

fn of_shot(arguments: &Arguments, opened: &Opened, id: Id, output: Output) -> Done {
    let shot = shot_named(&opened.timeline, id)?;
    if arguments.forget {
        return tournament::forget(opened, id, output);
    }
    if let [better, worse] = arguments.compare[..] {
        return tournament::compare(opened, id, (better, worse), output);
    }
    if arguments.align {
        return align::run(opened, id, output);
    }
    if arguments.next {
        return tournament::tell(id, shot, output);
    }
    match &arguments.order {
        Some(path) => order::run(opened, (id, shot), path, arguments.force, output),
        None => shot::run(arguments, opened, (id, shot), output),
    }
}

/// The shot of this id.
fn shot_named(film: &Timeline, id: Id) -> Result<&Shot, Failure> {
    film.shots.get(&id).map(|shot| &**shot).ok_or_else(|| {
        let known: Vec<_> = film.shots.keys().map(Id::to_string).collect();
        let known = if known.is_empty() { "it has none".to_owned() } else { known.join(", ") };
        Failure::call(format!("the film has no shot {id}; its shots: {known}"))
    })
}

impl Arguments {
    fn wish(&self) -> Wish {
        let small = self.sheet.as_ref().map(|_| self.width);
        let depth = match (self.quick, small) {
            (false, _) => Depth::Every,
            (true, Some(_)) => Depth::First,
            (true, None) => Depth::Facts,
        };
        Wish { depth, small, is_remembered: true }
    }

    /// Whether the list is to be written to files.
    const fn is_handed_on(&self) -> bool {
        self.sheet.is_some() || self.csv.is_some()
    }

    fn numbered(&self) -> Numbered {
        match self.numbered {
            None => Numbered::Told,
            Some(Runs::Frames) => Numbered::Frames,
            Some(Runs::Takes) => Numbered::Takes,
        }
    }
}

/// Looks at takes, with a bar for people; a failure where that was stopped.
fn look(paths: &[PathBuf], wish: Wish, output: Output) -> Result<Vec<Looked>, Failure> {
    let stop = interrupt::stop_on_interrupt();
    let bar = output.bar(paths.len() as u64);
    bar.set_message("looking at takes");
    let seen = play::look_at_all(paths, wish, (&stop, &|| bar.inc(1)));
    bar.finish_and_clear();
    stopped(&stop)?;
    Ok(seen)
}

/// A take that was looked at, or why not.
type Looked = Result<Seen, media::Error>;

fn stopped(stop: &Stop) -> Done {
    if stop.is_raised() {
        return Err(anyhow::anyhow!("stopped; nothing was changed").into());
    }
    Ok(())
}

/// A path as it is told: from `folder` on, where it lies in it.
fn told(path: &Path, folder: &Path) -> String {
    path.strip_prefix(folder).unwrap_or(path).display().to_string()
}
