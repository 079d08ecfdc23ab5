//! The thread that decodes: a frame at a time, so that a newer wish never waits for longer than that.

use super::agenda::Agenda;
use super::board::Board;
use super::slot::Stepped;
use crate::signal::Image;
use std::sync::Arc;
use std::time::Instant;

/// Decodes what the latest wish needs, then what it makes likely, then pictures for lists; until the
/// board is closed.
pub(super) fn serve(board: &Board) {
    let mut agenda: Option<Agenda> = None;
    let mut is_told = false;
    while !board.is_closed() {
        let asked = board.asked();
        let epoch = asked.epoch;
        if epoch > 0 && agenda.as_ref().is_none_or(|agenda| agenda.asked().epoch != epoch) {
            agenda = Some(Agenda::new(asked));
            is_told = false;
        }
        if !is_told && agenda.as_ref().is_some_and(Agenda::is_ready) {
            is_told = true;
            board.front.ring();
        }
        if !agenda.as_mut().is_some_and(|agenda| work(board, agenda))
            && !board.thumbnails.work(board)
        {
            board.decoder.wait();
        }
    }
}

/// Decodes one frame; false if there is nothing to do.
fn work(board: &Board, agenda: &mut Agenda) -> bool {
    let Some(job) = agenda.job() else { return false };
    let stock = agenda.asked().film.stock();
    stock.touch(job.slot.key());
    let start = Instant::now();
    let mut keep = |n: i64, image: Arc<Image>| stock.store().put(job.slot.key(), n, &image);
    let stepped = job.slot.step(job.pursuit, agenda.turn(), &mut keep);
    board.count_decoded(start.elapsed());
    if stepped != Stepped::Under {
        agenda.done();
    }
    true
}
