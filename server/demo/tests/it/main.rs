//! The demo cluster as its clients meet it: over TCP, through the `kube` client.

mod access;
mod controllers;
mod disruption;
mod faults;
mod objects;
mod running;
mod seed;
mod watching;
