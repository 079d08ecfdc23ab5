//! Which sequences one is in while planning, so that none is planned within itself.

use super::node::Processor;
use super::sources::Lessons;
use super::watch::Watch;
use timeline_format::Id;

/// Which sequences one is in, and what the plan is for.
#[derive(Debug)]
pub(super) struct Nest {
    path: Vec<Id>,
    left: usize,
    /// Whether it is to be played live: then strips show how loud they are.
    pub(super) is_live: bool,
    /// The node whose gains are all that is wanted.
    pub(super) watch: Option<Watch>,
    /// What was learned of recordings.
    pub(super) lessons: Lessons,
}

impl Nest {
    const DEEPEST: usize = 16;
    const MOST: usize = 1000;

    pub(super) fn new(is_live: bool) -> Self {
        let lessons = Lessons::default();
        Self { path: Vec::new(), left: Self::MOST, is_live, watch: None, lessons }
    }

    /// For the gains of one node, and nothing else.
    pub(super) fn watching(watch: Watch) -> Self {
        Self { watch: Some(watch), ..Self::new(false) }
    }

    /// The strip of this sequence that a watched node is on.
    pub(super) fn watched(&self, sequence: Id) -> Option<Id> {
        let watch = self.watch.as_ref().filter(|watch| watch.sequence == sequence);
        watch.map(|watch| watch.strip)
    }

    /// Has a node watched, if it is the one that is to be.
    pub(super) fn watch(&mut self, (sequence, strip, node): (Id, Id, Id), it: &mut dyn Processor) {
        if let Some(watch) = &mut self.watch
            && (watch.sequence, watch.strip, watch.node) == (sequence, strip, node)
        {
            watch.is_met = it.watch(&watch.gains);
        }
    }

    pub(super) fn may_enter(&self, id: Id) -> bool {
        !self.path.contains(&id) && self.path.len() < Self::DEEPEST && self.left > 0
    }

    pub(super) fn within<T>(&mut self, id: Id, work: impl FnOnce(&mut Self) -> T) -> T {
        self.path.push(id);
        self.left = self.left.saturating_sub(1);
        let result = work(self);
        self.path.pop();
        result
    }
}
