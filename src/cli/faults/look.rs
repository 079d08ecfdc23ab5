//! Looking: every take that is meant, by every finder that is wanted.

use super::{Arguments, heat, meant, media_of, tell, words_of};
use crate::cli::film::Opened;
use crate::cli::output::Output;
use crate::cli::{Done, Failure, interrupt};
use crate::edit::{self, Faulty};
use crate::picture::faults::{self, Find, Finder, Known, Limits};
use crate::play::{Wanted, frames_of, inspect, path_of};
use std::path::PathBuf;
use timeline_format::{Fault, IdSource, Media, Timeline};

/// Looks, keeps what was found, tells it.
pub(super) fn run(arguments: &Arguments, opened: &Opened, output: Output) -> Done {
    let mut film = Timeline::clone(&opened.timeline);
    let mut ids = IdSource::seeded(getrandom::u64()?);
    let finders = finders(&arguments.only);
    let kinds: Vec<&str> = finders.iter().map(|finder| finder.id).collect();
    let limits = limits(arguments)?;
    let mut looked = Vec::new();
    for of in meant(arguments, &film)? {
        match find(opened, of, (&finders, &limits), output)? {
            None => output
                .note(format_args!("{}: it cannot be read, and was not looked at", words_of(of))),
            Some(finds) => {
                let known = faults::merged(&before(&film, of), finds, &kinds, &mut ids);
                let kept: Vec<Fault> = known.iter().map(|it| it.fault.clone()).collect();
                film = edit::keep_faults(&film, of, kept)?.timeline;
                looked.push((of, known));
            }
        }
    }
    if !arguments.dry_run {
        crate::project::save(&arguments.film, &film)?;
    }
    for (of, known) in &looked {
        tell::found(*of, known, output);
        pictures(arguments, opened, (*of, known), output)?;
    }
    Ok(())
}

/// The finders that are wanted; all, if none is named.
pub(super) fn finders(only: &[String]) -> Vec<&'static Finder> {
    let is_wanted = |finder: &&&Finder| only.is_empty() || only.iter().any(|id| id == finder.id);
    faults::ALL.iter().filter(is_wanted).copied().collect()
}

/// The limits that count.
pub(super) fn limits(arguments: &Arguments) -> Result<Limits, Failure> {
    let Some(path) = &arguments.limits else { return Ok(Limits::own()) };
    let told = |why: String| Failure::call(format!("{why}: {}", path.display()));
    let text = std::fs::read_to_string(path)
        .map_err(|error| told(format!("the limits cannot be read, {error}")))?;
    Limits::with(&text).map_err(told)
}

/// What is kept already.
fn before(film: &Timeline, of: Faulty) -> Vec<Fault> {
    edit::faults_of(film)
        .into_iter()
        .filter(|(whose, _)| *whose == of)
        .map(|(_, fault)| fault)
        .collect()
}

/// Looks at the pictures of one take or media; `None` where they cannot be read.
pub(super) fn find(
    opened: &Opened,
    of: Faulty,
    (finders, limits): (&[&'static Finder], &Limits),
    output: Output,
) -> Result<Option<Vec<Find>>, Failure> {
    let Some((media, rate, path)) = file_of(opened, of) else { return Ok(None) };
    let stop = interrupt::stop_on_interrupt();
    let Ok(count) = frames_of((&path, media)) else { return Ok(None) };
    let bar = output.bar(count as u64);
    bar.set_message(words_of(of));
    let wanted = Wanted { finders, limits, rate };
    let found = inspect((&path, media), &wanted, (&stop, &|| bar.inc(1)));
    bar.finish_and_clear();
    if stop.is_raised() {
        return Err(anyhow::anyhow!("stopped; nothing was changed").into());
    }
    let (finds, broken) = found?;
    if let Some(why) = broken {
        output.note(format_args!("{}: {why}", words_of(of)));
    }
    Ok(Some(finds))
}

/// The media of what is meant, the rate that it is shown at, and its file.
pub(super) fn file_of(opened: &Opened, of: Faulty) -> Option<(&Media, Option<f64>, PathBuf)> {
    let (media, rate) = media_of(&opened.timeline, of)?;
    media.picture.as_ref()?;
    Some((media, rate, path_of(media, &opened.folder())?))
}

/// A picture of where each fault is that was found.
fn pictures(
    arguments: &Arguments,
    opened: &Opened,
    (of, known): (Faulty, &[Known]),
    output: Output,
) -> Done {
    let Some(folder) = &arguments.picture else { return Ok(()) };
    let Some((media, _, path)) = file_of(opened, of) else { return Ok(()) };
    std::fs::create_dir_all(folder)?;
    for known in known {
        heat::write((folder, arguments.force), (&path, media), known, output)?;
    }
    Ok(())
}
