//! A bounce and all that belongs to it: stems that add up, folds, receipts that anybody can check.

use crate::sound::ebur128_of;
use crate::support::folder::Folder;
use crate::support::oracle;
use crate::support::program::{command, done, fails, said_by};
use roomtone::deliver::sha256;
use roomtone::play::{Offline, Programme as _};
use roomtone::signal::Samples;
use serde_json::Value;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

/// A film of three seconds with something on the track of every role, on a mix of so many channels.
fn film(here: &Path, channels: &str) {
    let at = |name: &str| here.join(name).display().to_string();
    for (number, name) in ["line", "step", "hit", "song"].iter().enumerate() {
        let noise = format!("anoisesrc=d=4:c=pink:r=48000:a=0.2:seed={number}");
        let more = format!("anoisesrc=d=4:c=pink:r=48000:a=0.2:seed={}", number + 10);
        let inputs = ["-f", "lavfi", "-i", &noise, "-f", "lavfi", "-i", &more];
        let out = ["-filter_complex", "[0][1]amerge=inputs=2", "-c:a", "pcm_f32le"];
        oracle::ffmpeg(&[&inputs[..], &out, &[&at(&format!("{name}.wav"))]].concat());
    }
    done(here, &format!("new film.roomtone --size 320x180 --rate 25 --channels {channels}"));
    done(here, "add film.roomtone line.wav step.wav hit.wav song.wav");
    done(here, "cut film.roomtone append dialogue line --length 40");
    done(here, "cut film.roomtone place foley step --at 10 --length 30");
    done(here, "cut film.roomtone place effects hit --at 20 --length 40");
    done(here, "cut film.roomtone place music song --at 0 --length 75");
    done(here, "cut film.roomtone place ambience generator:wind --at 0 --length 75");
    done(here, "cut film.roomtone place room-tone generator:room_tone --at 0 --length 75");
}

/// The samples of a Wave file of floats, channels mixed.
fn floats(path: &Path) -> Vec<f32> {
    let out = oracle::ffmpeg(&["-i", path.to_str().unwrap(), "-f", "f32le", "-"]);
    out.as_chunks::<4>().0.iter().map(|four| f32::from_le_bytes(*four)).collect()
}

/// How far, in dB of full scale, the sum of some files is from another.
fn residual(here: &Path, parts: &[&str], whole: &str) -> f64 {
    let mut rest: Vec<f64> = floats(&here.join(whole)).into_iter().map(f64::from).collect();
    for part in parts {
        let part = floats(&here.join(part));
        assert_eq!(part.len(), rest.len());
        rest.iter_mut().zip(part).for_each(|(rest, part)| *rest -= f64::from(part));
    }
    20.0 * rest.iter().fold(0.0_f64, |most, rest| most.max(rest.abs())).max(1e-12).log10()
}

#[test]
fn the_stems_add_up_to_the_mix_and_so_do_dialogue_and_the_rest() {
    for channels in ["stereo", "5.1"] {
        let folder = Folder::new();
        let here = folder.path();
        film(here, channels);
        done(here, "bounce film.roomtone -o mix.wav --bits 32f --stems stems");
        let roles = ["dialogue", "foley", "ambience", "room-tone", "effects", "music"];
        let paths = roles.map(|role| format!("stems/{role}.wav"));
        let all = paths.each_ref().map(String::as_str);
        let off = residual(here, &all, "mix.wav");
        assert!(off <= -140.0, "{channels}: {off} dB");
        let off = residual(here, &["stems/dialogue.wav", "stems/music-and-effects.wav"], "mix.wav");
        assert!(off <= -140.0, "{channels}: {off} dB");
        assert!(residual(here, &all[1..], "mix.wav") > -60.0, "without the dialogue it is another");
        assert_eq!(std::fs::read_dir(here.join("stems")).unwrap().count(), 7);
    }
}

/// The receipt at a path.
fn receipt(path: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

#[test]
fn a_receipt_says_what_anybody_finds_in_the_files() {
    let folder = Folder::new();
    let here = folder.path();
    film(here, "5.1");
    for (bits, coding) in [("16", "s16le"), ("24", "s24le"), ("32f", "f32le")] {
        let call = format!("bounce film.roomtone -o mix.wav --bits {bits} --fold stereo --force");
        done(here, &format!("{call} --stems stems --receipt --from 5 --to 70"));
        let found = receipt(&here.join("mix.receipt.json"));
        let film = std::fs::read(here.join("film.roomtone")).unwrap();
        assert_eq!(found["film_sha256"], sha256(&film));
        assert_eq!(found["frames"], serde_json::json!({"start": 5, "end": 70}));
        assert_eq!((&found["rate"], &found["sample_rate"]), (&"25".into(), &48_000.into()));
        assert_eq!(found["bits"], bits);
        let sounds = found["sounds"].as_array().unwrap();
        assert_eq!(sounds.len(), 2 * 8, "the mix and seven stems, and their folds");
        for sound in sounds {
            let file = here.join(sound["file"].as_str().unwrap());
            let bytes = oracle::ffmpeg(&["-i", file.to_str().unwrap(), "-f", coding, "-"]);
            assert_eq!(sound["sha256"], sha256(&bytes), "{sound}");
            assert_eq!(sound["samples"], 65 * 1920);
        }
        let folded = &sounds[1];
        assert_eq!((&folded["part"], &folded["file"]), (&"mix".into(), &"mix.stereo.wav".into()));
        assert_eq!((&sounds[0]["layout"], &folded["layout"]), (&"5.1".into(), &"stereo".into()));
        let [loudness, _, peak] = ebur128_of(&here.join("mix.stereo.wav"));
        let figure = |name: &str| folded["loudness"][name].as_f64().unwrap();
        assert!((figure("integrated") - loudness).abs() < 0.1, "{folded} {loudness}");
        assert!((figure("true_peak") - peak).abs() < 0.3, "{folded} {peak}");
    }
    fails(here, "bounce film.roomtone -o other.wav --fold 7.1", 1, "nothing to fold");
    std::fs::write(here.join("other.receipt.json"), "mine").unwrap();
    fails(here, "bounce film.roomtone -o other.wav --receipt", 1, "is there already");
    assert!(!here.join("other.wav").exists());
}

#[test]
fn a_receipt_is_the_same_on_any_number_of_threads() {
    let folder = Folder::new();
    let here = folder.path();
    film(here, "5.1");
    let call = "bounce film.roomtone -o mix.wav --fold stereo --stems stems --receipt --force";
    let call = command(here, &format!("{call} --loudness -20"));
    let bounce = |threads: &str, cores: Option<String>| {
        let said = said_by(on_cores(here, cores, &call).env("RAYON_NUM_THREADS", threads));
        assert_eq!(said.code, 0, "{}{}", said.out, said.error);
        std::fs::read_to_string(here.join("mix.receipt.json")).unwrap()
    };
    let one = bounce("1", first_core());
    assert!(one == bounce("2", None) && one == bounce("5", None), "threads are in it");
}

/// The first core that we may use, where the system says so.
fn first_core() -> Option<String> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let list = status.lines().find_map(|line| line.strip_prefix("Cpus_allowed_list:"))?;
    list.trim().split(['-', ',']).next().map(str::to_owned)
}

/// A call that may use some cores alone.
#[expect(clippy::disallowed_methods, reason = "taskset is a program of its own")]
fn on_cores(here: &Path, cores: Option<String>, call: &Command) -> Command {
    let mut command = match cores {
        None => Command::new(call.get_program()),
        Some(cores) => {
            let mut taskset = Command::new("taskset");
            taskset.args(["-c", &cores]).arg(call.get_program());
            taskset
        }
    };
    command.current_dir(here).args(call.get_args());
    command
}

/// The film's own samples have the receipt's hash, in whatever blocks they are asked for.
#[test]
fn a_receipt_is_the_same_in_blocks_of_any_length() {
    let folder = Folder::new();
    let here = folder.path();
    film(here, "stereo");
    done(here, "bounce film.roomtone -o mix.wav --bits 32f --receipt");
    let found = receipt(&here.join("mix.receipt.json"));
    let document = std::fs::read(here.join("film.roomtone")).unwrap();
    let film = Arc::new(timeline_format::read(&document).unwrap().0);
    for length in [1, 64, 997, 4096, 1 << 17] {
        let mut offline = Offline::open(&film, here, 0..75).unwrap();
        let mut bytes = Vec::new();
        let mut left = offline.samples() as usize;
        while left > 0 {
            let mut block = Samples::silence(2, length.min(left));
            offline.sound(&mut block).unwrap();
            left -= block.length();
            let [one, other] = block.channels() else { panic!("no stereo") };
            let mixed = one.iter().zip(other).flat_map(|(one, other)| [*one, *other]);
            bytes.extend(mixed.flat_map(f32::to_le_bytes));
        }
        assert_eq!(found["sounds"][0]["sha256"], sha256(&bytes), "{length}");
    }
}

#[test]
fn a_bounce_goes_into_flac_where_its_name_says_so() {
    let folder = Folder::new();
    let here = folder.path();
    film(here, "stereo");
    done(here, "bounce film.roomtone -o mix.wav --receipt");
    done(here, "bounce film.roomtone -o packed.flac --stems stems --receipt");
    let hash = |name: &str| receipt(&here.join(name))["sounds"][0]["sha256"].clone();
    assert_eq!(hash("mix.receipt.json"), hash("packed.receipt.json"));
    let bytes =
        oracle::ffmpeg(&["-i", here.join("packed.flac").to_str().unwrap(), "-f", "s24le", "-"]);
    assert_eq!(hash("packed.receipt.json"), sha256(&bytes));
    assert!(here.join("stems/music-and-effects.flac").exists());
    fails(here, "bounce film.roomtone -o other.flac --bits 32f", 2, "FLAC holds 24 bits");
}

/// What a file measures, as `probe` says it.
fn probed(here: &Path, name: &str) -> Value {
    let said = done(here, &format!("--json probe {name} --loudness"));
    serde_json::from_str::<Value>(said.trim()).unwrap()["loudness"].clone()
}

#[test]
fn the_loudness_of_a_file_is_probed_as_ffmpeg_measures_it() {
    let folder = Folder::new();
    let here = folder.path();
    let at = |name: &str| here.join(name).display().to_string();
    let noise = "aevalsrc=0.3*(random(0)-0.5)*(1.2+sin(t/2))*lt(mod(t\\,7)\\,5)+0.2*sin(1500*t)|0.2*sin(1300*t+t*t):s=48000:d=30";
    oracle::ffmpeg(&[
        "-f",
        "lavfi",
        "-i",
        noise,
        "-af",
        "lowpass=9000",
        "-c:a",
        "pcm_s16le",
        &at("a.wav"),
    ]);
    let picture = ["-f", "lavfi", "-i", "color=s=64x64:r=25", "-shortest"];
    for (name, more) in [("a.flac", &[][..]), ("a.m4a", &["-c:a", "aac"]), ("a.mp4", &picture)] {
        oracle::ffmpeg(&[&["-i", &at("a.wav")], more, &[&at(name)]].concat());
    }
    for name in ["a.wav", "a.flac", "a.m4a", "a.mp4"] {
        let found = probed(here, name);
        let figure = |key: &str| found[key].as_f64().unwrap_or_else(|| panic!("{name}: {found}"));
        let [integrated, range, peak] = ebur128_of(&here.join(name));
        assert!((figure("integrated") - integrated).abs() < 0.1, "{name}: {found} {integrated}");
        assert!((figure("range") - range).abs() < 0.2, "{name}: {found} {range}");
        assert!((figure("true_peak") - peak).abs() < 0.2, "{name}: {found} {peak}");
        assert!(figure("momentary") >= figure("short_term"), "{name}: {found}");
    }
    let said = done(here, "probe a.wav --loudness");
    assert!(said.contains("LUFS, range") && said.contains("loudest 3 s"), "{said}");
    assert!(!done(here, "probe a.wav").contains("LUFS"));
}

/// What is wrong with a fold alone, only the proof of the fold can see.
#[test]
fn a_fold_is_held_against_the_film_in_a_second_stream_and_in_a_file_of_its_own() {
    let folder = Folder::new();
    let here = folder.path();
    film(here, "5.1");
    done(here, "bounce film.roomtone -o mix.wav --bits 24 --fold stereo");
    let call = "verify film.roomtone mix.wav --preset sound-wav --fold stereo";
    let said = done(here, call);
    assert_eq!(said.matches("it is the film").count(), 2, "{said}");
    let fold = here.join("mix.stereo.wav");
    let quieter = here.join("quieter.wav");
    let words = ["-i", fold.to_str().unwrap(), "-af", "volume=-3dB", "-c:a", "pcm_s24le"];
    oracle::ffmpeg(&[&words[..], &[quieter.to_str().unwrap()]].concat());
    std::fs::rename(&quieter, &fold).unwrap();
    fails(here, call, 1, "sound");
    done(here, "verify film.roomtone mix.wav --preset sound-wav");
    std::fs::remove_file(&fold).unwrap();
    fails(here, call, 1, "it has no fold to stereo");
    done(here, "deliver film.roomtone --preset archive-ffv1 --fold stereo -o film.mkv");
    let call = "verify film.roomtone film.mkv --preset archive-ffv1 --fold stereo";
    let said = done(here, call);
    assert_eq!(said.matches("it is the film").count(), 2, "{said}");
    let (whole, late) = (here.join("film.mkv"), here.join("late.mkv"));
    let words = ["-i", whole.to_str().unwrap(), "-map", "0", "-c", "copy", "-c:a:1", "flac"];
    let late_words = ["-filter:a:1", "adelay=100S:all=1", late.to_str().unwrap()];
    oracle::ffmpeg(&[&words[..], &late_words].concat());
    fails(here, "verify film.roomtone late.mkv --fold stereo", 1, "late");
}
