//! Deciding: a fault is taken as it is, taken back, or mended.

use super::{Arguments, look, tell};
use crate::cli::film::Opened;
use crate::cli::output::Output;
use crate::cli::{Done, Failure};
use crate::edit::{self, Edited, Faulty};
use crate::picture::effects;
use crate::picture::faults::{Find, Remedy, mending, merged, named};
use timeline_format::{Fault, Id, IdSource, Timeline};

/// Accepts a fault, or opens it again.
pub(super) fn decide(arguments: &Arguments, opened: &Opened, output: Output) -> Done {
    let film = &*opened.timeline;
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let (fault, edited) = match (arguments.accept, arguments.reopen) {
        (Some(fault), _) => {
            let said = (text(&arguments.by), text(&arguments.because));
            (fault, edit::accept_fault(film, fault, (&said.0, &said.1))?)
        }
        (None, Some(fault)) => (fault, edit::reopen_fault(film, fault)?),
        (None, None) => return Ok(()),
    };
    finish(arguments, &edited, fault, output)
}

/// Mends a fault: looks again at its pictures for what the mending needs.
pub(super) fn fix(arguments: &Arguments, opened: &Opened, id: Id, output: Output) -> Done {
    let film = &*opened.timeline;
    let (of, fault) = fault_of(film, id)?;
    let find = found_again(arguments, opened, (of, &fault), output)?;
    let mut ids = IdSource::seeded(getrandom::u64()?);
    let edited = match find.remedy.as_ref() {
        Some(Remedy::Without(frames)) => edit::leave_out(film, id, frames)?,
        Some(Remedy::Effect { kind, .. }) if effects::named(kind).is_some() => {
            let effect = fault.effect.unwrap_or_else(|| ids.next_id());
            match mending(&find, effect, &mut ids) {
                Some(effect) => edit::mend_fault(film, id, &effect)?,
                None => return Err(nothing(&fault)),
            }
        }
        _ => return Err(nothing(&fault)),
    };
    finish(arguments, &edited, id, output)
}

fn nothing(fault: &Fault) -> Failure {
    anyhow::anyhow!("there is no effect that mends a fault of the kind {:?} by itself: mend it by hand, or accept it", fault.kind).into()
}

fn fault_of(film: &Timeline, id: Id) -> Result<(Faulty, Fault), Failure> {
    let all = edit::faults_of(film);
    let known: Vec<String> = all.iter().map(|(_, fault)| fault.id.to_string()).collect();
    all.into_iter().find(|(_, fault)| fault.id == id).ok_or_else(|| {
        let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
        Failure::call(format!("the film has no fault {id}; it has {known}"))
    })
}

/// The find that is a fault, from looking again.
fn found_again(
    arguments: &Arguments,
    opened: &Opened,
    (of, fault): (Faulty, &Fault),
    output: Output,
) -> Result<Find, Failure> {
    let Some(finder) = named(&fault.kind) else { return Err(nothing(fault)) };
    let limits = look::limits(arguments)?;
    let finds = look::find(opened, of, (&[finder], &limits), output)?;
    let finds = finds.ok_or_else(|| {
        anyhow::anyhow!("its pictures cannot be read: roomtone check {}", opened.path.display())
    })?;
    let known = merged(std::slice::from_ref(fault), finds, &[finder.id], &mut IdSource::seeded(0));
    let again =
        known.into_iter().find(|known| known.fault.id == fault.id).and_then(|known| known.find);
    again.ok_or_else(|| {
        anyhow::anyhow!(
            "looking again, fault {} is there no more: look anew with roomtone faults {}",
            fault.id,
            opened.path.display()
        )
        .into()
    })
}

fn finish(arguments: &Arguments, edited: &Edited, fault: Id, output: Output) -> Done {
    if !arguments.dry_run {
        crate::project::save(&arguments.film, &edited.timeline)?;
    }
    for note in &edited.notes {
        output.note(note);
    }
    let (of, fault) = fault_of(&edited.timeline, fault)?;
    tell::one(of, &fault, output);
    Ok(())
}
