//! What is hard to read of captions, one file a check.

use timeline_format::{Captions, Cue, Rate};

crate::signal::catalogue! {
    /// Every check, in menu order.
    pub ALL: CHECK: Check = speed short long line lines gap overlap
}

/// A check of captions.
#[derive(Debug)]
pub struct Check {
    /// Its name.
    pub id: &'static str,
    /// What it finds, in one sentence.
    pub help: &'static str,
    /// What is wrong with a cue, before the next one.
    pub find: fn(&Cue, Option<&Cue>, &Limits) -> Option<String>,
}

/// What readers bear.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// Frames a second of the film.
    pub rate: Rate,
    /// Characters a second.
    pub speed: f64,
    /// Characters a line.
    pub line: usize,
    /// Lines a cue.
    pub lines: usize,
    /// The least seconds that a cue is seen.
    pub least: f64,
    /// The most seconds that a cue is seen.
    pub most: f64,
    /// The least frames between cues that do not touch.
    pub gap: i64,
}

impl Limits {
    /// What broadcasters and streams ask for, more or less.
    pub const fn usual(rate: Rate) -> Self {
        Self { rate, speed: 20.0, line: 42, lines: 2, least: 5.0 / 6.0, most: 7.0, gap: 2 }
    }

    /// The seconds that a cue is seen.
    fn seconds(&self, cue: &Cue) -> f64 {
        cue.length as f64 / self.rate.ratio().to_f64()
    }
}

/// Something that is hard to read.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding<'a> {
    /// The check.
    pub check: &'static Check,
    /// The cue.
    pub cue: &'a Cue,
    /// What is wrong, in words.
    pub words: String,
}

impl PartialEq for Check {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

/// Everything that is hard to read, cue by cue.
pub fn findings<'a>(captions: &'a Captions, limits: &Limits) -> Vec<Finding<'a>> {
    let mut found = Vec::new();
    for (index, cue) in captions.cues.iter().enumerate() {
        let next = captions.cues.get(index + 1);
        for check in ALL {
            let words = (check.find)(cue, next, limits);
            found.extend(words.map(|words| Finding { check, cue, words }));
        }
    }
    found
}

/// The characters that are read: marks and line ends are none.
fn characters(cue: &Cue) -> usize {
    cue.plain().chars().filter(|character| *character != '\n').count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use timeline_format::Id;

    fn found(cues: &[(i64, i64, &str)]) -> Vec<String> {
        let id = Id::parse("q").unwrap();
        let cues =
            cues.iter().map(|(at, length, text)| Cue::new(id, *at, *length, *text)).collect();
        let captions = Captions { cues, ..Captions::default() };
        let limits = Limits::usual(Rate::FILM);
        findings(&captions, &limits)
            .iter()
            .map(|it| format!("{} {}", it.check.id, it.cue.at))
            .collect()
    }

    #[test]
    fn each_check_finds_its_own_fault_and_nothing_else() {
        assert_eq!(
            found(&[(0, 48, "Quite <i>right</i>."), (48, 48, "And so on."), (98, 48, "Yes.")]),
            [""; 0]
        );
        assert_eq!(found(&[(0, 24, "Twenty-one letters it")]), ["speed 0"]);
        assert_eq!(found(&[(0, 24, "<b>Twenty letters it s</b>")]), [""; 0]);
        assert_eq!(found(&[(0, 19, "No")]), ["short 0"]);
        assert_eq!(found(&[(0, 169, "No")]), ["long 0"]);
        let wide = "x".repeat(43);
        assert_eq!(found(&[(0, 100, &wide)]), ["line 0"]);
        assert_eq!(found(&[(0, 48, "a\nb\nc")]), ["lines 0"]);
        assert_eq!(found(&[(0, 47, "a"), (48, 48, "b")]), ["gap 0"]);
        assert_eq!(found(&[(0, 49, "a"), (48, 48, "b")]), ["overlap 0"]);
    }
}
