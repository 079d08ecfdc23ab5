//! How right the finders of faults are: recall by strength and precision, on faults planted in films of photographs and
//! on films that are clean.
//!
//! `./dev bench faults`, or some finders alone: `./dev bench faults lattice joins`. With `--clean`, only on those that are.
#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::panic,
    reason = "this is a bench program, which stops where it cannot go on"
)]

#[path = "../support"]
mod support {
    //! What tests and this program share.

    #[expect(
        dead_code,
        unreachable_pub,
        clippy::print_stderr,
        reason = "the tests use the rest, and this program prints"
    )]
    pub(crate) mod oracle;
    #[expect(unreachable_pub, reason = "the tests share it")]
    pub(crate) mod planted;
    pub(crate) use ::signal;
    pub(crate) use roomtone_picture::faults;
}

use support::planted::{Tally, clean, faults};

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let kinds: Vec<&str> =
        words.iter().map(String::as_str).filter(|word| !word.starts_with("--")).collect();
    let is_wanted = |kind: &str| kinds.is_empty() || kinds.contains(&kind);
    let is_clean_alone = words.iter().any(|word| word == "--clean");
    let mut tally = Tally::default();
    let wanted = faults().filter(|fault| is_wanted(fault.kind) && !is_clean_alone);
    for (fault, strength) in wanted.flat_map(|it| it.strengths.iter().map(move |much| (it, *much)))
    {
        planted(&tally.ask_planted(&kinds, fault, strength, usize::MAX));
    }
    tally.ask_clean(&kinds, &clean());
    println!(
        "\nOf all accusations, those that are true, and films that are accused wrongly ({} clean ones, and all with a fault):",
        tally.clean
    );
    for finder in support::faults::ALL.iter().filter(|finder| is_wanted(finder.id)) {
        accused(finder.id, &tally);
    }
}

fn planted(row: &support::planted::tally::Row) {
    let scores: Vec<String> = row
        .found
        .iter()
        .map(|(is_found, score)| if *is_found { format!("{score:.3}") } else { "-".into() })
        .collect();
    let (kind, told) = (row.fault.kind, row.fault.told);
    println!(
        "{kind:8} {:>6} {}/{}  {told}: {}",
        row.strength,
        row.hits(),
        row.found.len(),
        scores.join(" ")
    );
}

fn accused(kind: &str, tally: &Tally) {
    let (right, all) = tally.precision(kind);
    println!("{kind:8} {right}/{all}");
    for (film, score) in tally.wrong.get(kind).into_iter().flatten() {
        println!("             {score:.3} {film}");
    }
}
