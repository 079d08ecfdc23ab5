//! Titles whose lines, words or letters come and go one after another.

use super::motion::Motion;
use super::paint::{Block, Painter};
use super::shape::{Glyph, Laid, Line};
use super::style::Style;
use crate::generators::At;
use crate::values::Values;
use signal::Image;
use std::sync::Arc;
use timeline_format::sequence::Raster;

/// What comes and goes on its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    Line,
    Word,
    Letter,
}

/// The picture of texts in several looks at a moment, later ones over earlier ones.
pub(crate) fn moved(
    parts: &[(&[Block], &Style)],
    values: &Values,
    at: At,
    raster: Raster,
) -> Image {
    let size = parts.iter().map(|(_, style)| f64::from(style.wanted.size)).fold(0.0, f64::max);
    let whole = Motion::of(values, at, size, raster);
    let by = match values.word("by") {
        "line" => By::Line,
        "word" => By::Word,
        "letter" => By::Letter,
        _ => return super::paint::painted(parts, &whole, raster),
    };
    if at == At::default() {
        return super::paint::painted(parts, &whole, raster);
    }
    let mut painter = Painter::new(raster);
    let whole = Motion { written: 1.0, ..whole };
    for (blocks, style) in parts {
        let (frame, bars) = (Style::clone(style).frame(), Style::clone(style).frameless());
        painter.paint(blocks, &frame, &whole);
        let solid: Vec<Block> =
            blocks.iter().filter(|block| block.laid.glyphs.is_empty()).cloned().collect();
        painter.paint(&solid, &bars, &whole);
    }
    let units: Vec<(Block, Style)> = parts
        .iter()
        .flat_map(|(blocks, style)| blocks.iter().map(move |block| (block, style)))
        .flat_map(|(block, style)| {
            let units = split(&block.laid, by).into_iter();
            units.map(move |laid| {
                let block = Block { laid: Arc::new(laid), origin: block.origin };
                (block, Style::clone(style).frameless())
            })
        })
        .collect();
    for (index, (block, style)) in units.iter().enumerate() {
        let motion = Motion::of_part(values, at, (index, units.len()), (size, raster));
        if motion.opacity > 0.0 {
            painter.paint(std::slice::from_ref(block), style, &motion);
        }
    }
    painter.finish()
}

/// The most parts of a text that come on their own; one that has more comes whole.
const MOST: usize = 1000;

/// The parts of a text, in the order in which they are read.
fn split(laid: &Laid, by: By) -> Vec<Laid> {
    let key = |line: usize, byte: usize| match by {
        By::Line => line,
        By::Word => laid.words.partition_point(|word| *word <= byte),
        By::Letter => byte,
    };
    let mut keys: Vec<usize> =
        laid.glyphs.iter().map(|glyph| key(glyph.line, glyph.byte)).collect();
    keys.sort_unstable();
    keys.dedup();
    if keys.len() > MOST {
        return vec![laid.clone()];
    }
    let line_of = |top: f32| laid.lines.iter().position(|line| top <= line.bottom).unwrap_or(0);
    let mut parts: Vec<Laid> = keys
        .iter()
        .map(|_| Laid {
            fonts: laid.fonts.clone(),
            width: laid.width,
            height: laid.height,
            length: laid.length,
            from_right: laid.from_right,
            ..Laid::default()
        })
        .collect();
    for glyph in &laid.glyphs {
        if let Ok(at) = keys.binary_search(&key(glyph.line, glyph.byte)) {
            parts[at].take(laid, *glyph);
        }
    }
    for (bar, byte) in &laid.bars {
        if let Ok(at) = keys.binary_search(&key(line_of(bar[1]), *byte)) {
            parts[at].bars.push((*bar, *byte));
        }
    }
    parts
}

impl Laid {
    /// Takes a glyph of a whole text, and the room that it has in its line.
    fn take(&mut self, whole: &Self, glyph: Glyph) {
        let (left, right) = (glyph.x, glyph.x + glyph.advance);
        let own = whole.lines.get(glyph.line).copied().unwrap_or_default();
        if let Some(line) = self.lines.iter_mut().find(|line| line.top == own.top) {
            (line.left, line.right) = (line.left.min(left), line.right.max(right));
        } else {
            self.lines.push(Line { left, right, ..own });
        }
        self.glyphs.push(glyph);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::titles::shape::{Wanted, lay};

    #[test]
    fn every_glyph_is_in_one_part() {
        let text = "One two\nthree, four fünf\n\nשלום room";
        let laid = lay(text, &[], &Wanted::default());
        for (by, count) in [(By::Line, 3), (By::Word, 7)] {
            let parts = split(&laid, by);
            assert_eq!(parts.len(), count, "{by:?}");
            let glyphs: usize = parts.iter().map(|part| part.glyphs.len()).sum();
            assert_eq!(glyphs, laid.glyphs.len());
            for part in &parts {
                let [left, right] = [part.lines[0].left, part.lines[0].right];
                let is_in = |glyph: &Glyph| glyph.x >= left && glyph.x + glyph.advance <= right;
                assert!(part.glyphs.iter().all(is_in), "{by:?}");
            }
        }
        assert!(split(&laid, By::Letter).len() > 25);
        assert!(split(&Laid::default(), By::Word).is_empty());
    }
}
