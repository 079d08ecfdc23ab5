//! A real sound server: what its monitor records is the bounce.

use crate::support::{folder::Folder, oracle, program};
use roomtone::play::Room;
use roomtone::sound::device::Capture;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A sound server of our own, with a device that nobody hears. It ends with the test.
struct Server {
    child: Child,
    home: Folder,
}

#[expect(clippy::disallowed_methods, reason = "a sound server is another program")]
fn command(program: &str, home: &Path) -> Command {
    let mut command = Command::new(program);
    let socket = format!("unix:{}", home.join("native").display());
    command.env("PULSE_SERVER", socket).env("XDG_RUNTIME_DIR", home).env("HOME", home);
    command.stdin(Stdio::null()).stderr(Stdio::null());
    command
}

impl Server {
    fn start(rate: u32) -> Self {
        let home = Folder::new();
        let protocol = format!(
            "module-native-protocol-unix socket={} auth-anonymous=1",
            home.file("native").display()
        );
        let sink =
            format!("module-null-sink sink_name=room rate={rate} channels=2 format=float32le");
        let child = command("pulseaudio", home.path())
            .args(["-n", "--daemonize=no", "--exit-idle-time=-1", "--realtime=no"])
            .args(["--high-priority=no", "-L", &protocol, "-L", &sink])
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let server = Self { child, home };
        let start = Instant::now();
        while !server.answers() {
            assert!(start.elapsed() < Duration::from_secs(20), "the sound server does not answer");
        }
        server
    }

    fn answers(&self) -> bool {
        let said = command("pactl", self.home.path()).args(["list", "short", "sinks"]).output();
        said.is_ok_and(|said| String::from_utf8_lossy(&said.stdout).contains("room"))
    }

    /// Records what the device is given while `roomtone` plays `film`.
    fn record(&self, film: &Path, rate: u32) -> Vec<f32> {
        let raw = self.home.file("heard.raw");
        let mut recorder = command("parec", self.home.path())
            .args(["-d", "room.monitor", "--format=float32le", "--channels=2"])
            .args([&format!("--rate={rate}"), "--latency-msec=50"])
            .stdout(std::fs::File::create(&raw).unwrap())
            .spawn()
            .unwrap();
        let has_begun = || std::fs::metadata(&raw).is_ok_and(|facts| facts.len() > 0);
        let start = Instant::now();
        while !has_begun() {
            assert!(start.elapsed() < Duration::from_secs(20), "nothing is recorded");
        }
        let played = command(env!("CARGO_BIN_EXE_roomtone"), self.home.path())
            .args(["play", film.to_str().unwrap(), "--json"])
            .output()
            .unwrap();
        assert!(played.status.success(), "{}", String::from_utf8_lossy(&played.stdout));
        recorder.kill().unwrap();
        recorder.wait().unwrap();
        let bytes = std::fs::read(raw).unwrap();
        bytes.chunks_exact(4).map(|four| f32::from_le_bytes(four.try_into().unwrap())).collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// A film of two seconds of noise under a tone.
fn film(folder: &Folder) {
    let noise = "anoisesrc=c=pink:r=48000:a=0.2:seed=5,aformat=channel_layouts=stereo";
    let wave = folder.file("noise.wav");
    let wave = wave.to_str().unwrap();
    oracle::ffmpeg(&["-y", "-f", "lavfi", "-i", noise, "-t", "2", "-c:a", "pcm_f32le", wave]);
    let text = r#"{"format": 1, "min_reader": 1,
        "settings": {"raster": "64x36", "rate": "24", "sound": 48000, "main": "main"},
        "media": {"n": {"path": "noise.wav", "kind": "sound", "length": 96000,
            "sound": {"rate": 48000, "channels": 2}}},
        "clips": {"c": {"length": 48, "media": "n", "in": 0}},
        "tracks": {"a1": {"kind": "sound", "order": ["c", ""]}},
        "sequences": {"main": {"rate": "24", "tracks": ["a1", ""]}}}"#;
    std::fs::write(folder.file("film.roomtone"), text).unwrap();
}

fn bounce(folder: &Folder) -> Vec<f32> {
    program::done(folder.path(), "bounce film.roomtone -o mix.wav --bits 32f");
    let mix = folder.file("mix.wav");
    let raw = oracle::ffmpeg(&["-i", mix.to_str().unwrap(), "-f", "f32le", "-"]);
    raw.chunks_exact(4).map(|four| f32::from_le_bytes(four.try_into().unwrap())).collect()
}

/// Frames that pass while the gate opens.
const OPEN: usize = 240;

/// Where `heard` begins to be `made`, to the bit: by the first run of frames after the gate that fits.
fn place(heard: &[f32], made: &[f32]) -> Option<usize> {
    let start = &made[2 * OPEN..2 * OPEN + 512];
    heard.windows(start.len()).step_by(2).position(|window| window == start)
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
    film(&folder);
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
    let sought = &made[2 * 60_000..];
    assert!(sought.windows(end.len()).step_by(2).any(|window| window == end));
    assert_eq!(room.gate().underruns(), 0);
}

/// Samples in a row that must come through on a machine that is too busy to play without a gap: a
/// fortieth of a second. What comes is the bounce to the bit, there too.
const ENOUGH: usize = 2_400;

#[test]
fn what_a_sound_server_is_given_is_the_bounce() {
    const TEST: &str = "what_a_sound_server_is_given_is_the_bounce";
    if !["ffmpeg", "pulseaudio", "pactl", "parec"].iter().all(|name| oracle::have(name, TEST)) {
        return;
    }
    let folder = Folder::new();
    film(&folder);
    let made = bounce(&folder);
    let server = Server::start(48_000);
    let mut best = 0;
    for _ in 0..4 {
        let heard = server.record(&folder.file("film.roomtone"), 48_000);
        let Some(at) = place(&heard, &made) else { continue };
        let pairs = heard[2 * at..].iter().zip(&made[2 * OPEN..]);
        best = best.max(pairs.take_while(|(heard, made)| heard == made).count());
        if best == made.len() - 2 * OPEN {
            return;
        }
    }
    assert!(best >= ENOUGH, "at most {best} samples in a row are the bounce, in four recordings");
}
