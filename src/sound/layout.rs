//! From one set of loudspeakers to another (ITU-R BS.775-4, annex 4, tables 2 and 3).
//!
//! Down: the centre goes to left and right at -3 dB, a surround to its own side at -3 dB, the low
//! frequency effects nowhere; left and right to mono at -3 dB. 7.1 to 5.1 sums side and back at -3 dB
//! each. Up: what a layout has keeps its place; mono goes to the centre, or at -3 dB to left and right.
//! Channels lie in the order of Wave files (Microsoft, `WAVEFORMATEXTENSIBLE`) and FFmpeg: in 7.1, the
//! backs come before the sides.

use std::f32::consts::FRAC_1_SQRT_2;
use timeline_format::mix::Layout;

/// A loudspeaker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Speaker {
    /// Front left.
    Left,
    /// Front right.
    Right,
    /// Front centre; mono.
    Centre,
    /// Low frequency effects.
    Low,
    /// Left surround (7.1: side).
    LeftSurround,
    /// Right surround (7.1: side).
    RightSurround,
    /// Left back.
    LeftBack,
    /// Right back.
    RightBack,
    /// Centre back.
    CentreBack,
}

use Speaker::{
    Centre, CentreBack, Left, LeftBack, LeftSurround, Low, Right, RightBack, RightSurround,
};

/// The loudspeakers of a layout, in its order.
pub const fn speakers(layout: Layout) -> &'static [Speaker] {
    of_count(layout.channels())
}

/// The loudspeakers that so many channels of a file are meant for: the usual layouts, and L R C, quad,
/// 5.0 and 6.1 between them. Channels past the eighth are not heard.
pub const fn of_count(channels: usize) -> &'static [Speaker] {
    match channels {
        0 => &[],
        1 => &[Centre],
        2 => &[Left, Right],
        3 => &[Left, Right, Centre],
        4 => &[Left, Right, LeftSurround, RightSurround],
        5 => &[Left, Right, Centre, LeftSurround, RightSurround],
        6 => &[Left, Right, Centre, Low, LeftSurround, RightSurround],
        7 => &[Left, Right, Centre, Low, CentreBack, LeftSurround, RightSurround],
        _ => &[Left, Right, Centre, Low, LeftBack, RightBack, LeftSurround, RightSurround],
    }
}

/// Whether a loudspeaker stands on the left (-1), the right (1) or neither (0).
pub const fn side(speaker: Speaker) -> i8 {
    match speaker {
        Left | LeftSurround | LeftBack => -1,
        Right | RightSurround | RightBack => 1,
        Centre | Low | CentreBack => 0,
    }
}

/// The smallest layout that holds so many channels of a file.
pub const fn layout_for(channels: usize) -> Layout {
    match channels {
        0 | 1 => Layout::Mono,
        2 => Layout::Stereo,
        3..=6 => Layout::FiveOne,
        _ => Layout::SevenOne,
    }
}

/// Gains from some channels to others.
#[derive(Debug, Clone, PartialEq)]
pub struct Matrix {
    inputs: usize,
    gains: Vec<f32>,
}

impl Matrix {
    /// From loudspeakers to a layout.
    pub fn between(from: &[Speaker], to: Layout) -> Self {
        let outputs = speakers(to);
        let mut gains = vec![0.0; outputs.len() * from.len()];
        let pairs = to == Layout::FiveOne && from.contains(&LeftBack);
        for (input, speaker) in from.iter().enumerate() {
            let is_paired = pairs && matches!(speaker, LeftSurround | RightSurround);
            let pair = if is_paired { FRAC_1_SQRT_2 } else { 1.0 };
            for (target, gain) in fold(*speaker, to) {
                if let Some(output) = outputs.iter().position(|known| *known == target) {
                    gains[output * from.len() + input] += gain * pair;
                }
            }
        }
        Self { inputs: from.len(), gains }
    }

    /// From layout to layout.
    pub fn of_layouts(from: Layout, to: Layout) -> Self {
        Self::between(speakers(from), to)
    }

    /// How many channels it takes.
    pub const fn inputs(&self) -> usize {
        self.inputs
    }

    /// How many channels it gives.
    pub fn outputs(&self) -> usize {
        self.gains.len().checked_div(self.inputs).unwrap_or(0)
    }

    /// The gain from a channel to a channel.
    pub fn gain(&self, output: usize, input: usize) -> f32 {
        self.gains[output * self.inputs + input]
    }

    /// Whether every channel goes to itself alone.
    pub fn is_diagonal(&self) -> bool {
        let is_apart = |output, input| output == input || self.gain(output, input) == 0.0;
        self.inputs == self.outputs()
            && (0..self.inputs).all(|output| (0..self.inputs).all(|input| is_apart(output, input)))
    }

    /// Whether every channel goes to itself alone, unchanged.
    pub fn is_identity(&self) -> bool {
        let is_one = |output, input| self.gain(output, input) == f32::from(output == input);
        self.inputs == self.outputs()
            && (0..self.inputs).all(|output| (0..self.inputs).all(|input| is_one(output, input)))
    }
}

/// Where a loudspeaker's sound goes in a layout that may lack it, and how loud.
fn fold(speaker: Speaker, to: Layout) -> Vec<(Speaker, f32)> {
    const HALF: f32 = FRAC_1_SQRT_2;
    let surrounds = matches!(to, Layout::FiveOne | Layout::SevenOne);
    match (speaker, to) {
        (Low, Layout::Mono | Layout::Stereo) => vec![],
        (Centre, Layout::Stereo) => vec![(Left, HALF), (Right, HALF)],
        (Left | Right | CentreBack, Layout::Mono) => vec![(Centre, HALF)],
        (LeftSurround | RightSurround | LeftBack | RightBack, Layout::Mono) => vec![(Centre, 0.5)],
        (LeftSurround | LeftBack, Layout::Stereo) => vec![(Left, HALF)],
        (RightSurround | RightBack, Layout::Stereo) => vec![(Right, HALF)],
        (CentreBack, Layout::Stereo) => vec![(Left, 0.5), (Right, 0.5)],
        (CentreBack, _) if surrounds => vec![(LeftSurround, HALF), (RightSurround, HALF)],
        (LeftBack, Layout::FiveOne) => vec![(LeftSurround, HALF)],
        (RightBack, Layout::FiveOne) => vec![(RightSurround, HALF)],
        _ => vec![(speaker, 1.0)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(from: Layout, to: Layout) -> Vec<Vec<f32>> {
        let matrix = Matrix::of_layouts(from, to);
        let row = |output| (0..matrix.inputs()).map(|input| matrix.gain(output, input)).collect();
        (0..matrix.outputs()).map(row).collect()
    }

    #[test]
    fn downmixes_are_those_of_the_standard() {
        let h = FRAC_1_SQRT_2;
        let left = vec![1.0, 0.0, h, 0.0, h, 0.0];
        let right = vec![0.0, 1.0, h, 0.0, 0.0, h];
        assert_eq!(rows(Layout::FiveOne, Layout::Stereo), [left, right]);
        assert_eq!(rows(Layout::FiveOne, Layout::Mono), [vec![h, h, 1.0, 0.0, 0.5, 0.5]]);
        assert_eq!(rows(Layout::Stereo, Layout::Mono), [vec![h, h]]);
        let down = rows(Layout::SevenOne, Layout::FiveOne);
        assert_eq!(down[4], [0.0, 0.0, 0.0, 0.0, h, 0.0, h, 0.0]);
        let up = rows(Layout::FiveOne, Layout::SevenOne);
        assert_eq!(up[6], [0.0, 0.0, 0.0, 0.0, 1.0, 0.0], "sides stay at the side");
        assert_eq!(down[2], [0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0]);
    }

    #[test]
    fn upmixes_keep_channels_and_a_round_trip_keeps_mono() {
        assert_eq!(rows(Layout::Mono, Layout::Stereo), [[FRAC_1_SQRT_2], [FRAC_1_SQRT_2]]);
        let up = rows(Layout::Mono, Layout::FiveOne);
        assert_eq!(up, [[0.0], [0.0], [1.0], [0.0], [0.0], [0.0]]);
        for layout in [Layout::Mono, Layout::Stereo, Layout::FiveOne, Layout::SevenOne] {
            assert!(Matrix::of_layouts(layout, layout).is_identity());
        }
        assert!(!Matrix::of_layouts(Layout::Stereo, Layout::FiveOne).is_identity());
    }
}
