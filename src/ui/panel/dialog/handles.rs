//! A transition that lacks frames beside its cut: what there is and what is needed on each side, and what
//! can be done, one key or click each.

use super::window;
use crate::edit::ShortHandles;
use crate::ui::desk::{Desk, Dilemma, Question};
use crate::ui::theme;
use eframe::egui::{Button, Context, Grid, Key, Label, RichText, Ui, vec2};
use egui_phosphor::regular as icon;
use timeline_format::footage::ENDLESS;

/// The keys of the ways out, in their order.
const KEYS: [Key; 8] =
    [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8];
/// How wide the names of the ways out are.
const NAMES: f32 = 150.0;
/// How wide the words about them are.
const WORDS: f32 = 360.0;

/// Draws the question, and takes the way out that is chosen.
pub(super) fn handles_ui(context: &Context, desk: &mut Desk, dilemma: Box<Dilemma>) {
    let pressed = |place: usize| {
        KEYS.get(place).is_some_and(|key| context.input(|input| input.key_pressed(*key)))
    };
    let mut chosen = (0..dilemma.ways.len()).find(|place| pressed(*place));
    let mut is_left = context.input(|input| input.key_pressed(Key::Escape));
    window("Too few frames beside the cut").show(context, |ui| {
        sides_ui(ui, &dilemma.short, &dilemma.names);
        ui.separator();
        Grid::new("ways").num_columns(2).spacing(vec2(10.0, 7.0)).show(ui, |ui| {
            for (place, way) in dilemma.ways.iter().enumerate() {
                let label = format!("{}   {}", place + 1, way.label());
                let button = Button::new(label).min_size(vec2(NAMES, theme::ROW));
                if ui.add(button).on_hover_text(&way.effect).clicked() {
                    chosen = Some(place);
                }
                ui.scope(|ui| {
                    ui.set_width(WORDS);
                    ui.add(Label::new(&way.effect).wrap());
                });
                ui.end_row();
            }
        });
        if dilemma.ways.is_empty() {
            ui.label("Nothing can be laid here: trim the clips first, so that frames lie beside the cut.");
        }
        ui.separator();
        if ui.button("Leave it as it was   (Escape)").clicked() {
            is_left = true;
        }
    });
    match chosen.and_then(|place| dilemma.ways.get(place)) {
        Some(way) => desk.take_way_out(&dilemma, way.short),
        None if is_left => {}
        None => desk.question = Some(Question::Handles(dilemma)),
    }
}

/// What there is and what is needed on both sides of the cut.
fn sides_ui(ui: &mut Ui, short: &ShortHandles, [outgoing, incoming]: &[String; 2]) {
    let sides = [
        (format!("Behind the end of {outgoing}"), short.need_after, short.have_after),
        (format!("Ahead of the start of {incoming}"), short.need_before, short.have_before),
    ];
    Grid::new("sides").num_columns(4).spacing(vec2(16.0, 3.0)).show(ui, |ui| {
        for (name, need, have) in sides {
            let missing = (need - have.max(0)).max(0);
            let (sign, colour) = match missing {
                0 => (icon::CHECK, theme::GOOD),
                _ => (icon::WARNING, theme::WARNING),
            };
            ui.label(name);
            ui.label(format!("needs {need}"));
            ui.label(format!("has {}", amount(have)));
            let words =
                if missing > 0 { format!("{sign} {missing} too few") } else { sign.to_owned() };
            ui.label(RichText::new(words).color(colour));
            ui.end_row();
        }
    });
}

fn amount(frames: i64) -> String {
    if frames >= ENDLESS / 2 { "no end".to_owned() } else { frames.max(0).to_string() }
}

/// Draws what a generator is asked for.
pub(super) fn orders_ui(context: &Context, desk: &mut Desk, words: String) {
    let mut waits = !context.input(|input| input.key_pressed(Key::Escape));
    window("Work order").show(context, |ui| {
        ui.set_max_width(NAMES + WORDS);
        ui.label("Hand this to whoever makes the frames. The transition stands meanwhile.");
        ui.separator();
        ui.add(Label::new(RichText::new(&words).monospace()).selectable(true).wrap());
        ui.separator();
        ui.horizontal(|ui| {
            if ui.button(format!("{} Copy", icon::COPY)).clicked() {
                ui.ctx().copy_text(words.clone());
                waits = false;
            }
            waits &= !ui.button("Close").clicked();
        });
    });
    if waits {
        desk.question = Some(Question::Orders(words));
    }
}
