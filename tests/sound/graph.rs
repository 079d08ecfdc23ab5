//! The graph itself: paths that meet, however late they are.

use super::film::noise;
use assert_no_alloc::assert_no_alloc;
use roomtone::sound::graph::{Graph, Name, Stage};
use roomtone::sound::layout::Matrix;
use roomtone::sound::node::{Block, Outcome, Processor};
use roomtone::sound::quantum::QUANTUM;
use std::collections::VecDeque;
use timeline_format::Id;
use timeline_format::mix::Layout;

/// Plays noise: a function of the sample.
#[derive(Debug)]
struct Source(Vec<f32>);

impl Processor for Source {
    fn process(&mut self, block: &mut Block<'_>) -> Outcome {
        let from = block.sample as usize;
        block.channels[0].copy_from_slice(&self.0[from..from + QUANTUM]);
        Outcome::Written
    }
}

/// Late by some samples, and says so.
#[derive(Debug)]
struct Late {
    line: VecDeque<f32>,
    length: usize,
    sign: f32,
}

impl Late {
    fn new(length: usize, sign: f32) -> Box<Self> {
        let mut line = VecDeque::with_capacity(length + 1);
        line.resize(length, 0.0);
        Box::new(Self { line, length, sign })
    }
}

impl Processor for Late {
    fn process(&mut self, block: &mut Block<'_>) -> Outcome {
        for sample in &mut block.channels[0] {
            self.line.push_back(*sample);
            *sample = self.sign * self.line.pop_front().unwrap();
        }
        Outcome::Written
    }

    fn latency(&self) -> usize {
        self.length
    }
}

fn name(number: usize, stage: Stage) -> Name {
    Name { strip: Id::parse(&format!("n{number:03}")), stage }
}

const DELAYS: [usize; 5] = [0, 1, 64, 1023, 4096];

/// The loudest sample of `quanta` steps of the graph that `build` makes, after its latency.
fn loudest(graph: Graph, end: usize, skip: usize) -> f32 {
    let mut schedule = graph.compile(end).unwrap();
    let mut most = 0.0_f32;
    for quantum in 0..100 {
        let result = assert_no_alloc(|| schedule.run((quantum * QUANTUM) as i64).clone_into_run());
        if quantum * QUANTUM >= skip {
            most = result.iter().fold(most, |most, sample| most.max(sample.abs()));
        }
    }
    most
}

trait CloneIntoRun {
    fn clone_into_run(&self) -> [f32; QUANTUM];
}

impl CloneIntoRun for roomtone::sound::quantum::Buffer {
    fn clone_into_run(&self) -> [f32; QUANTUM] {
        if self.silent { [0.0; QUANTUM] } else { self.channels[0] }
    }
}

fn mono() -> Matrix {
    Matrix::of_layouts(Layout::Mono, Layout::Mono)
}

fn source(graph: &mut Graph) -> usize {
    graph.add(name(0, Stage::Source), 1, 1, Box::new(Source(noise(1, 100 * QUANTUM))))
}

#[test]
fn parallel_paths_of_any_latency_cancel() {
    for first in DELAYS {
        for second in DELAYS {
            let mut graph = Graph::default();
            let from = source(&mut graph);
            let end = graph.add(name(9, Stage::Fader), 1, 1, Late::new(0, 1.0));
            for (number, late, sign) in [(1, first, 1.0), (2, second, -1.0)] {
                let path = graph.add(name(number, Stage::Fader), 1, 1, Late::new(late, sign));
                graph.connect(from, path, mono());
                graph.connect(path, end, mono());
            }
            assert_eq!(loudest(graph, end, 0), 0.0, "{first} and {second}");
        }
    }
}

#[test]
fn all_paths_at_once_cancel_and_one_of_them_does_not() {
    for paths in [2 * DELAYS.len(), 2 * DELAYS.len() - 1] {
        let mut graph = Graph::default();
        let from = source(&mut graph);
        let end = graph.add(name(99, Stage::Fader), 1, 1, Late::new(0, 1.0));
        for number in 0..paths {
            let sign = if number % 2 == 0 { 1.0 } else { -1.0 };
            let late = Late::new(DELAYS[number * 7 % 5], sign);
            let path = graph.add(name(number + 1, Stage::Fader), 1, 1, late);
            graph.connect(from, path, mono());
            graph.connect(path, end, mono());
        }
        let most = loudest(graph, end, 5000);
        if paths % 2 == 0 { assert!(most < 1e-6, "{most}") } else { assert!(most > 0.4) }
    }
}

/// Six buses in a row, each late by another amount, against the way around all of them.
#[test]
fn six_buses_in_a_row_meet_the_way_around_them() {
    let mut graph = Graph::default();
    let from = source(&mut graph);
    let end = graph.add(name(99, Stage::Fader), 1, 1, Late::new(0, 1.0));
    let mut last = from;
    for (number, late) in [1, 64, 1023, 0, 7, 4096].into_iter().enumerate() {
        let bus = graph.add(name(number + 1, Stage::Fader), 1, 1, Late::new(late, 1.0));
        graph.connect(last, bus, mono());
        last = bus;
    }
    let around = graph.add(name(50, Stage::Fader), 1, 1, Late::new(0, -1.0));
    graph.connect(from, around, mono());
    graph.connect(around, end, mono());
    graph.connect(last, end, mono());
    assert_eq!(loudest(graph, end, 0), 0.0);
}

/// Takes its side input away from what it works on.
#[derive(Debug)]
struct Minus;

impl Processor for Minus {
    fn process(&mut self, block: &mut Block<'_>) -> Outcome {
        let side = block.side(0).map_or([0.0; QUANTUM], |side| side[0]);
        block.channels[0].iter_mut().zip(&side).for_each(|(sample, side)| *sample -= side);
        Outcome::Written
    }
}

#[test]
fn a_side_input_comes_in_time() {
    for (main, side) in [(64, 4096), (1023, 1), (0, 0)] {
        let mut graph = Graph::default();
        let from = source(&mut graph);
        let end = graph.add(name(9, Stage::Fader), 1, 1, Box::new(Minus));
        let paths = [main, side].map(|late| {
            let path = graph.add(
                name(late + 1, Stage::Insert(Id::parse("x").unwrap())),
                1,
                1,
                Late::new(late, 1.0),
            );
            graph.connect(from, path, mono());
            path
        });
        graph.connect(paths[0], end, mono());
        graph.connect_side(paths[1], end, 0, mono());
        assert_eq!(loudest(graph, end, 0), 0.0, "{main} and {side}");
    }
}

#[test]
fn wires_in_a_circle_are_refused() {
    let mut graph = Graph::default();
    let first = graph.add(name(1, Stage::Fader), 1, 1, Late::new(0, 1.0));
    let second = graph.add(name(2, Stage::Fader), 1, 1, Late::new(0, 1.0));
    graph.connect(first, second, mono());
    graph.connect_side(second, first, 0, mono());
    assert!(graph.compile(second).is_err());
}
