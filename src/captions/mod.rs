//! Captions in and out: other programs' files, and what is hard to read of them.

pub mod checks;
mod decode;
mod formats;
mod marks;
pub mod speakers;
mod timing;

pub use decode::decoded;
pub use formats::{ALL, Format, Spoken, find, of_path, reader_of};
pub use timing::{frame_of, spoken, taken};

use timeline_format::{Captions, Cue, IdSource, Problem, Rate};

/// The most bytes of a file of captions that are read.
pub const MOST_BYTES: u64 = 64 << 20;
/// The most cues that are read.
pub const MOST_CUES: usize = 200_000;

/// What a file of captions says, on the grid of a sequence, and what is wrong with it. Never fails: what
/// cannot be read is left out and told.
pub fn read(
    bytes: &[u8],
    format: &Format,
    rate: Rate,
    ids: &mut IdSource,
) -> (Captions, Vec<Problem>) {
    let (text, mut problems) = decoded(bytes);
    let (mut said, more) = (format.read)(&text);
    problems.extend(more);
    if said.len() > MOST_CUES {
        let words = format!("{} cues are more than {MOST_CUES}: the rest is left out", said.len());
        problems.push(Problem::warning("captions-many", words));
        said.truncate(MOST_CUES);
    }
    let mut captions = Captions::default();
    for spoken in said {
        captions.cues.extend(taken(&spoken, rate, ids.next_id()));
    }
    captions.sort();
    (captions, problems)
}

/// The text of a cue as SubRip has it, its place ahead of it.
pub fn subrip(cue: &Cue) -> String {
    format!("{}{}", marks::place_mark(cue.align, cue.place), cue.text)
}

/// The text of one cue of a format called `id`, as files of films hold it, with the document's marks.
pub fn marked(id: &str, text: &str) -> String {
    let file = match id {
        "ass" => {
            format!("[Events]\nDialogue: 0,0:00:00.00,0:00:01.00,,,0,0,0,,{}", text.trim_end())
        }
        "vtt" => format!("WEBVTT\n\n00:00.000 --> 00:01.000\n{text}\n"),
        _ => format!("1\n00:00:00,000 --> 00:00:01,000\n{text}\n"),
    };
    let (file, _) = decoded(file.as_bytes());
    let said = find(id).map(|format| (format.read)(&file).0).unwrap_or_default();
    said.into_iter().map(|spoken| spoken.text).collect::<Vec<_>>().join("\n")
}

/// The text of a file of captions; `from` is the film's frame at its start, and cues are cut at `to`.
pub fn write(
    captions: &Captions,
    format: &Format,
    rate: Rate,
    range: std::ops::Range<i64>,
) -> String {
    let said: Vec<Spoken> = spoken(captions, rate, range).collect();
    (format.write)(&said, &captions.language)
}
