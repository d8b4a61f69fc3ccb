//! Sekisho against real parts: what the contract suites and the measurements of this package share.

pub mod bench;
