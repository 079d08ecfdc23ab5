//! Finds one of many ids, whatever they are: at once where they are spread evenly, as made ids are,
//! and by halving where they are not.

use crate::Id;

/// Ids in their order.
pub(crate) struct Index {
    ids: Vec<Id>,
    least: u128,
    /// A part of the range of the ids is as wide as two to this.
    width: u32,
    /// Where in `ids` each part begins, and where the last one ends.
    begins: Vec<u32>,
}

impl Index {
    /// The index of `ids`, which are in order and each there once.
    pub(crate) fn new(ids: Vec<Id>) -> Self {
        let least = ids.first().map_or(0, |id| id.ordinal());
        let range = ids.last().map_or(0, |id| id.ordinal() - least);
        let parts = ids.len().next_power_of_two().ilog2() + 1;
        let width = (u128::BITS - range.leading_zeros()).saturating_sub(parts);
        let mut begins = Vec::with_capacity((range >> width) as usize + 2);
        for (at, id) in ids.iter().enumerate() {
            let part = ((id.ordinal() - least) >> width) as usize;
            begins.resize(begins.len().max(part + 1), at as u32);
        }
        begins.push(ids.len() as u32);
        Self { ids, least, width, begins }
    }

    /// The position of an id in the list.
    pub(crate) fn find(&self, id: Id) -> Option<usize> {
        let part = usize::try_from(id.ordinal().checked_sub(self.least)? >> self.width).ok()?;
        let from = *self.begins.get(part)? as usize;
        let to = *self.begins.get(part + 1)? as usize;
        self.ids.get(from..to)?.binary_search(&id).ok().map(|within| from + within)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::IdSource;
    use proptest::prelude::*;

    #[test]
    fn ids_that_are_made_and_ids_that_are_alike_are_found() {
        let mut made = IdSource::seeded(5);
        let like = (0..3000).map(|number| Id::parse(&format!("shot_{number:06}")).unwrap());
        let one = [Id::parse("a").unwrap()];
        let lists: [Vec<Id>; 4] =
            [Vec::new(), one.to_vec(), (0..3000).map(|_| made.next_id()).collect(), like.collect()];
        for mut ids in lists {
            ids.sort();
            let index = Index::new(ids.clone());
            for (at, id) in ids.iter().enumerate() {
                assert_eq!(index.find(*id), Some(at));
            }
            for other in ["-", "a-", "shot_0000001", "zzzzzzzzzzzzzzzz"] {
                let other = Id::parse(other).unwrap();
                assert_eq!(index.find(other), ids.binary_search(&other).ok());
            }
        }
    }

    proptest! {
        #[test]
        fn an_index_finds_what_halving_finds(
            texts in proptest::collection::btree_set("[a-c_-]{1,4}", 0..60),
            other in "[a-d0_-]{1,5}",
        ) {
            let mut ids: Vec<Id> = texts.iter().map(|text| Id::parse(text).unwrap()).collect();
            ids.sort();
            let index = Index::new(ids.clone());
            let other = Id::parse(&other).unwrap();
            prop_assert_eq!(index.find(other), ids.binary_search(&other).ok());
            for (at, id) in ids.iter().enumerate() {
                prop_assert_eq!(index.find(*id), Some(at));
            }
        }
    }
}
