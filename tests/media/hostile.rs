//! Files that are broken, or mean harm: words or a slate, soon, in little memory, and never another
//! file than the one that was named.

use super::file::open;
use crate::support::folder::Folder;
use crate::support::{barcode, oracle};
use roomtone::media::{self, Pictures, Sounds};
use roomtone::signal::Samples;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

/// The most address space that the program may take, in kibibytes, and how long it may take.
const MEMORY: u64 = 2 << 20;
const LONGEST: Duration = Duration::from_secs(20);

/// Runs `roomtone` within bounds on memory; gives its exit code and all that it said.
#[expect(clippy::disallowed_methods, reason = "the program is tested as a program")]
fn bounded(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let script = format!("ulimit -v {MEMORY}; exec \"$0\" \"$@\"");
    let mut command = Command::new("sh");
    command.args(["-c", &script, env!("CARGO_BIN_EXE_roomtone")]).args(arguments);
    let begun = Instant::now();
    let done = command.current_dir(folder).output().unwrap();
    assert!(begun.elapsed() < LONGEST, "{arguments:?} took {:?}", begun.elapsed());
    let words = [done.stdout, done.stderr].concat();
    (done.status.code(), String::from_utf8_lossy(&words).into_owned())
}

fn riff(kind: &[u8], length: u32, rest: &[u8]) -> Vec<u8> {
    [b"RIFF", &length.to_le_bytes()[..], kind, rest].concat()
}

/// The start of a WAV file of 16 bits that claims so many bytes of samples.
fn wav(claimed: u32, channels: u16) -> Vec<u8> {
    let format = [1_u16.to_le_bytes(), channels.to_le_bytes()].concat();
    let rates = [48_000_u32.to_le_bytes(), (96_000 * u32::from(channels)).to_le_bytes()].concat();
    let block = [(2 * channels).to_le_bytes(), 16_u16.to_le_bytes()].concat();
    let head = [&b"fmt \x10\0\0\0"[..], &format, &rates, &block, b"data", &claimed.to_le_bytes()];
    riff(b"WAVE", claimed, &[&head.concat()[..], &[7; 4000]].concat())
}

/// A PNG whose header claims a size, with nothing behind it.
fn png(width: u32, height: u32) -> Vec<u8> {
    let script = "import sys, zlib, struct\n\
        body = b'IHDR' + struct.pack('>IIBBBBB', int(sys.argv[1]), int(sys.argv[2]), 16, 6, 0, 0, 0)\n\
        data = b'IDAT' + zlib.compress(b'\\0' * 100000)\n\
        chunk = lambda body: struct.pack('>I', len(body) - 4) + body + struct.pack('>I', zlib.crc32(body))\n\
        sys.stdout.buffer.write(b'\\x89PNG\\r\\n\\x1a\\n' + chunk(body) + chunk(data) + chunk(b'IEND'))";
    oracle::python(script, &[&width.to_string(), &height.to_string()])
}

/// The box `name` of an MP4 file is given this content, from the start of its data on.
fn claim(mp4: &[u8], name: &[u8], at: usize, content: &[u8]) -> Vec<u8> {
    let mut bytes = mp4.to_vec();
    let start = bytes.windows(4).position(|word| word == name).unwrap() + 4 + at;
    bytes[start..start + content.len()].copy_from_slice(content);
    bytes
}

/// Names of files that cannot be media, made in `folder`.
fn traps(folder: &Folder) -> Vec<String> {
    let raw = barcode::raw(folder.path(), 12);
    let film = barcode::coded(
        &raw,
        "good.mp4",
        "25",
        "-c:v libx264 -preset ultrafast -movflags +faststart",
    );
    std::fs::remove_file(raw).unwrap();
    let film = std::fs::read(film).unwrap();
    let mut names = Vec::new();
    let mut put = |name: &str, bytes: &[u8]| {
        std::fs::write(folder.file(name), bytes).unwrap();
        names.push(name.to_owned());
    };
    put("empty.mp4", b"");
    put("words.mp4", b"this is no film, whatever its name is\n");
    put("zeros.mov", &[0; 5000]);
    put("huge.png", &png(100_000, 100_000));
    put("large.png", &png(30_000, 30_000));
    put("flat.png", &png(0, 10));
    put("list.m3u8", b"#EXTM3U\n#EXT-X-VERSION:3\n#EXTINF:1,\ngood.mp4\n#EXT-X-ENDLIST\n");
    put("list.mp4", b"#EXTM3U\n#EXTINF:1,\ngood.mp4\n");
    put("list.ffconcat", b"ffconcat version 1.0\nfile good.mp4\n");
    put("concat.txt", b"file 'good.mp4'\n");
    put(
        "stream.sdp",
        b"v=0\no=- 0 0 IN IP4 127.0.0.1\nc=IN IP4 127.0.0.1\nm=video 5004 RTP/AVP 96\n",
    );
    put("dash.mpd", b"<?xml version=\"1.0\"?><MPD><BaseURL>good.mp4</BaseURL></MPD>");
    put("film.avs", b"AviSource(\"good.mp4\")\n");
    put("samples.mp4", &claim(&film, b"stsz", 4, &[0, 0, 0, 1, 0x7f, 0xff, 0xff, 0xff]));
    put("moov.mp4", &claim(&film, b"moov", 0, &[])[..200]);
    put("box.mp4", &[&0xffff_fff0_u32.to_be_bytes(), &b"moov"[..], &[1; 500]].concat());
    put("rf64.wav", &[&b"RF64\xff\xff\xff\xffWAVEds64"[..], &[0xff; 40]].concat());
    put("flac.flac", &[&b"fLaC\0\0\0\x22"[..], &[0xff; 60]].concat());
    put("text.exr", &[&b"\x76\x2f\x31\x01\x02\0\0\0"[..], &[0x41; 900]].concat());
    put("tiff.tif", &[&b"II*\0\x08\0\0\0\xff\xff"[..], &[0x11; 600]].concat());
    put("web.webp", &riff(b"WEBP", 0xffff_fff0, b"VP8X\x0a\0\0\0\0\0\0\0\xff\xff\xff\xff\xff\xff"));
    std::fs::create_dir(folder.file("folder.mp4")).unwrap();
    names.push("folder.mp4".into());
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("loop.mp4", folder.file("loop.mp4")).unwrap();
        std::os::unix::fs::symlink("/dev/zero", folder.file("device.mov")).unwrap();
        oracle::output("mkfifo", &[folder.file("pipe.mp4").to_str().unwrap()]);
        names.extend(["loop.mp4", "device.mov", "pipe.mp4"].map(str::to_owned));
    }
    names
}

#[test]
fn what_is_no_media_is_refused_in_words_and_little_memory() {
    if !oracle::have("ffmpeg", "what is no media") {
        return;
    }
    let folder = Folder::new();
    let mut names = traps(&folder);
    names.extend(
        ["absent.mp4", "http://127.0.0.1:9/a.mp4", "concat:good.mp4|good.mp4", "data:text/plain,a"]
            .map(str::to_owned),
    );
    names.extend(
        [
            "subfile,,start,0,end,100,,:good.mp4",
            "file:good.mp4",
            "crypto:good.mp4",
            "pipe:0",
            "good%d.mp4",
            "*.mp4",
            "-",
        ]
        .map(str::to_owned),
    );
    for name in &names {
        let (code, said) = bounded(folder.path(), &["probe", "--", name]);
        assert_eq!(code, Some(1), "{name}: {said}");
        assert!(said.lines().any(|line| line.len() > name.len() + 8), "{name}: {said:?}");
        assert!(!said.contains("panicked"), "{name}: {said}");
    }
}

#[test]
fn a_film_of_broken_media_is_delivered_with_slates_and_a_list() {
    if !oracle::have("ffmpeg", "a film of broken media") {
        return;
    }
    let folder = Folder::new();
    let mut names = traps(&folder);
    names.extend(
        ["absent.mp4", "http://127.0.0.1:9/a.mp4", "concat:good.mp4|good.mp4", "good%d.mp4"]
            .map(str::to_owned),
    );
    let (mut media, mut clips, mut order) = (String::new(), String::new(), String::new());
    let row = |path: &str, kind: &str| {
        let picture = "\"picture\": {\"width\": 128, \"height\": 72}";
        format!(
            "{{\"path\": {path:?}, \"kind\": \"{kind}\", \"rate\": \"25\", \"length\": 12, {picture}}}"
        )
    };
    for (number, name) in names.iter().enumerate() {
        let still = ["png", "exr", "tif", "webp"].iter().any(|ending| name.ends_with(ending));
        let kind = if still { "still" } else { "video" };
        write!(media, "\"m{number}\": {},", row(name, kind)).unwrap();
        write!(clips, "\"c{number}\": {{\"length\": 2, \"media\": \"m{number}\", \"in\": 0}},")
            .unwrap();
        write!(order, "\"c{number}\", ").unwrap();
    }
    let film = format!(
        "{{\"format\": 2, \"min_reader\": 2, \"settings\": {{\"raster\": \"128x72\", \"rate\": \"25\", \
        \"sound\": 48000, \"main\": \"main\"}}, \"media\": {{{media} \"good\": {}}}, \"clips\": {{{clips} \
        \"last\": {{\"length\": 4, \"media\": \"good\", \"in\": 3}}}}, \"tracks\": {{\"v1\": {{\"kind\": \
        \"picture\", \"order\": [{order} \"last\", \"\"]}}}}, \"sequences\": {{\"main\": {{\"rate\": \"25\", \
        \"tracks\": [\"v1\", \"\"]}}}}}}",
        row("good.mp4", "video")
    );
    std::fs::write(folder.file("film.roomtone"), film).unwrap();
    let deliver = ["deliver", "film.roomtone", "--preset", "archive-ffv1", "-o", "film.mkv"];
    let (code, said) = bounded(folder.path(), &deliver);
    assert_eq!(code, Some(0), "{said}");
    for name in &names {
        assert!(said.contains(name.as_str()), "{name} is not told of:\n{said}");
    }
    let mut film = open(&folder.file("film.mkv"));
    let count = film.pictures.count();
    assert_eq!(count, names.len() as i64 * 2 + 4);
    for n in 0..4 {
        let image = film.pictures.frame(count - 4 + n).unwrap();
        assert_eq!(barcode::number(&image) as i64, 3 + n, "the good clip after the broken ones");
    }
}

/// What can be read of a file is read: nothing is asked of it but that it ends.
fn read_all(path: &Path) {
    let Ok(media) = media::probe(path) else { return };
    if let Ok(mut pictures) = Pictures::open(path, &media) {
        for n in [0, pictures.count() - 1, pictures.count() / 2, 1] {
            drop(pictures.frame(n));
        }
    }
    if media.sound.is_some() {
        let mut sounds = Sounds::open(path, &media).unwrap();
        let length = sounds.length();
        assert!((0..=48_000 * 60).contains(&length), "{}: {length} samples", path.display());
        for at in [0, length - 100, length / 2, -50] {
            drop(sounds.read(at, &mut Samples::silence(2, 500)));
        }
    }
}

#[test]
fn broken_off_and_damaged_files_are_read_as_far_as_they_go() {
    if !oracle::have("ffmpeg", "damaged files") {
        return;
    }
    let folder = Folder::new();
    let raw = barcode::raw(folder.path(), 20);
    let sound = "-f lavfi -i sine=440:r=48000:d=0.8 -shortest";
    let x264 = "-c:v libx264 -preset ultrafast -threads 1 -g 6 -bf 2";
    for (name, coding) in [
        ("a.mp4", format!("{sound} {x264} -c:a aac")),
        ("b.mp4", format!("{sound} {x264} -c:a aac -movflags +faststart")),
        ("c.mkv", format!("{sound} {x264} -c:a libopus")),
        ("d.ts", format!("{sound} {x264} -c:a mp2")),
        ("e.avi", format!("{sound} -c:v mpeg4 -c:a pcm_s16le")),
        ("f.mxf", "-c:v mpeg2video -g 6".to_owned()),
        ("g.webm", "-c:v libvpx -deadline realtime -cpu-used 8".to_owned()),
        ("h.png", "-frames:v 1".to_owned()),
        ("i.jpg", "-frames:v 1".to_owned()),
        ("j.webp", "-frames:v 1".to_owned()),
        ("k.tif", "-frames:v 1".to_owned()),
        ("l.exr", "-frames:v 1 -pix_fmt gbrpf32le".to_owned()),
        ("m.wav", format!("{sound} -map 1:a")),
        ("n.flac", format!("{sound} -map 1:a")),
        ("o.mp3", format!("{sound} -map 1:a")),
        ("p.ogg", format!("{sound} -map 1:a -c:a libvorbis")),
        ("q.aiff", format!("{sound} -map 1:a")),
        ("r.m4a", format!("{sound} -map 1:a -c:a alac")),
    ] {
        let whole = std::fs::read(barcode::coded(&raw, name, "25", &coding)).unwrap();
        let broken = folder.file(&format!("broken-{name}"));
        for tenth in 0..10 {
            std::fs::write(&broken, &whole[..whole.len() * tenth / 10]).unwrap();
            read_all(&broken);
        }
        let mut state = 11_u32;
        for _ in 0..6 {
            let mut bytes = whole.clone();
            for _ in 0..12 {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let at = (state >> 6) as usize % bytes.len();
                bytes[at] = (state >> 20) as u8;
            }
            std::fs::write(&broken, bytes).unwrap();
            read_all(&broken);
        }
    }
}

#[test]
fn a_sound_file_is_as_long_as_what_is_in_it() {
    if !oracle::have("ffmpeg", "claimed lengths") {
        return;
    }
    let folder = Folder::new();
    for (name, claimed) in [("long.wav", 0xffff_ff00), ("endless.wav", u32::MAX), ("none.wav", 0)] {
        std::fs::write(folder.file(name), wav(claimed, 1)).unwrap();
        let length = media::probe(&folder.file(name)).ok().and_then(|media| media.length);
        let length = length.and_then(timeline_format::Ratio::as_whole);
        assert!(matches!(length, None | Some(0 | 2000)), "{name}: {length:?}");
    }
}

#[test]
fn a_name_is_a_name_whatever_is_in_it() {
    if !oracle::have("ffmpeg", "odd names") {
        return;
    }
    let folder = Folder::new();
    let raw = barcode::raw(folder.path(), 3);
    let film = barcode::coded(&raw, "film.mp4", "25", "-c:v libx264 -preset ultrafast");
    let still = barcode::coded(&raw, "still.png", "25", "-frames:v 1");
    let photo = barcode::coded(&raw, "photo.jpg", "25", "-frames:v 1");
    let moving = barcode::coded(&raw, "moving.gif", "25", "");
    for (from, names) in [
        (
            &film,
            ["a%03d.mp4", "*.mp4", "[1-3]?.mp4", "a|b.mp4", "Ünïcödé 片.mp4", "-i.mp4", "a\nb.mp4"],
        ),
        (&still, ["a%d.png", "%.png", "a*.png", "{1,2}.png", "a b'c\".png", "-y.png", "$HOME.png"]),
        (&photo, ["a%d.jpg", "a%5d%d.jpg", "*.jpg", "a?.jpg", "~.jpg", "a\\b.jpg", "#.jpg"]),
        (&moving, ["a%d.gif", "%%.gif", "a*.gif", "a?.gif", "~.gif", "a;b.gif", "a&b.gif"]),
    ] {
        for name in names {
            let path = folder.file(name);
            std::fs::copy(from, &path).unwrap();
            let mut file = open(&path);
            file.pictures.frame(0).unwrap_or_else(|error| panic!("{error}"));
        }
    }
    #[cfg(unix)]
    {
        let name =
            <std::ffi::OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(b"not\xffutf8.mp4");
        std::fs::copy(&film, folder.path().join(name)).unwrap();
        media::probe(&folder.path().join(name)).unwrap();
    }
}
