//! The bits of a JPEG scan, one after the other (ITU-T T.81, F.2.2.5): a 0 byte behind one of 255 is none of
//! them, and a marker ends them.

/// Bits that are there after a look for more: enough for the longest code and the longest number.
const ENOUGH: u32 = 32;
/// Bits that may be taken behind the end: what is looked at beforehand, and no more.
const BEYOND: u32 = 64;

/// Bits that are being read.
#[derive(Debug)]
pub(super) struct Bits<'a> {
    bytes: &'a [u8],
    at: usize,
    /// The next bits, the first in the highest place.
    word: u64,
    count: u32,
    /// Zeros that were put behind the end.
    made_up: u32,
}

impl<'a> Bits<'a> {
    /// The bits from byte `at` on.
    pub(super) const fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at, word: 0, count: 0, made_up: 0 }
    }

    /// Has at least 32 bits be there.
    #[inline]
    pub(super) fn fill(&mut self) {
        if self.count >= ENOUGH {
            return;
        }
        match self.bytes.get(self.at..).and_then(|rest| rest.first_chunk()) {
            Some(eight) if !has_255(u64::from_be_bytes(*eight)) => {
                let bytes = (64 - self.count) / 8;
                let next = u64::from_be_bytes(*eight) >> (64 - 8 * bytes);
                self.word |= next << (64 - self.count - 8 * bytes);
                self.count += 8 * bytes;
                self.at += bytes as usize;
            }
            _ => self.fill_bytewise(),
        }
    }

    fn fill_bytewise(&mut self) {
        while self.count <= 56 {
            let byte = match self.bytes.get(self.at..self.at + 2) {
                Some([255, 0]) => {
                    self.at += 2;
                    255
                }
                Some([255, _]) | None => {
                    self.made_up += 8;
                    0
                }
                Some(two) => {
                    self.at += 1;
                    two[0]
                }
            };
            self.word |= u64::from(byte) << (56 - self.count);
            self.count += 8;
        }
    }

    /// The next 16 bits, which stay.
    #[inline]
    pub(super) const fn peek(&self) -> usize {
        (self.word >> 48) as usize
    }

    /// Goes on by so many bits, at most 32.
    #[inline]
    pub(super) const fn skip(&mut self, count: u32) {
        self.word <<= count;
        self.count = self.count.saturating_sub(count);
    }

    /// A number of so many bits, at most 16, in the spelling of differences: those that begin with 0 are
    /// negative (F.2.2.1, EXTEND).
    pub(super) const fn difference(&mut self, size: u32) -> i32 {
        if size == 0 {
            return 0;
        }
        let value = (self.word >> (64 - size)) as i32;
        self.skip(size);
        if value < 1 << (size - 1) { value - (1 << size) + 1 } else { value }
    }

    /// Goes on behind the next restart marker; `None` where there is none (E.2.4).
    pub(super) fn restart(&mut self) -> Option<()> {
        let is_restart = |two: &[u8]| two[0] == 255 && (0xd0..=0xd7).contains(&two[1]);
        let found = self.bytes.get(self.at..)?.windows(2).position(is_restart)?;
        *self = Self::new(self.bytes, self.at + found + 2);
        Some(())
    }

    /// The byte behind those that were read; `None` where bits were taken that are not there.
    pub(super) const fn end(&self) -> Option<usize> {
        let taken = self.made_up.saturating_sub(self.count);
        if taken <= BEYOND { Some(self.at) } else { None }
    }
}

/// Whether any of eight bytes is 255: the test for a zero byte, of what they lack to 255.
const fn has_255(eight: u64) -> bool {
    let rest = !eight;
    rest.wrapping_sub(0x0101_0101_0101_0101) & !rest & 0x8080_8080_8080_8080 != 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_are_those_of_the_bytes_without_what_is_stuffed_in() {
        let bytes: Vec<u8> = (0..400_u32)
            .flat_map(|at| match (at * 37) % 256 {
                255 => vec![255, 0],
                byte => vec![byte as u8],
            })
            .chain([255, 0xd9])
            .collect();
        let plain: Vec<u8> = (0..400_u32).map(|at| ((at * 37) % 256) as u8).collect();
        let mut bits = Bits::new(&bytes, 0);
        let mut at = 0;
        for step in 0..200_u32 {
            bits.fill();
            let wanted = (0..16).fold(0, |sum, bit| {
                let place = at + bit;
                let byte = plain.get(place / 8).copied().unwrap_or(0);
                sum << 1 | usize::from(byte >> (7 - place % 8) & 1)
            });
            assert_eq!(bits.peek(), wanted, "at bit {at}");
            let skipped = 1 + step * 7 % 31;
            bits.skip(skipped);
            at += skipped as usize;
            if at > 3000 {
                break;
            }
        }
        assert!(bits.end().is_some());
        for _ in 0..40 {
            bits.fill();
            bits.skip(31);
        }
        assert_eq!(bits.end(), None, "there is an end");
    }

    #[test]
    fn differences_are_spelled_with_their_sign() {
        for (byte, size, value) in
            [(0b1000_0000, 1, 1), (0, 1, -1), (0, 3, -7), (0b1110_0000, 3, 7), (0b0110_0000, 3, -4)]
        {
            let bytes = [byte; 9];
            let mut bits = Bits::new(&bytes, 0);
            bits.fill();
            assert_eq!(bits.difference(size), value);
        }
    }
}
