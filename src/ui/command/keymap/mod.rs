//! Keymaps: which keys ask for which command. Each feels like the program that a hand comes from.

mod avid;
mod common;
mod composite;
mod correct;
mod grade;
mod premiere;
mod resolve;
mod select;

use super::Keys;
use crate::ui::page::Page;

/// Which keys ask for which command.
#[derive(Debug)]
pub(in crate::ui) struct Keymap {
    /// Its name in settings.
    pub(in crate::ui) id: &'static str,
    /// Its name for people.
    pub(in crate::ui) label: &'static str,
    /// Commands and their keys; a command may stand more than once. They go before the common ones.
    own: &'static [(&'static str, &'static str)],
}

/// All, the usual one first.
pub(in crate::ui) const KEYMAPS: &[&Keymap] = &[&premiere::KEYMAP, &resolve::KEYMAP, &avid::KEYMAP];

impl Keymap {
    /// The keymap of this name, or the usual one.
    pub(in crate::ui) fn called(id: &str) -> &'static Self {
        KEYMAPS.iter().find(|keymap| keymap.id == id).unwrap_or(&KEYMAPS[0])
    }

    /// Commands and their keys: its own, and of the common ones those that it gives to nothing else.
    pub(in crate::ui) fn entries(&self) -> impl Iterator<Item = (&'static str, Keys)> {
        let own = self.own;
        let is_free = move |(_, keys): &(&str, Keys)| parsed(own).all(|(_, given)| given != *keys);
        parsed(own).chain(parsed(common::KEYS).filter(is_free))
    }

    /// The same on a page: what its own keys ask for goes before.
    pub(in crate::ui) fn entries_on(
        &self,
        page: Page,
    ) -> impl Iterator<Item = (&'static str, Keys)> {
        let own: Entries = match page {
            Page::Select => select::KEYS,
            Page::Correct => correct::KEYS,
            Page::Composite => composite::KEYS,
            Page::Grade => grade::KEYS,
            _ => &[],
        };
        let is_free = move |(_, keys): &(&str, Keys)| parsed(own).all(|(_, given)| given != *keys);
        parsed(own).chain(self.entries().filter(is_free))
    }

    /// The keys of a command, the first of them for menus.
    pub(in crate::ui) fn keys_of(&self, id: &str) -> impl Iterator<Item = Keys> {
        self.entries().filter(move |(known, _)| *known == id).map(|(_, keys)| keys)
    }
}

type Entries = &'static [(&'static str, &'static str)];

fn parsed(entries: Entries) -> impl Iterator<Item = (&'static str, Keys)> {
    entries.iter().filter_map(|(id, keys)| Some((*id, Keys::parse(keys)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every entry, as it is written.
    fn written() -> impl Iterator<Item = &'static (&'static str, &'static str)> {
        let of_pages = select::KEYS.iter().chain(composite::KEYS).chain(correct::KEYS);
        KEYMAPS.iter().flat_map(|keymap| keymap.own.iter()).chain(common::KEYS).chain(of_pages)
    }

    #[test]
    fn every_entry_names_keys_and_is_shown_as_it_is_written() {
        for (id, text) in written() {
            let keys = Keys::parse(text).map(|keys| keys.to_string());
            assert_eq!(keys.as_deref(), Some(*text), "{id}");
        }
    }

    #[test]
    fn no_entry_takes_what_leads_through_the_window_or_leaves_a_question() {
        for keys in ["Tab", "Shift+Tab", "Escape", "Enter"] {
            assert!(written().all(|(_, text)| *text != keys), "{keys}");
        }
    }
}
