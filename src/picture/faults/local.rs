//! Local flicker: the light of places trembles, while the whole stays as it is.

use super::glide::Glide;
use super::{Find, Finder, Search, Sight};

pub(super) const FINDER: Finder = Finder {
    id: "local",
    label: "Local flicker",
    help: "The light of places trembles: what remains from frame to frame once movement and the light of the whole are taken out, coarser than a deviation of 12 pixels of 640, root mean square.",
    unit: "of white",
    wrong: "Water, fire, shadows of leaves and lamps that move through the picture are taken for it.",
    proven: "Of 6 films each: 5, 6 and 6 at 2, 3 and 5 %.",
    repair: "deflicker",
    search: |limits| {
        Box::new(Local { part: limits.of("local", "part"), glide: Glide::new((None, 12.0)) })
    },
};

struct Local {
    part: f64,
    glide: Glide,
}

impl Search for Local {
    fn see(&mut self, sight: &Sight<'_>) {
        self.glide.see(sight);
    }

    fn found(self: Box<Self>, _: f64) -> Vec<Find> {
        let finds = self.glide.found("local", self.part);
        finds.into_iter().map(|find| find.mended("deflicker", &[]).there_only()).collect()
    }
}
