//! What is on its way between the two halves: handed over, taken back, come home.

use super::control::{Control, Deck, Flight, Growing, Twin};
use super::live::{Arrival, Part};
use super::mix::Mix;
use super::readers::Lead;

impl Control {
    /// Sends a mix on its way: to play at its own sample, or for a seek at once.
    pub(super) fn hand_over(&mut self, mix: Mix, seek: Option<i64>) {
        self.take_back();
        let Mix { half, render } = mix;
        let (number, is_jump) = (self.next, seek.is_some());
        self.next += 1;
        let start = render.position();
        self.decks.push(Deck { number, edition: self.edition, half, start });
        self.flights.push_back(Flight::Mix(seek));
        let part = Part { number, render, is_jump };
        drop(self.rings.coming.push(Arrival::Mix(Box::new(part))));
        self.publish();
    }

    /// Takes back what has not begun to play; where it went, if it was a seek.
    pub(super) fn take_back(&mut self) -> Option<i64> {
        let arrival = self.rings.coming.pop()?;
        let flight = self.flights.pop_back();
        self.keep(arrival);
        self.publish();
        match flight? {
            Flight::Mix(seek) => seek,
            Flight::Graft(graft) => {
                if let Some(deck) = self.deck(graft.number) {
                    let lanes = &mut deck.half.feed.lanes;
                    lanes.retain(|lane| !graft.fresh.iter().any(|other| lane.is(other)));
                }
                self.publish();
                None
            }
        }
    }

    /// Takes what has played; whether there was anything.
    pub(super) fn collect(&mut self) -> bool {
        let mut worked = false;
        while let Some(arrival) = self.rings.retired.pop() {
            worked = true;
            let flight = self.flights.pop_front();
            self.keep(arrival);
            if let Some(Flight::Graft(graft)) = flight {
                let Growing { number, edition, built, length, fresh } = *graft;
                if let Some(deck) = self.deck(number) {
                    deck.half.land(built, length, &fresh);
                    deck.edition = edition;
                }
            }
            self.publish();
        }
        worked
    }

    /// Keeps a mix that has played, as the one that waits.
    pub(super) fn keep(&mut self, arrival: Arrival) {
        let Arrival::Mix(part) = arrival else { return };
        let place = self.decks.iter().position(|deck| deck.number == part.number);
        if let Some(place) = place {
            let deck = self.decks.remove(place);
            self.missed += deck.half.feed.take_missed();
            let mix = Mix { half: deck.half, render: part.render };
            if self.twin.as_ref().is_none_or(|twin| twin.edition < deck.edition) {
                self.stop_settling();
                self.twin = Some(Twin { mix, edition: deck.edition });
            }
        }
    }

    fn deck(&mut self, number: u64) -> Option<&mut Deck> {
        self.decks.iter_mut().find(|deck| deck.number == number)
    }

    /// Tells those who read what there is to read.
    pub(super) fn publish(&self) {
        let leads = |deck: &Deck| {
            let (number, start) = (deck.number, deck.start);
            let lanes = deck.half.feed.lanes.clone();
            lanes.into_iter().map(move |lane| Lead { lane, number, start })
        };
        let lanes = self.decks.iter().flat_map(leads);
        self.readers.read_for(lanes);
    }
}
