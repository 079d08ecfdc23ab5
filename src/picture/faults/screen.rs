//! What stays on the screen while the picture moves, told from what only looks as if it did.
//!
//! Under a pattern that is fixed to the screen, a frame that is laid over the next along where everything moves does not
//! fit it: the pattern was moved away from itself. What belongs to the picture fits, however regular it is.

use super::Sight;
use crate::flow::sample;

/// Pairs of frames that are looked at.
const PAIRS: usize = 12;
/// Pixels across and down, in the middle of the picture, that are looked at, and lines around them that are remembered.
const MOST: (usize, usize) = (480, 270);
const AROUND: usize = 32;
/// Differences in codes beyond which movement was not followed.
const LOST: f32 = 4.0;
/// Of a pattern's strength, what movement must take away from it to say anything.
const ENOUGH: f64 = 0.1;

/// What does not fit, of pairs of frames.
#[derive(Debug, Default)]
pub(super) struct Screen {
    last: Option<(i64, Vec<f32>)>,
    pairs: Vec<Vec<Off>>,
}

/// What does not fit at a pixel: where it is, where it was, and by how much, in codes.
#[derive(Debug, Clone, Copy)]
struct Off {
    place: [u16; 2],
    was: [f32; 2],
    codes: f32,
}

impl Screen {
    /// Whether a frame is wanted.
    pub(super) const fn wants(sight: &Sight<'_>) -> bool {
        sight.is_among(PAIRS) || sight.is_before(PAIRS)
    }

    /// A frame goes by whose fine detail, of a picture of `size`, is this.
    pub(super) fn see(&mut self, sight: &Sight<'_>, fine: &[f32], size: (usize, usize)) {
        let last = self
            .last
            .take()
            .filter(|(frame, known)| *frame + 1 == sight.frame && known.len() == fine.len());
        if let (Some((_, before)), true, Some(flow)) = (last, sight.is_among(PAIRS), sight.flow()) {
            let scale = size.0 as f32 / flow.width as f32;
            let [left, top] = [(size.0, MOST.0), (size.1, MOST.1)]
                .map(|(size, most)| (size.saturating_sub(most) / 2).max(AROUND.min(size / 8)));
            let off = |x: usize, y: usize| {
                let place = ((y as f32 / scale) as usize).min(flow.height - 1) * flow.width
                    + ((x as f32 / scale) as usize).min(flow.width - 1);
                let was =
                    [x as f32 + scale * flow.across[place], y as f32 + scale * flow.down[place]];
                let codes = fine[y * size.0 + x] - sample(&before, size, was[0], was[1]);
                Off { place: [x as u16, y as u16], was, codes: codes.clamp(-LOST, LOST) }
            };
            let lines = top..size.1 - top;
            self.pairs.push(
                lines
                    .flat_map(|y| (left..size.0 - left).map(move |x| (x, y)))
                    .map(|(x, y)| off(x, y))
                    .collect(),
            );
        }
        if sight.is_before(PAIRS) {
            self.last = Some((sight.frame, fine.to_vec()));
        }
    }

    /// What of a pattern that repeats stays on the screen; `None` where nothing moves away from it.
    pub(super) fn stays(&self, cell: &[f64], period: usize) -> Option<Stays> {
        let cell: Vec<f32> = cell.iter().map(|code| *code as f32).collect();
        let at = |x: usize, y: usize| cell[y % period * period + x % period];
        let between = |[x, y]: [f32; 2]| {
            let (x, y) = (x.max(0.0), y.max(0.0));
            let (left, top, part, down) = (x as usize, y as usize, x.fract(), y.fract());
            let above = at(left, top) * (1.0 - part) + at(left + 1, top) * part;
            let below = at(left, top + 1) * (1.0 - part) + at(left + 1, top + 1) * part;
            above * (1.0 - down) + below * down
        };
        let (mut both, mut own, mut count) = (0.0_f64, 0.0_f64, 0_usize);
        for off in self.pairs.iter().flatten() {
            let awaited =
                at(usize::from(off.place[0]), usize::from(off.place[1])) - between(off.was);
            both += f64::from(awaited * off.codes);
            own += f64::from(awaited * awaited);
            count += 1;
        }
        let energy =
            cell.iter().map(|code| f64::from(code * code)).sum::<f64>() / cell.len().max(1) as f64;
        let is_told = count > 0 && own > ENOUGH * energy * count as f64 && own > 0.0;
        is_told.then(|| Stays { part: both / own, explained: both * both / own })
    }
}

/// What of a pattern stays on the screen.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stays {
    /// How much of it: about 1 if it does, 0 if it goes along with the picture.
    pub(super) part: f64,
    /// What it explains of what does not fit, in squares of codes.
    pub(super) explained: f64,
}
