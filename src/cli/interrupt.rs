//! Ctrl-C: work is asked to stop, cleanly; a second time ends the program.

use crate::workers::Stop;
use std::sync::OnceLock;

static STOP: OnceLock<Stop> = OnceLock::new();

/// A flag that Ctrl-C raises.
pub(crate) fn stop_on_interrupt() -> Stop {
    let stop = STOP.get_or_init(Stop::new).clone();
    let seen = stop.clone();
    let handler = ctrlc::set_handler(move || {
        if seen.is_raised() {
            std::process::abort();
        }
        seen.raise();
    });
    drop(handler);
    stop
}
