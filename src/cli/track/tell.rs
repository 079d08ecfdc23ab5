//! Telling: where what was followed is, in words and for programs.

use crate::cli::output::Output;
use crate::play::Grip;
use crate::play::tracking::Tracked;
use serde_json::json;

/// Tells what was followed: every frame to programs, and to people where nothing goes with it.
pub(super) fn told(
    Tracked { passage, followed, .. }: &Tracked<'_>,
    grip: Grip,
    has_goal: bool,
    output: Output,
) {
    let size = followed.size;
    let part = |[x, y]: [f64; 2]| [x / size[0], y / size[1]].map(|it| (it * 1e6).round() / 1e6);
    let [x, y] = grip.middle();
    let pixel = [x * size[0], y * size[1]];
    let pairs = passage.frames.iter().zip(&followed.held);
    let mut lost = Vec::new();
    for (frame, held) in pairs {
        let (place, confidence) =
            (part(held.plane.at(pixel)), (held.confidence * 1e3).round() / 1e3);
        if held.confidence == 0.0 {
            lost.push(frame.film);
        }
        if has_goal && !output.is_json() {
            continue;
        }
        output.say(
            format_args!("frame {}: {:.4},{:.4} ({confidence:.2})", frame.film, place[0], place[1]),
            || {
                let rows = held.plane.0;
                json!({"frame": frame.film, "place": place, "confidence": confidence, "plane": rows})
            },
        );
    }
    let (all, sure) = (passage.frames.len(), passage.frames.len() - lost.len());
    let least = followed.held.iter().map(|it| it.confidence).fold(1.0, f64::min);
    let words = if lost.is_empty() {
        format!("followed through {all} frames, sure to {least:.2} or more")
    } else {
        let frames: Vec<String> = lost.iter().take(12).map(i64::to_string).collect();
        let more = if lost.len() > 12 { " ..." } else { "" };
        format!("followed through {sure} of {all} frames; lost in {}{more}", frames.join(", "))
    };
    output.say(words, || json!({"frames": all, "lost": lost, "least": least}));
}
