//! How an execution in waves moves on. It stays one execution under one word; each wave is a move of its own.

use super::{PodPin, Said, Wave};
use crate::{
    actions::{Change, Execution, Request, RequestState, TransitionError as Wrong},
    names::Login,
    time::Timestamp,
};

impl Request {
    /// Gives the word for the next wave.
    pub(super) fn send(
        mut self,
        pods: Vec<PodPin>,
        at: Timestamp,
        deadline: Timestamp,
    ) -> Result<Self, Wrong> {
        let execution = self.in_waves()?;
        let deadline = deadline.min(execution.intent.settle_by);
        execution.waves.push(Wave { at, deadline, pods, said: None });
        self.version += 1;
        Ok(self)
    }

    /// Notes what the cluster said to the last wave.
    pub(super) fn hear(mut self, said: Vec<Said>) -> Result<Self, Wrong> {
        let state = self.state.name();
        let wave = self.in_waves()?.waves.last_mut().filter(|wave| wave.said.is_none());
        wave.ok_or(Wrong::WrongState { state })?.said = Some(said);
        self.version += 1;
        Ok(self)
    }

    /// Has no further wave sent; what was sent is not taken back.
    pub fn stop(mut self, by: &Login) -> Result<Self, Wrong> {
        if !self.may_stop() {
            return Err(Wrong::WrongState { state: self.state.name() });
        }
        self.in_waves()?.stopped = Some(by.clone());
        self.version += 1;
        Ok(self)
    }

    /// Whether it sends waves that somebody may stop: not before what comes first was accepted.
    pub(in crate::actions) fn may_stop(&self) -> bool {
        self.waves_under_way().is_some_and(|(execution, _)| execution.stopped.is_none())
    }

    fn in_waves(&mut self) -> Result<&mut Execution, Wrong> {
        let state = self.state.name();
        match &mut self.state {
            RequestState::Executing(execution)
                if matches!(execution.change, Change::Evictions(_)) =>
            {
                Ok(execution)
            }
            _ => Err(Wrong::WrongState { state }),
        }
    }
}
