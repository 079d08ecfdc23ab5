//! How large a media's picture is as it is seen.

use timeline_format::media::PictureStream;
use timeline_format::sequence::Raster;
use timeline_format::{Ratio, Source, Timeline};

/// The size of a stream's picture in square pixels, turned upright.
pub fn upright(stream: &PictureStream) -> Raster {
    let aspect = stream.pixel_aspect.map_or(1.0, Ratio::to_f64);
    let side = |pixels: u32| pixels.clamp(1, Raster::MOST);
    let width = side((f64::from(stream.width) * aspect).round() as u32);
    let height = side(stream.height);
    let is_turned = !stream.rotation.is_multiple_of(180);
    let (width, height) = if is_turned { (height, width) } else { (width, height) };
    Raster { width, height }
}

/// The size of what a clip of a main sequence shows: the film's, where that has none of its own.
pub(super) fn upright_of(film: &Timeline, source: &Source) -> Raster {
    let media = match source {
        Source::Media(media) => Some(*media),
        Source::Shot(shot) => film.shots.get(shot).and_then(|shot| Some(shot.chosen()?.media)),
        Source::Sequence(_) | Source::Generator(_) => None,
    };
    let stream = media.and_then(|media| film.media.get(&media)?.picture.as_ref());
    let nested = match source {
        Source::Sequence(id) => film.sequences.get(id),
        _ => None,
    };
    let own = stream.map(upright).or_else(|| nested.map(|nested| film.raster_of(nested)));
    own.unwrap_or_else(|| film.main().map_or(film.settings.raster, |main| film.raster_of(main)))
}
