//! From a document to the samples of a block.
