//! The grade that a film has at a frame, for what is made of it elsewhere.

use super::shelf::{Shelf, Unread};
use crate::picture::{self, Grade, Picture, Plan};
use std::path::Path;
use std::sync::Arc;
use timeline_format::{Id, Timeline};

/// The grade of the topmost picture at a frame of a sequence.
///
/// # Errors
/// Says in words why there is none that is the same for every pixel: nothing is seen, two pictures are, or a filter
/// or a mask is part of it; or that a look-up table could not be read.
pub fn grade_at(
    film: &Arc<Timeline>,
    sequence: Id,
    frame: i64,
    folder: &Path,
) -> Result<Grade, String> {
    let unread = Unread::default();
    let shelf = Shelf::new(Arc::clone(film), folder, unread.clone());
    let plan = picture::plan(film, sequence, frame, &shelf);
    if let Some(why) = unread.lines().into_iter().next() {
        return Err(why);
    }
    of(&plan)
}

fn of(plan: &Plan) -> Result<Grade, String> {
    let top = plan.layers.last().ok_or("nothing is seen there")?;
    if matches!(top.picture, Picture::Between(_)) {
        return Err(
            "a transition lies there, which is two grades: name a frame beside it".to_owned()
        );
    }
    if !top.effects.is_empty() {
        return Err(
            "a filter, a mask or a mix is part of its grade, and no table has these".to_owned()
        );
    }
    Ok(top.grade.clone())
}
