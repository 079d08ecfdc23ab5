//! How numbers mean colours (ITU-T H.273 code points, by name).

/// Everything that decides what a picture's numbers mean. Every picture has all four.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Colour {
    /// The colours of red, green, blue and white.
    pub primaries: Primaries,
    /// From numbers to light.
    pub transfer: Transfer,
    /// From RGB to the planes that are stored.
    pub matrix: Matrix,
    /// What code values black and white are.
    pub range: Range,
}

impl Colour {
    /// BT.709 video: limited range.
    pub const REC709: Self = Self {
        primaries: Primaries::Bt709,
        transfer: Transfer::Bt709,
        matrix: Matrix::Bt709,
        range: Range::Limited,
    };
    /// sRGB stills: RGB, full range.
    pub const SRGB: Self = Self {
        primaries: Primaries::Bt709,
        transfer: Transfer::Srgb,
        matrix: Matrix::Rgb,
        range: Range::Full,
    };
}

/// The colours of red, green, blue and white (H.273 table 2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Primaries {
    /// BT.709 and sRGB.
    Bt709,
    /// BT.601, 525 lines (SMPTE ST 170).
    Bt601Ntsc,
    /// BT.601, 625 lines (BT.470 B/G).
    Bt601Pal,
    /// BT.2020.
    Bt2020,
    /// P3 with a D65 white.
    P3D65,
}

/// From numbers to light (H.273 table 3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Transfer {
    /// BT.709 and BT.601.
    Bt709,
    /// IEC 61966-2-1.
    Srgb,
    /// A power of 2.2.
    Gamma22,
    /// A power of 2.8.
    Gamma28,
    /// Proportional to light.
    Linear,
    /// SMPTE ST 2084.
    Pq,
    /// ARIB STD-B67.
    Hlg,
}

/// From RGB to the stored planes (H.273 table 4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Matrix {
    /// The planes are green, blue, red.
    Rgb,
    /// BT.709: Kr 0.2126, Kb 0.0722.
    Bt709,
    /// BT.601: Kr 0.299, Kb 0.114.
    Bt601,
    /// BT.2020, non-constant luminance: Kr 0.2627, Kb 0.0593.
    Bt2020,
}

impl Matrix {
    /// The weights of red and blue in luma; `None` for RGB.
    pub const fn weights(self) -> Option<(f64, f64)> {
        match self {
            Self::Rgb => None,
            Self::Bt709 => Some((0.2126, 0.0722)),
            Self::Bt601 => Some((0.299, 0.114)),
            Self::Bt2020 => Some((0.2627, 0.0593)),
        }
    }
}

/// What code values black and white are (H.273 section 8.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Range {
    /// 0 to the top; chroma about the middle.
    Full,
    /// 16 to 235, chroma 16 to 240, at 8 bits; shifted left for more.
    Limited,
}
