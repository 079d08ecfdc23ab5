//! How the mix of the film runs: worked out on another thread while the mix is on the table and the film
//! stands, drawn under the timeline.

use super::rides::sounds_like;
use super::{Desk, Wake};
use crate::play::{self, Unread};
use crate::sound::Survey;
use crate::ui::page::Page;
use crate::workers::{self, Stop, Worker};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};
use timeline_format::{Id, Timeline};

/// How long a film has been left alone when its mix is looked at.
const PATIENCE: Duration = Duration::from_millis(600);

/// What is known of the mix.
#[derive(Debug, Default)]
pub(super) struct Surveys {
    found: Option<(Arc<Timeline>, Id, Arc<Survey>)>,
    work: Option<(Arc<Timeline>, Id, Worker<Option<Survey>>)>,
    /// The film as it was seen last, and since when it is so.
    seen: Option<(Arc<Timeline>, Instant)>,
}

impl Surveys {
    fn take_in(&mut self, film: &Arc<Timeline>, may_work: bool) {
        if let Some((of, _, worker)) = &self.work
            && !(may_work && sounds_like(of, film))
        {
            worker.stop().raise();
        }
        if let Some((of, sequence, worker)) = self.work.take_if(|(.., worker)| worker.is_finished())
            && let Ok(Some(survey)) = worker.join()
        {
            self.found = Some((of, sequence, Arc::new(survey)));
        }
    }

    fn waits(&mut self, film: &Arc<Timeline>) -> Duration {
        let now = Instant::now();
        let (_, since) = match self.seen.take() {
            Some((seen, since)) if Arc::ptr_eq(&seen, film) => self.seen.insert((seen, since)),
            _ => self.seen.insert((Arc::clone(film), now)),
        };
        PATIENCE.saturating_sub(now.duration_since(*since))
    }

    fn is_of(&self, film: &Arc<Timeline>, sequence: Id) -> bool {
        let known = self.found.as_ref().filter(|(_, of, _)| *of == sequence);
        known.is_some_and(|(of, ..)| sounds_like(of, film))
    }
}

impl Desk {
    /// How the mix runs, as it was worked out last, and whether that is true of the film as it is.
    pub(in crate::ui) fn survey(&self) -> Option<(Arc<Survey>, bool)> {
        let (_, _, survey) = self.surveys.found.as_ref()?;
        let film = self.film()?;
        Some((Arc::clone(survey), self.surveys.is_of(film.now(), film.main())))
    }

    /// Looks at the mix where that is wanted; how long until it is to be seen to again.
    pub(in crate::ui) fn mind_survey(&mut self) -> Option<Duration> {
        let may_work = self.page == Page::Sound && !self.is_playing();
        let film = self.film.as_ref()?;
        let (now, folder, sequence) = (Arc::clone(film.now()), film.folder(), film.main());
        let surveys = &mut self.surveys;
        surveys.take_in(&now, may_work);
        let is_known = surveys.is_of(&now, sequence);
        if is_known && let Some((of, ..)) = &mut surveys.found {
            *of = Arc::clone(&now);
        }
        if !may_work || is_known || surveys.work.is_some() {
            return None;
        }
        let left = surveys.waits(&now);
        if left.is_zero() {
            let worker = start(Arc::clone(&now), folder, sequence, self.wake.clone());
            surveys.work = worker.map(|worker| (now, sequence, worker));
        }
        Some(left)
    }
}

fn start(
    film: Arc<Timeline>,
    folder: PathBuf,
    sequence: Id,
    wake: Wake,
) -> Option<Worker<Option<Survey>>> {
    let work = move |stop: &Stop| {
        let survey = play::survey(&film, &folder, sequence, (&Unread::default(), stop));
        wake.wake();
        survey
    };
    workers::start("survey", work).ok()
}
