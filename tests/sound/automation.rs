//! Keyframes move every number of every node and generator, each on its own sample.

use super::film::{Film, Sound, bytes, hard, id, item, noise};
use crate::support::folder::Folder;
use crate::support::oracle;
use roomtone::signal::{Kind, Parameter, Samples};
use roomtone::sound::Library;
use roomtone::sound::automation::Clock;
use roomtone::sound::generators::{self, Generate, Generator};
use roomtone::sound::node::{Block, Node, Outcome, Processor, Setup};
use roomtone::sound::nodes;
use roomtone::sound::quantum::{Buffer, QUANTUM, Run};
use std::collections::BTreeMap;
use timeline_format::mix::{Layout, NodeInstance};
use timeline_format::parameter::{Curve, Ease, Follow, Key};
use timeline_format::{Clip, Extra, Frames, Param, Ratio, Severity, Source, Value};

/// Where the keys jump: frame 41 at 24, which no step of the graph begins with.
const FRAME: i64 = 41;
const JUMP: usize = 82_000;
const LENGTH: usize = 12 * 48_000 / QUANTUM * QUANTUM;

fn key(at: i64, value: f64, ease: Ease) -> Key {
    Key { at: Frames::whole(at), value: Value::Number(value), ease }
}

fn curve(keys: Vec<Key>) -> Param {
    Param::Animated(Curve { keys, follow: Follow::Clip })
}

/// Two values within the range of a number that can move.
fn ends(parameter: &Parameter) -> Option<[f64; 2]> {
    match parameter.kind {
        Kind::Number { least, most, .. } => {
            Some([0.2, 0.8].map(|part| least + (most - least) * part))
        }
        _ => None,
    }
}

fn values(parameters: &[Parameter], moved: &str, param: Param) -> BTreeMap<String, Param> {
    let middle = |kind| match kind {
        Kind::Number { least, most, .. } | Kind::Setting { least, most, .. } => {
            Some(Value::Number(least + (most - least) * 0.3))
        }
        _ => None,
    };
    let stated = parameters.iter().filter_map(|known| Some((known.id, middle(known.kind)?)));
    let mut values: BTreeMap<String, Param> =
        stated.map(|(id, value)| (id.to_owned(), Param::Constant(value))).collect();
    values.insert(moved.to_owned(), param);
    values
}

fn setup(values: &BTreeMap<String, Param>) -> Setup<'_> {
    let clock = Clock::of_sequence("24".parse().unwrap(), 48_000);
    Setup {
        sample_rate: 48_000,
        layout: Layout::Stereo,
        values,
        clock,
        content: clock,
        library: Library::default(),
    }
}

/// Nodes whose every sample has the value of its own moment; others go there within a few samples.
const EXACT: [&str; 4] = ["gain", "pan", "duck", "limiter"];
const NEAR: usize = 64;

/// Samples by which a generator's noise may move ahead of a key: half of one of its frames.
const SMEARED: usize = 4096;

/// What decides of things that are heard before they are there.
const FORESEEN: [(&str, &str); 2] = [("traffic", "flow"), ("traffic", "lorries")];

/// Nodes in which sound goes round, or a floor is followed: what is left of it when they forget is below
/// -120 dB.
const FADING: [&str; 3] = ["delay", "reverb", "denoise"];

/// Strokes of noise that die away, four a second, with a long pause around the jump, in which their first
/// `left` samples are left; soft ones in the end.
fn strokes(seed: u64, left: usize) -> Vec<f32> {
    let mut sound = noise(seed, LENGTH);
    for (index, sample) in sound.iter_mut().enumerate() {
        let stroke = index % 12_000;
        let loud = if index < 6 * 48_000 { 1.9 } else { 0.1 };
        *sample *= loud * (-(stroke as f32) / 1500.0).exp();
        if (48_000..5 * 48_000).contains(&index) && stroke >= left {
            *sample = 0.0;
        }
    }
    sound
}

/// What the node makes of strokes, with strokes on its side inputs.
fn through(node: &Node, values: &BTreeMap<String, Param>) -> (Vec<f32>, Box<dyn Processor>) {
    let mut processor = (node.build)(&setup(values));
    let input = [strokes(1, 100), strokes(2, 100)];
    let keys = strokes(3, 0);
    let mut out = Vec::new();
    for from in (0..LENGTH).step_by(QUANTUM) {
        let run = |sound: &[f32]| Run::try_from(&sound[from..from + QUANTUM]).unwrap();
        let mut runs = [run(&input[0]), run(&input[1])];
        let side = |_: &_| Buffer { channels: vec![run(&keys); 2], silent: false };
        let sides: Vec<Buffer> = node.sides.iter().map(side).collect();
        let sample = from as i64;
        let mut block = Block { sample, channels: &mut runs, silent: false, sides: &sides };
        if processor.process(&mut block) == Outcome::Silent {
            runs = [[0.0; QUANTUM]; 2];
        }
        out.extend_from_slice(&runs[0]);
    }
    (out, processor)
}

fn worst(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).fold(0.0, |most, (a, b)| most.max((a - b).abs()))
}

/// A jump from one value to another: before it the node is the one that has the first value; behind it,
/// once what it remembers has passed, it is the one that always had the second.
#[test]
fn every_number_of_every_node_follows_its_keys() {
    for node in nodes::ALL {
        for parameter in node.parameters {
            let Some([first, second]) = ends(parameter) else { continue };
            let of = |param| through(node, &values(node.parameters, parameter.id, param));
            let jump = curve(vec![key(0, first, Ease::Hold), key(FRAME, second, Ease::Hold)]);
            let ((before, _), (behind, _)) = (of(Param::number(first)), of(Param::number(second)));
            let (moved, processor) = of(jump);
            let name = format!("{} of {}", parameter.id, node.id);
            let until = if EXACT.contains(&node.id) { JUMP } else { JUMP - NEAR };
            assert!(worst(&moved[..until], &before[..until]) < 1e-6, "{name} moves too early");
            assert!(worst(&moved[JUMP..], &before[JUMP..]) > 1e-4, "{name} does not move");
            let settled = JUMP + processor.memory() + processor.latency();
            assert!(settled < LENGTH - 48_000, "{name} remembers {}", processor.memory());
            let late = worst(&moved[settled..], &behind[settled..]);
            assert!(late < 1e-5, "{name} is not where it should be: {late}");
        }
    }
}

fn made(generator: &Generator, values: &BTreeMap<String, Param>) -> Box<dyn Generate> {
    (generator.build)(&setup(values))
}

fn filled(generator: &mut dyn Generate, at: i64, length: usize) -> Vec<f32> {
    let mut out = Samples::silence(2, length);
    generator.fill(at, &mut out);
    out.channels()[0].clone()
}

#[test]
fn every_number_of_every_generator_follows_its_keys_and_is_a_function_of_the_sample() {
    let hears =
        |generator: &Generator| generator.parameters.iter().any(|known| known.kind == Kind::Media);
    for generator in generators::ALL.iter().filter(|generator| !hears(generator)) {
        for parameter in generator.parameters {
            let Some([first, second]) = ends(parameter) else { continue };
            let of = |param| made(generator, &values(generator.parameters, parameter.id, param));
            let jump = curve(vec![key(0, first, Ease::Hold), key(FRAME, second, Ease::Hold)]);
            let before = filled(&mut *of(Param::number(first)), 0, 2 * JUMP);
            let moved = filled(&mut *of(jump), 0, 2 * JUMP);
            let name = format!("{} of {}", parameter.id, generator.id);
            let is_foreseen = FORESEEN.contains(&(generator.id, parameter.id));
            let still = if is_foreseen { 0 } else { JUMP - SMEARED };
            assert!(worst(&moved[..still], &before[..still]) < 1e-6, "{name} moves too early");
            assert!(worst(&moved[JUMP..], &before[JUMP..]) > 1e-7, "{name} does not move");
            let mut line =
                of(curve(vec![key(3, first, Ease::Ease), key(70, second, Ease::Linear)]));
            let whole = filled(&mut *line, -1000, 2 * JUMP);
            for at in [0_usize, 17, 70_000, 6_001, 150_000] {
                let piece = filled(&mut *line, at as i64 - 1000, 997);
                assert_eq!(piece, whole[at..at + 997], "{name} at {at}");
            }
        }
    }
}

const GLIDE: &str = r#"
import sys, numpy as np
ours = np.fromfile(sys.argv[1], "<f4").astype(np.float64)
n = len(ours)
frame = np.arange(n * 8) / 8 * 24 / 48000
x = np.clip((frame - 5) / 20, 0, 1)
pitch = 200 + 3800 * (3 * x**2 - 2 * x**3)
turns = np.concatenate([[0], np.cumsum((pitch[1:] + pitch[:-1]) / 2) / (8 * 48000)])
turns = turns[::8]
gain = 10 ** (np.interp(np.arange(n) * 24 / 48000, [2, 30], [-40, -6]) / 20)
best = min(abs(ours - gain * np.sin(2 * np.pi * (turns + p))).max() for p in np.linspace(0, 1, 1001))
print(best)
"#;

/// A tone that glides has the phase that its pitch adds up to.
#[test]
fn a_gliding_tone_is_what_numpy_makes_of_its_pitch() {
    let tone = generators::find("tone").unwrap();
    let pitch = curve(vec![key(5, 200.0, Ease::Ease), key(25, 4000.0, Ease::Linear)]);
    let level = curve(vec![key(2, -40.0, Ease::Linear), key(30, -6.0, Ease::Linear)]);
    let values = BTreeMap::from([("frequency".to_owned(), pitch), ("level".to_owned(), level)]);
    let sound = filled(&mut *made(tone, &values), 0, 72_000);
    let folder = Folder::new();
    let path = folder.file("tone.f32");
    std::fs::write(&path, sound.iter().flat_map(|s| s.to_le_bytes()).collect::<Vec<_>>()).unwrap();
    let said = oracle::python(GLIDE, &[path.to_str().unwrap()]);
    let worst: f64 = String::from_utf8(said).unwrap().trim().parse().unwrap();
    assert!(worst < 2e-3, "{worst}");
}

fn instance(node: &Node, values: BTreeMap<String, Param>) -> NodeInstance {
    NodeInstance {
        id: id("n1"),
        kind: node.id.into(),
        bypass: false,
        values,
        wires: BTreeMap::new(),
        extra: Extra::new(),
    }
}

/// What moves is decided by the film's moment alone: wherever one begins, it is the bounce.
#[test]
fn a_seek_into_moving_parameters_is_the_bounce() {
    for node in nodes::ALL {
        let mut film = Film::new("24", 48_000);
        film.sound("a", Sound::new(48_000, vec![strokes(1, 100), strokes(2, 100)]));
        let moving = |parameter: &Parameter| {
            let [first, second] = ends(parameter)?;
            let keys = vec![key(2, first, Ease::Linear), key(80, second, Ease::Ease)];
            Some((parameter.id.to_owned(), curve(keys)))
        };
        let values = node.parameters.iter().filter_map(moving).collect();
        let track = film.track("t1", vec![item("c1", 100, hard("a", 0))]);
        track.header.strip.nodes.push(instance(node, values));
        let whole = film.bounce(Layout::Stereo);
        let mut mix = film.mix(Layout::Stereo);
        for at in [100_001, 4000, 163_000, 31] {
            mix.seek(at);
            let mut out = Samples::silence(2, 2000);
            mix.render(&mut out);
            let from = at as usize;
            let apart = worst(&out.channels()[0], &whole.channels()[0][from..from + 2000]);
            let most = if FADING.contains(&node.id) { 1e-6 } else { 0.0 };
            assert!(apart <= most, "{}: {apart}", node.id);
        }
    }
}

#[test]
fn a_setting_that_is_keyframed_is_a_problem_and_has_its_first_value() {
    let limiter = nodes::find("limiter").unwrap();
    let keys = || curve(vec![key(0, 5.0, Ease::Linear), key(20, 9.0, Ease::Linear)]);
    let film = |param: Param| {
        let mut film = Film::new("24", 48_000);
        film.sound("a", Sound::new(48_000, vec![noise(1, 48_000)]));
        let values = BTreeMap::from([("look_ahead".to_owned(), param)]);
        let track = film.track("t1", vec![item("c1", 20, hard("a", 0))]);
        track.header.strip.nodes.push(instance(limiter, values));
        film
    };
    let moved = film(keys());
    let (_, problems) =
        roomtone::sound::Mix::new(&moved.timeline(), id("main"), &moved, Layout::Mono);
    let said: Vec<_> = problems.iter().map(|problem| (problem.code, problem.to_string())).collect();
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].0 == "sound-setting-moves" && said[0].1.contains("look_ahead"), "{said:?}");
    assert_eq!(problems[0].severity, Severity::Warning);
}

/// Keys of a made sound count from the clip's first frame, or follow the content through a slip.
#[test]
fn keys_of_a_generator_stay_with_the_clip_or_with_its_content() {
    let film = |follow: Follow, start: i64, source_in: i64| {
        let mut film = Film::new("24", 48_000);
        let keys = vec![key(0, -20.0, Ease::Hold), key(10, -6.0, Ease::Hold)];
        let level = Param::Animated(Curve { keys, follow });
        let values = BTreeMap::from([("level".to_owned(), level)]);
        let made =
            timeline_format::clip::Generator { kind: "noise".into(), values, extra: Extra::new() };
        let mut clip = Clip::new(Source::Generator(made));
        clip.source_in = Ratio::whole(source_in);
        clip.sound.hard = true;
        let mut items = vec![item("c1", 24, clip)];
        if start > 0 {
            items.insert(0, timeline_format::Item::gap(id("g1"), start));
        }
        film.track("t1", items);
        film.bounce(Layout::Stereo)
    };
    let loudest = |sound: &Samples, frame: usize| {
        let runs = &sound.channels()[0][frame * 2000..(frame + 1) * 2000];
        runs.iter().fold(0.0_f32, |most, sample| most.max(sample.abs()))
    };
    for (follow, start, source_in, jump) in [
        (Follow::Clip, 0, 0, 10),
        (Follow::Clip, 7, 0, 17),
        (Follow::Clip, 7, 4, 17),
        (Follow::Content, 7, 4, 13),
        (Follow::Content, 0, 0, 10),
    ] {
        let sound = film(follow, start, source_in);
        let (before, behind) = (loudest(&sound, jump - 1), loudest(&sound, jump));
        assert!(before < 0.11 && behind > 0.4, "{follow:?} {start} {source_in}: {before} {behind}");
        assert!(!bytes(&sound).is_empty());
    }
}
