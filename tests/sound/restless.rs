//! A film that is never left alone: low tones under ever other levels, places, nodes, buses and sends.

use super::dice::Dice;
use super::disk::wave;
use super::film::{Film, Sound, hard, id, item, layer, sine};
use super::nodes::{hall, value};
use crate::support::folder::Folder;
use roomtone::signal::{Kind, Parameter};
use roomtone::sound::node::Node;
use roomtone::sound::nodes;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use timeline_format::mix::{Bus, Layout, NodeInstance, Send, Strip};
use timeline_format::parameter::{Curve, Ease, Follow, Key};
use timeline_format::{Extra, Frames, Param, Value};

/// How long its sounds are.
const SECONDS: usize = 81;

/// The film, and the kinds of nodes that were in it so far.
pub struct Restless {
    pub film: Film,
    pub kinds: BTreeSet<&'static str>,
    _folder: Folder,
}

impl Restless {
    /// Two tones in memory and the same two in Wave files, each at its own rate.
    pub fn new() -> Self {
        let folder = Folder::new();
        let mut film = Film::new("24", 48_000);
        film.sound("hall", hall());
        film.sound("q", Sound::new(48_000, vec![vec![0.0; 200_000]]));
        for (rate, frequency, memory, disk) in [(48_000, 220.0, "s", "f"), (44_100, 97.0, "u", "g")]
        {
            let tone = vec![sine(rate, SECONDS * rate as usize, frequency, 0.3)];
            let path = folder.file(&format!("{disk}.wav"));
            std::fs::write(&path, wave(rate, &tone)).unwrap();
            film.file(disk, path);
            film.sound(memory, Sound::new(rate, tone));
        }
        Self { film, kinds: BTreeSet::new(), _folder: folder }
    }

    /// Everything is another.
    pub fn change(&mut self, dice: &mut Dice) {
        self.film.sequence.tracks.clear();
        self.film.sequence.buses.clear();
        for (index, name) in BUSES.iter().enumerate() {
            let behind = &BUSES[index + 1..];
            let mut strip = self.strip(dice, behind, true);
            strip.solo = false;
            strip.output = behind.first().map(|next| id(next));
            let layout = Layout::Stereo;
            let bus = Bus { name: (*name).into(), role: None, layout, strip, extra: Extra::new() };
            self.film.sequence.buses.insert(id(name), Arc::new(bus));
        }
        for (number, sounds) in [["s", "f"], ["u", "g"], ["f", "g"]].into_iter().enumerate() {
            let mut strip = self.strip(dice, &BUSES[..3], number > 0);
            strip.output = Some(id(BUSES[dice.roll(6) as usize]));
            let sound = sounds[dice.roll(2) as usize];
            let long = [item(&format!("c{number}"), 80 * 24, hard(sound, 0))];
            self.film.track(&format!("t{number}"), long.into()).header.strip = strip;
        }
        self.add_quiet(dice);
    }

    /// All stays but one strip's level and what is on the last track.
    pub fn change_one(&mut self, dice: &mut Dice) {
        let changed = dice.roll(3) as usize;
        let tracks = &mut self.film.sequence.tracks;
        let mut track = (*tracks[changed]).clone();
        track.header.strip.gain = Some(curve(dice, -12.0, 6.0));
        tracks.set(changed, Arc::new(track));
        tracks.truncate(3);
        self.add_quiet(dice);
    }

    fn add_quiet(&mut self, dice: &mut Dice) {
        let at = Frames::whole(dice.roll(1400) as i64);
        let quiet = layer(at, Frames::whole(1 + dice.roll(90) as i64), hard("q", 0));
        self.film.free("t9", vec![("c9", quiet)]);
    }

    fn strip(&mut self, dice: &mut Dice, buses: &[&str], may_listen: bool) -> Strip {
        let (mute, solo) = (dice.roll(6) == 0, dice.roll(9) == 0);
        let mut strip = Strip { mute, solo, ..Strip::default() };
        strip.gain = Some(curve(dice, -12.0, 6.0));
        strip.pan = Some(curve(dice, 0.0, 0.5));
        for number in 0..dice.roll(3) {
            let kind = nodes::ALL[dice.roll(nodes::ALL.len() as u64) as usize];
            self.kinds.insert(kind.id);
            strip.nodes.push(node(&format!("n{number}"), kind, dice, may_listen));
        }
        for to in buses {
            if dice.roll(2) == 0 {
                let gain = Some(curve(dice, -20.0, 6.0));
                strip.sends.push(Send { to: id(to), gain, pre: dice.roll(2) == 0 });
            }
        }
        strip
    }
}

const BUSES: [&str; 6] = ["b1", "b2", "b3", "b4", "b5", "b6"];

/// A node with some values; it listens to the first track, if it may and can.
fn node(name: &str, kind: &Node, dice: &mut Dice, may_listen: bool) -> NodeInstance {
    let listens = may_listen && dice.roll(3) > 0;
    let sides = kind.sides.iter().filter(|_| listens);
    let values = kind.parameters.iter().map(|known| (known.id.to_owned(), param(known, dice)));
    NodeInstance {
        id: id(name),
        kind: kind.id.into(),
        bypass: false,
        values: values.collect(),
        wires: sides.map(|side| (side.id.to_owned(), id("t0"))).collect::<BTreeMap<_, _>>(),
        extra: Extra::new(),
    }
}

/// A value in the middle of the range; what can move does so in every second case.
fn param(known: &Parameter, dice: &mut Dice) -> Param {
    match known.kind {
        Kind::Number { .. } if dice.roll(2) == 0 => {
            let ends = [0.35, 0.55].map(|part| value(known, part));
            let [Value::Number(least), Value::Number(most)] = ends else { unreachable!() };
            curve(dice, f64::midpoint(least, most), (most - least) / 2.0)
        }
        Kind::Choice { options } => {
            let word = options[dice.roll(options.len() as u64) as usize];
            Param::Constant(Value::Text(word.into()))
        }
        _ => Param::Constant(value(known, dice.between(0.3, 0.6))),
    }
}

/// A slow curve around `middle`: whatever it moves, it moves without a step.
fn curve(dice: &mut Dice, middle: f64, width: f64) -> Param {
    let mut at = 0;
    let keys = (0..=dice.roll(30)).map(|_| {
        at += 5 + dice.roll(50) as i64;
        let value = Value::Number(middle + dice.between(-width, width));
        let ease = [Ease::Linear, Ease::Ease][dice.roll(2) as usize];
        Key { at: Frames::whole(at), value, ease }
    });
    Param::Animated(Curve { keys: keys.collect(), follow: Follow::Clip })
}
