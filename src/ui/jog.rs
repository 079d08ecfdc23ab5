//! J, K and L as hands know them: J or L while K is down goes a frame at each press, and on in slow motion
//! while both are held.

use super::command::Command;
use super::desk::Desk;
use eframe::egui::Context;

/// What hands hold of the three.
#[derive(Debug, Default)]
pub(super) struct Jog {
    /// The command whose key is held with that of the stop.
    held: Option<&'static str>,
}

impl Jog {
    /// Heeds the press of a command's key; whether it meant this.
    pub(super) fn takes(&mut self, context: &Context, desk: &mut Desk, command: &Command) -> bool {
        let way = match command.id {
            "shuttle-back" => -1,
            "shuttle-forward" => 1,
            _ => return false,
        };
        if !is_held(context, desk, "shuttle-stop") {
            return false;
        }
        desk.creep(way);
        self.held = Some(command.id);
        true
    }

    /// Holds the film where one of the two keys was let go.
    pub(super) fn settle(&mut self, context: &Context, desk: &mut Desk) {
        let let_go =
            |id: &&str| !is_held(context, desk, "shuttle-stop") || !is_held(context, desk, id);
        if self.held.take_if(|id| let_go(id)).is_some() {
            desk.pause();
        }
    }
}

fn is_held(context: &Context, desk: &Desk, id: &str) -> bool {
    desk.keymap.keys_of(id).any(|keys| context.input(|input| keys.are_down(input)))
}
