//! Choosing clips: with what is linked to them and what is in their groups.

use super::Desk;
use std::ops::Range;
use timeline_format::track::Content;
use timeline_format::{Id, Sequence};

impl Desk {
    /// A clip and what is chosen with it: the same link, where linked clips go together, and the same
    /// group. The clip itself comes first.
    pub(in crate::ui) fn with_ties(&self, clip: Id) -> Vec<Id> {
        let mut found = vec![clip];
        let Some(sequence) = self.sequence() else { return found };
        let Some(own) = sequence.clip(clip) else { return found };
        let link = own.link.filter(|_| self.linked);
        for other in tied(sequence, link, own.group) {
            if !found.contains(&other) {
                found.push(other);
            }
        }
        found
    }

    /// Chooses every clip.
    pub(in crate::ui) fn select_all(&mut self) {
        let Some(sequence) = self.sequence().cloned() else { return };
        self.selection.choose(every_clip(&sequence, |_| true, &(0..i64::MAX)));
    }

    /// Chooses every clip of the targeted tracks that ends behind the playhead.
    pub(in crate::ui) fn select_forward(&mut self) {
        let Some(sequence) = self.sequence().cloned() else { return };
        let (from, targets) = (self.position(), self.targets.clone());
        let all = from..i64::MAX;
        self.selection.choose(every_clip(&sequence, |track| targets.contains(&track), &all));
    }

    /// Chooses every clip of the targeted tracks that the marked span touches.
    pub(in crate::ui) fn select_in_span(&mut self) {
        let (Some(sequence), Some(span)) = (self.sequence().cloned(), self.span()) else { return };
        let targets = self.targets.clone();
        self.selection.choose(every_clip(&sequence, |track| targets.contains(&track), &span));
    }

    /// Makes frames of the timeline wider about the playhead.
    pub(in crate::ui) fn zoom(&mut self, factor: f64) {
        let x = self.view.x_of(self.position() as f64).clamp(0.0, self.view.width);
        self.view.zoom(factor, x);
    }

    /// Shows the whole film on the timeline.
    pub(in crate::ui) fn zoom_fit(&mut self) {
        let frames = self.sequence().map_or(0, |sequence| sequence.length());
        let width = self.view.width;
        self.view.fit(0.0, frames as f64 * 1.03, width);
    }

    /// Makes the targeted tracks `factor` times as high.
    pub(in crate::ui) fn scale_tracks(&mut self, factor: f32) {
        let targets = self.targets.clone();
        for track in targets {
            let Some(kind) = self.track(track).map(|track| track.header.kind) else { continue };
            let height = self.view.height(track, kind);
            self.view.set_height(track, height * factor);
        }
    }

    /// Makes everything in the window `factor` times as large.
    pub(in crate::ui) fn scale_text(&mut self, factor: f32) {
        self.text_scale = (self.text_scale * factor).clamp(0.6, 3.0);
    }
}

/// The clips of tracks that are meant, of which a frame lies in `span`.
fn every_clip(sequence: &Sequence, is_meant: impl Fn(Id) -> bool, span: &Range<i64>) -> Vec<Id> {
    let tracks = sequence.tracks.iter().filter(|track| is_meant(track.id) && !track.header.locked);
    tracks
        .flat_map(|track| -> Vec<Id> {
            match &track.content {
                Content::Sequential(reel) => {
                    let first = reel.at(span.start).map_or(reel.count(), |(index, _)| index);
                    let placed = reel.placed_from(first).take_while(|(start, _)| *start < span.end);
                    placed.filter(|(_, item)| !item.is_gap()).map(|(_, item)| item.id).collect()
                }
                Content::Free(layers) => {
                    let starts = sequence.starts(layers.values().map(AsRef::as_ref));
                    let meets = |layer: &timeline_format::Layered| {
                        let start = starts.of(layer)?;
                        let end = start.plus(layer.length)?;
                        Some(end.ceil() > span.start && start.floor() < span.end)
                    };
                    let met = layers.iter().filter(|(_, layer)| meets(layer) == Some(true));
                    met.map(|(id, _)| *id).collect()
                }
            }
        })
        .collect()
}

fn tied(sequence: &Sequence, link: Option<Id>, group: Option<Id>) -> Vec<Id> {
    let mut found = Vec::new();
    for track in &sequence.tracks {
        match &track.content {
            Content::Sequential(reel) => {
                let linked = link.into_iter().flat_map(|link| reel.linked(link));
                let grouped = group.into_iter().flat_map(|group| reel.grouped(group));
                let items = linked.chain(grouped).filter_map(|index| reel.get(index));
                found.extend(items.map(|item| item.id));
            }
            Content::Free(layers) => {
                let goes_along = |clip: &timeline_format::Clip| {
                    (link.is_some() && clip.link == link)
                        || (group.is_some() && clip.group == group)
                };
                let layers = layers.iter().filter(|(_, layer)| goes_along(&layer.clip));
                found.extend(layers.map(|(id, _)| *id));
            }
        }
    }
    found
}
