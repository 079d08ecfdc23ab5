//! Pictures in their own planes: what a decoder gave, what an encoder takes, without a copy.

use super::Colour;
use std::sync::Arc;

/// A picture. Cheap to copy: planes are shared and never written again.
#[derive(Debug, Clone)]
pub struct Image {
    /// Pixels across.
    pub width: u32,
    /// Lines.
    pub height: u32,
    /// How the planes are laid out.
    pub format: PixelFormat,
    /// What the numbers mean.
    pub colour: Colour,
    /// How colour and alpha go together; meaningless without alpha.
    pub alpha: AlphaMode,
    /// The planes: grey; luma and two chroma; or green, blue, red (in this order); then alpha.
    pub planes: Vec<Plane>,
}

/// How planes are laid out. Planes are always separate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PixelFormat {
    /// What the planes are.
    pub model: Model,
    /// Whether a plane of alpha follows them, at full size.
    pub alpha: bool,
    /// The numbers in them.
    pub depth: Depth,
}

/// What the planes are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Model {
    /// One plane of grey.
    Grey,
    /// Luma and two chroma, these halved across and down so many times: 4:2:0 is (1, 1).
    Yuv {
        /// Times that chroma is halved across.
        across: u8,
        /// Times that chroma is halved down.
        down: u8,
    },
    /// Green, blue, red, in this order.
    Rgb,
}

/// The numbers in a plane, in the machine's byte order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Depth {
    /// 8 bits in a byte.
    U8,
    /// 10 bits in the low end of two bytes.
    U10,
    /// 12 bits in the low end of two bytes.
    U12,
    /// 16 bits.
    U16,
    /// A 32-bit float, 0 to 1 from black to white.
    F32,
}

impl Depth {
    /// Bytes a sample.
    pub const fn bytes(self) -> usize {
        match self {
            Self::U8 => 1,
            Self::U10 | Self::U12 | Self::U16 => 2,
            Self::F32 => 4,
        }
    }

    /// Bits that carry the value.
    pub const fn bits(self) -> u32 {
        match self {
            Self::U8 => 8,
            Self::U10 => 10,
            Self::U12 => 12,
            Self::U16 => 16,
            Self::F32 => 32,
        }
    }
}

/// How colour and alpha go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum AlphaMode {
    /// Colour as if opaque.
    #[default]
    Straight,
    /// Colour already multiplied by alpha.
    Premultiplied,
}

impl PixelFormat {
    /// 8-bit 4:2:0.
    pub const YUV420P8: Self = Self::yuv(1, 1, Depth::U8);
    /// 10-bit 4:2:2.
    pub const YUV422P10: Self = Self::yuv(1, 0, Depth::U10);
    /// 8-bit RGB.
    pub const RGB8: Self = Self { model: Model::Rgb, alpha: false, depth: Depth::U8 };
    /// Float RGB with alpha.
    pub const RGBA_F32: Self = Self { model: Model::Rgb, alpha: true, depth: Depth::F32 };

    /// Luma and chroma without alpha.
    pub const fn yuv(across: u8, down: u8, depth: Depth) -> Self {
        Self { model: Model::Yuv { across, down }, alpha: false, depth }
    }

    /// How many planes.
    pub const fn planes(self) -> usize {
        let colour = if matches!(self.model, Model::Grey) { 1 } else { 3 };
        colour + self.alpha as usize
    }

    /// The size of plane `index` of a picture of this size: odd sizes round up.
    pub const fn plane_size(self, index: usize, width: u32, height: u32) -> (u32, u32) {
        match self.model {
            Model::Yuv { across, down } if index == 1 || index == 2 => {
                (width.div_ceil(1 << across), height.div_ceil(1 << down))
            }
            _ => (width, height),
        }
    }
}

/// One plane: lines of samples in shared memory.
#[derive(Clone)]
pub struct Plane {
    /// Where the samples are; kept alive by every picture that shows them.
    data: Arc<dyn Bytes>,
    /// Bytes from a line to the next; at least a line's samples.
    stride: usize,
}

/// Memory that samples lie in: a vector, or a decoder's own frame.
pub trait Bytes: Send + Sync {
    /// The bytes, from the first sample of the first line.
    fn bytes(&self) -> &[u8];
}

impl Bytes for Vec<u8> {
    fn bytes(&self) -> &[u8] {
        self
    }
}

impl Plane {
    /// A plane over `data`, its lines `stride` bytes apart.
    pub fn new(data: Arc<dyn Bytes>, stride: usize) -> Self {
        Self { data, stride }
    }

    /// A plane of lines without padding.
    pub fn packed(data: Vec<u8>, stride: usize) -> Self {
        Self::new(Arc::new(data), stride)
    }

    /// Bytes from a line to the next.
    pub const fn stride(&self) -> usize {
        self.stride
    }

    /// All its bytes, padding included.
    pub fn bytes(&self) -> &[u8] {
        self.data.bytes()
    }

    /// The first `length` bytes of line `y`.
    pub fn line(&self, y: usize, length: usize) -> &[u8] {
        let start = y * self.stride;
        &self.data.bytes()[start..start + length]
    }

    /// The shared memory itself, to hand on without a copy.
    pub const fn data(&self) -> &Arc<dyn Bytes> {
        &self.data
    }
}

impl std::fmt::Debug for Plane {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} bytes, {} a line", self.bytes().len(), self.stride)
    }
}

impl Image {
    /// Bytes of samples in a line of plane `index`.
    pub fn line_bytes(&self, index: usize) -> usize {
        let (width, _) = self.format.plane_size(index, self.width, self.height);
        width as usize * self.format.depth.bytes()
    }

    /// The lines of plane `index`, without padding.
    pub fn lines(&self, index: usize) -> impl Iterator<Item = &[u8]> {
        let (_, height) = self.format.plane_size(index, self.width, self.height);
        let length = self.line_bytes(index);
        (0..height as usize).map(move |y| self.planes[index].line(y, length))
    }

    /// Whether two pictures show the same samples and mean the same by them.
    pub fn same_as(&self, other: &Self) -> bool {
        let sized = (self.width, self.height, self.format, self.colour)
            == (other.width, other.height, other.format, other.colour);
        sized && (0..self.planes.len()).all(|index| self.lines(index).eq(other.lines(index)))
    }
}
