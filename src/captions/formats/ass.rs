//! Advanced SubStation Alpha, and the SubStation Alpha before it: events in fields, marks in braces.
//!
//! Times, names, places, bold, italic and underlined letters are taken and written. What else a style or a mark
//! says (colours, fonts, positions, moves, karaoke, drawings) the document has no words for: it is told, kind
//! by kind, with the first line that says it. Times are hundredths of a second: frames up to 100 a second come
//! back as they were.

use super::marked::{Look, Lost, marked};
use super::{Format, Spoken, backwards, milliseconds};
use std::collections::BTreeMap;
use timeline_format::caption::{CueAlign, CuePlace};
use timeline_format::{Problem, markup};

pub(super) const FORMAT: Format =
    Format { id: "ass", label: "Advanced SubStation Alpha", also: &["ssa"], read, write };

/// The fields of events and styles, where a file does not say them.
const EVENT: &str = "Layer,Start,End,Style,Name,MarginL,MarginR,MarginV,Effect,Text";
const STYLE: &str = "Name,Fontname,Fontsize,PrimaryColour,SecondaryColour,OutlineColour,BackColour,\
    Bold,Italic,Underline,StrikeOut,ScaleX,ScaleY,Spacing,Angle,BorderStyle,Outline,Shadow,Alignment,\
    MarginL,MarginR,MarginV,Encoding";

/// A file as it is read.
struct Reader {
    said: Vec<Spoken>,
    lost: Lost,
    problems: Vec<Problem>,
    styles: BTreeMap<String, Look>,
    event: Vec<String>,
    style: Vec<String>,
    /// Whether alignments are SubStation Alpha's.
    is_old: bool,
}

fn read(text: &str) -> (Vec<Spoken>, Vec<Problem>) {
    let mut reader = Reader {
        said: Vec::new(),
        lost: Lost::default(),
        problems: Vec::new(),
        styles: BTreeMap::new(),
        event: fields(EVENT),
        style: fields(STYLE),
        is_old: false,
    };
    let mut section = String::new();
    for (at, line) in text.split('\n').enumerate() {
        let line = line.trim();
        if line.starts_with('[') && line.ends_with(']') {
            section = line.trim_matches(['[', ']']).trim().to_ascii_lowercase();
            reader.is_old |= section == "v4 styles";
        } else if let Some((key, rest)) = line.split_once(':') {
            reader.line(&section, (key.trim(), rest.trim_start()), at + 1);
        }
    }
    if reader.said.is_empty() && reader.problems.is_empty() && !text.trim().is_empty() {
        let words = "the file has no event: no line says Dialogue: 0,0:00:01.00,0:00:02.00,...";
        reader.problems.push(Problem::error("captions-empty", words));
    }
    reader.problems.extend(reader.lost.problems());
    (reader.said, reader.problems)
}

/// The names of fields, in small letters.
fn fields(line: &str) -> Vec<String> {
    line.split(',').map(|name| name.trim().to_ascii_lowercase()).collect()
}

/// The values of a line by the names of its fields: the last one has all the commas that are left.
fn values<'a>(names: &'a [String], line: &'a str) -> BTreeMap<&'a str, &'a str> {
    let parts = line.splitn(names.len().max(1), ',');
    names.iter().map(String::as_str).zip(parts).collect()
}

impl Reader {
    fn line(&mut self, section: &str, (key, rest): (&str, &str), at: usize) {
        let is_event = section == "events";
        match key.to_ascii_lowercase().as_str() {
            "format" if is_event => self.event = fields(rest),
            "format" if section.contains("styles") => self.style = fields(rest),
            "style" if section.contains("styles") => self.style(rest, at),
            "dialogue" if is_event => self.dialogue(rest, at),
            kind @ ("picture" | "sound" | "movie" | "command") if is_event => {
                self.lost.add(&format!("{kind} events"), at);
            }
            _ => {}
        }
    }

    fn style(&mut self, rest: &str, at: usize) {
        let found = values(&self.style, rest);
        let get = |name: &str| found.get(name).map(|value| value.trim()).unwrap_or_default();
        let is_on = |name: &str| !matches!(get(name), "" | "0");
        let number = get("alignment").parse().unwrap_or(2);
        let (align, place) = stand(number, self.is_old);
        let faces = [is_on("bold"), is_on("italic"), is_on("underline")];
        let white = ["", "&H00FFFFFF", "&HFFFFFF", "16777215"];
        if !white.iter().any(|known| known.eq_ignore_ascii_case(get("primarycolour"))) {
            self.lost.add("colours of styles", at);
        }
        let name = get("name").trim_start_matches('*').to_owned();
        self.styles.insert(name, Look { faces, align, place });
    }

    fn dialogue(&mut self, rest: &str, at: usize) {
        let found = values(&self.event, rest);
        let get = |name: &str| found.get(name).copied().unwrap_or_default();
        let times = (milliseconds(get("start")), milliseconds(get("end")));
        let (Some(from), Some(to)) = times else {
            let words = format!("line {at} says no times that can be read: it is left out");
            let problem = Problem::warning("cue-times", words);
            self.problems.push(problem.remedy("write Dialogue: 0,0:00:01.00,0:00:02.00,..."));
            return;
        };
        if to < from {
            self.problems.push(backwards(at));
            return;
        }
        let is_set = |name: &&str| get(name).trim().parse::<i64>().is_ok_and(|value| value != 0);
        if ["marginl", "marginr", "marginv"].iter().any(is_set) {
            self.lost.add("margins of events", at);
        }
        if !get("effect").trim().is_empty() {
            self.lost.add("effects of events", at);
        }
        let style = get("style").trim().trim_start_matches('*');
        let look = self.styles.get(style).copied().unwrap_or_default();
        let speaker = get("name").trim().to_owned();
        let old = |number| stand(number, true);
        let (text, look) = marked(get("text"), (look, &self.styles), old, (&mut self.lost, at));
        let Look { align, place, .. } = look;
        self.said.push(Spoken { from, to, text, speaker, align, place, ..Spoken::default() });
    }
}

/// Where text of an alignment stands: by the keys of a number pad, or by SubStation Alpha's rows of 1, 9 and 5.
pub(super) const fn stand(number: u8, is_old: bool) -> (CueAlign, CuePlace) {
    let (row, column) = if is_old {
        (
            if number >= 9 {
                1
            } else if number >= 5 {
                2
            } else {
                0
            },
            number.wrapping_sub(1) % 4,
        )
    } else {
        (number.saturating_sub(1) / 3, number.saturating_sub(1) % 3)
    };
    let align = match column {
        0 => CueAlign::Left,
        2 => CueAlign::Right,
        _ => CueAlign::Centre,
    };
    let place = match row {
        0 => CuePlace::Bottom,
        1 => CuePlace::Middle,
        _ => CuePlace::Top,
    };
    (align, place)
}

/// What stands ahead of the events: the look that FFmpeg and libass take where nothing is said.
const HEAD: &str = "[Script Info]
ScriptType: v4.00+
PlayResX: 384
PlayResY: 288
WrapStyle: 0
ScaledBorderAndShadow: yes

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, \
Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, \
MarginR, MarginV, Encoding
Style: Default,Arial,16,&Hffffff,&Hffffff,&H0,&H0,0,0,0,0,100,100,0,0,1,1,0,2,10,10,10,1

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
";

fn write(said: &[Spoken], _: &str) -> String {
    let event = |cue: &Spoken| {
        let place = crate::captions::marks::place_mark(cue.align, cue.place);
        let name = cue.speaker.replace([',', '\n'], " ");
        let (from, to) = (stamp(cue.from), stamp(cue.to));
        format!("Dialogue: 0,{from},{to},Default,{name},0,0,0,,{place}{}\n", braced(&cue.text))
    };
    std::iter::once(HEAD.to_owned()).chain(said.iter().map(event)).collect()
}

/// A moment as `H:MM:SS.cc`, to the nearest hundredth.
fn stamp(milliseconds: i64) -> String {
    let hundredths = (milliseconds + 5) / 10;
    let (seconds, rest) = (hundredths / 100, hundredths % 100);
    format!("{}:{:02}:{:02}.{rest:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// A text in the marks of this format.
fn braced(text: &str) -> String {
    let plain = |run: &str| {
        run.chars().fold(String::new(), |mut out, character| {
            match character {
                '\\' => out.push_str("\\\u{2060}"),
                '{' | '}' => out.extend(['\\', character]),
                '\n' => out.push_str("\\N"),
                '\u{a0}' => out.push_str("\\h"),
                _ => out.push(character),
            }
            out
        })
    };
    let (text, parts) = markup::parse(text.trim_matches('\n'));
    let mut out = String::new();
    let (mut at, mut last) = (0, [false; 3]);
    let mut turn = |out: &mut String, to: [bool; 3]| {
        for (index, name) in ["b", "i", "u"].into_iter().enumerate() {
            if to[index] != last[index] {
                out.extend(["{\\", name, if to[index] { "1}" } else { "0}" }]);
            }
        }
        last = to;
    };
    for part in parts {
        if part.range.start > at {
            turn(&mut out, [false; 3]);
            out.push_str(&plain(&text[at..part.range.start]));
        }
        turn(&mut out, [part.bold, part.italic, part.underline]);
        out.push_str(&plain(&text[part.range.clone()]));
        at = part.range.end;
    }
    if at < text.len() {
        turn(&mut out, [false; 3]);
        out.push_str(&plain(&text[at..]));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_styles_marks_and_names_are_understood() {
        let text = "[Script Info]\nTitle: x\n\n[V4+ Styles]\nFormat: Name, Bold, Italic, Alignment\n\
                    Style: Default,0,0,2\nStyle: Sign,-1,0,8\n\n[Events]\n\
                    Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n\
                    Comment: 0,0:00:00.00,0:00:01.00,Default,,0,0,0,,no\n\
                    Dialogue: 0,0:00:01.50,0:00:02.00,Default,Ann,0,0,0,,One, {\\i1}two{\\i0}\\Nthree\\h4\n\
                    Dialogue: 0,1:00:00.00,1:00:01.00,Sign,,0,0,20,,{\\c&H00FFFF&\\pos(1,2)}EXIT{\\b0}!{\\r} {\\an1}\n\
                    Dialogue: 0,0:00:09.00,0:00:08.00,Default,,0,0,0,,back\n\
                    Dialogue: 0,x,0:00:08.00,Default,,0,0,0,,lost\n\
                    Dialogue: 0,0:00:05.00,0:00:08.00,Default,,0,0,0,,{\\p1}m 0 0 l 1 1{\\p0}\\{ok\\}\n";
        let (said, problems) = read(text);
        let drawn: Vec<_> = said.iter().map(|cue| (cue.from, cue.to, cue.text.as_str())).collect();
        assert_eq!(
            drawn,
            [
                (1500, 2000, "One, <i>two</i>\nthree\u{a0}4"),
                (3_600_000, 3_601_000, "<b>EXIT</b>!<b> </b>"),
                (5000, 8000, "{ok}"),
            ]
        );
        assert_eq!((said[0].speaker.as_str(), said[0].align), ("Ann", CueAlign::Centre));
        assert_eq!((said[1].align, said[1].place), (CueAlign::Left, CuePlace::Bottom));
        let told: Vec<_> = problems.iter().map(|it| it.message.clone()).collect();
        assert_eq!(told.len(), 6, "{told:#?}");
        assert!(told.iter().any(|it| it.contains("colours (\\c)")), "{told:#?}");
    }

    #[test]
    fn the_old_format_has_its_own_rows() {
        let text = "[V4 Styles]\nFormat: Name, Bold, Italic, Alignment\nStyle: Top,0,-1,6\n[Events]\n\
                    Format: Marked, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n\
                    Dialogue: Marked=0,0:00:01.00,0:00:02.00,*Top,,0000,0000,0000,,Up\n\
                    Dialogue: Marked=0,0:00:03.00,0:00:04.00,None,,0,0,0,,{\\a11}Mid\n";
        let (said, problems) = read(text);
        assert_eq!(said[0].text, "<i>Up</i>");
        assert_eq!((said[0].align, said[0].place), (CueAlign::Centre, CuePlace::Top));
        assert_eq!((said[1].align, said[1].place), (CueAlign::Right, CuePlace::Middle));
        assert!(problems.is_empty(), "{problems:?}");
    }

    #[test]
    fn what_is_written_is_read_back() {
        let cue = Spoken {
            from: 10,
            to: 3_725_120,
            text: "a <b>b <i>c</i></b>\n{x} \\Nd\u{a0}, e <u>f</u>".into(),
            speaker: "Ann".into(),
            align: CueAlign::Right,
            place: CuePlace::Top,
            ..Spoken::default()
        };
        let next = Spoken { from: 3_725_120, to: 3_726_000, text: "7".into(), ..Spoken::default() };
        let all = vec![cue, next];
        assert_eq!(read(&write(&all, "en")), (all, Vec::new()));
    }

    #[test]
    fn nothing_that_is_read_is_a_panic() {
        for text in [
            "",
            "x",
            "[Events]\nDialogue:",
            "[Events]\nDialogue: ,,,",
            "[Events]\nFormat:\nDialogue: 1",
        ] {
            read(text);
        }
        for text in [
            "{", "{\\", "{\\b}", "\\", "{\\an0}", "{\\an99}", "{\\a0}", "{\\pos(}", "a{\\p9}b", "}",
        ] {
            let line = format!("[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,,,0,0,0,,{text}");
            assert_eq!(read(&line).0.len(), 1);
        }
    }
}
