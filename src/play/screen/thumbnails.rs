//! Single pictures of media, for viewers and lists: made when nothing more urgent is to be done.

use super::board::Board;
use super::film::Film;
use super::slot::{Slot, Stepped, Turn};
use crate::media::Pursuit;
use crate::picture::{Key, Layer, Picture, Placement, Plan, Renderer, Sources as _};
use crate::play::shelf::lock;
use crate::play::upright::upright;
use crate::signal::Image;
use crate::workers;
use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex};
use timeline_format::media::MediaKind;
use timeline_format::sequence::Raster;
use timeline_format::{Frames, Id, Ratio};

/// The most pictures that are waited for: the oldest wish is dropped.
const MOST_WANTED: usize = 256;

/// What a picture is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Of {
    /// A media of the film, frames counted on its own grid.
    Media(Id),
    /// A take of a shot, frames counted as the shot shows it.
    Take {
        /// The shot.
        shot: Id,
        /// The take.
        take: Id,
    },
}

/// Which picture: of a media as a document describes it, a moment on its grid, a size. Two of one name are
/// the same picture, whatever the film calls what they are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Name(Key, Frames, u32, u32);

/// The pictures, and those that are wanted.
#[derive(Debug)]
pub(super) struct Thumbnails {
    budget: usize,
    shelf: Mutex<Made>,
    renderer: Renderer,
}

#[derive(Debug, Default)]
struct Made {
    pictures: BTreeMap<Name, (u64, Arc<Image>)>,
    bytes: usize,
    uses: u64,
    wanted: VecDeque<Want>,
}

#[derive(Debug, Clone)]
struct Want {
    film: Arc<Film>,
    id: Id,
    slot: Arc<Slot>,
    /// The moment on the media's grid. Which frame that is, is looked up by who decodes: whoever asks
    /// opens no file.
    at: Frames,
    raster: Raster,
    /// Whether a glance at its file was not enough.
    is_slow: bool,
}

impl Want {
    fn name(&self) -> Name {
        Name(self.slot.key(), self.at, self.raster.width, self.raster.height)
    }

    /// Whether its file may be read small.
    fn is_quick(&self) -> bool {
        let kind = self.slot.media().kind;
        !self.is_slow && matches!(kind, MediaKind::Still | MediaKind::Sequence)
    }

    /// The picture, read small; `None` where the frame has to be decoded whole.
    fn glance(&self, renderer: &Renderer) -> Option<Arc<Image>> {
        let is_one = self.slot.media().kind == MediaKind::Still;
        let frame = if is_one { 0 } else { self.at.floor() };
        let decoded = self.film.stock().store().get(self.slot.key(), frame);
        let image = decoded.or_else(|| self.slot.glance(frame, self.raster.width))?;
        let hand = self.film.hand_of((self.id, frame), image);
        Some(renderer.render(&plan(self, frame), &hand))
    }
}

impl Thumbnails {
    /// Room for `budget` bytes of pictures.
    pub(super) fn new(budget: usize) -> Self {
        Self { budget, shelf: Mutex::default(), renderer: Renderer::new(0) }
    }

    /// Bytes of pictures that are kept.
    pub(super) fn bytes(&self) -> usize {
        lock(&self.shelf).bytes
    }

    /// The picture, if it was made. Else it is wanted from now on; true if that is news.
    pub(super) fn ask(
        &self,
        film: &Arc<Film>,
        of: Of,
        at: i64,
        size: (u32, u32),
    ) -> (Option<Arc<Image>>, bool) {
        let Some(want) = wanted(film, of, at, size) else { return (None, false) };
        let mut made = lock(&self.shelf);
        made.uses += 1;
        let uses = made.uses;
        if let Some((used, image)) = made.pictures.get_mut(&want.name()) {
            *used = uses;
            return (Some(Arc::clone(image)), false);
        }
        let is_new = !made.wanted.iter().any(|known| known.name() == want.name());
        if is_new {
            if made.wanted.len() >= MOST_WANTED {
                made.wanted.pop_front();
            }
            made.wanted.push_back(want);
        }
        (None, is_new)
    }

    /// Takes a step towards the picture that was asked for last; false if none is wanted.
    pub(super) fn work(&self, board: &Board) -> bool {
        let Some(want) = lock(&self.shelf).wanted.back().cloned() else { return false };
        if want.is_quick() {
            self.glance(board);
            return true;
        }
        let frame = want.film.resolve(want.id, want.at);
        let plan = plan(&want, frame);
        let mut found = want.film.found((want.id, frame));
        if found.is_none() {
            let turn = Turn { epoch: board.epoch(), patience: 1 };
            let mut keep = |n: i64, image: Arc<Image>| {
                found = found.take().or_else(|| (n == frame).then_some(image));
            };
            if want.slot.step(Pursuit::of(frame), turn, &mut keep) == Stepped::Under {
                return true;
            }
        }
        let hand = want.film.hand_or(&plan, |_| found.clone());
        let image = hand.map(|hand| self.renderer.render(&plan, &hand));
        self.keep(&want, image);
        board.call_wake();
        true
    }

    /// Whether any picture is waited for.
    pub(super) fn are_wanted(&self) -> bool {
        !lock(&self.shelf).wanted.is_empty()
    }

    /// Makes the pictures that were asked for last, as many at once as there are cores, of files that can be
    /// read small. Others are left for a closer look.
    fn glance(&self, board: &Board) {
        let wants: Vec<Want> = {
            let made = lock(&self.shelf);
            let quick = made.wanted.iter().rev().take_while(|want| want.is_quick());
            quick.take(workers::cores()).cloned().collect()
        };
        let made: Vec<_> = wants.par_iter().map(|want| want.glance(&self.renderer)).collect();
        for (want, image) in wants.iter().zip(made) {
            match image {
                Some(image) => self.keep(want, Some(image)),
                None => self.look_closer(&want.name()),
            }
        }
        board.call_wake();
    }

    fn look_closer(&self, name: &Name) {
        let mut made = lock(&self.shelf);
        let its = made.wanted.iter_mut().filter(|want| want.name() == *name);
        its.for_each(|want| want.is_slow = true);
    }

    /// Keeps a picture that was made; the wish is gone either way.
    fn keep(&self, want: &Want, image: Option<Arc<Image>>) {
        let mut made = lock(&self.shelf);
        let name = want.name();
        made.wanted.retain(|known| known.name() != name);
        let Some(image) = image else { return };
        made.uses += 1;
        let uses = made.uses;
        made.bytes += super::store::bytes(&image);
        made.pictures.insert(name, (uses, image));
        while made.bytes > self.budget && made.pictures.len() > 1 {
            let oldest = made.pictures.iter().min_by_key(|(_, (used, _))| *used);
            let Some(oldest) = oldest.map(|(name, _)| *name) else { break };
            if let Some((_, image)) = made.pictures.remove(&oldest) {
                made.bytes -= super::store::bytes(&image);
            }
        }
    }
}

/// The name of a picture; `None` where the film has nothing of the kind.
pub(super) fn name(film: &Arc<Film>, of: Of, at: i64, size: (u32, u32)) -> Option<Name> {
    wanted(film, of, at, size).map(|want| want.name())
}

fn wanted(film: &Arc<Film>, of: Of, at: i64, size: (u32, u32)) -> Option<Want> {
    let centre = Ratio::new(2 * i128::from(at) + 1, 2)?;
    let (id, centre) = match of {
        Of::Media(id) => (id, centre),
        Of::Take { shot, take } => {
            let shot = film.timeline().shots.get(&shot)?;
            let take = shot.takes.iter().find(|known| known.id == take)?;
            (take.media, on_media(take, centre)?)
        }
    };
    let slot = film.slot(id)?;
    let raster = Raster { width: size.0.max(1), height: size.1.max(1) };
    Some(Want {
        film: Arc::clone(film),
        id,
        raster: fitted(&slot, raster),
        slot,
        at: centre,
        is_slow: false,
    })
}

fn on_media(take: &timeline_format::Take, at: Frames) -> Option<Frames> {
    let at = at.plus(take.offset)?;
    match &take.frames {
        Some(list) => Ratio::new(2 * i128::from(list.frame(at.floor())) + 1, 2),
        None => Some(at),
    }
}

/// The largest size of the media's shape within `most`.
fn fitted(slot: &Slot, most: Raster) -> Raster {
    let Some(picture) = &slot.media().picture else { return most };
    let Raster { width, height } = upright(picture);
    let (width, height) = (f64::from(width), f64::from(height));
    let scale = (f64::from(most.width) / width).min(f64::from(most.height) / height);
    let side = |length: f64| (length * scale).round() as u32;
    let fits = scale.is_finite() && scale > 0.0;
    if !fits {
        return most;
    }
    Raster { width: side(width).clamp(1, most.width), height: side(height).clamp(1, most.height) }
}

fn plan(want: &Want, frame: i64) -> Plan {
    let stream = want.slot.media().picture.as_ref();
    let picture = Picture::Media {
        media: want.id,
        frame,
        turn: stream.map_or(0, |stream| stream.rotation % 360 / 90 * 90),
        aspect: stream.and_then(|stream| stream.pixel_aspect).unwrap_or(Ratio::ONE),
        said: want.slot.key(),
    };
    let layers = vec![Layer::new(picture, Placement::default())];
    Plan { raster: want.raster, layers }
}
