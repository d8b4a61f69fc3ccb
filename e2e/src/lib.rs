//! What the tests against real parts need of programs of their own. Nothing here is part of the product.

pub mod crash;
