//! Media of the film: what is said of them.

use crate::edit::{Edited, Refused};
use std::sync::Arc;
use timeline_format::{Id, Media, Timeline};

/// Changes what the film says of a media: where it lies, what it is called, its rate.
pub fn change_media(
    film: &Timeline,
    media: Id,
    change: impl FnOnce(&mut Media),
) -> Result<Edited, Refused> {
    let missing = Refused::NoSuch { what: "media", id: media };
    let mut changed = (**film.media.get(&media).ok_or(missing)?).clone();
    change(&mut changed);
    let mut film = film.clone();
    film.media.insert(media, Arc::new(changed));
    Ok(Edited::plain(film))
}

#[cfg(test)]
mod tests {
    use super::*;
    use timeline_format::media::MediaKind;
    use timeline_format::sequence::Raster;
    use timeline_format::{Rate, Timeline};

    #[test]
    fn a_media_gets_another_path_and_all_else_stays() {
        let id = |text| Id::parse(text).unwrap();
        let raster = Raster { width: 16, height: 9 };
        let mut film = Timeline::new(raster, Rate::FILM, 48_000, id("main"));
        let still = Media::new(MediaKind::Still, "old/a.png");
        film.media.insert(id("a"), Arc::new(still));
        let edited = change_media(&film, id("a"), |media| media.path = "new/a.png".into()).unwrap();
        assert_eq!(edited.timeline.media.get(&id("a")).unwrap().path, "new/a.png");
        assert_eq!(edited.timeline.sequences, film.sequences);
        assert!(change_media(&film, id("b"), |_| {}).is_err());
    }
}
