//! Fields for time: shown as timecode; typed as timecode, frames or seconds.

use crate::edit::Duration;
use crate::ui::desk::Desk;
use crate::ui::panel::field::{Look, name_ui, scrubbed_ui};
use eframe::egui::Ui;
use timeline_format::timecode;

/// How wide a timecode is.
const WIDTH: f32 = 88.0;
/// Frames a point of the pointer's way.
const SPEED: f64 = 0.25;

/// Draws a number of frames, at least `least`; another one, if it became one.
pub(super) fn length_ui(
    ui: &mut Ui,
    desk: &Desk,
    (name, help): (&str, &str),
    frames: i64,
    (least, is_mixed): (i64, bool),
) -> Option<i64> {
    let header = &desk.sequence()?.header;
    let (rate, counting) = (header.rate, header.timecode);
    let text = |frames: f64| {
        let label = timecode::label(frames.round() as i64, rate, counting);
        label.unwrap_or_else(|_| format!("{frames:.0} f"))
    };
    let parse = |typed: &str| {
        let frames = Duration::parse(typed).and_then(|length| length.frames(rate, counting));
        frames.ok().or_else(|| is_nothing(typed).then_some(0)).map(|frames| frames as f64)
    };
    field_ui(ui, (name, help), frames, ((least, i64::MAX / 4), is_mixed), (&text, &parse))
}

/// Draws a frame of the sequence; another one, if it became one.
pub(super) fn place_ui(
    ui: &mut Ui,
    desk: &Desk,
    (name, help): (&str, &str),
    frame: i64,
) -> Option<i64> {
    let header = &desk.sequence()?.header;
    let text = |frame: f64| desk.label_of(frame.round() as i64);
    let parse = |typed: &str| {
        let frame = typed.trim().parse::<i64>().ok();
        let label = || timecode::parse(typed.trim(), header.rate, header.timecode).ok();
        frame.or_else(|| label().map(|at| at - header.start)).map(|frame| frame as f64)
    };
    field_ui(ui, (name, help), frame, ((0, i64::MAX / 4), false), (&text, &parse))
}

fn is_nothing(typed: &str) -> bool {
    typed.bytes().any(|byte| byte == b'0') && typed.bytes().all(|byte| b"0:;. sf".contains(&byte))
}

fn field_ui(
    ui: &mut Ui,
    (name, help): (&str, &str),
    before: i64,
    ((least, most), is_mixed): ((i64, i64), bool),
    words: (&dyn Fn(f64) -> String, &dyn Fn(&str) -> Option<f64>),
) -> Option<i64> {
    let range = (least as f64, most as f64);
    let look = Look { range, speed: SPEED, width: WIDTH, is_mixed };
    let set = ui.horizontal(|ui| {
        name_ui(ui, name, help, true);
        scrubbed_ui(ui, name, before as f64, look, words)
    });
    let set = set.inner?.round() as i64;
    (set != before || is_mixed).then_some(set)
}
