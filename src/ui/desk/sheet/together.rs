//! Two takes in one frame: a wipe between them, what differs, one over the other, or one after the other.

use crate::play::screen::Of;
use crate::ui::desk::Desk;
use crate::ui::desk::takes::best_first;
use timeline_format::{Id, Source};

/// How two takes are seen in one frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ui) enum How {
    /// One on the left of a line, the other on its right.
    Wipe,
    /// How far the two are apart, in each colour, eight times as large.
    Difference,
    /// One over the other, which shows through.
    Over,
    /// One, and at a key the other.
    Flip,
}

impl How {
    /// All, in the order of the buttons.
    pub(in crate::ui) const ALL: [Self; 4] = [Self::Wipe, Self::Difference, Self::Over, Self::Flip];

    /// Its name.
    pub(in crate::ui) const fn label(self) -> &'static str {
        match self {
            Self::Wipe => "Wipe",
            Self::Difference => "Difference",
            Self::Over => "Over",
            Self::Flip => "Flip",
        }
    }
}

/// What is seen of two takes.
#[derive(Debug)]
pub(in crate::ui) struct Together {
    /// How; none: every take is laid out by itself.
    pub(in crate::ui) how: Option<How>,
    /// Where the line is, and how much of the take in hand is seen, from 0 to 1.
    pub(in crate::ui) share: f32,
    /// Whether the other take is the one that is seen.
    pub(in crate::ui) is_flipped: bool,
    /// The take that others are held against; none: the chosen one.
    held: Option<Id>,
}

impl Default for Together {
    fn default() -> Self {
        Self { how: None, share: 0.5, is_flipped: false, held: None }
    }
}

impl Desk {
    /// Whether there are two takes to see in one frame.
    pub(in crate::ui) fn has_two_takes(&self) -> bool {
        self.other_take().is_some()
    }

    /// The shot, its take in hand, and the take that this is held against.
    fn other_take(&self) -> Option<(Id, [Id; 2])> {
        let shot = self.shot_on_sheet()?;
        let found = self.film()?.now().shots.get(&shot)?;
        let in_hand = self.take_in_hand().filter(|(of, _)| *of == shot).map(|(_, take)| take);
        let one = in_hand.unwrap_or(found.take);
        let wanted = [self.sheet.together.held, Some(found.take)].into_iter().flatten();
        let mut others = wanted.chain(best_first(found).map(|take| take.id));
        let is_there = |id: &Id| found.takes.iter().any(|take| take.id == *id);
        let other = others.find(|id| *id != one && is_there(id))?;
        Some((shot, [one, other]))
    }

    /// The take in hand and the other, by name.
    pub(in crate::ui) fn names_together(&self) -> Option<[Id; 2]> {
        self.other_take().map(|(_, takes)| takes)
    }

    /// The pictures of both at the frame of the take in hand that is viewed, counted as their shot counts.
    pub(in crate::ui) fn pictures_together(&self) -> Option<([Of; 2], i64)> {
        let (shot, takes) = self.other_take()?;
        let frame = self.frame_of_shot(shot, takes[0]).unwrap_or(0);
        Some((takes.map(|take| Of::Take { shot, take }), frame))
    }

    /// The frame of a shot at which the viewer stands on a take of it.
    fn frame_of_shot(&self, shot: Id, take: Id) -> Option<i64> {
        let viewed = self.source.as_ref()?;
        let found = self.film()?.now().shots.get(&shot)?;
        let take = found.takes.iter().find(|known| known.id == take)?;
        match viewed.source {
            Source::Shot(of) if of == shot => Some(viewed.frame),
            Source::Media(media) if media == take.media => Some(viewed.frame - take.offset.floor()),
            _ => None,
        }
    }

    /// Shows two takes in one frame in this way, or lays all out again where that is so already; a flip goes
    /// on to the other one.
    pub(in crate::ui) fn show_together(&mut self, how: How) {
        self.sheet.is_duel = false;
        let together = &mut self.sheet.together;
        if how == How::Flip {
            together.is_flipped = together.how == Some(How::Flip) && !together.is_flipped;
            together.how = Some(how);
        } else {
            together.how = if together.how == Some(how) { None } else { Some(how) };
        }
    }

    /// Lays all takes out.
    pub(in crate::ui) const fn lay_takes_out(&mut self) {
        self.sheet.is_duel = false;
        self.sheet.together.how = None;
    }

    /// Has the others be held against the take in hand.
    pub(in crate::ui) fn hold_take(&mut self) {
        let Some((_, take)) = self.take_in_hand() else { return };
        self.sheet.together.held = Some(take);
        self.notices.note(format_args!("the others are held against take {take}"));
    }
}
