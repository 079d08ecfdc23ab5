//! Going after a frame of a video one decoded frame at a time, so that who asks may think again in
//! between; and the picture of a key frame at once.

use crate::ffmpeg::{self, Frame, Kind, Speed};
use crate::media::Error;
use crate::media::video::Video;
use crate::signal::Image;
use std::sync::Arc;

/// How many key frames before the nearest decoding starts, try after try: a damaged stream may need it.
const KEYS_BEFORE: [usize; 4] = [0, 1, 3, usize::MAX];

/// What is wanted of a pursuit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pursuit {
    /// The frame that ends it.
    pub to: i64,
    /// Of the frames from here on every one is decoded; before, those that others lean on.
    pub whole_from: i64,
    /// Frames from here on are handed out as they come.
    pub keep_from: i64,
}

impl Pursuit {
    /// The frame alone.
    pub const fn of(frame: i64) -> Self {
        Self { to: frame, whole_from: frame, keep_from: frame }
    }
}

/// A pursuit that is under way.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sought {
    pursuit: Pursuit,
    /// How often decoding started anew for it.
    landings: usize,
    /// Whether the frame did not come from where decoding started last.
    is_lost: bool,
}

impl Video {
    /// How many frames are decoded on the way that `pursuit` is, and whether that goes on from where
    /// decoding stands: it is under way, or starts behind what came last.
    pub(super) fn way_to(&self, pursuit: Pursuit) -> (i64, bool) {
        let from = usize::try_from(pursuit.whole_from.min(pursuit.to)).unwrap_or(0);
        let same = self.sought.is_some_and(|sought| sought.pursuit == pursuit && !sought.is_lost);
        if same || self.can_run_on(from) {
            let next = self.highest.map_or(0, |highest| highest as i64 + 1);
            return ((pursuit.to - next).max(0), true);
        }
        let first = self.index.landing(from, 0).packet;
        let last = usize::try_from(pursuit.to).ok().and_then(|to| self.index.packet_of(to));
        (last.unwrap_or(first).saturating_sub(first) as i64, false)
    }

    fn can_run_on(&self, from: usize) -> bool {
        let near = self.next != usize::MAX && self.index.landing(from, 0).packet <= self.next;
        near && self.highest.is_some_and(|highest| from > highest)
    }

    /// Decodes one frame on the way to `pursuit.to`, and hands it to `take` if it is wanted. True when
    /// that frame has come.
    pub(super) fn step(
        &mut self,
        pursuit: Pursuit,
        take: &mut dyn FnMut(i64, Arc<Image>),
    ) -> Result<bool, Error> {
        let stepped = self.stand(pursuit).and_then(|()| self.advance_by_one(pursuit, take));
        let came = stepped.map_err(|error| Error::said(&self.path, &error))?;
        match came {
            Some(number) if number < pursuit.to => Ok(false),
            Some(number) if number == pursuit.to => {
                self.sought = None;
                Ok(true)
            }
            _ => self.try_again(pursuit),
        }
    }

    /// Goes where decoding starts, unless it is under way or goes on from where it stands.
    fn stand(&mut self, pursuit: Pursuit) -> Result<(), ffmpeg::Error> {
        let before = self.sought.filter(|sought| sought.pursuit == pursuit);
        let from = usize::try_from(pursuit.whole_from.min(pursuit.to)).unwrap_or(0);
        let landings = match before {
            Some(sought) if !sought.is_lost => return Ok(()),
            Some(sought) => sought.landings,
            None if self.can_run_on(from) => {
                self.sought = Some(Sought { pursuit, landings: 0, is_lost: false });
                return Ok(());
            }
            None => 0,
        };
        self.asked = None;
        self.land(from, KEYS_BEFORE[landings.min(KEYS_BEFORE.len() - 1)])?;
        self.sought = Some(Sought { pursuit, landings: landings + 1, is_lost: false });
        Ok(())
    }

    fn advance_by_one(
        &mut self,
        pursuit: Pursuit,
        take: &mut dyn FnMut(i64, Arc<Image>),
    ) -> Result<Option<i64>, ffmpeg::Error> {
        let skip_before = self.index.time(usize::try_from(pursuit.whole_from).unwrap_or(0));
        let Some(frame) = self.next_frame(skip_before)? else { return Ok(None) };
        let number = self.number(&frame);
        if let Some(number) = number
            && number as i64 >= pursuit.keep_from
        {
            take(number as i64, self.image_of(frame)?);
        }
        let number = number.or(self.highest).map_or(-1, |number| number as i64);
        Ok(Some(number))
    }

    /// After the frame did not come: the next try starts earlier, until there is none.
    fn try_again(&mut self, pursuit: Pursuit) -> Result<bool, Error> {
        let landings = self.sought.map_or(0, |sought| sought.landings);
        let (n, count) = (pursuit.to, self.index.count());
        if landings >= KEYS_BEFORE.len() || n >= count as i64 {
            self.sought = None;
            return Err(Error::new(&self.path, format!("frame {n} of {count} cannot be decoded")));
        }
        self.sought = Some(Sought { pursuit, landings, is_lost: true });
        Ok(false)
    }

    fn image_of(&mut self, frame: Frame) -> Result<Arc<Image>, ffmpeg::Error> {
        self.said = (frame.fields(), frame.tags());
        Ok(Arc::new(frame.into_image(Kind::Video)?))
    }

    /// The picture of the key frame from which frame `n` is decoded, and its number: that packet alone
    /// is decoded.
    pub(super) fn key_picture(&mut self, n: usize) -> Result<Option<(i64, Arc<Image>)>, Error> {
        let found = self.decode_key(n);
        self.reset();
        (self.drained, self.asked, self.sought) = (true, None, None);
        found.map_err(|error| Error::said(&self.path, &error))
    }

    fn decode_key(&mut self, n: usize) -> Result<Option<(i64, Arc<Image>)>, ffmpeg::Error> {
        self.land(n, 0)?;
        if !self.pending && !self.fetch()? {
            return Ok(None);
        }
        self.decoder.set_speed(Speed::All);
        self.decoder.send(Some(&self.packet))?;
        self.decoder.send(None)?;
        let Some(frame) = self.decoder.receive()? else { return Ok(None) };
        let Some(number) = self.number(&frame) else { return Ok(None) };
        Ok(Some((number as i64, self.image_of(frame)?)))
    }
}
