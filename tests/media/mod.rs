//! Files in: frame n is frame n and sample n is sample n, whichever way one comes to them.

mod colours;
mod containers;
mod facts;
mod file;
mod frames;
mod glances;
mod hostile;
mod makers;
mod pursuits;
mod sequences;
mod sounds;
mod stills;
mod timing;
