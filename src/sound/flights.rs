//! What is on its way between the two halves: handed over, taken back, come home.

use super::control::{Control, Deck, Flight, Twin};
use super::live::{Arrival, Part};
use super::mix::Mix;

impl Control {
    pub(super) fn hand_over(&mut self, mix: Mix, seek: Option<i64>, glides: bool) {
        self.take_back();
        let Mix { half, render } = mix;
        let (number, is_jump) = (self.next, seek.is_some());
        self.next += 1;
        self.decks.push(Deck { number, edition: self.edition, half, glides });
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
                let (_, _, fresh) = &*graft;
                if let Some(deck) = self.decks.last_mut() {
                    let lanes = &mut deck.half.feed.lanes;
                    lanes.retain(|lane| !fresh.iter().any(|other| lane.is(other)));
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
                let (built, length, fresh) = *graft;
                let edition = self.edition;
                let deck = self.decks.last_mut();
                if let Some(deck) = deck {
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
            self.stop_settling();
            self.twin = Some(Twin { mix, edition: deck.edition });
        }
    }

    /// Tells those who read what there is to read.
    pub(super) fn publish(&self) {
        let lanes = self
            .decks
            .iter()
            .flat_map(|deck| deck.half.feed.lanes.iter().map(|lane| (lane.clone(), deck.glides)));
        self.readers.read_for(lanes);
    }
}
