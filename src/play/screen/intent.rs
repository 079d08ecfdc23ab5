//! What the hand is about to do.

/// Why a frame is asked for: what is decoded ahead follows from it.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Intent {
    /// The film stands at the frame.
    #[default]
    Rest,
    /// A hand drags along the film.
    Drag {
        /// Frames a second; negative is backwards.
        speed: f64,
    },
    /// The film plays.
    Play {
        /// Times its own speed; negative is backwards.
        speed: f64,
    },
}

impl Intent {
    /// 1 forwards, -1 backwards, 0 where it stands.
    pub fn direction(self) -> i64 {
        match self {
            Self::Rest => 0,
            Self::Drag { speed } | Self::Play { speed } => {
                if speed < 0.0 {
                    -1
                } else {
                    1
                }
            }
        }
    }

    /// Frames from one refresh of a window to the next, at least 1, for a film of so many frames a
    /// second.
    pub(super) fn stride(self, rate: f64) -> i64 {
        let speed = match self {
            Self::Rest => 0.0,
            Self::Drag { speed } => speed,
            Self::Play { speed } => speed * rate,
        };
        ((speed.abs() / REFRESHES).round() as i64).clamp(1, 1000)
    }
}

/// How often a window is drawn anew in a second.
const REFRESHES: f64 = 60.0;
