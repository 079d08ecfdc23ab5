//! Files in: what a file holds, its frames, its samples.
