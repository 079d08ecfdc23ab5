//! One node on the bench: built from values, fed with samples, held to the rules of the graph.

use crate::support::folder::Folder;
use crate::support::oracle;
use assert_no_alloc::assert_no_alloc;
use roomtone::sound::Library;
use roomtone::sound::automation::Clock;
use roomtone::sound::node::{Block, Node, Outcome, Processor, Setup};
use roomtone::sound::nodes;
use roomtone::sound::quantum::{Buffer, QUANTUM, Run, settle};
use std::collections::BTreeMap;
use timeline_format::mix::Layout;
use timeline_format::{Param, Value};

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

/// A node for a layout and a sample rate. Keyframes count in seconds.
pub fn build(node: &Node, values: &Values, layout: Layout, sample_rate: u32) -> Box<dyn Processor> {
    build_in(Library::default(), node, values, layout, sample_rate)
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

/// Runs whole steps through a node, from film sample `from` on; nothing may be allocated.
pub fn run(
    processor: &mut dyn Processor,
    input: &[Vec<f32>],
    side: Option<&[Vec<f32>]>,
    from: usize,
) -> Vec<Vec<f32>> {
    let cut = |channels: &[Vec<f32>], at: usize| -> Vec<Run> {
        channels.iter().map(|channel| channel[at..at + QUANTUM].try_into().unwrap()).collect()
    };
    let mut out = vec![Vec::new(); input.len()];
    for at in (0..input[0].len() / QUANTUM).map(|quantum| quantum * QUANTUM) {
        let mut runs = cut(input, at);
        settle(&mut runs);
        let is_silent = |runs: &[Run]| runs.iter().flatten().all(|sample| *sample == 0.0);
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
        let is_finite = runs.iter().flatten().all(|sample| sample.is_finite());
        assert!(is_finite, "{processor:?} gives what is no number");
        settle(&mut runs);
        out.iter_mut().zip(&runs).for_each(|(out, run)| out.extend_from_slice(run));
    }
    out
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
