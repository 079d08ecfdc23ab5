//! What tests share: folders, oracles, media made on the spot.

pub mod barcode;
pub mod folder;
pub mod oracle;
pub mod program;
