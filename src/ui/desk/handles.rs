//! Transitions where handles are short: what there is, what is needed, and each honest way out with what
//! it would do. Each is tried before it is offered; the verbs are those of [`crate::edit`].

use super::{Desk, Question};
use crate::edit::{
    self, AddTransition, ChangeTransition, Edge, Edited, Refused, Scope, Short, ShortHandles,
};
use std::sync::Arc;
use timeline_format::{Id, IdSource, Sequence, Timeline, Transition};

/// A transition that is wanted.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::ui) enum Wish {
    /// A new one.
    Add(AddTransition),
    /// One that is there, otherwise.
    Change(ChangeTransition),
}

impl Wish {
    /// What it is called in the history.
    pub(in crate::ui) const fn name(&self) -> &'static str {
        match self {
            Self::Add(_) => "Add transition",
            Self::Change(_) => "Change transition",
        }
    }

    /// Its cut: a clip and which of its edges.
    const fn cut(&self) -> (Id, Edge) {
        match self {
            Self::Add(add) => (add.clip, add.edge),
            Self::Change(change) => (change.clip, change.edge),
        }
    }

    fn with(&self, short: Short) -> Self {
        match self.clone() {
            Self::Add(add) => Self::Add(AddTransition { short, ..add }),
            Self::Change(change) => Self::Change(ChangeTransition { short, ..change }),
        }
    }

    /// The edit.
    pub(in crate::ui) fn apply(
        &self,
        film: &Timeline,
        scope: Scope,
        ids: &mut IdSource,
    ) -> Result<Edited, Refused> {
        match self {
            Self::Add(add) => edit::add_transition(film, scope, add, ids),
            Self::Change(change) => edit::change_transition(film, scope, change, ids),
        }
    }
}

/// A transition that lacks handles, and the ways out.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::ui) struct Dilemma {
    wish: Wish,
    /// What there is and what is needed.
    pub(in crate::ui) short: ShortHandles,
    /// What the clips ahead of and behind the cut are called.
    pub(in crate::ui) names: [String; 2],
    /// What can be done.
    pub(in crate::ui) ways: Vec<WayOut>,
}

/// Something that can be done where handles are short.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::ui) struct WayOut {
    /// Which.
    pub(in crate::ui) short: Short,
    /// What it would do here, in plain words.
    pub(in crate::ui) effect: String,
}

impl WayOut {
    /// What it is called.
    pub(in crate::ui) const fn label(&self) -> &'static str {
        match self.short {
            Short::Refuse => "Leave it",
            Short::Shorten => "Shorten it",
            Short::Shift => "Shift it",
            Short::Freeze => "Hold a frame",
            Short::Mirror => "Mirror",
            Short::Slow => "Slow down",
            Short::Overlap => "Overlap the clips",
            Short::Extend => "Order more frames",
        }
    }
}

impl Desk {
    /// Lays or changes a transition; where handles are short, asks what to do.
    pub(in crate::ui) fn lay_transition(&mut self, wish: Wish) {
        match self.dilemma(&wish) {
            Some(dilemma) => self.question = Some(Question::Handles(Box::new(dilemma))),
            None => self.make(&wish),
        }
    }

    /// Takes a way out.
    pub(in crate::ui) fn take_way_out(&mut self, dilemma: &Dilemma, short: Short) {
        self.make(&dilemma.wish.with(short));
    }

    fn make(&mut self, wish: &Wish) {
        let mut orders = Vec::new();
        self.edit(wish.name(), |film, scope, ids| {
            let edited = wish.apply(film, scope, ids)?;
            orders.clone_from(&edited.orders);
            Ok(edited)
        });
        if !orders.is_empty() {
            let words: Vec<String> = orders.iter().map(ToString::to_string).collect();
            self.question = Some(Question::Orders(words.join("\n\n")));
        }
    }

    fn dilemma(&self, wish: &Wish) -> Option<Dilemma> {
        let (film, scope) = (self.film()?, self.scope()?);
        let try_out = |wish: &Wish| {
            film.try_out(scope, |timeline, scope, ids| wish.apply(timeline, scope, ids))
        };
        let Err(Refused::Handles(short)) = try_out(wish) else { return None };
        let (clip, edge) = wish.cut();
        let before = self.sequence()?;
        let ways = short.options.iter().filter_map(|option| {
            let edited = try_out(&wish.with(*option)).ok()?;
            let effect = effect_of(*option, &short, before, &edited, (clip, edge))?;
            Some(WayOut { short: *option, effect })
        });
        let ways = ways.collect();
        Some(Dilemma { wish: wish.clone(), names: self.beside(clip, edge), ways, short: *short })
    }

    /// What the clips ahead of and behind a cut are called.
    fn beside(&self, clip: Id, edge: Edge) -> [String; 2] {
        let none = || ["the clip ahead".to_owned(), "the clip behind".to_owned()];
        let Some(sequence) = self.sequence() else { return none() };
        let found = sequence.find(clip).and_then(|found| Some((found.track, found.index?)));
        let Some((track, index)) = found else { return none() };
        let Some(reel) = sequence.tracks.get(track).and_then(|track| track.reel()) else {
            return none();
        };
        let behind = index + usize::from(edge == Edge::Tail);
        let name = |index: Option<usize>| {
            let item = index.and_then(|index| reel.get(index));
            let clip = item.and_then(|item| item.clip.as_ref());
            clip.map_or_else(|| "a gap".to_owned(), |clip| self.name_of(&clip.source))
        };
        [name(behind.checked_sub(1)), name(Some(behind))]
    }
}

/// The transition over a cut.
pub(super) fn transition_of(
    sequence: &Sequence,
    (clip, edge): (Id, Edge),
) -> Option<&Arc<Transition>> {
    let found = sequence.find(clip)?;
    let index = found.index? + usize::from(edge == Edge::Tail);
    sequence.tracks.get(found.track)?.transition_at(index)
}

/// What a way out does here; `None` where that is not what was asked for.
fn effect_of(
    way: Short,
    short: &ShortHandles,
    before: &Sequence,
    edited: &Edited,
    cut: (Id, Edge),
) -> Option<String> {
    let after = edited.timeline.main()?;
    let made = transition_of(after, cut)?;
    let asked = short.need_before + short.need_after;
    let missing = (short.need_before - short.have_before.max(0)).max(0);
    let missing_after = (short.need_after - short.have_after.max(0)).max(0);
    let sides = format!("{} ahead of the cut, {} behind it", made.before, made.after);
    let each = |outgoing: &str, incoming: &str| {
        let parts = [(missing_after, outgoing), (missing, incoming)];
        let parts = parts.into_iter().filter(|(frames, _)| *frames > 0);
        let parts: Vec<String> =
            parts.map(|(frames, words)| words.replace('#', &frames_of(frames))).collect();
        parts.join(", and ")
    };
    Some(match way {
        Short::Refuse => return None,
        Short::Shorten => format!("{} instead of {asked}: {sides}.", frames_of(made.length())),
        Short::Shift => format!("All {}, but {sides}.", frames_of(made.length())),
        Short::Freeze => {
            let held = each(
                "the outgoing clip holds its last frame for #",
                "the incoming clip holds its first frame for #",
            );
            format!("As long as asked: {held}.")
        }
        Short::Mirror => {
            let mirrored = each(
                "the outgoing clip runs back from its last frame for #",
                "the incoming clip runs back to its first frame for #",
            );
            format!("As long as asked: {mirrored}.")
        }
        Short::Slow => {
            let slowed = each(
                "the outgoing clip's last frames are slowed to last # longer",
                "the incoming clip's first frames are slowed to last # longer",
            );
            format!("As long as asked: {slowed}.")
        }
        Short::Overlap => {
            let taken =
                each("# come off the outgoing clip's end", "# off the incoming clip's start");
            let less = before.length() - after.length();
            format!("{taken}; what follows moves, the film becomes {} shorter.", frames_of(less))
        }
        Short::Extend => {
            let wanted = edited.orders.iter().map(|order| order.before + order.after).sum();
            if wanted == 0 {
                return None;
            }
            format!(
                "A work order for {} of the source, to hand to the generator; a held frame stands there until they come.",
                frames_of(wanted)
            )
        }
    })
}

/// A number of frames, as people say it.
fn frames_of(count: i64) -> String {
    format!("{count} frame{}", if count == 1 { "" } else { "s" })
}
