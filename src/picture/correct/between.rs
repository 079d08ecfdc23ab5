//! A frame made of its neighbours: everything is fetched from before and after along where it goes.

use super::planes::{fetched, flow_between};
use crate::canvas::Canvas;
use crate::filter::{Filter, Scene, Treatment};
use crate::flow::Flow;
use crate::grade::Space;
use signal::Parameter;
use std::sync::Arc;

pub(super) const FILTER: Filter = Filter {
    id: "between",
    label: "From its neighbours",
    help: "A frame, or what of it lies in the masks, made of the frames before and after along where everything moves: for pops, dirt and dropped frames.",
    space: Space::Display,
    parameters: &[
        Parameter::setting("far", "Far", "How many frames away the neighbours are.", [1.0, 4.0, 1.0], "frames"),
        Parameter::choice("of", "Of", "Which neighbours it is made of.", &["both", "before", "after"]),
    ],
    moves: false,
    reach: |values| {
        let far = values.number("far") as i64;
        [far, far]
    },
    prepare: |values| {
        let (far, of) = (values.number("far") as i64, values.word("of").to_owned());
        Some(Arc::new(Between { far, of }) as Arc<dyn Treatment>)
    },
};

#[derive(Debug)]
struct Between {
    far: i64,
    of: String,
}

impl Treatment for Between {
    fn treat(&self, picture: Canvas, scene: &Scene<'_>) -> Canvas {
        let at = |away: i64| scene.around.iter().find(|(it, _)| *it == away).map(|(_, canvas)| canvas);
        let (before, after) = (at(-self.far), at(self.far));
        match (before, after, self.of.as_str()) {
            (Some(before), Some(after), "both") => middle(before, after),
            (Some(before), Some(after), "before") => shifted(before, after),
            (Some(before), Some(after), _) => shifted(after, before),
            (Some(one), None, _) | (None, Some(one), _) => one.clone(),
            (None, None, _) => picture,
        }
    }
}

fn halved(flow: &Flow) -> Flow {
    let half = |values: &[f32]| values.iter().map(|value| 0.5 * value).collect();
    Flow { across: half(&flow.across), down: half(&flow.down), ..*flow }
}

/// The picture half way from one to the other, made of the first.
fn shifted(one: &Canvas, other: &Canvas) -> Canvas {
    fetched(one, &halved(&flow_between(other, one)))
}

/// The picture half way, made of both: of the one that agrees with its own way back, where they do not.
fn middle(before: &Canvas, after: &Canvas) -> Canvas {
    let (to, back) = (flow_between(before, after), flow_between(after, before));
    let (from_before, from_after) = (halved(&back), halved(&to));
    let mut made = fetched(before, &from_before);
    let other = fetched(after, &from_after);
    let (hidden, hidden_after) = (to.apart(&back), back.apart(&to));
    let width = made.width;
    made.bands(|line, channels| {
        for (channel, other) in channels.into_iter().zip(&other.channels) {
            for (index, value) in channel.iter_mut().enumerate() {
                let place = line * width + index;
                let [one, two] = [hidden[place], hidden_after[place]].map(|apart| 1.0 / (0.25 + apart * apart));
                *value = (one * *value + two * other[place]) / (one + two);
            }
        }
    });
    made
}
