//! The history: every edit since the film was opened, to read and to go back to.

use crate::ui::desk::{Desk, Film};
use crate::ui::theme;
use eframe::egui::{CollapsingHeader, RichText, ScrollArea, Ui};

/// Draws the list.
pub(in crate::ui) fn history_ui(ui: &mut Ui, desk: &mut Desk) {
    CollapsingHeader::new("History").show(ui, |ui| {
        let Some(history) = desk.film().map(Film::history) else { return };
        let (count, now) = (history.steps().len(), history.position());
        let mut wanted = None;
        ScrollArea::vertical()
            .max_height(180.0)
            .stick_to_bottom(true)
            .auto_shrink([false, true])
            .show_rows(ui, theme::ROW, count, |ui, rows| {
                for step in rows {
                    let name = &history.steps()[step].name;
                    let (colour, sign) =
                        if step > now { (theme::FAINT, "  (undone)") } else { (theme::TEXT, "") };
                    let text = RichText::new(format!("{step}  {name}{sign}")).color(colour);
                    if ui.selectable_label(step == now, text).clicked() {
                        wanted = Some(step);
                    }
                }
            });
        wanted.into_iter().for_each(|step| desk.jump(step));
    });
    ui.separator();
}
