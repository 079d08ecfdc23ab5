//! Colour tags: the code points of FFmpeg, which are those of ITU-T H.273, and ours.

use crate::signal::{Colour, Matrix, Model, Primaries, Range, Transfer};
use ffmpeg_next::ffi;

/// Colour tags as a file states them, each unless it does not or we do not know its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tags {
    /// The colours of red, green, blue and white.
    pub primaries: Option<Primaries>,
    /// From numbers to light.
    pub transfer: Option<Transfer>,
    /// From RGB to the stored planes.
    pub matrix: Option<Matrix>,
    /// What code values black and white are.
    pub range: Option<Range>,
}

/// What untagged pictures are taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One picture: sRGB.
    Still,
    /// Moving pictures.
    Video,
}

impl Tags {
    /// From the code points of ITU-T H.273 (tables 2, 3 and 4) and FFmpeg's of the range.
    pub(super) const fn from_codes(primaries: i32, transfer: i32, matrix: i32, range: i32) -> Self {
        Self {
            primaries: match primaries {
                1 => Some(Primaries::Bt709),
                5 => Some(Primaries::Bt601Pal),
                6 | 7 => Some(Primaries::Bt601Ntsc),
                9 => Some(Primaries::Bt2020),
                12 => Some(Primaries::P3D65),
                _ => None,
            },
            transfer: match transfer {
                1 | 6 | 14 | 15 => Some(Transfer::Bt709),
                4 => Some(Transfer::Gamma22),
                5 => Some(Transfer::Gamma28),
                8 => Some(Transfer::Linear),
                13 => Some(Transfer::Srgb),
                16 => Some(Transfer::Pq),
                18 => Some(Transfer::Hlg),
                _ => None,
            },
            matrix: match matrix {
                0 => Some(Matrix::Rgb),
                1 => Some(Matrix::Bt709),
                5 | 6 => Some(Matrix::Bt601),
                9 => Some(Matrix::Bt2020),
                _ => None,
            },
            range: match range {
                1 => Some(Range::Limited),
                2 => Some(Range::Full),
                _ => None,
            },
        }
    }

    /// The primaries and transfer of these code points of ITU-T H.273.
    pub const fn from_code_points(primaries: i32, transfer: i32) -> Self {
        Self::from_codes(primaries, transfer, 2, 0)
    }

    /// What the numbers are taken to mean, and whether any of that is a guess.
    ///
    /// Untagged RGB, grey and stills are sRGB, full range; untagged video is 709 limited from 720
    /// lines up, else 601 limited (625-line primaries at 576 lines). The range alone is no guess where
    /// it goes without saying: limited in coded video, full in stills of red, green and blue.
    pub fn settle(self, model: Model, height: u32, kind: Kind) -> (Colour, bool) {
        let yuv = matches!(model, Model::Yuv { .. });
        let guess = guess(self, yuv, height, kind);
        let matrix = match (yuv, self.matrix) {
            (true, Some(Matrix::Rgb)) | (_, None) => guess.matrix,
            (true, Some(matrix)) => matrix,
            (false, _) => Matrix::Rgb,
        };
        let colour = Colour {
            primaries: self.primaries.unwrap_or(guess.primaries),
            transfer: self.transfer.unwrap_or(guess.transfer),
            matrix,
            range: self.range.unwrap_or(guess.range),
        };
        let ranged = self.range.is_some() || (yuv == matches!(kind, Kind::Video));
        let stated = self.primaries.is_some() && self.transfer.is_some() && ranged;
        (colour, !stated || (yuv && self.matrix != Some(matrix)))
    }
}

fn guess(tags: Tags, yuv: bool, height: u32, kind: Kind) -> Colour {
    let small = match (tags.matrix, tags.primaries) {
        (Some(Matrix::Bt601), _) => true,
        (Some(Matrix::Bt709 | Matrix::Bt2020), _) => false,
        (_, Some(Primaries::Bt601Ntsc | Primaries::Bt601Pal)) => true,
        (_, Some(_)) => false,
        _ => height < 720,
    };
    let wide = tags.matrix == Some(Matrix::Bt2020) || tags.primaries == Some(Primaries::Bt2020);
    let video = match (wide, small, height) {
        (true, ..) => {
            Colour { primaries: Primaries::Bt2020, matrix: Matrix::Bt2020, ..Colour::REC709 }
        }
        (_, false, _) => Colour::REC709,
        (_, true, 576) => standard(Primaries::Bt601Pal),
        (_, true, _) => standard(Primaries::Bt601Ntsc),
    };
    match (yuv, kind) {
        (true, Kind::Video) => video,
        (true, Kind::Still) => Colour { matrix: video.matrix, ..Colour::SRGB },
        (false, _) => Colour::SRGB,
    }
}

const fn standard(primaries: Primaries) -> Colour {
    Colour { primaries, matrix: Matrix::Bt601, ..Colour::REC709 }
}

/// FFmpeg's primaries.
pub(super) const fn primaries(primaries: Primaries) -> ffi::AVColorPrimaries {
    use ffi::AVColorPrimaries as To;
    match primaries {
        Primaries::Bt709 => To::AVCOL_PRI_BT709,
        Primaries::Bt601Ntsc => To::AVCOL_PRI_SMPTE170M,
        Primaries::Bt601Pal => To::AVCOL_PRI_BT470BG,
        Primaries::Bt2020 => To::AVCOL_PRI_BT2020,
        Primaries::P3D65 => To::AVCOL_PRI_SMPTE432,
    }
}

/// FFmpeg's transfer.
pub(super) const fn transfer(transfer: Transfer) -> ffi::AVColorTransferCharacteristic {
    use ffi::AVColorTransferCharacteristic as To;
    match transfer {
        Transfer::Bt709 => To::AVCOL_TRC_BT709,
        Transfer::Srgb => To::AVCOL_TRC_IEC61966_2_1,
        Transfer::Gamma22 => To::AVCOL_TRC_GAMMA22,
        Transfer::Gamma28 => To::AVCOL_TRC_GAMMA28,
        Transfer::Linear => To::AVCOL_TRC_LINEAR,
        Transfer::Pq => To::AVCOL_TRC_SMPTE2084,
        Transfer::Hlg => To::AVCOL_TRC_ARIB_STD_B67,
    }
}

/// FFmpeg's matrix; 601 is spelled as its primaries' line system does.
pub(super) const fn matrix(matrix: Matrix, primaries: Primaries) -> ffi::AVColorSpace {
    use ffi::AVColorSpace as To;
    match (matrix, primaries) {
        (Matrix::Rgb, _) => To::AVCOL_SPC_RGB,
        (Matrix::Bt709, _) => To::AVCOL_SPC_BT709,
        (Matrix::Bt601, Primaries::Bt601Pal) => To::AVCOL_SPC_BT470BG,
        (Matrix::Bt601, _) => To::AVCOL_SPC_SMPTE170M,
        (Matrix::Bt2020, _) => To::AVCOL_SPC_BT2020_NCL,
    }
}

/// FFmpeg's range.
pub(super) const fn range(range: Range) -> ffi::AVColorRange {
    match range {
        Range::Full => ffi::AVColorRange::AVCOL_RANGE_JPEG,
        Range::Limited => ffi::AVColorRange::AVCOL_RANGE_MPEG,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const YUV: Model = Model::Yuv { across: 1, down: 1 };

    #[test]
    fn untagged_pictures_are_guessed_by_rule() {
        let none = Tags::default();
        assert_eq!(none.settle(YUV, 720, Kind::Video), (Colour::REC709, true));
        let (small, guessed) = none.settle(YUV, 719, Kind::Video);
        assert_eq!((small.matrix, small.primaries), (Matrix::Bt601, Primaries::Bt601Ntsc));
        assert!(guessed && small.range == Range::Limited);
        assert_eq!(none.settle(YUV, 576, Kind::Video).0.primaries, Primaries::Bt601Pal);
        assert_eq!(none.settle(Model::Rgb, 4000, Kind::Still), (Colour::SRGB, true));
        assert_eq!(none.settle(Model::Grey, 100, Kind::Video), (Colour::SRGB, true));
    }

    #[test]
    fn what_is_stated_is_kept() {
        for primaries_ in [Primaries::Bt709, Primaries::Bt601Ntsc, Primaries::Bt601Pal] {
            for matrix_ in [Matrix::Bt709, Matrix::Bt601, Matrix::Bt2020] {
                for range_ in [Range::Full, Range::Limited] {
                    for transfer_ in [Transfer::Bt709, Transfer::Srgb, Transfer::Pq] {
                        let tags = Tags::from_codes(
                            primaries(primaries_) as i32,
                            transfer(transfer_) as i32,
                            matrix(matrix_, primaries_) as i32,
                            range(range_) as i32,
                        );
                        let (colour, guessed) = tags.settle(YUV, 72, Kind::Video);
                        let stated = Colour {
                            primaries: primaries_,
                            transfer: transfer_,
                            matrix: matrix_,
                            range: range_,
                        };
                        assert_eq!((colour, guessed), (stated, false));
                    }
                }
            }
        }
    }

    #[test]
    fn one_tag_leads_the_guess_of_the_others() {
        let tags = Tags { matrix: Some(Matrix::Bt709), ..Tags::default() };
        assert_eq!(tags.settle(YUV, 72, Kind::Video), (Colour::REC709, true));
        let nonsense = Tags { matrix: Some(Matrix::Rgb), ..Tags::default() };
        assert_eq!(nonsense.settle(YUV, 1080, Kind::Video).0.matrix, Matrix::Bt709);
    }
}
