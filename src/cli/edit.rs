//! `roomtone edit`: the window.

use super::{Done, Failure};
use crate::sound::device::{Device, Null, System};
use clap::Args;
use std::path::PathBuf;

/// Open the window in which a film is cut, seen and heard.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone edit film.roomtone")]
pub(crate) struct Arguments {
    /// The film's file; without one, the window asks.
    film: Option<PathBuf>,
    /// Play without a device for sound, by a clock.
    #[arg(long)]
    silent: bool,
}

/// Opens the window, until it is closed.
pub(crate) fn run(arguments: &Arguments) -> Done {
    let path = arguments.film.as_deref();
    if let Some(missing) = path.filter(|path| !path.exists()) {
        return Err(Failure::call(format!("there is no film {}", missing.display())));
    }
    let device: fn() -> Box<dyn Device> = if arguments.silent {
        || Box::new(Null::default())
    } else {
        || Box::new(System::new(None))
    };
    crate::ui::open(path, device).map_err(|error| {
        Failure::Film(anyhow::anyhow!(
            "the window cannot be opened: {error}; is there a display, and a driver for Vulkan?"
        ))
    })
}
