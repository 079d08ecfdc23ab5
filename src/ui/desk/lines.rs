//! The lines of the browser: shots, their takes, media; found by words, kept by rating, in an order.

use super::browsing::{Kinds, Order, Query};
use super::facts;
use super::takes::best_first;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use timeline_format::media::MediaKind;
use timeline_format::shot::TakeState;
use timeline_format::{Id, Media, Shot, Take, Timeline};

/// What a line stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ui) enum Thing {
    /// A shot.
    Shot(Id),
    /// A take of a shot.
    Take {
        /// The shot.
        shot: Id,
        /// The take.
        take: Id,
    },
    /// A media.
    Media(Id),
}

/// A line of the browser.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::ui) struct Line {
    /// What it stands for.
    pub(in crate::ui) thing: Thing,
    /// What is seen or heard of it.
    pub(in crate::ui) media: Option<Id>,
    /// Its name.
    pub(in crate::ui) name: String,
    /// What it is, in a few words.
    pub(in crate::ui) about: String,
    /// Whether it is not where the film says.
    pub(in crate::ui) is_missing: bool,
    /// Whether it is the take that its shot shows.
    pub(in crate::ui) is_chosen: bool,
    /// What is thought of it; of a shot, of its chosen take.
    pub(in crate::ui) state: TakeState,
    /// Its place in the artist's order.
    pub(in crate::ui) rank: Option<u32>,
    /// What its pictures say in numbers.
    pub(in crate::ui) figures: String,
    /// How many near-duplicates lie folded beneath it.
    pub(in crate::ui) beneath: usize,
}

/// The lines that `query` asks for.
pub(super) fn lines_of(film: &Timeline, missing: &BTreeSet<Id>, query: &Query) -> Vec<Line> {
    let words = query.wanted.to_lowercase();
    let looker = Looker { film, missing, query, words: words.split_whitespace().collect() };
    let states = states_of(film);
    let mut entries: Vec<Entry> = Vec::new();
    if query.kinds != Kinds::Sounds && query.kinds != Kinds::Pictures {
        entries.extend(film.shots.iter().filter_map(|(id, shot)| looker.shot(*id, shot)));
    }
    if query.kinds != Kinds::Shots {
        let found = film
            .media
            .iter()
            .filter_map(|(id, media)| looker.media(*id, media, states.get(id).copied()));
        entries.extend(found);
    }
    entries.sort_by(|a, b| a.against(b, query.order));
    entries.into_iter().flat_map(|entry| std::iter::once(entry.line).chain(entry.takes)).collect()
}

/// The takes of a shot, a line each, the best first.
pub(super) fn takes_of(film: &Timeline, missing: &BTreeSet<Id>, shot: Id) -> Vec<Line> {
    let (query, words) = (&Query::default(), Vec::new());
    let looker = Looker { film, missing, query, words };
    let found = film.shots.get(&shot).into_iter();
    found.flat_map(|it| best_first(it).map(|take| looker.take(shot, it, take))).collect()
}

/// What is thought of media that are takes: the best of it, where one is a take of several shots.
fn states_of(film: &Timeline) -> BTreeMap<Id, TakeState> {
    let mut states: BTreeMap<Id, TakeState> = BTreeMap::new();
    for take in film.shots.values().flat_map(|shot| shot.takes.iter()) {
        let known = states.entry(take.media).or_insert(take.state);
        if worth(take.state) < worth(*known) {
            *known = take.state;
        }
    }
    states
}

/// A shot with the takes that are shown below it, or a media.
struct Entry {
    line: Line,
    takes: Vec<Line>,
    kind: usize,
    seconds: f64,
    worth: usize,
}

impl Entry {
    fn against(&self, other: &Self, order: Order) -> Ordering {
        let by_name = || self.line.name.to_lowercase().cmp(&other.line.name.to_lowercase());
        match order {
            Order::Film => Ordering::Equal,
            Order::Name => by_name(),
            Order::Kind => self.kind.cmp(&other.kind).then_with(by_name),
            Order::Length => other.seconds.total_cmp(&self.seconds),
            Order::Rating => self.worth.cmp(&other.worth).then_with(by_name),
        }
    }
}

/// The place of a rating, the best first.
const fn worth(state: TakeState) -> usize {
    match state {
        TakeState::Keep => 0,
        TakeState::Maybe => 1,
        TakeState::New => 2,
        TakeState::Reject => 3,
    }
}

const fn kind(media: &Media) -> usize {
    match media.kind {
        MediaKind::Video => 1,
        MediaKind::Sequence => 2,
        MediaKind::Still => 3,
        MediaKind::Sound => 4,
    }
}

struct Looker<'a> {
    film: &'a Timeline,
    missing: &'a BTreeSet<Id>,
    query: &'a Query,
    words: Vec<&'a str>,
}

impl Looker<'_> {
    fn has_words(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        self.words.iter().all(|word| text.contains(word))
    }

    fn is_rated(&self, state: TakeState) -> bool {
        self.query.rated.is_none_or(|wanted| wanted == state)
    }

    /// A shot whose own words are found, or those of one of its takes.
    fn shot(&self, id: Id, shot: &Shot) -> Option<Entry> {
        let name = if shot.name.is_empty() { id.to_string() } else { shot.name.clone() };
        let place = shot.place.and_then(|place| self.film.places.get(&place));
        let place = place.map_or("", |place| place.name.as_str());
        let is_meant = self.has_words(&format!("shot {name} {place} {}", shot.note));
        let rated = |take: &&Take| self.is_rated(take.state);
        let found = |take: &&Take| self.has_words(&self.words_of_take(&name, take));
        let is_missing = |take: &Take| self.missing.contains(&take.media);
        let takes: Vec<&Take> = best_first(shot).filter(rated).collect();
        let found: Vec<&Take> = takes.iter().copied().filter(found).collect();
        let is_wanted = is_meant || !found.is_empty();
        let is_lost = shot.takes.iter().any(is_missing);
        if !is_wanted || takes.is_empty() || (self.query.kinds == Kinds::Missing && !is_lost) {
            return None;
        }
        let is_unfolded = self.query.unfolded.contains(&id);
        let below = match (is_meant, is_unfolded) {
            (true, true) => takes,
            (true, false) => Vec::new(),
            (false, _) => found,
        };
        let chosen = shot.chosen();
        let media = chosen.map(|take| take.media);
        let line = Line {
            thing: Thing::Shot(id),
            media,
            about: about_shot(shot),
            name,
            is_missing: chosen.is_some_and(is_missing),
            is_chosen: false,
            state: chosen.map_or(TakeState::New, |take| take.state),
            rank: None,
            figures: String::new(),
            beneath: 0,
        };
        let seconds = media.and_then(|media| self.film.media.get(&media));
        Some(Entry {
            takes: below.into_iter().map(|take| self.take(id, shot, take)).collect(),
            kind: 0,
            seconds: seconds.map_or(0.0, |media| facts::seconds_of(media)),
            worth: shot.takes.iter().map(|take| worth(take.state)).min().unwrap_or(3),
            line,
        })
    }

    fn take(&self, id: Id, shot: &Shot, take: &Take) -> Line {
        let media = self.film.media.get(&take.media);
        let file = media.map_or_else(String::new, |media| facts::name_of(media).to_owned());
        let said = [take.reasons.join(" "), take.note.clone()];
        let said = said.iter().filter(|words| !words.is_empty());
        let note: String = said.flat_map(|words| [", ", words]).collect();
        Line {
            thing: Thing::Take { shot: id, take: take.id },
            media: Some(take.media),
            name: format!("take {}", take.id),
            about: format!("{file}{note}"),
            is_missing: self.missing.contains(&take.media),
            is_chosen: shot.take == take.id,
            state: take.state,
            rank: take.rank,
            figures: String::new(),
            beneath: 0,
        }
    }

    fn words_of_take(&self, shot: &str, take: &Take) -> String {
        let media = self.film.media.get(&take.media);
        let of_media = media.map_or_else(String::new, |media| words_of(media));
        let said = format!("{} {}", take.note, take.reasons.join(" "));
        format!("shot {shot} take {} {said} {of_media}", take.id)
    }

    fn media(&self, id: Id, media: &Media, state: Option<TakeState>) -> Option<Entry> {
        let is_missing = self.missing.contains(&id);
        let is_sound = media.kind == MediaKind::Sound;
        let is_kind = match self.query.kinds {
            Kinds::All => true,
            Kinds::Pictures => !is_sound,
            Kinds::Sounds => is_sound,
            Kinds::Missing => is_missing,
            Kinds::Shots => false,
        };
        let rating = state.unwrap_or_default();
        let is_rated = self.query.rated.is_none() || state.is_some_and(|it| self.is_rated(it));
        if !is_kind || !is_rated || !self.has_words(&words_of(media)) {
            return None;
        }
        let about = facts::words_of(media);
        let line = Line {
            thing: Thing::Media(id),
            media: Some(id),
            name: facts::name_of(media).to_owned(),
            about: if is_missing { format!("missing: {}", media.path) } else { about },
            is_missing,
            is_chosen: false,
            state: rating,
            rank: None,
            figures: String::new(),
            beneath: 0,
        };
        let seconds = facts::seconds_of(media);
        Some(Entry { line, takes: Vec::new(), kind: kind(media), seconds, worth: worth(rating) })
    }
}

/// All words that a media is found by.
fn words_of(media: &Media) -> String {
    let origin: Vec<&str> = media.origin.values().map(String::as_str).collect();
    let (name, kind) = (facts::name_of(media), facts::kind_of(media));
    format!("{name} {} {kind} {} {}", media.path, facts::words_of(media), origin.join(" "))
}

fn about_shot(shot: &Shot) -> String {
    let count = shot.takes.len();
    let of = |state| shot.takes.iter().filter(|take| take.state == state).count();
    let mut words = vec![format!("{count} take{}", if count == 1 { "" } else { "s" })];
    for (state, word) in [(TakeState::Keep, "to keep"), (TakeState::Maybe, "maybe")] {
        words.extend((of(state) > 0).then(|| format!("{} {word}", of(state))));
    }
    format!("shot, {}", words.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn film() -> Timeline {
        let path =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/before-morning/film.roomtone");
        let mut film = crate::project::open(&path).unwrap().0;
        let roofs = Id::parse("roofs-2").unwrap();
        let mut media = Media::clone(&film.media[&roofs]);
        media.origin.insert("prompt".into(), "tin roofs under a low Moon".into());
        media.origin.insert("seed".into(), "90210".into());
        film.media.insert(roofs, media.into());
        film
    }

    fn found(change: impl FnOnce(&mut Query)) -> Vec<String> {
        let mut query = Query::default();
        change(&mut query);
        let lines = lines_of(&film(), &BTreeSet::new(), &query);
        lines.into_iter().map(|line| line.name).collect()
    }

    #[test]
    fn a_take_is_found_by_its_prompt_and_seed() {
        for words in ["90210", "MOON tin", "under a low"] {
            let found = found(|query| query.wanted = words.into());
            assert_eq!(found, ["roofs", "take t2", "roofs-2.png"], "{words}");
        }
        assert!(found(|query| query.wanted = "90210 sun".into()).is_empty());
    }

    #[test]
    fn a_shot_unfolds_to_its_takes_and_a_rating_leaves_those_that_have_it() {
        let roofs = Id::parse("roofs").unwrap();
        let takes = |rated| {
            let all = found(|query| {
                (query.kinds, query.rated) = (Kinds::Shots, rated);
                query.unfolded.insert(roofs);
            });
            all.into_iter().filter(|name| name.starts_with("take")).collect::<Vec<_>>()
        };
        assert_eq!(takes(None).len(), 3);
        let film = film();
        for state in [TakeState::Keep, TakeState::Maybe, TakeState::Reject] {
            let has = film.shots[&roofs].takes.iter().filter(|take| take.state == state);
            assert_eq!(takes(Some(state)).len(), has.count(), "{state:?}");
        }
    }

    #[test]
    fn lines_stand_in_the_order_that_is_asked_for() {
        let by = |order| found(|query| (query.kinds, query.order) = (Kinds::Sounds, order));
        let mut names = by(Order::Film);
        names.sort_by_key(|name| name.to_lowercase());
        assert_eq!(by(Order::Name), names);
        let film = film();
        let length = |name: &String| {
            let media = film.media.values().find(|media| facts::name_of(media) == name);
            facts::seconds_of(media.unwrap())
        };
        assert!(by(Order::Length).windows(2).all(|pair| length(&pair[0]) >= length(&pair[1])));
        let kinds = found(|query| query.order = Order::Kind);
        assert!(kinds.first().is_some_and(|name| name == "curtain"), "{kinds:?}");
    }
}
