//! Files in: frame n is frame n and sample n is sample n, whichever way one comes to them.

mod frames;
mod sounds;
