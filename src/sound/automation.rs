//! Parameters over time, by sample: constant, or the document's keyframes evaluated at each sample.

use super::quantum::{QUANTUM, Run};
use signal::Decibels;
use timeline_format::parameter::{Ease, Follow};
use timeline_format::{Param, Value};

/// From samples of the film to the positions that keyframes are stated in:
/// `(sample - origin) * top / bottom + offset`, one rounding each.
#[derive(Debug, Clone, Copy)]
pub struct Clock {
    /// The sample that `offset` belongs to.
    pub origin: i64,
    /// Positions in `bottom` samples.
    pub top: f64,
    /// See `top`.
    pub bottom: f64,
    /// The position at `origin`.
    pub offset: f64,
}

impl Clock {
    /// Frames of a sequence from its start.
    pub fn of_sequence(rate: timeline_format::Rate, sample_rate: u32) -> Self {
        let top = rate.numerator() as f64;
        let bottom = rate.denominator() as f64 * f64::from(sample_rate);
        Self { origin: 0, top, bottom, offset: 0.0 }
    }

    /// The same for samples that are counted from `samples` earlier.
    pub const fn counted_from(self, samples: i64) -> Self {
        Self { origin: self.origin + samples, ..self }
    }

    fn position(&self, sample: i64) -> f64 {
        (sample - self.origin) as f64 * self.top / self.bottom + self.offset
    }
}

#[derive(Debug, Clone, Copy)]
struct Key {
    at: f64,
    value: f64,
    ease: Ease,
}

/// A number over time. Reading it neither allocates nor fails.
#[derive(Debug, Clone)]
pub struct Automation {
    keys: Vec<Key>,
    clock: Clock,
    least: f64,
    most: f64,
    /// The factor that its only value is in decibels, computed once.
    factor: f32,
}

/// A factor over one run of samples.
#[derive(Debug, Clone, Copy)]
pub enum Level<'a> {
    /// The same throughout.
    Steady(f32),
    /// One a sample.
    Moving(&'a Run),
}

impl Automation {
    /// The same value throughout.
    pub fn constant(value: f64) -> Self {
        let clock = Clock { origin: 0, top: 1.0, bottom: 1.0, offset: 0.0 };
        let keys = vec![Key { at: 0.0, value, ease: Ease::Hold }];
        let (least, most) = (f64::NEG_INFINITY, f64::INFINITY);
        Self { keys, clock, least, most, factor: 1.0 }.measured()
    }

    /// The same, its only value's factor computed.
    fn measured(mut self) -> Self {
        if let [only] = self.keys[..] {
            self.factor = Decibels(only.value).gain() as f32;
        }
        self
    }

    /// The same, held within a range, but for the word `"off"` where the parameter `has_off`.
    pub fn within(mut self, least: f64, most: f64, has_off: bool) -> Self {
        for key in &mut self.keys {
            let is_off = has_off && key.value == f64::NEG_INFINITY;
            key.value = if is_off { key.value } else { key.value.clamp(least, most) };
        }
        (self.least, self.most) = (least, most);
        self.measured()
    }

    /// The greatest value that it may ever have.
    pub fn most(&self) -> f64 {
        match self.keys[..] {
            [only] => only.value,
            _ => self.most,
        }
    }

    /// `param` on `clock`; `content` is the clock of parameters that follow the content. The word
    /// `"off"` is minus infinity; what is no number is `default`.
    pub fn new(param: Option<&Param>, default: f64, clock: Clock, content: Clock) -> Self {
        let number = |value: &Value| match value {
            Value::Number(number) if number.is_finite() => *number,
            Value::Text(word) if word == "off" => f64::NEG_INFINITY,
            _ => default,
        };
        match param {
            None => Self::constant(default),
            Some(Param::Constant(value)) => Self::constant(number(value)),
            Some(Param::Animated(curve)) if curve.keys.is_empty() => Self::constant(default),
            Some(Param::Animated(curve)) => {
                let keys = curve.keys.iter().map(|key| Key {
                    at: key.at.to_f64(),
                    value: number(&key.value),
                    ease: key.ease,
                });
                let clock = if curve.follow == Follow::Clip { clock } else { content };
                Self { keys: keys.collect(), clock, ..Self::constant(default) }.measured()
            }
        }
    }

    /// The value at `sample`.
    pub fn at(&self, sample: i64) -> f64 {
        self.value_at(self.clock.position(sample))
    }

    /// Whether it has one value throughout.
    pub const fn is_constant(&self) -> bool {
        self.keys.len() == 1
    }

    /// The least and the greatest value of its keys.
    pub fn extremes(&self) -> (f64, f64) {
        let first = self.keys.first().map_or(0.0, |key| key.value);
        let wider = |(low, high): (f64, f64), key: &Key| (low.min(key.value), high.max(key.value));
        self.keys.iter().fold((first, first), wider)
    }

    fn value_at(&self, position: f64) -> f64 {
        let next = self.keys.partition_point(|key| key.at <= position);
        match (self.keys.get(next.saturating_sub(1)), self.keys.get(next)) {
            (Some(from), Some(to)) if next > 0 && is_moving(from, to) => {
                let progress = from.ease.progress((position - from.at) / (to.at - from.at));
                (from.value + (to.value - from.value) * progress).clamp(self.least, self.most)
            }
            (from, _) => from.map_or(0.0, |key| key.value),
        }
    }

    /// The value that holds for all of the [`QUANTUM`] samples from `from`, if one does.
    pub fn steady(&self, from: i64) -> Option<f64> {
        if let [only] = self.keys[..] {
            return Some(only.value);
        }
        let (first, last) = self.ends(from);
        let (low, high) = (first.min(last), first.max(last));
        let next = self.keys.partition_point(|key| key.at <= low);
        let key = self.keys.get(next.saturating_sub(1))?;
        match self.keys.get(next) {
            Some(to) if to.at <= high || (next > 0 && is_moving(key, to)) => None,
            _ => Some(key.value),
        }
    }

    fn ends(&self, from: i64) -> (f64, f64) {
        (self.clock.position(from), self.clock.position(from + QUANTUM as i64 - 1))
    }

    /// Whether one straight line runs from the first to the last sample of the run at `from`.
    fn is_straight(&self, from: i64) -> bool {
        let (first, last) = self.ends(from);
        let (low, high) = (first.min(last), first.max(last));
        let next = self.keys.partition_point(|key| key.at <= low);
        let ahead = self.keys.get(next);
        next > 0 && self.keys[next - 1].ease == Ease::Linear && ahead.is_some_and(|k| k.at > high)
    }

    /// The factor that the decibels of this parameter are, over the run at `from`, into `run`.
    ///
    /// A straight line in decibels is a geometric row of factors: its ratio is computed once a run, in
    /// double precision, so that every sample is right to 1e-12.
    pub fn level<'a>(&self, from: i64, run: &'a mut Run) -> Level<'a> {
        if self.is_constant() {
            return Level::Steady(self.factor);
        }
        if let Some(value) = self.steady(from) {
            return Level::Steady(Decibels(value).gain() as f32);
        }
        if self.is_straight(from) {
            let (first, second) = (self.at(from), self.at(from + 1));
            let ratio = Decibels(second - first).gain();
            let mut factor = Decibels(first).gain();
            for value in run.iter_mut() {
                *value = factor as f32;
                factor *= ratio;
            }
        } else {
            for (sample, value) in (from..).zip(run.iter_mut()) {
                *value = Decibels(self.at(sample)).gain() as f32;
            }
        }
        Level::Moving(run)
    }

    /// The values themselves over the run at `from`, into `run`.
    pub fn values<'a>(&self, from: i64, run: &'a mut Run) -> Level<'a> {
        if let Some(value) = self.steady(from) {
            return Level::Steady(value as f32);
        }
        for (sample, value) in (from..).zip(run.iter_mut()) {
            *value = self.at(sample) as f32;
        }
        Level::Moving(run)
    }

    /// The sum of the value over time from the first key to `sample`, in values times samples: exact
    /// between keys, whatever their ease. For a constant it is counted from sample 0.
    pub fn area(&self, sample: i64) -> f64 {
        if let [only] = self.keys[..] {
            return only.value * sample as f64;
        }
        let position = self.clock.position(sample);
        let samples = self.clock.bottom / self.clock.top;
        let Some(first) = self.keys.first() else { return 0.0 };
        let mut sum = first.value * (position - first.at).min(0.0);
        for (index, from) in self.keys.iter().enumerate().take_while(|(_, key)| key.at < position) {
            sum += match self.keys.get(index + 1) {
                Some(to) => {
                    let length = to.at - from.at;
                    let x = ((position - from.at) / length).min(1.0);
                    let rise = if is_moving(from, to) { to.value - from.value } else { 0.0 };
                    length * (from.value * x + rise * from.ease.area(x))
                }
                None => from.value * (position - from.at),
            };
        }
        sum * samples
    }
}

impl Level<'_> {
    /// The factor or value at the run's sample `index`.
    pub fn at(&self, index: usize) -> f32 {
        match self {
            Self::Steady(value) => *value,
            Self::Moving(run) => run[index],
        }
    }
}

fn is_moving(from: &Key, to: &Key) -> bool {
    from.ease != Ease::Hold
        && from.value != to.value
        && from.value.is_finite()
        && to.value.is_finite()
}

#[cfg(test)]
mod tests {
    use super::*;
    use timeline_format::Ratio;
    use timeline_format::parameter::{Curve, Key as Stated};

    fn curve(keys: &[(i64, f64, Ease)]) -> Automation {
        let keys = keys.iter().map(|(at, value, ease)| Stated {
            at: Ratio::whole(*at),
            value: Value::Number(*value),
            ease: *ease,
        });
        let param = Param::Animated(Curve { keys: keys.collect(), follow: Follow::Clip });
        let clock = Clock::of_sequence("24".parse().unwrap(), 48_000);
        Automation::new(Some(&param), 0.0, clock, clock)
    }

    #[test]
    fn every_sample_has_the_level_of_its_own_moment() {
        let keys = [(1, -60.0, Ease::Linear), (3, 0.0, Ease::Ease), (5, -20.0, Ease::Hold)];
        let automation = curve(&keys);
        let mut run = [0.0; QUANTUM];
        for quantum in 0..100 {
            let from = quantum * QUANTUM as i64;
            let level = automation.level(from, &mut run);
            for (index, sample) in (from..from + QUANTUM as i64).enumerate() {
                let exact = 10.0_f64.powf(automation.at(sample) / 20.0);
                let got = level.at(index);
                assert!((f64::from(got) - exact).abs() < 1e-7, "{sample}: {got} {exact}");
            }
        }
        assert_eq!(automation.at(2000), -60.0);
        assert_eq!(automation.at(4000), -30.0);
        assert_eq!(automation.at(6000), 0.0);
        assert_eq!(automation.at(8000), -10.0);
    }

    #[test]
    fn an_area_is_the_sum_of_the_values() {
        let automation = curve(&[
            (1, 3.0, Ease::Linear),
            (3, 7.0, Ease::Hold),
            (5, 2.0, Ease::Ease),
            (8, 4.0, Ease::Hold),
        ]);
        let start = automation.area(-3000);
        let mut sum = 0.0;
        for sample in -3000..20_000 {
            sum += 0.5 * (automation.at(sample) + automation.at(sample + 1));
            let area = automation.area(sample + 1) - start;
            assert!((area - sum).abs() < 5.1, "{sample}: {area} {sum}");
        }
        assert!((automation.area(2000) - automation.area(0) - 6000.0).abs() < 1e-9);
        assert!((automation.area(6000) - automation.area(2000) - 20_000.0).abs() < 1e-9);
        assert!((automation.area(10_000) - automation.area(6000) - 28_000.0).abs() < 1e-9);
        assert!((automation.area(16_000) - automation.area(10_000) - 18_000.0).abs() < 1e-9);
    }

    #[test]
    fn a_range_holds_where_an_ease_goes_beyond_it() {
        let keys = [(0, 0.0, Ease::Bezier([0.3, -2.0, 0.6, 3.0])), (10, 50.0, Ease::Hold)];
        let automation = curve(&keys).within(-1.0, 40.0, false);
        let values: Vec<f64> = (0..22_000).map(|sample| automation.at(sample)).collect();
        assert!(values.iter().all(|value| (-1.0..=40.0).contains(value)));
        assert!(values.contains(&-1.0) && automation.most() == 40.0);
    }

    #[test]
    fn a_held_key_changes_on_its_own_sample() {
        let automation = curve(&[(0, 1.0, Ease::Hold), (7, 2.0, Ease::Hold)]);
        assert_eq!([automation.at(13_999), automation.at(14_000)], [1.0, 2.0]);
    }
}
