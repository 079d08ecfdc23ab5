//! What an editor has in hand: the film, what is chosen, where the playhead stands, what was said.
//!
//! Nothing here draws. Commands and panels ask for its methods; tests do the same without a window.

mod adjusting;
mod audition;
mod browsing;
mod bypass;
mod choosing;
mod clipboard;
mod deliveries;
mod device;
mod duel;
mod editing;
mod extent;
mod facts;
mod faults;
mod film;
mod foley;
mod gesture;
mod grading;
mod handles;
mod keyed;
mod known;
mod layering;
mod laying;
mod lines;
mod markers;
mod marking;
mod masking;
mod media;
mod mending;
mod mixing;
mod naming;
mod notices;
mod outlines;
mod places;
mod player;
mod playing;
mod proof;
mod ranging;
mod repairing;
mod rides;
mod saving;
mod selection;
mod shading;
mod sheet;
mod source;
mod spread;
mod stand_ins;
mod stills;
mod survey;
mod takes;
mod titling;
mod tool;
mod tracking;
mod tracks;
mod values;
mod view;
mod viewing;
mod wake;

pub(super) use browsing::{Browsing, Kinds, Order};
pub(super) use deliveries::{Delivery, IfThere, Part, State};
pub(super) use device::Service;
pub(super) use extent::span_of;
pub(super) use facts::facts_of;
pub(super) use faults::FaultSeen;
pub(super) use film::Film;
pub(super) use gesture::Grip;
pub(super) use handles::{Dilemma, Wish};
pub(super) use keyed::{ChosenKeys, Opened};
pub(super) use known::{Known, Section};
pub(super) use layering::LayerSeen;
pub(super) use lines::{Line, Thing};
pub(super) use markers::Draft;
pub(super) use masking::MaskOf;
pub(super) use mending::Remedying;
pub(super) use mixing::Channel;
pub(super) use notices::{Notices, Weight};
pub(super) use places::Part as PlacePart;
pub(super) use playing::MANY;
pub(super) use proof::{Proof, TIMES};
pub(super) use repairing::{Begun, Brush, Drawn, Holding, Lasting, Origin, Repair, RepairOf};
pub(super) use selection::{Other, Selection};
pub(super) use sheet::How;
pub(super) use source::{Viewed, frame_at};
pub(super) use spread::{Laid, Spread};
pub(super) use tool::Tool;
pub(super) use tracking::Towards;
pub(super) use tracks::Renaming;
pub(super) use values::{EASES, Keys};
pub(super) use view::View;
pub(super) use viewing::{Mode, Overlay, Sight, Viewer, Viewing};
pub(super) use wake::Wake;

use super::command::Keymap;
use super::page::Page;
use crate::edit::Edge;
use audition::Audition;
use clipboard::Clipboard;
use outlines::Outlines;
use player::Player;
use std::collections::BTreeSet;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;
use timeline_format::track::TrackKind;
use timeline_format::{Clip, Cut, Id, Sequence};

/// A question that the window asks in front of everything else.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Question {
    /// Which film to open.
    Open,
    /// Where a new film goes.
    New,
    /// Under which name to save.
    SaveAs,
    /// Which media to bring in.
    Import,
    /// Where to look for media that are not where the film says.
    Relink,
    /// Which file a value of this name is to name, of these endings.
    File(String, Vec<crate::edit::Automated>, &'static [&'static str]),
    /// Which moment to go to.
    Timecode(String),
    /// How long the chosen clips are to be.
    Length(String),
    /// How fast the chosen clips are to be.
    Speed(String),
    /// What the chosen clips are to be called.
    Name(String),
    /// What to do where a transition lacks frames.
    Handles(Box<Dilemma>),
    /// What a generator is asked for, to be handed on.
    Orders(String),
    /// What a marker is to say.
    Marker(Box<Draft>),
    /// Any command by its name.
    Palette(String),
    /// What the keys do.
    Keys,
    /// Whether to save before the window closes.
    Close,
}

impl Question {
    /// Whether every key is for it, and none for a command.
    pub(super) const fn takes_keys(&self) -> bool {
        matches!(
            self,
            Self::Palette(_)
                | Self::Timecode(_)
                | Self::Handles(_)
                | Self::Orders(_)
                | Self::Marker(_)
        )
    }
}

/// What an editor has in hand.
#[derive(Debug)]
pub(super) struct Desk {
    film: Option<Film>,
    player: Option<Player>,
    audition: Option<Audition>,
    clipboard: Clipboard,
    outlines: Outlines,
    spreads: spread::Spreads,
    looking: Vec<media::Looking>,
    searches: Vec<media::Search>,
    missing: BTreeSet<Id>,
    deliveries: Vec<Delivery>,
    minding: stand_ins::Minding,
    rides: rides::Rides,
    surveys: survey::Surveys,
    gallery: stills::Gallery,
    inspections: faults::Inspections,
    proofs: proof::Proofs,
    trackings: tracking::Trackings,
    stays: places::Stays,
    /// Ids that the last edit made.
    made: Vec<Id>,
    /// What has a control in hand.
    grip: Grip,
    /// The range that is being drawn out by the keyboard.
    range: Option<ranging::Range>,
    /// What is chosen on the timeline.
    pub(super) selection: Selection,
    /// What has its lanes of keyframes open.
    opened: Option<keyed::Owner>,
    /// Whether such lanes are opened.
    pub(super) shows_keys: bool,
    /// The keyframes that are chosen.
    pub(super) chosen_keys: ChosenKeys,
    /// The place that is shown on the sound page; none: that of the playhead.
    pub(super) chosen_place: Option<Id>,
    /// The captions that are written; none are the first of the film.
    pub(super) chosen_captions: Option<Id>,
    /// The tracks that commands work on.
    pub(super) targets: BTreeSet<Id>,
    /// What the source viewer shows.
    pub(super) source: Option<Viewed>,
    /// What the viewers show, and how.
    pub(super) viewing: Viewing,
    /// The shot and take that were taken up last in the browser.
    pub(super) take: Option<(Id, Id)>,
    /// What the browser shows, and how.
    pub(super) browsing: Browsing,
    /// What the sheet of takes shows, and how.
    pub(super) sheet: sheet::Sheet,
    /// Whether the timeline is to have the keys.
    pub(super) asks_for_keys: bool,
    /// The track that is being given another name.
    pub(super) renaming: Option<Renaming>,
    /// The brush that repairs are laid with.
    pub(super) brush: Brush,
    /// The tool in hand.
    pub(super) tool: Tool,
    /// Whether drags snap.
    pub(super) snapping: bool,
    /// Whether linked clips are chosen and edited together.
    pub(super) linked: bool,
    /// The part of the timeline that is seen.
    pub(super) view: View,
    /// What was said.
    pub(super) notices: Notices,
    /// The page that is shown.
    pub(super) page: Page,
    /// Which keys ask for what.
    pub(super) keymap: &'static Keymap,
    /// The question that waits for an answer.
    pub(super) question: Option<Question>,
    /// Whether the picture fills the screen.
    pub(super) is_full_screen: bool,
    /// How large text is, 1 being usual.
    pub(super) text_scale: f32,
    /// Whether the window is to close.
    pub(super) is_leaving: bool,
    /// Called from other threads when there is something new to show.
    wake: Wake,
    /// Makes the devices that films are heard at.
    device: fn() -> Box<dyn crate::sound::device::Device>,
    /// Bytes that the pictures of films may take.
    budget: usize,
}

impl Desk {
    /// An empty desk. `wake` is called from other threads when there is something new to show; pictures of
    /// films may take `budget` bytes.
    pub(super) fn new(
        wake: Wake,
        (device, budget): (fn() -> Box<dyn crate::sound::device::Device>, usize),
    ) -> Self {
        Self {
            film: None,
            player: None,
            audition: None,
            clipboard: Clipboard::default(),
            outlines: Outlines::start(wake.clone()),
            spreads: spread::Spreads::default(),
            looking: Vec::new(),
            searches: Vec::new(),
            missing: BTreeSet::new(),
            deliveries: Vec::new(),
            minding: stand_ins::Minding::default(),
            rides: rides::Rides::default(),
            surveys: survey::Surveys::default(),
            gallery: stills::Gallery::default(),
            inspections: faults::Inspections::default(),
            proofs: proof::Proofs::default(),
            trackings: tracking::Trackings::default(),
            stays: places::Stays::default(),
            chosen_place: None,
            chosen_captions: None,
            made: Vec::new(),
            grip: Grip::default(),
            range: None,
            selection: Selection::default(),
            opened: None,
            shows_keys: true,
            chosen_keys: ChosenKeys::new(),
            targets: BTreeSet::new(),
            source: None,
            viewing: Viewing::default(),
            take: None,
            browsing: Browsing::default(),
            sheet: sheet::Sheet::default(),
            asks_for_keys: false,
            renaming: None,
            brush: Brush::default(),
            tool: Tool::Select,
            snapping: true,
            linked: true,
            view: View::default(),
            notices: Notices::default(),
            page: Page::Edit,
            keymap: Keymap::called(""),
            question: None,
            is_full_screen: false,
            text_scale: 1.0,
            is_leaving: false,
            wake,
            device,
            budget,
        }
    }

    /// Opens the film at `path` in place of what is open.
    pub(super) fn open(&mut self, path: &Path) {
        match Film::open(path) {
            Ok((film, said)) => {
                self.take(film);
                said.into_iter().for_each(|words| self.notices.trouble(words));
            }
            Err(error) => self.notices.trouble(error),
        }
    }

    /// Lays a film on the desk.
    pub(super) fn take(&mut self, film: Film) {
        for problem in film.problems() {
            self.notices.note(problem);
        }
        self.selection.clear();
        (self.source, self.audition, self.take) = (None, None, None);
        self.renaming = None;
        self.forget_repairs();
        (self.gallery, self.viewing.still) = (stills::Gallery::default(), None);
        self.focus_on(Viewer::Program);
        self.browsing.query.unfolded.clear();
        self.view = View::default();
        self.targets = tracks::usual_targets(film.sequence());
        self.player = self.player_for(&film);
        self.lead_stand_ins();
        self.film = Some(film);
        self.look_for_missing();
    }

    /// The film that is open.
    pub(super) const fn film(&self) -> Option<&Film> {
        self.film.as_ref()
    }

    /// The sequence that is cut.
    pub(super) fn sequence(&self) -> Option<&Arc<Sequence>> {
        self.film.as_ref()?.sequence()
    }

    /// A clip of the sequence.
    pub(super) fn clip(&self, id: Id) -> Option<&Clip> {
        self.sequence()?.clip(id)
    }

    /// The frames that a clip of a sequential track covers.
    pub(super) fn span_of(&self, id: Id) -> Option<Range<i64>> {
        span_of(self.sequence()?, id)
    }

    /// The clip of the uppermost targeted picture track at the playhead, else of any targeted track.
    pub(super) fn clip_at_playhead(&self) -> Option<Id> {
        self.clip_span_at_playhead().map(|(clip, _)| clip)
    }

    fn clip_span_at_playhead(&self) -> Option<(Id, Range<i64>)> {
        let sequence = self.sequence()?;
        let at = self.position();
        let targeted = || sequence.tracks.iter().rev().filter(|it| self.targets.contains(&it.id));
        let of_kind = |kind| targeted().filter(move |track| track.header.kind == kind);
        let mut tracks = of_kind(TrackKind::Picture).chain(of_kind(TrackKind::Sound));
        tracks.find_map(|track| {
            let reel = track.reel()?;
            let (index, start) = reel.at(at)?;
            let item = reel.get(index).filter(|item| !item.is_gap())?;
            Some((item.id, start..start + item.length))
        })
    }

    /// What has to be done after the film has changed in any way.
    fn film_changed(&mut self) {
        let Some(film) = self.film().map(|film| film.now().clone()) else { return };
        let Some(sequence) = film.main() else { return };
        self.selection.keep_to(sequence);
        self.targets.retain(|track| sequence.track(*track).is_some());
        self.keep_to_keys(&film);
        self.play_edited();
        self.mind_source();
    }
}

/// The side of a cut that it is named by in edits: the clip behind it, else the one ahead.
fn side_of(cut: Cut) -> (Option<Id>, Edge) {
    match cut {
        Cut { to: Some(clip), .. } => (Some(clip), Edge::Head),
        Cut { from, .. } => (from, Edge::Tail),
    }
}
