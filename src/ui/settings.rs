//! What is kept between starts: whose keys, how large text is, when stand-ins are seen, how large panels are.
//!
//! One small file in the user's folder for such things, written whole. One that cannot be read is put aside
//! under another name, and that is said.

use super::desk::Desk;
use crate::play::screen::StandIns;
use crate::project;
use eframe::egui::containers::panel::PanelState;
use eframe::egui::{Context, Id};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Panels whose size is kept; whether it is their height.
const PANELS: [(&str, bool); 8] = [
    ("timeline", true),
    ("browser", false),
    ("inspector", false),
    ("meters", false),
    ("node", false),
    ("picture", false),
    ("presets", false),
    ("queue", false),
];

/// The words for when stand-ins are seen.
const STAND_INS: [(&str, StandIns); 3] =
    [("never", StandIns::Never), ("when-slow", StandIns::WhenSlow), ("always", StandIns::Always)];

/// What is kept. What another version wrote besides is kept too.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
struct Settings {
    keymap: String,
    text_scale: Option<f32>,
    stand_ins: String,
    panels: BTreeMap<String, f32>,
    #[serde(flatten)]
    others: BTreeMap<String, serde_json::Value>,
}

/// The settings, and where they are kept.
#[derive(Debug, Default)]
pub(super) struct Kept {
    /// `None` where nothing is kept.
    file: Option<PathBuf>,
    settings: Settings,
}

impl Kept {
    /// Where settings are kept: the folder for such things that the system names.
    pub(super) fn usual_file() -> Option<PathBuf> {
        let folder = |name: &str| std::env::var_os(name).map(PathBuf::from);
        let folder = if cfg!(windows) {
            folder("APPDATA")
        } else if cfg!(target_os = "macos") {
            folder("HOME").map(|home| home.join("Library/Application Support"))
        } else {
            let named = folder("XDG_CONFIG_HOME").filter(|folder| folder.is_absolute());
            named.or_else(|| folder("HOME").map(|home| home.join(".config")))
        };
        folder.map(|folder| folder.join("roomtone").join("settings.json"))
    }

    /// The settings in `file`, given to `desk`. What is wrong with them is said there.
    pub(super) fn open(file: PathBuf, desk: &mut Desk) -> Self {
        let settings = match read(&file) {
            Ok(settings) => settings,
            Err(why) => match put_aside(&file) {
                Ok(name) => {
                    let name = name.display();
                    desk.notices.trouble(format_args!("the settings could not be read ({why}): they are kept in {name}, and the usual ones hold"));
                    Settings::default()
                }
                Err(error) => {
                    desk.notices.trouble(format_args!("the settings in {} could not be read ({why}) nor put aside ({error}): they stay as they are, and none are kept", file.display()));
                    return Self::default();
                }
            },
        };
        settings.give(desk);
        Self { file: Some(file), settings }
    }

    /// How large a panel is at first.
    pub(super) fn size(&self, panel: &str, usual: f32) -> f32 {
        self.settings.panels.get(panel).copied().filter(|size| size.is_finite()).unwrap_or(usual)
    }

    /// Keeps what is set now, where that is something else than what is kept.
    pub(super) fn keep(&mut self, context: &Context, desk: &mut Desk) {
        let Some(file) = &self.file else { return };
        let now = self.settings.now(context, desk);
        if now == self.settings {
            return;
        }
        if let Err(error) = write(file, &now) {
            desk.notices.trouble(format_args!("the settings are not kept: {error}"));
            self.file = None;
        }
        self.settings = now;
    }
}

impl Settings {
    fn give(&self, desk: &mut Desk) {
        desk.keymap = super::command::Keymap::called(&self.keymap);
        if let Some(scale) = self.text_scale.filter(|scale| scale.is_finite()) {
            desk.text_scale = 1.0;
            desk.scale_text(scale);
        }
        if let Some((_, when)) = STAND_INS.iter().find(|(word, _)| *word == self.stand_ins) {
            desk.see_stand_ins(*when);
        }
    }

    fn now(&self, context: &Context, desk: &Desk) -> Self {
        let mut panels = self.panels.clone();
        for (name, is_height) in PANELS {
            let size = PanelState::load(context, Id::new(name)).map(|state| state.size());
            let size = size.map(|size| if is_height { size.y } else { size.x });
            panels.extend(size.map(|size| (name.to_owned(), size.round())));
        }
        let stand_ins = STAND_INS.iter().find(|(_, when)| *when == desk.stand_ins());
        Self {
            keymap: desk.keymap.id.to_owned(),
            text_scale: Some(desk.text_scale),
            stand_ins: stand_ins.map_or_else(String::new, |(word, _)| (*word).to_owned()),
            panels,
            others: self.others.clone(),
        }
    }
}

fn read(file: &Path) -> Result<Settings, String> {
    match std::fs::read(file) {
        Ok(bytes) => serde_json::from_slice(&bytes).map_err(|error| error.to_string()),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Settings::default()),
        Err(error) => Err(error.to_string()),
    }
}

fn put_aside(file: &Path) -> std::io::Result<PathBuf> {
    let named = |number: u32| file.with_file_name(format!("settings-unreadable-{number}.json"));
    let name = (1..10_000).map(named).find(|name| !name.exists()).unwrap_or_else(|| named(0));
    std::fs::rename(file, &name)?;
    Ok(name)
}

fn write(file: &Path, settings: &Settings) -> Result<(), project::Error> {
    if let Some(folder) = file.parent() {
        drop(std::fs::create_dir_all(folder));
    }
    let mut text = serde_json::to_string_pretty(settings).unwrap_or_default();
    text.push('\n');
    project::write_whole(file, text.as_bytes())
}
