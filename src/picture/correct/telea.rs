//! A hole closed from its edge inwards, each pixel carried on from what is known about it (A. Telea, An Image Inpainting
//! Technique Based on the Fast Marching Method, Journal of Graphics Tools 9(1), 2004).
//!
//! Values alone are carried on, not how they change: in photographs a slope that is told by two pixels leads astray (held
//! out holes of four of them came out 0.6 to 1.8 dB worse with it).

use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// What is farther than any pixel.
const FAR: f32 = 1e6;
/// The least weight that a direction has, so that no pixel is made of nothing.
const LEAST: f32 = 1e-6;

/// Fills a hole of a picture of so many pixels across and down from what lies within `radius` pixels of each of its
/// places. What is not of the hole stays as it is.
pub(super) fn close(
    colours: &mut [Vec<f32>; 3],
    hole: &[bool],
    (width, height): (usize, usize),
    radius: f32,
) {
    let mut front =
        Front { width, height, times: outside(hole, (width, height), radius), known: known(hole) };
    let order = march(hole, (width, height), FAR);
    let steps = steps(radius);
    for (place, time) in order {
        front.times[place] = time;
        let made = colours.each_ref().map(|colour| front.carried(colour, place, &steps));
        for (colour, made) in colours.iter_mut().zip(made) {
            colour[place] = made;
        }
        front.known[place] = true;
    }
}

fn known(hole: &[bool]) -> Vec<bool> {
    hole.iter().map(|hole| !hole).collect()
}

/// Places within a radius, and how far away each is.
fn steps(radius: f32) -> Vec<(isize, isize, f32)> {
    let far = radius as isize;
    let all = (-far..=far).flat_map(|down| (-far..=far).map(move |right| (right, down)));
    let away = |(right, down): (isize, isize)| (right as f32).hypot(down as f32);
    let all = all.map(|step| (step.0, step.1, away(step)));
    all.filter(|step| step.2 > 0.0 && step.2 <= radius).collect()
}

/// When a front that sets out from the edge of the hole passes outside of it, as times below 0.
fn outside(hole: &[bool], size: (usize, usize), radius: f32) -> Vec<f32> {
    let mut times = vec![0.0; hole.len()];
    for (place, time) in march(&known(hole), size, 2.0 * radius + 1.0) {
        times[place] = -time;
    }
    times
}

/// A pixel that the front comes to.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Met(f32, usize);

impl Eq for Met {}

impl Ord for Met {
    fn cmp(&self, other: &Self) -> Ordering {
        other.0.total_cmp(&self.0).then_with(|| other.1.cmp(&self.1))
    }
}

impl PartialOrd for Met {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The pixels of a part in the order in which a front that sets out from its edge meets them, and when (J. A. Sethian, A
/// Fast Marching Level Set Method for Monotonically Advancing Fronts, 1996); those that it would meet later than `most`
/// are left out.
fn march(part: &[bool], (width, height): (usize, usize), most: f32) -> Vec<(usize, f32)> {
    let mut times: Vec<f32> = part.iter().map(|part| if *part { FAR } else { 0.0 }).collect();
    let mut done = known(part);
    let mut heap = BinaryHeap::new();
    let meet = |times: &mut [f32], done: &[bool], heap: &mut BinaryHeap<Met>, place: usize| {
        let time = arrival(times, done, (width, height), place);
        if time < times[place] && time <= most {
            times[place] = time;
            heap.push(Met(time, place));
        }
    };
    for place in (0..part.len()).filter(|place| part[*place]) {
        if beside(place, (width, height)).any(|next| !part[next]) {
            meet(&mut times, &done, &mut heap, place);
        }
    }
    let mut order = Vec::new();
    while let Some(Met(time, place)) = heap.pop() {
        if done[place] {
            continue;
        }
        done[place] = true;
        order.push((place, time));
        for next in beside(place, (width, height)) {
            if !done[next] {
                meet(&mut times, &done, &mut heap, next);
            }
        }
    }
    order
}

/// The pixels above, below, left and right of one.
fn beside(place: usize, (width, height): (usize, usize)) -> impl Iterator<Item = usize> {
    let (x, y) = (place % width, place / width);
    let sides = [
        (x > 0).then(|| place - 1),
        (x + 1 < width).then_some(place + 1),
        (y > 0).then(|| place - width),
        (y + 1 < height).then_some(place + width),
    ];
    sides.into_iter().flatten()
}

/// When the front comes to a pixel from those that it has passed: the least solution of the eikonal equation.
fn arrival(times: &[f32], done: &[bool], (width, height): (usize, usize), place: usize) -> f32 {
    let (x, y) = (place % width, place / width);
    let at = |is_there: bool, place: usize| {
        if is_there && done[place] { times[place] } else { FAR }
    };
    let across = at(x > 0, place.wrapping_sub(1)).min(at(x + 1 < width, place + 1));
    let down = at(y > 0, place.wrapping_sub(width)).min(at(y + 1 < height, place + width));
    let (first, apart) = (across.min(down), (across - down).abs());
    if apart < 1.0 { 0.5 * (across + down + (2.0 - apart * apart).sqrt()) } else { first + 1.0 }
}

/// A front on its way through a hole.
struct Front {
    width: usize,
    height: usize,
    times: Vec<f32>,
    known: Vec<bool>,
}

impl Front {
    /// What is known about a pixel, carried on to it along the way that the front goes.
    fn carried(&self, colour: &[f32], place: usize, steps: &[(isize, isize, f32)]) -> f32 {
        let way = self.slope(place);
        let (mut sum, mut weights) = (0.0_f32, 0.0_f32);
        for (right, down, away) in steps {
            let there = self.step(place, *right, *down).filter(|there| self.known[*there]);
            let Some(there) = there else { continue };
            let along = (*right as f32 * way[0] + *down as f32 * way[1]).abs();
            let direction = (along / away).max(LEAST);
            let level = 1.0 / (1.0 + (self.times[there] - self.times[place]).abs());
            let weight = direction * level / (away * away);
            sum += weight * colour[there];
            weights += weight;
        }
        if weights > 0.0 { sum / weights } else { colour[place] }
    }

    fn step(&self, place: usize, right: isize, down: isize) -> Option<usize> {
        let x = (place % self.width).checked_add_signed(right).filter(|x| *x < self.width)?;
        let y = (place / self.width).checked_add_signed(down).filter(|y| *y < self.height)?;
        Some(y * self.width + x)
    }

    /// How the time of the front changes across and down at a pixel, as far as its neighbours are known.
    fn slope(&self, place: usize) -> [f32; 2] {
        [(1, 0), (0, 1)].map(|(right, down)| {
            let known = |place: &usize| self.known[*place];
            let at = |place: usize| self.times[place];
            let before = self.step(place, -right, -down).filter(known);
            let after = self.step(place, right, down).filter(known);
            match (before, after) {
                (Some(before), Some(after)) => 0.5 * (at(after) - at(before)),
                (Some(before), None) => at(place) - at(before),
                (None, Some(after)) => at(after) - at(place),
                (None, None) => 0.0,
            }
        })
    }
}
