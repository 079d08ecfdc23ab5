//! The speeds of J, K and L.

use timeline_format::Ratio;

/// The fastest shuttle.
const FASTEST: i64 = 32;
/// Slow motion is one part in so many.
pub const SLOW: i128 = 4;

/// Which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// J.
    Backward,
    /// L.
    Forward,
}

impl Way {
    /// 1 or -1.
    pub const fn sign(self) -> i64 {
        match self {
            Self::Backward => -1,
            Self::Forward => 1,
        }
    }
}

/// The speed after another press: 1, 2, 4, 8, 16, 32 times; the other way starts at 1 again.
pub fn faster(speed: Ratio, way: Way) -> Ratio {
    let sign = way.sign();
    let along = speed.times(sign.into()).unwrap_or(Ratio::ZERO);
    let next = if along < Ratio::ONE { 1 } else { (along.floor() * 2).min(FASTEST) };
    Ratio::whole(next * sign)
}

/// A quarter of the film's speed.
pub(super) fn slow(way: Way) -> Ratio {
    Ratio::new(i128::from(way.sign()), SLOW).unwrap_or(Ratio::ONE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_press_doubles_up_to_the_fastest() {
        let mut speed = Ratio::ZERO;
        let mut press = |way| {
            speed = faster(speed, way);
            speed.floor()
        };
        let forward = [1, 2, 4, 8, 16, 32, 32].map(|_| press(Way::Forward));
        assert_eq!(forward, [1, 2, 4, 8, 16, 32, 32]);
        let backward = [0; 7].map(|_| press(Way::Backward));
        assert_eq!(backward, [-1, -2, -4, -8, -16, -32, -32]);
        assert_eq!(press(Way::Forward), 1);
        assert_eq!(faster(slow(Way::Forward), Way::Forward), Ratio::ONE);
    }
}
