//! What every node and every generator must keep, and the limiter against a true-peak meter.

use super::film::{Film, Sound, bytes, hard, id, item, noise, sine};
use assert_no_alloc::assert_no_alloc;
use roomtone::signal::{Kind, Samples};
use roomtone::sound::Mix;
use roomtone::sound::automation::Clock;
use roomtone::sound::generators;
use roomtone::sound::node::{Block, Node, Outcome, Processor, Setup};
use roomtone::sound::nodes;
use roomtone::sound::quantum::{QUANTUM, Run};
use std::collections::BTreeMap;
use timeline_format::mix::{Layout, NodeInstance};
use timeline_format::{Extra, Param, Value};

/// Values away from the defaults, so that the node does something.
fn values(node: &Node) -> BTreeMap<String, Param> {
    let value = |kind| match kind {
        Kind::Number { least, most, .. } | Kind::Setting { least, most, .. } => {
            Value::Number(least + (most - least) * 0.4)
        }
        Kind::Choice { options } => Value::Text(options.last().copied().unwrap().into()),
        _ => Value::Flag(true),
    };
    let values = node.parameters.iter();
    values.map(|known| (known.id.to_owned(), Param::Constant(value(known.kind)))).collect()
}

fn build(node: &Node, values: &BTreeMap<String, Param>) -> Box<dyn Processor> {
    let clock = Clock::of_sequence("24".parse().unwrap(), 48_000);
    let layout = Layout::Stereo;
    let setup = Setup { sample_rate: 48_000, layout, values, clock, content: clock };
    (node.build)(&setup)
}

fn through(processor: &mut dyn Processor, input: &[Vec<f32>]) -> Vec<Vec<f32>> {
    let mut out = vec![Vec::new(); input.len()];
    for quantum in 0..input[0].len() / QUANTUM {
        let from = quantum * QUANTUM;
        let run = |channel: &Vec<f32>| Run::try_from(&channel[from..from + QUANTUM]).unwrap();
        let mut runs: Vec<Run> = input.iter().map(run).collect();
        let silent = runs.iter().flatten().all(|sample| *sample == 0.0);
        let sample = from as i64;
        let mut block = Block { sample, channels: &mut runs, silent, sides: &[] };
        if assert_no_alloc(|| processor.process(&mut block)) == Outcome::Silent {
            runs.fill([0.0; QUANTUM]);
        }
        out.iter_mut().zip(&runs).for_each(|(out, run)| out.extend_from_slice(run));
    }
    out
}

#[test]
fn every_node_forgets_and_repeats() {
    for node in nodes::ALL {
        let mut processor = build(node, &values(node));
        let input = vec![noise(1, 64 * QUANTUM), noise(2, 64 * QUANTUM)];
        let first = through(&mut *processor, &input);
        processor.reset();
        assert_eq!(through(&mut *processor, &input), first, "{}", node.id);
        let memory = processor.memory().next_multiple_of(QUANTUM);
        through(&mut *processor, &vec![vec![0.0; memory + QUANTUM]; 2]);
        assert_eq!(through(&mut *processor, &input), first, "{} remembers too long", node.id);
    }
}

#[test]
fn every_node_is_as_late_as_it_says_and_silent_after_silence() {
    for node in nodes::ALL {
        let mut processor = build(node, &BTreeMap::new());
        let mut input = vec![vec![0.0; 32 * QUANTUM]; 2];
        input[0][7] = 0.25;
        input[1][7] = 0.25;
        let out = through(&mut *processor, &input);
        let first = out[0].iter().position(|sample| *sample != 0.0);
        assert_eq!(first, Some(7 + processor.latency()), "{}", node.id);
        assert!(out[0][8 + processor.latency()..].iter().all(|sample| *sample == 0.0));
    }
}

#[test]
fn every_node_stays_finite() {
    for node in nodes::ALL {
        let mut processor = build(node, &values(node));
        let mut input = vec![vec![1e-42_f32; 8 * QUANTUM], vec![1e6; 8 * QUANTUM]];
        let out = through(&mut *processor, &input);
        assert!(out.iter().flatten().all(|sample| sample.is_finite()), "{}", node.id);
        input[0][3] = f32::NAN;
        input[1][4] = f32::INFINITY;
        through(&mut *processor, &input);
        let memory = processor.memory().next_multiple_of(QUANTUM);
        through(&mut *processor, &vec![vec![0.0; memory + QUANTUM]; 2]);
        let out = through(&mut *processor, &vec![noise(3, 8 * QUANTUM); 2]);
        assert!(out.iter().flatten().all(|sample| sample.is_finite()), "{}", node.id);
    }
}

fn with_node(node: &Node, bypass: bool) -> Film {
    let mut film = Film::new("24", 48_000);
    film.sound("a", Sound::new(48_000, vec![noise(1, 48_000), noise(2, 48_000)]));
    let track = film.track("t1", vec![item("c1", 20, hard("a", 0))]);
    track.header.strip.nodes.push(NodeInstance {
        id: id("n1"),
        kind: node.id.into(),
        bypass,
        values: values(node),
        wires: BTreeMap::new(),
        extra: Extra::new(),
    });
    film
}

#[test]
fn every_node_is_gone_when_bypassed_and_the_same_in_any_block() {
    let mut plain = with_node(nodes::ALL[0], true);
    let mut track = (*plain.sequence.tracks[0]).clone();
    track.header.strip.nodes.clear();
    plain.sequence.tracks.set(0, track.into());
    let plain = bytes(&plain.bounce(Layout::Stereo));
    for node in nodes::ALL {
        assert!(bytes(&with_node(node, true).bounce(Layout::Stereo)) == plain, "{}", node.id);
        let film = with_node(node, false);
        let whole = film.bounce(Layout::Stereo);
        for length in [1, 64, 997] {
            let mut mix = film.mix(Layout::Stereo);
            for block in 0..(4000 / length) {
                let mut out = Samples::silence(2, length);
                mix.render(&mut out);
                let from = block * length;
                assert_eq!(out.channels()[1], whole.channels()[1][from..from + length]);
            }
        }
    }
}

#[test]
fn rendering_allocates_nothing() {
    let mut film = with_node(nodes::find("limiter").unwrap(), false);
    film.sound("b", Sound::new(44_100, vec![noise(5, 48_000)]));
    film.track("t2", vec![item("c2", 10, hard("b", 0)), item("c3", 10, hard("a", 90))]);
    let whole = film.bounce(Layout::Stereo);
    let (mix, _) = Mix::ahead(&film.timeline(), id("main"), &film, Layout::Stereo, 8192);
    let (mut feed, mut render) = mix.split();
    let mut out = Samples::silence(2, 500);
    for at in [0, 20_000, 3, 15_000] {
        feed.seek(at);
        assert_no_alloc(|| render.seek(at));
        for block in 0..10 {
            feed.advance();
            assert_no_alloc(|| render.render(&mut out));
            let from = at as usize + block * 500;
            assert_eq!(out.channels()[0], whole.channels()[0][from..from + 500]);
        }
    }
    assert_eq!(feed.missed(), 0);
    assert_no_alloc(|| {
        for _ in 0..400 {
            render.render(&mut out);
        }
    });
    assert!(feed.missed() > 0, "with nothing read ahead there is silence, and it is counted");
}

#[test]
fn paths_of_different_latency_meet_in_time() {
    let mut film = with_node(nodes::find("limiter").unwrap(), false);
    let mut limited = (*film.sequence.tracks[0]).clone();
    limited.header.strip.nodes[0].values.clear();
    film.sequence.tracks.set(0, limited.into());
    let quiet = noise(1, 48_000).iter().map(|sample| -sample).collect();
    let other = noise(2, 48_000).iter().map(|sample| -sample).collect();
    film.sound("b", Sound::new(48_000, vec![quiet, other]));
    film.track("t2", vec![item("c2", 20, hard("b", 0))]);
    let heard = film.bounce(Layout::Stereo);
    assert!(heard.channels().iter().flatten().all(|sample| *sample == 0.0));
}

#[test]
fn the_limiter_lets_no_true_peak_through() {
    let limiter = nodes::find("limiter").unwrap();
    let mut processor = build(limiter, &BTreeMap::new());
    let mut loud = sine(48_000, 400 * QUANTUM, 11_987.0, 1.0);
    for (index, sample) in loud.iter_mut().enumerate() {
        *sample *= (index as f32 / 20_000.0).min(2.5);
    }
    let out = through(&mut *processor, &[loud.clone(), loud]);
    let mut meter = ebur128::EbuR128::new(2, 48_000, ebur128::Mode::TRUE_PEAK).unwrap();
    meter.add_frames_planar_f32(&[&out[0], &out[1]]).unwrap();
    let peak = 20.0 * meter.true_peak(0).unwrap().log10();
    assert!(peak < -0.8 && peak > -1.6, "{peak} dBTP");
}

#[test]
fn every_generator_is_a_function_of_its_sample() {
    for generator in generators::ALL {
        let clock = Clock::of_sequence("24".parse().unwrap(), 48_000);
        let values = BTreeMap::new();
        let (layout, values) = (Layout::Stereo, &values);
        let setup = Setup { sample_rate: 48_000, layout, values, clock, content: clock };
        let made = (generator.build)(&setup);
        let mut whole = Samples::silence(generator.channels, 10_000);
        made.fill(-3000, &mut whole);
        for at in [9000, 17, 4096] {
            let mut piece = Samples::silence(generator.channels, 997);
            made.fill(at as i64 - 3000, &mut piece);
            assert_eq!(piece.channels()[0], whole.channels()[0][at..at + 997], "{}", generator.id);
        }
    }
}
