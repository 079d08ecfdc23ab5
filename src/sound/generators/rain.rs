//! Rain: drops one by one where they are near, and the rush of all the others.

use super::{Generate, Generator, SEED, gains, level, part, seed, strength};
use signal::{Parameter, Samples};
use crate::automation::Automation;
use crate::node::Setup;
use crate::texture::{
    Burst, CELL, Canvas, Cloud, Event, Events, Ring, Spectrum, Wander, Weave, Woven, apply, sides,
};

pub(super) const GENERATOR: Generator = Generator {
    id: "rain",
    label: "Rain",
    help: "Rain on what it falls on: near drops one by one, the rush of the others, far rain, a dripping gutter.",
    parameters: &[LEVEL, RATE, SURFACE, NEAR, FAR, DRIPS, SEED],
    channels: 2,
    build,
};

const LEVEL: Parameter = level(-36.0);

const RATE: Parameter = Parameter::number(
    "rate",
    "Rate",
    "How hard it rains: 1 is a drizzle, 5 is rain, 25 pours. How loud it is the level says.",
    [0.2, 100.0, 5.0],
    "mm/h",
);

const SURFACE: Parameter = Parameter::choice(
    "surface",
    "Surface",
    "What it falls on.",
    &["ground", "water", "leaves", "glass", "tin", "umbrella"],
);

const NEAR: Parameter =
    part("near", "Near", "How loud the drops are that are heard one by one, against the rush.", -3.0);

const FAR: Parameter = part("far", "Far", "How loud far rain is, against the rush.", -9.0);

const DRIPS: Parameter = part("drips", "Drips", "How loud a gutter drips, against the rush.", -60.0);

/// Samples in a frame of its noise: 85 ms at 48 kHz.
const FRAME: usize = 4096;

/// The square metres on which drops are heard one by one.
const NEARBY: f64 = 0.5;

/// The longest that a near drop is heard, in seconds.
const LONGEST: f64 = 0.32;

fn build(setup: &Setup<'_>) -> Box<dyn Generate> {
    let (rate, seed) = (f64::from(setup.sample_rate), seed(setup));
    let rain = Rain {
        sample_rate: rate,
        level: setup.number(&LEVEL),
        rate: setup.number(&RATE),
        near: setup.number(&NEAR),
        far: setup.number(&FAR),
        drips: setup.number(&DRIPS),
        surface: SURFACES[setup.choice(&SURFACE)],
        cloud: Cloud::new(seed, FRAME, rate),
        canvas: Canvas::new(FRAME, rate),
        drops: Events::new(seed, NEARBY * drops(100.0), rate),
        gutter: Events::new(seed ^ 0x6177, 2.5, rate),
        wander: Wander::new(seed),
    };
    Box::new(Woven::new(rain, 2))
}

#[derive(Debug)]
struct Rain {
    sample_rate: f64,
    level: Automation,
    rate: Automation,
    near: Automation,
    far: Automation,
    drips: Automation,
    surface: Surface,
    cloud: Cloud,
    canvas: Canvas<2>,
    drops: Events,
    gutter: Events,
    wander: Wander,
}

/// What rain falls on.
#[derive(Debug, Clone, Copy)]
struct Surface {
    /// The band of its rush, in Hz.
    band: [f64; 2],
    /// How many partials a drop rings with, from how low to how high, for how long in seconds at most.
    rings: (u64, [f64; 2], f64),
    /// The pitch of the noise of a drop's impact, its length in seconds, and how much of it there is.
    impact: (f64, f64, f64),
}

/// In the order of [`SURFACE`]. On water a drop leaves a bubble, which rings at 3.26 m/s over its radius
/// (M. Minnaert, 1933); the small drops of light rain all leave bubbles of 0.22 mm, near 14.8 kHz
/// (H. C. Pumphrey, L. A. Crum, L. Bjørnø, Underwater Sound Produced by Individual Drop Impacts and
/// Rainfall, JASA 85(4), 1989).
const SURFACES: [Surface; 6] = [
    Surface { band: [900.0, 11_000.0], rings: (0, [0.0; 2], 0.0), impact: (3200.0, 0.0012, 1.0) },
    Surface { band: [1500.0, 14_000.0], rings: (1, [1200.0, 14_800.0], 0.008), impact: (6000.0, 0.0003, 0.25) },
    Surface { band: [700.0, 8000.0], rings: (0, [0.0; 2], 0.0), impact: (2400.0, 0.003, 1.0) },
    Surface { band: [800.0, 7000.0], rings: (3, [900.0, 5200.0], 0.006), impact: (3500.0, 0.0006, 0.5) },
    Surface { band: [400.0, 9000.0], rings: (5, [320.0, 6000.0], 0.03), impact: (4000.0, 0.0005, 0.4) },
    Surface { band: [200.0, 1800.0], rings: (1, [140.0, 420.0], 0.012), impact: (900.0, 0.002, 1.0) },
];

/// Drops above 0.3 mm that fall on a square metre in a second, at so many millimetres an hour: J. S.
/// Marshall and W. M. Palmer (J. Meteorology 5, 1948) for how many there are of each size, and
/// D. Atlas et al. (Rev. Geophys. 11, 1973) for how fast they fall, `9.65 - 10.3 exp(-0.6 D)` m/s.
fn drops(rate: f64) -> f64 {
    let slope = 4.1 * rate.powf(-0.21);
    let part = |slope: f64| (-0.3 * slope).exp() / slope;
    8000.0 * (9.65 * part(slope) - 10.3 * part(slope + 0.6))
}

impl Weave for Rain {
    fn weave(&mut self, from: i64, out: &mut Samples) {
        self.rush(from, out);
        let reach = (LONGEST * self.sample_rate) as i64;
        for event in self.drops.between(from - reach, from + CELL as i64) {
            self.drop(&event, from, out);
        }
        for event in self.gutter.between(from - reach, from + CELL as i64) {
            self.drip(&event, from, out);
        }
        apply(&gains(&self.level, from, CELL), out);
    }
}

impl Rain {
    fn rush(&mut self, from: i64, out: &mut Samples) {
        let Self { rate, far, surface, canvas, wander, sample_rate, .. } = self;
        self.cloud.add(from, out, &mut |centre, spectrum| {
            let values = [rate.at(centre), far.at(centre)];
            canvas.show(values, spectrum, |spectrum| paint(spectrum, *surface, values));
            let drift = wander.layered(centre as f64 / *sample_rate, &[(0.05, 0.7), (0.3, 0.3)]);
            spectrum.scale(10.0_f64.powf(0.1 * drift));
        });
    }

    /// A near drop; its size and speed say how loud it is.
    fn drop(&self, event: &Event, from: i64, out: &mut Samples) {
        let sample = event.at as i64;
        let rate = self.rate.at(sample);
        let near = strength(self.near.at(sample));
        if near == 0.0 || !self.drops.is_kept(event, NEARBY * drops(rate)) {
            return;
        }
        let slope = 4.1 * rate.powf(-0.21);
        let size = (0.3 - (1.0 - event.draw(1)).ln() / slope).min(3.5);
        let speed = 9.65 - 10.3 * (-0.6 * size).exp();
        let usual = (NEARBY * drops(rate)).sqrt();
        let away = 0.6 + event.draw(2);
        let level = 20.0 * near * size.powf(1.5) * speed / usual / away;
        let place = event.between(3, -1.0, 1.0);
        self.strike(event, (level, size), from, place, out);
    }

    fn strike(
        &self,
        event: &Event,
        (level, size): (f64, f64),
        from: i64,
        place: f64,
        out: &mut Samples,
    ) {
        let (count, [low, high], longest) = self.surface.rings;
        let (pitch, decay, impact) = self.surface.impact;
        for (channel, share) in out.channels_mut().iter_mut().zip(sides(place)) {
            let burst = Burst {
                at: event.at as i64,
                attack: 0.0001,
                decay: decay * (0.5 + 0.3 * size),
                frequency: pitch * event.between(4, 0.6, 1.6),
                q: 0.8,
                level: 0.35 * impact * level * share,
                chance: event.chance,
            };
            burst.add(from, self.sample_rate, channel);
            for number in 0..count {
                let draw = event.draw(10 + number);
                let frequency = high * (low / high).powf(draw * (0.4 + 0.2 * size).min(1.0));
                let decay = longest * (0.2 + 0.8 * event.draw(30 + number)) * (low / frequency).powf(0.3);
                let level = 0.5 * level * share / (count as f64).sqrt();
                Ring { at: event.at, frequency, decay, level }.add(from, self.sample_rate, channel);
            }
        }
    }

    /// A drop from a gutter, into what has gathered below it.
    fn drip(&self, event: &Event, from: i64, out: &mut Samples) {
        let sample = event.at as i64;
        let drips = strength(self.drips.at(sample));
        if drips == 0.0 || !self.gutter.is_kept(event, 0.5 + 0.02 * self.rate.at(sample)) {
            return;
        }
        for (channel, share) in out.channels_mut().iter_mut().zip(sides(event.between(1, -0.4, 0.4))) {
            for number in 0..3 {
                let frequency = event.between(2, 500.0, 900.0) * (1.0 + 0.83 * number as f64);
                let decay = event.between(3, 0.01, 0.03) / (1.0 + number as f64);
                let level = 3.0 * drips * share * event.between(4, 0.4, 1.0) / (1.0 + number as f64);
                Ring { at: event.at, frequency, decay, level }.add(from, self.sample_rate, channel);
            }
        }
    }
}

/// The rush of the drops that are not heard one by one, brighter the harder it rains, and what reaches
/// one from far.
fn paint(spectrum: &mut Spectrum, surface: Surface, [rate, far]: [f64; 2]) {
    let [low, high] = surface.band;
    let high = high * (rate / 5.0).powf(0.08);
    let rush = |frequency: f64| {
        let frequency = frequency.max(1.0);
        1.0 / ((1.0 + (low / frequency).powi(3)) * (1.0 + (frequency / high).powi(4)))
    };
    let distant = |frequency: f64| {
        let frequency = frequency.max(1.0);
        1.0 / ((1.0 + (150.0 / frequency).powi(2)) * (1.0 + (frequency / 1800.0).powi(3)))
    };
    spectrum.paint(rush);
    let usual = spectrum.leveling();
    spectrum.paint(distant);
    let share = strength(far).powi(2) * spectrum.leveling();
    spectrum.paint(|frequency| usual * rush(frequency) + share * distant(frequency));
    spectrum.join_diffuse(0.3);
}
