//! Opening a file and taking it apart into packets.

use crate::ffmpeg::input::describe::{self, StreamFacts};
use crate::ffmpeg::input::source::{Source, open_plain};
use crate::ffmpeg::{Error, Packet, quiet};
use crate::workers::Stop;
use ffmpeg_next::ffi;
use std::collections::BTreeMap;
use std::ffi::{CStr, CString, c_int, c_void};
use std::fs::File;
use std::io::{Read as _, Seek as _};
use std::path::Path;
use std::ptr::NonNull;

/// The containers that are read. What is not here (playlists, lists of other files, network
/// streams, devices, scripts) is refused by FFmpeg itself before it opens anything.
const CONTAINERS: &str = "mov,mp4,matroska,webm,mxf,mpegts,mpeg,mpegvideo,avi,flv,ogg,wav,w64,\
    aiff,flac,mp3,aac,ac3,eac3,caf,gif,apng,ivf,nut,yuv4mpegpipe,h264,hevc,m4v,mjpeg,dv,asf,gxf,\
    rm,au,ape,tta,wv,amr,tak,dnxhd,obu,vc1,dirac,dts,truehd,png_pipe,jpeg_pipe,webp_pipe,\
    tiff_pipe,bmp_pipe,dpx_pipe,exr_pipe,ppm_pipe,pgm_pipe,pbm_pipe,pam_pipe,pfm_pipe,j2k_pipe,\
    jpegxl_pipe,psd_pipe,sgi_pipe,qoi_pipe,dds_pipe,cri_pipe,hdr_pipe,pcx_pipe,sunrast_pipe";

/// FFmpeg's reader of one still, by the file's first bytes. Some of its own readers of stills ask for
/// more than that, or for a name.
fn still_format(start: &[u8]) -> Option<&'static CStr> {
    match start {
        [0x89, b'P', b'N', b'G', ..] => Some(c"png_pipe"),
        [0xff, 0xd8, 0xff, ..] => Some(c"jpeg_pipe"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(c"webp_pipe"),
        [b'I', b'I', b'*', 0, ..] | [b'M', b'M', 0, b'*', ..] => Some(c"tiff_pipe"),
        [b'B', b'M', ..] => Some(c"bmp_pipe"),
        [b'P', b'5', space, ..] if space.is_ascii_whitespace() => Some(c"pgm_pipe"),
        [b'P', b'6', space, ..] if space.is_ascii_whitespace() => Some(c"ppm_pipe"),
        _ => None,
    }
}

/// An open file, closed when dropped.
pub struct Input {
    context: NonNull<ffi::AVFormatContext>,
    /// Kept alive for the interrupt callback, which looks at it.
    stop: Box<Stop>,
    /// What the context reads from: freed after it.
    _source: Source,
    name: String,
}

// SAFETY: a context is used by one thread at a time, and what it points to belongs to it.
unsafe impl Send for Input {}

impl std::fmt::Debug for Input {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "input {} ({})",
            self.name,
            if self.stop.is_raised() { "stopped" } else { "open" }
        )
    }
}

impl Drop for Input {
    fn drop(&mut self) {
        let mut pointer = self.context.as_ptr();
        // SAFETY: the context is ours alone, and the pointer is not used again.
        unsafe { ffi::avformat_close_input(&raw mut pointer) };
    }
}

/// Whether FFmpeg is to give up what it is doing.
///
/// # Safety
/// `stop` points to a flag that outlives the call.
unsafe extern "C" fn interrupted(stop: *mut c_void) -> c_int {
    // SAFETY: the caller promises it.
    let stop = unsafe { &*stop.cast::<Stop>().cast_const() };
    c_int::from(stop.is_raised())
}

impl Input {
    /// Opens the file at `path` and looks into it. Work in progress ends when `stop` is raised.
    ///
    /// Only plain files are opened, whatever the path spells, and they open no other: addresses,
    /// devices, playlists and lists of other files are refused.
    pub fn open(path: &Path, stop: &Stop) -> Result<Self, Error> {
        quiet::hush();
        let name = path.display().to_string();
        let tried = || format!("opening {name}");
        let (file, start) =
            begin(path).map_err(|error| Error::refused(tried(), error.to_string()))?;
        let source = Source::new(file, stop)?;
        let stop = Box::new(stop.clone());
        let context = Self::prepare(&source, &stop)?;
        let mut opening = context.as_ptr();
        let mut options =
            Options::new(&[(c"protocol_whitelist", c"none"), (c"max_streams", c"200")]);
        options.set(c"format_whitelist", &CString::new(CONTAINERS).unwrap_or_default());
        let options = &raw mut options.0;
        let sure = still_format(&start);
        // SAFETY: the name ends in a nul; what is given lives as long as the program.
        let format = sure
            .map_or(std::ptr::null(), |name| unsafe { ffi::av_find_input_format(name.as_ptr()) });
        // SAFETY: all pointers live through the call; on failure it frees the context itself.
        let code =
            unsafe { ffi::avformat_open_input(&raw mut opening, c"".as_ptr(), format, options) };
        if code < 0 {
            return Err(explain(code, &start, tried()));
        }
        let input = Self { context, stop, _source: source, name };
        // SAFETY: the context is open; no options are given.
        let code = unsafe { ffi::avformat_find_stream_info(input.as_ptr(), std::ptr::null_mut()) };
        Error::check(code, || format!("looking into {}", input.name))?;
        Ok(input)
    }

    /// A context that reads from `source` alone and ends when `stop` is raised.
    fn prepare(source: &Source, stop: &Stop) -> Result<NonNull<ffi::AVFormatContext>, Error> {
        // SAFETY: it takes nothing; null is looked at.
        let context = NonNull::new(unsafe { ffi::avformat_alloc_context() });
        let context = context.ok_or_else(|| Error::no_memory("opening a file"))?;
        let watch = ffi::AVIOInterruptCB {
            callback: Some(interrupted),
            opaque: (&raw const *stop).cast_mut().cast(),
        };
        // SAFETY: the context is ours alone, and the flag lives as long as it.
        unsafe { (*context.as_ptr()).interrupt_callback = watch };
        // SAFETY: as above; the source lives as long as it.
        unsafe { (*context.as_ptr()).pb = source.as_ptr() };
        // SAFETY: as above.
        unsafe { (*context.as_ptr()).flags |= ffi::AVFMT_FLAG_CUSTOM_IO };
        Ok(context)
    }

    pub(super) const fn as_ptr(&self) -> *mut ffi::AVFormatContext {
        self.context.as_ptr()
    }

    /// Whether it was asked to stop.
    pub fn is_stopped(&self) -> bool {
        self.stop.is_raised()
    }

    /// What it is called, for messages.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// FFmpeg's name of its container, as `mov,mp4,m4a,3gp,3g2,mj2`.
    pub fn container(&self) -> String {
        // SAFETY: an open context has a format, a constant of the library.
        let format = unsafe { (*self.as_ptr()).iformat };
        // SAFETY: as above.
        describe::text(unsafe { (*format).name })
    }

    /// What the container says of the whole file.
    pub fn tags(&self) -> BTreeMap<String, String> {
        // SAFETY: the context is alive.
        describe::dictionary(unsafe { (*self.as_ptr()).metadata })
    }

    /// What its streams are.
    pub fn streams(&self) -> Vec<StreamFacts> {
        (0..self.count()).filter_map(|index| describe::stream(self.stream(index)?, index)).collect()
    }

    fn count(&self) -> usize {
        // SAFETY: the context is alive.
        unsafe { (*self.as_ptr()).nb_streams as usize }
    }

    pub(super) fn stream(&self, index: usize) -> Option<&ffi::AVStream> {
        if index >= self.count() {
            return None;
        }
        // SAFETY: the context is alive.
        let streams = unsafe { (*self.as_ptr()).streams };
        // SAFETY: the array has as many streams as the context says.
        let stream = unsafe { streams.add(index) };
        // SAFETY: as above.
        let stream = unsafe { *stream };
        // SAFETY: a stream lives as long as its context.
        unsafe { stream.as_ref() }
    }

    /// The headers of `stream` that lie apart from its packets, as its container keeps them.
    pub fn headers(&self, stream: usize) -> Vec<u8> {
        // SAFETY: a stream's parameters live as long as it.
        let codec = self.stream(stream).and_then(|stream| unsafe { stream.codecpar.as_ref() });
        codec.map_or_else(Vec::new, |codec| copied(codec.extradata, codec.extradata_size))
    }

    /// Reads packets of `stream` alone from now on.
    pub fn keep_only(&mut self, stream: usize) {
        for index in 0..self.count() {
            let discard = if index == stream {
                ffi::AVDiscard::AVDISCARD_DEFAULT
            } else {
                ffi::AVDiscard::AVDISCARD_ALL
            };
            if let Some(found) = self.stream(index) {
                let found = std::ptr::from_ref(found).cast_mut();
                // SAFETY: the stream is our context's, and nobody else looks at it.
                unsafe { (*found).discard = discard };
            }
        }
    }

    /// Reads the next packet; false at the end.
    pub fn read(&mut self, packet: &mut Packet) -> Result<bool, Error> {
        packet.clear();
        // SAFETY: the context is open and the packet is ours and empty.
        let code = unsafe { ffi::av_read_frame(self.as_ptr(), packet.as_ptr()) };
        if code == ffi::AVERROR_EOF {
            return Ok(false);
        }
        Error::check(code, || format!("reading {}", self.name)).map(|_| true)
    }

    /// Goes to a packet of `stream` from which decoding can start, at or before `time` if the
    /// container knows one: look at where it landed.
    pub fn seek(&mut self, stream: usize, time: i64) -> Result<(), Error> {
        let backward = ffi::AVSEEK_FLAG_BACKWARD;
        // SAFETY: the context is open.
        let code = unsafe { ffi::av_seek_frame(self.as_ptr(), stream as i32, time, backward) };
        Error::check(code, || format!("seeking in {}", self.name)).map(|_| ())
    }
}

/// A copy of so many bytes; nothing for null.
pub(in crate::ffmpeg) fn copied(bytes: *const u8, size: i32) -> Vec<u8> {
    match usize::try_from(size) {
        // SAFETY: FFmpeg's headers have as many bytes as it says.
        Ok(size) if !bytes.is_null() => unsafe { std::slice::from_raw_parts(bytes, size) }.to_vec(),
        _ => Vec::new(),
    }
}

/// The plain file at `path`, at its start, and its first bytes.
fn begin(path: &Path) -> std::io::Result<(File, Vec<u8>)> {
    let mut file = open_plain(path)?;
    let mut start = Vec::new();
    (&mut file).take(256).read_to_end(&mut start)?;
    file.rewind()?;
    Ok((file, start))
}

/// Says why a file that begins with `start` was not opened, better than FFmpeg's "Invalid argument".
fn explain(code: i32, start: &[u8], tried: String) -> Error {
    let start = String::from_utf8_lossy(start);
    let lists = ["#EXTM3U", "ffconcat", "<MPD", "[playlist]", "v=0", "<smil"];
    if lists.iter().any(|list| start.contains(list)) {
        let why = "it is a list of other files or addresses; import those instead";
        return Error::refused(tried, why);
    }
    if code == -libc::EINVAL || code == ffi::AVERROR_INVALIDDATA {
        return Error {
            said: "it is no picture or sound file that can be read".into(),
            ..Error::new(tried, code)
        };
    }
    Error::new(tried, code)
}

/// Options for a call, freed when dropped.
struct Options(*mut ffi::AVDictionary);

impl Options {
    fn new(pairs: &[(&CStr, &CStr)]) -> Self {
        let mut options = Self(std::ptr::null_mut());
        for (key, value) in pairs {
            options.set(key, value);
        }
        options
    }

    fn set(&mut self, key: &CStr, value: &CStr) {
        // SAFETY: the dictionary is ours, and the texts are copied.
        unsafe { ffi::av_dict_set(&raw mut self.0, key.as_ptr(), value.as_ptr(), 0) };
    }
}

impl Drop for Options {
    fn drop(&mut self) {
        // SAFETY: the dictionary is ours.
        unsafe { ffi::av_dict_free(&raw mut self.0) };
    }
}
