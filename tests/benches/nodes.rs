//! What each sound node and generator costs: nanoseconds a stereo sample, the mean by one thread's own time, the worst
//! step by the clock.
//!
//! `cargo bench --bench nodes`, or with a part of a line's name: `cargo bench --bench nodes -- eq`.
//! `mean` is the best of several runs of 20 seconds of sound; `worst` the 99.9th percentile of its steps.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "this is a bench program")]

mod worked;

use roomtone::signal::Samples;
use roomtone::sound::automation::Clock;
use roomtone::sound::generators::{self, Generator};
use roomtone::sound::node::{Block, Processor, Setup};
use roomtone::sound::quantum::{QUANTUM, Run};
use roomtone::sound::{Library, SoundFile, Sources, nodes};
use std::collections::BTreeMap;
use std::time::Instant;
use timeline_format::mix::Layout;
use timeline_format::{Id, Param, Value};
use worked::worked;

const RATE: u32 = 48_000;
const STEPS: usize = 20 * RATE as usize / QUANTUM;

/// Noise that falls by 60 dB, as long as is wanted, as the impulse response of a film.
struct Hall(usize);

impl Sources for Hall {
    fn open(&self, _: Id) -> Option<Box<dyn SoundFile>> {
        Some(Box::new(Self(self.0)))
    }
}

impl SoundFile for Hall {
    fn rate(&self) -> u32 {
        RATE
    }

    fn channels(&self) -> usize {
        2
    }

    fn length(&self) -> i64 {
        self.0 as i64
    }

    fn read(&mut self, at: i64, out: &mut Samples) {
        let mut bits = 12_345_u32;
        for channel in out.channels_mut() {
            for (index, sample) in (at..).zip(channel) {
                bits = bits.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let fall = (-6.9 * index as f32 / self.0 as f32).exp();
                *sample = (bits as f32 / u32::MAX as f32 - 0.5) * fall;
            }
        }
    }
}

fn value(text: &str) -> Param {
    let number = text.parse().map(Value::Number);
    Param::Constant(number.unwrap_or_else(|_| Value::Text(text.into())))
}

/// Builds a node from words: `eq low_gain=3 high_gain=-3`.
fn build(words: &str, hall: &Hall) -> Box<dyn Processor> {
    let mut words = words.split(' ');
    let node = nodes::find(words.next().unwrap()).unwrap();
    let pair = |word: &str| {
        let (id, text) = word.split_once('=').unwrap();
        (id.to_owned(), value(text))
    };
    let values: BTreeMap<String, Param> = words.map(pair).collect();
    let clock = Clock::of_sequence("24".parse().unwrap(), RATE);
    let library = Library::of(hall);
    let layout = Layout::Stereo;
    (node.build)(&Setup {
        sample_rate: RATE,
        layout,
        values: &values,
        clock,
        content: clock,
        library,
    })
}

fn tone(step: usize) -> [Run; 2] {
    let at = |index: usize, cycle: f32| (((step * QUANTUM + index) as f32 * cycle).sin()) * 0.4;
    [std::array::from_fn(|index| at(index, 0.031)), std::array::from_fn(|index| at(index, 0.047))]
}

/// Nanoseconds a stereo sample: the mean, and the 99.9th percentile of steps.
fn cost(chain: &mut [Box<dyn Processor>]) -> (f64, f64) {
    let input: Vec<[Run; 2]> = (0..64).map(tone).collect();
    let mut steps = Vec::with_capacity(STEPS);
    let begun = worked();
    for step in 0..STEPS {
        let mut runs = input[step % input.len()];
        let sample = (step * QUANTUM) as i64;
        let start = Instant::now();
        for processor in chain.iter_mut() {
            let mut block = Block { sample, channels: &mut runs, silent: false, sides: &[] };
            std::hint::black_box(processor.process(&mut block));
        }
        steps.push(start.elapsed().as_nanos() as f64 / QUANTUM as f64);
        std::hint::black_box(&runs);
    }
    let mean = worked().saturating_sub(begun).as_nanos() as f64 / (STEPS * QUANTUM) as f64;
    steps.sort_by(f64::total_cmp);
    (mean, steps[STEPS - STEPS / 1000])
}

fn measure(name: &str, seconds: f64, chain: &[&str]) {
    let wanted = std::env::args().nth(1).filter(|word| !word.starts_with("--"));
    if wanted.is_some_and(|word| !name.contains(&word)) {
        return;
    }
    let hall = Hall((seconds * f64::from(RATE)) as usize);
    let mut chain: Vec<_> = chain.iter().map(|words| build(words, &hall)).collect();
    let runs: Vec<(f64, f64)> = (0..5).map(|_| cost(&mut chain)).collect();
    let least = |each: fn(&(f64, f64)) -> f64| runs.iter().map(each).fold(f64::INFINITY, f64::min);
    println!("{name:<36} {:8.2} ns mean {:9.2} ns worst", least(|run| run.0), least(|run| run.1));
}

const EQ: &str = "eq low_gain=3 low_middle_gain=-4 high_middle_gain=2 high_gain=-3";

fn main() {
    let strip = ["gain gain=-3", "pan position=0.3", EQ, "compressor"];
    measure("track: gain, pan, 4-band eq, compressor", 0.0, &strip);
    let single = [
        "gain gain=-3",
        "pan position=0.3",
        EQ,
        "eq high_pass=80 high_pass_slope=48",
        "tilt tilt=1",
        "compressor",
        "compressor look_ahead=5",
        "gate",
        "de_esser",
        "limiter",
        "delay",
        "reverb",
        "room",
        "through obstacle=door",
        "denoise",
        "saturation",
        "width width=150",
        "phase rotation=90",
        "duck",
        "meter",
    ];
    for words in single {
        measure(words, 0.0, &[words]);
    }
    for seconds in [1.0, 5.0] {
        measure(&format!("convolution {seconds} s"), seconds, &["convolution impulse=hall"]);
    }
    for generator in generators::ALL {
        measure_generator(generator);
    }
}

/// A generator's cost by the sample, and its worst step: it is made in cells, so most steps cost nothing.
fn measure_generator(generator: &Generator) {
    let wanted = std::env::args().skip(1).find(|word| !word.starts_with('-'));
    if wanted.is_some_and(|word| !generator.id.contains(&word)) {
        return;
    }
    let clock = Clock::of_sequence("1".parse().unwrap(), RATE);
    let mut values = BTreeMap::from([("to".to_owned(), value("10"))]);
    values.insert("like".to_owned(), Param::Constant(Value::Text("hall".into())));
    let learning = Instant::now();
    let mut made = (generator.build)(&Setup {
        sample_rate: RATE,
        layout: Layout::Stereo,
        values: &values,
        clock,
        content: clock,
        library: Library::of(&Hall(10 * RATE as usize)),
    });
    let learned = learning.elapsed().as_secs_f64() * 1e3;
    let mut out = Samples::silence(generator.channels, QUANTUM);
    let mut times = Vec::with_capacity(STEPS);
    let begun = worked();
    for step in 0..STEPS {
        let start = Instant::now();
        made.fill((step * QUANTUM) as i64, &mut out);
        times.push(start.elapsed().as_nanos() as f64 / QUANTUM as f64);
    }
    let mean = worked().saturating_sub(begun).as_nanos() as f64 / (STEPS * QUANTUM) as f64;
    times.sort_by(f64::total_cmp);
    let worst = times[times.len() * 999 / 1000];
    println!(
        "{:<36} {mean:8.2} ns mean {worst:9.2} ns worst, made in {learned:.1} ms",
        generator.id
    );
}
