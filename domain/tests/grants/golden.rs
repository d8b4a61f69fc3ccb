//! Golden vectors: what is signed today must verify in ten years.

use crate::fixtures::{grant, session};

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

#[test]
fn the_digest_of_a_session_stays_and_covers_what_was_declared_and_who_was_asked() {
    let declared = session();
    insta::assert_snapshot!(declared.digest.to_string(), @"2fc186b045ddf8c3a16b0812716413a98c026cb8ec3c5685b65a3b66c197c60b");
    let altered = |change: &dyn Fn(&mut domain::break_glass::Declaration)| {
        let mut body = declared.body.clone();
        change(body.declaration.as_mut().unwrap());
        body.digest()
    };
    assert_ne!(altered(&|it| it.intent.push('!')), declared.digest);
    assert_ne!(altered(&|it| it.asked.clear()), declared.digest);
    assert_ne!(altered(&|it| it.on_call.clear()), declared.digest);
    let mut plain = declared.body.clone();
    plain.declaration = None;
    assert_ne!(plain.digest(), declared.digest);
}
