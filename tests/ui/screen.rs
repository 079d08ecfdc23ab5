//! A display of its own, virtual, drawn by a software driver; the true program in it, and hands to use that.

use crate::support::oracle::{have, try_run};
use eframe::egui::Pos2;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How wide and high the display is: the window fills it.
pub(super) const SIZE: [f32; 2] = [1440.0, 900.0];

/// How long a software driver may take for a drawing of the window.
const DRAWING: Duration = Duration::from_millis(900);

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

/// Held by the one display that there is at a time: two software drivers at once starve each other.
static ONE: Mutex<()> = Mutex::new(());

/// A display.
pub(super) struct Display {
    _server: Running,
    name: String,
    folder: PathBuf,
    _alone: MutexGuard<'static, ()>,
}

/// Whether there can be a display here.
pub(super) fn can_be(test: &str) -> bool {
    have("xdotool", test) && have("import", test) && try_run("Xvfb", &["-help"])
}

impl Display {
    /// A display that keeps what it needs in `folder`.
    pub(super) fn start(folder: &Path) -> Self {
        let alone = ONE.lock().unwrap_or_else(PoisonError::into_inner);
        let number = folder.join("number");
        let file = std::fs::File::create(&number).unwrap();
        let mut server = command("Xvfb");
        let screen = format!("{}x{}x24", SIZE[0], SIZE[1]);
        server.args(["-screen", "0", &screen, "-displayfd", "1", "-nolisten", "tcp"]);
        let server = server.stdout(file).stderr(Stdio::null()).spawn().unwrap();
        let server = Running(server);
        let name = || std::fs::read_to_string(&number).unwrap().trim().to_owned();
        wait("the display", || !name().is_empty());
        Self {
            _server: server,
            name: format!(":{}", name()),
            folder: folder.to_owned(),
            _alone: alone,
        }
    }

    /// Opens a film in the program, and waits for its window.
    pub(super) fn open(&self, film: &Path) -> Running {
        let mut program = command(env!("CARGO_BIN_EXE_roomtone"));
        program.env("DISPLAY", &self.name).env_remove("WAYLAND_DISPLAY");
        program.env("XDG_CONFIG_HOME", self.folder.join(".settings"));
        program.args(["edit", film.to_str().unwrap(), "--silent"]);
        let said = std::fs::File::create(self.folder.join("said")).unwrap();
        let mut program = Running(program.stderr(said).spawn().unwrap());
        wait("the window", || {
            let end = program.0.try_wait().unwrap();
            assert!(end.is_none(), "the program ended, {end:?}: {}", self.said());
            self.window().is_some()
        });
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

    /// Lets the program draw what it was told.
    pub(super) fn rest() {
        crossbeam::channel::after(DRAWING).recv().unwrap();
    }

    /// Goes to a place with the pointer.
    pub(super) fn go(&self, to: Pos2) {
        let [x, y] = [to.x, to.y].map(|at| format!("{}", at.round() as i64));
        self.hand(&["mousemove", "--sync", &x, &y]);
        Self::rest();
    }

    /// Clicks at a place.
    pub(super) fn click(&self, at: Pos2) {
        self.go(at);
        self.hand(&["click", "1"]);
        Self::rest();
    }

    /// Drags from one place to another.
    pub(super) fn drag(&self, from: Pos2, to: Pos2) {
        self.go(from);
        self.hand(&["mousedown", "1"]);
        Self::rest();
        (1..=4).for_each(|part| self.go(from + (to - from) * (part as f32 / 4.0)));
        self.hand(&["mouseup", "1"]);
        Self::rest();
    }

    /// What is on the display, written where one can look at it.
    pub(super) fn picture(&self, name: &str) -> image::RgbaImage {
        Self::rest();
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("display");
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join(format!("{name}.png"));
        let mut shot = command("import");
        let shot = shot.env("DISPLAY", &self.name).args(["-window", "root"]).arg(&path);
        assert!(shot.status().unwrap().success(), "{name}");
        image::open(path).unwrap().to_rgba8()
    }

    /// Presses keys as xdotool names them.
    pub(super) fn press(&self, keys: &[&str]) {
        let window = self.window().unwrap();
        let front = ["windowfocus", "--sync", &window, "key", "--delay", "60"];
        self.hand(&[&front[..], keys].concat());
    }
}
