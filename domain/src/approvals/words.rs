//! What whoever asks for something writes beside it: why, and where that is written down.

use serde::{Deserialize, Serialize};

use crate::policy::{ApprovalSettings, TicketRule};

/// The longest reason, in characters.
pub const REASON_MAX: usize = 1000;
/// The longest ticket, in characters.
pub const TICKET_MAX: usize = 200;

/// A reason and a ticket, as the policy wants them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// Why.
    pub reason: String,
    /// Where that is written down.
    pub ticket: Option<String>,
}

/// Why reason or ticket are not as they must be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "field", content = "rule", rename_all = "snake_case")]
pub enum InvalidWords {
    /// A reason must be given.
    #[error("a reason must be given")]
    ReasonMissing,
    /// The reason is too long.
    #[error("the reason is longer than {REASON_MAX} characters")]
    ReasonTooLong,
    /// A ticket must be named.
    #[error("a ticket must be named")]
    TicketMissing,
    /// The ticket is too long.
    #[error("the ticket is longer than {TICKET_MAX} characters")]
    TicketTooLong,
    /// The ticket does not look like one.
    #[error("a ticket looks like {pattern}")]
    TicketOdd {
        /// What one looks like.
        pattern: String,
    },
}

impl Words {
    /// What was written, without white space around it; a ticket of nothing else is none.
    pub fn read(
        reason: &str,
        ticket: Option<&str>,
        settings: &ApprovalSettings,
    ) -> Result<Self, InvalidWords> {
        let reason = reason.trim().to_owned();
        match reason.chars().count() {
            0 => return Err(InvalidWords::ReasonMissing),
            n if n > REASON_MAX => return Err(InvalidWords::ReasonTooLong),
            _ => {}
        }
        let ticket = ticket.map(str::trim).filter(|ticket| !ticket.is_empty());
        match ticket {
            None if settings.ticket == TicketRule::Required => {
                return Err(InvalidWords::TicketMissing);
            }
            Some(ticket) if ticket.chars().count() > TICKET_MAX => {
                return Err(InvalidWords::TicketTooLong);
            }
            Some(ticket) => check_ticket(ticket, settings.ticket_pattern.as_deref())?,
            None => {}
        }
        Ok(Self { reason, ticket: ticket.map(str::to_owned) })
    }
}

fn check_ticket(ticket: &str, pattern: Option<&str>) -> Result<(), InvalidWords> {
    let Some(pattern) = pattern else { return Ok(()) };
    let whole = regex_lite::Regex::new(&format!("^(?:{pattern})$"));
    // A pattern that is none was refused when the policy was read; here nothing matches it.
    if whole.is_ok_and(|whole| whole.is_match(ticket)) {
        return Ok(());
    }
    Err(InvalidWords::TicketOdd { pattern: pattern.to_owned() })
}
