//! The thread that decodes: a frame at a time, so that a newer wish never waits for longer than that.

use super::agenda::Agenda;
use super::board::Board;
use super::slot::Stepped;
use std::time::Instant;

/// Decodes what the latest wish needs, then what it makes likely, then pictures for lists; until the
/// board is closed.
pub(super) fn serve(board: &Board) {
    board.decoder.wait();
    let mut agenda = Agenda::new(board.asked());
    let mut is_told = false;
    while !board.is_closed() {
        if agenda.asked().epoch != board.epoch() {
            agenda = Agenda::new(board.asked());
            is_told = false;
        }
        if !is_told && agenda.is_ready() {
            is_told = true;
            board.front.ring();
        }
        if !work(board, &mut agenda) && !board.thumbnails.work(board, agenda.turn()) {
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
    let stepped = job.slot.step(job.pursuit, agenda.turn(), stock.store());
    board.count_decoded(start.elapsed());
    if stepped != Stepped::Under {
        agenda.done();
    }
    true
}
