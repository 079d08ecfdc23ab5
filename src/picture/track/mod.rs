//! Tracking: where a point, or a plane, of a picture has gone in those that follow, so that masks, repairs and other
//! pictures go with it.
//!
//! Pure: pictures go by, places come out, the same on any number of threads.

mod carried;
mod corners;
mod plane;
mod point;
mod pyramid;
mod region;
mod steadied;
mod steady;
mod window;

pub use carried::{carried, moves};
pub use plane::{Freedom, Plane};
pub use point::{PointTracker, Spot};
pub use region::{Lain, RegionTracker};
pub use steadied::{Placed, followed, pinned, steadied};
pub use steady::{Edges, Steady, Steadying, steady};
