//! What dies away in a node costs no more than what sounds, and lives on through edits elsewhere.

use super::film::{Sound, hard, item, noise};
use super::nodes::{build, film_with, key, nodes_with_keys, values};
use super::player::Player;
use roomtone::sound::node::{Block, Node, Processor};
use roomtone::sound::nodes;
use roomtone::sound::quantum::{Buffer, QUANTUM, Run, settle};
use std::time::{Duration, Instant};
use timeline_format::mix::Layout;

/// Steps that are timed together: the best of many is what the work takes, whoever else is at work.
const BATCH: usize = 16;
/// What looking at the clock may take, beside the steps of a batch.
const CLOCK: Duration = Duration::from_micros(3);

/// The time that the quickest batch from quantum `from` to `to` took, with `input` in both channels.
fn time(
    node: &mut dyn Processor,
    input: &[f32],
    key: Option<&[f32]>,
    from: usize,
    to: usize,
) -> Duration {
    let mut best = Duration::MAX;
    for batch in (from..to).step_by(BATCH) {
        let mut spent = Duration::ZERO;
        for quantum in batch..batch + BATCH {
            let buffer = |samples: &[f32]| {
                let mut channels = vec![run(samples, quantum); 2];
                settle(&mut channels);
                let silent = channels.iter().flatten().all(|sample| *sample == 0.0);
                Buffer { channels, silent }
            };
            let sides: Vec<Buffer> = key.map(buffer).into_iter().collect();
            let Buffer { mut channels, silent } = buffer(input);
            let sample = (quantum * QUANTUM) as i64;
            let mut block = Block { sample, channels: &mut channels, silent, sides: &sides };
            let start = Instant::now();
            node.process(&mut block);
            spent += start.elapsed();
        }
        best = best.min(spent);
    }
    best
}

/// The samples of a step; behind the last there is silence.
fn run(samples: &[f32], quantum: usize) -> Run {
    let at = |index: usize| samples.get(quantum * QUANTUM + index).copied().unwrap_or(0.0);
    std::array::from_fn(at)
}

/// Where numbers got too small to be held in full, the same work would take ten to a hundred times as long.
#[test]
fn every_node_is_as_quick_on_what_dies_away_as_on_noise() {
    const LOUD: usize = 512;
    const WINDOW: usize = 16 * BATCH;
    for (node, is_keyed) in nodes_with_keys() {
        let mut processor = build(node, &values(node), Layout::Stereo, 48_000);
        let input = noise(1, LOUD * QUANTUM);
        let key = key(is_keyed, 1, LOUD * QUANTUM);
        let key = key.as_ref().map(|key| &key[0][..]);
        let busy = time(&mut *processor, &input, key, 0, LOUD);
        let tail =
            (processor.memory() / QUANTUM).next_multiple_of(WINDOW).clamp(WINDOW, 40 * WINDOW);
        for window in (LOUD..LOUD + tail).step_by(WINDOW) {
            let quiet = time(&mut *processor, &input, key, window, window + WINDOW);
            assert!(quiet < busy * 4 + CLOCK, "{}: {quiet:?} at {window}, {busy:?}", node.id);
        }
    }
}

/// A sound that is nearly nothing, on and on: what settles in the graph is no trap for what is computed of it.
#[test]
fn every_node_is_as_quick_on_next_to_nothing_as_on_noise() {
    const WINDOW: usize = 16 * BATCH;
    for (node, is_keyed) in nodes_with_keys() {
        let mut processor = build(node, &values(node), Layout::Stereo, 48_000);
        let input = noise(1, 2 * WINDOW * QUANTUM);
        let key = key(is_keyed, 1, 2 * WINDOW * QUANTUM);
        let key = key.as_ref().map(|key| &key[0][..]);
        let busy = time(&mut *processor, &input, key, 0, WINDOW);
        for level in [1e-8, 1e-12, 1e-15, 4e-17] {
            let faint: Vec<f32> = input.iter().map(|sample| sample * level).collect();
            let quiet = time(&mut *processor, &faint, key, WINDOW, 2 * WINDOW);
            assert!(quiet < busy * 4 + CLOCK, "{}: {quiet:?} at {level}, {busy:?}", node.id);
        }
    }
}

/// Strokes that die away, in two channels.
fn strokes() -> Sound {
    let mut strokes = [noise(1, 4 * 48_000), noise(2, 4 * 48_000)];
    for stroke in strokes.iter_mut().flat_map(|run| run.chunks_mut(19_000)) {
        for (index, sample) in stroke.iter_mut().enumerate() {
            *sample *= (-(index as f32) / 900.0).exp();
        }
    }
    Sound::new(48_000, strokes.into())
}

/// Tails and envelopes go on: what is heard is the bounce, to the bit, though the film is edited up to five
/// times a second.
#[test]
fn every_node_lives_on_through_edits_elsewhere() {
    for node in nodes::ALL {
        check_life(node);
    }
}

fn check_life(node: &Node) {
    let mut film = film_with(node, strokes());
    film.sound("q", Sound::new(48_000, vec![vec![0.0; 48_000]]));
    let bounce = film.bounce(Layout::Stereo);
    let tracks = film.sequence.tracks.len();
    let mut player = Player::new(&film);
    let late = build(node, &values(node), Layout::Stereo, 48_000).latency();
    let (mut edits, mut made) = (0, 0);
    while player.heard.len() < 3 * 48_000 {
        player.play(&film, 9600 + late.next_multiple_of(480), 480);
        made += usize::from(player.control.is_exact());
        edits += 1;
        film.sequence.tracks.truncate(tracks);
        let length = 1 + (player.heard.len() / 9600 % 5) as i64;
        film.track("t2", vec![item("c2", length, hard("q", 0))]);
        player.edit(&film);
    }
    assert!(made + 2 >= edits && edits > 4, "{}: {made} of {edits} edits were made", node.id);
    let pairs = player.heard.iter().zip(&bounce.channels()[0]);
    let wrong = pairs.into_iter().position(|(heard, made)| heard != made);
    assert_eq!(wrong, None, "{}", node.id);
    assert_eq!(player.control.missed(), 0, "{}", node.id);
}
