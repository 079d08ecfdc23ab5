//! Which sequence the film is.

use crate::edit::Edited;
use crate::edit::Refused;
use std::sync::Arc;
use timeline_format::timeline::Settings;
use timeline_format::{Id, Timeline};

/// Makes a sequence the one that is delivered: after [`crate::edit::conform`], the new one. The
/// other stays in the film.
pub fn choose_main(film: &Timeline, sequence: Id) -> Result<Edited, Refused> {
    if !film.sequences.contains_key(&sequence) {
        return Err(Refused::NoSuch { what: "sequence", id: sequence });
    }
    let settings = Settings { main: sequence, ..Settings::clone(&film.settings) };
    Ok(Edited::plain(Timeline { settings: Arc::new(settings), ..film.clone() }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::conform;
    use crate::edit::drawn::{drawing, film, id, scope};
    use timeline_format::IdSource;

    #[test]
    fn another_sequence_becomes_the_film_and_none_is_lost() {
        let rate = "48".parse().unwrap();
        let both = conform(&film("|AA|B|"), scope(), rate, &mut IdSource::seeded(1)).unwrap();
        let chosen = choose_main(&both.timeline, both.made[0]).unwrap().timeline;
        assert_eq!(drawing(&chosen, ""), "|AAAA|BB|");
        assert_eq!(choose_main(&chosen, id("main")).unwrap().timeline, both.timeline);
        let why = choose_main(&chosen, id("none")).unwrap_err().to_string();
        assert_eq!(why, "the film has no sequence none");
    }
}
