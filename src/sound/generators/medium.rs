//! The noise of what a sound was kept on: vinyl, tape, film.

use super::{Generate, Generator, SEED, gains, level, part, seed, strength};
use signal::{Parameter, Samples};
use crate::automation::Automation;
use crate::node::Setup;
use crate::texture::{
    Burst, CELL, Canvas, Cloud, Events, Spectrum, Weave, Woven, apply, peak, sides,
};

pub(super) const GENERATOR: Generator = Generator {
    id: "medium",
    label: "Old medium",
    help: "Vinyl, tape or optical film: its hiss, its rumble, dust and scratches.",
    parameters: &[LEVEL, KIND, RUMBLE, CRACKLE, WEAR, SEED],
    channels: 2,
    build,
};

const LEVEL: Parameter = level(-52.0);

const KIND: Parameter =
    Parameter::choice("kind", "Kind", "What the sound was kept on.", &["vinyl", "tape", "film"]);

const RUMBLE: Parameter =
    part("rumble", "Rumble", "How loud the drive is below 100 Hz, against the hiss.", -12.0);

const CRACKLE: Parameter =
    part("crackle", "Crackle", "How loud dust and scratches are, against the hiss.", 3.0);

const WEAR: Parameter = Parameter::number(
    "wear",
    "Wear",
    "How many specks pass in a second.",
    [0.0, 200.0, 14.0],
    "/s",
);

/// Samples in a frame of its noise: 85 ms at 48 kHz.
const FRAME: usize = 4096;

/// Hiss of a kind: where it rises, where it falls, in Hz, and how many dB an octave it rises between.
const HISSES: [(f64, f64, f64); 3] = [(40.0, 12_000.0, -2.0), (300.0, 16_000.0, 1.5), (60.0, 6500.0, 0.0)];

fn build(setup: &Setup<'_>) -> Box<dyn Generate> {
    let (rate, seed) = (f64::from(setup.sample_rate), seed(setup));
    let medium = Medium {
        rate,
        level: setup.number(&LEVEL),
        kind: setup.choice(&KIND),
        rumble: setup.number(&RUMBLE),
        crackle: setup.number(&CRACKLE),
        wear: setup.number(&WEAR),
        cloud: Cloud::new(seed, FRAME, rate),
        canvas: Canvas::new(FRAME, rate),
        specks: Events::new(seed, 200.0, rate),
    };
    Box::new(Woven::new(medium, 2))
}

#[derive(Debug)]
struct Medium {
    rate: f64,
    level: Automation,
    kind: usize,
    rumble: Automation,
    crackle: Automation,
    wear: Automation,
    cloud: Cloud,
    canvas: Canvas<1>,
    specks: Events,
}

impl Weave for Medium {
    fn weave(&mut self, from: i64, out: &mut Samples) {
        let Self { kind, rumble, cloud, canvas, .. } = self;
        cloud.add(from, out, &mut |centre, spectrum| {
            let rumble = rumble.at(centre);
            canvas.show([rumble], spectrum, |spectrum| paint(spectrum, HISSES[*kind], rumble));
        });
        self.crackle(from, out);
        apply(&gains(&self.level, from, CELL), out);
    }
}

impl Medium {
    /// Specks, most of them small: their heights fall as a power of their number.
    fn crackle(&self, from: i64, out: &mut Samples) {
        let reach = (0.02 * self.rate) as i64;
        for event in self.specks.between(from - reach, from + CELL as i64) {
            let sample = event.at as i64;
            let crackle = strength(self.crackle.at(sample));
            if crackle == 0.0 || !self.specks.is_kept(&event, self.wear.at(sample)) {
                continue;
            }
            let height = (0.3 * (event.draw(1) + 1e-3).powf(-0.6)).min(12.0);
            for (channel, share) in out.channels_mut().iter_mut().zip(sides(event.between(2, -0.8, 0.8))) {
                let burst = Burst {
                    at: sample,
                    attack: 0.0,
                    decay: event.between(3, 0.0001, 0.0009),
                    frequency: event.between(4, 1200.0, 6000.0),
                    q: 0.9,
                    level: 3.0 * crackle * height * share,
                    chance: event.chance,
                };
                burst.add(from, self.rate, channel);
            }
        }
    }
}

fn paint(spectrum: &mut Spectrum, (low, high, rise): (f64, f64, f64), rumble: f64) {
    let hiss = |frequency: f64| {
        let frequency = frequency.max(1.0);
        let slope = 10.0_f64.powf(0.1 * rise * (frequency / 1000.0).log2());
        slope / ((1.0 + (low / frequency).powi(4)) * (1.0 + (frequency / high).powi(4)))
    };
    let drive = |frequency: f64| peak(frequency, 28.0, 1.0) + 0.1 * peak(frequency, 100.0, 6.0);
    spectrum.paint(drive);
    let share = strength(rumble).powi(2) * spectrum.leveling();
    spectrum.paint(hiss);
    let usual = spectrum.leveling();
    spectrum.paint(|frequency| usual * hiss(frequency) + share * drive(frequency));
    spectrum.join(|frequency| if frequency < 150.0 { 0.9 } else { 0.1 });
}
