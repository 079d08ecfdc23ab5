//! Rows of floats as long as a picture, used again: memory that is asked of the system anew at every stage of every
//! frame costs more than most of what is done in it.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// The most bytes that wait to be used again.
const MOST: usize = 256 << 20;
/// Rows shorter than this are left to the allocator, which keeps such by itself.
const LEAST: usize = 1 << 16;

static WAITING: Mutex<Vec<Vec<f32>>> = Mutex::new(Vec::new());

/// A row of so many numbers; what they are is not defined.
pub(crate) fn take(length: usize) -> Vec<f32> {
    let mut row = if length < LEAST { None } else { fitting(&mut waiting(), length) };
    let row = row.get_or_insert_default();
    row.resize(length, 0.0);
    std::mem::take(row)
}

/// A row of so many zeros.
pub(crate) fn zeros(length: usize) -> Vec<f32> {
    let mut row = take(length);
    row.fill(0.0);
    row
}

/// A copy of a row.
pub(crate) fn copy(of: &[f32]) -> Vec<f32> {
    let mut row = take(of.len());
    row.copy_from_slice(of);
    row
}

/// Lets go of a row. The longest waiting are forgotten when too much waits.
pub(crate) fn give(row: Vec<f32>) {
    if row.capacity() < LEAST {
        return;
    }
    let mut waiting = waiting();
    waiting.push(row);
    let mut held: usize = waiting.iter().map(|row| row.capacity() * 4).sum();
    while held > MOST {
        held -= waiting.remove(0).capacity() * 4;
    }
}

/// The row that was let go of last among those that are long enough and not twice as long.
fn fitting(waiting: &mut Vec<Vec<f32>>, length: usize) -> Option<Vec<f32>> {
    let fits = |row: &Vec<f32>| (length..=2 * length).contains(&row.capacity());
    let place = waiting.iter().rposition(fits)?;
    Some(waiting.remove(place))
}

fn waiting() -> MutexGuard<'static, Vec<Vec<f32>>> {
    WAITING.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_used_again_and_too_many_are_not_kept() {
        let mut rows = vec![vec![1.0; LEAST], vec![2.0; 3 * LEAST]];
        assert_eq!(fitting(&mut rows, LEAST).map(|row| row[0]), Some(1.0));
        assert_eq!(fitting(&mut rows, LEAST), None);
        assert_eq!(zeros(LEAST + 1), vec![0.0; LEAST + 1]);
        (0..8).for_each(|_| give(vec![3.0; MOST / 16]));
        let held: usize = waiting().iter().map(|row| row.capacity() * 4).sum();
        assert!(held <= MOST);
    }
}
