//! Sekisho against real parts: what the contract suites, the crashes and the measurements of this package share.
//! Nothing here is part of the product.

pub mod bench;
pub mod crash;
