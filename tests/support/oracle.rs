//! Programs that we did not write, to hold results against.
//!
//! `./dev test` installs every oracle. Where one truly cannot be had, a test that needs it says so
//! by name and passes; in CI nothing is skipped.

use std::path::PathBuf;
use std::process::{Command, Output};

/// Whether `program` answers; if not, says that `test` is skipped, or fails in CI.
pub fn have(program: &str, test: &str) -> bool {
    if run(program, &["--version"]).is_some_and(|out| out.status.success())
        || run(program, &["-version"]).is_some_and(|out| out.status.success())
    {
        return true;
    }
    assert!(std::env::var_os("CI").is_none(), "{test} needs {program}, and CI skips nothing");
    eprintln!("SKIPPED {test}: {program} is missing; ./dev test installs it");
    false
}

/// Runs `program` and gives what it printed; fails if it does.
pub fn output(program: &str, arguments: &[&str]) -> Vec<u8> {
    let out = run(program, arguments).unwrap_or_else(|| panic!("{program} did not start"));
    let (told, said) = (String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr));
    let words = arguments.iter().filter(|word| word.len() < 1000).collect::<Vec<_>>();
    assert!(out.status.success(), "{program} {words:?}\n{told}\n{said}");
    out.stdout
}

/// Whether `program` ran and said that all was well.
pub fn try_run(program: &str, arguments: &[&str]) -> bool {
    run(program, arguments).is_some_and(|out| out.status.success())
}

/// Runs ffmpeg, quietly, overwriting; gives what it wrote to standard output.
pub fn ffmpeg(arguments: &[&str]) -> Vec<u8> {
    output("ffmpeg", &[&["-v", "error", "-nostdin", "-y"], arguments].concat())
}

/// The Python that has the oracles' packages (numpy, scipy, scikit-image, OpenTimelineIO).
pub fn python_program() -> String {
    let of_dev = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(".venv/bin/python");
    std::env::var("ROOMTONE_PYTHON").unwrap_or_else(|_| of_dev.display().to_string())
}

/// Runs a Python script, given as text, and gives what it printed.
pub fn python(script: &str, arguments: &[&str]) -> Vec<u8> {
    output(&python_program(), &[&["-c", script], arguments].concat())
}

#[expect(clippy::disallowed_methods, reason = "oracles are programs of their own")]
fn run(program: &str, arguments: &[&str]) -> Option<Output> {
    Command::new(program).args(arguments).output().ok()
}
