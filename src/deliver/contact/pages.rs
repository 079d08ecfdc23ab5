//! Where pictures and words lie on the pages of a contact sheet.

use super::Print;
use super::letters::{lines, string};

/// The paper, in points: A4, across.
pub(super) const PAPER: [f64; 2] = [842.0, 595.0];
/// What is left free around it.
const MARGIN: f64 = 36.0;
/// Between prints.
const GAP: f64 = 10.0;
/// How high the title stands, with what is free below it.
const HEAD: f64 = 20.0;
/// How large the title is.
const TITLE: f64 = 10.0;
/// How large words are.
const WORDS: f64 = 7.0;
/// From a line to the next.
const LEADING: f64 = 8.5;
/// The most lines below a picture.
const MOST: usize = 16;

/// How prints lie on their pages.
#[derive(Debug)]
pub(super) struct Layout {
    columns: usize,
    rows: usize,
    /// How wide a print is.
    width: f64,
    /// How high the pictures are, at most.
    picture: f64,
    /// From a row to the next.
    step: f64,
}

impl Layout {
    /// As many rows as the highest print lets lie on a page.
    pub(super) fn of(prints: &[Print], columns: u32) -> Self {
        let columns = (columns as usize).clamp(1, prints.len().max(1));
        let across = PAPER[0] - 2.0 * MARGIN;
        let width = (across - GAP * (columns - 1) as f64) / columns as f64;
        let down = PAPER[1] - 2.0 * MARGIN - HEAD;
        let most = prints.iter().map(|print| words_of(print, width).len()).max().unwrap_or(0);
        let words = (most + 1) as f64 * LEADING;
        let high = |print: &Print| {
            width * f64::from(print.picture.height) / f64::from(print.picture.width.max(1))
        };
        let picture = prints.iter().map(high).fold(0.0, f64::max).min(down - words);
        let step = picture + words + GAP;
        let rows = (((down + GAP) / step) as usize).max(1);
        Self { columns, rows, width, picture, step }
    }

    /// How many prints lie on a page.
    pub(super) const fn on_a_page(&self) -> usize {
        self.columns * self.rows
    }

    /// What draws a page: its head, and prints whose pictures are these objects.
    pub(super) fn drawn(&self, head: &str, prints: &[Print], pictures: &[usize]) -> String {
        let top = PAPER[1] - MARGIN;
        let mut drawn =
            format!("BT /F {TITLE} Tf {MARGIN} {:.2} Td {} Tj ET\n", top - TITLE, string(head));
        for (place, (print, object)) in prints.iter().zip(pictures).enumerate() {
            let (column, row) = (place % self.columns, place / self.columns);
            let x = MARGIN + column as f64 * (self.width + GAP);
            let y = top - HEAD - row as f64 * self.step;
            drawn += &self.print(print, *object, [x, y]);
        }
        drawn
    }

    /// What draws a print whose upper left corner lies there.
    fn print(&self, print: &Print, object: usize, [x, y]: [f64; 2]) -> String {
        let size = [print.picture.width, print.picture.height].map(|side| f64::from(side.max(1)));
        let scale = (self.width / size[0]).min(self.picture / size[1]);
        let [width, height] = size.map(|side| side * scale);
        let picture =
            format!("q {width:.3} 0 0 {height:.3} {x:.2} {:.2} cm /P{object} Do Q\n", y - height);
        let begin = format!("BT /F {WORDS} Tf {x:.2} {:.2} Td\n", y - height - LEADING);
        let lines = words_of(print, self.width).into_iter();
        let lines = lines.map(|line| format!("{} Tj 0 -{LEADING} Td\n", string(&line)));
        [picture, begin, lines.collect(), "ET\n".to_owned()].concat()
    }
}

/// The lines below a print that is so wide.
fn words_of(print: &Print, width: f64) -> Vec<String> {
    print.lines.iter().flat_map(|words| lines(words, width / WORDS)).take(MOST).collect()
}
