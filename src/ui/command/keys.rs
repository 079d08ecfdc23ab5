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

    /// Whether these are pressed in this event (a key that is held repeats).
    pub(in crate::ui) fn are_pressed_in(&self, event: &Event) -> bool {
        match event {
            Event::Key { key, pressed: true, modifiers, .. } => {
                *key == self.key && self.are_held(*modifiers)
            }
            _ => false,
        }
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

    /// Whether a text field wants these for itself: letters, digits, arrows without `Ctrl` or `Alt`.
    pub(in crate::ui) fn are_typed(&self) -> bool {
        !self.control
            && !self.alt
            && !matches!(self.key, Key::F1 | Key::F2 | Key::F9 | Key::F10 | Key::F11)
    }
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
        for text in ["Ctrl+Shift+Z", "J", "Left", "Alt+Shift+Down", "Space", "Ctrl+S", "F9"] {
            assert_eq!(Keys::parse(text).unwrap().to_string(), text);
        }
        for text in ["", "Hyper+A", "Ctrl+", "Ctrl+Nothing"] {
            assert_eq!(Keys::parse(text), None, "{text}");
        }
        assert!(Keys::parse(",").is_some() && Keys::parse("Shift+[").is_some());
        assert!(Keys::parse("=").is_some() && Keys::parse("\\").is_some());
    }
}
