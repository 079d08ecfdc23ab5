//! Running water: bubbles that ring, and the rush of it.

use super::{Generate, Generator, SEED, gains, level, part, seed, strength};
use signal::{Parameter, Samples};
use crate::automation::Automation;
use crate::node::Setup;
use crate::texture::{
    CELL, Canvas, Cloud, Event, Events, Ring, Spectrum, Wander, Weave, Woven, apply, sides,
};

pub(super) const GENERATOR: Generator = Generator {
    id: "water",
    label: "Stream",
    help: "Running water from a tap to a torrent: ringing bubbles, gurgling, rushing.",
    parameters: &[LEVEL, FLOW, BUBBLES, GURGLE, RUSH, SEED],
    channels: 2,
    build,
};

const LEVEL: Parameter = level(-38.0);

const FLOW: Parameter = Parameter::number(
    "flow",
    "Flow",
    "How much water runs: 0 trickles, 50 is a brook, 100 a torrent.",
    [0.0, 100.0, 35.0],
    "%",
);

const BUBBLES: Parameter = part("bubbles", "Bubbles", "How loud small bubbles are.", 0.0);

const GURGLE: Parameter = part("gurgle", "Gurgle", "How loud large bubbles are.", -6.0);

const RUSH: Parameter = part("rush", "Rush", "How loud the rush is.", -3.0);

/// Samples in a frame of its noise: 85 ms at 48 kHz.
const FRAME: usize = 4096;

/// The most bubbles in a second, small and large.
const MOST: [f64; 2] = [900.0, 40.0];

/// The longest that a bubble is heard, in seconds.
const LONGEST: f64 = 0.35;

fn build(setup: &Setup<'_>) -> Box<dyn Generate> {
    let (rate, seed) = (f64::from(setup.sample_rate), seed(setup));
    let water = Water {
        rate,
        level: setup.number(&LEVEL),
        flow: setup.number(&FLOW),
        rush: setup.number(&RUSH),
        bubbles: [setup.number(&BUBBLES), setup.number(&GURGLE)],
        wander: Wander::new(seed),
        cloud: Cloud::new(seed, FRAME, rate),
        canvas: Canvas::new(FRAME, rate),
        events: [Events::new(seed, MOST[0], rate), Events::new(!seed, MOST[1], rate)],
    };
    Box::new(Woven::new(water, 2))
}

#[derive(Debug)]
struct Water {
    rate: f64,
    level: Automation,
    flow: Automation,
    rush: Automation,
    bubbles: [Automation; 2],
    wander: Wander,
    cloud: Cloud,
    canvas: Canvas<1>,
    events: [Events; 2],
}

impl Weave for Water {
    fn weave(&mut self, from: i64, out: &mut Samples) {
        let Self { rate, flow, rush, wander, cloud, canvas, .. } = self;
        cloud.add(from, out, &mut |centre, spectrum| {
            let flow = flow.at(centre) / 100.0;
            canvas.show([flow], spectrum, |spectrum| paint(spectrum, flow));
            let swing = wander.layered(centre as f64 / *rate, &[(0.3, 0.8), (1.5, 0.8)]);
            spectrum.scale(strength(rush.at(centre)).powi(2) * 10.0_f64.powf(0.1 * swing));
        });
        let reach = (LONGEST * self.rate) as i64;
        for (size, events) in self.events.iter().enumerate() {
            for event in events.between(from - reach, from + CELL as i64) {
                self.ring(size, &event, from, out);
            }
        }
        apply(&gains(&self.level, from, CELL), out);
    }
}

impl Water {
    /// A bubble rings at 3.26 m/s over its radius (M. Minnaert, On Musical Air-Bubbles and the Sounds of
    /// Running Water, Phil. Mag. 16, 1933), and dies away in `1 / (0.13 f + 0.0072 f^1.5)` seconds
    /// (K. van den Doel, Physically Based Models for Liquid Sounds, ACM TAP 2(4), 2005).
    fn ring(&self, size: usize, event: &Event, from: i64, out: &mut Samples) {
        let sample = event.at as i64;
        let flow = self.flow.at(sample) / 100.0;
        let rate = MOST[size] * (0.03 + 0.97 * flow.powf(1.4));
        let level = strength(self.bubbles[size].at(sample));
        if level == 0.0 || !self.events[size].is_kept(event, rate) {
            return;
        }
        let [least, most]: [f64; 2] = [[0.9e-3, 5.0e-3], [4.0e-3, 16.0e-3]][size];
        let radius = least * (most / least).powf(event.draw(1).powf(1.6));
        let frequency = 3.26 / radius;
        let decay = 1.0 / (0.13 * frequency + 0.0072 * frequency.powf(1.5));
        let height = level * event.draw(2).powi(2) * (radius / most) / (rate * decay).sqrt().max(0.3);
        let side = if event.draw(4) < 0.5 { -1.0 } else { 1.0 };
        for (channel, share) in out.channels_mut().iter_mut().zip(sides(event.between(3, -0.9, 0.9))) {
            let ring = Ring { at: event.at, frequency, decay, level: 5.0 * side * height * share };
            ring.add(from, self.rate, channel);
        }
    }
}

/// The rush of water over stones: the more of it, the lower it reaches.
fn paint(spectrum: &mut Spectrum, flow: f64) {
    let low = 1400.0 * 8.0_f64.powf(-flow);
    spectrum.paint(|frequency| {
        let frequency = frequency.max(1.0);
        let high = 1.0 / (1.0 + (frequency / 5000.0).powi(2));
        high / (1.0 + (low / frequency).powi(3))
    });
    spectrum.scale(spectrum.leveling() * (0.3 + 2.0 * flow));
    spectrum.join_diffuse(0.2);
}
