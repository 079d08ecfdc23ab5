//! The faults of the film: gone to by a press, accepted, reopened, mended.

use super::{Correcting, colour, label};
use crate::edit::Faulty;
use crate::picture::faults;
use crate::ui::desk::Desk;
use crate::ui::panel::field::sign_ui;
use crate::ui::panel::named::named;
use crate::ui::theme;
use eframe::egui::{
    Button, Frame, Label, ProgressBar, RichText, ScrollArea, Sense, TextEdit, Ui, WidgetInfo,
    WidgetType,
};
use egui_phosphor::regular as icon;
use timeline_format::{Fault, FaultState, Ratio};

/// Draws the faults.
pub(in crate::ui) fn faults_ui(ui: &mut Ui, desk: &mut Desk, correcting: &mut Correcting) {
    head_ui(ui, desk);
    let all = desk.faults();
    if all.is_empty() {
        let words = "No faults are kept: find those of the clip in hand";
        ui.label(RichText::new(words).color(theme::QUIET));
    }
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        for (of, fault) in &all {
            fault_ui(ui, (desk, correcting), (*of, fault));
        }
    });
}

fn head_ui(ui: &mut Ui, desk: &mut Desk) {
    ui.horizontal(|ui| {
        ui.label(RichText::new("Faults").strong());
        let progress = desk.faults_progress();
        if let Some(part) = progress {
            ui.add(ProgressBar::new(part).desired_width(80.0));
            if sign_ui(ui, icon::X, false, "Stop finding faults").clicked() {
                desk.stop_finding_faults();
            }
            return;
        }
        let button = Button::new(format!("{} Find", icon::MAGNIFYING_GLASS));
        let response = ui.add_enabled(desk.can_find_faults(), button);
        let response = named(response, WidgetType::Button, "Find faults of the clip");
        if response.on_hover_text("Look for faults in the pictures of the clip in hand.").clicked()
        {
            desk.find_faults();
        }
    });
}

fn fault_ui(
    ui: &mut Ui,
    (desk, correcting): (&mut Desk, &mut Correcting),
    (of, fault): (Faulty, &Fault),
) {
    let is_held = desk.fault_in_hand() == Some(fault.id);
    let fill = if is_held { theme::CHOSEN } else { theme::GROUND };
    ui.push_id(fault.id, |ui| {
        Frame::new()
            .fill(fill)
            .inner_margin(5.0)
            .outer_margin(2.0)
            .corner_radius(theme::CORNER)
            .show(ui, |ui| {
                ui.set_width(ui.available_width());
                title_ui(ui, desk, (of, fault));
                told_ui(ui, fault);
                if correcting.accepting == Some(fault.id) {
                    accept_ui(ui, desk, correcting);
                }
                buttons_ui(ui, (desk, correcting), fault);
            });
    });
}

fn title_ui(ui: &mut Ui, desk: &mut Desk, (of, fault): (Faulty, &Fault)) {
    ui.horizontal(|ui| {
        ui.label(RichText::new(icon::SQUARE).color(colour(&fault.kind)));
        let words = RichText::new(label(&fault.kind)).strong();
        let title = ui.add(Label::new(words).truncate().sense(Sense::click()));
        let name = format!("{} {}", label(&fault.kind), fault.id);
        if named(title, WidgetType::Button, &name).on_hover_text("Go to it").clicked() {
            desk.go_to_fault(of, fault);
        }
    });
}

fn told_ui(ui: &mut Ui, fault: &Fault) {
    let [from, to] = fault.frames.map(Ratio::floor);
    let unit = faults::named(&fault.kind).map_or("", |finder| finder.unit);
    let state = match fault.state {
        FaultState::Open => format!("{} open", icon::CIRCLE),
        FaultState::Fixed => format!("{} mended", icon::CHECK_CIRCLE),
        FaultState::Accepted => {
            format!("{} accepted by {}: {}", icon::CHECK, fault.by, fault.because)
        }
    };
    let frames = if to - from == 1 {
        format!("frame {from}")
    } else {
        format!("frames {from} to {}", to - 1)
    };
    let words = format!("{frames}, {} {unit}", fault.score);
    ui.label(RichText::new(words).color(theme::QUIET));
    ui.label(RichText::new(state).color(theme::QUIET));
}

fn buttons_ui(ui: &mut Ui, (desk, correcting): (&mut Desk, &mut Correcting), fault: &Fault) {
    let name = format!("{} {}", label(&fault.kind), fault.id);
    let mends = faults::named(&fault.kind).is_some_and(|finder| !finder.repair.is_empty());
    ui.horizontal(|ui| {
        if fault.state != FaultState::Open {
            let sign = icon::ARROW_COUNTER_CLOCKWISE;
            if sign_ui(ui, sign, false, &format!("Reopen {name}")).clicked() {
                desk.reopen_fault(fault.id);
            }
            return;
        }
        if mends && sign_ui(ui, icon::BANDAIDS, false, &format!("Mend {name}")).clicked() {
            desk.mend_fault(fault.id);
        }
        let is_open = correcting.accepting == Some(fault.id);
        if sign_ui(ui, icon::CHECK, is_open, &format!("Accept {name} ...")).clicked() {
            correcting.accepting = (!is_open).then_some(fault.id);
        }
    });
}

/// Who accepts it, and why.
fn accept_ui(ui: &mut Ui, desk: &mut Desk, correcting: &mut Correcting) {
    for (name, text) in [("Accepted by", &mut correcting.by), ("Because", &mut correcting.because)]
    {
        let was = text.clone();
        let response =
            ui.add(TextEdit::singleline(text).hint_text(name).desired_width(f32::INFINITY));
        response.widget_info(|| WidgetInfo {
            label: Some(name.to_owned()),
            ..WidgetInfo::text_edit(true, &was, text.as_str(), "")
        });
    }
    let is_said = !correcting.by.trim().is_empty() && !correcting.because.trim().is_empty();
    let Some(fault) = correcting.accepting else { return };
    let button = ui.add_enabled(is_said, Button::new("Accept"));
    if named(button, WidgetType::Button, "Accept the fault").clicked()
        && desk.accept_fault(fault, &correcting.by, &correcting.because)
    {
        correcting.accepting = None;
        correcting.because.clear();
    }
}
