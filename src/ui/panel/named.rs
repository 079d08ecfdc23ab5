//! The names by which widgets are reached: by readers of the screen, by the keyboard, by tests.

use crate::ui::theme;
use eframe::egui::{Id, Rect, Response, Ui, WidgetInfo, WidgetType, pos2, vec2};

/// Gives a widget a name.
pub(in crate::ui) fn named(response: Response, kind: WidgetType, name: &str) -> Response {
    let is_enabled = response.enabled();
    response.widget_info(|| WidgetInfo::labeled(kind, is_enabled, name));
    response
}

/// Gives a widget that is on or off a name.
pub(in crate::ui) fn switch(response: Response, is_on: bool, name: &str) -> Response {
    let is_enabled = response.enabled();
    response.widget_info(|| WidgetInfo::selected(WidgetType::Checkbox, is_enabled, is_on, name));
    response
}

/// Gives a list to choose from a name, and says what is chosen.
pub(in crate::ui) fn choice(response: Response, name: &str, chosen: &str) -> Response {
    let is_enabled = response.enabled();
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(WidgetType::ComboBox, is_enabled, name);
        info.current_text_value = Some(chosen.to_owned());
        info
    });
    response
}

/// Marks a switch that is on with a bar below its sign: colour is never the only thing that says so.
pub(in crate::ui) fn mark_on(ui: &Ui, response: &Response, is_on: bool) {
    if is_on {
        let foot = response.rect.shrink2(vec2(3.0, 0.0));
        let bar = Rect::from_min_max(pos2(foot.left(), foot.bottom() - 2.0), foot.max);
        ui.painter().rect_filled(bar, 0.0, theme::ACCENT);
    }
}

/// Names the edges of panels, which are dragged to make them larger.
pub(in crate::ui) fn name_edges(ui: &Ui, panels: &[&'static str]) {
    for panel in panels {
        let edge = Id::new(*panel).with("__resize");
        ui.ctx().accesskit_node_builder(edge, |node| node.set_label(format!("Edge of {panel}")));
    }
}
