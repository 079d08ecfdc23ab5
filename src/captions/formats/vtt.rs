//! WebVTT: blocks apart by blank lines, settings behind the times (W3C, 4 April 2019).

use super::{Format, Spoken, backwards, rebroken, span, stamp, unbroken};
use crate::captions::marks;
use timeline_format::caption::{CueAlign, CuePlace};
use timeline_format::{Problem, markup};

pub(super) const FORMAT: Format = Format { id: "vtt", label: "WebVTT", also: &[], read, write };

fn read(text: &str) -> (Vec<Spoken>, Vec<Problem>) {
    let mut problems = Vec::new();
    if !text.starts_with("WEBVTT") {
        let words = "the file does not begin with WEBVTT: it is read all the same";
        problems.push(Problem::warning("captions-header", words));
    }
    let (mut said, mut line) = (Vec::new(), 1);
    for block in blocks(text) {
        let first = line + block.skipped;
        line = first + block.lines.len();
        let Some(at) = block.lines.iter().position(|line| span(line).is_some()) else {
            problems.extend(other(&block.lines, first));
            continue;
        };
        let Some((from, to, settings)) = span(block.lines[at]) else { continue };
        if to < from {
            problems.push(backwards(first + at));
            continue;
        }
        said.push(cue((from, to), settings, &block.lines[at + 1..].join("\n")));
    }
    if said.is_empty() && problems.is_empty() && text.lines().count() > 2 {
        problems.push(Problem::error("captions-empty", "the file has no cue that can be read"));
    }
    (said, problems)
}

/// Lines between blank ones.
struct Lines<'a> {
    /// The blank lines ahead of them.
    skipped: usize,
    lines: Vec<&'a str>,
}

fn blocks(text: &str) -> Vec<Lines<'_>> {
    let mut all = vec![Lines { skipped: 0, lines: Vec::new() }];
    for line in text.split('\n') {
        let is_open = all.last().is_some_and(|block| !block.lines.is_empty());
        match (line.is_empty(), is_open) {
            (true, true) => all.push(Lines { skipped: 1, lines: Vec::new() }),
            (true, false) => all.last_mut().into_iter().for_each(|block| block.skipped += 1),
            (false, _) => all.last_mut().into_iter().for_each(|block| block.lines.push(line)),
        }
    }
    all.retain(|block| !block.lines.is_empty());
    all
}

/// What is said of a block that is no cue.
fn other(lines: &[&str], first: usize) -> Option<Problem> {
    let head = lines.first().copied().unwrap_or_default();
    let is = |word: &str| head.starts_with(word);
    if is("WEBVTT") || is("NOTE") {
        return None;
    }
    let head: String = head.chars().take(60).collect();
    let words = if is("STYLE") || is("REGION") {
        format!("{} of line {first} is left out: the film's own look is used", head.trim())
    } else {
        format!("line {first} begins no cue: {head:?}: it is left out")
    };
    Some(Problem::warning("cue-times", words))
}

fn cue((from, to): (i64, i64), settings: &str, text: &str) -> Spoken {
    let mut speaker = String::new();
    let text = marks::tags(text, |tag| {
        let name = marks::name(tag);
        if name == "v" && !tag.starts_with("</") {
            let said = tag.trim_matches(['<', '>']);
            let said = said.split_once(char::is_whitespace).map_or("", |(_, said)| said);
            let said = unescaped(said.trim());
            if speaker.is_empty() {
                speaker = said;
            } else if speaker != said {
                return Some(format!("{}: ", escaped(&said)));
            }
        }
        let plain = match name.as_str() {
            "b" | "i" | "u" if tag.starts_with("</") => format!("</{name}>"),
            "b" | "i" | "u" => format!("<{name}>"),
            _ => String::new(),
        };
        Some(plain)
    });
    let mut spoken = Spoken { from, to, speaker, ..Spoken::default() };
    spoken.text = rebroken(&markup::map_text(&text, unescaped));
    let rest = settings.split_whitespace().filter(|setting| !takes(&mut spoken, setting));
    let rest: Vec<&str> = rest.collect();
    spoken.settings = rest.join(" ");
    spoken
}

/// Whether a setting is one that the document has words for; the cue has it then.
fn takes(spoken: &mut Spoken, setting: &str) -> bool {
    match setting.split_once(':') {
        Some(("align", "center" | "middle")) => spoken.align = CueAlign::Centre,
        Some(("align", "left" | "start")) => spoken.align = CueAlign::Left,
        Some(("align", "right" | "end")) => spoken.align = CueAlign::Right,
        Some(("line", "0" | "0%")) => spoken.place = CuePlace::Top,
        Some(("line", "50%")) => spoken.place = CuePlace::Middle,
        _ => return false,
    }
    true
}

const ENTITIES: [(&str, &str); 6] = [
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&nbsp;", "\u{a0}"),
    ("&lrm;", "\u{200e}"),
    ("&rlm;", "\u{200f}"),
    ("&amp;", "&"),
];

fn unescaped(text: &str) -> String {
    ENTITIES.iter().fold(text.to_owned(), |text, (entity, plain)| text.replace(entity, plain))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn write(said: &[Spoken], language: &str) -> String {
    let head = match language {
        "" => "WEBVTT\n".to_owned(),
        language => format!("WEBVTT\nLanguage: {language}\n"),
    };
    let cue = |cue: &Spoken| {
        let settings = settings(cue);
        let (from, to) = (stamp(cue.from, '.'), stamp(cue.to, '.'));
        let text = markup::map_text(&unbroken(&cue.text), escaped);
        let voice = match cue.speaker.as_str() {
            "" => String::new(),
            name => format!("<v {}>", escaped(&name.replace('\n', " "))),
        };
        format!("{from} --> {to}{settings}\n{voice}{text}\n")
    };
    std::iter::once(head).chain(said.iter().map(cue)).collect::<Vec<_>>().join("\n")
}

/// What stands behind the times, with a blank ahead of each.
fn settings(cue: &Spoken) -> String {
    let align = match cue.align {
        CueAlign::Centre => "",
        CueAlign::Left => "align:left",
        CueAlign::Right => "align:right",
    };
    let line = match cue.place {
        CuePlace::Bottom => "",
        CuePlace::Middle => "line:50%",
        CuePlace::Top => "line:0",
    };
    let own = [align, line].into_iter().filter(|setting| !setting.is_empty());
    let all: Vec<&str> = own.chain(cue.settings.split_whitespace()).collect();
    if all.is_empty() { String::new() } else { format!(" {}", all.join(" ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_settings_voices_and_entities_are_understood() {
        let text = "WEBVTT - a title\nKind: captions\n\nNOTE\nnothing\n\nSTYLE\n::cue {}\n\nid 1\n\
                    01:02.500 --> 00:01:04.000 align:start line:0 size:80%\n\
                    <v.loud Ann &amp; Bo>Is <00:01:03.000><c.yellow>1 &lt; 2</c>\n<b.x>yes</b>\n\n\
                    garbage\n\n00:09.000 --> 00:08.000\nback\n";
        let (said, problems) = read(text);
        assert_eq!(said.len(), 1);
        let cue = &said[0];
        assert_eq!((cue.from, cue.to, cue.speaker.as_str()), (62_500, 64_000, "Ann & Bo"));
        assert_eq!((cue.align, cue.place), (CueAlign::Left, CuePlace::Top));
        assert_eq!((cue.text.as_str(), cue.settings.as_str()), ("Is 1 < 2\n<b>yes</b>", "size:80%"));
        let codes: Vec<_> = problems.iter().map(|problem| problem.code).collect();
        assert_eq!(codes, ["cue-times", "cue-times", "cue-backwards"]);
    }

    #[test]
    fn the_first_voice_speaks_and_others_are_text() {
        let text = "WEBVTT\n\n00:00.000 --> 00:01.000 position:10%,line-left line:85%\n\
                    <v Ann>Hi\n<v Bo &amp; Co>Yes</v>\n";
        let (said, _) = read(text);
        assert_eq!((said[0].speaker.as_str(), said[0].text.as_str()), ("Ann", "Hi\nBo & Co: Yes"));
        assert_eq!(said[0].settings, "position:10%,line-left line:85%");
        let back = write(&said, "");
        assert!(back.contains("position:10%,line-left line:85%\n<v Ann>Hi\nBo &amp; Co: Yes"), "{back}");
    }

    #[test]
    fn what_is_written_is_read_back() {
        let cue = Spoken {
            from: 1,
            to: 3_725_000,
            text: "R&D <i>&lt;</i>\n\n-->".into(),
            speaker: "Ann <3".into(),
            align: CueAlign::Right,
            place: CuePlace::Top,
            settings: "size:80% position:10%".into(),
        };
        let all = vec![cue];
        let text = write(&all, "en");
        assert!(text.starts_with("WEBVTT\nLanguage: en\n\n00:00:00.001 --> 01:02:05.000 align:right"));
        assert_eq!(read(&text), (all, Vec::new()));
    }
}
