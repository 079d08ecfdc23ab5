//! Faults of light that were planted, mended by what is offered for them, and how much of them is left.

use super::faults::{CLEAN, Making, SIZE, frame, have, normal};
use super::repairs::{picture, rms, scene};
use roomtone::picture::canvas::Canvas;
use roomtone::picture::faults::{self, Find, Limits, Remedy, Watcher};
use roomtone::picture::filter::{Scene, named};
use roomtone::picture::grade::Space;
use roomtone::picture::values::{Moment, Values};
use roomtone::signal::{Image, Plane};

/// A photograph's frame as filters see it.
fn canvas(image: &Image) -> Canvas {
    let mut canvas = Canvas::clear(SIZE.0, SIZE.1, Space::Display);
    for (channel, plane) in [2, 0, 1].into_iter().enumerate() {
        let codes = image.lines(plane).flatten();
        canvas.channels[channel] = codes.map(|code| f32::from(*code) / 255.0).collect();
    }
    canvas.channels[3].fill(1.0);
    canvas
}

/// What an effect that a finder offers makes of a frame.
fn mended(find: &Find, n: usize, image: &Image) -> Image {
    let Some(Remedy::Effect { kind, values, .. }) = &find.remedy else { panic!("{find:?}") };
    let filter = named(kind).unwrap();
    let moment = Moment { clip: n as f64, content: n as f64 };
    let values = Values::resolve(filter.parameters, moment, |id| values.get(id));
    let mut made = canvas(image);
    if let Some(treatment) = (filter.prepare)(&values) {
        made = treatment.treat(made, &Scene { frame: n as i64, around: &[], matte: None });
    }
    let codes = |channel: usize| {
        let codes = made.channels[channel].iter();
        Plane::packed(
            codes.map(|it| (255.0 * it).round().clamp(0.0, 255.0) as u8).collect(),
            SIZE.0,
        )
    };
    Image { planes: [1, 2, 0].map(codes).into(), ..image.clone() }
}

fn found(frames: &[Image], kind: &str) -> Vec<Find> {
    let limits = Limits::own();
    let mut search = (faults::named(kind).unwrap().search)(&limits);
    let mut watcher = Watcher::new(frames.len());
    for (n, image) in frames.iter().enumerate() {
        search.see(&watcher.sight(n as i64, image));
    }
    search.found(24.0)
}

/// The mean of a channel of a frame, in codes.
fn level(image: &Image, plane: usize) -> f64 {
    let sum: f64 = image.lines(plane).flatten().map(|code| f64::from(*code)).sum();
    sum / (SIZE.0 * SIZE.1) as f64
}

/// How far frames are from those that they should be, in codes: levels of channels, and how far codes lie apart.
fn off(frames: &[Image], clean: &[Image]) -> [f64; 2] {
    let pairs = || frames.iter().zip(clean);
    let levels =
        pairs().flat_map(|(made, clean)| [0, 1, 2].map(|it| level(made, it) - level(clean, it)));
    let spread = |image: &Image, plane: usize| {
        let mean = level(image, plane);
        rms(image.lines(plane).flatten().map(|code| f64::from(*code) - mean))
    };
    let spreads =
        pairs().flat_map(|(made, clean)| [0, 1, 2].map(|it| spread(made, it) - spread(clean, it)));
    [rms(levels), rms(spreads)]
}

/// Red, green and blue after a change of light that is not the same for each.
fn changed([red, green, blue]: [f64; 3], much: f64) -> [f64; 3] {
    let by = |code: f64, gain: f64, shift: f64| code * (1.0 + much * gain) + much * shift;
    [by(red, 0.05, 3.0), by(green, 0.09, -1.0), by(blue, 0.02, -3.0)]
}

/// A pixel away from black and white, so that nothing is cut off there.
fn squeezed(pixel: [f64; 3]) -> [f64; 3] {
    pixel.map(|code| 24.0 + 0.78 * code)
}

/// What a fault that was planted is before and after it is mended.
#[track_caller]
fn check(making: &Making<'_>, kind: &str, whose: impl Fn(usize) -> bool) {
    let clean = Making { plant: &|_, _, _, pixel| squeezed(pixel), ..*making };
    let frames: Vec<Image> = (0..making.frames).map(|n| frame(making, n)).collect();
    let find = found(&frames, kind);
    assert_eq!(find.len(), 1, "{kind}: {find:?}");
    let after: Vec<Image> =
        frames.iter().enumerate().map(|(n, image)| mended(&find[0], n, image)).collect();
    let truth: Vec<Image> = (0..making.frames).map(|n| frame(&clean, n)).collect();
    let only = |frames: &[Image]| -> Vec<Image> {
        frames.iter().enumerate().filter(|it| whose(it.0)).map(|it| it.1.clone()).collect()
    };
    let before = off(&only(&frames), &only(&truth));
    let left = off(&only(&after), &only(&truth));
    let is_less = left[0] < 0.1 * before[0] && left[1] < 0.7 * before[1];
    assert!(is_less, "{kind}: {left:?} of {before:?}");
    assert!(found(&after, kind).is_empty(), "{kind} is there no more");
    for n in (0..making.frames).filter(|n| !whose(*n)) {
        let rest = off(&after[n..=n], &truth[n..=n]);
        assert!(rest[0] < 0.3, "{kind}: frame {n} was right, and is {rest:?} off");
    }
}

#[test]
fn a_join_of_batches_is_mended_channel_by_channel() {
    if !have("a_join_of_batches_is_mended_channel_by_channel") {
        return;
    }
    let plant = |n: usize, _: usize, _: usize, pixel: [f64; 3]| {
        changed(squeezed(pixel), if n >= 15 { 1.0 } else { 0.0 })
    };
    for (photo, moved) in [("coffee", 0.0), ("coffee", 1.5), ("chelsea", 1.5)] {
        check(&Making { photo, moved, plant: &plant, ..CLEAN }, "step", |n| n >= 15);
    }
}

#[test]
fn first_frames_and_last_frames_are_mended_channel_by_channel() {
    if !have("first_frames_and_last_frames_are_mended_channel_by_channel") {
        return;
    }
    let first = |n: usize, _: usize, _: usize, pixel: [f64; 3]| {
        changed(squeezed(pixel), if n < 4 { 1.2 - 0.2 * n as f64 } else { 0.0 })
    };
    let last = |n: usize, _: usize, _: usize, pixel: [f64; 3]| {
        changed(squeezed(pixel), if n > 26 { 0.8 } else { 0.0 })
    };
    for moved in [0.0, 0.6] {
        check(&Making { moved, plant: &first, ..CLEAN }, "ends", |n| n < 4);
        check(&Making { moved, plant: &last, ..CLEAN }, "ends", |n| n > 26);
    }
}

const SMALL: (usize, usize) = (240, 144);
const LONG: i64 = 26;

/// A film whose light rises, in which the whole, its colour and its places tremble; after frame 13 it is another scene.
fn trembling(n: i64, much: f64) -> Canvas {
    let at = n as usize;
    let rise = 1.0 + 0.006 * n as f64;
    let whole = 1.0 + much * 0.04 * normal(1, at, 0);
    let colour = [2, 3, 4].map(|series| 1.0 + much * 0.02 * normal(series, at, 0));
    let place = |x: usize, y: usize| 1.0 + much * 0.02 * normal(9 + at, x / 48, y / 48);
    let far = if n > 13 { 900.0 } else { 0.0 };
    let dark = if n > 13 { 0.35 } else { 0.8 };
    let code = |x: usize, y: usize| {
        let flat = if n > 13 && x < SMALL.0 / 2 { 40.0 } else { 0.0 };
        dark * scene(x as f64 + far, y as f64 - far) + flat
    };
    let mut made = picture(SMALL, |x, y| rise * whole * place(x, y) * code(x, y));
    for (channel, gain) in colour.into_iter().enumerate() {
        made.channels[channel].iter_mut().for_each(|value| *value *= gain as f32);
    }
    made
}

/// Every frame as the deflicker makes it.
fn steadied(film: &[Canvas]) -> Vec<Canvas> {
    let filter = named("deflicker").unwrap();
    let values = Values::resolve(filter.parameters, Moment::default(), |_| None);
    let [before, after] = (filter.reach)(&values);
    let treatment = (filter.prepare)(&values).unwrap();
    let at = |n: i64| {
        let near = (-before..=after).filter(|away| *away != 0);
        let near = near
            .filter_map(|away| Some((away, film.get(usize::try_from(n + away).ok()?)?.clone())));
        let around: Vec<(i64, Canvas)> = near.collect();
        treatment.treat(film[n as usize].clone(), &Scene { frame: n, around: &around, matte: None })
    };
    (0..film.len() as i64).map(at).collect()
}

/// The mean of a channel over a part of a picture, in codes.
fn part(canvas: &Canvas, channel: usize, [left, top, wide, high]: [usize; 4]) -> f64 {
    let rows = (top..top + high).map(|y| &canvas.channels[channel][y * SMALL.0 + left..][..wide]);
    let sum: f64 = rows.flatten().map(|value| f64::from(*value)).sum();
    255.0 * sum / (wide * high) as f64
}

const WHOLE: [usize; 4] = [0, 0, SMALL.0, SMALL.1];

/// How much numbers tremble: their second difference over root six, root mean square.
fn trembles(numbers: &[f64]) -> f64 {
    rms(numbers.windows(3).map(|it| (it[0] - 2.0 * it[1] + it[2]) / 6.0_f64.sqrt()))
}

/// How much the whole, its colour and its places tremble in some frames.
fn trembling_of(film: &[Canvas]) -> [f64; 3] {
    let stops = |part_of: [usize; 4]| -> Vec<f64> {
        film.iter().map(|canvas| part(canvas, 1, part_of).log2()).collect()
    };
    let colour = |channel: usize| -> Vec<f64> {
        film.iter().map(|it| (part(it, channel, WHOLE) / part(it, 1, WHOLE)).log2()).collect()
    };
    let whole = stops(WHOLE);
    let places = (0..15).map(|tile| {
        let own = stops([tile % 5 * 48 + 12, tile / 5 * 48 + 12, 24, 24]);
        trembles(&own.iter().zip(&whole).map(|(own, whole)| own - whole).collect::<Vec<_>>())
    });
    [trembles(&whole), rms([0, 2].map(|channel| trembles(&colour(channel)))), rms(places)]
}

/// How much detail there is in the middles of places, against the light of each.
fn detail(canvas: &Canvas) -> f64 {
    let tiles = (0..15).map(|tile| [tile % 5 * 48 + 12, tile / 5 * 48 + 12, 24, 24]);
    let of = |[left, top, wide, high]: [usize; 4]| {
        let lines = (top..top + high).map(|y| &canvas.channels[1][y * SMALL.0 + left..][..wide]);
        let steps =
            lines.flat_map(|line| line.windows(2).map(|pair| f64::from((pair[1] - pair[0]).abs())));
        255.0 * steps.sum::<f64>() / part(canvas, 1, [left, top, wide, high])
    };
    tiles.map(of).sum()
}

#[test]
fn light_and_colour_and_places_come_to_rest_and_ramps_cuts_detail_and_the_mean_stay() {
    let film: Vec<Canvas> = (0..LONG).map(|n| trembling(n, 1.0)).collect();
    let clean: Vec<Canvas> = (0..LONG).map(|n| trembling(n, 0.0)).collect();
    let made = steadied(&film);
    for scene in [0..14, 14..LONG as usize] {
        let (before, after) =
            (trembling_of(&film[scene.clone()]), trembling_of(&made[scene.clone()]));
        let lowered = [0, 1, 2].map(|nth| 1.0 - after[nth] / before[nth]);
        assert!(lowered.iter().all(|it| *it >= 0.7), "{scene:?}: {lowered:?} of {before:?}");
        let mean = |film: &[Canvas]| {
            let levels = film[scene.clone()].iter().map(|it| part(it, 1, WHOLE));
            levels.sum::<f64>() / scene.len() as f64
        };
        assert!((mean(&made) / mean(&film) - 1.0).abs() < 0.01, "{scene:?}: the mean stays");
    }
    for n in 0..LONG as usize {
        let kept = detail(&made[n]) / detail(&film[n]);
        assert!((kept - 1.0).abs() < 0.01, "frame {n}: {kept} of its detail");
    }
    let untouched = steadied(&clean);
    for (n, (made, clean)) in untouched.iter().zip(&clean).enumerate() {
        let off = (part(made, 1, WHOLE) / part(clean, 1, WHOLE) - 1.0).abs();
        assert!(off < 0.002, "frame {n}: a ramp, or a cut, is changed by {off}");
    }
}
