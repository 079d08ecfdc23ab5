//! The brush's bar: what it lays, how wide, soft and in which colour, in which frames; and what is followed.

use crate::ui::command;
use crate::ui::desk::{Desk, Lasting, Repair};
use crate::ui::panel::field::sign_ui;
use crate::ui::panel::named::{choice, named, switch};
use crate::ui::theme;
use eframe::egui::{Button, ComboBox, DragValue, ProgressBar, RichText, Ui, WidgetType};
use egui_phosphor::regular as icon;

/// The commands that follow something, with their signs.
const TRACKS: [(&str, &str); 3] = [
    ("track-backward", icon::ARROW_LEFT),
    ("track-both", icon::ARROWS_HORIZONTAL),
    ("track-forward", icon::ARROW_RIGHT),
];

/// Draws the bar.
pub(in crate::ui) fn brush_ui(ui: &mut Ui, desk: &mut Desk) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        for repair in Repair::ALL {
            let is_on = desk.brush.repair == Some(repair);
            let words = format!("{} {}", repair.icon(), repair.label());
            let response = switch(
                ui.add(Button::selectable(is_on, words)),
                is_on,
                &format!("Brush: {}", repair.label()),
            );
            let help = command::find(repair.command()).map_or("", |it| it.help);
            if response.on_hover_text(help).clicked() {
                desk.brush.take(repair);
            }
        }
        if desk.brush.repair.is_some() {
            manners_ui(ui, desk);
        }
        lasting_ui(ui, desk);
        tracks_ui(ui, desk);
    });
}

fn manners_ui(ui: &mut Ui, desk: &mut Desk) {
    let brush = &mut desk.brush;
    let sign = if brush.lays_circles { icon::CIRCLE } else { icon::SCRIBBLE };
    let help = "Lays circles; else strokes";
    if sign_ui(ui, sign, brush.lays_circles, help).clicked() {
        brush.lays_circles = !brush.lays_circles;
    }
    let width = DragValue::new(&mut brush.width).range(1.0..=1000.0).suffix(" px").max_decimals(0);
    let response = named(ui.add(width), WidgetType::DragValue, "Width of the brush");
    response.on_hover_text("How wide it is, in pixels of a picture of 1080 lines: [ and ]");
    let mut hard = brush.hardness * 100.0;
    let hardness = DragValue::new(&mut hard).range(0.0..=100.0).suffix("% hard").max_decimals(0);
    let response = named(ui.add(hardness), WidgetType::DragValue, "Hardness of the brush");
    if response.on_hover_text("0 soft to the middle, 100 to the edge").changed() {
        brush.hardness = hard / 100.0;
    }
    if brush.repair != Some(Repair::Paint) {
        return;
    }
    let [red, green, blue, cover] = brush.colour;
    let mut codes = [red, green, blue].map(|it| (it * 255.0).round() as u8);
    let response = ui.color_edit_button_srgb(&mut codes);
    let response = named(response, WidgetType::ColorButton, "Colour of the paint");
    if response.changed() {
        let [red, green, blue] = codes.map(|code| f64::from(code) / 255.0);
        brush.colour = [red, green, blue, cover];
    }
    let mut cover = cover * 100.0;
    let field = DragValue::new(&mut cover).range(0.0..=100.0).suffix("%").max_decimals(0);
    let response = named(ui.add(field), WidgetType::DragValue, "Opacity of the paint");
    if response.on_hover_text("How much it covers").changed() {
        brush.colour[3] = cover / 100.0;
    }
}

fn lasting_ui(ui: &mut Ui, desk: &mut Desk) {
    let now = desk.brush.lasting;
    let mut chosen = now;
    let list = ComboBox::from_id_salt("lasting").selected_text(now.label()).width(84.0);
    let shown = list.show_ui(ui, |ui| {
        for one in Lasting::ALL {
            ui.selectable_value(&mut chosen, one, one.label());
        }
    });
    choice(shown.response, "Frames in which repairs are seen", now.label());
    if chosen != now {
        desk.set_lasting(chosen);
    }
}

fn tracks_ui(ui: &mut Ui, desk: &mut Desk) {
    if let Some(part) = desk.tracking_progress() {
        ui.add(ProgressBar::new(part).desired_width(70.0));
        if sign_ui(ui, icon::X, false, "Stop tracking").clicked() {
            desk.stop_tracking();
        }
        return;
    }
    if desk.can_track() {
        ui.label(RichText::new("Track").color(theme::QUIET));
        TRACKS.iter().for_each(|(id, sign)| command_ui(ui, desk, id, sign));
    }
    if desk.can_stabilise() {
        command_ui(ui, desk, "stabilise", icon::VIDEO_CAMERA);
    }
    if desk.can_pin() {
        command_ui(ui, desk, "pin-below", icon::PUSH_PIN);
    }
}

fn command_ui(ui: &mut Ui, desk: &mut Desk, id: &str, sign: &str) {
    let Some(command) = command::find(id) else { return };
    if sign_ui(ui, sign, false, command.label).on_hover_text(command.help).clicked() {
        (command.run)(desk);
    }
}
