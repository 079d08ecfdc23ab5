//! What the samples of a delivery are, in one number: the SHA-256 (FIPS 180-4) of the samples as its file
//! holds them, little-endian, channels mixed.

use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;

use super::presets::SoundCodec;
use super::wave::Coding;
use crate::signal::Samples;

/// The samples that went by. The lengths in which they came change nothing.
#[derive(Debug)]
pub(super) struct Digest {
    coding: Coding,
    at: u64,
    bytes: Vec<u8>,
    hash: Sha256,
}

impl Digest {
    /// Of sound that is coded so; `None` where the codec loses.
    pub(super) fn new(codec: SoundCodec) -> Option<Self> {
        let coding = match codec {
            SoundCodec::Pcm16 => Coding::Bits16,
            SoundCodec::Pcm24 | SoundCodec::Flac => Coding::Bits24,
            SoundCodec::Float32 => Coding::Float32,
            SoundCodec::Aac | SoundCodec::Opus => return None,
        };
        Some(Self { coding, at: 0, bytes: Vec::new(), hash: Sha256::new() })
    }

    pub(super) fn hear(&mut self, samples: &Samples) {
        self.bytes.clear();
        self.coding.write(samples, self.at, &mut self.bytes);
        self.at += samples.length() as u64;
        self.hash.update(&self.bytes);
    }

    /// Of what was heard so far, in hex digits.
    pub(super) fn said(&self) -> String {
        hex(&self.hash.clone().finalize())
    }
}

/// The SHA-256 of some bytes, in hex digits.
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let written = write!(text, "{byte:02x}");
        debug_assert!(written.is_ok(), "a String takes everything");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_that_of_the_bytes_of_the_file_however_they_come() {
        let all: Vec<f32> = (0..1000).map(|at| (at as f32 * 0.37).sin()).collect();
        let of = |codec, length: usize| {
            let mut digest = Digest::new(codec).unwrap();
            for part in all.chunks(length) {
                digest.hear(&Samples::from_channels(vec![part.to_vec(); 2]));
            }
            digest.said()
        };
        let pairs = all.iter().flat_map(|sample| [sample.to_le_bytes(); 2]);
        let bytes: Vec<u8> = pairs.flatten().collect();
        assert_eq!(of(SoundCodec::Float32, 1000), sha256(&bytes));
        for codec in [SoundCodec::Pcm16, SoundCodec::Pcm24, SoundCodec::Float32] {
            assert_eq!(of(codec, 7), of(codec, 1000), "{codec:?}");
        }
        assert_eq!(of(SoundCodec::Flac, 9), of(SoundCodec::Pcm24, 10));
        assert_eq!(sha256(b"abc")[..16], *"ba7816bf8f01cfea");
    }
}
