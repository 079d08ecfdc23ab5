//! What tests share: folders, oracles, media made on the spot.

pub mod barcode;
pub mod card;
pub mod folder;
#[cfg(feature = "gui")]
pub mod golden;
pub mod oracle;
pub mod planted;
pub mod program;
#[path = "../benches/worked.rs"]
pub mod worked;

pub use roomtone::picture::faults;
pub use roomtone::signal;
