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

/// The slow motion after another press: an eighth, a quarter, half of the film's speed; the other way starts
/// at an eighth again.
pub fn slower(speed: Ratio, way: Way) -> Ratio {
    let sign = way.sign();
    let part = |parts: i128| Ratio::new(1, parts).unwrap_or(Ratio::ONE);
    let along = speed.times(sign.into()).unwrap_or(Ratio::ZERO);
    let is_slow = along > Ratio::ZERO && along < Ratio::ONE;
    let next = match is_slow {
        true if along < part(4) => part(4),
        true => part(2),
        false => part(8),
    };
    next.times(sign.into()).unwrap_or(next)
}

/// A quarter of the film's speed.
pub(super) fn slow(way: Way) -> Ratio {
    Ratio::new(i128::from(way.sign()), SLOW).unwrap_or(Ratio::ONE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slow_motion_has_speeds_of_its_own() {
        let mut speed = Ratio::ONE;
        let mut press = |way| {
            speed = slower(speed, way);
            speed.to_f64()
        };
        let forward = [0; 4].map(|_| press(Way::Forward));
        assert_eq!(forward, [0.125, 0.25, 0.5, 0.5]);
        assert_eq!([0; 3].map(|_| press(Way::Backward)), [-0.125, -0.25, -0.5]);
        assert_eq!(faster(slower(Ratio::ZERO, Way::Forward), Way::Forward), Ratio::ONE);
    }

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
