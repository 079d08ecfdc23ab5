//! What a hand does to keys: takes some, goes round some, adds one. A drag is one gesture: the film follows.

use super::super::snap;
use super::lane::{Lane, Spot};
use super::menu::menu_ui;
use crate::edit::Automated;
use crate::ui::desk::{ChosenKeys, Desk};
use crate::ui::theme;
use eframe::egui::{
    CursorIcon, Key, Modifiers, Painter, Pos2, Rect, Sense, Stroke, StrokeKind, Ui, Vec2,
    WidgetInfo, WidgetType, vec2,
};
use timeline_format::Value;

/// How near, in points, a key is to a place that it snaps to.
const NEAR: f64 = 7.0;

/// What the pointer holds.
#[derive(Debug)]
pub(in crate::ui) enum Hand {
    /// Keys.
    Keys {
        /// Those that are dragged, as they were.
        from: ChosenKeys,
        /// Where the pointer was pressed.
        press: Pos2,
        /// The frame of the key under it.
        frame: i64,
        /// The lanes as they were: what a point of height is worth.
        lanes: Vec<Lane>,
    },
    /// A frame round keys.
    Round {
        /// Where the pointer was pressed.
        press: Pos2,
        /// Those that were chosen before and stay so.
        before: ChosenKeys,
    },
}

impl Hand {
    /// Draws the frame round keys.
    pub(super) fn draw(&self, painter: &Painter, pointer: Option<Pos2>) {
        let (Self::Round { press, .. }, Some(pointer)) = (self, pointer) else { return };
        let round = Rect::from_two_pos(*press, pointer);
        painter.rect_filled(round, 0.0, theme::ACCENT.gamma_multiply(0.12));
        painter.rect_stroke(round, 0.0, Stroke::new(1.0, theme::ACCENT), StrokeKind::Inside);
    }
}

/// Heeds what is done to the lanes beside their keys.
pub(super) fn ground_ui(
    ui: &Ui,
    desk: &mut Desk,
    hand: &mut Option<Hand>,
    lanes: &[Lane],
    ground: Rect,
) {
    let response = ui.interact(ground, ui.id().with("keys"), Sense::click_and_drag());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Other, true, "Lanes of keyframes"));
    let held = ui.input(|input| input.modifiers);
    if response.drag_started()
        && let Some(press) = ui.input(|input| input.pointer.press_origin())
    {
        let before = if held.shift { desk.chosen_keys.clone() } else { ChosenKeys::new() };
        *hand = Some(Hand::Round { press, before });
    }
    let pointer = response.interact_pointer_pos();
    if response.double_clicked()
        && let Some(pointer) = pointer
        && let Some(lane) = lanes.iter().find(|lane| lane.place.y_range().contains(pointer.y))
    {
        let frame = desk.view.frame_at(pointer.x - lane.place.left());
        desk.add_key(&lane.known, frame);
    } else if response.clicked() && !held.shift {
        desk.chosen_keys.clear();
    }
    response.context_menu(|ui| menu_ui(ui, desk));
}

/// Heeds what is done to the keys of a lane.
pub(super) fn keys_ui(
    ui: &Ui,
    desk: &mut Desk,
    hand: &mut Option<Hand>,
    lane: &Lane,
    ground: Rect,
) {
    for (number, spot) in lane.seen().enumerate() {
        let place = Rect::from_center_size(spot.at, Vec2::splat(13.0)).intersect(ground);
        if !place.is_positive() {
            continue;
        }
        let id = ui.id().with(("key", &lane.known.label, number));
        let response = ui.interact(place, id, Sense::click_and_drag());
        let chosen = (lane.known.value.clone(), spot.place);
        let is_chosen = desk.chosen_keys.contains(&chosen);
        let words = format!("Key of {} at {}", lane.known.label, desk.label_of(spot.frame.floor()));
        response.widget_info(|| {
            WidgetInfo::selected(WidgetType::SelectableLabel, true, is_chosen, &words)
        });
        let held = ui.input(|input| input.modifiers);
        if response.clicked() {
            choose(desk, chosen.clone(), held);
        }
        if (response.drag_started() || response.secondary_clicked()) && !is_chosen {
            choose(desk, chosen, held);
        }
        if response.drag_started() {
            *hand =
                ui.input(|input| input.pointer.press_origin()).map(|press| take(desk, press, spot));
        }
        if response.double_clicked() {
            desk.go(spot.frame.floor());
        }
        response.context_menu(|ui| menu_ui(ui, desk));
        response.on_hover_cursor(CursorIcon::Grab).on_hover_text(words);
    }
}

fn choose(desk: &mut Desk, key: (Automated, timeline_format::Frames), held: Modifiers) {
    if !held.shift {
        return desk.choose_keys([key].into());
    }
    let mut chosen = desk.chosen_keys.clone();
    if !chosen.remove(&key) {
        chosen.insert(key);
    }
    desk.choose_keys(chosen);
}

fn take(desk: &Desk, press: Pos2, spot: &Spot) -> Hand {
    let (from, frame) = (desk.chosen_keys.clone(), spot.frame.round());
    Hand::Keys { from, press, frame, lanes: Vec::new() }
}

/// Lets what the pointer holds follow it, and go where it lets go.
pub(super) fn follow(ui: &Ui, desk: &mut Desk, hand: &mut Option<Hand>, drawn: &[Lane], all: Rect) {
    let (pointer, held, is_down) =
        ui.input(|input| (input.pointer.latest_pos(), input.modifiers, input.pointer.any_down()));
    let (Some(now), Some(pointer)) = (hand.as_mut(), pointer) else { return };
    match now {
        Hand::Round { press, before } => {
            let round = Rect::from_two_pos(*press, pointer);
            let mut chosen = before.clone();
            for lane in drawn {
                let inside = lane.spots.iter().filter(|spot| round.contains(spot.at));
                chosen.extend(inside.map(|spot| (lane.known.value.clone(), spot.place)));
            }
            desk.choose_keys(chosen);
        }
        Hand::Keys { from, press, frame, lanes } => {
            if lanes.is_empty() {
                *lanes = drawn.to_vec();
            }
            let way = along_one(pointer - *press, held);
            let by = frames_of(desk, *frame, way.x, all);
            let raise = |value: &Automated, before: &Value| raised(lanes, value, before, -way.y);
            desk.move_keys(from, by, &raise);
        }
    }
    if !is_down || ui.input(|input| input.key_pressed(Key::Escape)) {
        *hand = None;
    }
}

/// With `Shift`, only along or only up and down.
fn along_one(way: Vec2, held: Modifiers) -> Vec2 {
    match way {
        _ if !held.shift => way,
        way if way.x.abs() >= way.y.abs() => vec2(way.x, 0.0),
        way => vec2(0.0, way.y),
    }
}

/// Frames that a key goes along, to a place that it snaps to where one is near.
fn frames_of(desk: &Desk, frame: i64, along: f32, all: Rect) -> i64 {
    let x = desk.view.x_of(frame as f64) + along;
    let place = desk.view.place_at(x);
    let reach = NEAR.min(f64::from(all.width())) / desk.view.scale();
    let snapped = if along == 0.0 { None } else { snap::nearest(desk, place, reach, &[frame]) };
    snapped.unwrap_or_else(|| place.round() as i64) - frame
}

/// A value dragged up by points of its lane; where it is no single number it stays.
fn raised(lanes: &[Lane], value: &Automated, before: &Value, up: f32) -> Value {
    let lane = lanes.iter().find(|lane| lane.known.value == *value);
    match (before, lane) {
        (Value::Number(number), Some(lane)) => {
            let by = up / (lane.place.height() - 10.0);
            Value::Number(lane.extent.raised(*number, f64::from(by)))
        }
        _ => before.clone(),
    }
}
