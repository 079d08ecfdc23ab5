//! Films on disk: open, save whole, keep older versions.
