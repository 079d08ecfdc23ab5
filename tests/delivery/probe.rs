//! What ffprobe and ffmpeg say about a file.

use crate::support::oracle;
use std::path::Path;

/// One field of the first stream of a kind (`v:0`, `a:0`, `d:0`), as ffprobe prints it.
pub fn field(file: &Path, stream: &str, name: &str) -> String {
    entries(file, &["-select_streams", stream, "-show_entries", &format!("stream={name}")])
}

/// One tag of a stream.
pub fn tag(file: &Path, stream: &str, name: &str) -> String {
    entries(file, &["-select_streams", stream, "-show_entries", &format!("stream_tags={name}")])
}

/// One tag of the file.
pub fn file_tag(file: &Path, name: &str) -> String {
    entries(file, &["-show_entries", &format!("format_tags={name}")])
}

fn entries(file: &Path, arguments: &[&str]) -> String {
    let file = file.to_str().unwrap();
    let format = ["-v", "error", "-of", "default=nk=1:nw=1"];
    let out = oracle::output("ffprobe", &[&format, arguments, &[file]].concat());
    String::from_utf8(out).unwrap().trim().to_owned()
}

/// How many frames there are to decode.
pub fn frame_count(file: &Path) -> i64 {
    let counted =
        ["-count_frames", "-select_streams", "v:0", "-show_entries", "stream=nb_read_frames"];
    entries(file, &counted).parse().unwrap()
}

/// Every picture as 8-bit grey, in the order of presentation.
pub fn grey(file: &Path) -> Vec<u8> {
    let file = file.to_str().unwrap();
    let raw = ["-map", "0:v:0", "-fps_mode", "passthrough", "-pix_fmt", "gray", "-f", "rawvideo"];
    oracle::ffmpeg(&[&["-i", file], &raw[..], &["-"]].concat())
}

/// One channel of the sound as floats.
pub fn sound(file: &Path, channel: usize, channels: usize) -> Vec<f32> {
    let file = file.to_str().unwrap();
    let raw = oracle::ffmpeg(&["-i", file, "-map", "0:a:0", "-f", "f32le", "-"]);
    raw.chunks_exact(4 * channels)
        .map(|frame| f32::from_le_bytes(frame[4 * channel..][..4].try_into().unwrap()))
        .collect()
}

/// The atoms of an MP4 or QuickTime file at the top, or within the path of names.
pub fn atoms(file: &[u8]) -> Vec<(String, &[u8])> {
    let mut found = Vec::new();
    let mut rest = file;
    while rest.len() >= 8 {
        let short = u32::from_be_bytes(rest[..4].try_into().unwrap()) as usize;
        let (size, head) = match short {
            1 => (u64::from_be_bytes(rest[8..16].try_into().unwrap()) as usize, 16),
            0 => (rest.len(), 8),
            other => (other, 8),
        };
        let size = size.clamp(head, rest.len());
        found.push((String::from_utf8_lossy(&rest[4..8]).into_owned(), &rest[head..size]));
        rest = &rest[size..];
    }
    found
}

/// Every atom at a path of names.
pub fn atoms_at<'a>(file: &'a [u8], path: &[&str]) -> Vec<&'a [u8]> {
    path.iter().fold(vec![file], |within, name| {
        let all = within.into_iter().flat_map(atoms);
        all.filter(|(found, _)| found == name).map(|(_, body)| body).collect()
    })
}
