//! What a parameter is: its name, unit, range and default. One description serves the command line,
//! the help, the file format, the window and the tests.

/// The description of a parameter.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Parameter {
    /// Its name in files and on the command line: lower case, `_` between words.
    pub id: &'static str,
    /// Its name for people.
    pub label: &'static str,
    /// What it does, in one sentence.
    pub help: &'static str,
    /// What values it takes.
    pub kind: Kind,
}

/// How the positions of a control belong to numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Curve {
    /// Equal distances are equal differences.
    Straight,
    /// Equal distances are equal ratios: frequencies and times.
    Logarithmic,
}

impl Parameter {
    /// A number within `[least, most]`.
    pub const fn number(
        id: &'static str,
        label: &'static str,
        help: &'static str,
        [least, most, default]: [f64; 3],
        unit: &'static str,
    ) -> Self {
        Self { id, label, help, kind: Kind::Number { least, most, default, unit } }
    }

    /// A number within `[least, most]` that is set once.
    pub const fn setting(
        id: &'static str,
        label: &'static str,
        help: &'static str,
        [least, most, default]: [f64; 3],
        unit: &'static str,
    ) -> Self {
        Self { id, label, help, kind: Kind::Setting { least, most, default, unit } }
    }

    /// A number for red, green and blue, and one for all three.
    pub const fn wheel(
        id: &'static str,
        label: &'static str,
        help: &'static str,
        [least, most, default]: [f64; 3],
    ) -> Self {
        Self { id, label, help, kind: Kind::Wheel { least, most, default } }
    }

    /// On or off; off where nothing is said.
    pub const fn flag(id: &'static str, label: &'static str, help: &'static str) -> Self {
        Self { id, label, help, kind: Kind::Flag { default: false } }
    }

    /// A list of numbers.
    pub const fn list(
        id: &'static str,
        label: &'static str,
        help: &'static str,
        most: usize,
        unit: &'static str,
    ) -> Self {
        Self { id, label, help, kind: Kind::List { most, unit } }
    }

    /// One word of a list; the first is usual.
    pub const fn choice(
        id: &'static str,
        label: &'static str,
        help: &'static str,
        options: &'static [&'static str],
    ) -> Self {
        Self { id, label, help, kind: Kind::Choice { options } }
    }

    /// `value` within the range of the description; what is no number is the default.
    pub fn held(&self, value: f64) -> f64 {
        match self.kind {
            Kind::Number { default, .. } | Kind::Setting { default, .. } if value.is_nan() => {
                default
            }
            Kind::Number { least, most, .. } | Kind::Setting { least, most, .. } => {
                value.clamp(least, most)
            }
            _ => value,
        }
    }

    /// How a control for it should move.
    pub fn curve(&self) -> Curve {
        match self.kind {
            Kind::Number { least, unit, .. } | Kind::Setting { least, unit, .. }
                if least > 0.0 && matches!(unit, "Hz" | "ms" | "s" | "m") =>
            {
                Curve::Logarithmic
            }
            _ => Curve::Straight,
        }
    }
}

/// What values a parameter takes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    /// A number.
    Number {
        /// The least.
        least: f64,
        /// The greatest.
        most: f64,
        /// Used where nothing is said.
        default: f64,
        /// The unit for people: `"dB"`, `"Hz"`, `"%"`, `"px"`, `"°"`; empty for a plain number.
        unit: &'static str,
    },
    /// A number that is set once: keyframes have nothing to move, and their first value holds.
    Setting {
        /// The least.
        least: f64,
        /// The greatest.
        most: f64,
        /// Used where nothing is said.
        default: f64,
        /// The unit for people.
        unit: &'static str,
    },
    /// Two numbers.
    Point {
        /// Used where nothing is said.
        default: [f64; 2],
        /// The unit for people.
        unit: &'static str,
    },
    /// Four numbers: left, top, right, bottom; or red, green, blue, alpha.
    Four {
        /// Used where nothing is said.
        default: [f64; 4],
        /// The unit for people.
        unit: &'static str,
    },
    /// A number for red, for green, for blue, and one for all three.
    Wheel {
        /// The least of each.
        least: f64,
        /// The greatest of each.
        most: f64,
        /// Each of them, where nothing is said.
        default: f64,
    },
    /// On or off.
    Flag {
        /// Used where nothing is said.
        default: bool,
    },
    /// One word of a list; the first is the default.
    Choice {
        /// The words.
        options: &'static [&'static str],
    },
    /// A media of the film, by its id; none where nothing is said.
    Media,
    /// A list of numbers, as many as there are up to a most; none where nothing is said.
    List {
        /// How many numbers there may be.
        most: usize,
        /// The unit for people.
        unit: &'static str,
    },
}
