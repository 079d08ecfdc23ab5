//! The sheet of takes: all of a shot, the best first, each with its picture, its rating and its place.

use super::{Browser, cells, duel, rating};
use crate::ui::desk::{Desk, Line};
use crate::ui::theme;
use eframe::egui::{Align, Button, Layout, RichText, Slider, Ui, WidgetInfo, WidgetType, vec2};
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
    if desk.sheet.is_duel {
        return duel::duel_ui(ui, desk, browser);
    }
    if seen.is_empty() {
        ui.label(RichText::new("No take is rated so.").color(theme::FAINT));
    }
    let size = desk.sheet.size;
    ui.push_id("sheet", |ui| {
        desk.sheet.across = cells::cells_ui(ui, desk, browser, (&seen, size));
    });
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
