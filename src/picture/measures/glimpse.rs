//! A frame as it is remembered while a take goes by: small, so that a thousand of them are little.

use super::Luma;
use signal::Image;

/// Blocks across and down of what is remembered.
const GRID: (usize, usize) = (160, 96);
/// Tiles across and down in which light is followed.
const TILES: (usize, usize) = (20, 12);
/// Tiles that are darker than this code say little of a change of light.
const DARK: f32 = 8.0;
/// Where tiles change by amounts that are so far apart, in stops, the picture is another.
const ANOTHER: f64 = 0.5;

/// A frame, small.
#[derive(Debug, Clone)]
pub struct Glimpse {
    small: Luma,
    tiles: Luma,
}

impl Glimpse {
    /// A glimpse of a frame.
    pub fn of(image: &Image) -> Self {
        Self::new(Luma::of_blocks(image, GRID))
    }

    /// A glimpse of a frame whose luma is known.
    pub fn of_luma(luma: &Luma) -> Self {
        Self::new(luma.shrunk(GRID))
    }

    fn new(small: Luma) -> Self {
        let tiles = small.shrunk(TILES);
        Self { small, tiles }
    }

    /// The most by which a block differs from that of another frame, in codes; `None` where the two are
    /// not of one size.
    pub fn farthest(&self, other: &Self) -> Option<f32> {
        let pairs = self.small.codes().iter().zip(other.small.codes());
        let is_same = self.small.size() == other.small.size();
        is_same.then(|| pairs.map(|(a, b)| (a - b).abs()).fold(0.0, f32::max))
    }

    /// By how much blocks differ from those of another frame, root mean square, in codes; `None` where the two are not
    /// of one size.
    pub(crate) fn apart(&self, other: &Self) -> Option<f64> {
        let pairs = self.small.codes().iter().zip(other.small.codes());
        let squares: f64 = pairs.map(|(a, b)| f64::from((a - b).powi(2))).sum();
        let count = self.small.codes().len().max(1) as f64;
        (self.small.size() == other.small.size()).then(|| (squares / count).sqrt())
    }

    /// By how many stops of its code values the whole picture became lighter since `before`: the median
    /// over tiles, so that what moves in it counts for nothing. 0 where the picture is another.
    pub fn lighter_than(&self, before: &Self) -> f64 {
        let (middle, apart) = self.change_since(before);
        if apart > ANOTHER { 0.0 } else { middle }
    }

    /// Whether it shows another picture than `before`, as across a cut.
    pub fn is_another_than(&self, before: &Self) -> bool {
        self.tiles.size() != before.tiles.size() || self.change_since(before).1 > ANOTHER
    }

    /// The median of the changes of tiles, in stops, and how far from it they are.
    fn change_since(&self, before: &Self) -> (f64, f64) {
        let pairs = self.tiles.codes().iter().zip(before.tiles.codes());
        let lit = pairs.filter(|(now, then)| now.min(**then) > DARK);
        let changes: Vec<f64> = lit.map(|(now, then)| f64::from(now / then).log2()).collect();
        let middle = super::median(changes.clone());
        (middle, super::median(changes.iter().map(|change| (change - middle).abs()).collect()))
    }
}

/// By how many stops each frame but the first is lighter than the one before it.
pub(super) fn changes(film: &[Glimpse]) -> Vec<f64> {
    film.windows(2).map(|pair| pair[1].lighter_than(&pair[0])).collect()
}
