//! The bar over the browser: words to look for, what is shown, in which order, how large.

use super::rating;
use crate::ui::desk::{Browsing, Desk, Kinds, Order, Question};
use crate::ui::panel::named::{mark_on, named};
use crate::ui::theme;
use eframe::egui::{
    Align, Button, Layout, RichText, Slider, TextEdit, Ui, WidgetInfo, WidgetType, vec2,
};
use egui_phosphor::regular as icon;

/// Draws the bar.
pub(super) fn bar_ui(ui: &mut Ui, desk: &mut Desk) {
    let from_the_right = Layout::right_to_left(Align::Center);
    let size = vec2(ui.available_width(), theme::ROW);
    ui.allocate_ui_with_layout(size, from_the_right, |ui| {
        let sign = Button::new(RichText::new(icon::PLUS).size(15.0));
        let sign = named(ui.add(sign), WidgetType::Button, "Bring in media");
        if sign.on_hover_text("Bring in media").clicked() {
            desk.question = Some(Question::Import);
        }
        let hint = "Find shots and media";
        let field = TextEdit::singleline(&mut desk.browsing.query.wanted).hint_text(hint);
        let response = ui.add(field.desired_width(f32::INFINITY));
        if std::mem::take(&mut desk.browsing.asks_for_words) {
            response.request_focus();
        }
        let response = named(response, WidgetType::TextEdit, hint);
        response.on_hover_text("Names, notes, words of prompts, seeds, sizes");
    });
    ui.allocate_ui_with_layout(size, from_the_right, |ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        order_ui(ui, &mut desk.browsing);
        filter_ui(ui, &mut desk.browsing);
        form_ui(ui, &mut desk.browsing);
    });
}

fn form_ui(ui: &mut Ui, browsing: &mut Browsing) {
    for (is_grid, sign, name) in
        [(true, icon::SQUARES_FOUR, "Show a grid"), (false, icon::LIST, "Show a list")]
    {
        let is_chosen = browsing.is_grid == is_grid;
        let response = ui.add(Button::new(RichText::new(sign).size(15.0)).selected(is_chosen));
        response.widget_info(|| WidgetInfo::selected(WidgetType::Button, true, is_chosen, name));
        if response.on_hover_text(name).clicked() {
            browsing.is_grid = is_grid;
        }
    }
    ui.spacing_mut().slider_width = (ui.available_width() - 8.0).max(20.0);
    let response = ui.add(Slider::new(&mut browsing.size, 0.0..=1.0).show_value(false));
    let name = "Size of pictures";
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Slider, true, name));
    response.on_hover_text(name);
}

fn filter_ui(ui: &mut Ui, browsing: &mut Browsing) {
    let query = &mut browsing.query;
    let is_open = query.kinds == Kinds::All && query.rated.is_none();
    let colour = if is_open { theme::TEXT } else { theme::ACCENT };
    let sign = RichText::new(icon::FUNNEL).size(15.0).color(colour);
    let menu = ui.menu_button(sign, |ui| {
        for kinds in Kinds::ALL {
            ui.radio_value(&mut query.kinds, kinds, kinds.label());
        }
        ui.separator();
        ui.radio_value(&mut query.rated, None, "Rated in any way");
        for state in rating::ALL {
            let words = format!("{} {}", rating::sign(state), rating::label(state));
            ui.radio_value(&mut query.rated, Some(state), words);
        }
    });
    let response = named(menu.response, WidgetType::Button, "Filter");
    mark_on(ui, &response, !is_open);
    response.on_hover_text("Which kinds and ratings are shown");
}

fn order_ui(ui: &mut Ui, browsing: &mut Browsing) {
    let order = &mut browsing.query.order;
    let is_usual = *order == Order::Film;
    let colour = if is_usual { theme::TEXT } else { theme::ACCENT };
    let sign = RichText::new(icon::SORT_ASCENDING).size(15.0).color(colour);
    let menu = ui.menu_button(sign, |ui| {
        for one in Order::ALL {
            ui.radio_value(order, one, one.label());
        }
    });
    let response = named(menu.response, WidgetType::Button, "Order");
    mark_on(ui, &response, !is_usual);
    response.on_hover_text("In which order");
}
