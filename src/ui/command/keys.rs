//! A key and what is held with it, written as people write it: `Ctrl+Shift+Z`.

use eframe::egui::{Event, InputState, Key, Modifiers};

/// A key and what is held with it. On a Mac, `Ctrl` is the command key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ui) struct Keys {
    key: Key,
    control: bool,
    shift: bool,
    alt: bool,
}

impl Keys {
    /// The keys that `text` names; `None` where it names none.
    pub(in crate::ui) fn parse(text: &str) -> Option<Self> {
        let mut keys = Self { key: Key::A, control: false, shift: false, alt: false };
        let (held, key) = match text.rsplit_once('+') {
            Some(("", "")) => ("", "+"),
            Some((held, "")) => (held.strip_suffix('+')?, "+"),
            Some((held, key)) => (held, key),
            None => ("", text),
        };
        for word in held.split('+').filter(|word| !word.is_empty()) {
            match word {
                "Ctrl" => keys.control = true,
                "Shift" => keys.shift = true,
                "Alt" => keys.alt = true,
                _ => return None,
            }
        }
        keys.key = Key::from_name(key)?;
        Some(keys)
    }

    /// Whether these are pressed in this event (a key that is held repeats). Where `Shift` makes another sign
    /// of a digit or a sign, the key itself counts: `Shift+1` is no `!`.
    pub(in crate::ui) fn are_pressed_in(&self, event: &Event) -> bool {
        let Event::Key { key, physical_key, pressed: true, modifiers, .. } = event else {
            return false;
        };
        let is_itself = modifiers.shift && !is_letter(*key) && *physical_key == Some(self.key);
        (*key == self.key || is_itself) && self.are_held(*modifiers)
    }

    /// Whether the key itself is down now.
    pub(in crate::ui) fn are_down(&self, input: &InputState) -> bool {
        input.key_down(self.key)
    }

    fn are_held(&self, modifiers: Modifiers) -> bool {
        modifiers.command == self.control
            && modifiers.shift == self.shift
            && modifiers.alt == self.alt
    }

    /// Whether a widget that was reached by the keyboard wants these for itself: they press it, and lead from
    /// it to the next.
    pub(in crate::ui) const fn press_widgets(&self) -> bool {
        let leads = matches!(
            self.key,
            Key::Space
                | Key::Enter
                | Key::ArrowLeft
                | Key::ArrowRight
                | Key::ArrowUp
                | Key::ArrowDown
        );
        leads && !self.control && !self.alt && !self.shift
    }

    /// Whether a list leaves these to the film: they go along, not up and down.
    pub(in crate::ui) const fn go_along(&self) -> bool {
        matches!(self.key, Key::ArrowLeft | Key::ArrowRight)
    }

    /// Whether a text field wants these for itself: letters, digits, arrows; with `Ctrl`, what chooses, cuts,
    /// copies, pastes and takes back.
    pub(in crate::ui) fn are_typed(&self) -> bool {
        let edits = matches!(
            self.key,
            Key::A
                | Key::C
                | Key::V
                | Key::X
                | Key::Y
                | Key::Z
                | Key::ArrowLeft
                | Key::ArrowRight
                | Key::Home
                | Key::End
                | Key::Backspace
                | Key::Delete
        );
        !self.alt && if self.control { edits } else { !is_function(self.key) }
    }
}

/// Whether a key is a letter: it is one under `Shift` too.
fn is_letter(key: Key) -> bool {
    let name = key.name();
    name.len() == 1 && name.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// Whether a key is one of F1 to F35.
fn is_function(key: Key) -> bool {
    let number = key.name().strip_prefix('F').map(str::parse::<u8>);
    number.is_some_and(|number| number.is_ok())
}

impl std::fmt::Display for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (held, word) in [(self.control, "Ctrl+"), (self.alt, "Alt+"), (self.shift, "Shift+")] {
            if held {
                f.write_str(word)?;
            }
        }
        f.write_str(match self.key {
            Key::ArrowLeft => "Left",
            Key::ArrowRight => "Right",
            Key::ArrowUp => "Up",
            Key::ArrowDown => "Down",
            Key::Minus => "-",
            Key::Quote => "'",
            key => key.symbol_or_name(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_as_they_are_written() {
        for text in [
            "Ctrl+Shift+Z",
            "J",
            "Left",
            "Alt+Shift+Down",
            "Ctrl+Alt+Shift+Delete",
            "Ctrl+Alt+-",
            "Shift+[",
            "Space",
            "Ctrl+S",
            "F9",
        ] {
            assert_eq!(Keys::parse(text).unwrap().to_string(), text);
        }
        for text in ["", "Hyper+A", "Ctrl+", "Ctrl+Nothing"] {
            assert_eq!(Keys::parse(text), None, "{text}");
        }
        assert!(Keys::parse(",").is_some() && Keys::parse("Shift+[").is_some());
        assert!(Keys::parse("=").is_some() && Keys::parse("\\").is_some());
    }

    fn event(key: Key, physical_key: Key, modifiers: Modifiers) -> Event {
        let physical_key = Some(physical_key);
        Event::Key { key, physical_key, pressed: true, repeat: false, modifiers }
    }

    #[test]
    fn what_is_held_is_exactly_what_is_written() {
        const ALL: Modifiers =
            Modifiers { ctrl: true, command: true, alt: true, ..Modifiers::SHIFT };
        let less = [
            Modifiers { shift: false, ..ALL },
            Modifiers { alt: false, ..ALL },
            Modifiers { ctrl: false, command: false, ..ALL },
        ];
        let keys = Keys::parse("Ctrl+Alt+Shift+X").unwrap();
        assert!(keys.are_pressed_in(&event(Key::X, Key::X, ALL)));
        assert!(!less.iter().any(|held| keys.are_pressed_in(&event(Key::X, Key::X, *held))));
        for (number, text) in ["Ctrl+Alt+X", "Ctrl+Shift+X", "Alt+Shift+X"].iter().enumerate() {
            let keys = Keys::parse(text).unwrap();
            assert!(keys.are_pressed_in(&event(Key::X, Key::X, less[number])), "{text}");
            assert!(!keys.are_pressed_in(&event(Key::X, Key::X, ALL)), "{text}");
        }
    }

    #[test]
    fn a_digit_under_shift_is_itself_and_a_letter_is_where_it_is_written() {
        let pressed = |text: &str, key, physical| {
            Keys::parse(text).unwrap().are_pressed_in(&event(key, physical, Modifiers::SHIFT))
        };
        assert!(pressed("Shift+1", Key::Exclamationmark, Key::Num1));
        assert!(pressed("Shift+[", Key::OpenCurlyBracket, Key::OpenBracket));
        assert!(!pressed("Shift+2", Key::Exclamationmark, Key::Num1));
        assert!(pressed("Shift+Z", Key::Z, Key::Y) && !pressed("Shift+Y", Key::Z, Key::Y));
    }

    #[test]
    fn a_field_of_text_has_what_it_is_written_with() {
        for text in ["A", "Shift+1", "Left", "Ctrl+C", "Ctrl+Z", "Ctrl+Shift+Left", "Delete"] {
            assert!(Keys::parse(text).unwrap().are_typed(), "{text}");
        }
        for text in ["F2", "F12", "Ctrl+S", "Alt+A", "Ctrl+Alt+A", "Ctrl+K"] {
            assert!(!Keys::parse(text).unwrap().are_typed(), "{text}");
        }
    }
}
