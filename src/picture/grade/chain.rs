//! Operations one after the other on a line, from what the picture has to light.

use super::{Grade, Space};
use crate::{WORKING, light};
use signal::wide;

/// The most that a number may be on its way: the greatest half float.
const MOST: f32 = 65_504.0;

impl Grade {
    /// What it is best given where its result is to be in `last`: what it begins with.
    pub(crate) fn begins_in(&self, last: Space) -> Space {
        self.0.first().map_or(last, |step| step.operation.space)
    }

    /// Takes straight red, green and blue through every operation, from `space` and back.
    pub(crate) fn within(&self, space: Space, channels: [&mut [f32]; 3]) {
        self.through([space, space], channels);
    }

    /// Takes a line of straight red, green and blue from one space through every operation to another.
    pub(crate) fn through(&self, [mut space, last]: [Space; 2], mut channels: [&mut [f32]; 3]) {
        for step in &self.0 {
            let next = step.operation.space;
            hold(&mut channels);
            turn(std::mem::replace(&mut space, next), next, &mut channels);
            step.work.line(channels.each_mut().map(|channel| &mut **channel));
        }
        if !self.0.is_empty() {
            hold(&mut channels);
        }
        turn(space, last, &mut channels);
    }
}

fn turn(from: Space, to: Space, channels: &mut [&mut [f32]; 3]) {
    for channel in channels {
        match (from, to) {
            (Space::Light, Space::Display) => light::encode(WORKING.transfer, channel),
            (Space::Display, Space::Light) => light::decode(WORKING.transfer, channel),
            _ => {}
        }
    }
}

/// Keeps numbers to what can be worked with: what is no number is 0.
fn hold(channels: &mut [&mut [f32]; 3]) {
    for channel in channels {
        wide(
            #[inline(always)]
            || hold_line(channel),
        );
    }
}

/// Looked over first: hardly ever is there anything to hold.
#[inline(always)]
fn hold_line(line: &mut [f32]) {
    let within = |all: u32, value: &f32| all & u32::from(value.abs() <= MOST);
    if line.iter().fold(1, within) == 1 {
        return;
    }
    for value in line {
        let number = if value.is_nan() { 0.0 } else { *value };
        *value = number.clamp(-MOST, MOST);
    }
}
