//! The mix: the room that cloth sounds in, the window that wind is heard through, what gives way to what,
//! and what moves.

use super::id;
use super::picture::start_of;
use timeline_format::mix::{Bus, Layout, NodeInstance, Send, Strip};
use timeline_format::parameter::{Curve, Ease, Follow, Key};
use timeline_format::{Extra, Frames, Id, Param, Role, Value};

/// It swells when the light on the headland is found, and again, brighter, with the sun.
pub(super) fn wind() -> Strip {
    let morning = start_of("morning");
    Strip {
        gain: Some(moving(&[
            (0, -4.0),
            (62, 1.5),
            (104, -1.0),
            (morning, -2.0),
            (morning + 64, 1.0),
        ])),
        pan: Some(moving(&[(0, -0.25), (96, 0.15), (morning, 0.1), (morning + 100, -0.15)])),
        nodes: vec![node("brightness", "tilt", &[("tilt", moving(&[(96, -0.6), (morning, 0.5)]))])],
        ..Strip::default()
    }
}

/// What is left of it behind the pane; in the morning the window stands ajar.
pub(super) fn outside() -> Strip {
    let curtain = start_of("curtain");
    Strip { gain: Some(moving(&[(curtain - 30, 0.0), (curtain + 10, 6.0)])), ..Strip::default() }
}

/// The pane between the room and what is outside.
pub(super) fn window() -> NodeInstance {
    let values = [("obstacle", word("window")), ("opening", Param::number(4.0))];
    node("window", "through", &values)
}

/// How the room answers.
pub(super) fn walls() -> NodeInstance {
    let response = [("impulse", word("living-room")), ("mix", Param::number(100.0))];
    node("walls", "convolution", &response)
}

/// Near the street it is clear; from the roofs only its low part is left.
pub(super) fn traffic() -> Strip {
    let (street, roofs) = (start_of("street"), start_of("roofs"));
    let far = moving(&[
        (street - 20, 900.0),
        (street + 30, 7000.0),
        (roofs - 12, 5000.0),
        (roofs + 24, 1400.0),
    ]);
    Strip { nodes: vec![node("distance", "eq", &[("low_pass", far)])], ..Strip::default() }
}

pub(super) fn buses() -> Vec<(Id, Bus)> {
    let bus = |name: &str, label: &str, role: Option<Role>, strip: Strip| {
        let label = label.to_owned();
        (id(name), Bus { name: label, role, layout: Layout::Stereo, strip, extra: Extra::new() })
    };
    let to_main = |nodes| Strip { output: Some(id("main")), nodes, ..Strip::default() };
    let limiter = node("ceiling", "limiter", &[("ceiling", Param::number(-1.0))]);
    let gain = Some(Param::number(8.0));
    let main = Strip { gain, nodes: vec![limiter], ..Strip::default() };
    vec![
        bus("main", "Main", None, main),
        bus("ambience", "Ambience", Some(Role::Ambience), to_main(Vec::new())),
        bus("room", "Room tone", Some(Role::RoomTone), to_main(vec![steps_back()])),
        bus("foley", "Foley", Some(Role::Foley), to_main(Vec::new())),
        bus("space", "The room's answer", None, to_main(vec![walls()])),
    ]
}

/// While cloth moves, the room's own tone steps back: what is near is heard nearer.
fn steps_back() -> NodeInstance {
    let values = [("threshold", -52.0), ("depth", 5.0), ("hold", 500.0), ("fade", 350.0)];
    let mut duck =
        node("steps-back", "duck", &values.map(|(name, value)| (name, Param::number(value))));
    duck.wires.insert("key".to_owned(), id("foley"));
    duck
}

fn node(name: &str, kind: &str, values: &[(&str, Param)]) -> NodeInstance {
    let values = values.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    let kind = kind.to_owned();
    NodeInstance {
        id: id(name),
        kind,
        bypass: false,
        values,
        wires: [].into(),
        extra: Extra::new(),
    }
}

/// Sent to the walls of the room.
pub(super) fn into_the_room(gain: f64) -> Strip {
    let send = Send { to: id("space"), gain: Some(Param::number(gain)), pre: false };
    Strip { sends: vec![send], ..Strip::default() }
}

pub(super) fn word(text: &str) -> Param {
    Param::Constant(Value::Text(text.to_owned()))
}

/// Keyframes, slow out of each and into the next.
pub(super) fn moving(keys: &[(i64, f64)]) -> Param {
    let key = |(at, value): &(i64, f64)| Key {
        at: Frames::whole(*at),
        value: Value::Number(*value),
        ease: Ease::Ease,
    };
    Param::Animated(Curve { keys: keys.iter().map(key).collect(), follow: Follow::Clip })
}
