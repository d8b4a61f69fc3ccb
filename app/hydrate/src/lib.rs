//! Browser entry.
