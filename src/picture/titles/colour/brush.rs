//! What a part of a glyph is filled with: a colour, or a gradient (OpenType 1.9.1, `COLR`).

use skrifa::color::{self, ColorStop, Extend};

/// Display-coded red, green and blue, multiplied by alpha, and alpha.
type Colour = [f32; 4];

/// A fill, in the units of its font.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Brush {
    /// One colour.
    Flat(Colour),
    /// Along a line: where 0 lies, and the way to 1.
    Along { from: [f64; 2], way: [f64; 2], line: Line },
    /// From one circle to another: where 0 lies and its radius, the way to 1 and what the radius gains.
    Between { from: [f64; 2], radius: f64, way: [f64; 2], gain: f64, line: Line },
    /// About a point, clockwise: where 0 lies, in degrees, and how many lead to 1.
    About { centre: [f64; 2], start: f64, sweep: f64, line: Line },
}

/// Colours along a gradient.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    stops: Vec<(f32, Colour)>,
    extend: Extend,
}

impl Brush {
    /// A font's brush, its colours by their number in the palette.
    pub(super) fn of(brush: &color::Brush<'_>, palette: impl Fn(u16, f32) -> Colour) -> Self {
        let point = |point: skrifa::raw::types::Point<f32>| [point.x, point.y].map(f64::from);
        let less = |one: [f64; 2], other: [f64; 2]| [one[0] - other[0], one[1] - other[1]];
        let line = |stops: &[ColorStop], extend: Extend| Line {
            stops: stops
                .iter()
                .map(|stop| (stop.offset, palette(stop.palette_index, stop.alpha)))
                .collect(),
            extend,
        };
        match *brush {
            color::Brush::Solid { palette_index, alpha } => {
                Self::Flat(palette(palette_index, alpha))
            }
            color::Brush::LinearGradient { p0, p1, color_stops, extend } => {
                let (from, to) = (point(p0), point(p1));
                Self::Along { from, way: less(to, from), line: line(color_stops, extend) }
            }
            color::Brush::RadialGradient { c0, r0, c1, r1, color_stops, extend } => Self::Between {
                from: point(c0),
                radius: f64::from(r0),
                way: less(point(c1), point(c0)),
                gain: f64::from(r1 - r0),
                line: line(color_stops, extend),
            },
            color::Brush::SweepGradient { c0, start_angle, end_angle, color_stops, extend } => {
                Self::About {
                    centre: point(c0),
                    start: f64::from(start_angle),
                    sweep: f64::from(end_angle - start_angle),
                    line: line(color_stops, extend),
                }
            }
        }
    }

    /// Its colour at a point.
    pub(super) fn at(&self, [x, y]: [f64; 2]) -> Colour {
        match self {
            Self::Flat(colour) => *colour,
            Self::Along { from, way, line } => {
                let (x, y) = (x - from[0], y - from[1]);
                line.at((x * way[0] + y * way[1]) / (way[0] * way[0] + way[1] * way[1]))
            }
            Self::Between { from, radius, way, gain, line } => {
                let at = [x - from[0], y - from[1]];
                between(at, *radius, *way, *gain).map_or([0.0; 4], |part| line.at(part))
            }
            Self::About { centre, start, sweep, line } => {
                let angle = (y - centre[1]).atan2(x - centre[0]).to_degrees().rem_euclid(360.0);
                line.at((360.0 - angle - start) / sweep)
            }
        }
    }
}

/// Where on the way from a circle about nothing to another the last one lies that goes through a point.
fn between(at: [f64; 2], radius: f64, way: [f64; 2], gain: f64) -> Option<f64> {
    let dot = |one: [f64; 2], other: [f64; 2]| one[0] * other[0] + one[1] * other[1];
    let a = dot(way, way) - gain * gain;
    let b = dot(at, way) + radius * gain;
    let c = dot(at, at) - radius * radius;
    let is_circle = |part: &f64| part.is_finite() && radius + part * gain >= 0.0;
    if a.abs() < 1e-9 * (dot(way, way) + gain * gain) {
        return Some(0.5 * c / b).filter(is_circle);
    }
    let root = (b * b - a * c).sqrt();
    let (one, other) = ((b + root) / a, (b - root) / a);
    [one.max(other), one.min(other)].into_iter().find(is_circle)
}

impl Line {
    /// The colour at a part of the way; clear where that is no number.
    fn at(&self, part: f64) -> Colour {
        let part = match self.extend {
            Extend::Repeat => part - part.floor(),
            Extend::Reflect => 1.0 - (part.rem_euclid(2.0) - 1.0).abs(),
            _ => part,
        } as f32;
        if part.is_nan() {
            return [0.0; 4];
        }
        let next = self.stops.partition_point(|(offset, _)| *offset <= part);
        let stop = |index: usize| self.stops.get(index).copied();
        match (next.checked_sub(1).and_then(stop), stop(next)) {
            (Some((from, one)), Some((to, other))) => {
                let share = (part - from) / (to - from);
                std::array::from_fn(|index| one[index] + (other[index] - one[index]) * share)
            }
            (Some((_, only)), None) | (None, Some((_, only))) => only,
            (None, None) => [0.0; 4],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(extend: Extend) -> Line {
        Line { stops: vec![(0.0, [0.0, 0.0, 0.0, 1.0]), (1.0, [1.0; 4])], extend }
    }

    #[test]
    fn a_line_goes_on_as_it_says() {
        for (extend, wanted) in [
            (Extend::Pad, [0.0, 0.25, 1.0, 1.0]),
            (Extend::Repeat, [0.75, 0.25, 0.25, 0.5]),
            (Extend::Reflect, [0.25, 0.25, 0.75, 0.5]),
        ] {
            let found = [-0.25, 0.25, 1.25, 2.5].map(|part| line(extend).at(part)[0]);
            assert_eq!(found, wanted, "{extend:?}");
        }
        assert_eq!(line(Extend::Pad).at(f64::NAN), [0.0; 4]);
    }

    #[test]
    fn circles_grow_from_one_to_the_other() {
        let brush = |radius: f64, gain: f64, way| Brush::Between {
            from: [0.0; 2],
            radius,
            way,
            gain,
            line: line(Extend::Pad),
        };
        let part = |brush: &Brush, x: f64| brush.at([x, 0.0])[0];
        assert!((part(&brush(0.0, 10.0, [0.0; 2]), 2.5) - 0.25).abs() < 1e-6);
        assert!((part(&brush(5.0, 10.0, [0.0; 2]), -7.5) - 0.25).abs() < 1e-6);
        assert!((part(&brush(1.0, 0.0, [10.0, 0.0]), 6.0) - 0.7).abs() < 1e-6);
        assert_eq!(brush(1.0, 0.0, [10.0, 0.0]).at([0.0, 3.0]), [0.0; 4]);
    }
}
