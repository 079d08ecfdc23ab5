//! One node on the bench: built from values, fed with samples, held to the rules of the graph.

use crate::sound::film::{Film, Sound, hard, id, item, noise};
use crate::support::folder::Folder;
use crate::support::oracle;
use assert_no_alloc::assert_no_alloc;
use roomtone::signal::parameter::Curve;
use roomtone::signal::{Kind, Parameter};
use roomtone::sound::automation::Clock;
use roomtone::sound::node::{Block, Node, Outcome, Processor, Setup};
use roomtone::sound::nodes;
use roomtone::sound::quantum::{Buffer, QUANTUM, Run, settle};
use roomtone::sound::{Library, SoundFile, Sources};
use std::collections::BTreeMap;
use timeline_format::mix::{Layout, NodeInstance};
use timeline_format::{Extra, Id, Param, Value};

pub type Values = BTreeMap<String, Param>;

/// Values stated as numbers.
pub fn numbers(stated: &[(&str, f64)]) -> Values {
    let param = |value: f64| Param::Constant(Value::Number(value));
    stated.iter().map(|(id, value)| ((*id).to_owned(), param(*value))).collect()
}

/// Values stated as words.
pub fn words(stated: &[(&str, &str)]) -> Values {
    let param = |word: &str| Param::Constant(Value::Text(word.into()));
    stated.iter().map(|(id, word)| ((*id).to_owned(), param(word))).collect()
}

pub fn node(id: &str) -> &'static Node {
    nodes::find(id).unwrap()
}

/// A node for a layout and a sample rate, in a film that has the [`hall`]. Keyframes count in seconds.
pub fn build(node: &Node, values: &Values, layout: Layout, sample_rate: u32) -> Box<dyn Processor> {
    build_in(Library::of(&Hall), node, values, layout, sample_rate)
}

/// The same, in a film that has sounds.
pub fn build_in(
    library: Library<'_>,
    node: &Node,
    values: &Values,
    layout: Layout,
    sample_rate: u32,
) -> Box<dyn Processor> {
    let clock = Clock::of_sequence("1".parse().unwrap(), sample_rate);
    (node.build)(&Setup { sample_rate, layout, values, clock, content: clock, library })
}

/// A node for stereo at 48 kHz.
pub fn stereo(id: &str, values: &Values) -> Box<dyn Processor> {
    build(node(id), values, Layout::Stereo, 48_000)
}

/// Runs whole steps through a node, from film sample `from` on, as the graph does: what goes in and what
/// comes out is settled, and is a number; nothing may be allocated.
pub fn run(
    processor: &mut dyn Processor,
    input: &[Vec<f32>],
    side: Option<&[Vec<f32>]>,
    from: usize,
) -> Vec<Vec<f32>> {
    let mut input = input.to_vec();
    let mut side = side.map(<[Vec<f32>]>::to_vec);
    settle_all(&mut input);
    side.iter_mut().for_each(|side| settle_all(side));
    let mut out = run_raw(processor, &input, side.as_deref(), from);
    let is_finite = out.iter().flatten().all(|sample| sample.is_finite());
    assert!(is_finite, "{processor:?} gives what is no number");
    settle_all(&mut out);
    out
}

fn settle_all(channels: &mut [Vec<f32>]) {
    channels.iter_mut().for_each(|channel| settle(channel.as_chunks_mut::<QUANTUM>().0));
}

/// The same with samples that nothing has settled: what no node is ever given.
pub fn run_raw(
    processor: &mut dyn Processor,
    input: &[Vec<f32>],
    side: Option<&[Vec<f32>]>,
    from: usize,
) -> Vec<Vec<f32>> {
    let cut = |channels: &[Vec<f32>], at: usize| -> Vec<Run> {
        channels.iter().map(|channel| channel[at..at + QUANTUM].try_into().unwrap()).collect()
    };
    let is_silent = |runs: &[Run]| runs.iter().flatten().all(|sample| *sample == 0.0);
    let mut out = vec![Vec::new(); input.len()];
    for at in (0..input[0].len() / QUANTUM).map(|quantum| quantum * QUANTUM) {
        let mut runs = cut(input, at);
        let silent = is_silent(&runs);
        let key = side.map(|side| {
            let channels = cut(side, at);
            vec![Buffer { silent: is_silent(&channels), channels }]
        });
        let sides = key.as_deref().unwrap_or(&[]);
        let sample = (from + at) as i64;
        let mut block = Block { sample, channels: &mut runs, silent, sides };
        if assert_no_alloc(|| processor.process(&mut block)) == Outcome::Silent {
            runs.fill([0.0; QUANTUM]);
        }
        out.iter_mut().zip(&runs).for_each(|(out, run)| out.extend_from_slice(run));
    }
    out
}

/// A film with one sound, which is called `hall`: a room's answer in two channels.
#[derive(Debug)]
struct Hall;

impl Sources for Hall {
    fn open(&self, media: Id) -> Option<Box<dyn SoundFile>> {
        (media == id("hall")).then(|| Box::new(hall()) as Box<dyn SoundFile>)
    }
}

/// A tenth of a second of a room's answer to an impulse. It begins with the sound itself.
pub fn hall() -> Sound {
    let channel = |seed| {
        let fall = |at: usize| 0.2 * (-(at as f32) / 700.0).exp();
        let tail = noise(seed, 4800).into_iter().enumerate();
        let mut channel: Vec<f32> = tail.map(|(at, sample)| sample * fall(at)).collect();
        channel[0] = 1.0;
        channel
    };
    Sound::new(48_000, vec![channel(71), channel(72)])
}

/// A value `part` of the way through the range of a parameter, as a control for it moves.
pub fn value(parameter: &Parameter, part: f64) -> Value {
    match parameter.kind {
        Kind::Number { least, most, .. } | Kind::Setting { least, most, .. } => {
            Value::Number(match parameter.curve() {
                Curve::Straight => least + (most - least) * part,
                Curve::Logarithmic => least * (most / least).powf(part),
            })
        }
        Kind::Choice { options } => Value::Text(options.last().copied().unwrap().into()),
        Kind::Media => Value::Text("hall".into()),
        Kind::Text { default, .. } => Value::Text(default.into()),
        _ => Value::Flag(true),
    }
}

/// Values away from the defaults, so that the node does something; what it plays from is the [`hall`].
pub fn values(node: &Node) -> Values {
    let values = node.parameters.iter();
    values.map(|known| (known.id.to_owned(), Param::Constant(value(known, 0.4)))).collect()
}

/// Every node; those that listen to something else, once with it and once without.
pub fn nodes_with_keys() -> impl Iterator<Item = (&'static Node, bool)> {
    nodes::ALL.iter().flat_map(|node| {
        let keyed = (!node.sides.is_empty()).then_some((*node, true));
        std::iter::once((*node, false)).chain(keyed)
    })
}

/// What a node listens to, if it does: strokes of noise, loud enough for every threshold, and pauses.
pub fn key(is_keyed: bool, seed: u64, length: usize) -> Option<Vec<Vec<f32>>> {
    let stroke = |(at, sample): (usize, f32)| if at / 1500 % 2 == 0 { sample * 2.0 } else { 0.0 };
    let channel = |seed| noise(seed, length).into_iter().enumerate().map(stroke).collect();
    is_keyed.then(|| vec![channel(seed + 100), channel(seed + 101)])
}

/// A node on a strip, away from its defaults; what it listens to is the track `tk`.
pub fn instance(node: &Node) -> NodeInstance {
    NodeInstance {
        id: id("n1"),
        kind: node.id.into(),
        bypass: false,
        values: values(node),
        wires: node.sides.iter().map(|side| (side.id.to_owned(), id("tk"))).collect(),
        extra: Extra::new(),
    }
}

/// A film whose first track has a node, and plays `sound`: with the track that the node listens to, and the
/// room that it plays from.
pub fn film_with(node: &Node, sound: Sound) -> Film {
    let mut film = Film::new("24", 48_000);
    let length = sound.samples.length();
    film.sound("hall", hall());
    film.sound("a", sound);
    let frames = length as i64 / 2000;
    let track = film.track("t1", vec![item("c1", frames, hard("a", 0))]);
    track.header.strip.nodes.push(instance(node));
    if let Some(key) = key(!node.sides.is_empty(), 1, length) {
        film.sound("key", Sound::new(48_000, key));
        film.track("tk", vec![item("ck", frames, hard("key", 0))]);
    }
    film
}

/// Runs one channel through both channels of a stereo node; gives the first.
pub fn mono(processor: &mut dyn Processor, input: &[f32]) -> Vec<f32> {
    run(processor, &[input.to_vec(), input.to_vec()], None, 0).swap_remove(0)
}

/// The highest distance of two sounds.
pub fn apart(one: &[Vec<f32>], other: &[Vec<f32>]) -> f32 {
    let pairs = one.iter().flatten().zip(other.iter().flatten());
    pairs.map(|(one, other)| (one - other).abs()).fold(0.0, f32::max)
}

pub fn decibels(power: f64) -> f64 {
    10.0 * power.max(1e-40).log10()
}

/// The mean power of samples.
pub fn power(samples: &[f32]) -> f64 {
    samples.iter().map(|sample| f64::from(*sample).powi(2)).sum::<f64>() / samples.len() as f64
}

/// Runs a Python script beside sounds (32-bit floats, one file a name); the numbers that it prints.
///
/// In the script `sound(name)` is the sound, and numpy is `np`.
pub fn numpy(script: &str, sounds: &[(&str, &[f32])], arguments: &[String]) -> Vec<f64> {
    let folder = Folder::new();
    for (name, samples) in sounds {
        let bytes: Vec<u8> = samples.iter().flat_map(|sample| sample.to_le_bytes()).collect();
        std::fs::write(folder.file(name), bytes).unwrap();
    }
    let head = "import sys, numpy as np\nfolder, words = sys.argv[1], sys.argv[2:]\n\
        def sound(name): return np.fromfile(f'{folder}/{name}', '<f4').astype(np.float64)\n";
    let folder_name = folder.path().to_str().unwrap().to_owned();
    let mut all = vec![folder_name.as_str()];
    all.extend(arguments.iter().map(String::as_str));
    let said = oracle::python(&format!("{head}{script}"), &all);
    let said = String::from_utf8(said).unwrap();
    said.split_whitespace().map(|number| number.parse().unwrap()).collect()
}
