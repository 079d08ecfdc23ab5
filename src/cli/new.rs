//! `roomtone new`: an empty film.

use super::output::Output;
use super::{Done, Failure, replacing};
use clap::Args;
use serde_json::json;
use std::path::PathBuf;
use std::sync::Arc;
use timeline_format::mix::{Bus, Layout, Strip};
use timeline_format::sequence::Raster;
use timeline_format::track::TrackKind;
use timeline_format::{Extra, Id, Rate, Role, Sequence, Timeline, Track};

/// Make an empty film: one picture track, and a sound track for each role.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone new film.roomtone --size 1920x1080 --rate 25")]
pub(crate) struct Arguments {
    /// The film's file.
    film: PathBuf,
    /// The picture's size in square pixels.
    #[arg(long, value_name = "WIDTHxHEIGHT", default_value = "1920x1080")]
    size: Raster,
    /// Frames a second: 24, 25, 24000/1001, or 23.976 for short.
    #[arg(long, default_value = "24", value_parser = rate)]
    rate: Rate,
    /// Samples a second.
    #[arg(long, default_value_t = 48_000, value_parser = clap::value_parser!(u32).range(8000..=192_000))]
    sound: u32,
    /// The film's title.
    #[arg(long, default_value = "")]
    title: String,
    /// Replace a film that is there.
    #[arg(long)]
    force: bool,
}

/// A rate as people write it: rounded decimals are taken for the exact rates that they mean.
pub(super) fn rate(text: &str) -> Result<Rate, String> {
    match text.parse::<f64>() {
        Ok(decimal) => Rate::from_decimal(decimal).ok_or_else(|| "a rate is above 0".to_owned()),
        Err(_) => text.parse(),
    }
}

/// Makes the film.
pub(crate) fn run(arguments: &Arguments, output: Output) -> Done {
    let film = &arguments.film;
    replacing::refuse(film, arguments.force)?;
    crate::project::save(film, &empty_film(arguments)?)?;
    output.say(
        format!("{} at {}, {}", arguments.size, arguments.rate, film.display()),
        || json!({"film": film, "size": arguments.size, "rate": arguments.rate}),
    );
    Ok(())
}

/// The sound tracks of a new film: name, role, whether its items are free.
const TRACKS: &[(&str, Role, bool)] = &[
    ("dialogue", Role::Dialogue, false),
    ("foley", Role::Foley, true),
    ("ambience", Role::Ambience, true),
    ("room-tone", Role::RoomTone, true),
    ("effects", Role::Effects, true),
    ("music", Role::Music, true),
];

fn empty_film(arguments: &Arguments) -> Result<Timeline, Failure> {
    let main = id("main")?;
    let mut film = Timeline::new(arguments.size, arguments.rate, arguments.sound, main);
    Arc::make_mut(&mut film.settings).title.clone_from(&arguments.title);
    let mut sequence = Sequence::new(arguments.rate);
    sequence.tracks.push_back(Track::sequential(id("v1")?, TrackKind::Picture).into());
    for (name, role, is_free) in TRACKS {
        let kind = TrackKind::Sound;
        let empty = if *is_free { Track::free } else { Track::sequential };
        let mut track = empty(id(name)?, kind);
        track.header.role = Some(*role);
        sequence.tracks.push_back(track.into());
    }
    sequence.buses.insert(id("mix")?, main_bus().into());
    Ok(film.with_sequence(main, sequence))
}

fn main_bus() -> Bus {
    let (strip, extra) = (Strip::default(), Extra::new());
    Bus { name: "Mix".into(), role: None, layout: Layout::Stereo, strip, extra }
}

fn id(text: &str) -> Result<Id, Failure> {
    Id::parse(text).ok_or_else(|| Failure::call(format!("{text:?} is no id")))
}
