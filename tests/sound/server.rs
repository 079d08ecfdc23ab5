//! A real sound server: what its monitor records is what the film gives, to the last bit and from beginning
//! to end.
//!
//! A server on a busy machine may come too late and leave something out: then it is asked again, some times,
//! until one recording is whole. What is whole proves it; what is not proves nothing.

use super::disk::wave;
use crate::support::{folder::Folder, oracle, program};
use roomtone::play::Room;
use roomtone::sound::device::{Capture, Form};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How often the server is asked again.
const ATTEMPTS: usize = 8;
const PROGRAMS: [&str; 4] = ["ffmpeg", "pulseaudio", "pactl", "parec"];

/// A sound server of our own, with a device of 48 kHz that nobody hears. It ends with the test.
struct Server {
    child: Child,
    home: Folder,
}

const SINK: [&str; 5] =
    ["module-null-sink", "sink_name=room", "rate=48000", "channels=2", "format=float32le"];

#[expect(clippy::disallowed_methods, reason = "a sound server is another program")]
fn command(program: &str, home: &Path) -> Command {
    let mut command = Command::new(program);
    let socket = format!("unix:{}", home.join("native").display());
    command.env("PULSE_SERVER", socket).env("XDG_RUNTIME_DIR", home).env("HOME", home);
    command.stdin(Stdio::null()).stderr(Stdio::null());
    command
}

fn wait(milliseconds: u64) {
    std::thread::park_timeout(Duration::from_millis(milliseconds));
}

impl Server {
    fn start() -> Self {
        let home = Folder::new();
        let protocol = format!(
            "module-native-protocol-unix socket={} auth-anonymous=1",
            home.file("native").display()
        );
        let child = command("pulseaudio", home.path())
            .args(["-n", "--daemonize=no", "--exit-idle-time=-1", "--realtime=no"])
            .args(["--high-priority=no", "-L", &protocol, "-L", &SINK.join(" ")])
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let server = Self { child, home };
        let start = Instant::now();
        while !server.ask(&["list", "short", "sinks"]).contains("room") {
            assert!(start.elapsed() < Duration::from_secs(20), "the sound server does not answer");
            wait(20);
        }
        server
    }

    /// What the server answers to these words.
    fn ask(&self, words: &[&str]) -> String {
        let said = command("pactl", self.home.path()).args(words).output().unwrap();
        String::from_utf8_lossy(&said.stdout).into_owned()
    }

    /// Starts to play `film` as a person does.
    fn play(&self, film: &Path) -> Child {
        let words = ["play", film.to_str().unwrap(), "--json"];
        let mut play = command(env!("CARGO_BIN_EXE_roomtone"), self.home.path());
        play.args(words).stdout(Stdio::piped()).spawn().unwrap()
    }

    /// Records what the device is given while `film` plays; with what the program said.
    fn record(&self, film: &Path) -> (Vec<f32>, String) {
        let recorder = Recorder::start(self);
        let said = ended(self.play(film));
        (recorder.stop(), said)
    }
}

/// What a program said that has done what it was to do.
fn ended(child: Child) -> String {
    let done = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(done.status.success(), "{said}");
    said
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// Somebody who writes down what the device is given. They end with the device, at the latest.
struct Recorder {
    child: Child,
    folder: Folder,
}

impl Recorder {
    fn start(server: &Server) -> Self {
        let folder = Folder::new();
        let raw = folder.file("heard.raw");
        let child = command("parec", server.home.path())
            .args(["-d", "room.monitor", "--format=float32le", "--channels=2"])
            .args(["--rate=48000", "--latency-msec=50"])
            .stdout(std::fs::File::create(&raw).unwrap())
            .spawn()
            .unwrap();
        let start = Instant::now();
        while !std::fs::metadata(&raw).is_ok_and(|facts| facts.len() > 0) {
            assert!(start.elapsed() < Duration::from_secs(20), "nothing is recorded");
            wait(5);
        }
        Self { child, folder }
    }

    fn stop(mut self) -> Vec<f32> {
        drop(self.child.kill());
        self.child.wait().unwrap();
        floats(&std::fs::read(self.folder.file("heard.raw")).unwrap())
    }
}

fn floats(bytes: &[u8]) -> Vec<f32> {
    bytes.chunks_exact(4).map(|four| f32::from_le_bytes(four.try_into().unwrap())).collect()
}

/// The document of a film of `frames` frames at 24 a second, over `noise.wav` at `rate`.
fn document(rate: u32, frames: usize) -> String {
    let length = frames * rate as usize / 24;
    format!(
        r#"{{"format": 2, "min_reader": 2,
        "settings": {{"raster": "64x36", "rate": "24", "sound": {rate}, "main": "main"}},
        "media": {{"n": {{"path": "noise.wav", "kind": "sound", "length": {length},
            "sound": {{"rate": {rate}, "channels": 2}}}}}},
        "clips": {{"c": {{"length": {frames}, "media": "n", "in": 0}}}},
        "tracks": {{"a1": {{"kind": "sound", "order": ["c", ""]}}}},
        "sequences": {{"main": {{"rate": "24", "tracks": ["a1", ""]}}}}}}"#
    )
}

/// A film of some seconds of noise.
fn film(folder: &Folder, seconds: usize) {
    let noise = "anoisesrc=c=pink:r=48000:a=0.2:seed=5,aformat=channel_layouts=stereo";
    let (wave, length) = (folder.file("noise.wav"), seconds.to_string());
    let wave = wave.to_str().unwrap();
    oracle::ffmpeg(&["-y", "-f", "lavfi", "-i", noise, "-t", &length, "-c:a", "pcm_f32le", wave]);
    std::fs::write(folder.file("film.roomtone"), document(48_000, 24 * seconds)).unwrap();
}

fn bounce(folder: &Folder) -> Vec<f32> {
    program::done(folder.path(), "bounce film.roomtone -o mix.wav --bits 32f");
    let mix = folder.file("mix.wav");
    floats(&oracle::ffmpeg(&["-i", mix.to_str().unwrap(), "-f", "f32le", "-"]))
}

/// Frames that pass while the gate opens.
const OPEN: usize = 240;

/// Where `part`, frames of both channels, lies in `whole`, to the bit: the number of its first sample.
fn place(whole: &[f32], part: &[f32]) -> Option<usize> {
    whole.windows(part.len()).step_by(2).position(|window| window == part).map(|frame| 2 * frame)
}

/// Whether `heard` holds all of `made` behind the opening of the gate, and then nothing.
fn is_whole(heard: &[f32], made: &[f32]) -> bool {
    let made = &made[2 * OPEN..];
    let Some(at) = place(heard, &made[..1024]) else { return false };
    let (heard, rest) = heard[at..].split_at((heard.len() - at).min(made.len()));
    heard == made && rest.iter().all(|sample| *sample == 0.0)
}

/// Asks until the answer is whole.
#[track_caller]
fn until_whole(ask: impl Fn() -> bool) {
    assert!((0..ATTEMPTS).any(|_| ask()), "of {ATTEMPTS} recordings, none is whole");
}

/// The time that 64 frames last: who takes them sooner than a device would, has them before they are read.
const STEP: Duration = Duration::from_micros(1333);

#[test]
fn a_seek_in_a_film_that_plays_goes_on_with_the_bounce_of_that_place() {
    const TEST: &str = "a_seek_in_a_film_that_plays_goes_on_with_the_bounce_of_that_place";
    if !oracle::have("ffmpeg", TEST) {
        return;
    }
    let folder = Folder::new();
    film(&folder, 2);
    let made = bounce(&folder);
    let (timeline, _) = roomtone::project::open(&folder.file("film.roomtone")).unwrap();
    let device = Capture::new(None);
    let timeline = timeline.into();
    let room = Room::open(&timeline, folder.path(), 0..96_000, Box::new(device.clone())).unwrap();
    assert!(device.take(4800).is_some());
    room.go(48_000);
    let (start, mut heard) = (Instant::now(), Vec::new());
    while room.clock().now().is_none_or(|sample| sample < 72_000.0) {
        assert!(start.elapsed() < Duration::from_secs(20), "the seek did not come");
        heard.extend(device.take(64).unwrap());
        std::thread::park_timeout(STEP);
    }
    let end = &heard[heard.len() - 2 * 2048..];
    assert!(place(&made[2 * 60_000..], end).is_some());
    assert_eq!(room.gate().underruns(), 0);
}

#[test]
fn what_a_sound_server_is_given_is_the_bounce() {
    const TEST: &str = "what_a_sound_server_is_given_is_the_bounce";
    if !PROGRAMS.iter().all(|name| oracle::have(name, TEST)) {
        return;
    }
    let folder = Folder::new();
    film(&folder, 2);
    let made = bounce(&folder);
    let server = Server::start();
    until_whole(|| is_whole(&server.record(&folder.file("film.roomtone")).0, &made));
}

/// The server takes the device away while a film plays, and gives another: the film goes on without it, and then
/// with it, to its end.
#[test]
fn a_film_outlives_the_device_of_its_server() {
    const TEST: &str = "a_film_outlives_the_device_of_its_server";
    if !PROGRAMS.iter().all(|name| oracle::have(name, TEST)) {
        return;
    }
    let folder = Folder::new();
    film(&folder, 8);
    let server = Server::start();
    let mut play = server.play(&folder.file("film.roomtone"));
    wait(2500);
    server.ask(&["unload-module", "module-null-sink"]);
    wait(1500);
    server.ask(&[&["load-module"], &SINK[..]].concat());
    let start = Instant::now();
    while play.try_wait().unwrap().is_none() {
        if start.elapsed() > Duration::from_mins(1) {
            play.kill().unwrap();
        }
        wait(50);
    }
    let said = ended(play);
    assert!(said.contains("goes on without it") && said.contains("is back"), "{said}");
}

/// A tone that rises from 200 Hz to 10 kHz within two seconds, at a time.
fn rising(time: f64) -> f64 {
    0.3 * (std::f64::consts::TAU * (200.0 + 2450.0 * time) * time).sin()
}

/// The film of that tone at 44.1 kHz. It begins and ends in the middle of its swing.
fn rising_film(folder: &Folder) {
    let sample = |index: usize| rising(index as f64 / 44_100.0) as f32;
    let tone: Vec<f32> = (0..88_200).map(sample).collect();
    std::fs::write(folder.file("noise.wav"), wave(44_100, &[tone.clone(), tone])).unwrap();
    std::fs::write(folder.file("film.roomtone"), document(44_100, 48)).unwrap();
}

/// What a device of 48 kHz is given of the film of 44.1 kHz: as many frames as the film lasts.
fn given(folder: &Folder) -> Vec<f32> {
    let (timeline, _) = roomtone::project::open(&folder.file("film.roomtone")).unwrap();
    let device = Capture::new(Some(Form { rate: 48_000, channels: 2 }));
    let lent = Box::new(device.clone());
    let room = Room::open(&timeline.into(), folder.path(), 0..88_200, lent).unwrap();
    let mut heard = Vec::new();
    while heard.len() < 2 * 96_000 {
        heard.extend(device.take(64).unwrap());
        std::thread::park_timeout(STEP);
    }
    assert_eq!(room.missed(), 0);
    heard
}

#[test]
fn a_film_of_another_rate_is_brought_to_that_of_the_server_once_and_well() {
    const TEST: &str = "a_film_of_another_rate_is_brought_to_that_of_the_server_once_and_well";
    if !PROGRAMS.iter().all(|name| oracle::have(name, TEST)) {
        return;
    }
    let folder = Folder::new();
    rising_film(&folder);
    let given = given(&folder);
    let apart = |late: f64, frames: std::ops::Range<usize>| {
        let error = |frame: usize| {
            (f64::from(given[2 * frame]) - rising((frame as f64 - late) / 48_000.0)).abs()
        };
        frames.map(error).fold(0.0, f64::max)
    };
    let lates = (0..4000).map(|half| f64::from(half) / 2.0);
    let late = lates.min_by(|a, b| apart(*a, 40_000..40_100).total_cmp(&apart(*b, 40_000..40_100)));
    let apart = apart(late.unwrap(), 4800..94_000);
    assert!(apart < 1e-5, "{apart} beside the tone itself, {late:?} frames late");
    let server = Server::start();
    until_whole(|| {
        let (heard, said) = server.record(&folder.file("film.roomtone"));
        assert!(said.contains("48000 Hz, 2 channels"), "the server converts: {said}");
        let made = &given[2 * OPEN..];
        place(&heard, &made[..1024]).is_some_and(|at| heard[at..].starts_with(made))
    });
}
