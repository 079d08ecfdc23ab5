//! A scan of a JPEG file (ITU-T T.81, A.2): units of blocks of its components, by turns.

use super::bits::Bits;
use super::huffman::Table;
use super::jpeg::Component;

/// How a scan goes.
#[derive(Debug)]
pub(super) struct Scan {
    /// Units across and down, where it has several components.
    pub(super) units: (usize, usize),
    /// Units from a restart to the next; 0: none.
    pub(super) interval: usize,
    /// Low bits of the means that it leaves out.
    pub(super) step: u32,
}

/// A component in a scan.
#[derive(Debug)]
pub(super) struct Part<'a> {
    /// Which of the picture's.
    pub(super) nth: usize,
    /// Codes of the means.
    pub(super) mean: &'a Table,
    /// Codes of what is passed over; none where nothing else is there.
    pub(super) rest: Option<&'a Table>,
    /// The mean before.
    pub(super) before: i32,
}

impl Scan {
    /// Reads the scan that begins at a byte; where it ends.
    pub(super) fn read(
        &self,
        (bytes, at): (&[u8], usize),
        parts: &mut [Part<'_>],
        components: &mut [Component],
    ) -> Option<usize> {
        let mut bits = Bits::new(bytes, at);
        let is_alone = parts.len() == 1;
        let alone = parts.first().map(|part| components[part.nth].blocks)?;
        let (across, down) = if is_alone { alone } else { self.units };
        for unit in 0..across * down {
            if self.interval > 0 && unit > 0 && unit % self.interval == 0 {
                bits.restart()?;
                parts.iter_mut().for_each(|part| part.before = 0);
            }
            let place = (unit % across, unit / across);
            for part in parts.iter_mut() {
                let component = components.get_mut(part.nth)?;
                let size = if is_alone { (1, 1) } else { component.sampling };
                part.unit(&mut bits, component, (place, size))?;
            }
        }
        for part in parts.iter() {
            let component = components.get_mut(part.nth)?;
            (component.is_read, component.step) = (true, self.step);
            component.levels.iter_mut().for_each(|level| *level <<= self.step);
        }
        bits.end()
    }
}

impl Part<'_> {
    /// Reads the blocks of a unit at a place; those beyond the picture are kept nowhere.
    fn unit(
        &mut self,
        bits: &mut Bits<'_>,
        component: &mut Component,
        (place, size): ((usize, usize), (usize, usize)),
    ) -> Option<()> {
        for nth in 0..size.0 * size.1 {
            let (x, y) = (place.0 * size.0 + nth % size.0, place.1 * size.1 + nth / size.0);
            let level = self.block(bits)?;
            if x < component.blocks.0 && y < component.blocks.1 {
                component.levels[y * component.blocks.0 + x] = level;
            }
        }
        Some(())
    }

    /// Reads a block: its mean, as steps.
    fn block(&mut self, bits: &mut Bits<'_>) -> Option<i32> {
        bits.fill();
        let size = self.mean.symbol(bits).filter(|size| *size <= 11)?;
        self.before = self.before.wrapping_add(bits.difference(u32::from(size)));
        if let Some(rest) = self.rest {
            rest.pass(bits)?;
        }
        Some(self.before)
    }
}
