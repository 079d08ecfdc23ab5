//! Whatever the bytes: no panic, no hang; what was read is written and read again the same.

use super::fixture;
use proptest::prelude::*;
use timeline_format::{check, read, write};

/// Reads bytes, and holds what comes of it to the promises of the format.
fn holds(bytes: &[u8]) {
    let Ok((film, _)) = read(bytes) else { return };
    drop(check(&film));
    let saved = write(&film);
    let (again, _) = read(saved.as_bytes()).unwrap();
    let twice = write(&again);
    let (third, _) = read(twice.as_bytes()).unwrap();
    assert_eq!(again, third, "{}", String::from_utf8_lossy(bytes));
    assert_eq!(twice, write(&third), "{}", String::from_utf8_lossy(bytes));
}

/// SplitMix64: the same damage on every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((bits ^ (bits >> 31)) % sides.max(1) as u64) as usize
    }
}

const WORDS: [&str; 24] = [
    "NaN",
    "-0",
    "1e400",
    "9223372036854775807",
    "-9223372036854775808",
    "18446744073709551616",
    "null",
    "{}",
    "[]",
    "\"\"",
    ",",
    ":",
    "}",
    "]",
    "{",
    "[",
    "\"1/3\"",
    "\"4294967295\"",
    "9007199254740993",
    "\"\\ud800\"",
    "true",
    "1.0",
    "\"c1\"",
    "\"main\"",
];

fn damage(text: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = text.to_vec();
    for _ in 0..=dice.roll(3) {
        let at = dice.roll(bytes.len());
        let end = (at + dice.roll(24)).min(bytes.len());
        match dice.roll(6) {
            0 => bytes[at] = dice.roll(256) as u8,
            1 => drop(bytes.drain(at..end)),
            2 => drop(bytes.splice(at..end, WORDS[dice.roll(WORDS.len())].bytes())),
            3 => bytes.truncate(at.max(bytes.len() / 2)),
            4 => {
                let piece = bytes[at..end].to_vec();
                let to = dice.roll(bytes.len());
                bytes.splice(to..to, piece);
            }
            _ => swap_token(&mut bytes, dice),
        }
        if bytes.is_empty() {
            return bytes;
        }
    }
    bytes
}

/// Replaces a whole value by another, so that the text stays JSON and its meaning breaks.
fn swap_token(bytes: &mut Vec<u8>, dice: &mut Dice) {
    let from = dice.roll(bytes.len());
    let Some(colon) = bytes[from..].windows(2).position(|pair| pair == b": ") else { return };
    let start = from + colon + 2;
    let end = bytes[start..].iter().position(|byte| b",\n}".contains(byte));
    let end = end.map_or(bytes.len(), |end| start + end);
    bytes.splice(start..end, WORDS[dice.roll(WORDS.len())].bytes());
}

#[test]
fn damaged_films_never_panic() {
    let mut dice = Dice(1);
    for name in ["2.roomtone", "0.roomtone"] {
        let text = fixture(name).into_bytes();
        for _ in 0..1500 {
            holds(&damage(&text, &mut dice));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        holds(&bytes);
    }

    #[test]
    fn json_of_any_shape_never_panics(text in json(4)) {
        holds(format!("{{\"format\":1,\"clips\":{text},\"tracks\":{text},\"settings\":{text}}}").as_bytes());
    }
}

fn json(depth: u32) -> impl Strategy<Value = String> {
    let leaf = proptest::sample::select(&WORDS[..12]).prop_map(str::to_owned);
    leaf.prop_recursive(depth, 32, 4, |inner| {
        let key = proptest::sample::select(
            &["a", "length", "order", "free", "kind", "media", "at", "track"][..],
        );
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4)
                .prop_map(|list| format!("[{}]", list.join(","))),
            proptest::collection::vec((key, inner), 0..4).prop_map(|fields| {
                let fields: Vec<_> =
                    fields.into_iter().map(|(key, value)| format!("\"{key}\":{value}")).collect();
                format!("{{{}}}", fields.join(","))
            }),
        ]
    })
}
