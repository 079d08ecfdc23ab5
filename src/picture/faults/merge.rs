//! What was found, put together with what is known already: what was decided stays decided.

use super::Find;
use timeline_format::{Fault, FaultState, Frames, IdSource};

/// A find, and the fault that it is in the document.
#[derive(Debug, Clone)]
pub struct Known {
    /// The fault.
    pub fault: Fault,
    /// The find behind it; `None` where it was found before and is no more.
    pub find: Option<Find>,
}

/// The faults that a list comes to once `finds` were found: one that was known keeps its id and what was decided of
/// it, one that is new gets an id, and an open one that is found no more is left out. What other programs found stays,
/// as does what `kinds` were not looked for.
pub fn merged(
    before: &[Fault],
    finds: Vec<Find>,
    kinds: &[&str],
    ids: &mut IdSource,
) -> Vec<Known> {
    let mut old: Vec<Fault> = before.to_vec();
    let mut all: Vec<Known> = Vec::new();
    for find in finds {
        let place = old.iter().position(|fault| is_it(fault, &find));
        let fault = match place {
            Some(place) => renewed(old.remove(place), &find),
            None => as_fault(&find, ids),
        };
        all.push(Known { fault, find: Some(find) });
    }
    let stays =
        |fault: &Fault| fault.state != FaultState::Open || !kinds.contains(&fault.kind.as_str());
    all.extend(old.into_iter().filter(stays).map(|fault| Known { fault, find: None }));
    all.sort_by(|a, b| a.fault.frames[0].cmp(&b.fault.frames[0]));
    all
}

/// A find as a fault that is open.
fn as_fault(find: &Find, ids: &mut IdSource) -> Fault {
    let frames = [find.frames.start, find.frames.end].map(Frames::whole);
    renewed(Fault::new(ids.next_id(), find.kind, frames, find.score), find)
}

fn renewed(mut fault: Fault, find: &Find) -> Fault {
    fault.frames = [find.frames.start, find.frames.end].map(Frames::whole);
    fault.region = find.region.map(|region| region.map(|part| rounded(part, 1e4)));
    fault.score = significant(find.score);
    fault.figures =
        find.figures.iter().map(|(name, value)| ((*name).into(), significant(*value))).collect();
    fault
}

fn rounded(number: f64, per: f64) -> f64 {
    (number * per).round() / per
}

/// Four digits that mean something; what is not finite is 0.
fn significant(number: f64) -> f64 {
    if !number.is_finite() || number == 0.0 {
        return 0.0;
    }
    let per = 10_f64.powf(3.0 - number.abs().log10().floor());
    rounded(number, per)
}

fn is_it(fault: &Fault, find: &Find) -> bool {
    let [from, to] = fault.frames.map(Frames::floor);
    let meets = from < find.frames.end && find.frames.start < to;
    let over = match (fault.region, find.region) {
        (Some(one), Some(other)) => {
            one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3]
        }
        _ => true,
    };
    fault.kind == find.kind && meets && over
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_decided_stays_and_what_is_gone_goes() {
        let ids = &mut IdSource::seeded(1);
        let find = |kind, frames| Find::new(kind, frames, 12.3456789);
        let first = merged(
            &[],
            vec![find("pop", 3..4), find("pop", 9..10), find("step", 5..6)],
            &["pop", "step"],
            ids,
        );
        assert_eq!(
            first.iter().map(|it| it.fault.frames[0].floor()).collect::<Vec<_>>(),
            [3, 5, 9]
        );
        assert_eq!(first[0].fault.score, 12.35);
        let mut faults: Vec<Fault> = first.into_iter().map(|it| it.fault).collect();
        faults[0].state = FaultState::Accepted;
        faults[0].by = "Ada".into();
        let second = merged(&faults, vec![find("pop", 9..11)], &["pop"], ids);
        let kept: Vec<_> = second.iter().map(|it| (it.fault.id, it.find.is_some())).collect();
        assert_eq!(kept, [(faults[0].id, false), (faults[1].id, false), (faults[2].id, true)]);
        assert_eq!(second[0].fault.by, "Ada");
    }
}
