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
    fails(here, "captions film.roomtone import in.doc", 2, "srt, vtt, ass");
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

const ASS: &str = "[Script Info]\nScriptType: v4.00+\n\n[V4+ Styles]\n\
    Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, \
    Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, \
    Alignment, MarginL, MarginR, MarginV, Encoding\n\
    Style: Default,Arial,16,&Hffffff,&Hffffff,&H0,&H0,0,0,0,0,100,100,0,0,1,1,0,2,10,10,10,0\n\n[Events]\n\
    Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n\
    Dialogue: 0,0:00:00.20,0:00:01.00,Default,Ann,0,0,0,,Is it {\\i1}morning{\\i0}?\n\
    Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,{\\an8}{\\c&H00FF00&}Two\\Nlines, & more\n";

#[test]
fn events_come_in_and_go_out_as_ffmpeg_converts_them() {
    if !oracle::have("ffmpeg", "events_come_in_and_go_out") {
        return;
    }
    let folder = Folder::new();
    let here = folder.path();
    film(here);
    std::fs::write(here.join("in.ass"), ASS).unwrap();
    done(here, "captions film.roomtone import in.ass --id ass");
    let all = done(here, "captions film.roomtone list --of ass --json");
    assert!(all.contains("\"speaker\":\"Ann\"") && all.contains("\"place\":\"top\""), "{all}");
    done(here, "captions film.roomtone export --of ass -o ours.srt");
    let path = here.join("in.ass").display().to_string();
    let theirs = oracle::ffmpeg(&["-i", &path, "-f", "srt", "-"]);
    let theirs = said(&String::from_utf8(theirs).unwrap().replace("\r\n", "\n"));
    let plain = |line: &String| {
        let line = line.replace("{\\an8}", "");
        line.split('<').enumerate().fold(String::new(), |out, (at, part)| {
            match part.split_once('>') {
                Some((tag, rest)) if at > 0 && (tag == "i" || tag == "/i") => {
                    format!("{out}<{tag}>{rest}")
                }
                Some((_, rest)) if at > 0 => out + rest,
                _ => out + part,
            }
        })
    };
    let ours = said(&std::fs::read_to_string(here.join("ours.srt")).unwrap());
    let both = [&ours, &theirs].map(|all| all.iter().map(plain).collect::<Vec<_>>());
    assert_eq!(both[0], both[1], "from SubStation Alpha to SubRip");
    done(here, "captions film.roomtone export --of en -o out.ass");
    let back = said(&read_back(here, "out.ass"));
    let kept = said(&std::fs::read_to_string(here.join("in.srt")).unwrap().replace('\u{feff}', ""));
    assert_eq!(
        back.iter().map(plain).collect::<Vec<_>>(),
        kept.iter().map(plain).collect::<Vec<_>>()
    );
    done(here, "captions film.roomtone import out.ass --id again");
    done(here, "captions film.roomtone export --of again -o again.srt");
    done(here, "captions film.roomtone export --of en -o en.srt");
    let read = |name: &str| std::fs::read_to_string(here.join(name)).unwrap();
    assert_eq!(read("again.srt"), read("en.srt"));
}

#[test]
fn captions_of_a_delivery_are_held_against_the_film() {
    let folder = Folder::new();
    let here = folder.path();
    film(here);
    let list = done(here, "captions film.roomtone list --json");
    let cues: Vec<serde_json::Value> =
        list.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let ids: Vec<&str> = cues.iter().filter_map(|cue| cue["cue"]["id"].as_str()).collect();
    for (preset, file) in [("web-h264", "out.mp4"), ("archive-ffv1", "out.mkv")] {
        done(here, &format!("deliver film.roomtone --preset {preset} -o {file} --captions mux"));
        let told = done(here, &format!("verify film.roomtone {file} --captions mux"));
        assert!(told.contains("2 cues"), "{told}");
        done(here, &format!("deliver film.roomtone --preset {preset} -o bare-{file}"));
        done(here, &format!("verify film.roomtone bare-{file}"));
        fails(
            here,
            &format!("verify film.roomtone bare-{file} --captions mux"),
            1,
            "it has not the captions",
        );
    }
    for (change, words) in [
        (
            format!("change {} --text Other", ids[0]),
            "say \"Is it morning?\", and the film \"Other\"",
        ),
        (format!("change {} --at 6", ids[0]), "is seen in frames 5 to 24"),
        (format!("change {} --length 24", ids[1]), "is seen in frames 25 to 49"),
        (format!("remove {}", ids[0]), "have 2 cues, and the film 1"),
        ("add 55 10 Third".to_owned(), "the cue \"Third\" is not in its captions"),
    ] {
        std::fs::copy(here.join("film.roomtone"), here.join("other.roomtone")).unwrap();
        done(here, &format!("captions other.roomtone {change}"));
        for file in ["out.mp4", "out.mkv"] {
            fails(here, &format!("verify other.roomtone {file}"), 1, words);
        }
    }
}

#[test]
fn speakers_are_kept_where_a_format_has_them_and_spelled_where_it_has_not() {
    let folder = Folder::new();
    let here = folder.path();
    done(here, "new film.roomtone --size 320x180 --rate 25");
    let text = "WEBVTT\n\n00:00.200 --> 00:01.000 align:left position:10%\n<v Ann>Look!\n";
    std::fs::write(here.join("in.vtt"), text).unwrap();
    done(here, "captions film.roomtone import in.vtt --id a");
    let read = |name: &str| std::fs::read_to_string(here.join(name)).unwrap();
    done(here, "captions film.roomtone export --of a -o a.vtt");
    assert!(read("a.vtt").contains("align:left position:10%\n<v Ann>Look!"), "{}", read("a.vtt"));
    done(here, "captions film.roomtone export --of a -o a.ass");
    assert!(read("a.ass").contains(",Default,Ann,0,0,0,,{\\an1}Look!"), "{}", read("a.ass"));
    done(here, "captions film.roomtone export --of a -o a.srt");
    assert!(read("a.srt").ends_with("{\\an1}Look!\n"), "{}", read("a.srt"));
    done(here, "captions film.roomtone export --of a --speakers -o b.srt");
    assert!(read("b.srt").ends_with("{\\an1}ANN: Look!\n"), "{}", read("b.srt"));
    done(here, "captions film.roomtone import b.srt --id b");
    assert!(done(here, "captions film.roomtone list --of b").contains("ANN: Look!"));
    done(here, "captions film.roomtone import b.srt --id c --speakers");
    assert!(
        done(here, "captions film.roomtone list --of c --json").contains("\"speaker\":\"ANN\"")
    );
}

#[test]
fn a_font_may_be_a_file_beside_the_film() {
    let folder = Folder::new();
    let here = folder.path();
    done(here, "new film.roomtone --size 320x180 --rate 25");
    let font = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/picture/fonts/colour0.ttf");
    let append =
        "cut film.roomtone append v1 generator:title --set text=A --set font=own.ttf --length 5";
    done(here, append);
    let told = done(here, "check film.roomtone");
    assert!(told.contains("own.ttf") && told.contains("Noto Sans stands for it"), "{told}");
    done(here, "frame film.roomtone 0 -o without.png");
    std::fs::copy(font, here.join("own.ttf")).unwrap();
    assert!(done(here, "check film.roomtone").contains("nothing is wrong"));
    done(here, "frame film.roomtone 0 -o with.png");
    let read = |name: &str| image::open(here.join(name)).unwrap().to_rgb8();
    let red = |image: image::RgbImage| image.pixels().filter(|p| p[0] > 150 && p[1] < 90).count();
    assert_eq!(red(read("without.png")), 0);
    assert!(red(read("with.png")) > 20);
}

#[test]
fn a_title_beyond_the_safe_area_is_noted() {
    let folder = Folder::new();
    let here = folder.path();
    for (name, place, is_noted) in [("a", "[0.5,0.5]", false), ("b", "[0.5,0.99]", true)] {
        done(here, &format!("new {name}.roomtone --size 320x180 --rate 25"));
        done(
            here,
            &format!(
                "cut {name}.roomtone append v1 generator:title --set text=One --set position={place} --length 5"
            ),
        );
        let told = done(here, &format!("check {name}.roomtone"));
        assert_eq!(told.contains("safe area"), is_noted, "{told}");
    }
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
    assert!(done(here, "check film.roomtone").contains("Noto Sans stands for it"));
    done(here, "frame film.roomtone 0 -o frame.png");
    assert!(done(here, "list fonts").contains("Noto Sans"));
    let own = here.join("own.png");
    assert!(std::fs::metadata(here.join("frame.png")).unwrap().len() > 500 && !own.exists());
}
