//! The same samples whatever the blocks, wherever one begins.

use super::film::{Film, Sound, bytes, clip, id, item, layer, noise, sine};
use crossbeam::channel::after;
use roomtone::signal::Samples;
use roomtone::sound::{Bounce, Mix, SoundFile, Sources};
use std::collections::BTreeMap;
use std::time::Duration;
use timeline_format::mix::{Layout, NodeInstance};
use timeline_format::parameter::{Curve, Ease, Follow, Key, Value};
use timeline_format::{Extra, Frames, Id, Param, Ratio};

/// A film with everything that has a state or a place in time.
fn rich() -> Film {
    let mut film = Film::new("24000/1001", 48_000);
    film.sound("a", Sound::new(48_000, vec![noise(1, 90_000), noise(2, 90_000)]));
    film.sound("b", Sound::new(44_100, vec![noise(3, 90_000), noise(4, 90_000)]));
    film.sound("m", Sound::new(48_000, vec![sine(48_000, 90_000, 997.0, 0.9)]));
    let mut moved = clip("m", 10);
    let key =
        |at, value| Key { at: Frames::whole(at), value: Value::Number(value), ease: Ease::Ease };
    let curve = Curve { keys: vec![key(0, -1.0), key(30, 1.0)], follow: Follow::Clip };
    moved.sound.pan = Some(Param::Animated(curve));
    let mut slow = clip("b", 4000);
    slow.speed = Ratio::new(-3, 4).unwrap();
    let mut looped = clip("a", 80_000);
    looped.sound.loop_fade = Some(Frames::whole(2));
    film.track("t1", vec![item("c1", 20, clip("a", 100)), item("c2", 17, clip("b", 333))]);
    let track = film.free(
        "t2",
        vec![
            ("c3", layer(Ratio::new(7, 3).unwrap(), Frames::whole(30), moved)),
            ("c4", layer(Frames::whole(5), Frames::whole(25), slow)),
            ("c5", layer(Frames::whole(9), Frames::whole(28), looped)),
        ],
    );
    track.header.strip.gain = Some(Param::number(9.0));
    track.header.strip.nodes.push(NodeInstance {
        id: id("n1"),
        kind: "limiter".into(),
        bypass: false,
        values: BTreeMap::new(),
        wires: BTreeMap::new(),
        extra: Extra::new(),
    });
    film
}

#[test]
fn no_length_of_block_changes_a_sample() {
    let film = rich();
    let whole = film.bounce(Layout::Stereo);
    let digest = blake3::hash(&bytes(&whole));
    for block in [1, 64, 441, 512, 1024, 4096] {
        let mut mix = film.mix(Layout::Stereo);
        let mut heard = vec![Vec::new(); 2];
        while heard[0].len() < whole.length() {
            let length = block.min(whole.length() - heard[0].len());
            let mut out = Samples::silence(2, length);
            mix.render(&mut out);
            for (heard, channel) in heard.iter_mut().zip(out.channels()) {
                heard.extend_from_slice(channel);
            }
        }
        let heard = Samples::from_channels(heard);
        assert_eq!(blake3::hash(&bytes(&heard)), digest, "blocks of {block}");
    }
    let loudest = whole.channels().iter().flatten().fold(0.0_f32, |most, s| most.max(s.abs()));
    assert!(loudest > 0.5);
}

#[test]
fn a_thread_that_reads_ahead_changes_no_sample() {
    let film = rich();
    for at in [0, 12_345, -500, 70_000] {
        let mut mix = film.mix(Layout::Stereo);
        mix.seek(at);
        let mut alone = Samples::silence(2, 30_000);
        mix.render(&mut alone);
        for block in [1, 441, 30_000] {
            let mut bounce = Bounce::start(film.mix(Layout::Stereo), at).unwrap();
            let mut heard = vec![Vec::new(); 2];
            while heard[0].len() < alone.length() {
                let mut out = Samples::silence(2, block.min(alone.length() - heard[0].len()));
                bounce.render(&mut out).unwrap();
                for (heard, channel) in heard.iter_mut().zip(out.channels()) {
                    heard.extend_from_slice(channel);
                }
            }
            assert_eq!(bytes(&Samples::from_channels(heard)), bytes(&alone), "{at}, {block}");
        }
    }
}

/// A film whose files are slow to read.
#[derive(Debug)]
struct Tired(Film);

struct TiredFile(Box<dyn SoundFile>);

impl Sources for Tired {
    fn open(&self, media: Id) -> Option<Box<dyn SoundFile>> {
        Some(Box::new(TiredFile(self.0.open(media)?)))
    }
}

impl SoundFile for TiredFile {
    fn rate(&self) -> u32 {
        self.0.rate()
    }

    fn channels(&self) -> usize {
        self.0.channels()
    }

    fn length(&self) -> i64 {
        self.0.length()
    }

    fn read(&mut self, at: i64, out: &mut Samples) {
        assert!(after(Duration::from_millis(1)).recv().is_ok());
        self.0.read(at, out);
    }
}

#[test]
fn nothing_falls_silent_where_reading_is_slower_than_computing() {
    let film = Tired(rich());
    let mix = || Mix::new(&film.0.timeline(), id("main"), &film, Layout::Stereo).0;
    for at in (0..16).map(|step| 20_000 + 128 * step) {
        let mut alone = Samples::silence(2, 5_000);
        let mut single = mix();
        single.seek(at);
        single.render(&mut alone);
        let mut heard = Samples::silence(2, 5_000);
        Bounce::start(mix(), at).unwrap().render(&mut heard).unwrap();
        assert!(bytes(&heard) == bytes(&alone), "from sample {at} on");
    }
}

#[test]
fn no_way_to_a_sample_changes_it() {
    let film = rich();
    let whole = film.bounce(Layout::Stereo);
    let mut mix = film.mix(Layout::Stereo);
    for at in [50_000, 3, 0, 12_345, 2_048, 40_001, 40_000, 70_000, -500] {
        mix.seek(at);
        let mut out = Samples::silence(2, 1500);
        mix.render(&mut out);
        for (whole, heard) in whole.channels().iter().zip(out.channels()) {
            for (index, heard) in (at..).zip(heard) {
                let expected = usize::try_from(index).map_or(0.0, |index| whole[index]);
                assert_eq!(*heard, expected, "sample {index} after a seek to {at}");
            }
        }
    }
}

#[test]
fn ten_hours_end_on_their_sample() {
    let mut film = Film::new("24000/1001", 48_000);
    let frames = 10 * 3600 * 24;
    film.sound("a", Sound::new(48_000, vec![vec![0.25; 100]]));
    let last = layer(Frames::whole(frames - 1), Frames::ONE, clip("a", 0));
    film.free("t1", vec![("c1", last)]);
    let mut mix = film.mix(Layout::Mono);
    assert_eq!(mix.length(), frames * 2002);
    let start = (frames - 1) * 2002;
    mix.seek(start - 2);
    let mut out = Samples::silence(1, 104);
    mix.render(&mut out);
    let expected = [vec![0.0; 2], vec![0.25; 100], vec![0.0; 2]].concat();
    assert_eq!(out.channels()[0], expected);
}
