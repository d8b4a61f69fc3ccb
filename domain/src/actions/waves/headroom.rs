//! How much room disruption budgets have left, as far as the watches know.

use std::{collections::BTreeMap, sync::Arc};

use crate::resources::{BudgetRow, PodRow};

/// The room that is left, counted down as pods are chosen.
pub(super) struct Headroom<'a> {
    budgets: &'a [Arc<BudgetRow>],
    left: BTreeMap<&'a str, u32>,
}

impl<'a> Headroom<'a> {
    pub(super) fn of(budgets: &'a [Arc<BudgetRow>]) -> Self {
        let left = budgets.iter().map(|budget| (budget.uid.as_str(), budget.allowed)).collect();
        Self { budgets, left }
    }

    /// Takes room for a pod, if every budget that covers it has some. One that is not ready needs none, unless the API
    /// server held it back before.
    pub(super) fn take(&mut self, pod: &PodRow, was_held: bool) -> bool {
        if !pod.is_ready() && !was_held {
            return true;
        }
        if covering(self.budgets, pod).any(|budget| self.is_exhausted(budget)) {
            return false;
        }
        for budget in covering(self.budgets, pod) {
            if let Some(left) = self.left.get_mut(budget.uid.as_str()) {
                *left -= 1;
            }
        }
        true
    }

    /// The budgets that cover a pod and have no room for it. One that is not ready needs none: whether a budget lets it go
    /// is the API server's to say.
    pub(super) fn blocking(&self, pod: &PodRow) -> Vec<&'a BudgetRow> {
        let none_left = |budget: &&BudgetRow| self.is_exhausted(budget);
        covering(self.budgets, pod).filter(|_| pod.is_ready()).filter(none_left).collect()
    }

    fn is_exhausted(&self, budget: &BudgetRow) -> bool {
        self.left.get(budget.uid.as_str()) == Some(&0)
    }
}

fn covering<'a>(
    budgets: &'a [Arc<BudgetRow>],
    pod: &PodRow,
) -> impl Iterator<Item = &'a BudgetRow> {
    budgets.iter().map(AsRef::as_ref).filter(|budget: &&BudgetRow| {
        budget.namespace == pod.namespace && budget.covers(&pod.labels)
    })
}
