//! A table of one colour: heights at places across, straight between them, level beyond.

use signal::wide;

/// A curve of a table.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Curve {
    from: f32,
    to: f32,
    heights: Vec<f32>,
    /// Where the heights lie, if not at even distances.
    places: Vec<f32>,
}

impl Curve {
    /// With heights at even distances.
    pub(super) const fn even(from: f32, to: f32, heights: Vec<f32>) -> Self {
        Self { from, to, heights, places: Vec::new() }
    }

    /// With heights where they lie, from left to right; `None` where they do not rise.
    pub(super) fn placed(places: Vec<f32>, heights: Vec<f32>) -> Option<Self> {
        let rises = places.windows(2).all(|pair| pair[0] < pair[1]);
        let (from, to) = (*places.first()?, *places.last()?);
        (rises && places.len() == heights.len() && places.len() > 1).then_some(Self {
            from,
            to,
            heights,
            places,
        })
    }

    /// How many heights there are.
    pub(super) const fn count(&self) -> usize {
        self.heights.len()
    }

    pub(super) fn feed(&self, hasher: &mut blake3::Hasher) {
        hasher.update(&(self.heights.len() as u64).to_le_bytes());
        let numbers = [self.from, self.to].into_iter();
        for number in numbers.chain(self.heights.iter().chain(&self.places).copied()) {
            hasher.update(&number.to_bits().to_le_bytes());
        }
    }

    pub(super) fn line(&self, channel: &mut [f32]) {
        if !self.places.is_empty() {
            return channel.iter_mut().for_each(|value| *value = self.placed_at(*value));
        }
        let last = self.heights.len() - 1;
        let per = last as f32 / (self.to - self.from);
        let (from, most) = (self.from, last as f32);
        wide(
            #[inline(always)]
            move || {
                for value in channel.iter_mut() {
                    let at = ((*value - from) * per).max(0.0).min(most);
                    let below = (at as usize).min(last - 1);
                    let part = at - below as f32;
                    let [low, high] = [self.heights[below], self.heights[below + 1]];
                    *value = low + part * (high - low);
                }
            },
        );
    }

    fn placed_at(&self, x: f32) -> f32 {
        let x = x.max(self.from).min(self.to);
        let above =
            self.places.partition_point(|place| *place <= x).clamp(1, self.places.len() - 1);
        let (left, right) = (self.places[above - 1], self.places[above]);
        let (low, high) = (self.heights[above - 1], self.heights[above]);
        low + (x - left) / (right - left) * (high - low)
    }
}
