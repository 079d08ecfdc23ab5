//! What is set of the window stays between starts, and settings that cannot be read are kept aside.

use super::rig::Window;
use crate::support::folder::Folder;
use std::path::Path;

fn started(settings: &Path) -> Window {
    Window::with_settings(settings)
}

#[test]
fn keys_text_stand_ins_and_panels_stay_between_starts() {
    let folder = Folder::new();
    let file = folder.file("roomtone/settings.json");
    let mut window = started(&file);
    window.ask("stand-ins-never");
    window.ask("text-larger");
    window.ask("keys");
    window.steps(4);
    window.click("Like Resolve");
    window.click("Close");
    let browser = window.panel("browser");
    let edge = eframe::egui::pos2(browser.right(), browser.center().y);
    window.drag(edge, edge + eframe::egui::vec2(60.0, 0.0));
    let wide = window.panel("browser").width();
    assert!(wide > browser.width() + 30.0, "{wide} {}", browser.width());
    drop(window);
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.contains("\"keymap\": \"resolve\"") && text.contains("\"never\""), "{text}");
    let mut window = started(&file);
    assert!((window.panel("browser").width() - wide).abs() < 2.0);
    window.steps(2);
    let mut at = window.harness.state().position();
    window.keys("N");
    assert!(!window.harness.state_mut().ask("stand-ins-never"), "that is what is set");
    window.keys("Right");
    at += 1;
    assert_eq!(window.harness.state().position(), at);
    assert!(window.harness.ctx.zoom_factor() > 1.05);
}

#[test]
fn settings_that_cannot_be_read_are_kept_aside_and_told() {
    let folder = Folder::new();
    let file = folder.file("settings.json");
    std::fs::write(&file, "{\"keymap\": 7").unwrap();
    let mut window = started(&file);
    let said = window.harness.state().said().join("\n");
    assert!(said.contains("settings-unreadable-1.json"), "{said}");
    let aside = std::fs::read_to_string(folder.file("settings-unreadable-1.json")).unwrap();
    assert_eq!(aside, "{\"keymap\": 7");
    window.ask("text-larger");
    assert!(std::fs::read_to_string(&file).unwrap().contains("text_scale"));
}

#[test]
fn what_another_version_keeps_stays() {
    let folder = Folder::new();
    let file = folder.file("settings.json");
    std::fs::write(&file, "{\"keymap\": \"avid\", \"tomorrow\": [1, 2]}").unwrap();
    let mut window = started(&file);
    window.ask("text-smaller");
    let kept: serde_json::Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
    assert_eq!(kept["tomorrow"], serde_json::json!([1, 2]));
    assert_eq!(kept["keymap"], "avid");
}
