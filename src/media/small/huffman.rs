//! Codes of a JPEG scan (ITU-T T.81, annex C): canonical, of 1 to 16 bits.

use super::bits::Bits;

/// Codes up to so many bits are looked up.
const QUICK: u32 = 11;
/// The longest code.
const LONGEST: usize = 16;
/// Numbers of a block.
const BLOCK: u16 = 64;

/// A table of codes.
#[derive(Debug, Clone)]
pub(super) struct Table {
    /// By the next bits: how many the code has, and its symbol. 0 bits: it is longer.
    quick: Vec<(u8, u8)>,
    /// By the next bits: how many the code and the number behind it have, and by how many places of the
    /// block it goes on.
    steps: Vec<(u8, u8)>,
    /// For each length, what all its codes are below, as 16 bits.
    below: [usize; LONGEST + 1],
    /// For each length, the place of its first symbol less its first code.
    shift: [isize; LONGEST + 1],
    symbols: Vec<u8>,
}

impl Table {
    /// The table of `counts` codes of each length from 1 on, with these symbols; `None` where they are no
    /// codes.
    pub(super) fn new(counts: &[u8; LONGEST], symbols: &[u8]) -> Option<Self> {
        let mut table = Self {
            quick: vec![(0, 0); 1 << QUICK],
            steps: vec![(0, 0); 1 << QUICK],
            below: [0; LONGEST + 1],
            shift: [0; LONGEST + 1],
            symbols: symbols.to_vec(),
        };
        let (mut code, mut place) = (0_usize, 0_usize);
        for (nth, count) in counts.iter().enumerate() {
            let length = nth + 1;
            table.shift[length] = place as isize - code as isize;
            for symbol in symbols.get(place..place + usize::from(*count))? {
                table.learn(code, length as u32, *symbol);
                code += 1;
            }
            place += usize::from(*count);
            if code > 1 << length {
                return None;
            }
            table.below[length] = code << (LONGEST - length);
            code <<= 1;
        }
        (place == symbols.len()).then_some(table)
    }

    fn learn(&mut self, code: usize, length: u32, symbol: u8) {
        let Some(rest) = QUICK.checked_sub(length) else { return };
        let places = code << rest..(code + 1) << rest;
        let step = (length as u8 + (symbol & 15), advance(symbol) as u8);
        for place in places.start.min(1 << QUICK)..places.end.min(1 << QUICK) {
            (self.quick[place], self.steps[place]) = ((length as u8, symbol), step);
        }
    }

    /// The next symbol; `None` where the bits are no code.
    #[inline]
    pub(super) fn symbol(&self, bits: &mut Bits<'_>) -> Option<u8> {
        let next = bits.peek();
        let (length, symbol) = self.quick[next >> (LONGEST as u32 - QUICK)];
        if length > 0 {
            bits.skip(u32::from(length));
            return Some(symbol);
        }
        self.long(bits, next)
    }

    #[cold]
    fn long(&self, bits: &mut Bits<'_>, next: usize) -> Option<u8> {
        let lengths = QUICK as usize + 1..=LONGEST;
        let length = lengths.into_iter().find(|length| next < self.below[*length])?;
        let place = (next >> (LONGEST - length)) as isize + self.shift[length];
        bits.skip(length as u32);
        self.symbols.get(usize::try_from(place).ok()?).copied()
    }

    /// Goes past the numbers of a block but the first; `None` where the bits are no code.
    #[inline]
    pub(super) fn pass(&self, bits: &mut Bits<'_>) -> Option<()> {
        let mut place = 1_u16;
        while place < BLOCK {
            bits.fill();
            let (length, far) = self.steps[bits.peek() >> (LONGEST as u32 - QUICK)];
            if length > 0 {
                bits.skip(u32::from(length));
                place += u16::from(far);
            } else {
                let symbol = self.long(bits, bits.peek())?;
                bits.skip(u32::from(symbol & 15));
                place += advance(symbol);
            }
        }
        Some(())
    }
}

/// By how many places a symbol of a block goes on (F.1.2.2.1): a run of zeros and a number, 16 zeros, or the
/// end of the block.
const fn advance(symbol: u8) -> u16 {
    match symbol {
        0xf0 => 16,
        symbol if symbol.trailing_zeros() >= 4 => BLOCK,
        symbol => (symbol >> 4) as u16 + 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_every_length_are_read_and_what_is_none_is_refused() {
        let mut counts = [0; 16];
        (counts[0], counts[1], counts[11], counts[15]) = (1, 1, 1, 1);
        let table = Table::new(&counts, &[3, 0xf0, 5, 0]).unwrap();
        let bytes = [0b0100_1100, 0b0000_0000, 0b1100_0000, 0b0001_0000, 0, 0, 0, 0, 0];
        let mut bits = Bits::new(&bytes, 0);
        bits.fill();
        assert_eq!(table.symbol(&mut bits), Some(3));
        assert_eq!(table.symbol(&mut bits), Some(0xf0));
        assert_eq!(table.symbol(&mut bits), Some(3));
        assert_eq!(table.symbol(&mut bits), Some(5), "of 12 bits");
        bits.fill();
        assert_eq!(table.symbol(&mut bits), Some(0), "of 16 bits");
        let no_code = [0b1111_1111, 0, 0b1111_1111, 0, 0, 0, 0, 0, 0];
        let mut bits = Bits::new(&no_code, 0);
        bits.fill();
        assert_eq!(table.symbol(&mut bits), None);
        counts[0] = 3;
        assert!(Table::new(&counts, &[1, 2, 3, 4, 5, 6]).is_none(), "too many of one bit");
        assert!(Table::new(&[0; 16], &[1]).is_none());
    }
}
