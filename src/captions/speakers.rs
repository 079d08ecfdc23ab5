//! Who speaks, where a format has no field for it: a name in capitals and a colon ahead of the text.
//!
//! SubRip has no speakers. Left alone, `ANN: Look!` is text, and so are lines that begin with a dash; on demand
//! the name is taken for the speaker, and written ahead of the text again.

use timeline_format::{Captions, Cue, markup};

/// The most characters of a name.
const MOST: usize = 40;

/// Takes the names ahead of texts for their speakers, where cues have none; says how many.
pub fn taken(captions: &mut Captions) -> usize {
    let cues = captions.cues.iter_mut().filter(|cue| cue.speaker.is_empty());
    cues.filter_map(take).count()
}

fn take(cue: &mut Cue) -> Option<()> {
    let (name, text) = cue.text.split_once(':')?;
    let text = text.strip_prefix([' ', '\n', '\u{a0}'])?.trim_start();
    let is_name = |c: char| c.is_alphanumeric() || " .-'#&".contains(c);
    let is_called = name.chars().all(|c| is_name(c) && !c.is_lowercase())
        && name.chars().any(char::is_uppercase)
        && !name.starts_with(['-', ' '])
        && name.chars().count() <= MOST;
    (is_called && !markup::plain(text).trim().is_empty()).then_some(())?;
    let (name, text) = (name.trim_end().to_owned(), text.to_owned());
    (cue.speaker, cue.text) = (name, text);
    Some(())
}

/// Writes who speaks ahead of every text that does not say it already.
pub fn spelled(captions: &Captions) -> Captions {
    let mut all = captions.clone();
    for cue in all.cues.iter_mut().filter(|cue| !cue.speaker.is_empty()) {
        let ahead = format!("{}: ", cue.speaker.replace('\n', " ").to_uppercase());
        if !cue.plain().starts_with(&ahead) {
            cue.text.insert_str(0, &ahead);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use timeline_format::Id;

    fn cue(text: &str) -> Cue {
        Cue::new(Id::parse("q").unwrap(), 0, 1, text)
    }

    #[test]
    fn names_in_capitals_are_speakers_and_all_else_is_text() {
        for (text, name, rest) in [
            ("ANN: Look!", "ANN", "Look!"),
            ("MAN #2: <i>Look!</i>", "MAN #2", "<i>Look!</i>"),
            ("JOS\u{c9}-LUIS:\nLook", "JOS\u{c9}-LUIS", "Look"),
            ("Ann: Look!", "", "Ann: Look!"),
            ("- ANN: Look!", "", "- ANN: Look!"),
            ("12:30", "", "12:30"),
            ("12: 30", "", "12: 30"),
            ("ANN:", "", "ANN:"),
            ("<b>ANN: x</b>", "", "<b>ANN: x</b>"),
        ] {
            let mut all = Captions { cues: vec![cue(text)], ..Captions::default() };
            assert_eq!(taken(&mut all), usize::from(!name.is_empty()), "{text}");
            assert_eq!((all.cues[0].speaker.as_str(), all.cues[0].text.as_str()), (name, rest));
        }
    }

    #[test]
    fn a_name_is_written_once() {
        let said = Cue { speaker: "Ann".into(), ..cue("Look!") };
        let all = Captions { cues: vec![said, cue("- a\n- b")], ..Captions::default() };
        let once = spelled(&all);
        assert_eq!(once.cues[0].text, "ANN: Look!");
        assert_eq!(once.cues[1].text, "- a\n- b");
        assert_eq!(spelled(&once).cues, once.cues);
    }
}
