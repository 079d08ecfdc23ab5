//! Playing with no clock: every frame and every sample of a range of a film, as a delivery takes
//! them.

use super::ahead::{Ahead, MOMENTS};
use super::copies::{Copied, Copies};
use super::listen::Listener;
use super::metered::Metered;
use super::plans::Plans;
use super::programme::{Failed, Programme};
use super::shelf::{Shelf, Unread};
use crate::media::coded::Coding;
use crate::picture::{Plan, Renderer};
use crate::signal::{Colour, Image, PixelFormat, Samples};
use crate::sound::{Bounce, Mix, Stem};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use timeline_format::mix::Layout;
use timeline_format::sequence::Raster;
use timeline_format::{Id, Rate, Sequence, Timeline};

/// Bytes that prepared pictures may take while a film is rendered: two of the film's size in floats,
/// as generators and nested sequences are prepared.
const fn prepared_bytes(raster: Raster) -> usize {
    raster.width as usize * raster.height as usize * 16 * 2 + (1 << 16)
}

/// A range of a film's main sequence, rendered front to back or frame by frame.
#[derive(Debug)]
pub struct Offline {
    timeline: Arc<Timeline>,
    folder: PathBuf,
    main: Id,
    sequence: Arc<Sequence>,
    range: Range<i64>,
    shelf: Arc<Shelf>,
    ahead: Ahead,
    expected: Vec<(Id, i64)>,
    renderer: Renderer,
    plans: Plans,
    made: Option<(u128, Arc<Image>)>,
    form: Option<(PixelFormat, Colour)>,
    copies: Option<Copies>,
    mix: Option<Bounce>,
    stem: Option<Stem>,
    metered: Metered,
    unread: Unread,
}

impl Offline {
    /// Frames `range` of the main sequence of `timeline`, whose document lies in `folder`.
    pub fn open(
        timeline: &Arc<Timeline>,
        folder: &Path,
        range: Range<i64>,
    ) -> Result<Self, Failed> {
        let main = timeline.settings.main;
        let sequence = timeline.main().map(Arc::clone);
        let sequence = sequence.ok_or_else(|| Failed("the film has no main sequence".into()))?;
        let unread = Unread::default();
        let prepared = prepared_bytes(timeline.raster_of(&sequence));
        let shelf = Arc::new(Shelf::new(Arc::clone(timeline), folder, unread.clone()));
        Ok(Self {
            timeline: Arc::clone(timeline),
            folder: folder.to_owned(),
            main,
            sequence,
            range,
            ahead: Ahead::start(&shelf),
            expected: Vec::new(),
            plans: Plans::new(timeline, main, &shelf),
            shelf,
            renderer: Renderer::new(prepared).shared(),
            made: None,
            form: None,
            copies: None,
            mix: None,
            stem: None,
            metered: Metered::default(),
            unread,
        })
    }

    /// The same, with the sound of one stem alone.
    pub fn of_stem(
        timeline: &Arc<Timeline>,
        folder: &Path,
        range: Range<i64>,
        stem: Stem,
    ) -> Result<Self, Failed> {
        let whole = Self::open(timeline, folder, range)?;
        Ok(Self { stem: Some(stem), ..whole })
    }

    /// A handle on the list of what could not be read, which stays good while the film is rendered.
    pub fn unread_list(&self) -> Unread {
        self.unread.clone()
    }

    /// The meters of its mix, which stay good while the film is rendered and afterwards.
    pub fn metered(&self) -> Metered {
        self.metered.clone()
    }

    /// What could not be read so far, one line a media.
    pub fn unread(&self) -> Vec<String> {
        self.unread.lines()
    }

    /// Has the media of a frame to come read, where it does not follow from what is read now.
    fn look_ahead(&mut self, frame: i64, reading: &[(Id, i64)]) {
        let place = self.range.start + frame + MOMENTS;
        if place >= self.range.end {
            return;
        }
        let plans = &mut self.plans;
        if self.copies.as_mut().is_some_and(|copies| copies.covers(place, plans)) {
            self.expected.clear();
            return;
        }
        let needs = plans.at(place).needs();
        for (media, at) in &needs {
            let follows =
                |(known, last): &(Id, i64)| known == media && (0..=4).contains(&(at - last));
            let is_busy = reading.iter().any(|(known, _)| known == media);
            if !is_busy && !self.expected.iter().any(follows) {
                self.ahead.want(*media, *at);
            }
        }
        self.expected = needs;
    }

    /// Has the media of the first moment read side by side: the lowest by another thread while this one reads the highest.
    fn read_at_once(&self, needs: &[(Id, i64)]) {
        let Some((_highest, others)) = needs.split_last() else { return };
        others.iter().for_each(|(media, frame)| self.ahead.want(*media, *frame));
    }

    /// The first sample of the range, in the sequence.
    fn first_sample(&self) -> i64 {
        self.sequence.header.rate.sample_of(self.range.start, self.sample_rate())
    }

    /// The mix, at the first sample of the range.
    fn open_mix(&self) -> Result<Bounce, Failed> {
        let listener = Listener::new(Arc::clone(&self.timeline), &self.folder, self.unread.clone());
        let (film, layout) = (&self.timeline, self.layout());
        let (mix, problems) = match self.stem {
            None => Mix::new(film, self.main, &listener, layout),
            Some(stem) => Mix::stem(film, self.main, &listener, layout, stem),
        };
        self.metered.show(mix.gauges());
        for (number, problem) in problems.iter().enumerate() {
            let id = Id::parse(&format!("mix-{number}")).unwrap_or(self.main);
            self.unread.tell(id, || problem.to_string());
        }
        Bounce::start(mix, self.first_sample())
            .map_err(|error| Failed(format!("start a thread that reads sound: {error}")))
    }

    /// The plan of a frame of the range.
    fn plan(&mut self, frame: i64) -> Arc<Plan> {
        self.plans.at(self.range.start + frame)
    }
}

impl Programme for Offline {
    fn length(&self) -> i64 {
        self.range.end - self.range.start
    }

    fn rate(&self) -> Rate {
        self.sequence.header.rate
    }

    fn start(&self) -> i64 {
        self.sequence.header.start + self.range.start
    }

    fn raster(&self) -> Raster {
        self.timeline.raster_of(&self.sequence)
    }

    fn sample_rate(&self) -> u32 {
        self.timeline.settings.sound
    }

    fn layout(&self) -> Layout {
        let main_bus = self.sequence.buses.values().find(|bus| bus.strip.output.is_none());
        main_bus.map_or(Layout::Stereo, |bus| bus.layout)
    }

    fn samples(&self) -> i64 {
        let end = self.sequence.header.rate.sample_of(self.range.end, self.sample_rate());
        end - self.first_sample()
    }

    fn key(&mut self, frame: i64) -> u128 {
        self.plan(frame).key().0
    }

    fn lasting(&mut self, frame: i64) -> Option<u128> {
        let plan = self.plan(frame);
        let mut hasher = blake3::Hasher::new();
        hasher.update(&plan.key().0.to_le_bytes());
        for (media, at) in plan.needs() {
            let (size, changed) = self.shelf.edition(media, at)?;
            hasher.update(&size.to_le_bytes());
            hasher.update(&changed.to_le_bytes());
        }
        let mut half = [0; 16];
        half.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
        Some(u128::from_le_bytes(half))
    }

    fn prefer(&mut self, format: PixelFormat, colour: Colour) {
        self.form = Some((format, colour));
    }

    fn offer(&mut self, coding: Coding) {
        self.copies = Some(Copies::new(coding, &self.range));
    }

    fn copied(&mut self, frame: i64) -> Option<Copied> {
        let copies = self.copies.as_mut()?;
        let copied = copies.take(self.range.start + frame, &mut self.plans)?;
        for step in 0..copied.pictures.len() as i64 {
            self.shelf.next_moment();
            self.look_ahead(frame + step, &[]);
        }
        Some(copied)
    }

    fn picture(&mut self, frame: i64) -> Result<Arc<Image>, Failed> {
        let plan = self.plan(frame);
        let key = plan.key().0;
        if let Some((made, image)) = &self.made
            && *made == key
        {
            return Ok(Arc::clone(image));
        }
        self.shelf.next_moment();
        self.plans.pass(self.range.start + frame);
        let needs = plan.needs();
        if self.made.is_none() {
            self.read_at_once(&needs);
        }
        self.look_ahead(frame, &needs);
        let image = self.renderer.render_as(&plan, &*self.shelf, self.form);
        self.made = Some((key, Arc::clone(&image)));
        Ok(image)
    }

    fn sound(&mut self, out: &mut Samples) -> Result<(), Failed> {
        let mut mix = match self.mix.take() {
            Some(mix) => mix,
            None => self.open_mix()?,
        };
        let heard = mix.render(out).map_err(|panic| Failed(panic.to_string()));
        self.mix = Some(mix);
        heard
    }
}
