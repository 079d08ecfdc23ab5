//! What an ICC profile means, where it is one of the spaces that we know (ICC.1:2022).

use crate::signal::{Primaries, Transfer};

/// The colorants of known spaces, adapted to D50: X and Y of red, green and blue.
const SPACES: &[(Primaries, [[f64; 2]; 3])] = &[
    (Primaries::Bt709, [[0.4361, 0.2225], [0.3851, 0.7169], [0.1431, 0.0606]]),
    (Primaries::P3D65, [[0.5151, 0.2412], [0.2920, 0.6922], [0.1571, 0.0666]]),
    (Primaries::Bt2020, [[0.6735, 0.2790], [0.1657, 0.6753], [0.1251, 0.0457]]),
];

/// How far a colorant or a curve may be from that of a known space.
const NEAR: f64 = 0.003;

/// Where curves are compared.
const PLACES: [f64; 5] = [0.05, 0.2, 0.4, 0.6, 0.8];

/// The primaries and transfer of a display profile of red, green and blue; `None` where they are not
/// ones that we know.
pub(super) fn understand(profile: &[u8]) -> Option<(Primaries, Transfer)> {
    let profile = Profile(profile);
    let colorants = ["rXYZ", "gXYZ", "bXYZ"].map(|name| profile.colorant(name));
    let near = |space: &&(Primaries, [[f64; 2]; 3])| {
        let pairs = space.1.iter().zip(&colorants);
        pairs.map(|(a, b)| distance(a, b.as_ref())).fold(0.0, f64::max) < NEAR
    };
    let primaries = SPACES.iter().find(near)?.0;
    let curves = ["rTRC", "gTRC", "bTRC"].map(|name| profile.curve(name));
    let [Some(red), Some(green), Some(blue)] = curves else { return None };
    let transfer = nearest(&red)?;
    (nearest(&green)? == transfer && nearest(&blue)? == transfer).then_some((primaries, transfer))
}

fn distance(a: &[f64; 2], b: Option<&[f64; 2]>) -> f64 {
    b.map_or(1.0, |b| (a[0] - b[0]).abs().max((a[1] - b[1]).abs()))
}

/// The transfer whose curve is nearest to these heights, if one is near.
fn nearest(heights: &[f64; PLACES.len()]) -> Option<Transfer> {
    let curves: [(Transfer, fn(f64) -> f64); 5] =
        [
            (Transfer::Srgb, |x| {
                if x <= 0.040_45 { x / 12.92 } else { ((x + 0.055) / 1.055).powf(2.4) }
            }),
            (Transfer::Bt709, |x| {
                if x < 0.081 { x / 4.5 } else { ((x + 0.099) / 1.099).powf(1.0 / 0.45) }
            }),
            (Transfer::Gamma22, |x| x.powf(2.2)),
            (Transfer::Gamma28, |x| x.powf(2.8)),
            (Transfer::Linear, |x| x),
        ];
    let off = |curve: fn(f64) -> f64| {
        let pairs = PLACES.iter().zip(heights);
        pairs.map(|(place, height)| (curve(*place) - height).abs()).fold(0.0, f64::max)
    };
    let offs = curves.map(|(transfer, curve)| (transfer, off(curve)));
    let best = offs.into_iter().min_by(|a, b| a.1.total_cmp(&b.1))?;
    (best.1 < NEAR).then_some(best.0)
}

struct Profile<'a>(&'a [u8]);

impl Profile<'_> {
    /// The data of the tag of this name (7.3): its type, four bytes of nothing, what it holds.
    fn tag(&self, name: &str) -> Option<(&[u8], &[u8])> {
        let count = number(self.0, 128)?.min(200) as usize;
        let entry = (0..count).map(|at| 132 + 12 * at);
        let entry =
            entry.into_iter().find(|at| self.0.get(*at..at + 4) == Some(name.as_bytes()))?;
        let (start, size) =
            (number(self.0, entry + 4)? as usize, number(self.0, entry + 8)? as usize);
        let data = self.0.get(start..start.checked_add(size)?)?;
        Some((data.get(..4)?, data.get(8..)?))
    }

    fn colorant(&self, name: &str) -> Option<[f64; 2]> {
        let (kind, data) = self.tag(name).filter(|(kind, _)| *kind == b"XYZ ")?;
        debug_assert_eq!(kind.len(), 4);
        Some([fixed(data, 0)?, fixed(data, 4)?])
    }

    /// The heights of a curve at [`PLACES`] (10.6, 10.18).
    fn curve(&self, name: &str) -> Option<[f64; PLACES.len()]> {
        let (kind, data) = self.tag(name)?;
        let heights = PLACES.map(|x| match kind {
            b"curv" => table(data, x),
            b"para" => formula(data, x),
            _ => None,
        });
        heights.iter().all(Option::is_some).then(|| heights.map(Option::unwrap_or_default))
    }
}

fn table(data: &[u8], x: f64) -> Option<f64> {
    let entry = |at: usize| {
        let bytes = data.get(4 + 2 * at..6 + 2 * at)?;
        Some(f64::from(u16::from_be_bytes(*bytes.first_chunk()?)))
    };
    match number(data, 0)? as usize {
        0 => Some(x),
        1 => Some(x.powf(entry(0)? / 256.0)),
        count => {
            let place = x * (count - 1) as f64;
            let (low, part) = (place.floor() as usize, place.fract());
            let (low, high) = (entry(low)?, entry((low + 1).min(count - 1))?);
            Some((low + (high - low) * part) / 65_535.0)
        }
    }
}

/// Types 0 to 4 of a parametric curve: a power, with a straight part below `d` from type 3 on.
fn formula(data: &[u8], x: f64) -> Option<f64> {
    let kind = u16::from_be_bytes(*data.first_chunk()?);
    let count = *[1, 3, 4, 5, 7].get(usize::from(kind))?;
    let mut values = [0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0];
    for (at, value) in values.iter_mut().enumerate().take(count) {
        *value = fixed(data, 4 + 4 * at)?;
    }
    let [g, a, b, c, d, e, f] = values;
    let power = |x: f64| (a * x + b).max(0.0).powf(g);
    Some(match kind {
        0 => x.powf(g),
        1 => {
            if x >= -b / a {
                power(x)
            } else {
                0.0
            }
        }
        2 => {
            if x >= -b / a {
                power(x) + c
            } else {
                c
            }
        }
        3 => {
            if x >= d {
                power(x)
            } else {
                c * x
            }
        }
        _ => {
            if x >= d {
                power(x) + e
            } else {
                c * x + f
            }
        }
    })
}

fn number(data: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(*data.get(at..)?.first_chunk()?))
}

/// A number of 16 bits before the point and 16 after it.
fn fixed(data: &[u8], at: usize) -> Option<f64> {
    number(data, at).map(|number| f64::from(number.cast_signed()) / 65_536.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profile(colorants: [[f64; 2]; 3], curve: &[u8]) -> Vec<u8> {
        let mut bytes = vec![0; 128];
        bytes.extend(6_u32.to_be_bytes());
        let (mut table, mut data) = (Vec::new(), Vec::<u8>::new());
        let mut add = |name: &str, content: &[u8]| {
            let start = 132 + 12 * 6 + data.len() as u32;
            table.extend(name.as_bytes());
            table.extend(start.to_be_bytes());
            table.extend((content.len() as u32).to_be_bytes());
            data.extend(content);
        };
        for (name, [x, y]) in ["rXYZ", "gXYZ", "bXYZ"].into_iter().zip(colorants) {
            let fixed = |value: f64| ((value * 65_536.0) as i32).to_be_bytes();
            add(name, &[*b"XYZ ", [0; 4], fixed(x), fixed(y), [0; 4]].concat());
        }
        ["rTRC", "gTRC", "bTRC"].into_iter().for_each(|name| add(name, curve));
        bytes.extend(table);
        bytes.extend(data);
        bytes
    }

    #[test]
    fn known_spaces_are_known_and_others_are_not() {
        let gamma = [&b"curv\0\0\0\0\0\0\0\x01"[..], &[2, 51]].concat();
        for (primaries, colorants) in SPACES {
            let found = understand(&profile(*colorants, &gamma));
            assert_eq!(found, Some((*primaries, Transfer::Gamma22)));
        }
        let linear = b"curv\0\0\0\0\0\0\0\0";
        assert_eq!(understand(&profile(SPACES[0].1, linear)).unwrap().1, Transfer::Linear);
        let adobe = [[0.6097, 0.3111], [0.2053, 0.6257], [0.1492, 0.0632]];
        assert_eq!(understand(&profile(adobe, &gamma)), None);
        let whole = profile(SPACES[1].1, &gamma);
        for length in 0..whole.len() {
            understand(&whole[..length]);
        }
    }
}
