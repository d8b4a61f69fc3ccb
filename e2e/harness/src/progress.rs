//! What a long step tells the person who waits for it. The harness reports; how that
//! looks is up to whoever runs it.

/// One thing worth showing while something is prepared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Report<'a> {
    /// A step begins: a short phrase such as `build kube-apiserver`.
    Step(&'a str),
    /// The running step's tool wrote this line.
    Output(&'a str),
}

/// Where reports go: any closure.
pub type Progress<'a> = &'a dyn Fn(Report<'_>);

/// Drops every report, for callers with nobody watching.
pub fn silent(_: Report<'_>) {}
