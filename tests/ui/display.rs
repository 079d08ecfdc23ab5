//! The true program at a true display: a virtual one, drawn by a software driver, used by real keys.

use super::rig::sample;
use crate::support::folder::Folder;
use crate::support::oracle::{have, try_run};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A program that ends with its test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

#[expect(clippy::disallowed_methods, reason = "a test starts the program that it tests")]
fn command(program: &str) -> Command {
    Command::new(program)
}

fn wait(what: &str, mut is_done: impl FnMut() -> bool) {
    let start = Instant::now();
    while !is_done() {
        assert!(start.elapsed() < Duration::from_secs(90), "{what} did not come");
        crossbeam::channel::after(Duration::from_millis(100)).recv().unwrap();
    }
}

/// A display of its own, and its name.
fn display(folder: &Path) -> (Running, String) {
    let number = folder.join("number");
    let file = std::fs::File::create(&number).unwrap();
    let mut server = command("Xvfb");
    server.args(["-screen", "0", "1280x800x24", "-displayfd", "1", "-nolisten", "tcp"]);
    let server = server.stdout(file).stderr(Stdio::null()).spawn().unwrap();
    let server = Running(server);
    let name = || std::fs::read_to_string(&number).unwrap().trim().to_owned();
    wait("the display", || !name().is_empty());
    (server, format!(":{}", name()))
}

fn press(display: &str, window: &str, keys: &[&str]) {
    let mut hand = command("xdotool");
    hand.env("DISPLAY", display)
        .args(["windowfocus", "--sync", window, "key", "--delay", "60"])
        .args(keys);
    assert!(hand.status().unwrap().success(), "{keys:?}");
}

/// The id of the program's window.
fn window(display: &str) -> Option<String> {
    let mut search = command("xdotool");
    search.env("DISPLAY", display).args(["search", "--onlyvisible", "--name", "roomtone"]);
    let found = String::from_utf8(search.output().unwrap().stdout).unwrap();
    found.lines().next().map(str::to_owned)
}

/// What the display shows; how many colours there are in it, about.
fn colours(display: &str, file: &Path) -> usize {
    let mut picture = command("import");
    picture.env("DISPLAY", display).args(["-window", "root", file.to_str().unwrap()]);
    assert!(picture.status().unwrap().success());
    let picture = image::open(file).unwrap().to_rgb8();
    let seen: std::collections::BTreeSet<[u8; 3]> = picture.pixels().map(|it| it.0).collect();
    seen.len()
}

#[test]
fn the_program_is_used_at_a_display() {
    let test = "the_program_is_used_at_a_display";
    if !have("xdotool", test) || !have("import", test) || !try_run("Xvfb", &["-help"]) {
        return;
    }
    let folder = Folder::new();
    sample(folder.path());
    let film = folder.file("film.roomtone");
    let markers = || roomtone::project::open(&film).unwrap().0.main().unwrap().markers.clone();
    let before = markers().len();
    let (_server, display) = display(folder.path());
    let mut program = command(env!("CARGO_BIN_EXE_roomtone"));
    program.env("DISPLAY", &display).env_remove("WAYLAND_DISPLAY");
    program.args(["edit", film.to_str().unwrap(), "--silent"]);
    let said = std::fs::File::create(folder.file("said")).unwrap();
    let mut program = Running(program.stderr(said).spawn().unwrap());
    wait("the window", || window(&display).is_some());
    let shot = Path::new(env!("CARGO_TARGET_TMPDIR")).join("display.png");
    wait("the picture of the film", || colours(&display, &shot) > 2000);
    let name = window(&display).unwrap();
    press(&display, &name, &["Home", "Right", "Right", "Right", "m", "ctrl+s"]);
    wait("the marker in the saved film", || markers().len() == before + 1);
    let places: Vec<i64> = markers().values().map(|marker| marker.at.floor()).collect();
    assert!(places.contains(&3), "{places:?}");
    press(&display, &name, &["ctrl+q"]);
    wait("the end", || program.0.try_wait().unwrap().is_some());
    let words = std::fs::read_to_string(folder.file("said")).unwrap();
    assert!(program.0.wait().unwrap().success(), "{words}");
}
