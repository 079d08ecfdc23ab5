//! Collects problems while reading, each with its line.

use crate::Problem;

/// The most problems that are listed one by one.
const MOST: usize = 10_000;

/// The problems of one text.
#[derive(Debug)]
pub(super) struct Problems<'a> {
    text: &'a str,
    /// Whether lines of `text` are lines of the file.
    has_lines: bool,
    lines: Vec<usize>,
    list: Vec<Problem>,
    unlisted: usize,
}

impl<'a> Problems<'a> {
    pub(super) const fn new(text: &'a str, has_lines: bool) -> Self {
        Self { text, has_lines, lines: Vec::new(), list: Vec::new(), unlisted: 0 }
    }

    /// Adds a problem found at byte `at`.
    pub(super) fn add(&mut self, at: usize, problem: Problem) {
        if self.list.len() == MOST {
            self.unlisted += 1;
            return;
        }
        let problem = if self.has_lines { problem.on_line(self.line(at)) } else { problem };
        self.list.push(problem);
    }

    fn line(&mut self, at: usize) -> usize {
        if self.lines.is_empty() {
            let newlines = self.text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
            self.lines = std::iter::once(0).chain(newlines.map(|(at, _)| at + 1)).collect();
        }
        self.lines.partition_point(|from| *from <= at)
    }

    pub(super) fn into_list(mut self) -> Vec<Problem> {
        if self.unlisted > 0 {
            let message = format!("{} more problems are not listed", self.unlisted);
            self.list.push(Problem::error("too-many-problems", message));
        }
        self.list
    }
}
