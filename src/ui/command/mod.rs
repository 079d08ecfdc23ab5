//! Every command of the window, once: menus, palette, tool bars, shortcuts and help are read from here.
//!
//! A new command is one entry in the list of its menu. What it does is a method of the desk.

mod clip;
mod edit;
mod fault;
mod file;
mod help;
mod keymap;
mod keys;
mod mark;
mod play;
mod repair;
mod sequence;
mod sound;
mod take;
mod title;
mod tools;
mod view;
mod viewer;

pub(super) use keymap::{KEYMAPS, Keymap};
pub(super) use keys::Keys;

use super::desk::Desk;

/// Something that an editor can ask for.
pub(super) struct Command {
    /// Its name in keymaps: lower case, `-` between words.
    pub(super) id: &'static str,
    /// Its name for people, as it stands in menus.
    pub(super) label: &'static str,
    /// What it does, in one sentence.
    pub(super) help: &'static str,
    /// Whether it can be asked for now.
    pub(super) can: fn(&Desk) -> bool,
    /// Does it. What goes wrong is said on the desk.
    pub(super) run: fn(&mut Desk),
}

/// A menu: its commands in groups.
pub(super) struct Menu {
    /// Its name.
    pub(super) label: &'static str,
    /// Its commands; a line is drawn between groups.
    pub(super) groups: &'static [&'static [Command]],
}

/// The menus, from left to right.
pub(super) const MENUS: &[&Menu] = &[
    &file::MENU,
    &edit::MENU,
    &clip::MENU,
    &sequence::MENU,
    &take::MENU,
    &title::MENU,
    &sound::MENU,
    &mark::MENU,
    &play::MENU,
    &tools::MENU,
    &view::MENU,
    &viewer::MENU,
    &repair::MENU,
    &help::MENU,
];

/// Every command.
pub(super) fn all() -> impl Iterator<Item = &'static Command> {
    MENUS.iter().flat_map(|menu| menu.groups.iter().copied().flatten())
}

impl Command {
    /// Whether a key that is held asks for it once, not again and again.
    pub(super) fn is_once(&self) -> bool {
        play::ONCE.contains(&self.id)
    }
}

/// The command of this name.
pub(super) fn find(id: &str) -> Option<&'static Command> {
    all().find(|command| command.id == id)
}

impl std::fmt::Debug for Command {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id)
    }
}

/// Always.
fn always(_: &Desk) -> bool {
    true
}

/// Where a film is open.
fn has_film(desk: &Desk) -> bool {
    desk.film().is_some()
}

/// Where clips are chosen.
fn has_clips(desk: &Desk) -> bool {
    !desk.selection.clips().is_empty()
}

/// Where one clip or more is chosen, or one lies under the playhead.
fn has_any_clip(desk: &Desk) -> bool {
    has_clips(desk) || desk.clip_at_playhead().is_some()
}

/// Where keyframes are chosen.
fn has_keys(desk: &Desk) -> bool {
    !desk.chosen_keys.is_empty()
}

/// Where a cut is chosen.
fn has_cut(desk: &Desk) -> bool {
    desk.selection.cut().is_some()
}

/// Where a track is targeted.
fn has_target(desk: &Desk) -> bool {
    desk.target().is_some()
}

/// Where the timeline has both marks.
fn has_span(desk: &Desk) -> bool {
    desk.span().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::page::Page;
    use std::collections::BTreeSet;

    #[test]
    fn every_command_has_one_name_and_a_sentence() {
        let mut names = BTreeSet::new();
        for command in all() {
            assert!(names.insert(command.id), "{} stands twice", command.id);
            let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            assert!(command.id.chars().all(plain), "{}", command.id);
            assert!(command.help.ends_with('.'), "{}: {}", command.id, command.help);
            let label = command.label.trim_end_matches(" ...");
            assert!(!label.is_empty() && !label.ends_with('.'), "{}", command.id);
        }
    }

    #[test]
    fn keymaps_name_commands_and_give_no_key_to_two() {
        for keymap in KEYMAPS {
            for page in Page::ALL {
                let mut given = Vec::new();
                for (id, keys) in keymap.entries_on(page) {
                    assert!(find(id).is_some(), "{}: there is no command {id}", keymap.label);
                    assert!(!given.contains(&keys), "{}: {keys} is given to two", keymap.label);
                    given.push(keys);
                }
            }
        }
    }

    #[test]
    fn every_command_has_a_key_in_every_keymap() {
        let mut without = Vec::new();
        for keymap in KEYMAPS {
            let lacks = |command: &&Command| keymap.keys_of(command.id).next().is_none();
            let found = all().filter(lacks);
            without.extend(found.map(|command| format!("{}: {}", keymap.label, command.id)));
        }
        assert!(
            without.is_empty(),
            "no key for
{}",
            without.join(
                "
"
            )
        );
    }
}
