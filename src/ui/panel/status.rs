//! The line at the bottom: what was said last, how the pictures and the sound keep up.

use crate::ui::desk::{Desk, Service, Weight};
use crate::ui::theme;
use eframe::egui::{
    Align, Button, Color32, Frame, Label, Layout, Margin, Panel, RichText, Ui, WidgetInfo,
    WidgetType,
};
use egui_phosphor::regular as icon;

/// Draws the line.
pub(in crate::ui) fn status_ui(ui: &mut Ui, desk: &mut Desk) {
    let frame = Frame::new().fill(theme::RAISED).inner_margin(Margin::symmetric(8, 2));
    Panel::bottom("status").frame(frame).exact_size(theme::ROW + 2.0).show(ui, |ui| {
        ui.horizontal_centered(|ui| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                device_ui(ui, desk);
                figures_ui(ui, desk);
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| said_ui(ui, desk));
            });
        });
    });
}

fn said_ui(ui: &mut Ui, desk: &Desk) {
    let Some(notice) = desk.notices.last() else { return };
    let (sign, colour) = sign_of(notice.weight);
    ui.label(RichText::new(sign).color(colour));
    let all: Vec<&str> = desk.notices.iter().rev().take(12).map(|it| it.words.as_str()).collect();
    ui.add(Label::new(RichText::new(&notice.words).color(theme::TEXT)).truncate())
        .on_hover_text(all.join("\n"));
}

const fn sign_of(weight: Weight) -> (&'static str, Color32) {
    match weight {
        Weight::Note => (icon::INFO, theme::QUIET),
        Weight::Trouble => (icon::WARNING, theme::WARNING),
    }
}

fn figures_ui(ui: &mut Ui, desk: &Desk) {
    if desk.is_importing() {
        ui.spinner();
        ui.label("looking into files");
    }
    if let Some(progress) = desk.stand_ins_progress() {
        let (at, count) = (progress.done + 1, progress.count);
        let percent = (progress.part * 100.0) as u32;
        let waits = if progress.is_held { ", waiting" } else { "" };
        let words = format!("{} stand-in {at} of {count}, {percent}%{waits}", icon::FILM_STRIP);
        ui.label(RichText::new(words).color(theme::QUIET)).on_hover_text(
            "Small copies of large videos, made while nothing else is done; they are never delivered.",
        );
    }
    let dropped = desk.dropped();
    if dropped > 0 {
        let words = format!("{dropped} frames not shown in time");
        ui.label(RichText::new(words).color(theme::WARNING));
    }
    let problems = desk.unreadable();
    if !problems.is_empty() {
        let words = format!("{} {} media cannot be read", icon::WARNING, problems.len());
        ui.label(RichText::new(words).color(theme::WARNING)).on_hover_text(problems.join("\n"));
    }
}

/// How the sound device is served: what it did not get in time, and what became of it.
fn device_ui(ui: &mut Ui, desk: &mut Desk) {
    let Some(service) = desk.service() else { return };
    let (sign, words, help, is_well) = match &service {
        Ok(service) => {
            (icon::SPEAKER_HIGH, figures_of(service), help_of(service), service.is_well())
        }
        Err(why) => (icon::SPEAKER_SLASH, "no sound".to_owned(), why.clone(), false),
    };
    let colour = if is_well { theme::FAINT } else { theme::WARNING };
    let text = RichText::new(format!("{sign} {words}")).color(colour);
    let chip = ui.add(Button::new(text).frame(false));
    let label = format!("Sound device: {words}");
    chip.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, &label));
    if chip.on_hover_text(help).clicked() {
        desk.forget_lateness();
    }
}

fn figures_of(service: &Service) -> String {
    if service.is_well() {
        return format!("{} Hz", service.form.rate);
    }
    format!("{} late, {} not read", service.late, service.unread)
}

fn help_of(service: &Service) -> String {
    let Service { form, late, unread, history } = service;
    let mut lines = vec![
        format!("Opened at {} Hz with {} channels.", form.rate, form.channels),
        format!("{late} times the device ran out of samples: a click, or a gap."),
        format!("{unread} steps of a track were silent: the disk had not been read in time."),
    ];
    lines.extend(history.iter().rev().take(12).rev().cloned());
    lines.push("Click to count from nothing again.".to_owned());
    lines.join("\n")
}
