//! The clips of a sequential track. Clips too narrow to tell apart are drawn as one.

use super::filmstrip::Filmstrips;
use super::hand::Touched;
use super::keyframes::keyframes_ui;
use super::rows::Row;
use super::waveform::waveform_ui;
use crate::ui::desk::Desk;
use crate::ui::theme;
use eframe::egui::{
    Align2, Color32, Painter, Rect, Sense, Stroke, StrokeKind, Ui, WidgetInfo, WidgetType, pos2,
    vec2,
};
use timeline_format::track::TrackKind;
use timeline_format::usable::Beyond;
use timeline_format::{Clip, Frames, Id, Item, Ratio, Reel, Track};

/// Narrower clips, in points, are not told apart.
pub(super) const NARROW: f32 = 3.0;
/// Narrower clips, in points, have no label and no place among what can be reached by name.
const NAMED: f32 = 26.0;

/// How high what is not good of a take is drawn.
const BEYOND: f32 = 4.0;

/// A cut beside a clip that can be told apart: the index of the item behind it, and its frame.
pub(super) type SeenCut = (usize, i64);

/// Draws the clips of a track that are seen; which was touched, and the cuts beside those that can be told
/// apart.
pub(super) fn clips_ui(
    ui: &Ui,
    painter: &Painter,
    (desk, strips): (&mut Desk, &mut Filmstrips),
    track: &Track,
    reel: &Reel,
    row: &Row,
    lanes: Rect,
) -> (Option<Touched>, Vec<SeenCut>) {
    let first = desk.view.frame_at(0.0).max(0);
    let last = desk.view.frame_at(lanes.width()) + 1;
    let (mut touched, mut cuts) = (None, Vec::new());
    let Some((index, _)) = reel.at(first) else { return (touched, cuts_behind(reel, first)) };
    let mut crowd = Crowd::default();
    let colour = theme::clip_colour(row.kind, track.header.role);
    for (index, (start, item)) in (index..).zip(reel.placed_from(index)) {
        if start > last {
            break;
        }
        let Some(clip) = &item.clip else { continue };
        let end = start + item.length;
        let left = lanes.left() + desk.view.x_of(start as f64);
        let right = lanes.left() + desk.view.x_of(end as f64);
        let is_chosen = desk.selection.has(item.id);
        let is_narrow = right - left < NARROW;
        if !is_narrow {
            cuts.extend([(index, start), (index + 1, end)]);
        }
        let place =
            Rect::from_min_max(pos2(left, row.rect.top()), pos2(right - 1.0, row.rect.bottom()));
        if is_narrow && !is_chosen {
            crowd.add(painter, place, colour);
            continue;
        }
        let name = (right - left >= NAMED).then(|| label_of(desk, clip));
        clip_ui(painter, place, lanes, clip, name.as_deref(), (colour, is_chosen));
        content_ui(ui, painter, (desk, strips), row, (start, item), (place, lanes));
        let beyond = desk.beyond(track, index);
        beyond_ui(painter, desk, place, beyond);
        if is_chosen {
            keyframes_ui(painter, desk, item.id, (place, lanes));
        }
        if let Some(name) = name {
            let said = beyond.map_or_else(String::new, words_of);
            let words = format!("{name}, {} frames{said}", item.length);
            let hit = reach(ui, (item.id, &words, is_chosen), place.intersect(lanes));
            touched = touched.or(hit);
        }
    }
    crowd.close(painter, colour);
    cuts.dedup();
    (touched, cuts)
}

/// Hatches what a clip shows that is not good of its take.
fn beyond_ui(painter: &Painter, desk: &Desk, place: Rect, beyond: Option<Beyond>) {
    let Some(Beyond { head, tail }) = beyond else { return };
    let width =
        |frames: i64| (desk.view.x_of(frames as f64) - desk.view.x_of(0.0)).min(place.width());
    let bottom = Rect::from_min_max(pos2(place.left(), place.bottom() - BEYOND), place.max);
    let left = bottom.with_max_x(bottom.left() + width(head));
    let right = bottom.with_min_x(bottom.right() - width(tail));
    for (part, frames) in [(left, head), (right, tail)] {
        if frames > 0 {
            painter.rect_filled(part, 0.0, theme::ERROR);
        }
    }
}

fn words_of(Beyond { head, tail }: Beyond) -> String {
    format!(", {} of them beyond what is good of the take", head + tail)
}

/// Behind the last clip, the cut at its end: a fade may reach beyond it.
fn cuts_behind(reel: &Reel, first: i64) -> Vec<SeenCut> {
    if first >= reel.length() && !reel.is_empty() {
        vec![(reel.count(), reel.length())]
    } else {
        Vec::new()
    }
}

/// What a clip shows or plays.
fn content_ui(
    ui: &Ui,
    painter: &Painter,
    (desk, strips): (&Desk, &mut Filmstrips),
    row: &Row,
    (start, item): (i64, &Item),
    (place, lanes): (Rect, Rect),
) {
    let Some(clip) = &item.clip else { return };
    let span = (Frames::whole(start), Frames::whole(item.length));
    if row.kind == TrackKind::Picture {
        strips.draw(ui, painter, desk, clip, span, (place, lanes));
    } else {
        waveform_ui(painter, desk, clip, span, (place, lanes));
    }
}

/// Clips that are drawn as one.
#[derive(Default)]
pub(super) struct Crowd(Option<Rect>);

impl Crowd {
    /// Adds a clip that lies at `place`.
    pub(super) fn add(&mut self, painter: &Painter, place: Rect, colour: Color32) {
        match &mut self.0 {
            Some(all) if place.left() - all.right() < 2.0 => all.max.x = all.max.x.max(place.max.x),
            _ => {
                std::mem::take(self).close(painter, colour);
                self.0 = Some(place);
            }
        }
    }

    /// Draws what was added.
    pub(super) fn close(self, painter: &Painter, colour: Color32) {
        if let Some(mut place) = self.0 {
            place.max.x = place.max.x.max(place.min.x + 1.0);
            painter.rect_filled(place, 0.0, colour.gamma_multiply(0.8));
        }
    }
}

/// Draws one clip.
pub(super) fn clip_ui(
    painter: &Painter,
    place: Rect,
    lanes: Rect,
    clip: &Clip,
    name: Option<&str>,
    (colour, is_chosen): (Color32, bool),
) {
    let colour = if clip.disabled { colour.gamma_multiply(0.4) } else { colour };
    painter.rect_filled(place, theme::CORNER, colour);
    let top = Rect::from_min_size(place.min, vec2(place.width(), 15.0_f32.min(place.height())));
    painter.rect_filled(top, theme::CORNER, Color32::from_black_alpha(70));
    let stroke = if is_chosen {
        Stroke::new(2.0, theme::ACCENT)
    } else {
        Stroke::new(1.0, Color32::from_black_alpha(120))
    };
    painter.rect_stroke(place, theme::CORNER, stroke, StrokeKind::Inside);
    if let Some(name) = name {
        let seen = place.intersect(lanes);
        let painter = painter.with_clip_rect(seen.shrink2(vec2(4.0, 0.0)));
        let at = pos2(seen.left() + 5.0, place.top() + 1.5);
        let text = if clip.disabled { theme::QUIET } else { theme::TEXT };
        painter.text(at, Align2::LEFT_TOP, name, theme::words(theme::SMALL), text);
    }
}

/// What a clip is called, and how fast it runs where that is not usual.
pub(super) fn label_of(desk: &Desk, clip: &Clip) -> String {
    let name = if clip.name.is_empty() { desk.name_of(&clip.source) } else { clip.name.clone() };
    let off = if clip.disabled { " (off)" } else { "" };
    if clip.speed == Ratio::ONE {
        return format!("{name}{off}");
    }
    let percent = clip.speed.to_f64() * 100.0;
    if clip.speed == Ratio::ZERO {
        format!("{name} (frozen){off}")
    } else {
        format!("{name} {percent:.0}%{off}")
    }
}

/// Lets a clip be reached by its name, by readers of the screen and by tests, and by the pointer; whether it
/// was clicked.
pub(super) fn reach(
    ui: &Ui,
    (clip, words, is_chosen): (Id, &str, bool),
    place: Rect,
) -> Option<Touched> {
    if !place.is_positive() {
        return None;
    }
    let middle = place.shrink2(vec2(theme::GRIP.min(place.width() * 0.3), 0.0));
    let response = ui.interact(middle, ui.id().with(("clip", clip)), Sense::CLICK);
    response
        .widget_info(|| WidgetInfo::selected(WidgetType::SelectableLabel, true, is_chosen, words));
    let is_touched =
        response.clicked() || response.double_clicked() || response.secondary_clicked();
    is_touched.then_some(Touched { clip, response })
}
