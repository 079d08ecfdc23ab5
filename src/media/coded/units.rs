//! The units of an H.264 stream, apart and together: ITU-T H.264, 7.3.1, 7.4.1 and Annex B, and
//! ISO/IEC 14496-15, 5.3.3.1.

/// What stands before each unit in a stream of bytes.
const START: [u8; 4] = [0, 0, 0, 1];
/// What kinds of units there are (table 7-1), of those that matter here.
const SLICE: u8 = 1;
const REFRESH: u8 = 5;
const NOTES: [u8; 3] = [6, 9, 12];
const SEQUENCE: u8 = 7;
const PICTURE: u8 = 8;

/// How units lie one after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Framing {
    /// Each after a start code.
    Starts,
    /// Each after its length, in so many bytes.
    Lengths(usize),
}

/// The headers of a stream: its parameter sets in their order, and how its units lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Headers {
    framing: Framing,
    parameters: Vec<Vec<u8>>,
}

/// The slices of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Slices {
    /// The units, each after a start code.
    pub(super) bytes: Vec<u8>,
    /// Whether all of them belong to an instantaneous refresh.
    pub(super) refreshes: bool,
}

impl Headers {
    /// The headers as a container or an encoder keeps them; `None` where they lack a parameter set
    /// or make no sense.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let (framing, units) = match bytes {
            [1, _, _, _, length, rest @ ..] => {
                (Framing::Lengths(usize::from(length & 3) + 1), boxed(rest)?)
            }
            _ => (Framing::Starts, units(bytes, Framing::Starts)?),
        };
        let is_set = |unit: &&[u8]| matches!(kind(unit), Some(SEQUENCE | PICTURE));
        let parameters = units.into_iter().filter(is_set).map(<[u8]>::to_vec).collect::<Vec<_>>();
        let has = |wanted| parameters.iter().any(|unit| kind(unit) == Some(wanted));
        (has(SEQUENCE) && has(PICTURE)).then_some(Self { framing, parameters })
    }

    /// Whether two streams have the same parameter sets, to the byte.
    pub(super) fn agree(&self, other: &Self) -> bool {
        self.parameters == other.parameters
    }

    /// The slices of a packet of this stream, without notes to the decoder that change no picture;
    /// `None` where it holds something else, or parameter sets that are not these.
    pub(super) fn slices(&self, packet: &[u8]) -> Option<Slices> {
        let mut slices = Slices { bytes: Vec::with_capacity(packet.len() + 16), refreshes: true };
        for unit in units(packet, self.framing)? {
            match kind(unit)? {
                kind @ (SLICE | REFRESH) => {
                    slices.refreshes &= kind == REFRESH;
                    slices.bytes.extend(START);
                    slices.bytes.extend(unit);
                }
                SEQUENCE | PICTURE if self.parameters.iter().any(|known| known == unit) => {}
                kind if NOTES.contains(&kind) => {}
                _ => return None,
            }
        }
        (!slices.bytes.is_empty()).then_some(slices)
    }
}

fn kind(unit: &[u8]) -> Option<u8> {
    unit.first().map(|first| first & 0x1f)
}

/// The parameter sets of a decoder configuration record, after its fifth byte.
fn boxed(record: &[u8]) -> Option<Vec<&[u8]>> {
    let (count, rest) = record.split_first()?;
    let mut found = Vec::new();
    let rest = counted(usize::from(count & 31), rest, &mut found)?;
    let (count, rest) = rest.split_first()?;
    counted(usize::from(*count), rest, &mut found)?;
    Some(found)
}

fn counted<'a>(count: usize, mut rest: &'a [u8], found: &mut Vec<&'a [u8]>) -> Option<&'a [u8]> {
    for _ in 0..count {
        let (unit, after) = after_length(rest, 2)?;
        found.push(unit);
        rest = after;
    }
    Some(rest)
}

/// The unit that follows its length in so many bytes, and what is after it.
fn after_length(bytes: &[u8], width: usize) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_at_checked(width)?;
    let length = length.iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte));
    rest.split_at_checked(length)
}

/// The units of a packet; `None` where a length lies.
fn units(bytes: &[u8], framing: Framing) -> Option<Vec<&[u8]>> {
    let Framing::Lengths(width) = framing else { return Some(started(bytes)) };
    let (mut found, mut rest) = (Vec::new(), bytes);
    while !rest.is_empty() {
        let (unit, after) = after_length(rest, width)?;
        found.push(unit);
        rest = after;
    }
    Some(found)
}

/// The units between start codes, without the zeros that may trail them.
fn started(bytes: &[u8]) -> Vec<&[u8]> {
    let starts = bytes.windows(3).enumerate().filter(|(_, three)| *three == [0, 0, 1]);
    let starts = starts.map(|(at, _)| at).collect::<Vec<_>>();
    let ends = starts.iter().skip(1).copied().chain([bytes.len()]);
    let units = starts.iter().zip(ends).map(|(start, end)| &bytes[start + 3..end]);
    units.map(|unit| &unit[..unit.len() - trailing_zeros(unit)]).collect()
}

fn trailing_zeros(unit: &[u8]) -> usize {
    unit.iter().rev().take_while(|byte| **byte == 0).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPS: &[u8] = &[0x67, 100, 0, 40, 0xac];
    const PPS: &[u8] = &[0x68, 0xef, 0x86];

    fn record() -> Vec<u8> {
        let mut record = vec![1, 100, 0, 40, 0xff, 0xe1, 0, SPS.len() as u8];
        record.extend(SPS);
        record.extend([1, 0, PPS.len() as u8]);
        record.extend(PPS);
        record
    }

    fn stream(units: &[&[u8]]) -> Vec<u8> {
        units.iter().flat_map(|unit| [&[0, 0, 0, 1], *unit].concat()).collect()
    }

    fn packet(units: &[&[u8]]) -> Vec<u8> {
        units.iter().flat_map(|unit| [&[0, 0, 0, unit.len() as u8], *unit].concat()).collect()
    }

    #[test]
    fn headers_in_a_record_and_in_a_stream_agree() {
        let boxed = Headers::read(&record()).unwrap();
        let started = Headers::read(&stream(&[SPS, PPS])).unwrap();
        assert!(boxed.agree(&started));
        assert!(!boxed.agree(&Headers::read(&stream(&[SPS, &[0x68, 0xef, 0x87]])).unwrap()));
        assert_eq!(boxed.framing, Framing::Lengths(4));
    }

    #[test]
    fn a_packet_gives_its_slices_in_either_framing() {
        let (notes, refresh, slice) =
            (&[0x06_u8, 5, 1][..], &[0x65_u8, 0x88][..], &[0x41_u8, 0x9a][..]);
        let boxed = Headers::read(&record()).unwrap();
        let started = Headers::read(&stream(&[SPS, PPS])).unwrap();
        for (units, refreshes) in [
            (&[notes, refresh, refresh][..], true),
            (&[slice], false),
            (&[SPS, PPS, refresh], true),
        ] {
            let slices = boxed.slices(&packet(units)).unwrap();
            assert_eq!(slices.refreshes, refreshes);
            assert_eq!(started.slices(&stream(units)), Some(slices));
        }
    }

    #[test]
    fn what_is_not_wholly_understood_is_not_copied() {
        let headers = Headers::read(&record()).unwrap();
        let other: &[u8] = &[0x67, 1, 2];
        let partition: &[u8] = &[0x42, 1];
        for packet in
            [packet(&[other, &[0x65, 1]]), packet(&[partition]), vec![0, 0, 0, 9, 0x65], vec![]]
        {
            assert_eq!(headers.slices(&packet), None, "{packet:?}");
        }
        for record in [&record()[..12], &[], &[1, 2, 3], &[0, 0, 1, 0x67, 4]] {
            assert_eq!(Headers::read(record), None, "{record:?}");
        }
    }
}
