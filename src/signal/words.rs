//! Colour tags as documents and presets spell them.

use super::{Matrix, Primaries, Range, Transfer};

/// A tag that has a word.
pub trait Word: Copy + PartialEq + 'static {
    /// Every value and its word.
    const WORDS: &'static [(Self, &'static str)];

    /// The word of this value.
    fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(known, _)| *known == self).map_or("", |(_, word)| word)
    }

    /// The value that a word stands for; `None` where it stands for none.
    fn of_word(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(_, known)| *known == word).map(|(value, _)| *value)
    }
}

impl Word for Primaries {
    const WORDS: &'static [(Self, &'static str)] = &[
        (Self::Bt709, "bt709"),
        (Self::Bt601Ntsc, "bt601-525"),
        (Self::Bt601Pal, "bt601-625"),
        (Self::Bt2020, "bt2020"),
        (Self::P3D65, "p3-d65"),
    ];
}

impl Word for Transfer {
    const WORDS: &'static [(Self, &'static str)] = &[
        (Self::Bt709, "bt709"),
        (Self::Srgb, "srgb"),
        (Self::Gamma22, "gamma22"),
        (Self::Gamma28, "gamma28"),
        (Self::Linear, "linear"),
        (Self::Pq, "pq"),
        (Self::Hlg, "hlg"),
    ];
}

impl Word for Matrix {
    const WORDS: &'static [(Self, &'static str)] = &[
        (Self::Rgb, "rgb"),
        (Self::Bt709, "bt709"),
        (Self::Bt601, "bt601"),
        (Self::Bt2020, "bt2020-ncl"),
    ];
}

impl Word for Range {
    const WORDS: &'static [(Self, &'static str)] =
        &[(Self::Full, "full"), (Self::Limited, "limited")];
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check<T: Word + std::fmt::Debug>() {
        for (value, word) in T::WORDS {
            assert_eq!((value.word(), T::of_word(word)), (*word, Some(*value)));
        }
        assert_eq!(T::of_word(""), None);
    }

    #[test]
    fn every_word_comes_back_as_its_value() {
        check::<Primaries>();
        check::<Transfer>();
        check::<Matrix>();
        check::<Range>();
    }
}
