//! What a file is told: its kind, its tags, how exact its clocks are.

use ffmpeg_next::ffi;
use std::collections::BTreeMap;
use std::ffi::{CStr, CString};
use timeline_format::Rate;

use crate::ffmpeg::error::Error;

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Container {
    /// MPEG-4 part 14.
    Mp4,
    /// QuickTime.
    Mov,
    /// Matroska.
    Matroska,
    /// FLAC.
    Flac,
}

impl Container {
    /// FFmpeg's name of it.
    pub const fn ffmpeg_name(self) -> &'static str {
        match self {
            Self::Mp4 => "mp4",
            Self::Mov => "mov",
            Self::Matroska => "matroska",
            Self::Flac => "flac",
        }
    }
}

/// What is written besides the streams.
#[derive(Debug, Clone)]
pub struct FileSettings {
    /// The kind of file.
    pub container: Container,
    /// Put the index in front, so that a file plays while it loads (MP4 and QuickTime).
    pub fast_start: bool,
    /// Frames a second of the picture, or of the film where there is sound alone.
    pub rate: Rate,
    /// Samples a second, if there is sound.
    pub sample_rate: Option<u32>,
    /// `title`, `artist`, `comment`, `copyright` ... by FFmpeg's names.
    pub tags: BTreeMap<String, String>,
}

impl FileSettings {
    pub(super) fn muxer_options(&self) -> Result<Dictionary, Error> {
        let mut options = Dictionary::new();
        match self.container {
            Container::Mp4 | Container::Mov => {
                let flags = if self.fast_start { "+faststart+write_colr" } else { "+write_colr" };
                options.set("movflags", flags)?;
                options.set("use_editlist", "1")?;
                options.set("video_track_timescale", &self.rate.numerator().to_string())?;
                options.set("movie_timescale", &self.movie_timescale().to_string())?;
            }
            Container::Matroska | Container::Flac => {}
        }
        Ok(options)
    }

    /// Ticks a second in which whole frames and whole samples are both exact, as edit lists need;
    /// samples alone where that would be too fine.
    fn movie_timescale(&self) -> i64 {
        let frames = self.rate.numerator();
        let samples = self.sample_rate.map_or(1, i64::from);
        let both = frames / greatest_common_divisor(frames, samples) * samples;
        if both <= 100_000_000 { both } else { samples.max(1000) }
    }

    pub(super) fn tags(&self) -> Result<Dictionary, Error> {
        let mut tags = Dictionary::new();
        for (name, value) in &self.tags {
            tags.set(name, value)?;
        }
        Ok(tags)
    }
}

fn greatest_common_divisor(mut a: i64, mut b: i64) -> i64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.max(1)
}

pub(super) fn c_string(text: &str) -> Result<CString, Error> {
    CString::new(text).map_err(|zero| Error {
        tried: format!("hand {text:?} to FFmpeg"),
        said: zero.to_string(),
        code: -libc::EINVAL,
    })
}

/// FFmpeg's own map of texts, owned.
#[derive(Debug)]
pub(super) struct Dictionary(*mut ffi::AVDictionary);

impl Dictionary {
    pub(super) const fn new() -> Self {
        Self(std::ptr::null_mut())
    }

    pub(super) fn set(&mut self, key: &str, value: &str) -> Result<(), Error> {
        let (name, text) = (c_string(key)?, c_string(value)?);
        // SAFETY: both texts end in a zero and are copied.
        let code = unsafe { ffi::av_dict_set(&raw mut self.0, name.as_ptr(), text.as_ptr(), 0) };
        Error::check(code, || format!("set {key} = {value}")).map(drop)
    }

    pub(super) const fn as_mut_ptr(&mut self) -> *mut *mut ffi::AVDictionary {
        &raw mut self.0
    }

    /// Hands the map over.
    pub(super) fn into_raw(mut self) -> *mut ffi::AVDictionary {
        std::mem::replace(&mut self.0, std::ptr::null_mut())
    }

    /// An error that names an option which nobody took.
    pub(super) fn none_left(&self, tried: &str) -> Result<(), Error> {
        let any = ffi::AV_DICT_IGNORE_SUFFIX;
        // SAFETY: the empty text ends in a zero; null starts at the front.
        let entry = unsafe { ffi::av_dict_get(self.0, c"".as_ptr(), std::ptr::null(), any) };
        if entry.is_null() {
            return Ok(());
        }
        // SAFETY: the entry is valid while the map is.
        let key = unsafe { (*entry).key };
        // SAFETY: keys end in a zero.
        let key = unsafe { CStr::from_ptr(key) };
        let tried = format!("{tried} with the option {}", key.to_string_lossy());
        Err(Error::new(tried, ffi::AVERROR_OPTION_NOT_FOUND))
    }
}

// SAFETY: the map is owned, and read and written through its owner alone.
unsafe impl Send for Dictionary {}

impl Drop for Dictionary {
    fn drop(&mut self) {
        // SAFETY: the map is ours, or null.
        unsafe { ffi::av_dict_free(&raw mut self.0) };
    }
}
