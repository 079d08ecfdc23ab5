//! Playing with no clock, into FFmpeg, and holding the result against the film.
