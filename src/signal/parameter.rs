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

/// The numbers of a path's point: its place across and down, from it to the handle that leads in and to the one that
/// leads out, and how wide the soft edge is there.
pub const PATH_POINT: usize = 7;

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

    /// A curve that people draw.
    pub const fn drawn(
        id: &'static str,
        label: &'static str,
        help: &'static str,
        rest: Rest,
        [least, most]: [f64; 2],
    ) -> Self {
        Self { id, label, help, kind: Kind::Curve { rest, least, most } }
    }

    /// A file beside the film; none where nothing is said.
    pub const fn file(
        id: &'static str,
        label: &'static str,
        help: &'static str,
        endings: &'static [&'static str],
    ) -> Self {
        Self { id, label, help, kind: Kind::File { endings } }
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

    /// Free text on one line.
    pub const fn line(
        id: &'static str,
        label: &'static str,
        help: &'static str,
        default: &'static str,
    ) -> Self {
        Self { id, label, help, kind: Kind::Text { default, lines: false } }
    }

    /// Free text on as many lines as it has.
    pub const fn text(
        id: &'static str,
        label: &'static str,
        help: &'static str,
        default: &'static str,
    ) -> Self {
        Self { id, label, help, kind: Kind::Text { default, lines: true } }
    }

    /// A colour: display-coded red, green, blue, and alpha, 0 to 1.
    pub const fn colour(
        id: &'static str,
        label: &'static str,
        help: &'static str,
        default: [f64; 4],
    ) -> Self {
        Self { id, label, help, kind: Kind::Four { default, unit: "" } }
    }

    /// Two numbers.
    pub const fn point(
        id: &'static str,
        label: &'static str,
        help: &'static str,
        default: [f64; 2],
        unit: &'static str,
    ) -> Self {
        Self { id, label, help, kind: Kind::Point { default, unit } }
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

/// What a drawn curve is before somebody draws it, and with that what it is drawn over.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Rest {
    /// What goes in comes out; it never falls.
    Diagonal,
    /// The same, and no higher and no lower between two points than need be.
    Shaped,
    /// This number everywhere.
    Level(f64),
    /// This number everywhere, over hues: the end at 1 is the beginning at 0.
    Round(f64),
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
    /// A curve through points, from left to right: across, up, across, up, and so on.
    Curve {
        /// What it is where nothing is said.
        rest: Rest,
        /// The least that a point is up.
        least: f64,
        /// The most.
        most: f64,
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
    /// A look of the film, by its id; none where nothing is said.
    Look,
    /// A file, by its path from the film; none where nothing is said.
    File {
        /// What its name may end in.
        endings: &'static [&'static str],
    },
    /// Free text.
    Text {
        /// Used where nothing is said.
        default: &'static str,
        /// Whether it may have more than one line.
        lines: bool,
    },
    /// A closed path: seven numbers a point, see [`PATH_POINT`].
    Path,
    /// A list of numbers, as many as there are up to a most; none where nothing is said.
    List {
        /// How many numbers there may be.
        most: usize,
        /// The unit for people.
        unit: &'static str,
    },
}
