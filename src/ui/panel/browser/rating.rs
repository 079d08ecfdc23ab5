//! What is thought of a take, as signs, and the buttons that say it.

use crate::ui::desk::{Desk, Line, Thing};
use crate::ui::theme;
use eframe::egui::{Button, Color32, RichText, Ui, WidgetInfo, WidgetType, vec2};
use egui_phosphor::regular as icon;
use timeline_format::shot::TakeState;

/// Every rating, the best first.
pub(super) const ALL: [TakeState; 4] =
    [TakeState::Keep, TakeState::Maybe, TakeState::Reject, TakeState::New];

/// What a rating is called.
pub(super) const fn label(state: TakeState) -> &'static str {
    match state {
        TakeState::Keep => "Keep",
        TakeState::Maybe => "Maybe",
        TakeState::Reject => "Reject",
        TakeState::New => "Not rated",
    }
}

/// The sign of a rating.
pub(super) const fn sign(state: TakeState) -> &'static str {
    match state {
        TakeState::Keep => icon::CHECK,
        TakeState::Maybe => icon::QUESTION,
        TakeState::Reject => icon::X,
        TakeState::New => icon::CIRCLE,
    }
}

/// The colour of a rating.
pub(super) const fn colour(state: TakeState) -> Color32 {
    match state {
        TakeState::Keep => theme::GOOD,
        TakeState::Maybe => theme::WARNING,
        TakeState::Reject => theme::ERROR,
        TakeState::New => theme::FAINT,
    }
}

/// How wide the buttons of a take are.
pub(super) const WIDTH: f32 = 74.0;

/// Draws the buttons of a take: whether it is the chosen one, and what is thought of it.
pub(super) fn buttons_ui(ui: &mut Ui, desk: &mut Desk, line: &Line) {
    let Thing::Take { shot, take } = line.thing else { return };
    ui.spacing_mut().item_spacing.x = 0.0;
    let (sign, colour) = if line.is_chosen {
        (icon::CHECK_CIRCLE, theme::ACCENT)
    } else {
        (icon::CIRCLE, theme::FAINT)
    };
    let name = format!("Choose {}", line.name);
    if sign_ui(ui, sign, colour, (&name, line.is_chosen)) {
        desk.take_up(shot, take);
        desk.choose_take();
    }
    for state in [TakeState::Keep, TakeState::Maybe, TakeState::Reject] {
        let is_so = line.state == state;
        let colour = if is_so { self::colour(state) } else { theme::FAINT };
        let name = format!("{} {}", label(state), line.name);
        if sign_ui(ui, self::sign(state), colour, (&name, is_so)) {
            desk.take_up(shot, take);
            desk.rate(if is_so { TakeState::New } else { state });
        }
    }
}

fn sign_ui(ui: &mut Ui, sign: &str, colour: Color32, (name, is_on): (&str, bool)) -> bool {
    let button = Button::new(RichText::new(sign).size(14.0).color(colour)).frame(false);
    let response = ui.add(button.min_size(vec2(18.0, 20.0)));
    response.widget_info(|| WidgetInfo::selected(WidgetType::Checkbox, true, is_on, name));
    response.on_hover_text(name).clicked()
}
