//! Answers of a cluster that are kept for some seconds: one question is asked once, however many wait for it.
//!
//! Never judges an answer: whoever asks says whether a failure is one.

use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use domain::{resources::ClusterError, time::Timestamp};
use futures::{
    FutureExt,
    future::{BoxFuture, Shared},
};

/// An answer that stands or is under way.
pub(super) type Answer<T> = Shared<BoxFuture<'static, Result<T, ClusterError>>>;

/// The answers to questions of one kind.
pub(super) struct Answers<K, T: Clone> {
    kept_for: Duration,
    most: usize,
    asked: Mutex<HashMap<K, Question<T>>>,
}

/// A question, answered or not yet.
struct Question<T: Clone> {
    at: Timestamp,
    answer: Answer<T>,
}

impl<K: Clone + Eq + Hash, T: Clone + Send + Sync + 'static> Answers<K, T> {
    /// Keeps answers for so long, and never more than `most`.
    pub(super) fn new(kept_for: Duration, most: usize) -> Self {
        Self { kept_for, most, asked: Mutex::default() }
    }

    /// The answer that stands or is under way, or what `ask` finds.
    pub(super) fn ask<A>(&self, now: Timestamp, key: &K, ask: impl FnOnce() -> A) -> Answer<T>
    where
        A: Future<Output = Result<T, ClusterError>> + Send + 'static,
    {
        let mut asked = self.lock();
        if let Some(question) = asked.get(key)
            && now.since(question.at) < self.kept_for
        {
            return question.answer.clone();
        }
        if asked.len() >= self.most {
            asked.retain(|_, question| now.since(question.at) < self.kept_for);
        }
        if asked.len() >= self.most {
            asked.clear();
        }
        let answer = ask().boxed().shared();
        asked.insert(key.clone(), Question { at: now, answer: answer.clone() });
        answer
    }

    /// Forgets this very answer.
    pub(super) fn forget(&self, key: &K, answer: &Answer<T>) {
        let mut asked = self.lock();
        if asked.get(key).is_some_and(|question| question.answer.ptr_eq(answer)) {
            asked.remove(key);
        }
    }

    /// Forgets what is too old to be given again.
    pub(super) fn forget_old(&self, now: Timestamp) {
        self.lock().retain(|_, question| now.since(question.at) < self.kept_for);
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<K, Question<T>>> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::future::ready;

    use super::*;

    const AT: Timestamp = Timestamp::from_micros(0);
    const KEPT_FOR: Duration = Duration::from_secs(10);

    fn asking(answers: &Answers<usize, usize>, key: usize, at: Timestamp) -> Answer<usize> {
        answers.ask(at, &key, || ready(Ok(key)))
    }

    #[test]
    fn no_more_answers_are_kept_than_the_bound() {
        let answers = Answers::new(KEPT_FOR, 3);
        for key in 0..=3 {
            drop(asking(&answers, key, AT));
        }
        assert!(answers.lock().len() <= 3);
    }

    #[test]
    fn what_is_old_is_forgotten_and_what_is_not_stays() {
        let answers = Answers::new(KEPT_FOR, 3);
        drop(asking(&answers, 1, AT));
        let later = asking(&answers, 2, AT.plus(KEPT_FOR / 2));
        answers.forget_old(AT.plus(KEPT_FOR));
        assert_eq!(answers.lock().len(), 1);
        assert!(asking(&answers, 2, AT.plus(KEPT_FOR)).ptr_eq(&later));
    }
}
