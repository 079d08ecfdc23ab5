//! The bar at the top: menus, pages, the name of the film. And what is there before a film is.

use crate::ui::command::{self, Command, Menu};
use crate::ui::desk::Desk;
use crate::ui::page::Page;
use crate::ui::theme;
use eframe::egui::{self, Align, Button, Frame, Layout, MenuBar, Panel, RichText, Ui};

/// Draws the bar.
pub(in crate::ui) fn menu_ui(ui: &mut Ui, desk: &mut Desk) {
    let frame = Frame::new().fill(theme::RAISED).inner_margin(egui::Margin::symmetric(8, 3));
    Panel::top("menu").frame(frame).show(ui, |ui| {
        MenuBar::new().ui(ui, |ui| {
            for menu in command::MENUS {
                ui.menu_button(menu.label, |ui| groups_ui(ui, desk, menu));
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                title_ui(ui, desk);
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| pages_ui(ui, desk));
            });
        });
    });
}

/// The commands of a menu, a line between groups.
fn groups_ui(ui: &mut Ui, desk: &mut Desk, menu: &'static Menu) {
    ui.set_min_width(230.0);
    for (number, group) in menu.groups.iter().enumerate() {
        if number > 0 {
            ui.separator();
        }
        group.iter().for_each(|command| entry_ui(ui, desk, command));
    }
}

/// One command of a menu, with its keys.
pub(super) fn entry_ui(ui: &mut Ui, desk: &mut Desk, command: &'static Command) {
    let keys = desk.keymap.keys_of(command.id).next().map(|keys| keys.to_string());
    let button = Button::new(command.label).shortcut_text(keys.unwrap_or_default());
    let response = ui.add_enabled((command.can)(desk), button).on_hover_text(command.help);
    if response.clicked() {
        (command.run)(desk);
        ui.close();
    }
}

fn title_ui(ui: &mut Ui, desk: &Desk) {
    let Some(film) = desk.film() else { return };
    let mark = if film.is_changed() { " - not saved" } else { "" };
    let path = film.path().display().to_string();
    ui.label(RichText::new(format!("{}{mark}", film.title())).color(theme::QUIET))
        .on_hover_text(path);
}

fn pages_ui(ui: &mut Ui, desk: &mut Desk) {
    if Page::ALL.len() < 2 || desk.film().is_none() {
        return;
    }
    for page in Page::ALL {
        let label = format!("{} {}", page.icon(), page.label());
        ui.selectable_value(&mut desk.page, page, label);
    }
}

/// Draws what is there before a film is open.
pub(in crate::ui) fn start_ui(ui: &mut Ui, desk: &mut Desk) {
    egui::CentralPanel::default().frame(Frame::new().fill(theme::GROUND)).show(ui, |ui| {
        ui.vertical_centered(|ui| {
            ui.add_space(ui.available_height() * 0.3);
            ui.label(RichText::new("roomtone").size(34.0).color(theme::TEXT));
            ui.label(
                RichText::new("The room between generation and delivery.").color(theme::QUIET),
            );
            ui.add_space(20.0);
            for id in ["open-film", "new-film"] {
                let Some(command) = command::find(id) else { continue };
                let size = egui::vec2(190.0, 30.0);
                if ui.add_sized(size, Button::new(command.label)).clicked() {
                    (command.run)(desk);
                }
            }
            ui.add_space(10.0);
            let words = "or drop a film, or its media, into this window";
            ui.label(RichText::new(words).color(theme::FAINT));
        });
    });
}
