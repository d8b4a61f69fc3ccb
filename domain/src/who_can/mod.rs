//! Who can do what in a tenant, by which path and until when: the cluster's own RBAC, and the grants in it.
//!
//! Answers from the objects of RBAC, never from what the console allows: whoever comes with `kubectl` is told of, too.

mod asked;
mod hidden;
mod look;
mod path;
mod rbac;
mod resource;
mod subject;
mod view;

pub use asked::{AskedAccess, WrittenAccess};
pub use path::AccessPath;
pub use rbac::{Binding, Rbac, Reach, RoleRef};
pub use resource::{InvalidResource, Resource};
pub use subject::{Principal, Subject};
pub use view::{AccessItem, AccessView, PathView, Who};
