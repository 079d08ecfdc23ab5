//! Other programs' cuts, in and out: one file a format.
