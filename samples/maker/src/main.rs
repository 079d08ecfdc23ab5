//! Makes the sample film's material: `sample-maker [pictures|sounds|film] [--only NAME] [--draft]`.
#![forbid(unsafe_code)]

use std::path::Path;

fn main() -> std::io::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let (film, making) = (Path::new("samples/before-morning"), Path::new("target/making"));
    std::fs::create_dir_all(film)?;
    std::fs::create_dir_all(making)?;
    let only = words.iter().position(|word| word == "--only").and_then(|at| words.get(at + 1));
    let part = |name: &str| words.is_empty() || words[0] == name;
    if part("pictures") {
        let draft = words.iter().any(|word| word == "--draft");
        sample_maker::paint_all(film, making, only.map(String::as_str), draft)?;
    }
    if part("sounds") {
        sample_maker::sound_all(making)?;
    }
    if part("film") {
        std::fs::write(film.join("film.roomtone"), sample_maker::text())?;
    }
    Ok(())
}
