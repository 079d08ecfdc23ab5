//! Hum on one side of a cut alone.

use crate::sound::stretch::Stretch;
use super::{Check, Looks};

pub(super) const CHECK: Check = Check {
    id: "sound-hum",
    label: "Hum",
    help: "Mains hum of 50 or 60 Hz, or twice or three times that, stands 15 dB out of the room on one side of a cut, and not on the other.",
    remedy: "notch it out of the clip that has it, or carry it over the cut with a hum of the same frequency",
    looks: Looks::Beside(look),
};

const LINES: [f64; 6] = [50.0, 60.0, 100.0, 120.0, 150.0, 180.0];

/// How far a line stands out where it hums, and how far at most where it does not, in dB.
const HUMS: f64 = 15.0;
const RESTS: f64 = 9.0;

fn look(before: &Stretch, after: &Stretch) -> Option<String> {
    let found = LINES.into_iter().find_map(|line| {
        let (before, after) = (before.line(line), after.line(line));
        let comes = after > HUMS && before < RESTS;
        let goes = before > HUMS && after < RESTS;
        (comes || goes).then_some((line, comes))
    });
    let (line, comes) = found?;
    let word = if comes { "begins" } else { "ends" };
    Some(format!("a hum of {line:.0} Hz {word} at the cut"))
}
