//! A line of premultiplied scene-linear light, channel by channel: kernels work on many pixels of one
//! channel at a time.

/// Pixels that a kernel takes at a time: lines are longer by two of these than what they show.
pub(super) const LANES: usize = 16;

/// Red, green, blue, alpha.
#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    pub(super) channels: [Vec<f32>; 4],
    length: usize,
}

impl Line {
    /// A line of `length` clear pixels.
    pub(super) fn new(length: usize) -> Self {
        let mut line = Self::default();
        line.set_length(length);
        line
    }

    /// How many pixels it shows.
    pub(super) const fn length(&self) -> usize {
        self.length
    }

    /// Makes it so long; what is in it is not defined.
    pub(super) fn set_length(&mut self, length: usize) {
        self.length = length;
        let held = length.next_multiple_of(LANES) + 2 * LANES;
        self.channels.iter_mut().for_each(|channel| channel.resize(held, 0.0));
    }

    /// What it shows.
    pub(super) fn shown(&self) -> [&[f32]; 4] {
        self.channels.each_ref().map(|channel| &channel[..self.length])
    }

    /// Like [`Self::shown`], to be changed.
    pub(super) fn shown_mut(&mut self) -> [&mut [f32]; 4] {
        self.channels.each_mut().map(|channel| &mut channel[..self.length])
    }

    /// Takes back what the filter's negative lobes did to alpha: below 0 there is none, above 1 the
    /// colour stays and alpha is 1.
    pub(super) fn hold_alpha(&mut self) {
        let [red, green, blue, alpha] = self.shown_mut();
        pulp::Arch::new().dispatch(
            #[inline(always)]
            || {
                for channel in [red, green, blue] {
                    for (value, alpha) in channel.iter_mut().zip(&*alpha) {
                        *value = held(*value, *alpha);
                    }
                }
                for alpha in alpha {
                    *alpha = alpha.clamp(0.0, 1.0);
                }
            },
        );
    }
}

#[expect(clippy::inline_always, reason = "it takes the features of the kernel around it")]
#[inline(always)]
fn held(value: f32, alpha: f32) -> f32 {
    let bright = if alpha > 1.0 { value / alpha } else { value };
    if alpha < 0.0 && value < 0.0 { 0.0 } else { bright }
}
