//! How loud a file is: one thread decodes, the other measures.

use crossbeam::channel::{Receiver, Sender, bounded};
use std::path::Path;
use timeline_format::Media;
use timeline_format::media::MediaKind;

use super::Error;
use crate::media::Sounds;
use crate::signal::Samples;
use crate::sound::loudness::{Loudness, Measured};
use crate::workers::{self, Stop};

/// Samples that are decoded at once, and blocks that are on their way.
const BLOCK: usize = 1 << 16;
const BLOCKS: usize = 4;

/// What the sound of a file measures: all of it, as it is decoded.
///
/// # Errors
/// Where the file has no sound or it cannot be read, and where it was stopped.
pub fn measure_file(path: &Path, stop: &Stop) -> Result<Measured, Error> {
    let unread = |words: String| Error::Coding(format!("cannot hear {}: {words}", path.display()));
    let media = Media::new(MediaKind::Sound, String::new());
    let file = Sounds::open(path, &media).map_err(|error| unread(error.to_string()))?;
    let mut meter = Loudness::of_channels(file.channels(), file.rate())
        .ok_or_else(|| unread(format!("no meter has {} samples a second", file.rate())))?;
    let (give, decoded) = bounded(BLOCKS);
    let (give_back, used) = bounded(BLOCKS);
    for _ in 0..BLOCKS {
        let block = Samples::silence(file.channels(), BLOCK);
        give_back.send(block).map_err(|error| unread(error.to_string()))?;
    }
    let decoding = workers::start("hearing: decoding", move |_| decode(file, &used, &give))
        .map_err(|error| unread(error.to_string()))?;
    for block in &decoded {
        if stop.is_raised() {
            break;
        }
        meter.hear(&block);
        drop(give_back.try_send(block));
    }
    drop((decoded, give_back));
    let read = decoding.join().map_err(|panic| unread(panic.to_string()))?;
    read.map_err(|error| unread(error.to_string()))?;
    if stop.is_raised() {
        return Err(Error::Stopped { frame: 0, frames: 0 });
    }
    Ok(meter.measured())
}

/// Decodes a file to its end into the blocks that come back; nobody listening ends it too.
fn decode(
    mut file: Sounds,
    used: &Receiver<Samples>,
    give: &Sender<Samples>,
) -> Result<(), crate::media::Error> {
    let mut at = 0;
    while at < file.length() {
        let Ok(mut block) = used.recv() else { break };
        let count = (file.length() - at).min(BLOCK as i64);
        if count < BLOCK as i64 {
            block = Samples::silence(file.channels(), count as usize);
        }
        file.read(at, &mut block)?;
        at += count;
        if give.send(block).is_err() {
            break;
        }
    }
    Ok(())
}
