//! A window without a display, and hands to use it.

use crate::support::folder::Folder;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use roomtone::sound::device::{Device, Null};
use roomtone::ui::App;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};
use timeline_format::Timeline;

/// A window over a film of its own.
pub(super) struct Window {
    pub(super) harness: Harness<'static, App>,
    pub(super) film: PathBuf,
    pub(super) folder: Folder,
}

/// Seconds that pass from one drawing to the next, unless a test says otherwise.
const STEP: f32 = 0.25;

fn silent() -> Box<dyn Device> {
    Box::new(Null::default())
}

/// A file that is dropped.
#[derive(Debug)]
struct Dropped(PathBuf);

impl eframe::egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

/// Copies what lies in `from` to `to`.
fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            if entry.file_name() != "delivered" {
                copy(&entry.path(), &target);
            }
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Copies the sample film to `folder`.
pub(super) fn sample(folder: &Path) {
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/before-morning"), folder);
}

/// What a window is opened with.
struct Form {
    size: [f32; 2],
    scale: f32,
    /// Seconds from one drawing to the next.
    step: f32,
    device: fn() -> Box<dyn Device>,
    settings: Option<PathBuf>,
    /// Bytes for pictures.
    budget: usize,
}

impl Default for Form {
    fn default() -> Self {
        let size = [1440.0, 900.0];
        let budget = roomtone::play::screen::usual_budget();
        Self { size, scale: 1.0, step: STEP, device: silent, settings: None, budget }
    }
}

impl Window {
    /// A window over a copy of the sample film.
    pub(super) fn with_sample() -> Self {
        Self::with_sample_at([1440.0, 900.0], 1.0)
    }

    /// A window over a copy of the sample film, whose pictures have so many bytes.
    pub(super) fn with_sample_within(budget: usize) -> Self {
        let folder = Folder::new();
        sample(folder.path());
        Self::within(budget, folder, "film.roomtone")
    }

    /// A window over the film of this name, whose pictures have so many bytes.
    pub(super) fn within(budget: usize, folder: Folder, name: &str) -> Self {
        let film = folder.file(name);
        Self::opened(folder, film, Form { budget, ..Form::default() })
    }

    /// A window of this size, in points, at so many pixels a point.
    pub(super) fn with_sample_at(size: [f32; 2], scale: f32) -> Self {
        let folder = Folder::new();
        sample(folder.path());
        let film = folder.file("film.roomtone");
        Self::opened(folder, film, Form { size, scale, ..Form::default() })
    }

    /// A window of this size that is drawn as often as a screen shows it, over the film of this name.
    pub(super) fn at_pace(folder: Folder, name: &str, size: [f32; 2]) -> Self {
        let film = folder.file(name);
        Self::opened(folder, film, Form { size, step: 1.0 / 60.0, ..Form::default() })
    }

    /// A window over a copy of the sample film, which plays to a device of these.
    pub(super) fn with_sample_on(device: fn() -> Box<dyn Device>) -> Self {
        let folder = Folder::new();
        sample(folder.path());
        let film = folder.file("film.roomtone");
        Self::opened(folder, film, Form { device, ..Form::default() })
    }

    /// A window over the film of this name in a folder, which goes with the window.
    pub(super) fn of(folder: Folder, name: &str) -> Self {
        let film = folder.file(name);
        Self::opened(folder, film, Form::default())
    }

    /// A window over an empty film, and a folder for its media.
    pub(super) fn empty() -> Self {
        let folder = Folder::new();
        let film = folder.file("film.roomtone");
        let raster = "320x180".parse().unwrap();
        let empty = roomtone::project::beginning(raster, "25".parse().unwrap(), 48_000, "Empty");
        roomtone::project::save(&film, &empty).unwrap();
        Self::opened(folder, film, Form::default())
    }

    /// A window over a copy of the sample film that keeps its settings in a file.
    pub(super) fn with_settings(settings: &Path) -> Self {
        let folder = Folder::new();
        sample(folder.path());
        let film = folder.file("film.roomtone");
        let settings = Some(settings.to_owned());
        Self::opened(folder, film, Form { settings, ..Form::default() })
    }

    fn opened(folder: Folder, film: PathBuf, form: Form) -> Self {
        let path = film.clone();
        let harness = Harness::builder()
            .with_size(form.size)
            .with_pixels_per_point(form.scale)
            .with_max_steps(20)
            .with_step_dt(form.step)
            .build_eframe(move |creation| {
                let context = &creation.egui_ctx;
                let app = App::within(form.budget, context, Some(&path), form.device);
                match form.settings {
                    Some(file) => app.keeping(file),
                    None => app,
                }
            });
        let mut window = Self { harness, film, folder };
        window.steps(3);
        window
    }

    /// A place beside the film.
    pub(super) fn beside(&self, name: &str) -> PathBuf {
        self.film.with_file_name(name)
    }

    /// Drops a file into the window.
    pub(super) fn drop_file(&mut self, path: PathBuf) {
        self.harness.input_mut().dropped_files.push(Arc::new(Dropped(path)));
        self.steps(2);
    }

    /// The film as it is now.
    pub(super) fn now(&self) -> Arc<Timeline> {
        self.harness.state().film().unwrap()
    }

    /// Draws the window so often.
    pub(super) fn steps(&mut self, count: usize) {
        for _ in 0..count {
            self.harness.step();
        }
    }

    /// Asks for a command by its name.
    #[track_caller]
    pub(super) fn ask(&mut self, id: &str) {
        assert!(self.harness.state_mut().ask(id), "{id} cannot be asked for");
        self.steps(2);
    }

    /// Presses keys as they are written: `Ctrl+Z`.
    pub(super) fn keys(&mut self, text: &str) {
        let (held, key) = text.rsplit_once('+').unwrap_or(("", text));
        let mut modifiers = eframe::egui::Modifiers::NONE;
        for word in held.split('+') {
            match word {
                "Ctrl" => (modifiers.ctrl, modifiers.command) = (true, true),
                "Shift" => modifiers.shift = true,
                "Alt" => modifiers.alt = true,
                _ => {}
            }
        }
        let key = eframe::egui::Key::from_name(key).unwrap();
        self.harness.key_press_modifiers(modifiers, key);
        self.steps(2);
    }

    /// Clicks what is labelled so.
    #[track_caller]
    pub(super) fn click(&mut self, label: &str) {
        self.harness.get_by_label(label).click();
        self.steps(2);
    }

    /// Where what is labelled so lies: the middle of it.
    #[track_caller]
    pub(super) fn place_of(&self, label: &str) -> eframe::egui::Pos2 {
        self.harness.get_by_label(label).rect().center()
    }

    /// Where a panel lies.
    #[track_caller]
    pub(super) fn panel(&self, name: &str) -> eframe::egui::Rect {
        let id = eframe::egui::Id::new(name);
        let state = eframe::egui::containers::panel::PanelState::load(&self.harness.ctx, id);
        state.unwrap().outer_rect
    }

    /// Whether something is labelled so.
    pub(super) fn has(&self, label: &str) -> bool {
        self.harness.query_all_by_label(label).next().is_some()
    }

    /// Holds these keys down, until others are.
    pub(super) fn hold_down(&mut self, modifiers: eframe::egui::Modifiers) {
        self.harness.event(eframe::egui::Event::ModifiersChanged(modifiers));
        self.steps(1);
    }

    /// Clicks at a place.
    pub(super) fn click_at(&mut self, at: eframe::egui::Pos2) {
        self.button_at(at, eframe::egui::PointerButton::Primary);
    }

    /// Clicks at a place with the other button.
    pub(super) fn secondary_click_at(&mut self, at: eframe::egui::Pos2) {
        self.button_at(at, eframe::egui::PointerButton::Secondary);
    }

    fn button_at(&mut self, pos: eframe::egui::Pos2, button: eframe::egui::PointerButton) {
        self.harness.hover_at(pos);
        self.steps(1);
        for pressed in [true, false] {
            let modifiers = eframe::egui::Modifiers::NONE;
            let event = eframe::egui::Event::PointerButton { pos, button, pressed, modifiers };
            self.harness.event(event);
        }
        self.steps(2);
    }

    /// Clicks twice at a place, quickly.
    pub(super) fn double_click_at(&mut self, pos: eframe::egui::Pos2) {
        self.harness.hover_at(pos);
        self.steps(1);
        let (button, modifiers) =
            (eframe::egui::PointerButton::Primary, eframe::egui::Modifiers::NONE);
        for pressed in [true, false, true, false] {
            let event = eframe::egui::Event::PointerButton { pos, button, pressed, modifiers };
            self.harness.input_mut().events.push(event);
        }
        self.steps(2);
    }

    /// Drags from one place to another, in steps.
    pub(super) fn drag(&mut self, from: eframe::egui::Pos2, to: eframe::egui::Pos2) {
        self.harness.hover_at(from);
        self.steps(1);
        self.harness.drag_at(from);
        self.steps(1);
        for part in 1..=4 {
            self.harness.hover_at(from + (to - from) * (part as f32 / 4.0));
            self.steps(1);
        }
        self.harness.drop_at(to);
        self.steps(2);
    }

    /// Turns the wheel by so many points with the pointer at a place.
    pub(super) fn wheel(&mut self, at: eframe::egui::Pos2, by: f32) {
        self.harness.hover_at(at);
        self.steps(1);
        self.harness.event(eframe::egui::Event::MouseWheel {
            unit: eframe::egui::MouseWheelUnit::Point,
            delta: eframe::egui::vec2(0.0, by),
            phase: eframe::egui::TouchPhase::Move,
            modifiers: eframe::egui::Modifiers::NONE,
        });
        self.steps(20);
    }

    /// The place of what is labelled so.
    #[track_caller]
    pub(super) fn rect_of(&self, label: &str) -> eframe::egui::Rect {
        self.harness.get_by_label(label).rect()
    }

    /// Lets the window draw for a while.
    pub(super) fn rest(&mut self, time: Duration) {
        let start = Instant::now();
        while start.elapsed() < time {
            crossbeam::channel::after(Duration::from_millis(10)).recv().unwrap();
            self.steps(1);
        }
    }

    /// Draws until `is_done`, or fails after a while.
    #[track_caller]
    pub(super) fn until(&mut self, what: &str, mut is_done: impl FnMut(&App) -> bool) {
        let start = Instant::now();
        while !is_done(self.harness.state()) {
            assert!(start.elapsed() < Duration::from_mins(2), "{what} did not come");
            crossbeam::channel::after(Duration::from_millis(5)).recv().unwrap();
            self.steps(1);
        }
    }

    /// What the window looks like now, written where one can look at it.
    pub(super) fn picture(&mut self, name: &str) -> image::RgbaImage {
        let picture = self.harness.render().unwrap();
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("window");
        std::fs::create_dir_all(&folder).unwrap();
        picture.save(folder.join(format!("{name}.png"))).unwrap();
        picture
    }
}
