//! Opening and closing time: what ripples, and what is in its way.

use crate::edit::Refused;
use crate::edit::surgery::{Spot, Work};
use std::collections::BTreeMap;
use std::ops::Range;
use timeline_format::Item;

/// Refuses a span that begins ahead of the sequence, or holds nothing.
pub(super) fn check_span(span: &Range<i64>) -> Result<(), Refused> {
    let Range { start, end } = *span;
    if start < 0 {
        return Err(Refused::BeforeStart { what: "the span".to_owned(), frame: start });
    }
    if end <= start {
        return Err(Refused::Empty { what: "a span", length: end.saturating_sub(start) });
    }
    Ok(())
}

impl Work<'_> {
    /// Leaves a gap where `span` was on a track.
    pub(super) fn clear(&mut self, track: usize, span: Range<i64>) -> Result<(), Refused> {
        if span.start >= self.reel(track)?.length() {
            return Ok(());
        }
        let gap = Item::gap(self.ids.next_id(), span.end - span.start);
        self.replace(track, span, vec![gap])
    }

    /// Makes room of `length` frames at `at` on every track in step but `except`: clips that lie
    /// across `at` are split.
    pub(super) fn open_split(
        &mut self,
        at: i64,
        length: i64,
        except: &[usize],
    ) -> Result<(), Refused> {
        for track in self.tracks_in_step(except) {
            if at < self.reel(track)?.length() {
                let gap = Item::gap(self.ids.next_id(), length);
                self.replace(track, at..at, vec![gap])?;
            }
        }
        self.ripples.push((at, length));
        Ok(())
    }

    /// Moves what starts at or behind `at` by `length` frames later on every track in step, and what
    /// is linked to it; `own` clips and what lies behind them have moved already.
    pub(super) fn open(&mut self, at: i64, length: i64, own: &[Spot]) -> Result<(), Refused> {
        for (track, index) in self.moving(at, own)? {
            if index < self.reel(track)?.count() {
                let gap = Item::gap(self.ids.next_id(), length);
                self.splice(track, index..index, vec![gap])?;
            }
        }
        self.ripples.push((at, length));
        Ok(())
    }

    /// Moves what starts at or behind the end of `span` by its length earlier, on every track in
    /// step, and what is linked to it; `own` clips and what lies behind them have moved already.
    /// Refused where no gap is there to take it up.
    pub(super) fn close(&mut self, span: Range<i64>, own: &[Spot]) -> Result<(), Refused> {
        for (track, index) in self.moving(span.end, own)? {
            self.close_gap(track, index, span.end - span.start)?;
        }
        self.ripples.push((span.end, span.start - span.end));
        Ok(())
    }

    /// Takes `length` frames out of the gap ahead of the first clip from `index` on.
    pub(super) fn close_gap(
        &mut self,
        track: usize,
        mut index: usize,
        length: i64,
    ) -> Result<(), Refused> {
        let reel = self.reel(track)?;
        if reel.get(index).is_some_and(Item::is_gap) {
            index += 1;
        }
        let Some(blocked) = reel.get(index).cloned() else { return Ok(()) };
        let gap =
            index.checked_sub(1).and_then(|before| reel.get(before)).filter(|item| item.is_gap());
        let have = gap.map_or(0, |gap| gap.length);
        if have < length {
            let start = reel.start_of(index).unwrap_or_default();
            let site = self.site(track, Some(&blocked), start);
            return Err(Refused::Collision { site, missing: length - have });
        }
        let rest = gap.map(|gap| Item::gap(gap.id, have - length)).filter(|gap| gap.length > 0);
        self.splice(track, index - 1..index, rest.into_iter().collect())
    }

    /// The tracks in step that `own` clips do not lie on, each with the index of its first item that
    /// moves in a ripple at `at`: the first that starts there or behind, or a clip ahead of it that
    /// is linked to one that moves (the sound of a J cut).
    fn moving(&self, at: i64, own: &[Spot]) -> Result<BTreeMap<usize, usize>, Refused> {
        let behind = |spot: &Spot| Some((spot.track, self.spot(spot.id()).ok()?.index + 1));
        let mut firsts: BTreeMap<usize, usize> = own.iter().filter_map(behind).collect();
        let tracks = self.tracks_in_step(&firsts.keys().copied().collect::<Vec<_>>());
        for track in &tracks {
            firsts.insert(*track, self.first_from(*track, at)?);
        }
        while let Some((track, index)) =
            tracks.iter().find_map(|track| Some((*track, self.pulled(*track, &firsts)?)))
        {
            firsts.insert(track, index);
        }
        firsts.retain(|track, _| tracks.contains(track));
        Ok(firsts)
    }

    /// The last clip of a track that does not move, if all that it is linked to does. A part of a
    /// clip that this edit split is none: its other part has what it was linked to.
    fn pulled(&self, track: usize, firsts: &BTreeMap<usize, usize>) -> Option<usize> {
        let reel = self.reel(track).ok()?;
        let last = firsts.get(&track)?.checked_sub(1)?;
        let is_gap = reel.get(last).is_some_and(Item::is_gap);
        let index = if is_gap { last.checked_sub(1)? } else { last };
        let item = reel.get(index).filter(|item| !self.parts.contains_key(&item.id))?;
        let link = item.clip.as_ref()?.link.filter(|_| self.scope.linked)?;
        let moves = |spot: &Spot| firsts.get(&spot.track).is_some_and(|first| spot.index >= *first);
        let mut partners = self.with_link(link);
        partners.retain(|spot| spot.track != track);
        (!partners.is_empty() && partners.iter().all(moves)).then_some(index)
    }

    /// The index of the first item that starts at or behind `at`.
    pub(super) fn first_from(&self, track: usize, at: i64) -> Result<usize, Refused> {
        let reel = self.reel(track)?;
        let found = reel.at(at).map(|(index, start)| index + usize::from(start < at));
        Ok(found.unwrap_or(if at <= 0 { 0 } else { reel.count() }))
    }

    /// The sequential tracks that ripple: neither locked nor free of sync, nor among `except`.
    pub(super) fn tracks_in_step(&self, except: &[usize]) -> Vec<usize> {
        let tracks = self.sequence.tracks.iter().enumerate().filter(|(_, track)| {
            track.reel().is_some() && !track.header.locked && !track.header.sync_free
        });
        tracks.map(|(index, _)| index).filter(|index| !except.contains(index)).collect()
    }
}
