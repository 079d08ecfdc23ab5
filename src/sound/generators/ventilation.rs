//! Ventilation: a fan, its ducts, and the air at the grille.

use super::{Generate, Generator, SEED, gains, level, part, seed, strength};
use signal::{Parameter, Samples};
use crate::automation::Automation;
use crate::node::Setup;
use crate::texture::{
    CELL, Canvas, Cloud, Spectrum, Wander, Weave, Woven, add_sine, apply, peak,
};

pub(super) const GENERATOR: Generator = Generator {
    id: "ventilation",
    label: "Ventilation",
    help: "A fan and its ducts: the rumble of the air, the tone of the blades, the hiss of the grille.",
    parameters: &[LEVEL, TURNS, BLADES, TONE, GRILLE, RATTLE, SEED],
    channels: 2,
    build,
};

const LEVEL: Parameter = level(-48.0);

const TURNS: Parameter = Parameter::number(
    "turns",
    "Turns",
    "How fast the fan turns; running up and down is heard.",
    [60.0, 3600.0, 1180.0],
    "/min",
);

const BLADES: Parameter =
    Parameter::setting("blades", "Blades", "How many blades it has.", [2.0, 24.0, 7.0], "");

const TONE: Parameter = part("tone", "Tone", "How loud the blades are, against the air.", -14.0);

const GRILLE: Parameter = part("grille", "Grille", "How loud the grille hisses, against the air.", -9.0);

const RATTLE: Parameter =
    part("rattle", "Rattle", "How far something loose shakes with the fan, against the air.", -60.0);

/// Samples in a frame of its noise: 170 ms at 48 kHz.
const FRAME: usize = 8192;

fn build(setup: &Setup<'_>) -> Box<dyn Generate> {
    let (rate, seed) = (f64::from(setup.sample_rate), seed(setup));
    let fan = Fan {
        rate,
        level: setup.number(&LEVEL),
        turns: setup.number(&TURNS),
        blades: setup.fixed(&BLADES).round(),
        tone: setup.number(&TONE),
        grille: setup.number(&GRILLE),
        rattle: setup.number(&RATTLE),
        wander: Wander::new(seed),
        cloud: Cloud::new(seed, FRAME, rate),
        canvas: Canvas::new(FRAME, rate),
    };
    Box::new(Woven::new(fan, 2))
}

#[derive(Debug)]
struct Fan {
    rate: f64,
    level: Automation,
    turns: Automation,
    blades: f64,
    tone: Automation,
    grille: Automation,
    rattle: Automation,
    wander: Wander,
    cloud: Cloud,
    canvas: Canvas<2>,
}

impl Weave for Fan {
    fn weave(&mut self, from: i64, out: &mut Samples) {
        let Self { rate, turns, grille, wander, cloud, canvas, .. } = self;
        cloud.add(from, out, &mut |centre, spectrum| {
            let values = [turns.at(centre), grille.at(centre)];
            canvas.show(values, spectrum, |spectrum| paint(spectrum, values));
            let drift = wander.layered(centre as f64 / *rate, &[(0.1, 0.6), (0.5, 0.4)]);
            spectrum.scale(10.0_f64.powf(0.1 * drift));
        });
        self.whirr(from, out);
        apply(&gains(&self.level, from, CELL), out);
    }
}

impl Fan {
    /// The blades' tone at turns times blades, its multiples, and what shakes once a turn.
    fn whirr(&self, from: i64, out: &mut Samples) {
        let tone = strength(self.tone.at(from));
        let rattle = strength(self.rattle.at(from));
        let round = |seconds: f64| {
            let sample = (seconds * self.rate).round() as i64;
            self.turns.area(sample) / 60.0 / self.rate + 0.02 * self.wander.at(0.3 * seconds)
        };
        let lines = [(self.blades, 1.0, tone), (2.0 * self.blades, 0.4, tone)];
        let shakes = [(1.0, 0.5, rattle), (2.0, 0.7, rattle), (3.0, 0.5, rattle), (5.0, 0.4, rattle)];
        let mut sum = vec![0.0; CELL];
        for (times, height, share) in lines.into_iter().chain(shakes) {
            if share > 0.0 {
                let turns = |seconds: f64| times * round(seconds) + 0.21 * times;
                add_sine(from, self.rate, height * share, turns, &mut sum);
            }
        }
        for channel in out.channels_mut() {
            channel.iter_mut().zip(&sum).for_each(|(sample, line)| *sample += line);
        }
    }
}

/// The air in the ducts, louder and brighter with the fan's speed (its power goes with the fifth power
/// of the speed: fan laws), and the hiss where it leaves them.
fn paint(spectrum: &mut Spectrum, [turns, grille]: [f64; 2]) {
    let speed = turns / 1180.0;
    let air = |frequency: f64| {
        let octaves = (frequency.clamp(40.0, 16_000.0) / (250.0 * speed.sqrt())).log2();
        let below = (frequency / 30.0).min(1.0).powi(3);
        let ducts = [(84.0, 4.0), (131.0, 6.0), (203.0, 3.0), (342.0, 3.0)];
        let more: f64 = ducts.iter().map(|(middle, q)| 2.0 * peak(frequency, *middle, *q)).sum();
        below * 10.0_f64.powf(-0.5 * octaves) * (1.0 + more)
    };
    let hiss = |frequency: f64| peak(frequency, 2600.0, 0.6);
    spectrum.paint(hiss);
    let share = strength(grille).powi(2) * spectrum.leveling();
    spectrum.paint(air);
    let usual = spectrum.leveling();
    let loud = speed.powi(5);
    spectrum.paint(|frequency| loud * (usual * air(frequency) + share * hiss(frequency)));
    spectrum.join_diffuse(0.25);
}
