//! The takes on the sheet brought into step with the chosen one, by what moves in them: found on another
//! thread, done as one edit.

use crate::edit;
use crate::play::{self, Course};
use crate::ui::desk::{Desk, Wake};
use crate::workers::{self, Stop, Worker};
use std::path::PathBuf;
use std::sync::Arc;
use timeline_format::{Frames, Id, Media};

/// A take that is followed.
#[derive(Debug)]
struct Followed {
    take: Id,
    path: PathBuf,
    media: Arc<Media>,
}

/// Where the shot begins in each take that moves as the chosen one does.
type Offsets = Vec<(Id, Frames)>;

/// A search that is under way: of a shot.
pub(super) type Search = Option<(Id, Worker<Result<Offsets, String>>)>;

impl Desk {
    /// Looks for the moment at which the shot begins in each take on the sheet.
    pub(in crate::ui) fn align_takes(&mut self) {
        let Some((shot, from, takes)) = self.followed() else {
            return self.notices.note("there is no take beside the chosen one to bring into step");
        };
        let wake = self.wake.clone();
        match workers::start("steps", move |stop| search(&takes, from, (stop, &wake))) {
            Ok(worker) => {
                self.sheet.search = Some((shot, worker));
                self.notices.note("the takes are being followed ...");
            }
            Err(error) => self.notices.trouble(format_args!("start to follow takes: {error}")),
        }
    }

    /// The takes on the sheet, the chosen one first, and where the shot begins in that.
    fn followed(&self) -> Option<(Id, Frames, Vec<Followed>)> {
        let (film, id) = (self.film()?, self.shot_on_sheet()?);
        let shot = film.now().shots.get(&id)?;
        let chosen = shot.chosen()?;
        let others = shot.takes.iter().filter(|take| take.id != chosen.id);
        let followed = std::iter::once(chosen).chain(others).filter_map(|take| {
            let media = film.now().media.get(&take.media)?;
            let path = play::path_of(media, &film.folder())?;
            Some(Followed { take: take.id, path, media: Arc::clone(media) })
        });
        let followed: Vec<Followed> = followed.collect();
        let is_enough = followed.len() > 1 && followed[0].take == chosen.id;
        is_enough.then_some((id, chosen.offset, followed))
    }

    /// Brings takes into step once it is known how.
    pub(in crate::ui) fn mind_steps(&mut self) {
        let done = self.sheet.search.take_if(|(_, worker)| worker.is_finished());
        let Some((shot, worker)) = done else { return };
        let offsets = match worker.join() {
            Ok(Ok(offsets)) => offsets,
            Ok(Err(why)) => return self.notices.trouble(why),
            Err(panicked) => return self.notices.trouble(panicked),
        };
        let count = offsets.len();
        if count == 0 {
            return self.notices.note("no take moves as the chosen one does: all are as they were");
        }
        self.edit("Align takes", |film, _, _| edit::begin_takes(film, shot, &offsets));
        let plural = if count == 1 { "" } else { "s" };
        self.notices.note(format_args!("{count} take{plural} brought into step"));
    }
}

fn search(
    takes: &[Followed],
    from: Frames,
    (stop, wake): (&Stop, &Wake),
) -> Result<Offsets, String> {
    let course = |take: &Followed| Course::of(&take.path, &take.media, stop);
    let found = takes.split_first().map_or(Ok(Vec::new()), |(chosen, others)| {
        let chosen = course(chosen).map_err(|error| error.to_string())?;
        let offset = |take: &Followed| {
            let lag = chosen.lag(&course(take).ok()?)?;
            Some((take.take, from.plus(Frames::whole(lag))?))
        };
        Ok(others.iter().filter_map(offset).collect())
    });
    wake.wake();
    found
}
