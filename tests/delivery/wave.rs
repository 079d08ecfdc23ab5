//! Wave files of our own, read by others: ffprobe, ffmpeg, sox and scipy, and by their numbers.

use super::film::Film;
use super::presets::deliver_to;
use super::probe;
use crate::support::{folder::Folder, oracle};
use roomtone::deliver::wave::{Coding, Form, Labels, Writer};
use roomtone::deliver::{Preset, Target, deliver, presets};
use roomtone::play::Programme as _;
use roomtone::signal::Samples;
use roomtone::sound::loudness::Measured;
use roomtone::workers::Stop;
use std::fs::File;
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use timeline_format::mix::Layout;
use timeline_format::timecode::Counting;

const CODINGS: [(Coding, &str); 3] =
    [(Coding::Bits16, "pcm_s16le"), (Coding::Bits24, "pcm_s24le"), (Coding::Float32, "pcm_f32le")];

fn labels() -> Labels {
    Labels {
        description: "Before <Morning> & after, reel 1".into(),
        originator: "roomtone".into(),
        reference: "R1".into(),
        date: "2026-03-01".into(),
        time: "12:34:56".into(),
        time_reference: 5_000_000_123,
        rate: "30000/1001".parse().unwrap(),
        counting: Counting::Drop,
    }
}

fn samples(layout: Layout, length: usize) -> Samples {
    let tone = |channel: usize| {
        let turn = 0.01 + 0.003 * channel as f64;
        (0..length).map(|index| (0.7 * (turn * index as f64).sin()) as f32).collect()
    };
    Samples::from_channels((0..layout.channels()).map(tone).collect())
}

/// Writes `sound` in blocks of uneven lengths; an RF64 above `limit` bytes.
fn write(path: &Path, coding: Coding, layout: Layout, sound: &Samples, limit: u64) {
    let form = Form { coding, sample_rate: 48_000, layout };
    let mut writer =
        Writer::new(File::create(path).unwrap(), form, labels()).unwrap().rf64_above(limit);
    let (mut at, mut length) = (0, 1);
    while at < sound.length() {
        let to = (at + length).min(sound.length());
        let part = sound.channels().iter().map(|channel| channel[at..to].to_vec());
        writer.write(&Samples::from_channels(part.collect())).unwrap();
        (at, length) = (to, length * 3 + 1);
    }
    let measured = Measured {
        integrated: Some(-23.04),
        range: Some(5.5),
        true_peak: Some(-1.25),
        momentary: Some(-18.0),
        short_term: None,
    };
    let written = writer.finish(&measured).unwrap();
    assert_eq!(written.bytes, std::fs::metadata(path).unwrap().len());
    assert_eq!(written.samples, sound.length() as u64);
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn every_kind_of_file_is_read_by_ffmpeg_and_sox_as_it_was_meant() {
    if !oracle::have("sox", "every_kind_of_file_is_read_by_ffmpeg_and_sox_as_it_was_meant") {
        return;
    }
    let folder = Folder::new();
    for (coding, codec) in CODINGS {
        for layout in [Layout::Mono, Layout::Stereo, Layout::FiveOne, Layout::SevenOne] {
            for (limit, is_long) in [(u64::MAX, false), (1000, true)] {
                let path = folder.file("a.wav");
                let sound = samples(layout, 4801);
                write(&path, coding, layout, &sound, limit);
                let bytes = std::fs::read(&path).unwrap();
                assert_eq!(&bytes[..4], if is_long { b"RF64" } else { b"RIFF" });
                assert_eq!(probe::field(&path, "a:0", "codec_name"), codec);
                assert_eq!(probe::field(&path, "a:0", "duration_ts"), "4801");
                let said = probe::field(&path, "a:0", "channel_layout");
                let known = match layout {
                    Layout::Mono => ["mono", "mono", "1 channels"],
                    Layout::Stereo => ["stereo", "stereo", "2 channels"],
                    Layout::FiveOne => ["5.1(side)", "5.1", "6 channels"],
                    Layout::SevenOne => ["7.1", "7.1", "8 channels"],
                };
                assert!(known.contains(&said.as_str()) || said == "unknown", "{said}");
                if layout == Layout::FiveOne {
                    assert_eq!(said, "5.1(side)");
                }
                check(&path, coding, &sound);
                if !is_long {
                    check_sox(&path, coding, &sound, &folder.file("sox.f32"));
                }
            }
        }
    }
}

fn worst(coding: Coding) -> f32 {
    match coding {
        Coding::Bits16 => 1.51 / 32_768.0,
        Coding::Bits24 => 0.51 / 8_388_608.0,
        Coding::Float32 => 0.0,
    }
}

fn check(path: &Path, coding: Coding, sound: &Samples) {
    let channels = sound.channel_count();
    for channel in 0..channels {
        let found = probe::sound(path, channel, channels);
        near(&found, &sound.channels()[channel], worst(coding));
    }
}

fn check_sox(path: &Path, coding: Coding, sound: &Samples, raw: &Path) {
    let arguments = ["-t", "raw", "-e", "floating-point", "-b", "32", text(raw)];
    oracle::output("sox", &[&[text(path)], &arguments[..]].concat());
    let raw = std::fs::read(raw).unwrap();
    let all: Vec<f32> =
        raw.chunks_exact(4).map(|four| f32::from_le_bytes(four.try_into().unwrap())).collect();
    for (channel, made) in sound.channels().iter().enumerate() {
        let found: Vec<f32> =
            all.iter().skip(channel).step_by(sound.channel_count()).copied().collect();
        near(&found, made, worst(coding) + 6e-8);
    }
}

#[track_caller]
fn near(found: &[f32], made: &[f32], worst: f32) {
    assert_eq!(found.len(), made.len());
    let off = found.iter().zip(made).fold(0.0_f32, |most, (a, b)| most.max((a - b).abs()));
    assert!(off <= worst, "off by {off}");
}

const NUMPY: &str = r#"
import sys, struct, numpy as np, scipy.io.wavfile as wav, warnings
import xml.etree.ElementTree as tree
warnings.simplefilter("ignore")
path = sys.argv[1]
rate, sound = wav.read(path)
data = open(path, "rb").read()
at, chunks = 12, {}
while at < len(data):
    name, size = data[at:at+4], struct.unpack("<I", data[at+4:at+8])[0]
    chunks[name] = data[at+8:at+8+size]
    at += 8 + size + size % 2
b = chunks[b"bext"]
field = lambda a, n: b[a:a+n].split(b"\0")[0].decode("ascii")
print(rate, sound.shape, sound.dtype, len(data) == 8 + struct.unpack("<I", data[4:8])[0])
print(field(0, 256), field(256, 32), field(288, 32), field(320, 10), field(330, 8), sep="|")
print(struct.unpack("<Q", b[338:346])[0], struct.unpack("<H", b[346:348])[0], struct.unpack("<5h", b[412:422]))
print(b[602:].decode("ascii").strip())
x = tree.fromstring(chunks[b"iXML"])
s = x.find("SPEED")
print(x.findtext("PROJECT"), s.findtext("TIMECODE_RATE"), s.findtext("TIMECODE_FLAG"), s.findtext("FILE_SAMPLE_RATE"),
      s.findtext("AUDIO_BIT_DEPTH"), (int(s.findtext("TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_HI")) << 32) + int(s.findtext("TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_LO")),
      [t.findtext("NAME") for t in x.iter("TRACK")], sep="|")
"#;

#[test]
fn what_a_file_says_of_itself_is_where_the_standards_have_it() {
    let folder = Folder::new();
    let path = folder.file("a.wav");
    write(&path, Coding::Bits24, Layout::FiveOne, &samples(Layout::FiveOne, 1001), u64::MAX);
    let said = String::from_utf8(oracle::python(NUMPY, &[text(&path)])).unwrap();
    let expected = [
        "48000 (1001, 6) int32 True",
        "Before <Morning> & after, reel 1|roomtone|R1|2026-03-01|12:34:56",
        "5000000123 2 (-2304, 550, -125, -1800, 32767)",
        "A=PCM,F=48000,W=24,M=multitrack,T=roomtone mix",
        "Before <Morning> & after, reel 1|30000/1001|DF|48000|24|5000000123|['L', 'R', 'C', 'LFE', 'Ls', 'Rs']",
    ];
    assert_eq!(said.lines().collect::<Vec<_>>(), expected);
    for (name, value) in [
        ("time_reference", "5000000123"),
        ("encoded_by", "roomtone"),
        ("date", "2026-03-01"),
        ("creation_time", "12:34:56"),
        ("comment", "Before <Morning> & after, reel 1"),
    ] {
        let said = probe::file_tag(&path, name);
        assert!(said == value || (name == "creation_time" && said.is_empty()), "{name}: {said}");
    }
}

const DITHER: &str = r#"
import sys, numpy as np, scipy.io.wavfile as wav, warnings
warnings.simplefilter("ignore")
_, sound = wav.read(sys.argv[1])
level = float(sys.argv[2])
e = sound.astype(np.float64) - level
c = np.corrcoef(e[:, 0], e[:, 1])[0, 1]
lag = np.corrcoef(e[:-1, 0], e[1:, 0])[0, 1]
print(*abs(e.mean(axis=0)), *e.var(axis=0), abs(c), abs(lag))
"#;

/// Under a triangular dither the error has no mean, a power of a quarter step squared, and no relation
/// to itself or to the other channel, wherever the level lies between two steps.
#[test]
fn sixteen_bits_are_dithered_as_theory_has_it() {
    for level in [0.0_f32, 0.3, 0.5, 100.8] {
        let folder = Folder::new();
        let path = folder.file("a.wav");
        let sound = Samples::from_channels(vec![vec![level / 32_768.0; 200_000]; 2]);
        write(&path, Coding::Bits16, Layout::Stereo, &sound, u64::MAX);
        let said = oracle::python(DITHER, &[text(&path), &level.to_string()]);
        let said = String::from_utf8(said).unwrap();
        let found: Vec<f64> = said.split_whitespace().map(|word| word.parse().unwrap()).collect();
        assert!(found[0] < 0.005 && found[1] < 0.005, "mean at {level}: {said}");
        assert!(
            (found[2] - 0.25).abs() < 0.005 && (found[3] - 0.25).abs() < 0.005,
            "{level}: {said}"
        );
        assert!(found[4] < 0.01 && found[5] < 0.01, "relation at {level}: {said}");
    }
}

#[test]
fn a_delivery_says_when_it_was_made_where_that_is_told() {
    let folder = Folder::new();
    let deliver_at = |name: &str, made: Option<(&str, &str)>| {
        let path = folder.file(name);
        let made = made.map(|(date, time)| (date.into(), time.into()));
        let target = Target { path: path.clone(), made, ..Target::default() };
        let (film, preset) = (Box::new(Film::new("25", 5)), presets::find("sound-wav").unwrap());
        deliver(film, preset, &target, &Stop::new(), &mut |_| {}).unwrap();
        path
    };
    let told = deliver_at("told.wav", Some(("2026-03-01", "12:34:56")));
    assert_eq!(probe::file_tag(&told, "date"), "2026-03-01");
    let bytes = std::fs::read(&told).unwrap();
    assert!(bytes.windows(18).any(|words| words == b"2026-03-0112:34:56"));
    let silent = [deliver_at("a.wav", None), deliver_at("b.wav", None)];
    let [a, b] = silent.map(|path| std::fs::read(path).unwrap());
    assert!(a == b, "the clock is in it");
}

fn wave(codec: &str) -> Preset {
    let mut preset = presets::find("sound-wav").unwrap().clone();
    let text = format!("{{\"codec\": {codec:?}}}");
    preset.sound = Some(serde_json::from_str(&text).unwrap());
    preset
}

#[test]
fn a_delivery_says_how_loud_it_is_as_ffmpeg_does() {
    let folder = Folder::new();
    let mut film = Film::new("25", 250);
    film.start = 90_000;
    let paths: Vec<PathBuf> = ["pcm16", "pcm24", "float32"]
        .into_iter()
        .map(|codec| deliver_to(&folder, &film, &Preset { id: codec.into(), ..wave(codec) }))
        .collect();
    for path in paths {
        assert_eq!(probe::file_tag(&path, "time_reference"), (3600 * 48_000).to_string());
        let bytes = std::fs::read(&path).unwrap();
        let bext = bytes.windows(4).position(|four| four == b"bext").unwrap() + 8;
        let figure = |place: usize| {
            let two = &bytes[bext + 412 + 2 * place..][..2];
            f64::from(i16::from_le_bytes(two.try_into().unwrap())) / 100.0
        };
        let said = super::super::sound::ebur128_of(&path);
        for (index, said) in said.into_iter().enumerate() {
            assert!((figure(index) - said).abs() < 0.15, "{index}: {} {said}", figure(index));
        }
    }
}

/// A disk that keeps zeros as holes.
struct Sparse(File);

impl Write for Sparse {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let (blocks, rest) = bytes.as_chunks::<4096>();
        if rest.is_empty() && blocks.iter().all(|block| *block == [0; 4096]) {
            self.0.seek(SeekFrom::Current(bytes.len() as i64))?;
            return Ok(bytes.len());
        }
        self.0.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.0.flush()
    }
}

impl Seek for Sparse {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.0.seek(to)
    }
}

/// A little more than 4 GB of 7.1, silent but for its last second.
#[test]
fn a_file_of_more_than_4_gb_is_read_to_its_last_sample() {
    let folder = Folder::new();
    let path = folder.file("long.wav");
    let (layout, coding) = (Layout::SevenOne, Coding::Float32);
    let form = Form { coding, sample_rate: 48_000, layout };
    let mut writer = Writer::new(Sparse(File::create(&path).unwrap()), form, labels()).unwrap();
    let (silence, tone) = (Samples::silence(8, 1 << 17), samples(layout, 48_000));
    for _ in 0..1024 {
        writer.write(&silence).unwrap();
    }
    writer.write(&tone).unwrap();
    let written = writer.finish(&Measured::default()).unwrap();
    assert!(written.bytes > u64::from(u32::MAX), "{written:?}");
    assert_eq!(written.bytes, std::fs::metadata(&path).unwrap().len());
    assert_eq!(probe::field(&path, "a:0", "duration_ts"), written.samples.to_string());
    let whole_seconds = ((1 << 27) / 48_000).to_string();
    let arguments = ["-ss", &whole_seconds, "-i", text(&path), "-f", "f32le", "-"];
    let bytes = oracle::ffmpeg(&arguments);
    let heard = bytes[(1 << 27) % 48_000 * 32..].as_chunks::<4>().0.iter();
    let heard: Vec<f32> = heard.map(|four| f32::from_le_bytes(*four)).collect();
    assert_eq!(heard.len(), 8 * 48_000);
    for (channel, made) in tone.channels().iter().enumerate() {
        assert!(heard.iter().skip(channel).step_by(8).eq(made), "{channel}");
    }
    let media = roomtone::media::probe(&path).unwrap();
    assert_eq!(media.sound.unwrap().samples, Some(written.samples as i64));
}

#[test]
fn flac_is_the_wave_file_to_the_last_bit_and_says_where_it_begins() {
    if !oracle::have("sox", "flac_is_the_wave_file_to_the_last_bit_and_says_where_it_begins") {
        return;
    }
    let folder = Folder::new();
    for layout in [Layout::Mono, Layout::Stereo, Layout::FiveOne, Layout::SevenOne] {
        let film = Film { layout, start: 90_000, ..Film::new("25", 31) };
        let [wave, flac] = ["sound-wav", "sound-flac"]
            .map(|id| deliver_to(&folder, &film, presets::find(id).unwrap()));
        assert_eq!(probe::field(&flac, "a:0", "codec_name"), "flac");
        assert_eq!(probe::field(&flac, "a:0", "bits_per_raw_sample"), "24");
        assert_eq!(probe::field(&flac, "a:0", "duration_ts"), film.samples().to_string());
        assert_eq!(probe::file_tag(&flac, "time_reference"), (3600 * 48_000).to_string());
        assert_eq!(probe::file_tag(&flac, "title"), "The room");
        let by_ffmpeg = |path| oracle::ffmpeg(&["-i", text(path), "-f", "s24le", "-"]);
        assert!(by_ffmpeg(&wave) == by_ffmpeg(&flac), "{layout:?}: ffmpeg");
        let raw = ["-t", "raw", "-e", "signed-integer", "-b", "24", "-"];
        let by_sox = oracle::output("sox", &[&[text(&flac)], &raw[..]].concat());
        assert!(by_sox == by_ffmpeg(&wave), "{layout:?}: sox");
        for path in [&wave, &flac] {
            std::fs::remove_file(path).unwrap();
        }
    }
}
