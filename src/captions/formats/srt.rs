//! SubRip: numbered cues, times with a comma.

use super::{Format, Spoken, backwards, rebroken, span, stamp, unbroken};
use crate::captions::marks;
use timeline_format::Problem;

pub(super) const FORMAT: Format = Format { id: "srt", label: "SubRip", also: &[], read, write };

/// A cue is what stands between its line of times and the next one's number: blank lines that are missing
/// or too many do no harm.
fn read(text: &str) -> (Vec<Spoken>, Vec<Problem>) {
    let lines: Vec<&str> = text.split('\n').collect();
    let timed: Vec<(usize, (i64, i64, &str))> = lines
        .iter()
        .enumerate()
        .filter_map(|(at, line)| span(line).map(|span| (at, span)))
        .collect();
    let mut problems = unread(&lines, &timed);
    let mut said = Vec::with_capacity(timed.len());
    for (nth, (at, (from, to, _))) in timed.iter().enumerate() {
        let end = timed.get(nth + 1).map_or(lines.len(), |(next, _)| before(&lines, *next, *at));
        if to < from {
            problems.push(backwards(at + 1));
            continue;
        }
        said.push(cue((*from, *to), &lines[at + 1..end].join("\n")));
    }
    (said, problems)
}

/// Where a cue ends ahead of the next one's line of times: before its number, if it has one.
fn before(lines: &[&str], next: usize, own: usize) -> usize {
    let is_number = |line: &str| {
        let line = line.trim();
        !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_digit())
    };
    if next > own + 1 && is_number(lines[next - 1]) { next - 1 } else { next }
}

fn cue((from, to): (i64, i64), text: &str) -> Spoken {
    let (text, align, place) = marks::placed(text.trim_matches(['\n', ' ']));
    let text = marks::tags(&text, |tag| match marks::name(tag).as_str() {
        "b" | "i" | "u" => Some(tag.to_ascii_lowercase()),
        "font" | "s" | "strike" | "span" => Some(String::new()),
        _ => None,
    });
    Spoken { from, to, text: rebroken(&text), align, place, ..Spoken::default() }
}

/// Lines with an arrow that says no times, and what stands ahead of the first cue.
fn unread(lines: &[&str], timed: &[(usize, (i64, i64, &str))]) -> Vec<Problem> {
    let bad = lines.iter().enumerate().filter(|(_, line)| line.contains("-->") && span(line).is_none());
    let mut problems: Vec<Problem> = bad
        .map(|(at, line)| {
            let line: String = line.chars().take(60).collect();
            let words = format!("line {} says no times: {line:?}: it is taken for text", at + 1);
            Problem::warning("cue-times", words).remedy("write 00:00:01,000 --> 00:00:02,000")
        })
        .take(1000)
        .collect();
    if timed.is_empty() && lines.iter().any(|line| !line.trim().is_empty()) {
        let words = "the file has no cue: no line says 00:00:01,000 --> 00:00:02,000";
        problems.push(Problem::error("captions-empty", words));
    }
    problems
}

fn write(said: &[Spoken], _: &str) -> String {
    let cue = |(index, cue): (usize, &Spoken)| {
        let place = marks::place_mark(cue.align, cue.place);
        let (from, to) = (stamp(cue.from, ','), stamp(cue.to, ','));
        format!("{}\n{from} --> {to}\n{place}{}\n", index + 1, unbroken(&cue.text))
    };
    said.iter().enumerate().map(cue).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use timeline_format::caption::{CueAlign, CuePlace};

    #[test]
    fn what_is_written_badly_is_read_well() {
        let text = "\n\n1\n00:00:01,000 --> 00:00:02,5\n<I>One</I>\n<font color=\"red\">two</font>\n2\n\
                    0:00:03.000 --> 00:00:04.000 X1:5\n{\\an9}{\\fad(1,2)}1984\n\nand a blank\n\n\n3\n\
                    00:00:05,000 -> 00:00:06,000\nlost\n\n4\n00:00:09,000 --> 00:00:08,000\nback\n";
        let (said, problems) = read(text);
        let drawn: Vec<_> =
            said.iter().map(|cue| (cue.from, cue.to, cue.text.replace('\n', "/"))).collect();
        assert_eq!(drawn[0], (1000, 2500, "<i>One</i>/two".to_owned()));
        assert_eq!((drawn[1].0, drawn[1].1), (3000, 4000));
        assert!(drawn[1].2.starts_with("1984//and a blank"), "{drawn:?}");
        assert_eq!((said[1].align, said[1].place), (CueAlign::Right, CuePlace::Top));
        assert_eq!(drawn.len(), 2);
        assert_eq!(problems.iter().map(|it| it.code).collect::<Vec<_>>(), ["cue-backwards"]);
        assert_eq!(read("nothing").1[0].code, "captions-empty");
    }

    #[test]
    fn what_is_written_is_read_back() {
        let cue = Spoken {
            from: 3_723_004,
            to: 3_725_000,
            text: "a <b>b</b>\n\n< c".into(),
            place: CuePlace::Middle,
            ..Spoken::default()
        };
        let next = Spoken { from: 4_000_000, to: 4_000_001, text: "7".into(), ..Spoken::default() };
        let all = vec![cue, next];
        assert!(write(&all, "en").starts_with("1\n01:02:03,004 --> 01:02:05,000\n{\\an5}a <b>b"));
        assert_eq!(read(&write(&all, "en")), (all, Vec::new()));
    }
}
