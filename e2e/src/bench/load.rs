//! A closed loop: each connection asks again as soon as it was answered.

use std::time::Duration;

use futures::future;
use tokio::time::Instant;

use super::{Trouble, caller::Caller};

/// How hard a server is asked.
#[derive(Clone, Copy, Debug)]
pub struct Load {
    /// Connections at once.
    pub connections: usize,
    /// For how long.
    pub lasting: Duration,
}

impl Load {
    /// Answers per second. Each must be at least a quarter as long as expected: an error is shorter.
    pub async fn of(
        self,
        caller: impl Fn() -> Caller,
        path: &str,
        length: usize,
    ) -> Result<f64, Trouble> {
        let began = Instant::now();
        // A caller of its own has a connection of its own.
        let loops = (0..self.connections).map(|_| {
            let (caller, path) = (caller(), path.to_owned());
            tokio::spawn(async move { ask(&caller, &path, length, began + self.lasting).await })
        });
        let mut answers = 0;
        for asked in future::try_join_all(loops).await? {
            answers += asked?;
        }
        Ok(f64::from(answers) / began.elapsed().as_secs_f64())
    }
}

async fn ask(caller: &Caller, path: &str, length: usize, until: Instant) -> Result<u32, Trouble> {
    let mut answers = 0;
    while Instant::now() < until {
        let body = caller.get(path).await?.done()?;
        if body.len() < length / 4 {
            return Err(format!("{} bytes where {length} were expected", body.len()).into());
        }
        answers += 1;
    }
    Ok(answers)
}
