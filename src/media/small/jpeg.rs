//! The means of the blocks of a JPEG file (ITU-T T.81): each block of 8 by 8 begins with its mean, and what
//! follows is passed over. Of a progressive file the means alone are read, and nothing behind them.

use super::huffman::Table;
use super::scan::{Part, Scan};

/// Tables of a kind that a file may have at a time.
const TABLES: usize = 4;
/// Bytes of a profile's segment before the profile (ICC.1:2022, B.4).
const PROFILE: &[u8] = b"ICC_PROFILE\0";
/// The ids of components that are red, green and blue.
const RGB: [u8; 3] = *b"RGB";

/// The means of a picture's blocks.
#[derive(Debug, Default)]
pub(super) struct Means {
    /// Its size, in pixels.
    pub(super) size: (usize, usize),
    /// Grey; or luma and two of chroma.
    pub(super) components: Vec<Component>,
    /// Its colour profile.
    pub(super) profile: Option<Vec<u8>>,
}

/// A component of a picture.
#[derive(Debug, Default, Clone)]
pub(super) struct Component {
    id: u8,
    /// How many blocks of it lie in a unit, across and down.
    pub(super) sampling: (usize, usize),
    quantiser: usize,
    /// Blocks across and down that have pixels of the picture.
    pub(super) blocks: (usize, usize),
    /// What was read of them, line by line, in steps of the quantiser.
    pub(super) levels: Vec<i32>,
    /// How large a step was read at: its low bits are not known.
    pub(super) step: u32,
    pub(super) is_read: bool,
}

/// What was said before a scan.
#[derive(Debug, Default)]
struct Reader {
    means: Means,
    is_progressive: bool,
    /// The step of a block's mean, by table.
    quantisers: [i32; TABLES],
    /// Tables for means, and for the rest.
    codes: [[Option<Table>; TABLES]; 2],
    /// Units from a restart to the next; 0: none.
    interval: usize,
    is_coloured_otherwise: bool,
}

/// Reads a file; `None` where it is none that is read so, or is broken.
pub(super) fn read(bytes: &[u8]) -> Option<Means> {
    let mut reader = Reader::default();
    let mut at = 2;
    while !reader.is_done() {
        let (marker, body, next) = segment(bytes, at)?;
        at = match marker {
            0xd9 => return None,
            0xda => reader.scan(bytes, body, next)?,
            _ => {
                reader.take(marker, body)?;
                next
            }
        };
    }
    reader.is_plain().then(|| reader.finished())
}

/// The marker at `at`, what belongs to it, and where the next begins (B.1.1.2).
fn segment(bytes: &[u8], at: usize) -> Option<(u8, &[u8], usize)> {
    let filling = bytes.get(at..)?.iter().take_while(|byte| **byte == 255).count();
    let marker = *bytes.get(at + filling).filter(|_| filling > 0)?;
    let body = at + filling + 1;
    if matches!(marker, 0xd0..=0xd9 | 0x01) {
        return Some((marker, &[], body));
    }
    let length = usize::from(two(bytes, body)?);
    let inner = bytes.get(body + 2..body + length.max(2))?;
    Some((marker, inner, body + length.max(2)))
}

fn two(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at + 2)?.first_chunk().map(|two| u16::from_be_bytes(*two))
}

impl Reader {
    fn is_done(&self) -> bool {
        let components = &self.means.components;
        !components.is_empty() && components.iter().all(|component| component.is_read)
    }

    /// Whether its planes are grey, or luma and chroma of one sampling.
    fn is_plain(&self) -> bool {
        match &self.means.components[..] {
            [_] => true,
            all @ [_, one, other] => {
                let ids: Vec<u8> = all.iter().map(|component| component.id).collect();
                ids != RGB && !self.is_coloured_otherwise && one.sampling == other.sampling
            }
            _ => false,
        }
    }

    fn take(&mut self, marker: u8, body: &[u8]) -> Option<()> {
        match marker {
            0xc0..=0xc2 => return self.frame(marker, body),
            0xc3 | 0xc5..=0xc7 | 0xc9..=0xcf => return None,
            0xc4 => return self.tables(body),
            0xdb => return self.quantisers(body),
            0xdd => self.interval = usize::from(two(body, 0)?),
            0xe2 => self.profile(body),
            0xee if body.starts_with(b"Adobe") => {
                self.is_coloured_otherwise = body.get(11) == Some(&0);
            }
            _ => {}
        }
        Some(())
    }

    /// A frame header (B.2.2), of 8 bits.
    fn frame(&mut self, marker: u8, body: &[u8]) -> Option<()> {
        let size = (usize::from(two(body, 3)?), usize::from(two(body, 1)?));
        let is_read = body.first() == Some(&8) && size.0 > 0 && size.1 > 0;
        if !is_read || !self.means.components.is_empty() {
            return None;
        }
        let described = body.get(6..6 + 3 * usize::from(*body.get(5)?))?.chunks_exact(3);
        let component = |it: &[u8]| Component {
            id: it[0],
            sampling: (usize::from(it[1] >> 4), usize::from(it[1] & 15)),
            quantiser: usize::from(it[2]),
            ..Component::default()
        };
        let mut components: Vec<Component> = described.map(component).collect();
        let is_sampled =
            |it: &Component| (1..=4).contains(&it.sampling.0) && (1..=4).contains(&it.sampling.1);
        if !components.iter().all(is_sampled) {
            return None;
        }
        let most = most(&components);
        for component in &mut components {
            let side =
                |size: usize, part: usize, most: usize| (size * part).div_ceil(most).div_ceil(8);
            let (across, down) = component.sampling;
            component.blocks = (side(size.0, across, most.0), side(size.1, down, most.1));
            component.levels = vec![0; component.blocks.0 * component.blocks.1];
        }
        self.is_progressive = marker == 0xc2;
        (self.means.size, self.means.components) = (size, components);
        Some(())
    }

    /// Tables of codes (B.2.4.2).
    fn tables(&mut self, mut body: &[u8]) -> Option<()> {
        while let Some((&kind, rest)) = body.split_first() {
            let (counts, rest) = rest.split_first_chunk::<16>()?;
            let count = counts.iter().map(|count| usize::from(*count)).sum();
            let (symbols, rest) = rest.split_at_checked(count)?;
            let place =
                self.codes.get_mut(usize::from(kind >> 4))?.get_mut(usize::from(kind & 15))?;
            *place = Some(Table::new(counts, symbols)?);
            body = rest;
        }
        Some(())
    }

    /// Tables of steps (B.2.4.1), of which the first is kept.
    fn quantisers(&mut self, mut body: &[u8]) -> Option<()> {
        while let Some((&kind, rest)) = body.split_first() {
            let is_wide = kind >> 4 != 0;
            let first = if is_wide { i32::from(two(rest, 0)?) } else { i32::from(*rest.first()?) };
            *self.quantisers.get_mut(usize::from(kind & 15))? = first;
            body = rest.get(if is_wide { 128 } else { 64 }..)?;
        }
        Some(())
    }

    /// A part of a profile, of which there may be several; they come in their order.
    fn profile(&mut self, body: &[u8]) {
        if let Some(part) = body.strip_prefix(PROFILE).and_then(|rest| rest.get(2..)) {
            self.means.profile.get_or_insert_default().extend(part);
        }
    }

    /// Reads a scan, or passes over one that has no means; where the next marker is.
    fn scan(&mut self, bytes: &[u8], head: &[u8], at: usize) -> Option<usize> {
        let count = usize::from(*head.first()?);
        let [first, _, bits] = head.get(1 + 2 * count..)?.first_chunk().copied()?;
        if first > 0 || bits >> 4 > 0 {
            return next_marker(bytes, at);
        }
        let step = if self.is_progressive { u32::from(bits & 15) } else { 0 };
        let mut parts = Vec::new();
        for described in head.get(1..1 + 2 * count)?.chunks_exact(2) {
            let is_it = |component: &Component| component.id == described[0];
            let nth = self.means.components.iter().position(is_it)?;
            let table =
                |kind: usize, number: u8| self.codes[kind].get(usize::from(number))?.as_ref();
            let rest = if self.is_progressive { None } else { Some(table(1, described[1] & 15)?) };
            parts.push(Part { nth, mean: table(0, described[1] >> 4)?, rest, before: 0 });
        }
        let most = most(&self.means.components);
        let unit = (8 * most.0, 8 * most.1);
        let units = (self.means.size.0.div_ceil(unit.0), self.means.size.1.div_ceil(unit.1));
        let scan = Scan { units, interval: self.interval, step: step.min(13) };
        scan.read((bytes, at), &mut parts, &mut self.means.components)
    }

    /// The means, in codes.
    fn finished(mut self) -> Means {
        for component in &mut self.means.components {
            let quantiser = self.quantisers.get(component.quantiser).copied().unwrap_or(1);
            let middle = (1_i64 << component.step) / 2;
            for level in &mut component.levels {
                let code = ((i64::from(*level) + middle) * i64::from(quantiser) + 4).div_euclid(8);
                *level = (code + 128).clamp(0, 255) as i32;
            }
        }
        self.means
    }
}

fn most(components: &[Component]) -> (usize, usize) {
    let side = |of: fn(&Component) -> usize| components.iter().map(of).max().unwrap_or(1);
    (side(|it| it.sampling.0), side(|it| it.sampling.1))
}

/// The first marker from `at` on that is no restart.
fn next_marker(bytes: &[u8], at: usize) -> Option<usize> {
    let is_marker = |two: &[u8]| two[0] == 255 && !matches!(two[1], 0 | 0xd0..=0xd7 | 255);
    bytes.get(at..)?.windows(2).position(is_marker).map(|found| at + found)
}
