//! The program: a word is a command; an error becomes an exit code, once.

fn main() -> std::process::ExitCode {
    roomtone::cli::run()
}
