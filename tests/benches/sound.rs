//! What playing costs: a core's load under 256 tracks, how soon a seek is heard, a paced device.
//!
//! `cargo bench --bench sound`, or one part of it: `cargo bench --bench sound -- tracks` (`world`, `seeks`,
//! `edits`, `paced`).
//! ROOMTONE_SECONDS is how much film the tracks play (default 20; 600 for ten minutes).
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "this is a bench program")]

mod inert;
mod paced;
mod swaps;
mod worked;

use roomtone::signal::Samples;
use roomtone::sound::nodes;
use roomtone::sound::quantum::QUANTUM;
use roomtone::sound::{Mix, SoundFile, Sources};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};
use timeline_format::clip::Generator;
use timeline_format::media::{MediaKind, SoundStream};
use timeline_format::mix::{Bus, Layout, NodeInstance, Send, Strip};
use timeline_format::sequence::Raster;
use timeline_format::track::{Content, Place, TrackKind};
use timeline_format::{
    Clip, Extra, Fade, FadeShape, Frames, Id, Item, Layered, Media, Param, Reel, Sequence, Source,
    Timeline, Track, Value,
};

use worked::worked;

const RATE: u32 = 48_000;
const TRACKS: usize = 256;
/// What is read ahead, in samples.
const AHEAD: usize = 32_768;
/// Steps from which is known how long one takes.
const WARM: i64 = 500;

/// Noise that falls off towards the top as most sounds do, a function of `seed`.
fn noise(seed: u64, length: usize) -> Vec<f32> {
    let mut bits = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut last = 0.0;
    let mut next = || {
        bits ^= bits << 13;
        bits ^= bits >> 7;
        bits ^= bits << 17;
        last = 0.8 * last + 0.2 * ((bits >> 40) as f32 / 8_388_608.0 - 1.0);
        last
    };
    (0..length).map(|_| next()).collect()
}

/// The value below which `part` of the sorted times lie, in nanoseconds.
fn quantile(sorted: &[Duration], part: f64) -> f64 {
    let index = ((sorted.len() - 1) as f64 * part).round() as usize;
    sorted[index].as_nanos() as f64
}

fn median(times: &[Duration]) -> Duration {
    let mut sorted = times.to_vec();
    sorted.sort();
    sorted[sorted.len() / 2]
}

/// How long a step lasts, in nanoseconds.
fn period() -> f64 {
    QUANTUM as f64 / f64::from(RATE) * 1e9
}

/// How such times lie, as parts of what a step lasts.
fn spread(mut times: Vec<Duration>) -> String {
    times.sort();
    let load = |part| 100.0 * quantile(&times, part) / period();
    let [middle, most, nearly_all, worst] = [0.5, 0.99, 0.999, 1.0].map(load);
    format!("p50 {middle:.1} %  p99 {most:.1} %  p99.9 {nearly_all:.1} %  worst {worst:.1} %")
}

/// A sound in memory that goes round and round.
struct Round(Arc<[Vec<f32>; 2]>);

impl SoundFile for Round {
    fn rate(&self) -> u32 {
        RATE
    }

    fn channels(&self) -> usize {
        2
    }

    fn length(&self) -> i64 {
        i64::from(RATE) * 3600
    }

    fn read(&mut self, at: i64, out: &mut Samples) {
        for (from, to) in self.0.iter().zip(out.channels_mut()) {
            let length = from.len();
            let (mut done, mut place) = (0, at.rem_euclid(length as i64) as usize);
            while done < to.len() {
                let count = (length - place).min(to.len() - done);
                to[done..done + count].copy_from_slice(&from[place..place + count]);
                (done, place) = (done + count, 0);
            }
        }
    }
}

struct Shelf(BTreeMap<Id, Arc<[Vec<f32>; 2]>>);

impl Sources for Shelf {
    fn open(&self, media: Id) -> Option<Box<dyn SoundFile>> {
        Some(Box::new(Round(Arc::clone(self.0.get(&media)?))))
    }
}

fn id(text: &str) -> Id {
    Id::parse(text).unwrap()
}

fn instance(name: &str, kind: &str, stated: &[(&str, Value)]) -> Option<NodeInstance> {
    let node = nodes::find(kind)?;
    let known = |id: &str| node.parameters.iter().any(|parameter| parameter.id == id);
    let values = stated.iter().filter(|(id, _)| known(id));
    let values = values.map(|(id, value)| ((*id).into(), Param::Constant(value.clone())));
    Some(NodeInstance {
        id: id(name),
        kind: kind.into(),
        bypass: false,
        values: values.collect(),
        wires: BTreeMap::new(),
        extra: Extra::new(),
    })
}

/// What is on every track: an equalizer whose four bands all work, and a compressor that works.
fn chain() -> Vec<NodeInstance> {
    let bands = ["low_gain", "low_middle_gain", "high_middle_gain", "high_gain"];
    let gains: Vec<_> = bands.iter().map(|band| (*band, Value::Number(3.0))).collect();
    let squeeze = [("threshold", Value::Number(-30.0)), ("ratio", Value::Number(4.0))];
    let made = [instance("eq", "eq", &gains), instance("comp", "compressor", &squeeze)];
    made.into_iter().flatten().collect()
}

/// Tracks of stereo clips with fades, gain, pan, nodes, and a send to a bus with a reverb.
fn film(seconds: i64) -> (Timeline, Shelf) {
    film_of(TRACKS, &[], seconds)
}

/// Generators that a world is made of.
const WORLD: [&str; 10] = [
    "room_tone",
    "wind",
    "rain",
    "traffic",
    "city",
    "fabric",
    "footsteps",
    "water",
    "sea",
    "ventilation",
];

/// So many such tracks, and a track for each of some generators.
fn film_of(tracks: usize, made: &[&str], seconds: i64) -> (Timeline, Shelf) {
    let rate: timeline_format::Rate = "24".parse().unwrap();
    let raster = Raster { width: 64, height: 36 };
    let mut timeline = Timeline::new(raster, rate, RATE, id("main"));
    let mut sequence = Sequence::new(rate);
    let mut shelf = BTreeMap::new();
    for number in 0..8 {
        let name = format!("a{number}");
        let mut media = Media::new(MediaKind::Sound, format!("{name}.wav"));
        media.sound = Some(SoundStream::default());
        timeline.media.insert(id(&name), Arc::new(media));
        let length = 5 * RATE as usize + 7919 * number;
        let sound = [1, 2].map(|channel| noise(2 * number as u64 + channel, length));
        shelf.insert(id(&name), Arc::new(sound));
    }
    let reverb = ["reverb", "plate", "hall", "convolver"].iter();
    let reverb = reverb.copied().find_map(|kind| instance("r", kind, &[]));
    let strip = Strip { nodes: reverb.into_iter().collect(), ..Strip::default() };
    for (name, strip) in [("main", Strip::default()), ("room", strip)] {
        let layout = Layout::Stereo;
        let bus = Bus { name: name.into(), role: None, layout, strip, extra: Extra::new() };
        sequence.buses.insert(id(name), Arc::new(bus));
    }
    for number in 0..tracks {
        sequence.tracks.push_back(Arc::new(track(number, seconds)));
    }
    for kind in made {
        sequence.tracks.push_back(Arc::new(bed(kind, seconds)));
    }
    (timeline.with_sequence(id("main"), sequence), Shelf(shelf))
}

fn bed(kind: &str, seconds: i64) -> Track {
    let made = Generator { kind: kind.into(), values: BTreeMap::new(), extra: Extra::new() };
    let (at, length) = (Place::Absolute(Frames::ZERO), Frames::whole(24 * seconds + 96));
    let item = Layered { at, length, clip: Clip::new(Source::Generator(made)) };
    let mut track = Track::free(id(&format!("m-{}", kind.replace('_', "-"))), TrackKind::Sound);
    track.content = Content::Free([(id("bed"), Arc::new(item))].into_iter().collect());
    track
}

fn track(number: usize, seconds: i64) -> Track {
    let clip = |part: i64| {
        let mut clip = Clip::new(Source::Media(id(&format!("a{}", number % 8))));
        clip.source_in = Frames::whole((number as i64 * 3001 + part * 40_000) % 400_000);
        let fade = Fade { length: Frames::whole(6), shape: FadeShape::EqualPower };
        (clip.sound.fade_in, clip.sound.fade_out) = (Some(fade), Some(fade));
        Item::clip(id(&format!("c{number}-{part}")), 4 * 24, clip)
    };
    let items: Reel = (0..=seconds / 4).map(clip).collect();
    let name = id(&format!("t{number}"));
    let mut track = Track::sequential(name, TrackKind::Sound);
    track.content = Content::Sequential(items);
    let spread = number as f64 / TRACKS as f64;
    track.header.strip = Strip {
        gain: Some(Param::number(-30.0 - 6.0 * spread)),
        pan: Some(Param::number(1.8 * spread - 0.9)),
        nodes: chain(),
        sends: vec![Send { to: id("room"), gain: Some(Param::number(-12.0)), pre: false }],
        ..Strip::default()
    };
    track
}

/// The thread that plays, step by step, beside nothing else; what is read ahead for it is timed apart.
fn measure_tracks(seconds: i64) {
    let (timeline, shelf) = film(seconds);
    let start = Instant::now();
    let (mix, problems) = Mix::ahead(&timeline, id("main"), &shelf, Layout::Stereo, AHEAD);
    assert!(problems.is_empty(), "{problems:?}");
    let (mut feed, mut render) = mix.split();
    feed.seek(0);
    render.seek(0);
    let made = start.elapsed();
    let mut out = Samples::silence(2, QUANTUM);
    let start = Instant::now();
    feed.advance();
    let steps = seconds * i64::from(RATE) / QUANTUM as i64;
    let (mut times, mut fed) = (Vec::with_capacity(steps as usize), Duration::ZERO);
    render.render(&mut out);
    let cold = start.elapsed();
    let mut inert = Vec::with_capacity(steps as usize);
    let mut turns = 0;
    for step in 1..steps {
        let start = worked();
        feed.advance();
        fed += worked().saturating_sub(start);
        let start = worked();
        render.render(&mut out);
        times.push(worked().saturating_sub(start));
        if step == WARM {
            turns = inert::turns_of(median(&times));
        }
        if step >= WARM {
            inert.push(inert::timed(turns));
        }
    }
    let names: Vec<&str> = chain().iter().map(|node| nodes::find(&node.kind).unwrap().id).collect();
    println!(
        "\n{TRACKS} stereo tracks of clips with fades, gain, pan, {}, a send; {seconds} s of film",
        names.join(", ")
    );
    println!(
        "  in steps of {QUANTUM} samples, processor time as a part of the {:.2} ms that a step lasts:",
        period() / 1e6
    );
    println!("  {}", spread(times));
    println!("  a loop that touches no memory, made as long, after each: {}", spread(inert));
    println!(
        "  read ahead by another thread: {:.1} % of a core",
        100.0 * fed.as_secs_f64() / seconds as f64
    );
    println!(
        "  made in {:.1} ms, first step after {:.1} ms, missed {}",
        made.as_secs_f64() * 1e3,
        cold.as_secs_f64() * 1e3,
        feed.missed()
    );
}

/// A world of sound on one core: layers and generators, read, made and mixed.
fn measure_world(seconds: i64) {
    let (timeline, shelf) = film_of(64, &WORLD, seconds);
    let (mix, problems) = Mix::ahead(&timeline, id("main"), &shelf, Layout::Stereo, AHEAD);
    assert!(problems.is_empty(), "{problems:?}");
    let (mut feed, mut render) = mix.split();
    feed.seek(0);
    render.seek(0);
    feed.advance();
    let mut out = Samples::silence(2, QUANTUM);
    let steps = seconds * i64::from(RATE) / QUANTUM as i64;
    let (mut times, mut fed) = (Vec::with_capacity(steps as usize), Duration::ZERO);
    for _ in 0..steps {
        let start = worked();
        feed.advance();
        fed += worked().saturating_sub(start);
        let start = worked();
        render.render(&mut out);
        times.push(worked().saturating_sub(start));
    }
    let rendered: Duration = times.iter().sum();
    times.sort();
    let share = |time: Duration| 100.0 * time.as_secs_f64() / seconds as f64;
    println!("\n64 of those tracks and ten generators; {seconds} s of film");
    println!("  {}", WORLD.join(", "));
    println!(
        "  of a core: {:.1} % in all, {:.1} % made and read ahead, {:.1} % mixed (a step's p99.9 {:.1} %)",
        share(fed + rendered),
        share(fed),
        share(rendered),
        100.0 * quantile(&times, 0.999) / period()
    );
}

fn seconds() -> i64 {
    let stated = std::env::var("ROOMTONE_SECONDS").ok().and_then(|text| text.parse().ok());
    stated.unwrap_or(20)
}

fn main() {
    let wanted = std::env::args().skip(1).find(|word| !word.starts_with('-'));
    let wants = |name: &str| wanted.as_deref().is_none_or(|word| word == name);
    if wants("tracks") {
        measure_tracks(seconds());
    }
    if wants("world") {
        measure_world(seconds());
    }
    if wants("seeks") {
        swaps::measure_seeks();
        swaps::measure_files();
    }
    if wants("edits") {
        swaps::measure_edits();
    }
    if wants("paced") {
        paced::measure(seconds());
    }
}
