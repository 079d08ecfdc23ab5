//! The path of a file beside the film as a field: typed, and taken when the hand leaves it.

use super::field::Field;
use eframe::egui::{Margin, TextEdit, Ui, WidgetInfo};
use timeline_format::Value;

/// Draws a path; another one, if it became one.
pub(super) fn path_ui(ui: &mut Ui, name: &str, value: Option<&Value>, endings: &[&str]) -> Field {
    let before = match value {
        Some(Value::Text(path)) => path.as_str(),
        _ => "",
    };
    let id = ui.id().with(("path", name));
    let mut text = ui.data(|data| data.get_temp::<String>(id)).unwrap_or_else(|| before.to_owned());
    let hint = format!(".{}", endings.join(" ."));
    let field = TextEdit::singleline(&mut text).hint_text(hint).margin(Margin::symmetric(4, 1));
    let response = ui.add(field.desired_width(f32::INFINITY));
    response.widget_info(|| WidgetInfo {
        label: Some(name.to_owned()),
        ..WidgetInfo::text_edit(true, before, &text, "")
    });
    let (left, held) = (response.lost_focus(), response.has_focus());
    response.on_hover_text("The path from the film, such as looks/dusk.cube.");
    if held {
        ui.data_mut(|data| data.insert_temp(id, text));
        return Field::Same;
    }
    ui.data_mut(|data| data.remove::<String>(id));
    let is_new = left && text.trim() != before;
    if is_new { Field::Set(Value::Text(text.trim().to_owned())) } else { Field::Same }
}
