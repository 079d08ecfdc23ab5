//! The waveform: the luma of every column.

use super::board::{Counts, image_of, level, levels};
use super::signal::{Signal, spread};
use super::{Scope, Size};
use ::signal::Image;

pub(super) const SCOPE: Scope = Scope {
    id: "waveform",
    label: "Waveform",
    help: "The luma of every column, black below and white above: BT.709 codes in percent.",
    draw,
    marks: levels,
    figures: |signal| {
        let [least, mean, most] = spread(&signal.luma());
        vec![("least", least), ("mean", mean), ("most", most)]
    },
};

fn draw(signal: &Signal, size: Size) -> Image {
    let counts = counted(&signal.luma(), signal.width(), size);
    let bright = counts.bright();
    image_of(size, bright.into_iter().map(|it| [0.8 * it, 0.95 * it, 0.8 * it]))
}

/// How often each level is in each column.
pub(super) fn counted(values: &[f32], width: usize, size: Size) -> Counts {
    let mut counts = Counts::new(size);
    let per = 1.0 / width.max(1) as f32;
    for line in values.chunks(width.max(1)) {
        for (x, value) in line.iter().enumerate() {
            counts.add([(x as f32 + 0.5) * per, level(*value)]);
        }
    }
    counts
}
