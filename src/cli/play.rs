//! `roomtone play`: the film's sound, heard.

use super::film::{Opened, Part, tell_unread};
use super::output::Output;
use super::{Done, interrupt, moment};
use crate::play::Room;
use crate::sound::device::{Device, Null, System};
use clap::Args;
use serde_json::json;
use std::path::PathBuf;
use std::time::Duration;

/// How often it is said where the film is.
const TELL: Duration = Duration::from_millis(200);

/// What the device may still have to give when the clock says that the film has ended.
const TAIL: Duration = Duration::from_millis(100);

/// Play a film's sound at a device.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  roomtone play film.roomtone\n  \
                        roomtone play film.roomtone --from 00:00:10:00 --device null")]
pub(crate) struct Arguments {
    /// The film's file.
    film: PathBuf,
    /// The device, by its name in `roomtone list devices`; `null` is a clock that nobody hears.
    #[arg(long)]
    device: Option<String>,
    #[command(flatten)]
    part: Part,
}

/// Plays until the end, or until Ctrl-C.
pub(crate) fn run(arguments: &Arguments, output: Output) -> Done {
    let opened = Opened::open(&arguments.film, output)?;
    let range = opened.range(&arguments.part)?;
    let main = opened.main()?;
    let (rate, sound) = (main.header.rate, opened.timeline.settings.sound);
    let samples = rate.sample_of(range.start, sound)..rate.sample_of(range.end, sound);
    let stop = interrupt::stop_on_interrupt();
    let device = device_called(arguments.device.as_deref());
    let name = device.name();
    let room = Room::open(&opened.timeline, &opened.folder(), samples.clone(), device)?;
    let form = room.form();
    output.note(format_args!("playing to {name}: {} Hz, {} channels", form.rate, form.channels));
    let bar = output.bar((range.end - range.start) as u64);
    let mut told = 0;
    let mut heard = samples.start;
    while heard < samples.end && !stop.is_raised() {
        wait(TELL);
        heard = room.clock().now().map_or(heard, |sample| sample as i64).max(samples.start);
        let frame = rate.frame_of_sample(heard, sound).min(range.end - 1);
        let label = moment::label_of(frame, &main);
        bar.set_position((frame - range.start) as u64);
        let peak = decibels(room.reading().take_peak());
        let (underruns, missed) = (room.gate().underruns(), room.missed());
        bar.set_message(format!("{label}  {peak:.1} dBFS{}", lack(underruns, missed)));
        if output.is_json() {
            let now = json!({"frame": frame, "timecode": label, "peak": peak,
                             "underruns": underruns, "missed": missed});
            output.say("", || json!({"playing": now}));
        }
        let (lines, count) = room.told().since(told);
        lines.iter().for_each(|line| output.note(line));
        told = count;
    }
    wait(TAIL);
    bar.finish_and_clear();
    tell_unread(&room.unread(), output);
    let (underruns, missed) = (room.gate().underruns(), room.missed());
    let words = format!("played: {underruns} underruns of the device, {missed} of the disk");
    output.say(words, || json!({"played": {"underruns": underruns, "missed": missed}}));
    Ok(())
}

/// What was not there in time, if anything.
fn lack(underruns: u64, missed: u64) -> String {
    if (underruns, missed) == (0, 0) {
        return String::new();
    }
    format!("  {underruns} underruns of the device, {missed} of the disk")
}

fn wait(time: Duration) {
    let waited = crossbeam::channel::after(time).recv();
    debug_assert!(waited.is_ok(), "a timer always fires");
}

fn device_called(name: Option<&str>) -> Box<dyn Device> {
    match name {
        Some("null") => Box::new(Null::default()),
        name => Box::new(System::new(name.map(str::to_owned))),
    }
}

fn decibels(factor: f32) -> f64 {
    (20.0 * f64::from(factor).log10()).max(-120.0)
}
