//! Numbers of a picture turned upright.

/// How large a picture is that is turned clockwise by so many degrees: 0, 90, 180 or 270.
pub(crate) const fn size([width, height]: [usize; 2], degrees: u16) -> [usize; 2] {
    if degrees == 90 || degrees == 270 { [height, width] } else { [width, height] }
}

/// Puts the numbers of such a picture, line by line, where they lie when it is turned.
pub(crate) fn turn(from: &[f32], [width, height]: [usize; 2], degrees: u16, out: &mut [f32]) {
    let place = |x: usize, y: usize| match degrees {
        90 => (height - 1 - x) * width + y,
        180 => (height - 1 - y) * width + width - 1 - x,
        270 => x * width + width - 1 - y,
        _ => y * width + x,
    };
    let [across, _] = size([width, height], degrees);
    for (y, line) in out.chunks_exact_mut(across.max(1)).enumerate() {
        line.iter_mut().enumerate().for_each(|(x, value)| *value = from[place(x, y)]);
    }
}
