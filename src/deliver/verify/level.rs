//! Levels: whether black, white and colour lie where the film has them.

use super::thumbnail::Thumbnail;

/// Sums of a straight line through what was found over what was made, plane by plane.
#[derive(Debug, Default)]
pub(super) struct Levels {
    planes: [Line; 3],
}

#[derive(Debug, Clone, Copy, Default)]
struct Line {
    count: f64,
    made: f64,
    found: f64,
    squares: f64,
    products: f64,
}

/// The most that gain may differ from one.
const MOST_GAIN: f64 = 0.02;
/// The most that the middle may be off, in 8-bit codes.
const MOST_OFFSET: f64 = 1.5;

impl Levels {
    pub(super) fn add(&mut self, made: &Thumbnail, found: &Thumbnail) {
        for (line, (made, found)) in
            self.planes.iter_mut().zip(made.planes.iter().zip(&found.planes))
        {
            for (&made, &found) in made.iter().zip(found) {
                let (made, found) = (f64::from(made), f64::from(found));
                line.count += 1.0;
                line.made += made;
                line.found += found;
                line.squares += made * made;
                line.products += made * found;
            }
        }
    }

    /// What is wrong with them.
    pub(super) fn fault(&self) -> Option<String> {
        const NAMES: [&str; 3] = ["luma", "blue", "red"];
        self.planes.iter().zip(NAMES).find_map(|(line, name)| {
            let (gain, offset) = line.fit()?;
            let is_off = gain.is_some_and(|gain| (gain - 1.0).abs() > MOST_GAIN)
                || offset.abs() > MOST_OFFSET;
            is_off.then(|| {
                let gain = gain.unwrap_or(1.0);
                let hint = range_hint(gain);
                format!("levels of {name}: gain {gain:.3}, {offset:+.1} codes off{hint}")
            })
        })
    }
}

/// What a gain looks like: 219/255 and its inverse are a range written as the other.
fn range_hint(gain: f64) -> &'static str {
    if (gain - 219.0 / 255.0).abs() < 0.02 {
        "; it looks like full range squeezed into limited once too often"
    } else if (gain - 255.0 / 219.0).abs() < 0.03 {
        "; it looks like limited range stretched to full"
    } else {
        ""
    }
}

impl Line {
    /// Gain, where the film has enough contrast to tell, and the mean's distance in codes.
    fn fit(&self) -> Option<(Option<f64>, f64)> {
        if self.count < 1.0 {
            return None;
        }
        let (made, found) = (self.made / self.count, self.found / self.count);
        let variance = self.squares / self.count - made * made;
        let covariance = self.products / self.count - made * found;
        let gain = (variance > 16.0).then(|| covariance / variance);
        Some((gain, found - made))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(gain: f32, offset: f32) -> Option<String> {
        let made: Vec<f32> = (16..236).map(|code| code as f32).collect();
        let found = made.iter().map(|made| made * gain + offset).collect();
        let mut levels = Levels::default();
        levels.add(&Thumbnail { planes: vec![made] }, &Thumbnail { planes: vec![found] });
        levels.fault()
    }

    #[test]
    fn levels_that_moved_are_told() {
        assert_eq!(fault(1.0, 0.0), None);
        assert_eq!(fault(1.005, -0.5), None);
        assert!(fault(1.0, 2.0).unwrap().contains("+2.0 codes"));
        assert!(fault(0.859, 16.0).unwrap().contains("squeezed"));
        assert!(fault(1.164, -18.6).unwrap().contains("stretched"));
    }
}
