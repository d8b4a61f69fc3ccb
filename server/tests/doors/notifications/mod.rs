//! Notifications from the commit of what they tell of to receivers that listen on loopback, and do as they like.

mod arriving;
mod failing;
mod power;
mod receiver;
mod scene;
mod stuck;

pub(crate) use stuck::refused_for;
