//! Sekisho domain.
