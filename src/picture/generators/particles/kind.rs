//! What dust, snow, rain, embers and smoke are like: sizes in pixels of a picture of 1080 lines, times in seconds.

/// What particles of a kind are like.
#[derive(Debug)]
pub(super) struct Nature {
    /// How many there are at a time.
    pub(super) count: f64,
    /// How long one lives, at least and at most.
    pub(super) life: [f64; 2],
    /// Its radius, at least and at most.
    pub(super) radius: [f64; 2],
    /// How much of its radius it gains over its life.
    pub(super) growth: f64,
    /// Pixels a second, right and down.
    pub(super) velocity: [f64; 2],
    /// How unlike each other their velocities are, right and down.
    pub(super) spread: [f64; 2],
    /// What is added to a velocity in a second.
    pub(super) gravity: f64,
    /// How far it swings, and how often a second.
    pub(super) swing: (f64, f64),
    /// Where they begin, in parts of the picture: left, top, right, bottom.
    pub(super) from: [f64; 4],
    /// Light, red, green and blue.
    pub(super) colour: [f32; 3],
    /// How much of what is behind one hides.
    pub(super) cover: f32,
    /// Parts of its life in which it comes and goes.
    pub(super) fades: [f64; 2],
    /// How it is drawn.
    pub(super) sprite: Sprite,
}

/// How a particle is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sprite {
    /// A soft disc.
    Disc,
    /// Light that is added, with a halo.
    Spark,
    /// A torn cloud.
    Puff,
}

const DUST: Nature = Nature {
    count: 260.0,
    life: [5.0, 12.0],
    radius: [1.5, 5.0],
    growth: 0.0,
    velocity: [4.0, 3.0],
    spread: [14.0, 10.0],
    gravity: 0.0,
    swing: (18.0, 0.15),
    from: [-0.1, -0.1, 1.1, 1.1],
    colour: [0.9, 0.82, 0.68],
    cover: 0.5,
    fades: [0.25, 0.25],
    sprite: Sprite::Disc,
};

const SNOW: Nature = Nature {
    count: 700.0,
    life: [9.0, 14.0],
    radius: [2.0, 5.0],
    growth: 0.0,
    velocity: [10.0, 150.0],
    spread: [25.0, 30.0],
    gravity: 0.0,
    swing: (26.0, 0.25),
    from: [-0.3, -0.6, 1.3, 0.9],
    colour: [0.92, 0.94, 1.0],
    cover: 0.85,
    fades: [0.05, 0.05],
    sprite: Sprite::Disc,
};

const RAIN: Nature = Nature {
    count: 900.0,
    life: [0.7, 1.1],
    radius: [0.7, 1.3],
    growth: 0.0,
    velocity: [60.0, 1900.0],
    spread: [20.0, 200.0],
    gravity: 300.0,
    swing: (0.0, 0.0),
    from: [-0.2, -1.2, 1.2, 0.4],
    colour: [0.62, 0.68, 0.75],
    cover: 4.0,
    fades: [0.02, 0.02],
    sprite: Sprite::Disc,
};

const EMBERS: Nature = Nature {
    count: 160.0,
    life: [1.5, 4.0],
    radius: [1.6, 3.6],
    growth: -0.4,
    velocity: [0.0, -170.0],
    spread: [70.0, 70.0],
    gravity: -25.0,
    swing: (30.0, 0.6),
    from: [0.0, 0.85, 1.0, 1.1],
    colour: [3.2, 0.95, 0.16],
    cover: 1.0,
    fades: [0.05, 0.6],
    sprite: Sprite::Spark,
};

const SMOKE: Nature = Nature {
    count: 70.0,
    life: [4.0, 8.0],
    radius: [70.0, 140.0],
    growth: 1.6,
    velocity: [12.0, -75.0],
    spread: [25.0, 25.0],
    gravity: -4.0,
    swing: (24.0, 0.12),
    from: [0.3, 0.9, 0.7, 1.15],
    colour: [0.16, 0.16, 0.17],
    cover: 0.3,
    fades: [0.2, 0.6],
    sprite: Sprite::Puff,
};

/// The nature of a kind.
pub(super) fn named(kind: &str) -> &'static Nature {
    match kind {
        "snow" => &SNOW,
        "rain" => &RAIN,
        "embers" => &EMBERS,
        "smoke" => &SMOKE,
        _ => &DUST,
    }
}
