//! A decoded picture or block of sound of FFmpeg's, and pictures to and from it without a copy.

use super::colour::{self, Kind, Tags};
use super::pixel::{self, Known, Way};
use super::{Error, unpack};
use crate::signal::image::Bytes;
use crate::signal::{AlphaMode, Image, Plane, Range};
use ffmpeg_next::ffi;
use std::mem::ManuallyDrop;
use std::ptr::NonNull;
use std::sync::Arc;
use timeline_format::media::Fields;

/// The most pixels across or down that a picture may have.
pub const LARGEST: u32 = 32768;

/// Bytes after the last line that FFmpeg's vector code may read.
const SLACK: usize = 64;

/// One `AVFrame`, freed when dropped.
pub struct Frame(NonNull<ffi::AVFrame>);

// SAFETY: a frame is plain memory with atomic reference counts; one owner writes to it.
unsafe impl Send for Frame {}
// SAFETY: through a shared reference it is only read.
unsafe impl Sync for Frame {}

impl std::fmt::Debug for Frame {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "frame of {}x{} at {:?}", self.width(), self.height(), self.time())
    }
}

impl Drop for Frame {
    fn drop(&mut self) {
        let mut pointer = self.0.as_ptr();
        // SAFETY: the frame is ours alone, and the pointer is not used again.
        unsafe { ffi::av_frame_free(&raw mut pointer) };
    }
}

impl Frame {
    /// An empty frame. Fails only without memory.
    pub fn new() -> Result<Self, Error> {
        // SAFETY: it takes nothing and returns a new frame or null.
        let pointer = unsafe { ffi::av_frame_alloc() };
        NonNull::new(pointer).map(Self).ok_or_else(|| Error::no_memory("to make a frame"))
    }

    /// The frame itself, for calls that fill or read it.
    pub(super) const fn as_ptr(&self) -> *mut ffi::AVFrame {
        self.0.as_ptr()
    }

    /// Pixels across.
    pub fn width(&self) -> u32 {
        // SAFETY: the frame is alive as long as we are.
        unsafe { (*self.as_ptr()).width }.max(0) as u32
    }

    /// Lines.
    pub fn height(&self) -> u32 {
        // SAFETY: as above.
        unsafe { (*self.as_ptr()).height }.max(0) as u32
    }

    /// Its presentation time in the stream's time base, if it has one: as its packet stated, else
    /// as FFmpeg guessed.
    pub fn time(&self) -> Option<i64> {
        // SAFETY: as above.
        let stated = unsafe { (*self.as_ptr()).pts };
        // SAFETY: as above.
        let guessed = unsafe { (*self.as_ptr()).best_effort_timestamp };
        [stated, guessed].into_iter().find(|time| *time != ffi::AV_NOPTS_VALUE)
    }

    /// FFmpeg's number of its pixel or sample format.
    pub(super) fn format(&self) -> i32 {
        // SAFETY: as above.
        unsafe { (*self.as_ptr()).format }
    }

    /// Its colour tags.
    pub fn tags(&self) -> Tags {
        let frame = self.as_ptr();
        // SAFETY: the field's address, in a frame that is alive; nothing is read.
        let primaries = unsafe { &raw const (*frame).color_primaries };
        // SAFETY: as above.
        let transfer = unsafe { &raw const (*frame).color_trc };
        // SAFETY: as above.
        let matrix = unsafe { &raw const (*frame).colorspace };
        // SAFETY: as above.
        let range = unsafe { &raw const (*frame).color_range };
        let [primaries, transfer, matrix, range] =
            [primaries.cast(), transfer.cast(), matrix.cast(), range.cast()].map(code);
        let mut tags = Tags::from_codes(primaries, transfer, matrix, range);
        if pixel::known(self.format()).is_some_and(|known| known.full) {
            tags.range = Some(Range::Full);
        }
        tags
    }

    /// The ICC profile that came with it.
    pub fn colour_profile(&self) -> Option<Vec<u8>> {
        let kind = ffi::AVFrameSideDataType::AV_FRAME_DATA_ICC_PROFILE;
        // SAFETY: the frame is alive; it gives its own memory or null.
        let found = unsafe { ffi::av_frame_get_side_data(self.as_ptr(), kind) };
        // SAFETY: as above.
        let found = unsafe { found.as_ref() }.filter(|found| !found.data.is_null())?;
        // SAFETY: side data holds as many bytes as it says.
        Some(unsafe { std::slice::from_raw_parts(found.data, found.size) }.to_vec())
    }

    /// Which field comes first, where its lines are interlaced.
    pub fn fields(&self) -> Option<Fields> {
        // SAFETY: it looks at our frame, which lives longer than it; it is not dropped, as that frees.
        let frame = ManuallyDrop::new(unsafe { ffmpeg_next::frame::Video::wrap(self.as_ptr()) });
        let first = if frame.is_top_first() { Fields::Top } else { Fields::Bottom };
        frame.is_interlaced().then_some(first)
    }

    /// Bytes from a line of plane `plane` to the next; negative where lines go upward.
    fn line_size(&self, plane: usize) -> isize {
        // SAFETY: the frame is alive, and the index is checked.
        unsafe { (*self.as_ptr()).linesize[plane] as isize }
    }

    /// The start of plane `plane`'s first line, or null.
    fn data(&self, plane: usize) -> *const u8 {
        // SAFETY: the frame is alive, and the index is checked.
        unsafe { (*self.as_ptr()).data[plane].cast_const() }
    }

    /// Line `y` of plane `plane`, as many bytes as its pixels need; `None` if it is not there.
    pub(super) fn line(&self, known: &Known, plane: usize, y: u32) -> Option<&[u8]> {
        // SAFETY: it computes from its numbers alone.
        let length =
            unsafe { ffi::av_image_get_linesize(known.id, self.width() as i32, plane as i32) };
        let length = usize::try_from(length).ok()?;
        let (data, stride) = (self.data(plane), self.line_size(plane));
        if data.is_null() || stride.unsigned_abs() < length {
            return None;
        }
        // SAFETY: a decoded frame holds its height of lines, `stride` apart.
        let start = unsafe { data.offset(stride * y as isize) };
        // SAFETY: a line holds the bytes that its pixels need.
        Some(unsafe { std::slice::from_raw_parts(start, length) })
    }

    /// The palette: 256 numbers of four bytes, blue, green, red, alpha.
    pub(super) fn palette(&self) -> Option<&[u8]> {
        let data = self.data(1);
        // SAFETY: a frame with a palette has 256 entries of 4 bytes in its second plane.
        (!data.is_null()).then(|| unsafe { std::slice::from_raw_parts(data, 1024) })
    }

    /// The picture in it. Planes that are separate and native are shared, not copied.
    ///
    /// Fails where the pixel format cannot be read, or the size is 0 or above [`LARGEST`].
    pub fn into_image(self, kind: Kind) -> Result<Image, Error> {
        let known = pixel::known(self.format());
        let known = known.ok_or_else(|| self.refused("its pixel format cannot be read"))?;
        let (width, height) = (self.width(), self.height());
        if !(1..=LARGEST).contains(&width) || !(1..=LARGEST).contains(&height) {
            return Err(self.refused("a picture has 1 to 32768 pixels a side"));
        }
        let (colour, _) = self.tags().settle(known.format.model, height, kind);
        let mut image = Image {
            width,
            height,
            format: known.format,
            colour,
            alpha: AlphaMode::Straight,
            planes: Vec::new(),
        };
        if known.way == Way::Share && self.is_shareable(&image, known) {
            let frame = Arc::new(self);
            image.planes = (0..known.format.planes())
                .map(|index| share(&frame, &image, index, known.parts[index].plane))
                .collect();
            return Ok(image);
        }
        unpack::planes(&self, known, &mut image).ok_or_else(|| self.refused("it lacks lines"))?;
        Ok(image)
    }

    fn is_shareable(&self, image: &Image, known: &Known) -> bool {
        (0..known.format.planes()).all(|index| {
            let plane = known.parts[index].plane;
            !self.data(plane).is_null() && self.line_size(plane) >= image.line_bytes(index) as isize
        })
    }

    fn refused(&self, why: &str) -> Error {
        Error::refused(format!("reading a picture of {}x{}", self.width(), self.height()), why)
    }

    /// A frame over the planes of `image`, to hand to an encoder: nothing is copied, except planes
    /// that end without the spare bytes that FFmpeg may read beyond a line.
    ///
    /// Its time is not set. Fails where FFmpeg has no such pixel format.
    pub fn from_image(image: &Image) -> Result<Self, Error> {
        let tried = || format!("handing on a picture of {:?}", image.format);
        if image.height == 0 || image.planes.len() < image.format.planes() {
            return Err(Error::refused(tried(), "it has no lines or lacks planes"));
        }
        let format = pixel::to_av(image.format)
            .ok_or_else(|| Error::refused(tried(), "FFmpeg has no such pixel format"))?;
        let known = pixel::known(format as i32);
        let known = known.ok_or_else(|| Error::refused(tried(), "FFmpeg does not know it"))?;
        let frame = Self::new()?;
        for index in 0..image.format.planes() {
            frame.hold(index, known.parts[index].plane, image)?;
        }
        frame.describe(image, format);
        Ok(frame)
    }

    /// Makes plane `slot` of the frame be plane `index` of `image`.
    fn hold(&self, index: usize, slot: usize, image: &Image) -> Result<(), Error> {
        let (data, stride) = padded(image, index);
        let bytes = data.bytes();
        let (start, length) = (bytes.as_ptr().cast_mut(), bytes.len());
        let owner = Box::into_raw(Box::new(data)).cast();
        let flags = ffi::AV_BUFFER_FLAG_READONLY;
        // SAFETY: the memory lives as long as the owner, which is dropped with the last reference.
        let buffer =
            unsafe { ffi::av_buffer_create(start, length, Some(drop_owner), owner, flags) };
        if buffer.is_null() {
            // SAFETY: the owner was made above and nothing took it.
            unsafe { drop_owner(owner, start) };
            return Err(Error::no_memory("to hand on a picture"));
        }
        // SAFETY: the frame is ours, and the slot is one of its eight.
        unsafe { (*self.as_ptr()).buf[slot] = buffer };
        // SAFETY: as above.
        unsafe { (*self.as_ptr()).data[slot] = start };
        // SAFETY: as above.
        unsafe { (*self.as_ptr()).linesize[slot] = stride as i32 };
        Ok(())
    }

    fn describe(&self, image: &Image, format: ffi::AVPixelFormat) {
        let (colour, frame) = (image.colour, self.as_ptr());
        // SAFETY: the frame is ours alone.
        unsafe { (*frame).width = image.width as i32 };
        // SAFETY: as above.
        unsafe { (*frame).height = image.height as i32 };
        // SAFETY: as above.
        unsafe { (*frame).format = format as i32 };
        // SAFETY: as above.
        unsafe { (*frame).color_primaries = colour::primaries(colour.primaries) };
        // SAFETY: as above.
        unsafe { (*frame).color_trc = colour::transfer(colour.transfer) };
        // SAFETY: as above.
        unsafe { (*frame).colorspace = colour::matrix(colour.matrix, colour.primaries) };
        // SAFETY: as above.
        unsafe { (*frame).color_range = colour::range(colour.range) };
    }

    /// Says how it is to be coded.
    pub(super) fn set_kind(&mut self, kind: ffi::AVPictureType) {
        // SAFETY: the frame is ours alone.
        unsafe { (*self.as_ptr()).pict_type = kind };
    }

    /// Sets its presentation time, in the encoder's time base.
    pub fn set_time(&mut self, time: i64) {
        // SAFETY: the frame is ours alone.
        unsafe { (*self.as_ptr()).pts = time };
    }
}

/// The number in a field that C calls an enumeration and fills with any number.
fn code(field: *const i32) -> i32 {
    // SAFETY: the caller gives the address of a field of 32 bits in a frame that is alive.
    unsafe { field.read() }
}

/// The memory of plane `index` with spare bytes after its last line, copied if it has none.
fn padded(image: &Image, index: usize) -> (Arc<dyn Bytes>, usize) {
    let plane = &image.planes[index];
    let (_, height) = image.format.plane_size(index, image.width, image.height);
    let stride = plane.stride();
    let end = stride * (height as usize - 1) + image.line_bytes(index);
    if plane.bytes().len() >= end + SLACK && i32::try_from(stride).is_ok() {
        return (plane.data().clone(), stride);
    }
    let stride = image.line_bytes(index).next_multiple_of(SLACK);
    let mut copy = Vec::with_capacity(stride * height as usize + SLACK);
    for line in image.lines(index) {
        copy.extend_from_slice(line);
        copy.resize(copy.len().next_multiple_of(SLACK), 0);
    }
    copy.resize(copy.len() + SLACK, 0);
    (Arc::new(copy), stride)
}

/// Lets go of what keeps a plane alive.
///
/// # Safety
/// `owner` comes from [`Frame::hold`] and is not used again.
unsafe extern "C" fn drop_owner(owner: *mut libc::c_void, _: *mut u8) {
    // SAFETY: the caller promises it.
    drop(unsafe { Box::from_raw(owner.cast::<Arc<dyn Bytes>>()) });
}

/// A plane of a frame that is kept alive by it.
struct Shared {
    _frame: Arc<Frame>,
    start: NonNull<u8>,
    length: usize,
}

// SAFETY: it is memory that nobody writes to any more.
unsafe impl Send for Shared {}
// SAFETY: as above.
unsafe impl Sync for Shared {}

impl Bytes for Shared {
    fn bytes(&self) -> &[u8] {
        // SAFETY: the frame holds these bytes as long as it lives, which is as long as we do.
        unsafe { std::slice::from_raw_parts(self.start.as_ptr(), self.length) }
    }
}

/// Plane `index` of `image`, which is plane `plane` of `frame`.
fn share(frame: &Arc<Frame>, image: &Image, index: usize, plane: usize) -> Plane {
    let (_, height) = image.format.plane_size(index, image.width, image.height);
    let stride = frame.line_size(plane) as usize;
    let start = frame.data(plane).cast_mut();
    let end = stride * (height as usize - 1) + image.line_bytes(index);
    let length = frame.bytes_from(start, plane).map_or(end, |held| held.min(end + SLACK)).max(end);
    let start = NonNull::new(start).unwrap_or(NonNull::dangling());
    Plane::new(Arc::new(Shared { _frame: frame.clone(), start, length }), stride)
}

impl Frame {
    /// Bytes from `start` to the end of the buffer that plane `plane` lies in.
    fn bytes_from(&self, start: *const u8, plane: usize) -> Option<usize> {
        // SAFETY: the frame is alive; it gives one of its own references or null.
        let buffer = unsafe { ffi::av_frame_get_plane_buffer(self.as_ptr(), plane as i32) };
        // SAFETY: a reference of a frame that is alive, or null.
        let buffer = unsafe { buffer.as_ref() }?;
        let end = buffer.data as usize + buffer.size;
        end.checked_sub(start as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signal::{Colour, Depth, PixelFormat};

    fn picture(format: PixelFormat, width: u32, height: u32, spare: usize) -> Image {
        let colour = Colour::REC709;
        let alpha = AlphaMode::Straight;
        let mut image = Image { width, height, format, colour, alpha, planes: Vec::new() };
        for index in 0..format.planes() {
            let (_, lines) = format.plane_size(index, width, height);
            let stride = image.line_bytes(index) + 6;
            let bytes = (0..stride * lines as usize + spare).map(|i| (i * 7 + index) as u8);
            image.planes.push(Plane::packed(bytes.collect(), stride));
        }
        image
    }

    #[test]
    fn a_picture_goes_to_ffmpeg_and_back_in_the_same_memory() {
        for format in [PixelFormat::YUV420P8, PixelFormat::YUV422P10, PixelFormat::RGBA_F32] {
            let image = picture(format, 33, 17, SLACK);
            let back = Frame::from_image(&image).unwrap().into_image(Kind::Video).unwrap();
            for (plane, shared) in image.planes.iter().zip(&back.planes) {
                assert_eq!(plane.bytes().as_ptr(), shared.bytes().as_ptr());
            }
            let colour = Colour { matrix: back.colour.matrix, ..image.colour };
            assert!(back.same_as(&Image { colour, ..image }), "{format:?}");
        }
    }

    #[test]
    fn a_plane_without_spare_bytes_is_copied_and_equal() {
        let image = picture(PixelFormat::yuv(0, 0, Depth::U8), 5, 3, 0);
        let back = Frame::from_image(&image).unwrap().into_image(Kind::Video).unwrap();
        assert!(back.same_as(&image));
        assert_ne!(image.planes[0].bytes().as_ptr(), back.planes[0].bytes().as_ptr());
    }

    #[test]
    fn memory_is_let_go_with_the_last_user() {
        let image = picture(PixelFormat::YUV420P8, 16, 16, SLACK);
        let memory = Arc::downgrade(image.planes[0].data());
        let back = Frame::from_image(&image).unwrap().into_image(Kind::Video).unwrap();
        drop(image);
        assert!(memory.upgrade().is_some());
        drop(back);
        assert!(memory.upgrade().is_none());
    }

    #[test]
    fn lines_may_go_upward() {
        let image = picture(PixelFormat::yuv(0, 0, Depth::U8), 4, 3, SLACK);
        let frame = Frame::from_image(&image).unwrap();
        let stride = image.planes[0].stride();
        for plane in 0..3 {
            let last = image.planes[plane].bytes()[stride * 2..].as_ptr().cast_mut();
            // SAFETY: the frame is ours, and the memory is the image's.
            unsafe { (*frame.as_ptr()).data[plane] = last };
            // SAFETY: as above.
            unsafe { (*frame.as_ptr()).linesize[plane] = -(stride as i32) };
        }
        let back = frame.into_image(Kind::Video).unwrap();
        let turned = image.lines(0).collect::<Vec<_>>().into_iter().rev();
        assert!(back.lines(0).eq(turned));
    }

    #[test]
    fn an_empty_frame_is_refused() {
        let error = Frame::new().unwrap().into_image(Kind::Video).unwrap_err();
        assert!(error.to_string().contains("pixel format"), "{error}");
    }
}
