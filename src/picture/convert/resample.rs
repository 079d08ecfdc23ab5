//! Chroma made smaller and larger, a line at a time.

/// Which source lines, by how much, a chroma line is made of: subsampled `from` times to `to` times,
/// its lines lying in the middle of those that they stand for.
pub(super) fn lines(from: u8, to: u8, line: usize, count: usize) -> Vec<(usize, f32)> {
    let last = count.saturating_sub(1) as i64;
    let held = |line: i64| line.clamp(0, last) as usize;
    if from == to {
        return vec![(held(line as i64), 1.0)];
    }
    if from > to {
        let factor = f64::from(1_u32 << (from - to));
        let place = (line as f64 + 0.5) / factor - 0.5;
        let (first, part) = (place.floor(), place - place.floor());
        let first = first as i64;
        return vec![(held(first), (1.0 - part) as f32), (held(first + 1), part as f32)];
    }
    let factor = 1_i64 << (to - from);
    let first = line as i64 * factor;
    let tap = |offset: i64| {
        let distance = (offset as f64 - (factor - 1) as f64 * 0.5).abs();
        let part = (factor as f64 - distance) / (factor * factor) as f64;
        (held(first + offset), part as f32)
    };
    let reach = factor / 2;
    (-reach..factor + reach).map(tap).collect()
}

/// Adds `part` of the `nth` line to `sum`; the first takes the place of what was there.
pub(super) fn add(nth: usize, sum: &mut [f32], line: &[f32], part: f32) {
    pulp::Arch::new().dispatch(
        #[inline(always)]
        move || {
            if nth == 0 {
                return set(sum, line, part);
            }
            for (sum, value) in sum.iter_mut().zip(line) {
                *sum += part * value;
            }
        },
    );
}

#[inline(always)]
fn set(sum: &mut [f32], line: &[f32], part: f32) {
    for (sum, value) in sum.iter_mut().zip(line) {
        *sum = part * value;
    }
}

/// Makes a line from one subsampled `from` times to one subsampled `to` times, its samples lying on
/// the left of those that they stand for.
pub(super) fn across(line: &[f32], from: u8, to: u8, out: &mut [f32]) {
    if line.is_empty() {
        return;
    }
    match i32::from(from) - i32::from(to) {
        0 => out.copy_from_slice(&line[..out.len()]),
        -1 => halved(line, out),
        1 => doubled(line, out),
        apart if apart < 0 => shrunk(line, 1 << -apart, out),
        apart => grown(line, 1 << apart, out),
    }
}

/// `1 2 1` about every second sample.
fn halved(line: &[f32], out: &mut [f32]) {
    let Some(first) = out.first_mut() else { return };
    *first = 0.75 * line[0] + 0.25 * line[1.min(line.len() - 1)];
    let inner = (line.len() - 1) / 2;
    pulp::Arch::new().dispatch(
        #[inline(always)]
        || {
            let pairs = line[1..].as_chunks::<2>().0;
            let (before, rest) = (pairs, pairs.get(1..).unwrap_or_default());
            for ((out, before), after) in out[1..].iter_mut().zip(before).zip(rest) {
                *out = 0.25 * (before[0] + after[0]) + 0.5 * before[1];
            }
        },
    );
    for (index, out) in out.iter_mut().enumerate().skip(inner.max(1)) {
        let at = |place: usize| line[place.min(line.len() - 1)];
        *out = 0.25 * (at(2 * index - 1) + at(2 * index + 1)) + 0.5 * at(2 * index);
    }
}

fn doubled(line: &[f32], out: &mut [f32]) {
    let (pairs, odd) = out.as_chunks_mut::<2>();
    pulp::Arch::new().dispatch(
        #[inline(always)]
        || {
            for ((out, value), next) in pairs.iter_mut().zip(line).zip(&line[1..]) {
                *out = [*value, 0.5 * (value + next)];
            }
        },
    );
    let last = line[line.len() - 1];
    pairs.iter_mut().skip(line.len() - 1).for_each(|pair| *pair = [last; 2]);
    odd.fill(last);
}

fn shrunk(line: &[f32], factor: i64, out: &mut [f32]) {
    let last = line.len() as i64 - 1;
    for (index, out) in out.iter_mut().enumerate() {
        let tap = |offset: i64| {
            let at = (index as i64 * factor + offset).clamp(0, last);
            line[at as usize] * (factor - offset.abs()) as f32
        };
        *out = (1 - factor..factor).map(tap).sum::<f32>() / (factor * factor) as f32;
    }
}

fn grown(line: &[f32], factor: usize, out: &mut [f32]) {
    let last = line.len() - 1;
    for (index, out) in out.iter_mut().enumerate() {
        let (at, part) = (index / factor, (index % factor) as f32 / factor as f32);
        let (first, next) = (line[at.min(last)], line[(at + 1).min(last)]);
        *out = first + (next - first) * part;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fast_ways_are_the_plain_ones() {
        for length in [1_usize, 2, 3, 4, 5, 8, 17, 32, 33] {
            let line: Vec<f32> = (0..length).map(|x| (x * x % 7) as f32).collect();
            let (mut fast, mut plain) =
                (vec![0.0; length.div_ceil(2)], vec![0.0; length.div_ceil(2)]);
            halved(&line, &mut fast);
            shrunk(&line, 2, &mut plain);
            assert_eq!(fast, plain, "{length}");
            for wide in [2 * length - 1, 2 * length] {
                let (mut fast, mut plain) = (vec![0.0; wide], vec![0.0; wide]);
                doubled(&line, &mut fast);
                grown(&line, 2, &mut plain);
                assert_eq!(fast, plain, "{length}");
            }
        }
    }

    #[test]
    fn taps_add_up_to_one() {
        for (from, to) in [(0, 0), (0, 1), (1, 0), (0, 2), (2, 0), (1, 2)] {
            for line in 0..5 {
                let sum: f32 = lines(from, to, line, 9).iter().map(|tap| tap.1).sum();
                assert!((sum - 1.0).abs() < 1e-6, "{from} {to} {line}");
            }
        }
        assert_eq!(lines(0, 1, 1, 9), [(1, 0.125), (2, 0.375), (3, 0.375), (4, 0.125)]);
    }
}
