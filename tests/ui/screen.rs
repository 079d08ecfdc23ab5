//! A display of its own, virtual, drawn by a software driver; the true program in it, and hands to use that.

use crate::support::oracle::{have, try_run};
use eframe::egui::Pos2;
use image::RgbImage;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How wide and high the display is: the window fills it.
pub(super) const SIZE: [f32; 2] = [1440.0, 900.0];

/// A program that ends with its test.
pub(super) struct Running(pub(super) Child);

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

#[expect(clippy::disallowed_methods, reason = "a test starts the program that it tests")]
pub(super) fn command(program: &str) -> Command {
    Command::new(program)
}

/// Waits until it is done, or fails after a while.
#[track_caller]
pub(super) fn wait(what: &str, mut is_done: impl FnMut() -> bool) {
    let start = Instant::now();
    while !is_done() {
        assert!(start.elapsed() < Duration::from_secs(90), "{what} did not come");
        crossbeam::channel::after(Duration::from_millis(100)).recv().unwrap();
    }
}

/// A display.
pub(super) struct Display {
    _server: Running,
    name: String,
    folder: PathBuf,
}

/// Whether there can be a display here.
pub(super) fn can_be(test: &str) -> bool {
    have("xdotool", test) && have("import", test) && try_run("Xvfb", &["-help"])
}

impl Display {
    /// A display that keeps what it needs in `folder`.
    pub(super) fn start(folder: &Path) -> Self {
        let number = folder.join("number");
        let file = std::fs::File::create(&number).unwrap();
        let mut server = command("Xvfb");
        let screen = format!("{}x{}x24", SIZE[0], SIZE[1]);
        server.args(["-screen", "0", &screen, "-displayfd", "1", "-nolisten", "tcp"]);
        let server = server.stdout(file).stderr(Stdio::null()).spawn().unwrap();
        let server = Running(server);
        let name = || std::fs::read_to_string(&number).unwrap().trim().to_owned();
        wait("the display", || !name().is_empty());
        Self { _server: server, name: format!(":{}", name()), folder: folder.to_owned() }
    }

    /// Opens a film in the program, and waits for its window.
    pub(super) fn open(&self, film: &Path) -> Running {
        let mut program = command(env!("CARGO_BIN_EXE_roomtone"));
        program.env("DISPLAY", &self.name).env_remove("WAYLAND_DISPLAY");
        program.args(["edit", film.to_str().unwrap(), "--silent"]);
        let said = std::fs::File::create(self.folder.join("said")).unwrap();
        let program = Running(program.stderr(said).spawn().unwrap());
        wait("the window", || self.window().is_some());
        program
    }

    /// What the program said to its terminal.
    pub(super) fn said(&self) -> String {
        std::fs::read_to_string(self.folder.join("said")).unwrap()
    }

    /// The id of the program's window.
    fn window(&self) -> Option<String> {
        let mut search = command("xdotool");
        let search = search.env("DISPLAY", &self.name);
        let found = search.args(["search", "--onlyvisible", "--name", "roomtone"]).output();
        let found = String::from_utf8(found.unwrap().stdout).unwrap();
        found.lines().next().map(str::to_owned)
    }

    fn hand(&self, words: &[&str]) {
        let mut hand = command("xdotool");
        let done = hand.env("DISPLAY", &self.name).args(words).status().unwrap();
        assert!(done.success(), "{words:?}");
    }

    /// Presses keys as xdotool names them.
    pub(super) fn press(&self, keys: &[&str]) {
        let window = self.window().unwrap();
        let front = ["windowfocus", "--sync", &window, "key", "--delay", "60"];
        self.hand(&[&front[..], keys].concat());
    }

    /// Clicks a place.
    pub(super) fn click(&self, place: Pos2) {
        let [x, y] = coordinates(place);
        self.hand(&["mousemove", &x, &y, "sleep", "0.1", "click", "1", "sleep", "0.2"]);
    }

    /// Drags from a place to another.
    pub(super) fn drag(&self, from: Pos2, to: Pos2) {
        let [x, y] = coordinates(from);
        self.hand(&["mousemove", &x, &y, "sleep", "0.1", "mousedown", "1", "sleep", "0.1"]);
        for part in [0.3, 0.7, 1.0] {
            let [x, y] = coordinates(from + (to - from) * part);
            self.hand(&["mousemove", &x, &y, "sleep", "0.1"]);
        }
        self.hand(&["mouseup", "1", "sleep", "0.2"]);
    }

    /// Waits until the display shows the same for a moment.
    pub(super) fn settle(&self) {
        let mut before = self.picture("settling");
        for _ in 0..40 {
            crossbeam::channel::after(Duration::from_millis(200)).recv().unwrap();
            let now = self.picture("settling");
            if now == before {
                return;
            }
            before = now;
        }
    }

    /// What the display shows now, written where one can look at it.
    pub(super) fn picture(&self, name: &str) -> RgbImage {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("display");
        std::fs::create_dir_all(&folder).unwrap();
        let file = folder.join(format!("{name}.png"));
        let mut picture = command("import");
        let picture = picture.env("DISPLAY", &self.name);
        let done = picture.args(["-window", "root", file.to_str().unwrap()]).status().unwrap();
        assert!(done.success());
        image::open(file).unwrap().to_rgb8()
    }
}

fn coordinates(place: Pos2) -> [String; 2] {
    [place.x, place.y].map(|side| format!("{}", side.round()))
}
