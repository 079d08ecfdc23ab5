//! Captions from files and to files, in deliveries and beside them, held against ffmpeg.

use crate::support::folder::Folder;
use crate::support::oracle;
use crate::support::program::{done, fails};
use std::path::Path;

const SRT: &str = "\u{feff}1\r\n00:00:00,200 --> 00:00:01,000\r\nIs it <i>morning</i>?\r\n\r\n\
                   2\r\n00:00:01,000 --> 00:00:02,000\r\n{\\an8}Two\r\nlines & more\r\n";

/// A film of two seconds in grey with captions.
fn film(here: &Path) {
    done(here, "new film.roomtone --size 320x180 --rate 25");
    done(
        here,
        "cut film.roomtone append v1 generator:colour --set colour=[0.5,0.5,0.5] --length 3s",
    );
    std::fs::write(here.join("in.srt"), SRT).unwrap();
    done(here, "captions film.roomtone import in.srt --language en --id en");
}

/// What ffmpeg reads of a file's captions, as SubRip.
fn read_back(here: &Path, file: &str) -> String {
    let path = here.join(file).display().to_string();
    let text = oracle::ffmpeg(&["-i", &path, "-map", "0:s:0", "-f", "srt", "-"]);
    String::from_utf8(text).unwrap().replace("\r\n", "\n")
}

/// Lines of times and of text.
fn said(text: &str) -> Vec<String> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.filter(|line| line.parse::<u32>().is_err()).map(str::to_owned).collect()
}

const TIMES: [&str; 2] = ["00:00:00,200 --> 00:00:01,000", "00:00:01,000 --> 00:00:02,000"];

#[test]
fn captions_come_in_and_go_out_as_ffmpeg_reads_them() {
    if !oracle::have("ffmpeg", "captions_come_in_and_go_out") {
        return;
    }
    let folder = Folder::new();
    let here = folder.path();
    film(here);
    assert!(done(here, "captions film.roomtone list").contains("Two / lines & more"));
    done(here, "captions film.roomtone export -o out.vtt");
    done(here, "captions film.roomtone export -o out.srt");
    fails(here, "captions film.roomtone export -o out.srt", 2, "--force");
    for file in ["out.vtt", "out.srt"] {
        let back = said(&read_back(here, file));
        assert_eq!([&back[0], &back[2]], TIMES, "{file}: {back:?}");
        assert!(back[1].contains("<i>morning</i>"), "{file}: {back:?}");
        assert!(back[3].contains("Two") && back[4].contains("lines & more"), "{file}: {back:?}");
    }
    done(here, "captions film.roomtone import out.vtt --id again");
    done(here, "captions film.roomtone export --of again -o again.srt");
    let kept = |name: &str| std::fs::read_to_string(here.join(name)).unwrap();
    assert_eq!(kept("again.srt"), kept("out.srt"));
    fails(here, "captions film.roomtone export -o which.srt", 2, "--of");
    fails(here, "captions film.roomtone import in.doc", 2, "srt, vtt");
}

#[test]
fn captions_are_delivered_in_the_file_in_the_picture_and_beside_it() {
    if !oracle::have("ffmpeg", "captions_are_delivered") {
        return;
    }
    let folder = Folder::new();
    let here = folder.path();
    film(here);
    for (preset, file, codec) in
        [("web-h264", "out.mp4", "mov_text"), ("archive-ffv1", "out.mkv", "subrip")]
    {
        done(here, &format!("deliver film.roomtone --preset {preset} -o {file} --captions mux"));
        let back = said(&read_back(here, file));
        assert_eq!([&back[0], &back[2]], TIMES, "{file}: {back:?}");
        assert!(back[1].contains("morning") && back[1].contains("<i>"), "{file}: {back:?}");
        let path = here.join(file).display().to_string();
        let entries = "stream=codec_name:stream_tags=language";
        let probe = ["-v", "error", "-select_streams", "s", "-show_entries", entries];
        let told = oracle::output("ffprobe", &[&probe[..], &["-of", "csv=p=0", &path]].concat());
        assert_eq!(String::from_utf8(told).unwrap().trim(), format!("{codec},eng"));
        done(here, &format!("verify film.roomtone {file} --preset {preset}"));
    }
    done(
        here,
        "deliver film.roomtone --preset draft-h264 -o a.mp4 --captions sidecar --captions-format vtt --from 25",
    );
    let beside = std::fs::read_to_string(here.join("a.en.vtt")).unwrap();
    assert!(beside.contains("00:00:00.000 --> 00:00:01.000 line:0\nTwo"), "{beside}");
    done(here, "deliver film.roomtone --preset archive-ffv1 -o burned.mkv --captions burn");
    done(here, "verify film.roomtone burned.mkv --captions burn");
    fails(
        here,
        "deliver film.roomtone --preset frames-png16 -o frames --captions mux",
        2,
        "hold no captions",
    );
}

#[test]
fn cues_are_edited_and_what_is_hard_to_read_is_told() {
    let folder = Folder::new();
    let here = folder.path();
    done(here, "new film.roomtone --size 320x180 --rate 25");
    done(here, "cut film.roomtone append v1 generator:title --set text=One --length 4s");
    let made = done(here, "captions film.roomtone add 0 10 \"No\"");
    assert!(!made.trim().is_empty());
    let all = done(here, "captions film.roomtone list --json");
    let cue: serde_json::Value = serde_json::from_str(all.lines().next().unwrap()).unwrap();
    let id = cue["cue"]["id"].as_str().unwrap().to_owned();
    fails(here, "captions film.roomtone check", 1, "short");
    done(here, &format!("captions film.roomtone change {id} --length 2s --text A\\nB --place top"));
    assert!(done(here, "captions film.roomtone check").contains("nothing is hard to read"));
    done(here, &format!("captions film.roomtone split {id} 25"));
    done(here, "captions film.roomtone shift 5 --from 25");
    let all = done(here, "captions film.roomtone list");
    assert!(all.contains("00:00:01:05 00:00:02:05  B"), "{all}");
    done(here, &format!("captions film.roomtone join {id}"));
    done(here, "captions film.roomtone set --burned true --language en --set size=8");
    fails(here, "captions film.roomtone set --set size=big", 2, "a number");
    assert!(done(here, "check film.roomtone").contains("nothing is wrong"));
    done(here, "frame film.roomtone 10 -o frame.png");
    done(here, "captions film.roomtone drop");
    fails(here, "captions film.roomtone export -o none.srt", 2, "none");
}

#[test]
fn a_font_that_is_missing_is_told_and_stood_for() {
    let folder = Folder::new();
    let here = folder.path();
    done(here, "new film.roomtone --size 320x180 --rate 25");
    done(
        here,
        "cut film.roomtone append v1 generator:title --set text=One --set font=Nowhere --length 5",
    );
    assert!(done(here, "check film.roomtone").contains("Nowhere"));
    done(here, "frame film.roomtone 0 -o frame.png");
    assert!(done(here, "list fonts").contains("Noto Sans"));
    let own = here.join("own.png");
    assert!(std::fs::metadata(here.join("frame.png")).unwrap().len() > 500 && !own.exists());
}
