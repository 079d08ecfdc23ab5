//! Every integration test, in one program.
#![expect(
    clippy::panic,
    clippy::print_stderr,
    clippy::unwrap_used,
    unreachable_pub,
    reason = "this is a test program: a failed unwrap is a failed test"
)]

mod commands;
mod complaints;
mod delivery;
mod document;
mod edit;
mod exactness;
mod interchange;
mod media;
mod picture;
mod play;
mod samples;
mod sound;
mod support;
mod tidy;
#[cfg(feature = "gui")]
mod ui;

/// Traps allocation where a test forbids it.
#[global_allocator]
static ALLOCATOR: assert_no_alloc::AllocDisabler = assert_no_alloc::AllocDisabler;
