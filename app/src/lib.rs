//! Sekisho pages.
