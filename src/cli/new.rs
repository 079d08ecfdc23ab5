//! `roomtone new`: an empty film.

use super::channels::Channels;
use super::output::Output;
use super::{Done, replacing};
use clap::Args;
use serde_json::json;
use std::path::PathBuf;
use std::sync::Arc;
use timeline_format::mix::{Bus, Layout};
use timeline_format::sequence::Raster;
use timeline_format::{Rate, Timeline};

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
    /// The channels of its mix.
    #[arg(long, value_enum, default_value = "stereo")]
    channels: Channels,
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
    let Arguments { size, rate, sound, .. } = *arguments;
    let beginning = crate::project::beginning(size, rate, sound, &arguments.title);
    crate::project::save(film, &mixed_to(&beginning, arguments.channels.into()))?;
    output.say(
        format!("{} at {}, {}", arguments.size, arguments.rate, film.display()),
        || json!({"film": film, "size": arguments.size, "rate": arguments.rate}),
    );
    Ok(())
}

/// The film with so many channels in its mix.
fn mixed_to(film: &Timeline, layout: Layout) -> Timeline {
    let Some(main) = film.main() else { return film.clone() };
    let mut sequence = (**main).clone();
    let bus = |bus: &Arc<Bus>| Arc::new(Bus { layout, ..(**bus).clone() });
    sequence.buses = sequence.buses.iter().map(|(id, it)| (*id, bus(it))).collect();
    film.with_sequence(film.settings.main, sequence)
}
