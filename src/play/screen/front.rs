//! The thread that shows: at once what is at hand, the exact picture as soon as its frames are decoded.

use super::at_hand::{self, FromStandIns, SOON};
use super::board::{Asked, Board};
use super::intent::Intent;
use super::making::StandIns;
use crate::picture::{Plan, Renderer};
use std::sync::Arc;

/// Answers the latest wish until the board is closed.
pub(super) fn serve(board: &Board, renderer: &Renderer) {
    let mut tried = 0;
    loop {
        board.front.wait();
        if board.is_closed() {
            return;
        }
        let asked = board.asked();
        let (answered, is_exact) = board.answered();
        if asked.epoch == 0 || (answered == asked.epoch && is_exact) {
            continue;
        }
        let plan = asked.film.plan(asked.frame);
        if let Some(hand) = asked.film.hand(&plan) {
            let image = renderer.render(&plan, &hand);
            board.publish(asked.epoch, (asked.frame, asked.frame), image);
            render_ahead(board, &asked, renderer);
        } else if tried != asked.epoch {
            tried = asked.epoch;
            show_near(board, &asked, &plan, renderer);
        }
    }
}

/// Shows what is at hand, where it is nearer than what is shown and the exact picture takes a while.
fn show_near(board: &Board, asked: &Asked, plan: &Plan, renderer: &Renderer) {
    let film = &asked.film;
    let ways = plan.needs().into_iter().filter(|need| film.found(*need).is_none());
    let ways = ways.filter_map(|(id, n)| Some(film.slot(id)?.way_to(n)));
    let way = ways.max().unwrap_or(0);
    let when = board.stand_ins();
    let is_asked_for = when == StandIns::Always && matches!(asked.intent, Intent::Drag { .. });
    if way <= SOON && board.latest().is_some() && !is_asked_for {
        return;
    }
    let peeks = !matches!(asked.intent, Intent::Play { .. });
    if peeks
        && when != StandIns::Never
        && let Some(found) = at_hand::from_stand_ins(film, plan)
    {
        let image = match found {
            FromStandIns::AsItIs(image) => image,
            FromStandIns::Hand(hand) => Renderer::new(0).shared().render(plan, &hand),
        };
        return board.publish_stand_in(asked.epoch, (asked.frame, asked.frame), image);
    }
    let Some(near) = at_hand::near(film, plan, peeks) else { return };
    let shown = board.latest().map(|shown| (shown.frame - asked.frame).abs());
    if shown.is_some_and(|shown| shown <= near.off.abs()) {
        return;
    }
    let at_hand = |need| near.peeked.iter().find(|(known, _)| *known == need);
    let Some(hand) = film.hand_or(&near.plan, |need| Some(Arc::clone(&at_hand(need)?.1))) else {
        return;
    };
    let image = renderer.render(&near.plan, &hand);
    board.publish_near(asked.epoch, (asked.frame + near.off, asked.frame), image);
}

/// While a film plays, what is computed of the next frame is computed before it is due.
fn render_ahead(board: &Board, asked: &Asked, renderer: &Renderer) {
    if !matches!(asked.intent, Intent::Play { .. }) || board.epoch() != asked.epoch {
        return;
    }
    let next = asked.frame + asked.intent.direction();
    let plan = asked.film.plan(next);
    if plan.as_it_is().is_none()
        && let Some(hand) = asked.film.hand(&plan)
    {
        renderer.render(&plan, &hand);
    }
}
