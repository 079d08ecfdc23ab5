//! OpenTimelineIO's `.otio`: JSON of objects that name their schema.
//!
//! Read: every version of every schema, also historic ones, and what is unknown is kept. Written:
//! the schemas of OpenTimelineIO 0.18.1. What OTIO has no word for travels in the metadata of its
//! object under [`OURS`], so that a film comes back as it was; what a foreign file says that a film
//! has no word for is kept in `extra` under [`THEIRS`], so that the file comes back as it was.

mod decision;
mod json;
mod object;
mod read;
mod reference;
mod time;
mod write;

use super::Format;

/// The key of our own records in the metadata of OTIO objects.
const OURS: &str = "roomtone";

/// The key of foreign fields in the `extra` of a film's records.
const THEIRS: &str = "otio";

/// The format.
pub(super) const FORMAT: Format = Format {
    id: "otio",
    label: "OpenTimelineIO",
    extensions: &["otio"],
    read: Some(read::read),
    write: Some(write::write),
};
