//! What the program has to say to the editor: what was done besides, what was refused and why.

use std::collections::VecDeque;

/// How much something matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ui) enum Weight {
    /// Said in passing.
    Note,
    /// Nothing was done, or something is wrong.
    Trouble,
}

/// Something that was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::ui) struct Notice {
    /// How much it matters.
    pub(in crate::ui) weight: Weight,
    /// For people.
    pub(in crate::ui) words: String,
    /// Counts what was said.
    pub(in crate::ui) number: u64,
}

/// The last things that were said, the newest last.
#[derive(Debug, Default)]
pub(in crate::ui) struct Notices {
    said: VecDeque<Notice>,
    number: u64,
}

impl Notices {
    /// How many are kept.
    const MOST: usize = 200;

    /// Says something in passing.
    pub(in crate::ui) fn note(&mut self, words: impl std::fmt::Display) {
        self.say(Weight::Note, words.to_string());
    }

    /// Says what is wrong, or why nothing was done.
    pub(in crate::ui) fn trouble(&mut self, words: impl std::fmt::Display) {
        self.say(Weight::Trouble, words.to_string());
    }

    fn say(&mut self, weight: Weight, words: String) {
        self.number += 1;
        if self.said.len() == Self::MOST {
            self.said.pop_front();
        }
        self.said.push_back(Notice { weight, words, number: self.number });
    }

    /// What was said last.
    pub(in crate::ui) fn last(&self) -> Option<&Notice> {
        self.said.back()
    }

    /// Everything that is kept, the oldest first.
    pub(in crate::ui) fn iter(&self) -> impl DoubleEndedIterator<Item = &Notice> {
        self.said.iter()
    }
}
