//! What is wrong with a policy folder, all of it at once.

use domain::policy::PolicyTrouble;

/// Why a policy folder was not taken: every trouble that was found, in the order of files and lines.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
pub struct InvalidPolicy(Vec<PolicyTrouble>);

impl InvalidPolicy {
    /// What is wrong; never empty.
    #[must_use]
    pub fn troubles(&self) -> &[PolicyTrouble] {
        &self.0
    }

    /// The first of them, for where there is room for one.
    #[must_use]
    pub fn first(&self) -> Option<&PolicyTrouble> {
        self.0.first()
    }
}

impl From<PolicyTrouble> for InvalidPolicy {
    fn from(trouble: PolicyTrouble) -> Self {
        Self(vec![trouble])
    }
}

/// Troubles while they are being found. Reading goes on after one, to find the others.
#[derive(Debug, Default)]
pub(super) struct Troubles(Vec<PolicyTrouble>);

impl Troubles {
    /// Notes one.
    pub(super) fn note(&mut self, trouble: PolicyTrouble) {
        self.0.push(trouble);
    }

    /// Notes an error, or passes the value on.
    pub(super) fn keep<T>(&mut self, result: Result<T, PolicyTrouble>) -> Option<T> {
        result.map_err(|trouble| self.note(trouble)).ok()
    }

    /// The value, if nothing was found. Whoever has no value has noted why.
    pub(super) fn finish<T>(mut self, value: Option<T>) -> Result<T, InvalidPolicy> {
        match value {
            Some(value) if self.0.is_empty() => Ok(value),
            _ => {
                self.0.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
                Err(InvalidPolicy(self.0))
            }
        }
    }
}
