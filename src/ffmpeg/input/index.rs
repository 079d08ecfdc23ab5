//! Where every frame of a stream lies: made by one pass over its packets, nothing decoded.

use crate::ffmpeg::input::{Input, PacketFacts, StreamFacts};
use crate::ffmpeg::{Error, Packet};
use timeline_format::{Frames, Rate, Ratio};

/// The frames of a stream in the order in which they are shown, and how to reach each.
#[derive(Debug, Clone)]
pub struct Index {
    tick: Ratio,
    shown: Vec<Shown>,
    packets: Vec<Placed>,
    /// Packets by place in the file and time, to know one again after a seek.
    places: Vec<(i64, i64, u32)>,
    last: i64,
    stamped: bool,
}

/// A frame: when it is shown, and the packet that holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Shown {
    time: i64,
    packet: u32,
}

/// A packet, in the order of decoding.
#[derive(Debug, Clone, Copy)]
struct Placed {
    shown: i64,
    decoded: i64,
    key: bool,
}

/// Where to start decoding to come to a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Landing {
    /// The number of the packet, in the order of decoding.
    pub packet: usize,
    /// A time to seek to; `None` is the start of the file.
    pub time: Option<i64>,
}

impl Index {
    /// Reads all packets of `stream` from where `input` stands, which is its start, to its end or to
    /// where it breaks off. Fails where `input` is stopped.
    pub fn build(input: &mut Input, stream: &StreamFacts) -> Result<Self, Error> {
        input.keep_only(stream.index);
        let mut packet = Packet::empty()?;
        let mut found = Vec::new();
        while input.read(&mut packet).unwrap_or(false) {
            let facts = packet.facts();
            let hidden = stream.codec == "vp8" && packet.first_byte().is_some_and(is_hidden);
            if facts.stream == stream.index {
                found.push(PacketFacts { discard: facts.discard || hidden, ..facts });
            }
        }
        if input.is_stopped() {
            return Err(Error::refused(format!("reading {}", input.name()), "it was stopped"));
        }
        Ok(Self::of(&found, stream))
    }

    /// The index of packets in the order of decoding.
    pub fn of(found: &[PacketFacts], stream: &StreamFacts) -> Self {
        let usual = usual_duration(found, stream);
        let decoded = decode_times(found, usual);
        let stamped = found.iter().all(|facts| facts.shown.is_some()) || stream.delay == 0;
        let mut ordered = decoded.clone();
        ordered.sort_unstable();
        let times = found.iter().zip(&decoded).zip(&ordered).map(|((facts, decoded), nth)| {
            if stamped { facts.shown.unwrap_or(*decoded) } else { *nth }
        });
        let times = times.collect::<Vec<_>>();
        let first_key = found.iter().position(|facts| facts.key).unwrap_or(0);
        let kept = (0..found.len()).filter(|at| *at >= first_key && !found[*at].discard);
        let mut shown =
            kept.map(|at| Shown { time: times[at], packet: at as u32 }).collect::<Vec<_>>();
        shown.sort_unstable();
        shown.dedup_by_key(|frame| frame.time);
        let packets = found.iter().zip(&decoded).zip(&times);
        let packets = packets.map(|((facts, decoded), time)| Placed {
            shown: *time,
            decoded: *decoded,
            key: facts.key,
        });
        let mut places = (0..found.len())
            .map(|at| (found[at].position, found[at].shown.unwrap_or(i64::MIN), at as u32))
            .collect::<Vec<_>>();
        places.sort_unstable();
        let last = last_duration(&shown, found, usual);
        Self { tick: stream.tick, packets: packets.collect(), shown, places, last, stamped }
    }

    /// How many frames are shown.
    pub fn count(&self) -> usize {
        self.shown.len()
    }

    /// Whether frames can be told by their time stamps; if not, only by counting from the start.
    pub const fn is_stamped(&self) -> bool {
        self.stamped
    }

    /// When frame `n` is shown, in ticks.
    pub fn time(&self, n: usize) -> Option<i64> {
        self.shown.get(n).map(|frame| frame.time)
    }

    /// The frame that is shown at exactly this time, in ticks.
    pub fn frame_at(&self, time: i64) -> Option<usize> {
        self.shown.binary_search_by_key(&time, |frame| frame.time).ok()
    }

    /// The frame that is on screen at this time: the last that starts at or before it.
    pub fn frame_during(&self, time: i64) -> usize {
        self.shown.partition_point(|frame| frame.time <= time).saturating_sub(1)
    }

    /// Leaves out frames before this time: decoding from the start does not give them.
    pub fn begin_at(&mut self, time: i64) {
        self.shown.retain(|frame| frame.time >= time);
    }

    /// The number of the packet that holds frame `n`.
    pub fn packet_of(&self, n: usize) -> Option<usize> {
        self.shown.get(n).map(|frame| frame.packet as usize)
    }

    /// The frame that each packet holds, in the order of decoding; `None` for what is not shown.
    pub fn frames_of_packets(&self) -> Vec<Option<usize>> {
        let mut frames = vec![None; self.packets.len()];
        for (number, shown) in self.shown.iter().enumerate() {
            frames[shown.packet as usize] = Some(number);
        }
        frames
    }

    /// Whether decoding can start with packet `packet`.
    pub fn is_key(&self, packet: usize) -> bool {
        self.packets.get(packet).is_some_and(|placed| placed.key)
    }

    /// Where to start decoding for frame `n`: the last key packet that is decoded at or before it
    /// and shown at or before it (what is shown before a key but decoded after it may lean on the
    /// pictures before); `back` more keys before that.
    pub fn landing(&self, n: usize, back: usize) -> Landing {
        let start = Landing { packet: 0, time: None };
        let (Some(frame), true) = (self.shown.get(n), self.stamped) else { return start };
        let good = |at: &usize| self.packets[*at].key && self.packets[*at].shown <= frame.time;
        let at = (0..=frame.packet as usize).rev().filter(good).nth(back);
        at.filter(|at| *at > 0).map_or(start, |packet| {
            let placed = self.packets[packet];
            Landing { packet, time: Some(placed.decoded.min(placed.shown)) }
        })
    }

    /// The earliest time of packet `packet`, in ticks: a seek to it comes before it.
    pub fn landing_time(&self, packet: usize) -> i64 {
        self.packets.get(packet).map_or(0, |placed| placed.decoded.min(placed.shown))
    }

    /// Which packet of the stream this is, in the order of decoding.
    pub fn find(&self, facts: &PacketFacts) -> Option<usize> {
        let key = (facts.position, facts.shown.unwrap_or(i64::MIN));
        let at = self.places.partition_point(|(position, time, _)| (*position, *time) < key);
        let (position, time, packet) = self.places.get(at)?;
        let alone = self.places.get(at + 1).is_none_or(|next| (next.0, next.1) != key);
        ((*position, *time) == key && alone).then_some(*packet as usize)
    }

    /// The rate at which every frame is where its number says, to one tick of rounding, if there is
    /// one: of `stated` first, then of the usual rates.
    pub fn constant_rate(&self, stated: &[Rate]) -> Option<Rate> {
        let stated = stated.iter().copied().map(snap);
        stated.chain(usual_rates()).find(|rate| self.is_constant(*rate))
    }

    fn is_constant(&self, rate: Rate) -> bool {
        let Some(first) = self.time(0) else { return false };
        let tick = i128::from(self.tick.numerator()) * i128::from(rate.numerator());
        let frame = i128::from(self.tick.denominator()) * i128::from(rate.denominator());
        let slack = if frame > 2 * tick { tick } else { 0 };
        self.shown
            .iter()
            .zip(0_i128..)
            .all(|(shown, n)| (i128::from(shown.time - first) * tick - n * frame).abs() <= slack)
    }

    /// Frames a second on average, to the nearest usual rate within a thousandth. How long the last
    /// frame lasts is often not stated, so it counts only where it is the only one.
    pub fn average_rate(&self) -> Option<Rate> {
        let steps = self.count().checked_sub(1)?;
        let span = self.time(steps)?.checked_sub(self.time(0)?)?;
        let (steps, span) = if steps == 0 { (1, self.last) } else { (steps, span) };
        let seconds = Ratio::whole(span).times(self.tick)?;
        let rate = Ratio::whole(steps as i64).over(seconds)?.to_f64();
        let off = |usual: &Rate| (usual.ratio().to_f64() / rate - 1.0).abs();
        let nearest = usual_rates().min_by(|a, b| off(a).total_cmp(&off(b)));
        nearest
            .filter(|usual| off(usual) < 1e-3)
            .or_else(|| Rate::from_decimal((rate * 1000.0).round() / 1000.0))
    }

    /// From the first frame to the end of the last, in ticks.
    pub fn span(&self) -> i64 {
        match (self.time(0), self.shown.last()) {
            (Some(first), Some(last)) => (last.time - first).saturating_add(self.last),
            _ => 0,
        }
    }

    /// Seconds of one tick.
    pub const fn tick(&self) -> Ratio {
        self.tick
    }

    /// The frame on screen at position `at` of a grid of `rate` that starts with the first frame.
    pub fn resolve(&self, at: Frames, rate: Rate) -> usize {
        let ticks = rate.seconds(at).and_then(|seconds| seconds.over(self.tick));
        let ticks = ticks.map_or(if at < Ratio::ZERO { 0 } else { i64::MAX }, Ratio::floor);
        self.frame_during(ticks.saturating_add(self.time(0).unwrap_or(0)))
    }
}

/// A VP8 frame that is not shown (RFC 6386, 9.1: bit 4 of the first byte).
const fn is_hidden(first_byte: u8) -> bool {
    first_byte & 0x10 == 0
}

/// Rates that cameras and generators have.
fn usual_rates() -> impl Iterator<Item = Rate> {
    let ntsc = [24_000, 30_000, 60_000, 120_000, 48_000, 15_000, 12_000];
    let whole = [24, 25, 30, 50, 60, 16, 12, 15, 8, 10, 48, 100, 120, 1];
    let ntsc = ntsc.into_iter().filter_map(|top| Rate::new(top, 1001));
    whole.into_iter().filter_map(|rate| Rate::new(rate, 1)).chain(ntsc)
}

/// The usual rate that a stated one means, where it was rounded: within a ten-thousandth.
fn snap(rate: Rate) -> Rate {
    let stated = rate.ratio().to_f64();
    let near = |usual: &Rate| (usual.ratio().to_f64() / stated - 1.0).abs() < 1e-4;
    usual_rates().find(near).unwrap_or(rate)
}

/// The ticks that a frame lasts where nothing says: as most do, or as the rate says.
fn usual_duration(found: &[PacketFacts], stream: &StreamFacts) -> i64 {
    let mut known = found.iter().map(|facts| facts.duration).filter(|d| *d > 0).collect::<Vec<_>>();
    known.sort_unstable();
    let of_rate = || {
        let rate = stream.rates.first().copied().unwrap_or(Rate::FILM);
        rate.seconds(Ratio::ONE)?.over(stream.tick).map(Ratio::round)
    };
    known.get(known.len() / 2).copied().or_else(of_rate).unwrap_or(1).max(1)
}

/// When each packet is decoded: as stated, else a duration after the one before.
fn decode_times(found: &[PacketFacts], usual: i64) -> Vec<i64> {
    let mut next = found.iter().find_map(|facts| facts.decoded.or(facts.shown)).unwrap_or(0);
    let times = found.iter().map(|facts| {
        let time = facts.decoded.unwrap_or(next);
        next = time.saturating_add(if facts.duration > 0 { facts.duration } else { usual });
        time
    });
    times.collect()
}

/// How long the last frame is shown: as its packet says, unless that is nothing or more than twice
/// what the frame before had; else as the frame before.
fn last_duration(shown: &[Shown], found: &[PacketFacts], usual: i64) -> i64 {
    let before = match shown {
        [.., a, b] => b.time - a.time,
        _ => usual,
    };
    let stated = shown.last().map_or(0, |last| found[last.packet as usize].duration);
    if stated > 0 && stated <= 2 * before { stated } else { before }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ffmpeg::{Medium, Tags};

    fn stream(tick: i128, rates: &[&str]) -> StreamFacts {
        StreamFacts {
            index: 0,
            medium: Medium::Picture,
            codec: "h264".into(),
            tick: Ratio::new(1, tick).unwrap(),
            start: None,
            duration: None,
            rates: rates.iter().map(|rate| rate.parse().unwrap()).collect(),
            width: 2,
            height: 2,
            pixel_aspect: None,
            rotation: 0,
            format: None,
            colour: Tags::default(),
            sample_rate: 0,
            channels: 0,
            block: 0,
            delay: 2,
            tags: std::collections::BTreeMap::default(),
        }
    }

    fn packet(shown: i64, decoded: i64, key: bool) -> PacketFacts {
        let (shown, decoded) = (Some(shown), Some(decoded));
        let position = decoded.unwrap() * 10;
        PacketFacts { stream: 0, shown, decoded, duration: 1, position, key, discard: false }
    }

    #[test]
    fn rounded_stamps_give_the_exact_rate_and_frame() {
        for rate in ["24000/1001", "24", "25", "30000/1001", "30", "50", "60000/1001", "60"] {
            let exact: Rate = rate.parse().unwrap();
            let stamp =
                |n: i64| exact.seconds(n.into()).unwrap().times(1000.into()).unwrap().round();
            let found = (0..500).map(|n| packet(stamp(n), stamp(n), n % 10 == 0));
            let index = Index::of(&found.collect::<Vec<_>>(), &stream(1000, &["90000", rate]));
            assert_eq!(index.constant_rate(&[]), Some(exact));
            assert_eq!(index.average_rate(), Some(exact));
            for n in 0..500 {
                let centre = Ratio::new(2 * n + 1, 2).unwrap();
                assert_eq!(index.resolve(centre, exact) as i128, n, "{rate}");
            }
        }
    }

    #[test]
    fn leading_frames_are_reached_from_the_key_before() {
        // Decoded I0 P3 B1 B2 I6 B4 B5 P8 B7.
        let order = [(0, true), (3, false), (1, false), (2, false), (6, true), (4, false)];
        let rest = [(5, false), (8, false), (7, false)];
        let all = order.iter().chain(&rest).zip(0..);
        let found = all.map(|((shown, key), at)| packet(*shown, at, *key)).collect::<Vec<_>>();
        let index = Index::of(&found, &stream(25, &["25"]));
        assert_eq!(index.landing(5, 0), Landing { packet: 0, time: None });
        assert_eq!(index.landing(6, 0).packet, 4);
        assert_eq!(index.landing(7, 0).packet, 4);
        assert_eq!(index.landing(7, 1).packet, 0);
        assert_eq!(index.find(&found[5]), Some(5));
        assert_eq!(index.constant_rate(&[]), Some("25".parse().unwrap()));
    }

    #[test]
    fn what_an_edit_list_discards_is_not_a_frame() {
        let mut found = (0..10).map(|n| packet(n, n, n == 0)).collect::<Vec<_>>();
        found[0].discard = true;
        found[1].discard = true;
        let index = Index::of(&found, &stream(25, &["25"]));
        assert_eq!((index.count(), index.time(0), index.span()), (8, Some(2), 8));
        assert_eq!(index.landing(0, 0).packet, 0);
    }

    #[test]
    fn a_variable_rate_shows_each_frame_until_the_next() {
        let found = [0, 40, 41, 500, 540].map(|time| packet(time, time, true));
        let index = Index::of(&found, &stream(1000, &[]));
        assert_eq!(index.constant_rate(&[]), None);
        let shown =
            |ms: i128| index.resolve(Ratio::new(ms * 25, 1000).unwrap(), "25".parse().unwrap());
        assert_eq!([0, 39, 40, 41, 499, 500, 9999].map(shown), [0, 0, 1, 2, 2, 3, 4]);
        assert_eq!(shown(-5), 0);
    }
}
