//! Numbered pictures: `shot.####.png` stands for `shot.0001.png`, `shot.0002.png` and so on.

use crate::media::Error;
use crate::media::kept::Kept;
use crate::media::still;
use crate::signal::Image;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The most files of a sequence, so that one stray number does not make an endless film.
pub const LONGEST: i64 = 10_000_000;

/// The names of a sequence's files.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pattern {
    /// Where they are.
    pub folder: PathBuf,
    /// What stands before the number.
    pub before: String,
    /// Digits of the number, at least.
    pub digits: usize,
    /// What stands after the number.
    pub after: String,
}

impl Pattern {
    /// The pattern that a path with a run of `#` in its last part spells.
    pub fn of(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_str()?;
        let end = name.rfind('#')? + 1;
        let start = name[..end].trim_end_matches('#').len();
        Some(Self {
            folder: path.parent()?.to_owned(),
            before: name[..start].to_owned(),
            digits: end - start,
            after: name[end..].to_owned(),
        })
    }

    /// The pattern and number of a file whose name has digits before its ending: `a.0012.png`.
    pub fn of_file(path: &Path) -> Option<(Self, i64)> {
        let name = path.file_name()?.to_str()?;
        let stem = name.rfind('.').unwrap_or(name.len());
        let start = name[..stem].trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let number = name[start..stem].parse().ok().filter(|_| stem - start <= 18)?;
        let pattern = Self {
            folder: path.parent()?.to_owned(),
            before: name[..start].to_owned(),
            digits: stem - start,
            after: name[stem..].to_owned(),
        };
        Some((pattern, number))
    }

    /// The same names with at least so many digits.
    pub(super) fn with_digits(self, digits: usize) -> Self {
        Self { digits, ..self }
    }

    /// The path with `#` for the number.
    pub fn path(&self) -> PathBuf {
        self.folder.join(format!("{}{}{}", self.before, "#".repeat(self.digits), self.after))
    }

    /// The path of file `number`.
    pub fn file(&self, number: i64) -> PathBuf {
        let digits = self.digits;
        self.folder.join(format!("{}{number:0digits$}{}", self.before, self.after))
    }

    /// The number in `name`, if it is one of these files.
    pub fn number(&self, name: &str) -> Option<i64> {
        let digits = name.strip_prefix(&self.before)?.strip_suffix(&self.after)?;
        let plain = digits.bytes().all(|byte| byte.is_ascii_digit());
        let padded =
            digits.len() == self.digits || (digits.len() > self.digits && !digits.starts_with('0'));
        (plain && padded && digits.len() <= 18).then(|| digits.parse().ok())?
    }

    /// The numbers of the files that are there, in order.
    pub fn numbers(&self) -> Result<Vec<i64>, Error> {
        let folder = if self.folder.as_os_str().is_empty() { Path::new(".") } else { &self.folder };
        let entries = std::fs::read_dir(folder).map_err(|error| Error::new(folder, error))?;
        let names = entries.flatten().map(|entry| entry.file_name());
        let mut numbers = names.filter_map(|name| self.number(name.to_str()?)).collect::<Vec<_>>();
        numbers.sort_unstable();
        numbers.dedup();
        Ok(numbers)
    }
}

/// The numbers that `numbers`, in order, lack: `"1007 1012-1014"`.
pub fn holes(numbers: &[i64]) -> String {
    let gaps = numbers.windows(2).filter(|pair| pair[1] - pair[0] > 1).map(|pair| {
        let (first, last) = (pair[0] + 1, pair[1] - 1);
        if first == last { first.to_string() } else { format!("{first}-{last}") }
    });
    gaps.collect::<Vec<_>>().join(" ")
}

/// The frames of a sequence.
#[derive(Debug)]
pub(super) struct Sequence {
    pattern: Pattern,
    numbers: Vec<i64>,
    first: i64,
    kept: Kept,
}

impl Sequence {
    /// Opens the files that `path` spells; frame 0 is the number `first`, or the first that is there.
    pub(super) fn open(path: &Path, budget: usize, first: Option<i64>) -> Result<Self, Error> {
        let pattern = Pattern::of(path);
        let pattern = pattern.ok_or_else(|| Error::new(path, "it has no run of # in its name"))?;
        let numbers = pattern.numbers()?;
        let (Some(lowest), Some(last)) = (numbers.first(), numbers.last()) else {
            return Err(Error::new(path, "there is no file of this name"));
        };
        let first = first.unwrap_or(*lowest).min(*last);
        if last.saturating_sub(first) >= LONGEST {
            return Err(Error::new(path, format!("its numbers go from {first} to {last}")));
        }
        Ok(Self { pattern, first, numbers, kept: Kept::new(budget) })
    }

    pub(super) fn numbers(&self) -> &[i64] {
        &self.numbers
    }

    /// From the first number to the last, those that lack included.
    pub(super) fn count(&self) -> usize {
        self.numbers.last().map_or(0, |last| (last - self.first) as usize + 1)
    }

    /// The file of frame `n`.
    pub(super) fn file(&self, n: i64) -> PathBuf {
        self.pattern.file(self.first.saturating_add(n))
    }

    /// Frame `n` from 0; an error where its file lacks.
    pub(super) fn frame(&mut self, n: usize) -> Result<Arc<Image>, Error> {
        let number = self.first.saturating_add(n as i64);
        let at = self.numbers.binary_search(&number).map_err(|_missing| self.lacks(number))?;
        self.kept.aim(at, false);
        if let Some(image) = self.kept.get(at) {
            return Ok(image);
        }
        let image = Arc::new(still::read(&self.pattern.file(self.numbers[at]))?.image);
        self.kept.put(at, image.clone());
        Ok(image)
    }

    fn lacks(&self, number: i64) -> Error {
        let holes = holes(&self.numbers);
        let all = if holes.is_empty() { String::new() } else { format!(" (it lacks {holes})") };
        Error::new(&self.pattern.file(number), format!("this file of the sequence is missing{all}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_and_numbers_are_each_other() {
        let pattern = Pattern::of(Path::new("a/shot.####.png")).unwrap();
        assert_eq!(pattern.file(7), Path::new("a/shot.0007.png"));
        assert_eq!(pattern.file(12345), Path::new("a/shot.12345.png"));
        assert_eq!(pattern.number("shot.0007.png"), Some(7));
        for name in ["shot.007.png", "shot.00007.png", "shot.000a.png", "shot.0007.jpg", "shot."] {
            assert_eq!(pattern.number(name), None, "{name}");
        }
        assert_eq!(Pattern::of_file(Path::new("a/shot.0012.png")), Some((pattern.clone(), 12)));
        assert_eq!(pattern.path(), Path::new("a/shot.####.png"));
        assert_eq!(Pattern::of_file(Path::new("a/shot.png")), None);
        assert_eq!(Pattern::of(Path::new("a/shot.png")), None);
    }

    #[test]
    fn holes_are_named() {
        assert_eq!(holes(&[1, 2, 3]), "");
        assert_eq!(holes(&[1006, 1008, 1011, 1015]), "1007 1009-1010 1012-1014");
    }
}
