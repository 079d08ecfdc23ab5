//! What every node and every generator must keep.

use super::rig::{Values, apart, build, node, run};
use crate::sound::film::{Film, Sound, bytes, hard, id, item, noise, sine};
use assert_no_alloc::assert_no_alloc;
use roomtone::signal::parameter::Curve as Scale;
use roomtone::signal::{Kind, Parameter, Samples};
use roomtone::sound::automation::Clock;
use roomtone::sound::generators;
use roomtone::sound::node::{Node, Setup};
use roomtone::sound::nodes;
use roomtone::sound::quantum::QUANTUM;
use roomtone::sound::{Library, Mix};
use std::collections::BTreeMap;
use timeline_format::mix::{Layout, NodeInstance};
use timeline_format::parameter::{Curve, Ease, Follow, Key};
use timeline_format::{Extra, Param, Ratio, Value};

const LAYOUTS: [Layout; 4] = [Layout::Mono, Layout::Stereo, Layout::FiveOne, Layout::SevenOne];

/// A value `part` of the way through the range of a parameter, as a control for it moves.
fn value(parameter: &Parameter, part: f64) -> Value {
    match parameter.kind {
        Kind::Number { least, most, .. } | Kind::Setting { least, most, .. } => {
            Value::Number(match parameter.curve() {
                Scale::Straight => least + (most - least) * part,
                Scale::Logarithmic => least * (most / least).powf(part),
            })
        }
        Kind::Choice { options } => Value::Text(options.last().copied().unwrap().into()),
        Kind::Media => Value::Text(String::new()),
        _ => Value::Flag(true),
    }
}

/// Values away from the defaults, so that the node does something.
fn values(node: &Node) -> Values {
    let values = node.parameters.iter();
    values.map(|known| (known.id.to_owned(), Param::Constant(value(known, 0.4)))).collect()
}

/// The memory of a processor in whole steps, and one more.
fn memory(processor: &dyn roomtone::sound::node::Processor) -> usize {
    (processor.memory() + processor.latency()).next_multiple_of(QUANTUM) + QUANTUM
}

#[test]
fn every_description_is_whole() {
    for node in nodes::ALL {
        let is_name = |name: &str| {
            !name.is_empty()
                && name.chars().all(|c| c.is_ascii_lowercase() || c == '_' || c.is_ascii_digit())
        };
        let is_sentence = |text: &str| text.ends_with('.') && text.len() > 10;
        assert!(is_name(node.id) && is_sentence(node.help) && !node.label.is_empty(), "{node:?}");
        let mut ids: Vec<&str> = node.parameters.iter().map(|known| known.id).collect();
        ids.extend(node.sides.iter().map(|side| side.id));
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count, "{}: two things have one name", node.id);
        assert!(ids.iter().all(|id| is_name(id)), "{}", node.id);
        for known in node.parameters {
            assert!(is_sentence(known.help) && !known.label.is_empty(), "{known:?}");
            match known.kind {
                Kind::Number { least, most, default, .. }
                | Kind::Setting { least, most, default, .. } => {
                    assert!(least < most && (least..=most).contains(&default), "{known:?}");
                }
                Kind::Choice { options } => assert!(options.len() > 1, "{known:?}"),
                _ => {}
            }
        }
    }
}

#[test]
fn every_node_forgets_and_repeats() {
    for node in nodes::ALL {
        let mut processor = build(node, &values(node), Layout::Stereo, 48_000);
        let input = vec![noise(1, 64 * QUANTUM), noise(2, 64 * QUANTUM)];
        let first = run(&mut *processor, &input, None, 0);
        processor.reset();
        assert!(run(&mut *processor, &input, None, 0) == first, "{} repeats", node.id);
        let memory = memory(&*processor);
        run(&mut *processor, &vec![vec![0.0; memory]; 2], None, 0);
        let silence = run(&mut *processor, &vec![vec![0.0; 8 * QUANTUM]; 2], None, 0);
        assert!(silence.iter().flatten().all(|sample| *sample == 0.0), "{} goes on", node.id);
        let again = run(&mut *processor, &input, None, 0);
        assert!(again == first, "{} remembers too long: {}", node.id, apart(&again, &first));
    }
}

/// Whoever begins a node's memory before a sample hears there what is heard from the beginning.
#[test]
fn every_node_is_the_same_wherever_it_begins() {
    for node in nodes::ALL {
        let mut processor = build(node, &values(node), Layout::Stereo, 48_000);
        let memory = memory(&*processor);
        let before = 8 * QUANTUM;
        let length = before + memory + 16 * QUANTUM;
        let input = vec![noise(5, length), noise(6, length)];
        let whole = run(&mut *processor, &input, None, 0);
        processor.reset();
        let late: Vec<Vec<f32>> = input.iter().map(|channel| channel[before..].to_vec()).collect();
        let part = run(&mut *processor, &late, None, before);
        let end = |channels: &[Vec<f32>], from: usize| -> Vec<Vec<f32>> {
            channels.iter().map(|channel| channel[from..].to_vec()).collect()
        };
        let (one, other) = (end(&whole, before + memory), end(&part, memory));
        let peak = one.iter().flatten().fold(1e-3_f32, |peak, sample| peak.max(sample.abs()));
        assert!(apart(&one, &other) <= 1e-6 * peak, "{}: {}", node.id, apart(&one, &other));
    }
}

#[test]
fn every_node_is_as_late_as_it_says() {
    for node in nodes::ALL {
        for rate in [44_100, 48_000, 96_000] {
            let mut processor = build(node, &BTreeMap::new(), Layout::Stereo, rate);
            let mut input = vec![vec![0.0; 64 * QUANTUM]; 2];
            input[0][7] = 0.01;
            input[1][7] = 0.01;
            let out = run(&mut *processor, &input, None, 0);
            for channel in &out {
                let louder = |one: &usize, other: &usize| {
                    channel[*one].abs().total_cmp(&channel[*other].abs())
                };
                let peak = (0..channel.len()).max_by(louder).unwrap();
                assert_eq!(peak, 7 + processor.latency(), "{} at {rate} Hz", node.id);
            }
        }
    }
}

#[test]
fn every_node_is_silent_in_silence() {
    for node in nodes::ALL {
        let mut processor = build(node, &values(node), Layout::Stereo, 48_000);
        let out = run(&mut *processor, &vec![vec![0.0; 64 * QUANTUM]; 2], None, 0);
        assert!(out.iter().flatten().all(|sample| *sample == 0.0), "{}", node.id);
    }
}

/// [`run`] asserts that what comes out is finite.
#[test]
fn every_node_stays_finite_and_recovers() {
    for node in nodes::ALL {
        let mut processor = build(node, &values(node), Layout::Stereo, 48_000);
        let fair = vec![noise(3, 8 * QUANTUM); 2];
        let first = run(&mut *processor, &fair, None, 0);
        let mut input = vec![vec![1e-42_f32; 16 * QUANTUM], vec![f32::MAX; 16 * QUANTUM]];
        input[0][3] = f32::NAN;
        input[0][900] = f32::NEG_INFINITY;
        input[1][4] = f32::INFINITY;
        run(&mut *processor, &input, None, 0);
        let memory = memory(&*processor);
        run(&mut *processor, &vec![vec![0.0; memory]; 2], None, 0);
        assert!(run(&mut *processor, &fair, None, 0) == first, "{}", node.id);
    }
}

#[test]
fn every_node_works_in_every_layout_and_at_every_rate() {
    for node in nodes::ALL {
        for layout in LAYOUTS {
            for rate in [8000, 44_100, 48_000, 96_000, 192_000] {
                let mut processor = build(node, &values(node), layout, rate);
                let channel = |index: usize| noise(index as u64 + 1, 16 * QUANTUM);
                let input: Vec<Vec<f32>> = (0..layout.channels()).map(channel).collect();
                let out = run(&mut *processor, &input, None, 0);
                assert_eq!(out.len(), layout.channels());
                let late = processor.latency() >= 15 * QUANTUM;
                let is_heard = out.iter().flatten().any(|sample| *sample != 0.0);
                assert!(late || is_heard, "{} {layout:?} {rate}", node.id);
            }
        }
    }
}

/// The greatest second difference: what a step of a gain makes large in a slow sine.
fn roughness(channels: &[Vec<f32>]) -> f32 {
    let rough = |channel: &Vec<f32>| {
        let bends = channel[9600..].windows(3).map(|at| (at[0] - 2.0 * at[1] + at[2]).abs());
        bends.fold(0.0_f32, f32::max)
    };
    channels.iter().map(rough).fold(0.0, f32::max)
}

#[test]
fn every_parameter_moves_without_steps() {
    let tone = vec![sine(48_000, 375 * QUANTUM, 100.0, 0.5); 2];
    for node in nodes::ALL {
        for known in node.parameters {
            if !matches!(known.kind, Kind::Number { .. }) {
                continue;
            }
            let heard = |param: Param| {
                let mut values = values(node);
                values.insert(known.id.to_owned(), param);
                let mut processor = build(node, &values, Layout::Stereo, 48_000);
                roughness(&run(&mut *processor, &tone, None, 0))
            };
            let ends = [0.3, 0.45, 0.6].map(|part| heard(Param::Constant(value(known, part))));
            let key = |at, part| Key {
                at: Ratio::whole(at),
                value: value(known, part),
                ease: Ease::Linear,
            };
            let keys = vec![key(0, 0.3), key(1, 0.6)];
            let moving = heard(Param::Animated(Curve { keys, follow: Follow::Clip }));
            let most = ends.into_iter().fold(0.0, f32::max);
            let fault = format!("{} {}: {moving} beside {most}", node.id, known.id);
            assert!(moving <= 2.0 * most + 3e-5, "{fault}");
        }
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
    let mut film = with_node(node("limiter"), false);
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
    let mut film = with_node(node("limiter"), false);
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
fn every_generator_is_a_function_of_its_sample() {
    for generator in generators::ALL {
        let clock = Clock::of_sequence("24".parse().unwrap(), 48_000);
        let values = BTreeMap::new();
        let setup = Setup {
            sample_rate: 48_000,
            layout: Layout::Stereo,
            values: &values,
            clock,
            content: clock,
            library: Library::default(),
        };
        let mut made = (generator.build)(&setup);
        let mut whole = Samples::silence(generator.channels, 10_000);
        made.fill(-3000, &mut whole);
        for at in [9000, 17, 4096] {
            let mut piece = Samples::silence(generator.channels, 997);
            made.fill(at as i64 - 3000, &mut piece);
            assert_eq!(piece.channels()[0], whole.channels()[0][at..at + 997], "{}", generator.id);
        }
    }
}
