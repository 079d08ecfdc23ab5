//! 5.1 and stereo from one pass: held against ffmpeg's `pan` with the gains of ITU-R BS.775 written out.

use super::film::Film;
use super::probe;
use crate::sound::ebur128_of;
use crate::support::{folder::Folder, oracle};
use roomtone::deliver::presets::{self, Preset, SoundCodec, SoundTarget};
use roomtone::deliver::{Error, Report, Target, deliver, verify};
use roomtone::workers::Stop;
use std::path::Path;
use timeline_format::mix::Layout;

const PAN: &str = "pan=stereo|c0=c0+0.70710678*c2+0.70710678*c4|c1=c1+0.70710678*c2+0.70710678*c5";

fn film() -> Film {
    Film { layout: Layout::FiveOne, ..Film::new("25", 50) }
}

fn folding(id: &str, codec: Option<SoundCodec>) -> Preset {
    let mut preset = presets::find(id).unwrap().clone();
    let sound = preset.sound.take().unwrap();
    let codec = codec.unwrap_or(sound.codec);
    preset.sound = Some(SoundTarget { codec, fold: Some(Layout::Stereo), ..sound });
    preset
}

fn delivered(path: &Path, film: &Film, preset: &Preset) -> Result<Report, Error> {
    let target = Target { path: path.to_owned(), digest: true, ..Target::default() };
    deliver(Box::new(film.clone()), preset, &target, &Stop::new(), &mut |_| {})
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A stream of sound as floats, channels mixed.
fn floats(file: &Path, arguments: &[&str]) -> Vec<f32> {
    let out = oracle::ffmpeg(&[&["-i", text(file)], arguments, &["-f", "f32le", "-"]].concat());
    out.as_chunks::<4>().0.iter().map(|four| f32::from_le_bytes(*four)).collect()
}

#[track_caller]
fn same(found: &[f32], wanted: &[f32], worst: f32) {
    assert_eq!(found.len(), wanted.len());
    let off = found.iter().zip(wanted).fold(0.0_f32, |most, (a, b)| most.max((a - b).abs()));
    assert!(off <= worst, "off by {off}");
    assert!(found.iter().any(|sample| sample.abs() > 0.1), "silence");
}

#[test]
fn a_wave_file_has_its_fold_beside_it_as_ffmpeg_folds_it() {
    let folder = Folder::new();
    for (codec, worst) in [(SoundCodec::Float32, 3e-7), (SoundCodec::Pcm24, 4e-7)] {
        let path = folder.file(&format!("{codec:?}.wav"));
        let report = delivered(&path, &film(), &folding("sound-wav", Some(codec))).unwrap();
        let folded = report.folded.unwrap();
        let beside = folder.file(&format!("{codec:?}.stereo.wav"));
        assert_eq!(folded.path.as_deref(), Some(&*beside));
        assert_eq!(probe::field(&path, "a:0", "channels"), "6");
        assert_eq!(probe::field(&beside, "a:0", "channels"), "2");
        let clip = |sample: &f32| {
            if codec == SoundCodec::Pcm24 { sample.clamp(-1.0, 1.0) } else { *sample }
        };
        let wanted: Vec<f32> = floats(&path, &["-af", PAN]).iter().map(clip).collect();
        same(&floats(&beside, &[]), &wanted, worst);
        if codec == SoundCodec::Float32 {
            let [integrated, _, peak] = ebur128_of(&beside);
            let (found, off) = (folded.loudness, |a: Option<f64>, b: f64| (a.unwrap() - b).abs());
            assert!(off(found.integrated, integrated) < 0.1, "{found:?} {integrated}");
            assert!(off(found.true_peak, peak) < 0.3, "{found:?} {peak}");
        }
        assert!(folded.loudness != report.loudness.unwrap());
        for (path, hash) in [(&path, &report.sha256), (&beside, &folded.sha256)] {
            let bytes = std::fs::read(path).unwrap();
            let data = bytes.windows(4).position(|four| four == b"data").unwrap() + 8;
            assert_eq!(*hash, Some(roomtone::deliver::sha256(&bytes[data..])));
        }
    }
}

#[test]
fn a_film_file_carries_both_as_streams() {
    let folder = Folder::new();
    for (id, codec, name) in [
        ("master-prores-422hq", None, "a.mov"),
        ("archive-ffv1", None, "a.mkv"),
        ("draft-h264", None, "a.mp4"),
    ] {
        let preset = folding(id, codec);
        let mut film = film();
        let picture = preset.picture.as_ref().unwrap();
        (film.format, film.colour) = (picture.format, picture.colour);
        let path = folder.file(name);
        let report = delivered(&path, &film, &preset).unwrap();
        let folded = report.folded.unwrap();
        assert_eq!((folded.path, folded.layout), (None, Layout::Stereo), "{id}");
        let count = |stream: &str| probe::field(&path, stream, "channels");
        assert_eq!((count("a:0"), count("a:1")), ("6".into(), "2".into()), "{id}");
        let first = floats(&path, &["-map", "0:a:0", "-af", PAN]);
        let second = floats(&path, &["-map", "0:a:1"]);
        if preset.sound.as_ref().unwrap().codec.is_lossless() {
            let wanted: Vec<f32> = first.iter().map(|sample| sample.clamp(-1.0, 1.0)).collect();
            same(&second, &wanted, 4e-7);
        } else {
            let length = 2 * film.rate.sample_of(50, 48_000) as usize;
            assert!(second.len() >= length, "{id}: {}", second.len());
            assert!(super::presets::likeness(&second, &first, 0) > 0.85, "{id}");
        }
        if preset.sound.as_ref().unwrap().codec.is_lossless() {
            let verdict = verify(&mut film, &path, Some(&preset), &Stop::new(), &mut |_| {});
            let verdict = verdict.unwrap();
            assert!(verdict.agrees(), "{id}: {:#?}", verdict.differences);
        }
    }
}

#[test]
fn what_cannot_be_folded_is_said_before_anything_is_written() {
    let folder = Folder::new();
    let path = folder.file("a.wav");
    let preset = folding("sound-wav", None);
    let said = delivered(&path, &Film::new("25", 5), &preset).unwrap_err().to_string();
    assert!(said.contains("its sound is stereo") && said.contains("nothing to fold"), "{said}");
    let said = delivered(&path, &film(), &folding("sound-flac", None)).unwrap_err().to_string();
    assert!(said.contains("one sound and no fold"), "{said}");
    std::fs::write(folder.file("a.stereo.wav"), "mine").unwrap();
    let said = delivered(&path, &film(), &preset).unwrap_err().to_string();
    assert!(said.contains("a.stereo.wav is there already"), "{said}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}
