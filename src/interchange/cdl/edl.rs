//! Corrections in the remarks of an edit decision list: `* ASC_SOP (s s s)(o o o)(p p p)`, `* ASC_SAT s`.
//!
//! A correction is called by what its event says of the clip (`FROM CLIP NAME`), else by the event's number; where two
//! events name one clip, the later ones have their number behind it.

use super::Correction;
use std::collections::BTreeSet;

/// The most corrections of a list.
const MOST: usize = 100_000;

/// Every correction of a list's text, in the order of its events.
///
/// # Errors
/// Says in words, with the line, which remark is no correction.
pub(super) fn read(text: &str) -> Result<Vec<Correction>, String> {
    let mut events: Vec<Event> = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let line = line.trim();
        let wrong = |what: &str| format!("line {}: it should be {what}: {:.60}", index + 1, line);
        if let Some(number) = event_number(line) {
            events.push(Event { number: number.to_owned(), ..Event::default() });
        }
        let (Some(remark), Some(event)) = (line.strip_prefix('*'), events.last_mut()) else {
            continue;
        };
        let remark = remark.trim_start();
        if let Some(numbers) = said(remark, "ASC_SOP") {
            event.colours = Some(colours(numbers).ok_or_else(|| {
                wrong("ASC_SOP with three times three numbers that a colour decision allows")
            })?);
        } else if let Some(number) = said(remark, "ASC_SAT") {
            let saturation = number.trim().parse().ok();
            let allowed = saturation.filter(|it: &f64| it.is_finite() && *it >= 0.0);
            event.saturation =
                Some(allowed.ok_or_else(|| wrong("ASC_SAT with a number of 0 or more"))?);
        } else if let Some(name) = said(remark, "FROM CLIP NAME") {
            name.trim().clone_into(&mut event.clip);
        }
    }
    Ok(corrections(events))
}

/// What is read of an event.
#[derive(Debug, Default)]
struct Event {
    number: String,
    clip: String,
    colours: Option<[[f64; 3]; 3]>,
    saturation: Option<f64>,
}

/// The number that a line begins with, if it is that of an event.
fn event_number(line: &str) -> Option<&str> {
    let word = line.split_whitespace().next()?;
    word.bytes().all(|byte| byte.is_ascii_digit()).then_some(word)
}

/// What stands behind a word of a remark, with a colon or without.
fn said<'a>(remark: &'a str, word: &str) -> Option<&'a str> {
    let is_it = remark.get(..word.len())?.eq_ignore_ascii_case(word);
    let rest = remark.get(word.len()..)?;
    is_it.then(|| rest.trim_start().trim_start_matches(':'))
}

fn colours(text: &str) -> Option<[[f64; 3]; 3]> {
    let words = text.split(|letter: char| letter.is_whitespace() || "(),".contains(letter));
    let numbers = words.filter(|word| !word.is_empty()).map(|word| word.parse().ok());
    let numbers: Vec<f64> = numbers.collect::<Option<_>>()?;
    let three: &[[f64; 3]; 3] = numbers.as_chunks::<3>().0.try_into().ok()?;
    let [slope, _, power] = three;
    let is_allowed = numbers.len() == 9
        && numbers.iter().all(|number| number.is_finite())
        && slope.iter().chain(power).all(|number| *number >= 0.0);
    is_allowed.then_some(*three)
}

fn corrections(events: Vec<Event>) -> Vec<Correction> {
    let mut names = BTreeSet::new();
    let stated = events.into_iter().filter(|it| it.colours.is_some() || it.saturation.is_some());
    let named = |event: Event| {
        let plain = if event.clip.is_empty() { event.number.clone() } else { event.clip };
        let is_new = names.insert(plain.clone());
        let id = if is_new { plain } else { format!("{plain}-{}", event.number) };
        let [slope, offset, power] = event.colours.unwrap_or([[1.0; 3], [0.0; 3], [1.0; 3]]);
        let saturation = event.saturation.unwrap_or(1.0);
        Correction { id, slope, offset, power, saturation, ..Correction::default() }
    };
    stated.take(MOST).map(named).collect()
}

#[cfg(test)]
mod tests {
    use super::super::read;

    const LIST: &str = "TITLE: A\n\n001  AX  V  C  01:00:04:05 01:00:05:12 00:00:00:00 00:00:01:07\n\
        * FROM CLIP NAME:  ZZ100\n*ASC_SOP (0.1 0.2 0.3) (1.0 -0.0122 0.0305) (1.0 0.5 1.0)\n\
        *ASC_SAT 0.9\n002  AX  V  C  01:00:04:05 01:00:05:12 00:00:01:07 00:00:02:14\n\
        * FROM CLIP NAME:  ZZ100\n* ASC_SAT: 0.5\n003  BL  V  C  0 0 0 0\n";

    #[test]
    fn remarks_are_corrections_under_the_names_of_their_clips() {
        let found = read(LIST.as_bytes()).unwrap();
        let ids: Vec<_> = found.iter().map(|it| it.id.as_str()).collect();
        assert_eq!(ids, ["ZZ100", "ZZ100-002"]);
        assert_eq!(found[0].offset, [1.0, -0.0122, 0.0305]);
        assert_eq!((found[0].power, found[0].saturation), ([1.0, 0.5, 1.0], 0.9));
        assert_eq!((found[1].slope, found[1].saturation), ([1.0; 3], 0.5));
    }

    #[test]
    fn what_is_no_correction_is_refused_with_its_line() {
        for (wrong, words) in [
            ("(1 1 1)(0 0 0)(1 1)", "line 2: it should be ASC_SOP"),
            ("(1 1 -1)(0 0 0)(1 1 1)", "line 2"),
            ("(1 1 1)(0 0 nan)(1 1 1)", "line 2"),
        ] {
            let text = format!("001 AX V C 0 0 0 0\n* ASC_SOP {wrong}\n");
            let why = read(text.as_bytes()).unwrap_err();
            assert!(why.contains(words), "{why}");
        }
        assert!(read(b"001 AX V C 0 0 0 0\n* ASC_SAT -1\n").unwrap_err().contains("ASC_SAT"));
        assert!(read(b"001 AX V C 0 0 0 0\n").unwrap_err().contains("ASC_SOP"));
    }
}
