//! Screen key: what has more of the screen's primary than of both others becomes clear.

use crate::canvas::Canvas;
use crate::filter::{ALONE, Filter, Scene, Treatment};
use crate::grade::Space;
use signal::Parameter;
use std::sync::Arc;

/// Which primary a screen has.
pub(super) const PRIMARY: Parameter =
    Parameter::choice("screen", "Screen", "The screen's primary.", &["green", "blue", "red"]);

pub(super) const FILTER: Filter = Filter {
    id: "screen_key",
    label: "Screen key",
    help: "Makes clear what has more of the screen's primary than of the others, in light: hair and smoke keep their shades.",
    space: Space::Light,
    parameters: &[
        PRIMARY,
        Parameter::number(
            "gain",
            "Gain",
            "How much of the difference makes all clear: 1 over the screen's own difference.",
            [0.0, 50.0, 2.0],
            "",
        ),
        Parameter::number(
            "balance",
            "Balance",
            "Which of the other two counts: 1 the greater, 0 the lesser.",
            [0.0, 1.0, 1.0],
            "",
        ),
        Parameter::number("black", "Clean black", "Alpha below this is 0.", [0.0, 1.0, 0.0], ""),
        Parameter::number("white", "Clean white", "Alpha above this is 1.", [0.0, 1.0, 1.0], ""),
    ],
    moves: false,
    reach: ALONE,
    prepare: |values| {
        let number = |name: &str| values.number(name) as f32;
        let primary = primary(values.word("screen"));
        let (gain, balance) = (number("gain"), number("balance"));
        let ends = [number("black"), number("white")];
        (gain > 0.0)
            .then(|| Arc::new(ScreenKey { primary, gain, balance, ends }) as Arc<dyn Treatment>)
    },
};

/// The channel of a primary.
pub(super) fn primary(word: &str) -> usize {
    match word {
        "red" => 0,
        "blue" => 2,
        _ => 1,
    }
}

#[derive(Debug)]
struct ScreenKey {
    primary: usize,
    gain: f32,
    balance: f32,
    ends: [f32; 2],
}

impl ScreenKey {
    /// How much of a colour stays.
    fn part(&self, colour: [f32; 3]) -> f32 {
        let [one, other] = [colour[(self.primary + 1) % 3], colour[(self.primary + 2) % 3]];
        let (most, least) = (one.max(other), one.min(other));
        let limit = least + (most - least) * self.balance;
        let alpha = 1.0 - ((colour[self.primary] - limit) * self.gain).clamp(0.0, 1.0);
        let [black, white] = self.ends;
        ((alpha - black) / (white - black).max(1e-6)).clamp(0.0, 1.0)
    }
}

impl Treatment for ScreenKey {
    fn treat(&self, mut picture: Canvas, _: &Scene<'_>) -> Canvas {
        picture.bands(|_, [red, green, blue, alpha]| {
            let colours = red.iter_mut().zip(green).zip(blue).zip(alpha);
            for (((red, green), blue), alpha) in colours.filter(|it| *it.1 > 0.0) {
                let part = self.part([*red / *alpha, *green / *alpha, *blue / *alpha]);
                [red, green, blue, alpha].into_iter().for_each(|value| *value *= part);
            }
        });
        picture
    }
}
