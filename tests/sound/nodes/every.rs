//! What every node and every generator must keep.

use super::rig::{
    Values, apart, build, film_with, key, node, nodes_with_keys, run, run_raw, value, values,
};
use crate::sound::film::{Film, Sound, bytes, hard, id, item, noise, sine};
use assert_no_alloc::assert_no_alloc;
use roomtone::signal::{Kind, Samples};
use roomtone::sound::automation::Clock;
use roomtone::sound::generators;
use roomtone::sound::node::{Node, Setup};
use roomtone::sound::nodes;
use roomtone::sound::quantum::QUANTUM;
use roomtone::sound::{Library, Mix};
use std::collections::BTreeMap;
use timeline_format::mix::{Layout, NodeInstance};
use timeline_format::parameter::{Curve, Ease, Follow, Key};
use timeline_format::{Param, Ratio};

const LAYOUTS: [Layout; 4] = [Layout::Mono, Layout::Stereo, Layout::FiveOne, Layout::SevenOne];

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
    for (node, is_keyed) in nodes_with_keys() {
        let mut processor = build(node, &values(node), Layout::Stereo, 48_000);
        let input = vec![noise(1, 64 * QUANTUM), noise(2, 64 * QUANTUM)];
        let key = key(is_keyed, 1, 64 * QUANTUM);
        let first = run(&mut *processor, &input, key.as_deref(), 0);
        processor.reset();
        assert!(run(&mut *processor, &input, key.as_deref(), 0) == first, "{} repeats", node.id);
        let memory = memory(&*processor);
        run(&mut *processor, &silence(memory), quiet(is_keyed, memory).as_deref(), 0);
        let rest = run(&mut *processor, &silence(8 * QUANTUM), None, 0);
        assert!(rest.iter().flatten().all(|sample| *sample == 0.0), "{} goes on", node.id);
        let again = run(&mut *processor, &input, key.as_deref(), 0);
        assert!(again == first, "{} remembers too long: {}", node.id, apart(&again, &first));
    }
}

fn silence(length: usize) -> Vec<Vec<f32>> {
    vec![vec![0.0; length]; 2]
}

/// A key that says nothing, for a node that listens to one.
fn quiet(is_keyed: bool, length: usize) -> Option<Vec<Vec<f32>>> {
    is_keyed.then(|| silence(length))
}

/// What is left of some channels from a sample on.
fn end(channels: &[Vec<f32>], from: usize) -> Vec<Vec<f32>> {
    channels.iter().map(|channel| channel[from..].to_vec()).collect()
}

/// Whoever begins a node's memory before a sample hears there what is heard from the beginning.
#[test]
fn every_node_is_the_same_wherever_it_begins() {
    for (node, is_keyed) in nodes_with_keys() {
        let mut processor = build(node, &values(node), Layout::Stereo, 48_000);
        let memory = memory(&*processor);
        let before = 8 * QUANTUM;
        let length = before + memory + 16 * QUANTUM;
        let input = vec![noise(5, length), noise(6, length)];
        let key = key(is_keyed, 5, length);
        let whole = run(&mut *processor, &input, key.as_deref(), 0);
        processor.reset();
        let late_key = key.map(|key| end(&key, before));
        let part = run(&mut *processor, &end(&input, before), late_key.as_deref(), before);
        let (one, other) = (end(&whole, before + memory), end(&part, memory));
        let peak = one.iter().flatten().fold(1e-3_f32, |peak, sample| peak.max(sample.abs()));
        assert!(apart(&one, &other) <= 1e-6 * peak, "{}: {}", node.id, apart(&one, &other));
    }
}

/// The defaults, and whatever changes how late a node says it is; every look ahead, said or not.
fn latenesses(node: &Node, rate: u32) -> Vec<Values> {
    let late = |values: &Values| build(node, values, Layout::Stereo, rate).latency();
    let mut all = vec![Values::new()];
    let usual = late(&all[0]);
    for known in node.parameters {
        for part in [0.0, 0.4, 1.0] {
            let values = Values::from([(known.id.to_owned(), Param::Constant(value(known, part)))]);
            if known.id == "look_ahead" || late(&values) != usual {
                all.push(values);
            }
        }
    }
    all
}

#[test]
fn every_node_is_as_late_as_it_says() {
    let mut settings = 0;
    for node in nodes::ALL {
        for rate in [44_100, 48_000, 96_000] {
            for values in latenesses(node, rate) {
                let mut processor = build(node, &values, Layout::Stereo, rate);
                let late = processor.latency().div_ceil(QUANTUM);
                let mut input = silence((64 + late) * QUANTUM);
                input.iter_mut().for_each(|channel| channel[7] = 0.01);
                let out = run(&mut *processor, &input, None, 0);
                for channel in &out {
                    let place = peak(channel);
                    assert_eq!(place, 7 + processor.latency(), "{} {rate} {values:?}", node.id);
                }
                settings += usize::from(!values.is_empty());
            }
        }
    }
    assert!(settings >= 3 * 10, "only {settings} settings that make something late");
}

/// Where the loudest sample is.
fn peak(channel: &[f32]) -> usize {
    let louder = |one: &usize, other: &usize| channel[*one].abs().total_cmp(&channel[*other].abs());
    (0..channel.len()).max_by(louder).unwrap()
}

#[test]
fn every_node_is_silent_in_silence() {
    for (node, is_keyed) in nodes_with_keys() {
        let mut processor = build(node, &values(node), Layout::Stereo, 48_000);
        let key = key(is_keyed, 1, 64 * QUANTUM);
        let out = run(&mut *processor, &silence(64 * QUANTUM), key.as_deref(), 0);
        assert!(out.iter().flatten().all(|sample| *sample == 0.0), "{}", node.id);
    }
}

/// A gain that something else decides is there when the sound begins, and does not begin with it.
#[test]
fn every_key_is_heard_before_there_is_a_sound() {
    for node in nodes::ALL.iter().filter(|node| !node.sides.is_empty()) {
        let length = 256 * QUANTUM;
        let mut values = BTreeMap::new();
        values.insert("threshold".to_owned(), Param::number(-30.0));
        let key = vec![sine(48_000, length, 1000.0, 0.9); 2];
        let tone = vec![sine(48_000, length, 300.0, 0.25); 2];
        let mut late = tone.clone();
        late.iter_mut().for_each(|channel| channel[..length / 2].fill(0.0));
        let heard = |key: &[Vec<f32>], input: &[Vec<f32>]| {
            let mut processor = build(node, &values, Layout::Stereo, 48_000);
            end(&run(&mut *processor, input, Some(key), 0), length / 2)
        };
        let (from_the_start, later) = (heard(&key, &tone), heard(&key, &late));
        assert!(from_the_start != heard(&silence(length), &tone), "{} hears no key", node.id);
        assert!(from_the_start == later, "{}: {}", node.id, apart(&from_the_start, &later));
    }
}

/// Numbers that break sums: none at all, endless, the greatest, and too small to be held in full.
fn broken() -> Vec<Vec<f32>> {
    let mut input = vec![vec![1e-42_f32; 16 * QUANTUM], vec![f32::MAX; 16 * QUANTUM]];
    input[0][3] = f32::NAN;
    input[0][900] = f32::NEG_INFINITY;
    input[1][4] = f32::INFINITY;
    input
}

/// [`run`] asserts that what comes out is finite.
#[test]
fn every_node_stays_finite_and_recovers() {
    check_recovery(run);
}

/// The graph settles whatever travels in it: no node is given such numbers. Should one be, by a fault in
/// another, it has no more of them than of anything else that it heard.
#[test]
fn every_node_forgets_even_what_nothing_has_settled() {
    check_recovery(run_raw);
}

type Run = fn(
    &mut dyn roomtone::sound::node::Processor,
    &[Vec<f32>],
    Option<&[Vec<f32>]>,
    usize,
) -> Vec<Vec<f32>>;

fn check_recovery(run_broken: Run) {
    for (node, is_keyed) in nodes_with_keys() {
        let mut processor = build(node, &values(node), Layout::Stereo, 48_000);
        let fair = vec![noise(3, 8 * QUANTUM); 2];
        let key = key(is_keyed, 3, 8 * QUANTUM);
        let first = run(&mut *processor, &fair, key.as_deref(), 0);
        let mut broken_key = broken();
        broken_key.reverse();
        let broken_key = is_keyed.then_some(broken_key);
        run_broken(&mut *processor, &broken(), broken_key.as_deref(), 0);
        let memory = memory(&*processor);
        run_broken(&mut *processor, &silence(memory), quiet(is_keyed, memory).as_deref(), 0);
        let again = run(&mut *processor, &fair, key.as_deref(), 0);
        assert!(again == first, "{}: {}", node.id, apart(&again, &first));
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
    let loud = vec![sine(48_000, 375 * QUANTUM, 500.0, 0.9); 2];
    for (node, is_keyed) in nodes_with_keys() {
        let side = is_keyed.then_some(&loud[..]);
        for known in node.parameters {
            if !matches!(known.kind, Kind::Number { .. }) {
                continue;
            }
            let heard = |param: Param| {
                let mut values = values(node);
                values.insert(known.id.to_owned(), param);
                let mut processor = build(node, &values, Layout::Stereo, 48_000);
                roughness(&run(&mut *processor, &tone, side, 0))
            };
            let ends = [0.3, 0.45, 0.6].map(|part| heard(Param::Constant(value(known, part))));
            let stand = |at, part| {
                let (at, value) = (Ratio::whole(at), value(known, part));
                Key { at, value, ease: Ease::Linear }
            };
            let keys = vec![stand(0, 0.3), stand(1, 0.6)];
            let moving = heard(Param::Animated(Curve { keys, follow: Follow::Clip }));
            let most = ends.into_iter().fold(0.0, f32::max);
            let fault = format!("{} {}: {moving} beside {most}", node.id, known.id);
            assert!(moving <= 2.0 * most + 3e-5, "{fault}");
        }
    }
}

fn with_node(node: &Node) -> Film {
    film_with(node, Sound::new(48_000, vec![noise(1, 40_000), noise(2, 40_000)]))
}

/// The film with other nodes on its first strip.
fn change(film: &Film, change: impl FnOnce(&mut Vec<NodeInstance>)) -> Film {
    let mut film = film.clone();
    let mut track = (*film.sequence.tracks[0]).clone();
    change(&mut track.header.strip.nodes);
    film.sequence.tracks.set(0, track.into());
    film
}

#[test]
fn every_node_is_gone_when_bypassed_and_the_same_in_any_block() {
    for node in nodes::ALL {
        let film = with_node(node);
        let plain = bytes(&change(&film, Vec::clear).bounce(Layout::Stereo));
        let bypassed = change(&film, |nodes| nodes[0].bypass = true);
        assert!(bytes(&bypassed.bounce(Layout::Stereo)) == plain, "{}", node.id);
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
    let mut film = with_node(node("limiter"));
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
    let mut film = change(&with_node(node("limiter")), |nodes| nodes[0].values.clear());
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
