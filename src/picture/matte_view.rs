//! What the masks of a clip cover, seen in place of its picture: a film for the eye, of which nothing else differs.

use super::generators::{ADJUSTMENT, CAMERA};
use super::{Renderer, Sources, plan};
use crate::blend::Blend;
use crate::composite::MATTE_VIEWS;
use signal::Image;
use std::sync::Arc;
use timeline_format::shot::Look;
use timeline_format::track::{Content, TrackKind};
use timeline_format::{
    Clip, Effect, Id, Item, Layered, Mask, Param, Sequence, Source, Timeline, Track, Value,
};

/// How a matte is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MatteView {
    /// Red over what is covered, among all layers.
    #[default]
    Overlay,
    /// What is not covered in a dim grey, among all layers.
    Highlight,
    /// White what is covered, black what is not, alone.
    BlackWhite,
}

impl MatteView {
    /// All, in menu order.
    pub const ALL: [Self; 3] = [Self::Overlay, Self::Highlight, Self::BlackWhite];

    /// Its name in files and on the command line.
    pub const fn id(self) -> &'static str {
        MATTE_VIEWS[self as usize]
    }

    /// The view called `id`.
    pub fn named(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.id() == id)
    }
}

/// A film in which a clip shows what its masks cover: those of one of its effects, or, of none, those that say what is
/// left of its picture. Masks by what is in a picture see what they see in the film. `None` where there is no such clip
/// or it has no such masks.
pub fn with_matte(
    film: &Timeline,
    sequence: Id,
    (clip, effect): (Id, Option<Id>),
    view: MatteView,
) -> Option<Timeline> {
    let own = film.sequences.get(&sequence)?;
    let seen = showing(own.clip(clip)?, effect, view)?;
    let place = own.find(clip)?.track;
    let mut shown = Sequence::clone(own);
    if view == MatteView::BlackWhite {
        leave_alone(&mut shown, place, generator_of(&seen) == Some(ADJUSTMENT));
    }
    let track = shown.tracks.get(place)?;
    let content = match &track.content {
        Content::Sequential(reel) => {
            let index = reel.index_of(clip)?;
            let item = Item { clip: Some(Arc::new(seen)), ..reel.get(index)?.clone() };
            Content::Sequential(reel.splice(index..index + 1, [item]))
        }
        Content::Free(items) => {
            let item = Layered { clip: seen, ..Layered::clone(items.get(&clip)?) };
            Content::Free(items.update(clip, Arc::new(item)))
        }
    };
    let track = Track { content, ..Track::clone(track) };
    shown.tracks.set(place, Arc::new(track));
    Some(film.with_sequence(sequence, shown))
}

/// The matte of a clip's masks at a frame of a sequence, white on black, as it lies in the frame; which masks those are
/// [`with_matte`] says, and where there is none.
pub fn matte(
    film: &Timeline,
    (sequence, frame): (Id, i64),
    masks: (Id, Option<Id>),
    sources: &dyn Sources,
) -> Option<Arc<Image>> {
    let film = with_matte(film, sequence, masks, MatteView::BlackWhite)?;
    Some(Renderer::new(0).render(&plan(&film, sequence, frame, sources), sources))
}

/// A clip whose last effect shows what masks cover.
fn showing(clip: &Clip, effect: Option<Id>, view: MatteView) -> Option<Clip> {
    let mut clip = clip.clone();
    let is_adjustment = generator_of(&clip) == Some(ADJUSTMENT);
    let masks = masks_taken(&mut clip.look, effect, is_adjustment)?;
    let mut seen = Effect::new(Id::parse("matte-view")?, "matte_view");
    seen.values.insert("view".to_owned(), word(view.id()));
    seen.masks = masks;
    clip.look.effects.push(seen);
    if view == MatteView::BlackWhite {
        clip.look.masks.clear();
        clip.look.placement.insert("opacity".to_owned(), Param::number(1.0));
        clip.look.placement.insert("blend".to_owned(), word(Blend::default().name()));
    }
    Some(clip)
}

fn word(text: &str) -> Param {
    Param::Constant(Value::Text(text.to_owned()))
}

/// Takes masks out of a look, and leaves of its effects those that come before them.
fn masks_taken(look: &mut Look, effect: Option<Id>, is_adjustment: bool) -> Option<Vec<Mask>> {
    let masks = if let Some(effect) = effect {
        let place = look.effects.iter().position(|it| it.id == effect)?;
        look.effects.drain(place..).next()?.masks
    } else {
        if is_adjustment {
            look.effects.clear();
        }
        std::mem::take(&mut look.masks)
    };
    (!masks.is_empty()).then_some(masks)
}

/// Hides the other pictures of a sequence: those of cameras move what is seen, and stay.
fn leave_alone(sequence: &mut Sequence, place: usize, sees_below: bool) {
    for (index, track) in sequence.tracks.iter_mut().enumerate() {
        let is_other = track.header.kind == TrackKind::Picture && index != place;
        if is_other && !(sees_below && index < place) && !has_camera(track) {
            Arc::make_mut(track).header.hidden = true;
        }
    }
}

fn has_camera(track: &Track) -> bool {
    let is_camera = |clip: &Clip| generator_of(clip) == Some(CAMERA.id);
    match &track.content {
        Content::Sequential(reel) => {
            reel.iter().any(|it| it.clip.as_deref().is_some_and(is_camera))
        }
        Content::Free(items) => items.values().any(|item| is_camera(&item.clip)),
    }
}

fn generator_of(clip: &Clip) -> Option<&str> {
    match &clip.source {
        Source::Generator(made) => Some(&made.kind),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::masks::luma_of;
    use crate::{WORKING, convert};
    use signal::PixelFormat;
    use timeline_format::sequence::Raster;
    use timeline_format::{Frames, Rate};

    struct Nothing;

    impl Sources for Nothing {
        fn resolve(&self, _: Id, _: Frames) -> i64 {
            0
        }

        fn frame(&self, _: Id, _: i64) -> Arc<Image> {
            Arc::new(crate::canvas::Canvas::clear(2, 2, crate::grade::Space::Display).into_image())
        }
    }

    const SIZE: Raster = Raster { width: 64, height: 36 };
    const RAMP: &str = r#""generator": {"kind": "gradient", "values": {"from": [0, 0, 0, 1], "to": [1, 1, 1, 1],
        "angle": 0}}"#;

    /// A film of clips on a track each, the first at the bottom.
    fn film(clips: &[String]) -> Timeline {
        let film = Timeline::new(SIZE, Rate::FILM, 48_000, Id::parse("main").unwrap());
        let mut main = Sequence::new(Rate::FILM);
        for (index, text) in clips.iter().enumerate() {
            let clip: Clip = serde_json::from_str(text).unwrap();
            let items = vec![Item::clip(Id::parse(&format!("c{index}")).unwrap(), 20, clip)];
            let track =
                Track::sequential(Id::parse(&format!("v{index}")).unwrap(), TrackKind::Picture);
            let content = Content::Sequential(items.into_iter().collect());
            main.tracks.push_back(Arc::new(Track { content, ..track }));
        }
        film.with_sequence(film.settings.main, main)
    }

    fn planes(image: &Image) -> [Vec<f32>; 3] {
        let image =
            convert::to(image, PixelFormat { alpha: false, ..PixelFormat::RGBA_F32 }, WORKING);
        [2, 0, 1].map(|plane: usize| {
            let fours = image.planes[plane].bytes().as_chunks::<4>().0;
            fours.iter().map(|bytes| f32::from_ne_bytes(*bytes)).collect()
        })
    }

    fn shown(film: &Timeline) -> [Vec<f32>; 3] {
        planes(&Renderer::new(0).render(&plan(film, film.settings.main, 0, &Nothing), &Nothing))
    }

    fn matte_of(film: &Timeline, clip: &str, effect: Option<&str>) -> Option<Vec<f32>> {
        let effect = effect.map(|it| Id::parse(it).unwrap());
        let masks = (Id::parse(clip).unwrap(), effect);
        let image = matte(film, (film.settings.main, 0), masks, &Nothing)?;
        let [red, green, blue] = planes(&image);
        assert!(
            red.iter()
                .zip(&green)
                .zip(&blue)
                .all(|((r, g), b)| (r - g).abs() < 1e-5 && (r - b).abs() < 1e-5)
        );
        Some(red)
    }

    /// What a luma mask from 0.4 to 0.6, softened over 0.2, covers of a luma.
    fn covered(luma: f32) -> f32 {
        let outside = (0.4 - luma).max(luma - 0.6).max(0.0);
        (1.0 - outside / 0.2).clamp(0.0, 1.0)
    }

    const LUMA: &str =
        r#"{"id": "m", "kind": "luma", "values": {"low": 0.4, "high": 0.6, "soft": 0.2}}"#;

    #[test]
    fn the_matte_of_a_mask_by_what_is_seen_is_what_it_covers() {
        let seen = shown(&film(&[format!("{{{RAMP}}}")]));
        let above = r#"{"generator": {"kind": "colour", "values": {"colour": [1, 0, 0, 1]}}, "placement": {"scale": 0.3}}"#;
        let with = film(&[format!(r#"{{{RAMP}, "masks": [{LUMA}]}}"#), above.to_owned()]);
        let matte = matte_of(&with, "c0", None).unwrap();
        for (index, found) in matte.iter().enumerate() {
            let colour = [0, 1, 2].map(|it: usize| seen[it][index]);
            let expected = covered(luma_of(colour));
            assert!((found - expected).abs() < 1e-4, "{index}: {found} {expected}");
        }
        assert!(matte.iter().any(|it| *it > 0.9) && matte.iter().any(|it| *it < 0.1));
        assert!(matte_of(&with, "c1", None).is_none(), "a clip without masks has no matte");
        assert!(matte_of(&with, "c0", Some("e")).is_none(), "nor has an effect that is not there");
    }

    #[test]
    fn the_matte_of_an_effect_sees_what_comes_before_it() {
        let dark = r#"{"id": "d", "kind": "exposure", "values": {"stops": -1.0}}"#;
        let blur = format!(
            r#"{{"id": "b", "kind": "blur", "values": {{"size": 90.0}}, "masks": [{LUMA}]}}"#
        );
        let before = shown(&film(&[format!(r#"{{{RAMP}, "effects": [{dark}]}}"#)]));
        let with = film(&[format!(r#"{{{RAMP}, "effects": [{dark}, {blur}]}}"#)]);
        let matte = matte_of(&with, "c0", Some("b")).unwrap();
        for (index, found) in matte.iter().enumerate() {
            let expected = covered(luma_of([0, 1, 2].map(|it: usize| before[it][index])));
            assert!((found - expected).abs() < 1e-4, "{index}: {found} {expected}");
        }
    }

    #[test]
    fn the_masks_of_an_adjustment_see_what_lies_below() {
        let seen = shown(&film(&[format!("{{{RAMP}}}")]));
        let adjustment = format!(
            r#"{{"generator": {{"kind": "adjustment"}}, "masks": [{LUMA}], "effects": [{{"id": "d", "kind": "exposure",
            "values": {{"stops": -1.0}}}}]}}"#
        );
        let with = film(&[format!("{{{RAMP}}}"), adjustment]);
        let matte = matte_of(&with, "c1", None).unwrap();
        for (index, found) in matte.iter().enumerate() {
            let expected = covered(luma_of([0, 1, 2].map(|it: usize| seen[it][index])));
            assert!((found - expected).abs() < 1e-4, "{index}: {found} {expected}");
        }
    }

    #[test]
    fn a_highlight_keeps_what_is_covered_and_an_overlay_what_is_not() {
        let colour = r#""generator": {"kind": "colour", "values": {"colour": [0.2, 0.6, 0.4, 1]}}"#;
        let mask = r#"{"id": "m", "kind": "rectangle", "values": {"centre": [0.25, 0.5], "size": [0.5, 1.0]}}"#;
        let blur = format!(
            r#"{{"id": "b", "kind": "blur", "values": {{"size": 9.0}}, "masks": [{mask}]}}"#
        );
        let film = film(&[format!(r#"{{{colour}, "effects": [{blur}]}}"#)]);
        let of = (Id::parse("c0").unwrap(), Id::parse("b"));
        let at = |view, x: usize| {
            let seen = with_matte(&film, film.settings.main, of, view).unwrap();
            shown(&seen).map(|plane| plane[18 * 64 + x])
        };
        let near = |one: [f32; 3], other: [f32; 3]| {
            one.iter().zip(other).all(|(a, b)| (a - b).abs() < 2e-3)
        };
        let own = [0.2, 0.6, 0.4];
        assert!(near(at(MatteView::Highlight, 10), own), "{:?}", at(MatteView::Highlight, 10));
        assert!(near(at(MatteView::Highlight, 50), [0.5 * luma_of(own); 3]));
        assert!(near(at(MatteView::Overlay, 50), own));
        assert!(near(at(MatteView::Overlay, 10), [0.6, 0.35, 0.275]));
        assert!(
            near(at(MatteView::BlackWhite, 10), [1.0; 3])
                && near(at(MatteView::BlackWhite, 50), [0.0; 3])
        );
    }
}
