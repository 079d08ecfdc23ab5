//! The soft edge within a crop.

use super::composite::Placed;
use super::geometry::Geometry;
use super::homography::Homography;
use super::line::Line;

/// How the edges of a placed picture become soft.
#[derive(Debug)]
pub(super) struct Softness {
    way: Homography,
    window: [f64; 4],
    /// Pixels of the frame; 0 at a side that is not cut.
    widths: [f64; 4],
}

impl Softness {
    /// That of a placement; `None` where nothing of it is soft.
    pub(super) fn of(placed: &Placed, geometry: &Geometry) -> Option<Self> {
        let placement = &placed.placement;
        let widths = placement.crop.map(|cut| if cut > 0.0 { placement.crop_soft } else { 0.0 });
        if widths.iter().all(|width| *width <= 0.0) {
            return None;
        }
        let way = Homography::of(placed.shape(), geometry, placement)?;
        Some(Self { way, window: geometry.window, widths })
    }

    /// Softens a line of the frame that begins at column `start`.
    pub(super) fn soften(&self, y: usize, start: usize, line: &mut Line) {
        let parts: Vec<f32> = (0..line.length())
            .map(|x| self.part((start + x) as f64 + 0.5, y as f64 + 0.5))
            .collect();
        for channel in line.shown_mut() {
            channel.iter_mut().zip(&parts).for_each(|(value, part)| *value *= part);
        }
    }

    fn part(&self, x: f64, y: f64) -> f32 {
        let Some(spot) = self.way.at(x, y) else { return 0.0 };
        let inside = spot.within(self.window).into_iter().zip(self.widths);
        let parts = inside.filter(|(_, width)| *width > 0.0).map(|(inside, width)| {
            let part = (inside / width).clamp(0.0, 1.0);
            part * part * (3.0 - 2.0 * part)
        });
        parts.product::<f64>() as f32
    }
}
