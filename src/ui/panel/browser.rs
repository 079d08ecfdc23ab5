//! The browser: shots and media of the film, found by their names, laid by drag or double click.

use crate::ui::desk::Desk;
use crate::ui::theme;
use eframe::egui::{
    Align2, Button, DragAndDrop, Rect, RichText, ScrollArea, Sense, TextEdit, Ui, pos2, vec2,
};
use egui_phosphor::regular as icon;
use timeline_format::media::MediaKind;
use timeline_format::{Id, Source, Timeline};

/// What the browser shows.
#[derive(Debug, Default)]
pub(in crate::ui) struct Browser {
    /// Words that are looked for.
    wanted: String,
}

/// A row of the browser.
struct Row {
    source: Source,
    name: String,
    about: String,
    sign: &'static str,
    is_missing: bool,
}

/// Draws the browser.
pub(in crate::ui) fn browser_ui(ui: &mut Ui, desk: &mut Desk, browser: &mut Browser) {
    ui.horizontal(|ui| {
        let field = TextEdit::singleline(&mut browser.wanted).hint_text("Find shots and media");
        ui.add(field.desired_width(ui.available_width() - 34.0));
        let sign = Button::new(RichText::new(icon::PLUS).size(15.0));
        if ui.add(sign).on_hover_text("Bring in media").clicked() {
            desk.question = Some(crate::ui::desk::Question::Import);
        }
    });
    let Some(film) = desk.film().map(|film| film.now().clone()) else { return };
    let rows = rows_of(desk, &film, &browser.wanted);
    if rows.is_empty() {
        ui.label(
            RichText::new("Nothing here yet: drop files into this window.").color(theme::FAINT),
        );
    }
    let height = theme::ROW * 1.6;
    ScrollArea::vertical().auto_shrink(false).show_rows(ui, height, rows.len(), |ui, seen| {
        for row in &rows[seen] {
            row_ui(ui, desk, row, height);
        }
    });
}

fn row_ui(ui: &mut Ui, desk: &mut Desk, row: &Row, height: f32) {
    let is_viewed = desk.source.as_ref().is_some_and(|viewed| viewed.source == row.source);
    let size = vec2(ui.available_width(), height);
    let (place, response) = ui.allocate_exact_size(size, Sense::click_and_drag());
    let fill = if is_viewed {
        theme::CHOSEN
    } else if response.hovered() {
        theme::HOVERED
    } else {
        theme::PANEL
    };
    ui.painter().rect_filled(place, theme::CORNER, fill);
    words_ui(ui, row, place);
    response.widget_info(|| {
        let kind = eframe::egui::WidgetType::SelectableLabel;
        eframe::egui::WidgetInfo::selected(kind, true, is_viewed, &row.name)
    });
    if response.clicked() || response.double_clicked() {
        desk.view_source(row.source.clone());
    }
    if response.double_clicked() {
        desk.append();
    }
    if response.drag_started() {
        DragAndDrop::set_payload(ui.ctx(), row.source.clone());
    }
    response.on_hover_text(format!(
        "{}\n{}\nDouble click: append. Drag: lay it on a track.",
        row.name, row.about
    ));
}

/// What a row says, in two lines beside its sign.
fn words_ui(ui: &Ui, row: &Row, place: Rect) {
    let painter = ui.painter_at(place);
    let sign = pos2(place.left() + 8.0, place.center().y);
    let colour = if row.is_missing { theme::WARNING } else { theme::QUIET };
    painter.text(sign, Align2::LEFT_CENTER, row.sign, theme::words(17.0), colour);
    let lines = [
        (&row.name, theme::BODY, theme::TEXT, Align2::LEFT_BOTTOM, 1.0),
        (&row.about, theme::SMALL, theme::QUIET, Align2::LEFT_TOP, 1.0),
    ];
    for (words, size, colour, align, gap) in lines {
        let at = pos2(place.left() + 34.0, place.center().y + gap);
        painter.text(at, align, words, theme::words(size), colour);
    }
}

fn rows_of(desk: &Desk, film: &Timeline, wanted: &str) -> Vec<Row> {
    let wanted = wanted.to_lowercase();
    let shots = film.shots.iter().map(|(id, shot)| {
        let takes = shot.takes.len();
        let name = if shot.name.is_empty() { id.to_string() } else { shot.name.clone() };
        let about = format!("shot, {takes} take{}", if takes == 1 { "" } else { "s" });
        let source = Source::Shot(*id);
        Row { source, name, about, sign: icon::FILM_SLATE, is_missing: false }
    });
    let media = film.media.iter().map(|(id, _)| media_row(desk, film, *id));
    let words = |row: &Row| format!("{} {}", row.name, row.about).to_lowercase();
    shots.chain(media).filter(|row| words(row).contains(&wanted)).collect()
}

fn media_row(desk: &Desk, film: &Timeline, id: Id) -> Row {
    let source = Source::Media(id);
    let Some(media) = film.media.get(&id) else {
        let (name, about) = (id.to_string(), String::new());
        return Row { source, name, about, sign: icon::FILE, is_missing: true };
    };
    let sign = match media.kind {
        MediaKind::Video => icon::FILM_STRIP,
        MediaKind::Still => icon::IMAGE,
        MediaKind::Sequence => icon::IMAGES,
        MediaKind::Sound => icon::WAVEFORM,
    };
    let size = media.picture.as_ref().map(|it| format!("{}x{}", it.width, it.height));
    let rate = media.rate.map(|rate| format!("{rate} fps"));
    let length = media.length.map(|length| match media.kind {
        MediaKind::Sound => {
            let rate = media.sound.as_ref().map_or(48_000, |sound| sound.rate.max(1));
            format!("{:.1} s", length.to_f64() / f64::from(rate))
        }
        _ => format!("{length} frames"),
    });
    let origin = media.origin.get("prompt").cloned();
    let about: Vec<String> = [size, length, rate, origin].into_iter().flatten().collect();
    let file = media.path.rsplit('/').next().unwrap_or(&media.path);
    let name = if media.name.is_empty() { file.to_owned() } else { media.name.clone() };
    let is_missing = desk.is_missing(id);
    let about = if is_missing { format!("missing: {}", media.path) } else { about.join(", ") };
    let sign = if is_missing { icon::WARNING } else { sign };
    Row { source, name, about, sign, is_missing }
}
