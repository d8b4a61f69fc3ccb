//! Work that does not end is cut, with everything it started. A process of its own: it ends all its descendants.

use std::{process::Command, time::Duration};

use harness::patience::{Ending, within};

/// Longer than anybody waits for this test.
const FOREVER: &str = "1000000";

#[test]
fn what_does_not_end_is_cut_and_what_does_is_left_alone() {
    let (output, ending) =
        within(Duration::from_mins(1), || Command::new("echo").arg("done").output().unwrap());
    assert_eq!((output.stdout.as_slice(), ending), (b"done\n".as_slice(), Ending::InTime));

    // A shell waits for one that waits, as cargo does for a test that waits for a service.
    let waiting = format!("sh -c 'sleep {FOREVER}; exit 7'; exit 8");
    let (status, ending) =
        within(Duration::ZERO, || Command::new("sh").args(["-c", &waiting]).status().unwrap());
    assert_eq!(ending, Ending::Cut);
    assert!(!status.success());
    let left = Command::new("pgrep").args(["-f", &format!("sleep {FOREVER}")]).output().unwrap();
    assert_eq!(String::from_utf8(left.stdout).unwrap(), "");
}
