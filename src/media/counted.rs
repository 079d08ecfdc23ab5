//! Where each packet of sound starts, counted from the packets alone: nothing is decoded.

use crate::ffmpeg::Packet;

/// A packet: its stamp, and how many samples it becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Coded {
    pub(super) time: i64,
    pub(super) samples: i64,
}

/// How many samples the packets of a codec become.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Counting {
    /// The packet says it.
    Opus,
    /// Always as many.
    Even(i64),
}

impl Counting {
    /// How to count the packets of `codec`, whose frames have so many samples; `None` where only a
    /// decoder can tell.
    pub(super) fn of(codec: &str, frame: i64) -> Option<Self> {
        match codec {
            "opus" => Some(Self::Opus),
            "aac" | "mp3" | "mp2" | "ac3" if frame > 0 => Some(Self::Even(frame)),
            _ => None,
        }
    }

    /// The samples that a packet becomes.
    pub(super) fn samples(self, packet: &Packet) -> Option<i64> {
        match self {
            Self::Opus => opus(packet.bytes()),
            Self::Even(samples) => Some(samples),
        }
    }
}

/// The samples of an Opus packet at 48 kHz: its frames' length by the configuration, times their
/// count (RFC 6716, 3.1 and 3.2).
fn opus(packet: &[u8]) -> Option<i64> {
    let first = *packet.first()?;
    let configuration = usize::from(first >> 3);
    let length = match configuration {
        0..12 => [480, 960, 1920, 2880][configuration & 3],
        12..16 => [480, 960][configuration & 1],
        _ => [120, 240, 480, 960][configuration & 3],
    };
    let count = match first & 3 {
        0 => 1,
        1 | 2 => 2,
        _ => i64::from(packet.get(1)? & 63),
    };
    Some(length * count)
}

/// Where the frame of each stamp starts, where the first frame that sounds has this stamp and so
/// many samples, which are what is left of its packet. `None` if no packet can have become it.
///
/// `stated` says where a stamp lies in samples: where it jumps ahead by more than `jump`, so does
/// the sound.
pub(super) fn marks(
    packets: &[Coded],
    first: Coded,
    stated: impl Fn(i64) -> Option<i64>,
    jump: i64,
) -> Option<Vec<(i64, i64)>> {
    let begin = packets.iter().rposition(|packet| packet.time <= first.time)?;
    if first.samples > packets[begin].samples {
        return None;
    }
    let mut at = first.samples;
    let mut marks = vec![(first.time, 0)];
    for packet in &packets[begin + 1..] {
        let said = stated(packet.time).unwrap_or(at);
        if said.saturating_sub(at) > jump {
            at = said;
        }
        marks.push((packet.time, at));
        at += packet.samples;
    }
    marks.is_sorted_by_key(|mark| mark.0).then_some(marks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opus_packets_say_how_long_they_are() {
        assert_eq!(opus(&[0b1111_1000]), Some(960));
        assert_eq!(opus(&[0b0001_1001]), Some(5760));
        assert_eq!(opus(&[0b1000_0011, 0b1100_0101]), Some(600));
        assert_eq!(opus(&[0b0110_1010]), Some(1920));
        assert_eq!((opus(&[]), opus(&[3])), (None, None));
    }

    #[test]
    fn what_is_cut_off_the_first_packet_moves_the_rest() {
        let packet = |time, samples| Coded { time, samples };
        let packets = [packet(-7, 960), packet(14, 960), packet(34, 960), packet(5034, 960)];
        let stated = |time: i64| Some(time * 48);
        let found = marks(&packets, packet(0, 648), stated, 48_000).unwrap();
        assert_eq!(found, [(0, 0), (14, 648), (34, 1608), (5034, 241_632)]);
        assert_eq!(marks(&packets, packet(-9, 648), stated, 48_000), None);
        assert_eq!(marks(&packets, packet(0, 961), stated, 48_000), None);
    }
}
