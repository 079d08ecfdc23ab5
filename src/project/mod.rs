//! Films on disk: open, save whole, keep older versions.

mod beginning;
mod bring;
mod error;
pub mod look;
mod recovery;
mod save;
mod versions;

pub use beginning::beginning;
pub use bring::{bring, relative_to};
pub use error::Error;
pub use recovery::{Autosave, Recovered, recovered, set_aside, set_unreadable_aside};
pub use save::{VERSIONS, save, save_keeping, write_whole};
pub use versions::{Version, restore, versions};

use std::path::{Path, PathBuf};
use timeline_format::read::MOST_BYTES;
use timeline_format::{Problem, ReadError, Timeline};

/// Opens the film at `path`: the film, and what is wrong with its file and with itself.
///
/// # Errors
/// Where the file cannot be read, or holds no film.
pub fn open(path: &Path) -> Result<(Timeline, Vec<Problem>), Error> {
    let failed = |source| Error::io("open", path, source);
    let no_film = |source| Error::Film { path: path.to_owned(), source };
    let size = std::fs::metadata(path).map_err(failed)?.len();
    if size > MOST_BYTES as u64 {
        return Err(no_film(ReadError::TooLarge(usize::try_from(size).unwrap_or(usize::MAX))));
    }
    let bytes = std::fs::read(path).map_err(failed)?;
    let (film, mut problems) = timeline_format::read(&bytes).map_err(no_film)?;
    problems.extend(timeline_format::check(&film));
    Ok((film, problems))
}

/// The hidden neighbour of a film: `.FILM.roomtone.WHAT`.
fn beside(path: &Path, what: &str) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{what}"))
}

#[cfg(test)]
mod tests {
    use super::save::{Step, replace};
    use super::*;
    use timeline_format::sequence::Raster;
    use timeline_format::{Id, Rate};

    fn film(title: &str) -> Timeline {
        let raster = Raster { width: 1920, height: 1080 };
        let mut film = Timeline::new(raster, Rate::FILM, 48_000, Id::parse("main").unwrap());
        std::sync::Arc::make_mut(&mut film.settings).title = title.to_owned();
        film
    }

    #[test]
    fn a_fault_at_any_step_leaves_the_old_film_or_the_new_one() {
        let steps = [
            Step::Create,
            Step::Write,
            Step::Sync,
            Step::Keep,
            Step::Rename,
            Step::SyncFolder,
            Step::Prune,
        ];
        for at in steps {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("film.roomtone");
            save(&path, &film("old")).unwrap();
            let text = timeline_format::write(&film("new"));
            let fail = &mut |step| {
                if step == at { Err(std::io::ErrorKind::StorageFull.into()) } else { Ok(()) }
            };
            let error = replace(&path, text.as_bytes(), 10, fail).unwrap_err();
            assert!(error.to_string().contains("free some space"), "{error}");
            let title = open(&path).unwrap().0.settings.title.clone();
            let is_renamed = matches!(at, Step::SyncFolder | Step::Prune);
            assert_eq!(title, if is_renamed { "new" } else { "old" }, "{at:?}");
            save(&path, &film("new")).unwrap();
            assert_eq!(open(&path).unwrap().0, film("new"));
            let left = std::fs::read_dir(folder.path()).unwrap().count();
            assert_eq!(left, 2, "the film and its versions, nothing else");
        }
    }

    #[test]
    fn the_last_versions_are_kept_and_come_back() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("film.roomtone");
        for number in 0..15 {
            save_keeping(&path, &film(&number.to_string()), 4).unwrap();
            save_keeping(&path, &film(&number.to_string()), 4).unwrap();
        }
        let kept = versions(&path).unwrap();
        let titles: Vec<_> = kept
            .iter()
            .map(|version| open(&version.path).unwrap().0.settings.title.clone())
            .collect();
        assert_eq!(titles, ["13", "12", "11", "10"]);
        assert_eq!(restore(&path, &kept[2]).unwrap().0, film("11"));
        assert_eq!(open(&path).unwrap().0, film("11"));
        assert_eq!(open(&versions(&path).unwrap()[0].path).unwrap().0, film("14"));
    }

    #[test]
    #[cfg(unix)]
    fn permissions_and_links_stay() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let (path, link) = (folder.path().join("film.roomtone"), folder.path().join("link"));
        save(&path, &film("old")).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
        std::os::unix::fs::symlink(&path, &link).unwrap();
        save(&link, &film("new")).unwrap();
        assert!(link.is_symlink());
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
        assert_eq!(open(&path).unwrap().0, film("new"));
    }

    #[test]
    fn what_cannot_be_opened_says_why() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("film.roomtone");
        assert!(open(&path).unwrap_err().to_string().contains("is the name right"));
        std::fs::write(&path, "{\n\"format\": 99}").unwrap();
        let said = open(&path).unwrap_err().to_string();
        assert!(
            said.contains("film.roomtone") && said.contains("newer version of the program"),
            "{said}"
        );
        let nowhere = folder.path().join("no/such/folder.roomtone");
        assert!(save(&nowhere, &film("x")).is_err());
    }
}
