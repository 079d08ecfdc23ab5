//! The rows of a file with a table: words and numbers, without remarks and empty rows.

/// Rows that are read one after the other.
#[derive(Debug)]
pub(super) struct Rows<'a> {
    rows: std::iter::Peekable<std::iter::Enumerate<std::str::Lines<'a>>>,
    /// The number of the row that was read last.
    at: usize,
}

impl<'a> Rows<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { rows: text.lines().enumerate().peekable(), at: 0 }
    }

    /// The next row that says something.
    pub(super) fn next(&mut self) -> Option<&'a str> {
        let row = self.peek()?;
        self.at = self.rows.next().map_or(self.at, |(index, _)| index + 1);
        Some(row)
    }

    /// The same, which stays the next.
    pub(super) fn peek(&mut self) -> Option<&'a str> {
        loop {
            let (_, row) = self.rows.peek()?;
            let row = row.trim();
            if !row.is_empty() && !row.starts_with('#') {
                return Some(row);
            }
            self.rows.next();
        }
    }

    /// The next row, which has to be there.
    pub(super) fn wanted(&mut self, what: &str) -> Result<&'a str, String> {
        self.next().ok_or_else(|| format!("it ends where {what} should be"))
    }

    /// The numbers of the next row.
    pub(super) fn numbers(&mut self, what: &str) -> Result<Vec<f64>, String> {
        let row = self.wanted(what)?;
        self.read(row, what)
    }

    /// So many numbers of the next row.
    pub(super) fn exactly<const N: usize>(&mut self, what: &str) -> Result<[f64; N], String> {
        let row = self.wanted(what)?;
        self.read_exactly(row, what)
    }

    /// The numbers of a row that was read.
    pub(super) fn read(&self, row: &str, what: &str) -> Result<Vec<f64>, String> {
        let number = |word: &str| word.parse::<f64>().ok().filter(|number| number.is_finite());
        let numbers = row.split_whitespace().map(number).collect::<Option<Vec<_>>>();
        numbers.filter(|numbers| !numbers.is_empty()).ok_or_else(|| self.wrong(row, what))
    }

    /// So many numbers of a row that was read.
    pub(super) fn read_exactly<const N: usize>(
        &self,
        row: &str,
        what: &str,
    ) -> Result<[f64; N], String> {
        self.read(row, what)?.try_into().map_err(|_others: Vec<f64>| self.wrong(row, what))
    }

    /// So many rows of red, green and blue.
    pub(super) fn colours(&mut self, count: usize) -> Result<Vec<[f32; 3]>, String> {
        let mut colours = Vec::with_capacity(count.min(1 << 16));
        for place in 0..count {
            let what = format!("colour {} of {count}", place + 1);
            colours.push(self.exactly::<3>(&what)?.map(|number| number as f32));
        }
        Ok(colours)
    }

    /// That a row is not what it should be.
    pub(super) fn wrong(&self, row: &str, what: &str) -> String {
        let shown: String = row.chars().take(40).collect();
        format!("row {} should be {what}, and is {shown:?}", self.at)
    }
}
