//! Sekisho tasks.
fn main() {}
