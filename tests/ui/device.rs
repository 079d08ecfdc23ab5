//! The sound device in the window: what it lacked is counted, what became of it is said.

use super::rig::Window;
use egui_kittest::kittest::Queryable as _;
use roomtone::sound::device::{Capture, Device, Form};
use std::sync::LazyLock;

/// The device of these tests, at another rate than the film. They are one test: it is one device.
static DEVICE: LazyLock<Capture> =
    LazyLock::new(|| Capture::new(Some(Form { rate: 44_100, channels: 2 })));

fn device() -> Box<dyn Device> {
    Box::new(DEVICE.clone())
}

#[test]
fn a_late_device_is_counted_and_one_that_goes_and_comes_is_told_of() {
    let mut window = Window::with_sample_on(device);
    assert!(window.has("Sound device: 44100 Hz"), "all is well");
    (0..3).for_each(|_| DEVICE.run_dry());
    window.steps(2);
    window.picture("device-late");
    window.click("Sound device: 3 late, 0 not read");
    assert!(window.has("Sound device: 44100 Hz"), "counted from nothing again");
    let heard = |window: &Window, words: &str| {
        window.harness.state().said().iter().any(|line| line.contains(words))
    };
    DEVICE.plug(false);
    window.until("the device is missed", |app| {
        app.said().iter().any(|line| line.contains("capture is away"))
    });
    assert!(!heard(&window, "is back"));
    DEVICE.plug(true);
    window.until("the device is back", |app| {
        app.said().iter().any(|line| line.contains("is back: 44100 Hz, 2 channels"))
    });
    window.harness.get_by_label_contains("not read").click();
    window.steps(2);
    assert!(window.has("Sound device: 44100 Hz"));
}

#[test]
fn a_film_without_a_device_says_why_it_is_silent() {
    let nowhere: fn() -> Box<dyn Device> = || {
        let device = Capture::new(None);
        device.plug(false);
        Box::new(device)
    };
    let window = Window::with_sample_on(nowhere);
    assert!(window.has("Sound device: no sound"));
}
