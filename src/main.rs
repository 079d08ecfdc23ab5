//! The program: a word is a command; an error becomes an exit code, once.

/// Traps allocation on the real-time thread in debug builds: the program ends where one is tried.
#[cfg(debug_assertions)]
#[global_allocator]
static ALLOCATOR: assert_no_alloc::AllocDisabler = assert_no_alloc::AllocDisabler;

fn main() -> std::process::ExitCode {
    roomtone::cli::run()
}
