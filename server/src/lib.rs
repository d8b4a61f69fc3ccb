//! Sekisho server.
