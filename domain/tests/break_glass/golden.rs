//! Golden vectors: what is signed today must verify in ten years.

use domain::break_glass::Review;

use crate::fixtures::{WITHIN, account, alone, case, start};

fn due() -> Review {
    alone(1).close(start(), WITHIN, None).unwrap()
}

#[test]
fn the_digest_of_a_case_stays_and_covers_what_the_person_said() {
    let silent = case(&due()).digest().unwrap();
    insta::assert_snapshot!(silent.to_string(), @"1a547093df6b5a52f20da70ba782be5d6d5ccccfc5492f973b0516b36fb5689a");
    let told = case(&due().file(account(start())).unwrap());
    assert_ne!(told.digest().unwrap(), silent);
    let mut cut = case(&due());
    cut.is_cut = true;
    assert_ne!(cut.digest().unwrap(), silent);
}
