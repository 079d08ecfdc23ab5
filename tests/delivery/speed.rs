//! How much a delivery costs beyond its encoder: run with
//! `cargo test --release speed -- --ignored --nocapture`.

use super::film::Film;
use crate::support::{folder::Folder, oracle};
use roomtone::deliver::{Target, deliver, presets};
use roomtone::play::{Failed, Programme};
use roomtone::signal::{Image, Plane, Samples};
use roomtone::workers::Stop;
use std::io::Write as _;
use std::sync::Arc;
use std::time::Instant;
use timeline_format::Rate;
use timeline_format::mix::Layout;
use timeline_format::sequence::Raster;

/// A film whose pictures are ready: some made before, shown again and again.
struct Ready(Film, Vec<Arc<Image>>);

impl Ready {
    fn new(length: i64) -> Self {
        let mut film = Film::new("25", length);
        film.raster = Raster { width: 1920, height: 1080 };
        let images = (0..25).map(|frame| Arc::new(noisy(&film, frame))).collect();
        Self(film, images)
    }
}

/// A picture with grain, its planes with spare bytes behind them, as a decoder has them.
fn noisy(film: &Film, frame: i64) -> Image {
    let mut image = film.picture(frame);
    let mut state = frame as u32 + 1;
    for plane in &mut image.planes {
        let mut bytes = plane.bytes().to_vec();
        for byte in &mut bytes {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            *byte = byte.saturating_add((state >> 29) as u8);
        }
        bytes.extend([0; 64]);
        *plane = Plane::packed(bytes, plane.stride());
    }
    image
}

impl Programme for Ready {
    fn length(&self) -> i64 {
        self.0.length
    }
    fn rate(&self) -> Rate {
        self.0.rate
    }
    fn start(&self) -> i64 {
        0
    }
    fn raster(&self) -> Raster {
        self.0.raster
    }
    fn sample_rate(&self) -> u32 {
        48_000
    }
    fn layout(&self) -> Layout {
        Layout::Stereo
    }
    fn samples(&self) -> i64 {
        self.0.samples()
    }
    fn key(&mut self, frame: i64) -> u128 {
        frame as u128
    }
    fn picture(&mut self, frame: i64) -> Result<Arc<Image>, Failed> {
        Ok(Arc::clone(&self.1[frame as usize % self.1.len()]))
    }
    fn sound(&mut self, out: &mut Samples) -> Result<(), Failed> {
        Programme::sound(&mut self.0, out)
    }
}

#[test]
#[ignore = "a measurement, of use in release alone"]
fn a_delivery_costs_little_more_than_its_encoder() {
    let (length, folder) = (500, Folder::new());
    let raw = folder.file("frames.yuv");
    let ready = Ready::new(length);
    let mut file = std::io::BufWriter::new(std::fs::File::create(&raw).unwrap());
    for image in &ready.1 {
        for plane in 0..3 {
            image.lines(plane).for_each(|line| file.write_all(line).unwrap());
        }
    }
    drop(file);
    let mut best = [f64::MAX; 2];
    let mut memory = 0;
    for round in 0..3 {
        let target = Target { path: folder.file("ours.mp4"), force: true, ..Target::default() };
        let began = Instant::now();
        let preset = presets::find("draft-h264").unwrap();
        let film = Box::new(Ready(ready.0.clone(), ready.1.clone()));
        let report = deliver(film, preset, &target, &Stop::new(), &mut |_| {}).unwrap();
        best[0] = best[0].min(began.elapsed().as_secs_f64());
        memory = memory.max(report.memory.unwrap_or(0));
        let began = Instant::now();
        let theirs = folder.file("theirs.mp4");
        let frames = length.to_string();
        oracle::ffmpeg(&[
            "-stream_loop",
            "-1",
            "-f",
            "rawvideo",
            "-pix_fmt",
            "yuv420p",
            "-s",
            "1920x1080",
            "-r",
            "25",
            "-i",
            raw.to_str().unwrap(),
            "-f",
            "lavfi",
            "-i",
            "anoisesrc=a=0.2:r=48000",
            "-frames:v",
            &frames,
            "-t",
            "20",
            "-c:v",
            "libx264",
            "-preset",
            "veryfast",
            "-crf",
            "20",
            "-c:a",
            "aac",
            "-b:a",
            "192k",
            theirs.to_str().unwrap(),
        ]);
        best[1] = best[1].min(began.elapsed().as_secs_f64());
        eprintln!("round {round}: ours {:.2} s, ffmpeg {:.2} s", best[0], best[1]);
    }
    eprintln!("ratio {:.3}, {} MB", best[0] / best[1], memory / 1_000_000);
}
