//! The window itself: one turn takes in what happened, asks for commands, draws.

use super::command;
use super::desk::{Delivery, Desk, Grip, Question, State, Wake};
use super::focus;
use super::held::Held;
use super::jog::Jog;
use super::panel::{
    browser, correcting, delivery, dialog, grading, menu, mixer, status, timeline, viewer,
};
use super::presses::Presses;
use super::settings::Kept;
use super::theme;
use crate::play::screen::usual_budget;
use crate::signal::Image;
use crate::sound::device::Device;
use eframe::egui::{self, Context, Ui};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use timeline_format::{Id, Timeline};

/// Everything that the panels of the window share.
#[derive(Debug)]
pub(super) struct Room {
    /// What the editor has in hand.
    pub(super) desk: Desk,
    /// What the browser shows.
    pub(super) browser: browser::Browser,
    /// What is dragged on the timeline.
    pub(super) timeline: timeline::Drawn,
    /// The textures of the viewers.
    pub(super) viewers: viewer::Viewers,
    /// What is chosen on the mixer.
    pub(super) mixer: mixer::Mixer,
    /// What is looked at of a grade.
    pub(super) grading: grading::Grading,
    /// What is written of faults.
    pub(super) correcting: correcting::Correcting,
    /// What is chosen for the next delivery.
    pub(super) wanted: delivery::Wanted,
    /// The question in front of everything.
    pub(super) dialog: dialog::Dialogs,
    /// What is kept between starts.
    pub(super) kept: Kept,
}

/// The window.
#[derive(Debug)]
pub struct App {
    room: Room,
    jog: Jog,
    presses: Presses,
}

/// Opens the window, with the film at `path` if one is named.
///
/// # Errors
/// Where there is no display, or none that can be drawn to.
pub fn open(path: Option<&Path>, device: fn() -> Box<dyn Device>) -> Result<(), eframe::Error> {
    let viewport = egui::ViewportBuilder::default()
        .with_title("roomtone")
        .with_app_id("roomtone")
        .with_inner_size([1440.0, 900.0])
        .with_min_inner_size([960.0, 600.0])
        .with_drag_and_drop(true);
    let options = eframe::NativeOptions { viewport, ..eframe::NativeOptions::default() };
    let path = path.map(Path::to_owned);
    eframe::run_native(
        "roomtone",
        options,
        Box::new(move |creation| {
            let app = App::new(&creation.egui_ctx, path.as_deref(), device);
            Ok(Box::new(match Kept::usual_file() {
                Some(file) => app.keeping(file),
                None => app,
            }))
        }),
    )
}

impl App {
    /// A window over `context`, with the film at `path` if one is named.
    pub fn new(context: &Context, path: Option<&Path>, device: fn() -> Box<dyn Device>) -> Self {
        Self::within(usual_budget(), context, path, device)
    }

    /// The same, whose film has `budget` bytes for its pictures.
    pub fn within(
        budget: usize,
        context: &Context,
        path: Option<&Path>,
        device: fn() -> Box<dyn Device>,
    ) -> Self {
        theme::dress(context);
        let waker = context.clone();
        let mut desk = Desk::new(Wake::new(move || waker.request_repaint()), (device, budget));
        if let Some(path) = path {
            desk.open(path);
        }
        let room = Room {
            desk,
            browser: browser::Browser::default(),
            timeline: timeline::Drawn::default(),
            viewers: viewer::Viewers::default(),
            mixer: mixer::Mixer::default(),
            grading: grading::Grading::default(),
            correcting: correcting::Correcting::default(),
            wanted: delivery::Wanted::default(),
            dialog: dialog::Dialogs::default(),
            kept: Kept::default(),
        };
        Self { room, jog: Jog::default(), presses: Presses::default() }
    }

    /// Goes by the settings in `file`, and keeps there what is set from now on.
    pub fn keeping(mut self, file: PathBuf) -> Self {
        self.room.kept = Kept::open(file, &mut self.room.desk);
        self
    }

    /// The film as it is now, if one is open.
    pub fn film(&self) -> Option<Arc<Timeline>> {
        self.room.desk.film().map(|film| Arc::clone(film.now()))
    }

    /// Every edit that holds, by its name, the oldest first.
    pub fn edits(&self) -> Vec<String> {
        let Some(film) = self.room.desk.film() else { return Vec::new() };
        let steps = film.history().steps().iter().take(film.history().position() + 1);
        steps.skip(1).map(|step| step.name.clone()).collect()
    }

    /// What is held in memory.
    pub fn held(&self) -> Held {
        Held::on(&self.room.desk)
    }

    /// The frame at the playhead.
    pub fn position(&self) -> i64 {
        self.room.desk.position()
    }

    /// The frame of the viewed source that is seen, and its marks: the first frame, and the first behind the
    /// last.
    pub fn source(&self) -> Option<(i64, Option<i64>, Option<i64>)> {
        let viewed = self.room.desk.source.as_ref()?;
        Some((viewed.frame, viewed.mark_in, viewed.mark_out))
    }

    /// The marks of the film: the first frame, and the first behind the last.
    pub fn marks(&self) -> (Option<i64>, Option<i64>) {
        self.room.desk.marks()
    }

    /// The root of the mean square of what was heard lately, against full scale.
    pub fn heard(&self) -> f32 {
        self.room.desk.reading().map_or(0.0, |reading| reading.rms())
    }

    /// What was said to the editor, the newest last.
    pub fn said(&self) -> Vec<String> {
        self.room.desk.notices.iter().map(|notice| notice.words.clone()).collect()
    }

    /// Whether the exact picture of the playhead's frame is shown.
    pub fn is_exact(&self) -> bool {
        let shown = self.room.desk.shown();
        shown.is_some_and(|shown| shown.is_exact && shown.frame == self.position())
    }

    /// Whether the picture of the still in hand is made.
    pub fn has_still(&self) -> bool {
        let desk = &self.room.desk;
        desk.still_in_hand().is_some_and(|still| desk.still_picture(still).is_some())
    }

    /// Whether what is shown was made of stand-ins.
    pub fn is_stand_in(&self) -> bool {
        self.room.desk.shown().is_some_and(|shown| shown.is_stand_in)
    }

    /// How loud a track or a bus is, as the root of its mean square; `None` where it does not sound.
    pub fn level(&self, strip: Id) -> Option<f32> {
        Some(self.room.desk.level(strip)?.rms())
    }

    /// The loudness of the last 0.4 seconds at a meter node of a strip, in LUFS; `None` where it hears nothing.
    pub fn loudness(&self, strip: Id, node: Id) -> Option<f32> {
        Some(self.room.desk.meter(strip, node)?.momentary())
    }

    /// What a ducker does to the level, as samples and dB; `None` where that is not worked out yet.
    pub fn ride(&self, strip: Id, node: Id) -> Option<Vec<(i64, f64)>> {
        let desk = &self.room.desk;
        let ride = desk.ride(strip, node).filter(|_| desk.are_rides_known())?;
        Some(ride.points().to_vec())
    }

    /// How many stand-ins are whole, and of how many that are made now; `None` where none is made.
    pub fn stand_ins(&self) -> Option<(usize, usize)> {
        let progress = self.room.desk.stand_ins_progress()?;
        Some((progress.done, progress.count))
    }

    /// The frames that are seen of the media on the sheet of takes since these began to play.
    pub fn takes(&self) -> BTreeMap<Id, i64> {
        self.room.browser.takes().clone()
    }

    /// How many pixels of the frame at the playhead the repairs of the clip in hand change, how many of them lie outside of
    /// their masks, and of how many; `None` where that is not worked out.
    pub fn proof(&self) -> Option<(usize, usize, usize)> {
        let proof = self.room.desk.proof()?;
        Some((proof.changed, proof.outside, proof.all))
    }

    /// Whether something is followed now.
    pub fn is_tracking(&self) -> bool {
        self.room.desk.tracking_progress().is_some()
    }

    /// The picture that is shown.
    pub fn picture(&self) -> Option<Arc<Image>> {
        self.room.desk.shown().map(|shown| shown.image)
    }

    /// Asks for a command by its name; whether there is one that can be asked for now.
    pub fn ask(&mut self, id: &str) -> bool {
        let desk = &mut self.room.desk;
        let command = command::find(id).filter(|command| (command.can)(desk));
        command.inspect(|command| (command.run)(desk)).is_some()
    }

    /// Searches a folder for media that are not where the film says.
    pub fn relink(&mut self, within: &Path) {
        self.room.desk.relink(within.to_owned());
    }

    /// What cannot be read, one line a media.
    pub fn problems(&self) -> Vec<String> {
        self.room.desk.unreadable()
    }

    /// Whether every delivery that was asked for is over, and those that failed.
    pub fn deliveries(&self) -> (bool, Vec<String>) {
        let queue = self.room.desk.deliveries();
        let failed = queue.iter().filter_map(|delivery| match &delivery.state {
            State::Failed(words) => Some(words.clone()),
            _ => None,
        });
        (queue.iter().all(Delivery::is_over), failed.collect())
    }

    fn take_in(&mut self, context: &Context) {
        let desk = &mut self.room.desk;
        desk.take_imports();
        desk.take_searches();
        desk.advance_deliveries();
        desk.mind_measures();
        desk.mind_stills();
        desk.mind_steps();
        let has_stirred = context.input(|input| !input.events.is_empty());
        let waits = [
            desk.tick(),
            desk.mind_stand_ins(has_stirred),
            desk.mind_rides(),
            desk.mind_survey(),
            desk.mind_faults(),
            desk.mind_tracking(),
            desk.mind_proof(),
        ];
        for wait in waits.into_iter().flatten() {
            context.request_repaint_after(wait);
        }
        if context.zoom_factor() != desk.text_scale {
            context.set_zoom_factor(desk.text_scale);
        }
        let dropped = context.input(|input| input.raw.dropped_files.clone());
        let paths: Vec<_> = dropped.iter().map(|file| file.path().to_owned()).collect();
        desk.drop_files(paths);
        if context.input(|input| input.viewport().close_requested()) && !desk.is_leaving {
            context.send_viewport_cmd(egui::ViewportCommand::CancelClose);
            desk.leave();
        }
        if desk.is_leaving {
            context.send_viewport_cmd(egui::ViewportCommand::Close);
        }
        let is_full = context.input(|input| input.viewport().fullscreen.unwrap_or(false));
        if is_full != desk.is_full_screen {
            context.send_viewport_cmd(egui::ViewportCommand::Fullscreen(desk.is_full_screen));
        }
    }

    /// Asks for the commands whose keys are pressed.
    fn heed_keys(&mut self, context: &Context) {
        let desk = &mut self.room.desk;
        if desk.question.as_ref().is_some_and(Question::takes_keys) {
            return;
        }
        let events = context.input(|input| input.events.clone());
        let presses =
            events.iter().filter(|it| matches!(it, egui::Event::Key { pressed: true, .. }));
        let asked = presses.flat_map(|event| {
            let entries =
                desk.keymap.entries_on(desk.page).filter(|(_, keys)| keys.are_pressed_in(event));
            let pressed = entries.filter(|(_, keys)| !focus::takes(context, keys));
            let again = matches!(event, egui::Event::Key { repeat: true, .. });
            let found = pressed.filter_map(|(id, _)| command::find(id));
            found.filter(|command| !(again && command.is_once())).collect::<Vec<_>>()
        });
        for command in asked.collect::<Vec<_>>() {
            if (command.can)(desk) && !self.jog.takes(context, desk, command) {
                (command.run)(desk);
            }
        }
        self.jog.settle(context, desk);
        if !is_held(context, desk, "hold-before") {
            desk.release_before();
        }
    }
}

impl eframe::App for App {
    fn raw_input_hook(&mut self, _: &Context, input: &mut egui::RawInput) {
        self.presses.restore(input);
    }

    fn logic(&mut self, context: &Context, _: &mut eframe::Frame) {
        self.take_in(context);
    }

    fn ui(&mut self, ui: &mut Ui, _: &mut eframe::Frame) {
        let desk = &mut self.room.desk;
        desk.hold(grip_of(ui.ctx()));
        if ui.input(|input| input.key_pressed(egui::Key::Escape)) {
            desk.give_back();
        }
        self.heed_keys(ui.ctx());
        self.room_ui(ui);
        let grip = grip_of(ui.ctx());
        self.room.desk.settle(grip);
        if !grip.is_down {
            self.room.kept.keep(ui.ctx(), &mut self.room.desk);
        }
    }
}

impl App {
    fn room_ui(&mut self, ui: &mut Ui) {
        let room = &mut self.room;
        if room.desk.is_full_screen && room.desk.film().is_some() {
            return viewer::full_screen_ui(ui, room);
        }
        menu::menu_ui(ui, &mut room.desk);
        status::status_ui(ui, &mut room.desk);
        if room.desk.film().is_some() {
            room.desk.page.ui(ui, room);
        } else {
            menu::start_ui(ui, &mut room.desk);
        }
        room.dialog.ui(ui, &mut room.desk);
    }
}

/// Whether a key of a command is down.
fn is_held(context: &Context, desk: &Desk, id: &str) -> bool {
    let entries = desk.keymap.entries_on(desk.page);
    let mut own = entries.filter(|(known, _)| *known == id);
    own.any(|(_, keys)| context.input(|input| keys.are_down(input)))
}

/// What has a control in hand now.
fn grip_of(context: &Context) -> Grip {
    let focus = focus::holder(context).map(|id| id.value());
    Grip { is_down: context.input(|input| input.pointer.any_down()), focus }
}
