//! The sheet of takes: all of a shot, the best first, each with its picture, its rating and its place.

use super::{Browser, cells, duel, rating, rounds, together};
use crate::picture::measures;
use crate::ui::command;
use crate::ui::desk::{Desk, How, Line};
use crate::ui::panel::named::{mark_on, named};
use crate::ui::theme;
use eframe::egui::{Align, Button, Layout, RichText, Slider, Ui, WidgetInfo, WidgetType, vec2};
use egui_phosphor::regular as icon;
use timeline_format::Source;
use timeline_format::shot::TakeState;

/// How wide the slider of the sizes is.
const SLIDER: f32 = 110.0;

/// Draws the sheet.
pub(in crate::ui) fn sheet_ui(ui: &mut Ui, desk: &mut Desk, browser: &mut Browser) {
    let (all, seen) = desk.sheet_lines();
    if all.is_empty() {
        let words = "No shot has takes yet: a shot's are laid out here, beside each other.";
        ui.label(RichText::new(words).color(theme::FAINT));
        return;
    }
    head_ui(ui, desk, &all);
    tools_ui(ui, desk, browser);
    if desk.sheet.is_duel {
        return duel::duel_ui(ui, desk, browser);
    }
    if let Some(how) = desk.sheet.together.how {
        return together::together_ui(ui, desk, browser, how);
    }
    if seen.is_empty() {
        ui.label(RichText::new("No take is rated so.").color(theme::FAINT));
    }
    let (size, grid) = (desk.sheet.size, desk.sheet.grid);
    browser.rounds.go_on(ui.ctx(), desk.sheet.is_playing, rounds::longest(desk, &seen));
    browser.is_sheet = true;
    ui.push_id("sheet", |ui| {
        desk.sheet.across = cells::cells_ui(ui, desk, browser, (&seen, size, grid));
    });
    browser.is_sheet = false;
}

/// What is done with all takes: play them, see two in one frame, sort them.
fn tools_ui(ui: &mut Ui, desk: &mut Desk, browser: &Browser) {
    ui.horizontal(|ui| {
        let is_on = desk.sheet.is_playing;
        let sign = if is_on { icon::PAUSE } else { icon::PLAY };
        press_ui(ui, desk, ("play-takes", sign), is_on);
        for (id, words, how) in [
            ("takes-wipe", "Wipe", How::Wipe),
            ("takes-difference", "Difference", How::Difference),
            ("takes-over", "Over", How::Over),
            ("takes-flip", "Flip", How::Flip),
        ] {
            let is_on = desk.sheet.together.how == Some(how);
            press_ui(ui, desk, (id, words), is_on);
        }
        press_ui(ui, desk, ("hold-take", "Hold"), false);
        let side = desk.sheet.grid.map_or("Grid".to_owned(), |side| format!("{side} × {side}"));
        press_ui(ui, desk, ("takes-grid", &side), desk.sheet.grid.is_some());
        press_ui(ui, desk, ("fold-takes", "Fold"), desk.sheet.is_folded);
        sorted_ui(ui, desk);
        if let Some(moment) = browser.rounds.moment() {
            let words = format!("{moment:.2} s");
            ui.label(RichText::new(words).color(theme::QUIET));
        }
    });
}

/// A command as a button with a sign, that is on or off.
fn press_ui(ui: &mut Ui, desk: &mut Desk, (id, sign): (&str, &str), is_on: bool) {
    let Some(command) = command::find(id) else { return };
    let button = Button::new(sign).selected(is_on);
    let response = ui.add_enabled((command.can)(desk), button);
    let name = command.label;
    response.widget_info(|| WidgetInfo::selected(WidgetType::Button, true, is_on, name));
    mark_on(ui, &response, is_on);
    if response.on_hover_text(command.help).clicked() {
        (command.run)(desk);
    }
}

/// By which measure the takes are sorted.
fn sorted_ui(ui: &mut Ui, desk: &mut Desk) {
    let by = desk.sheet.by;
    let menu = ui.menu_button(RichText::new(icon::SORT_ASCENDING).size(15.0), |ui| {
        if ui.radio(by.is_none(), "The best first").clicked() {
            desk.sheet.by = None;
        }
        for measure in measures::ALL.iter().copied() {
            let is_it = by.is_some_and(|by| by.id == measure.id);
            let words = format!("By {}", measure.label.to_lowercase());
            if ui.radio(is_it, words).on_hover_text(measure.help).clicked() {
                desk.sheet.by = Some(measure);
            }
        }
    });
    let response = named(menu.response, WidgetType::Button, "Order of takes");
    mark_on(ui, &response, by.is_some());
    response.on_hover_text("By which measure the takes are sorted");
}

/// The shot, how its takes are rated, and how large they are.
fn head_ui(ui: &mut Ui, desk: &mut Desk, all: &[Line]) {
    let name = desk.shot_on_sheet().map(|shot| desk.name_of(&Source::Shot(shot)));
    let size = vec2(ui.available_width(), theme::ROW);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        ui.label(RichText::new(name.unwrap_or_default()).strong());
        rated_ui(ui, desk, (None, "All", all.len()));
        for state in rating::ALL {
            let count = all.iter().filter(|line| line.state == state).count();
            rated_ui(ui, desk, (Some(state), rating::label(state), count));
        }
        let response = ui.add(Button::new("Two at a time").selected(desk.sheet.is_duel));
        let help = "Say which of two takes is better, until all are in order";
        if response.on_hover_text(help).clicked() {
            desk.toggle_duel();
        }
        ui.spacing_mut().slider_width = SLIDER;
        let response = ui.add(Slider::new(&mut desk.sheet.size, 0.0..=1.0).show_value(false));
        let name = "Size of takes";
        response.widget_info(|| WidgetInfo::labeled(WidgetType::Slider, true, name));
        response.on_hover_text(name);
    });
}

/// A rating, and how many takes have it: pressed, only those are seen.
fn rated_ui(ui: &mut Ui, desk: &mut Desk, (state, label, count): (Option<TakeState>, &str, usize)) {
    let is_on = desk.sheet.rated == state;
    let sign = state.map_or("", rating::sign);
    let colour = if count == 0 { theme::FAINT } else { theme::TEXT };
    let words = RichText::new(format!("{sign} {count}").trim_start().to_owned()).color(colour);
    let response = ui.add(Button::new(words).selected(is_on));
    let name = format!("Takes: {label}, {count}");
    response.widget_info(|| WidgetInfo::selected(WidgetType::Button, true, is_on, &name));
    if response.on_hover_text(name).clicked() {
        desk.sheet.rated = state;
    }
}
