//! From a document to the frame at a time.
