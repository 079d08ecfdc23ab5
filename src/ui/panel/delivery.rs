//! Deliveries: what for, where to, and how those that were asked for stand.

use crate::deliver::{Preset, presets};
use crate::ui::desk::{Delivery, Desk, IfThere, Part, State};
use crate::ui::theme;
use eframe::egui::{Align, Button, Layout, ProgressBar, RichText, ScrollArea, TextEdit, Ui};
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
    response.widget_info(|| {
        eframe::egui::WidgetInfo::labeled(eframe::egui::WidgetType::TextEdit, true, "Where to")
    });
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

/// Draws the queue.
pub(in crate::ui) fn queue_ui(ui: &mut Ui, desk: &mut Desk) {
    ui.label(RichText::new("Queue").color(theme::QUIET));
    if desk.deliveries().is_empty() {
        ui.label(RichText::new("Nothing was asked for yet.").color(theme::FAINT));
    }
    let mut stopped = None;
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        for (number, delivery) in desk.deliveries().iter().enumerate() {
            ui.separator();
            ui.horizontal(|ui| {
                ui.label(&delivery.name);
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    if !delivery.is_over() && ui.button("Stop").clicked() {
                        stopped = Some(number);
                    }
                });
            });
            let path = delivery.path.display().to_string();
            ui.label(RichText::new(path).size(theme::SMALL).color(theme::QUIET));
            state_ui(ui, delivery);
        }
    });
    stopped.into_iter().for_each(|number| desk.stop_delivery(number));
}

fn state_ui(ui: &mut Ui, delivery: &Delivery) {
    match &delivery.state {
        State::Waits => drop(ui.label(RichText::new("waits").color(theme::QUIET))),
        State::Runs => {
            let Some(progress) = delivery.progress() else {
                ui.spinner();
                return;
            };
            let part = progress.frame.max(0) as f32 / progress.frames.max(1) as f32;
            let left = progress.left.unwrap_or(0.0).ceil();
            let words =
                format!("{:.0} %, {:.0} frames/s, {left:.0} s left", part * 100.0, progress.speed);
            ui.add(ProgressBar::new(part).text(words));
        }
        State::Done(report) => {
            let loudness = report.loudness.map(|found| format!(", {found}")).unwrap_or_default();
            let words = format!(
                "{} {} frames in {:.1} s{loudness}",
                icon::CHECK,
                report.frames,
                report.seconds
            );
            ui.label(RichText::new(words).color(theme::GOOD));
            for warning in &report.warnings {
                ui.label(
                    RichText::new(format!("{} {warning}", icon::WARNING)).color(theme::WARNING),
                );
            }
        }
        State::Failed(words) => {
            ui.label(RichText::new(format!("{} {words}", icon::X)).color(theme::ERROR));
        }
    }
}
