//! The laws of panning, measured through a whole graph: of a strip, and of the node.

use super::rig::words;
use crate::sound::film::{Film, Sound, hard, id, item, noise};
use std::collections::BTreeMap;
use std::f64::consts::FRAC_PI_4;
use timeline_format::mix::{Layout, NodeInstance, PanLaw};
use timeline_format::parameter::{Curve, Ease, Follow, Key};
use timeline_format::{Extra, Frames, Param, Value};

const LAWS: [(&str, PanLaw, f64); 4] = [
    ("-3", PanLaw::EqualPower, -3.0103),
    ("-4.5", PanLaw::Compromise, -4.5154),
    ("-6", PanLaw::EqualGain, -6.0206),
    ("balance", PanLaw::Balance, 0.0),
];

/// What left and right get of one channel at a place from -1 to 1.
fn gains(law: PanLaw, place: f64) -> [f64; 2] {
    let angle = (1.0 + place) * FRAC_PI_4;
    let (power, gain) =
        ([angle.cos(), angle.sin()], [(1.0 - place) / 2.0, f64::midpoint(1.0, place)]);
    match law {
        PanLaw::EqualPower => power,
        PanLaw::EqualGain => gain,
        PanLaw::Compromise => [0, 1].map(|side: usize| (power[side] * gain[side]).max(0.0).sqrt()),
        PanLaw::Balance => gain.map(|gain| (2.0 * gain).min(1.0)),
    }
}

/// What left and right keep of their own: the centre leaves them as they are.
fn kept(law: PanLaw, place: f64) -> [f64; 2] {
    let (here, centre) = (gains(law, place), gains(law, 0.0));
    [here[0] / centre[0], here[1] / centre[1]]
}

/// A second of noise on a strip.
fn film(channels: Vec<Vec<f32>>) -> Film {
    let mut film = Film::new("24", 48_000);
    film.sound("a", Sound::new(48_000, channels));
    film.track("t1", vec![item("c1", 24, hard("a", 0))]);
    film
}

/// How far what is heard is from the noise at such gains, which depend on the sample.
fn apart(film: &Film, noise: [&[f32]; 2], gains: impl Fn(usize) -> [f64; 2]) -> f64 {
    let heard = film.bounce(Layout::Stereo);
    let mut worst = 0.0_f64;
    for (side, channel) in heard.channels().iter().enumerate() {
        for (index, sample) in channel.iter().enumerate() {
            let wanted = f64::from(noise[side][index]) * gains(index)[side];
            worst = worst.max((f64::from(*sample) - wanted).abs());
        }
    }
    worst
}

fn places() -> impl Iterator<Item = f64> {
    (-8..=8).map(|place| f64::from(place) / 8.0)
}

#[test]
fn a_strip_pans_one_channel_by_its_law() {
    let one = noise(1, 48_000);
    for (name, law, centre) in LAWS {
        assert!((20.0 * gains(law, 0.0)[0].log10() - centre).abs() < 1e-4, "{name} at the centre");
        for place in places() {
            let mut film = film(vec![one.clone()]);
            let mut track = (*film.sequence.tracks[0]).clone();
            let strip = &mut track.header.strip;
            (strip.pan, strip.pan_law) = (Some(Param::number(place)), law);
            film.sequence.tracks.set(0, track.into());
            let apart = apart(&film, [&one, &one], |_| gains(law, place));
            assert!(apart < 1e-7, "{name} at {place}: {apart}");
        }
    }
}

/// The film with the pan node on its strip, at a position.
fn with_node(mut film: Film, law: &str, position: Param) -> Film {
    let mut values = words(&[("law", law)]);
    values.insert("position".into(), position);
    let (kind, wires, extra) = ("pan".into(), BTreeMap::new(), Extra::new());
    let node = NodeInstance { id: id("n1"), kind, bypass: false, values, wires, extra };
    let mut track = (*film.sequence.tracks[0]).clone();
    track.header.strip.nodes.push(node);
    film.sequence.tracks.set(0, track.into());
    film
}

#[test]
fn the_pan_node_balances_two_channels_by_its_law() {
    let (left, right) = (noise(1, 48_000), noise(2, 48_000));
    for (name, law, _) in LAWS {
        for place in places() {
            let film =
                with_node(film(vec![left.clone(), right.clone()]), name, Param::number(place));
            let apart = apart(&film, [&left, &right], |_| kept(law, place));
            assert!(apart < 2e-7, "{name} at {place}: {apart}");
        }
    }
}

#[test]
fn a_pan_that_moves_obeys_its_law_at_every_sample() {
    let (left, right) = (noise(1, 48_000), noise(2, 48_000));
    let key =
        |at, place| Key { at: Frames::whole(at), value: Value::Number(place), ease: Ease::Linear };
    for (name, law, _) in LAWS {
        let keys = vec![key(0, -1.0), key(24, 1.0)];
        let position = Param::Animated(Curve { keys, follow: Follow::Clip });
        let film = with_node(film(vec![left.clone(), right.clone()]), name, position);
        let place = |sample: usize| 2.0 * sample as f64 / 48_000.0 - 1.0;
        let apart = apart(&film, [&left, &right], |sample| kept(law, place(sample)));
        assert!(apart < 1e-6, "{name}: {apart}");
    }
}
