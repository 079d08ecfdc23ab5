//! Free text of a value: one line, or as many as are written.

use super::field::Field;
use crate::ui::theme;
use eframe::egui::{Margin, TextEdit, Ui, WidgetInfo};
use timeline_format::Value;

/// How many lines of a longer text are seen at once.
const ROWS: usize = 3;

/// Draws a text; another one, if something was written.
pub(super) fn text_ui(
    ui: &mut Ui,
    name: &str,
    value: Option<&Value>,
    (default, lines): (&str, bool),
) -> Field {
    let before = match value {
        Some(Value::Text(text)) => text.as_str(),
        _ => default,
    };
    let mut text = before.to_owned();
    let field = if lines {
        TextEdit::multiline(&mut text).desired_rows(ROWS).desired_width(f32::INFINITY)
    } else {
        TextEdit::singleline(&mut text).desired_width(2.0 * theme::ROW + 70.0)
    };
    let response = ui.add(field.margin(Margin::symmetric(4, 1)).id_salt(name));
    response.widget_info(|| WidgetInfo {
        label: Some(name.to_owned()),
        ..WidgetInfo::text_edit(true, before, &text, "")
    });
    if response.changed() && text != before { Field::Set(Value::Text(text)) } else { Field::Same }
}
