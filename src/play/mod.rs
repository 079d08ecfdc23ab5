//! Picture, sound and media joined: a moment of the film, ready.
