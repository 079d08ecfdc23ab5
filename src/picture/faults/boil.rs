//! Boil: texture that does not go along with what it lies on.

use super::glide::Glide;
use super::{Find, Finder, Search, Sight};

pub(super) const FINDER: Finder = Finder {
    id: "boil",
    label: "Boil",
    help: "Texture that changes from frame to frame: what remains once movement is taken out, between deviations of 1.2 and 4 pixels of 640, root mean square.",
    unit: "of white",
    wrong: "Water, smoke, leaves in wind, rain and coarse grain are taken for it.",
    proven: "Of 6 films each: 6 at 3, 4 and 6 codes.",
    repair: "denoise_time",
    search: |limits| {
        Box::new(Boil { part: limits.of("boil", "part"), glide: Glide::new((Some(4.0), 1.2)) })
    },
};

struct Boil {
    part: f64,
    glide: Glide,
}

impl Search for Boil {
    fn see(&mut self, sight: &Sight<'_>) {
        self.glide.see(sight);
    }

    fn found(self: Box<Self>, _: f64) -> Vec<Find> {
        let finds = self.glide.found("boil", self.part);
        finds.into_iter().map(|find| find.mended("denoise_time", &[]).there_only()).collect()
    }
}
