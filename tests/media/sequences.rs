//! Numbered pictures: what lacks is told, and a slate in the film.

use crate::support::folder::Folder;
use crate::support::program::{done, fails};
use roomtone::media::{self, Pictures, library};
use roomtone::workers::Stop;
use std::path::Path;
use timeline_format::Frames;
use timeline_format::media::MediaKind;

/// A grey picture of the level `number` as PGM, whatever its ending says.
fn write(folder: &Path, name: &str, number: u8, width: usize) {
    let head = format!("P5 {width} 4 255\n");
    let bytes = [head.as_bytes(), &vec![number; width * 4]].concat();
    std::fs::write(folder.join(name), bytes).unwrap();
}

fn level(pictures: &mut Pictures, n: i64) -> Result<u8, String> {
    pictures.frame(n).map(|image| image.planes[0].bytes()[0]).map_err(|error| error.to_string())
}

#[test]
fn holes_are_told_and_are_no_frames() {
    let folder = Folder::new();
    for number in [1006_u32, 1007, 1009, 1010, 1014] {
        write(folder.path(), &format!("a.{number}.png"), (number - 1000) as u8, 4);
    }
    let path = folder.file("a.####.png");
    let media = media::probe(&path).unwrap();
    assert_eq!((media.kind, media.first_number), (MediaKind::Sequence, Some(1006)));
    assert_eq!((media.holes.as_str(), media.length), ("1008 1011-1013", Some(Frames::whole(9))));
    let mut pictures = Pictures::open(&path, &media).unwrap();
    assert_eq!(pictures.count(), 9);
    for (n, there) in
        [(0, Some(6)), (1, Some(7)), (2, None), (3, Some(9)), (7, None), (8, Some(14))]
    {
        let found = level(&mut pictures, n);
        assert_eq!(found.as_ref().ok().copied(), there, "frame {n}: {found:?}");
    }
    let said = level(&mut pictures, 2).unwrap_err();
    assert!(said.contains("a.1008.png") && said.contains("1011-1013"), "{said}");
}

#[test]
fn files_that_went_missing_since_are_no_frames() {
    let folder = Folder::new();
    for number in 3..=9 {
        write(folder.path(), &format!("a.{number:03}.png"), number, 4);
    }
    let path = folder.file("a.###.png");
    let media = media::probe(&path).unwrap();
    for number in [3, 8, 9] {
        std::fs::remove_file(folder.file(&format!("a.{number:03}.png"))).unwrap();
    }
    let mut pictures = Pictures::open(&path, &media).unwrap();
    assert_eq!(pictures.count(), 7);
    assert!(level(&mut pictures, 0).unwrap_err().contains("a.003.png"));
    assert_eq!(level(&mut pictures, 1), Ok(4));
    assert!(level(&mut pictures, 6).unwrap_err().contains('7'));
}

#[test]
fn numbers_of_any_size_and_padding_are_told_apart() {
    let folder = Folder::new();
    for (name, number) in [("a.8", 8), ("a.9", 9), ("a.10", 10), ("a.11", 11), ("a.12", 12)] {
        write(folder.path(), &format!("{name}.png"), number, 4);
    }
    for (name, number) in [("b.0998", 1), ("b.0999", 2), ("b.1000", 3), ("b.10000", 4)] {
        write(folder.path(), &format!("{name}.png"), number, 4);
    }
    let big = 999_999_999_999_999_990_u64;
    for step in 0..4_u8 {
        write(folder.path(), &format!("c.{}.png", big + u64::from(step)), step, 4);
        write(folder.path(), &format!("d.-{step}.png"), step, 4);
        write(folder.path(), &format!("e.{}00000000000000000000.png", step + 1), step, 4);
    }
    let found = media::scan(&[folder.path().to_owned()], &Stop::new()).unwrap();
    let names = found.iter().map(|found| {
        let (path, media) = found.as_ref().unwrap();
        let length = media.length.map_or(1, Frames::round);
        format!("{} {length}", path.file_name().unwrap().to_str().unwrap())
    });
    let names = names.collect::<Vec<_>>();
    let digits = "#".repeat(18);
    for wanted in [
        "a.#.png 5".to_owned(),
        "b.####.png 9003".into(),
        format!("c.{digits}.png 4"),
        "d.-#.png 4".into(),
    ] {
        assert!(names.contains(&wanted), "{wanted} is not in {names:?}");
    }
    assert_eq!(names.len(), 8, "{names:?}");
    write(folder.path(), "f.0.png", 0, 4);
    write(folder.path(), "f.99999999999999999.png", 0, 4);
    let said = media::probe(&folder.file("f.#.png")).unwrap_err().to_string();
    assert!(said.contains("99999999999999999"), "{said}");
}

#[test]
fn files_of_several_sizes_are_each_their_own() {
    let folder = Folder::new();
    for number in 1..=4 {
        write(folder.path(), &format!("a.{number}.png"), number, usize::from(number) * 3);
    }
    let path = folder.file("a.#.png");
    let media = media::probe(&path).unwrap();
    let mut pictures = Pictures::open(&path, &media).unwrap();
    for n in [3, 0, 2, 1] {
        assert_eq!(i64::from(pictures.frame(n).unwrap().width), 3 * (n + 1));
    }
}

#[test]
fn a_folder_that_holds_itself_is_looked_into_once() {
    let folder = Folder::new();
    write(folder.path(), "a.png", 1, 4);
    std::fs::create_dir(folder.file("inner")).unwrap();
    write(folder.path(), "inner/b.png", 1, 4);
    #[cfg(unix)]
    for name in ["up", "again", "inner/up", "inner/self"] {
        std::os::unix::fs::symlink(folder.path(), folder.file(name)).unwrap();
    }
    #[cfg(unix)]
    std::os::unix::fs::symlink("loop", folder.file("loop")).unwrap();
    assert_eq!(library::files(folder.path()).unwrap().len(), 2);
}

#[test]
fn a_hole_in_a_film_is_a_slate_and_a_problem() {
    let folder = Folder::new();
    let here = folder.path();
    for number in 1..=6 {
        write(here, &format!("a.{number:02}.png"), 200, 64);
    }
    done(here, "new film.roomtone --size 64x36 --rate 25");
    let said = done(here, "add film.roomtone a.##.png");
    let id = said.split_whitespace().next().unwrap();
    done(here, &format!("cut film.roomtone append v1 {id} --length 6"));
    std::fs::remove_file(here.join("a.04.png")).unwrap();
    for n in 0..6 {
        done(here, &format!("frame film.roomtone {n} -o f{n}.png"));
    }
    let frame = |n: usize| std::fs::read(here.join(format!("f{n}.png"))).unwrap();
    assert!([0, 1, 2, 4, 5].iter().all(|n| frame(*n) == frame(0)), "the others are as they were");
    assert_ne!(frame(3), frame(0), "the one that lacks is a slate");
    let said = done(here, "deliver film.roomtone --preset archive-ffv1 -o film.mkv --json");
    assert!(said.contains("a.04.png"), "{said}");
    fails(here, "probe a.###.png", 1, "there is no file of this name");
}
