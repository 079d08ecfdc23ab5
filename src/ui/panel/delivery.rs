//! Deliveries: what for, where to, and how those that were asked for stand.

use super::named::named;
use crate::deliver::{Preset, Report, presets};
use crate::ui::desk::{Delivery, Desk, IfThere, Part, State};
use crate::ui::theme;
use eframe::egui::{
    Align, Button, Label, Layout, ProgressBar, RichText, ScrollArea, TextEdit, Ui, WidgetType,
};
use egui_phosphor::regular as icon;
use std::path::PathBuf;

/// What is chosen for the next delivery.
#[derive(Debug, Default)]
pub(in crate::ui) struct Wanted {
    preset: usize,
    path: String,
    only_marked: bool,
    replace: bool,
}

/// Draws the presets to choose from.
pub(in crate::ui) fn presets_ui(ui: &mut Ui, wanted: &mut Wanted) {
    ui.label(RichText::new("What for").color(theme::QUIET));
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        for (number, preset) in presets::ALL.iter().enumerate() {
            let response = ui.selectable_label(wanted.preset == number, preset.label.as_ref());
            if response.on_hover_text(preset.help.as_ref()).clicked() {
                wanted.preset = number;
                wanted.path.clear();
            }
        }
    });
}

/// Draws where the delivery goes, and what asks for it.
pub(in crate::ui) fn order_ui(ui: &mut Ui, desk: &mut Desk, wanted: &mut Wanted) {
    let Some(preset) = presets::ALL.get(wanted.preset) else { return };
    if wanted.path.is_empty() {
        wanted.path = usual_path(desk, preset);
    }
    ui.label(RichText::new(preset.label.as_ref()).size(theme::LARGE));
    ui.label(RichText::new(preset.help.as_ref()).color(theme::QUIET));
    ui.add_space(theme::GAP);
    ui.label("Where to");
    let field = TextEdit::singleline(&mut wanted.path).desired_width(f32::INFINITY);
    let response = ui.add(field);
    drop(named(response, WidgetType::TextEdit, "Where to"));
    ui.checkbox(&mut wanted.replace, "Replace what is there");
    let has_span = desk.span().is_some();
    ui.add_enabled(
        has_span,
        eframe::egui::Checkbox::new(&mut wanted.only_marked, "Only the marked span"),
    );
    ui.add_space(theme::GAP);
    let button = Button::new(format!("{} Deliver the film", icon::EXPORT));
    if ui.add(button.min_size(eframe::egui::vec2(130.0, 28.0))).clicked() {
        let path = PathBuf::from(wanted.path.trim());
        let is_part = wanted.only_marked && has_span;
        let part = if is_part { Part::Marked } else { Part::Whole };
        let if_there = if wanted.replace { IfThere::Replace } else { IfThere::Refuse };
        desk.deliver(preset, path, part, if_there);
    }
}

/// The film's name with the preset's ending, beside the film.
fn usual_path(desk: &Desk, preset: &Preset) -> String {
    let Some(film) = desk.film() else { return String::new() };
    let stem = film.path().file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let ending = preset.container.extension().map_or(String::new(), |it| format!(".{it}"));
    let name = format!("{stem}-{}{ending}", preset.id);
    film.folder().join(name).display().to_string()
}

/// What is asked of a delivery of the queue.
enum Wish {
    Stop(usize),
    Again(usize),
    Forget(usize),
}

/// Draws the queue.
pub(in crate::ui) fn queue_ui(ui: &mut Ui, desk: &mut Desk) {
    ui.label(RichText::new("Queue").color(theme::QUIET));
    if desk.deliveries().is_empty() {
        ui.label(RichText::new("Nothing was asked for yet.").color(theme::FAINT));
    }
    let mut wish = None;
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        for (number, delivery) in desk.deliveries().iter().enumerate() {
            ui.separator();
            ui.horizontal(|ui| {
                ui.label(&delivery.name);
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    wish = wishes_ui(ui, delivery, number).or(wish.take());
                });
            });
            let path = delivery.path.display().to_string();
            ui.label(RichText::new(path).size(theme::SMALL).color(theme::QUIET));
            state_ui(ui, delivery);
        }
    });
    match wish {
        Some(Wish::Stop(number)) => desk.stop_delivery(number),
        Some(Wish::Again(number)) => desk.try_delivery_again(number),
        Some(Wish::Forget(number)) => desk.forget_delivery(number),
        None => {}
    }
}

/// Draws the buttons of a delivery.
fn wishes_ui(ui: &mut Ui, delivery: &Delivery, number: usize) -> Option<Wish> {
    let file = delivery.path.file_name().unwrap_or_default().to_string_lossy();
    let button = |ui: &mut Ui, words: &str, help: &str| {
        let response = named(ui.button(words), WidgetType::Button, &format!("{words} {file}"));
        response.on_hover_text(help).clicked()
    };
    if !delivery.is_over() {
        let help = "Stop it: nothing half written stays under its name";
        return button(ui, "Stop", help).then_some(Wish::Stop(number));
    }
    let is_forgotten = button(ui, "Take away", "Take it off this list; the file stays");
    let again = delivery.can_be_tried_again()
        && button(ui, "Try again", "Deliver the film as it is now to the same place");
    let again = again.then_some(Wish::Again(number));
    again.or_else(|| is_forgotten.then_some(Wish::Forget(number)))
}

fn state_ui(ui: &mut Ui, delivery: &Delivery) {
    match &delivery.state {
        State::Waits => drop(ui.label(RichText::new("waits").color(theme::QUIET))),
        State::Runs => progress_ui(ui, delivery),
        State::Done(report) => done_ui(ui, report),
        State::Stopped(words) => {
            ui.label(RichText::new(format!("{} {words}", icon::STOP)).color(theme::QUIET));
        }
        State::Failed(words) => {
            let text = RichText::new(format!("{} {words}", icon::X)).color(theme::ERROR);
            ui.add(Label::new(text).wrap());
        }
    }
}

fn progress_ui(ui: &mut Ui, delivery: &Delivery) {
    let Some(progress) = delivery.progress() else {
        ui.spinner();
        return;
    };
    let part = progress.frame.max(0) as f32 / progress.frames.max(1) as f32;
    let words = format!(
        "{:.0} %, {:.0} frames/s, {}",
        part * 100.0,
        progress.speed,
        time_left(progress.left)
    );
    let response = ui.add(ProgressBar::new(part).text(&words));
    drop(named(response, WidgetType::ProgressIndicator, &words));
}

/// How long it still takes, for people.
fn time_left(seconds: Option<f64>) -> String {
    let Some(seconds) = seconds.filter(|seconds| seconds.is_finite()) else {
        return "time left unknown".to_owned();
    };
    match seconds.ceil() as i64 {
        seconds @ ..60 => format!("{seconds} s left"),
        seconds @ 60..3600 => format!("{} min {} s left", seconds / 60, seconds % 60),
        seconds => format!("{} h {} min left", seconds / 3600, seconds / 60 % 60),
    }
}

fn done_ui(ui: &mut Ui, report: &Report) {
    let loudness = report.loudness.map(|found| format!(", {found}")).unwrap_or_default();
    let (frames, seconds) = (report.frames, report.seconds);
    let words = format!("{} {frames} frames in {seconds:.1} s{loudness}", icon::CHECK);
    ui.label(RichText::new(words).color(theme::GOOD));
    for warning in &report.warnings {
        let text = format!("{} {warning}", icon::WARNING);
        ui.label(RichText::new(text).color(theme::WARNING));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_is_told_as_people_say_it() {
        let told = [Some(0.2), Some(59.0), Some(61.5), Some(3600.0 * 2.0 + 125.0), None];
        let told = told.map(time_left);
        let words =
            ["1 s left", "59 s left", "1 min 2 s left", "2 h 2 min left", "time left unknown"];
        assert_eq!(told, words);
    }
}
