//! Presses of keys as hands made them: of those that are held with `Ctrl`, window systems take X, C and V for
//! their own clipboard and tell of a cut, a copy or a paste instead; of a paste only where there is text.

use eframe::egui::{Event, Key, Modifiers, RawInput};

/// What is held, and what was told of `V` since it was let go last.
#[derive(Debug, Default)]
pub(super) struct Presses {
    held: Modifiers,
    /// What was held with `Ctrl` last, until something is pressed without it: a hand may let `Ctrl` go before
    /// the key.
    armed: Option<Modifiers>,
    is_told: bool,
}

impl Presses {
    /// Adds the presses that were not told of to what comes in.
    pub(super) fn restore(&mut self, input: &mut RawInput) {
        let mut all = Vec::with_capacity(input.events.len());
        for event in input.events.drain(..) {
            if let Event::ModifiersChanged(held) | Event::Key { modifiers: held, .. } = &event {
                self.held = *held;
                let is_plain = matches!(&event, Event::Key { pressed: true, .. });
                self.armed =
                    if held.command { Some(*held) } else { self.armed.filter(|_| !is_plain) };
            }
            let held = self.armed.unwrap_or(self.held);
            all.extend(self.missed(&event).map(|key| press_of(key, held)));
            all.push(event);
        }
        input.events = all;
    }

    /// The key that was pressed though only `event` tells of it.
    fn missed(&mut self, event: &Event) -> Option<Key> {
        match event {
            Event::Cut => Some(Key::X),
            Event::Copy => Some(Key::C),
            Event::Paste(_) => (!std::mem::replace(&mut self.is_told, true)).then_some(Key::V),
            Event::Key { key: Key::V, pressed: true, .. } => {
                self.is_told = true;
                None
            }
            Event::Key { key: Key::V, pressed: false, .. } => {
                let is_told = std::mem::take(&mut self.is_told);
                (self.armed.is_some() && !is_told).then_some(Key::V)
            }
            _ => None,
        }
    }
}

const fn press_of(key: Key, modifiers: Modifiers) -> Event {
    Event::Key { key, physical_key: Some(key), pressed: true, repeat: false, modifiers }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn presses(presses: &mut Presses, events: Vec<Event>) -> Vec<Key> {
        let held = Event::ModifiersChanged(Modifiers::COMMAND);
        let events = std::iter::once(held).chain(events).collect();
        let mut input = RawInput { events, ..RawInput::default() };
        presses.restore(&mut input);
        let told = input.events.into_iter().filter_map(|event| match event {
            Event::Key { key, pressed: true, modifiers, .. } => {
                assert!(modifiers.command);
                Some(key)
            }
            _ => None,
        });
        told.collect()
    }

    fn let_go(key: Key) -> Event {
        let modifiers = Modifiers::COMMAND;
        Event::Key { key, physical_key: None, pressed: false, repeat: false, modifiers }
    }

    #[test]
    fn a_press_that_was_taken_for_the_clipboard_is_one_press() {
        let mut hand = Presses::default();
        assert_eq!(presses(&mut hand, vec![Event::Cut, let_go(Key::X)]), [Key::X]);
        assert_eq!(presses(&mut hand, vec![Event::Copy, let_go(Key::C)]), [Key::C]);
        let paste = || Event::Paste("words".into());
        assert_eq!(presses(&mut hand, vec![paste(), paste(), let_go(Key::V)]), [Key::V]);
        assert_eq!(
            presses(&mut hand, vec![let_go(Key::V)]),
            [Key::V],
            "there was nothing to paste"
        );
        let mut early = vec![Event::ModifiersChanged(Modifiers::NONE)];
        early.push(Event::Key {
            key: Key::V,
            physical_key: None,
            pressed: false,
            repeat: false,
            modifiers: Modifiers::NONE,
        });
        assert_eq!(presses(&mut hand, early), [Key::V], "Ctrl was let go first");
        let own = press_of(Key::V, Modifiers::COMMAND);
        assert_eq!(presses(&mut hand, vec![own, let_go(Key::V)]), [Key::V], "it was told of");
    }
}
