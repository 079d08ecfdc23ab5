//! What a hand does with a line of the browser: take it up, lay it, drag it, choose a take.

use super::details;
use crate::ui::command;
use crate::ui::desk::{Desk, Line, Thing};
use crate::ui::panel::menu::entry_ui;
use eframe::egui::{DragAndDrop, Response, Ui, WidgetInfo, WidgetType};
use timeline_format::Source;

/// Heeds what the pointer does with a line.
pub(super) fn heed(ui: &Ui, desk: &mut Desk, line: &Line, response: Response) {
    let is_in_hand = is_in_hand(desk, line.thing);
    let name = name_of(desk, line);
    response
        .widget_info(|| WidgetInfo::selected(WidgetType::SelectableLabel, true, is_in_hand, &name));
    if response.clicked() || response.double_clicked() || response.secondary_clicked() {
        take_up(desk, line.thing);
    }
    if response.double_clicked() {
        match line.thing {
            Thing::Take { .. } => desk.choose_take(),
            Thing::Shot(_) | Thing::Media(_) => desk.append(),
        }
    }
    if response.drag_started()
        && let Some(source) = source_of(desk, line.thing)
    {
        DragAndDrop::set_payload(ui.ctx(), source);
    }
    response.context_menu(|ui| menu_ui(ui, desk, line.thing));
    response.on_hover_ui(|ui| details::card_ui(ui, desk, line));
}

/// Takes a line up: it is viewed, and commands work on it.
pub(super) fn take_up(desk: &mut Desk, thing: Thing) {
    match thing {
        Thing::Shot(shot) => desk.take_up_shot(shot),
        Thing::Take { shot, take } => desk.take_up(shot, take),
        Thing::Media(media) => desk.view_source(Source::Media(media)),
    }
}

/// Whether a line is what was taken up last.
pub(super) fn is_in_hand(desk: &Desk, thing: Thing) -> bool {
    let viewed = desk.source.as_ref().map(|viewed| &viewed.source);
    match thing {
        Thing::Take { shot, take } => desk.take == Some((shot, take)),
        Thing::Shot(shot) => viewed == Some(&Source::Shot(shot)),
        Thing::Media(media) => desk.take.is_none() && viewed == Some(&Source::Media(media)),
    }
}

/// What a line is called where it can be reached by name.
pub(super) fn name_of(desk: &Desk, line: &Line) -> String {
    match line.thing {
        Thing::Take { shot, .. } => {
            format!("{} of {}", line.name, desk.name_of(&Source::Shot(shot)))
        }
        Thing::Shot(_) | Thing::Media(_) => line.name.clone(),
    }
}

fn source_of(desk: &Desk, thing: Thing) -> Option<Source> {
    match thing {
        Thing::Shot(shot) => Some(Source::Shot(shot)),
        Thing::Take { shot, take } => desk.source_of_take(shot, take),
        Thing::Media(media) => Some(Source::Media(media)),
    }
}

fn menu_ui(ui: &mut Ui, desk: &mut Desk, thing: Thing) {
    let laying: &[&str] = &["insert", "overwrite", "append"];
    let takes: &[&[&str]] = &[
        &["choose-take", "next-take", "previous-take"],
        &["rate-keep", "rate-maybe", "rate-reject", "rate-new"],
        &["rank-up", "rank-down"],
    ];
    let has_takes = !matches!(thing, Thing::Media(_));
    let groups = std::iter::once(laying).chain(takes.iter().copied().filter(|_| has_takes));
    for (number, group) in groups.enumerate() {
        if number > 0 {
            ui.separator();
        }
        for command in group.iter().filter_map(|id| command::find(id)) {
            entry_ui(ui, desk, command);
        }
    }
}
