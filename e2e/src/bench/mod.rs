//! Measuring Sekisho against something real, as ratios within one run.
//!
//! Nothing here judges: a goal that is missed is a figure. What cannot be measured, or is not what it
//! should be, is an error. Results go to standard output, progress to standard error.

pub mod actions;
pub mod audit;
pub mod bare;
pub mod caller;
pub mod console;
pub mod crowd;
mod given;
pub mod grants;
pub mod handed_over;
pub mod load;
pub mod memory;
mod one_tenant;
pub mod policy;
pub mod progress;
pub mod report;
pub mod samples;
pub mod skeleton;

/// Why something could not be measured: for a person to read.
pub type Trouble = Box<dyn std::error::Error + Send + Sync>;
