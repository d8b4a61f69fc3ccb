//! Golden vectors: what is signed today must verify in ten years.

use crate::fixtures::grant;

#[test]
fn the_digest_of_a_grant_stays_and_covers_what_the_role_may_do() {
    let asked = grant(1);
    insta::assert_snapshot!(asked.digest.to_string(), @"dbae4aa4fa3209aec57d70943e130d93ae665e5ef3a9f7531e695a77625b90c5");
    let mut other = asked.body.clone();
    other.role.rules[0].verbs.insert("get".to_owned());
    assert_ne!(other.digest(), asked.digest);
    let mut other = asked.body.clone();
    other.tenant.namespace_uid = "another".to_owned();
    assert_ne!(other.digest(), asked.digest);
    let mut other = asked.body.clone();
    other.ttl_seconds += 1;
    assert_ne!(other.digest(), asked.digest);
}
