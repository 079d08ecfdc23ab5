//! What dies away in a node costs no more than what sounds, and lives on through edits elsewhere.

use super::film::{Film, Sound, hard, id, item, noise};
use roomtone::signal::{Kind, Samples};
use roomtone::sound::automation::Clock;
use roomtone::sound::live;
use roomtone::sound::node::{Block, Node, Processor, Setup};
use roomtone::sound::nodes;
use roomtone::sound::quantum::{QUANTUM, Run};
use roomtone::sound::{Library, Mix};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};
use timeline_format::mix::{Layout, NodeInstance};
use timeline_format::{Extra, Param};

/// Values away from the defaults, so that the node does something.
fn values(node: &Node) -> BTreeMap<String, Param> {
    let number = |kind| match kind {
        Kind::Number { least, most, .. } | Kind::Setting { least, most, .. } => {
            Some(Param::number(least + (most - least) * 0.4))
        }
        _ => None,
    };
    let stated = node.parameters.iter();
    stated.filter_map(|known| Some((known.id.to_owned(), number(known.kind)?))).collect()
}

fn build(node: &Node) -> Box<dyn Processor> {
    let values = values(node);
    let clock = Clock::of_sequence("24".parse().unwrap(), 48_000);
    let layout = Layout::Stereo;
    (node.build)(&Setup {
        sample_rate: 48_000,
        layout,
        values: &values,
        clock,
        content: clock,
        library: Library::default(),
    })
}

/// Steps that are timed together: the best of many is what the work takes, whoever else is at work.
const BATCH: usize = 16;

/// The time that the quickest batch from quantum `from` to `to` took, with `input` in both channels.
fn time(node: &mut dyn Processor, input: &[f32], from: usize, to: usize) -> Duration {
    let mut best = Duration::MAX;
    for batch in (from..to).step_by(BATCH) {
        let mut spent = Duration::ZERO;
        for quantum in batch..batch + BATCH {
            let at = quantum * QUANTUM;
            let run = Run::try_from(&input[at..at + QUANTUM]).unwrap();
            let silent = run.iter().all(|sample| *sample == 0.0);
            let mut channels = [run; 2];
            let sample = at as i64;
            let mut block = Block { sample, channels: &mut channels, silent, sides: &[] };
            let start = Instant::now();
            node.process(&mut block);
            spent += start.elapsed();
        }
        best = best.min(spent);
    }
    best
}

/// Where numbers got too small to be held in full, the same work would take ten to a hundred times as long.
#[test]
fn every_node_is_as_quick_on_what_dies_away_as_on_noise() {
    const LOUD: usize = 512;
    const WINDOW: usize = 16 * BATCH;
    for node in nodes::ALL {
        let mut processor = build(node);
        let mut input = noise(1, LOUD * QUANTUM);
        let busy = time(&mut *processor, &input, 0, LOUD);
        let tail =
            (processor.memory() / QUANTUM).next_multiple_of(WINDOW).clamp(WINDOW, 40 * WINDOW);
        input.resize((LOUD + tail) * QUANTUM, 0.0);
        for window in (LOUD..LOUD + tail).step_by(WINDOW) {
            let quiet = time(&mut *processor, &input, window, window + WINDOW);
            let most = busy * 4 + Duration::from_micros(20);
            assert!(quiet < most, "{}: {quiet:?} at {window}, {busy:?} on noise", node.id);
        }
    }
}

fn film(node: &Node) -> Film {
    let mut film = Film::new("24", 48_000);
    let mut strokes = [noise(1, 4 * 48_000), noise(2, 4 * 48_000)];
    for stroke in strokes.iter_mut().flat_map(|run| run.chunks_mut(19_000)) {
        for (index, sample) in stroke.iter_mut().enumerate() {
            *sample *= (-(index as f32) / 900.0).exp();
        }
    }
    film.sound("a", Sound::new(48_000, strokes.into()));
    film.sound("q", Sound::new(48_000, vec![vec![0.0; 48_000]]));
    let track = film.track("t1", vec![item("c1", 4 * 24, hard("a", 0))]);
    track.header.strip.nodes.push(NodeInstance {
        id: id("n1"),
        kind: node.id.into(),
        bypass: false,
        values: values(node),
        wires: BTreeMap::new(),
        extra: Extra::new(),
    });
    film
}

/// Tails and envelopes go on: what is heard is the bounce, though the graph is made anew five times a
/// second.
#[test]
fn every_node_lives_on_through_edits_elsewhere() {
    const AHEAD: usize = 16_384;
    for node in nodes::ALL {
        let mut film = film(node);
        let bounce = film.bounce(Layout::Stereo);
        let mix =
            |film: &Film| Mix::ahead(&film.timeline(), id("main"), film, Layout::Stereo, AHEAD).0;
        let (mut control, mut live) = live::start(mix(&film), 0);
        let mut heard = Vec::new();
        while heard.len() < 3 * 48_000 {
            let mut out = Samples::silence(2, 480);
            control.advance();
            live.render(&mut out);
            heard.extend_from_slice(&out.channels()[0]);
            if heard.len() % 9600 == 0 {
                film.sequence.tracks.truncate(1);
                let length = 1 + (heard.len() / 9600 % 5) as i64;
                film.track("t2", vec![item("c2", length, hard("q", 0))]);
                control.replace(mix(&film));
            }
        }
        let pairs = heard.iter().zip(&bounce.channels()[0]);
        let worst = pairs.fold(0.0_f32, |most, (a, b)| most.max((a - b).abs()));
        assert!(worst < 1e-5, "{}: {worst}", node.id);
        assert_eq!(control.missed(), 0, "{}", node.id);
    }
}
