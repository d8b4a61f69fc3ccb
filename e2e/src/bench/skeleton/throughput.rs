//! How many pages a second, in turn with a bare handler that sends one recorded page with the same headers.

use std::time::Duration;

use super::{Stage, shows_pods};
use crate::bench::{
    Trouble,
    bare::Bare,
    caller::{Answer, Caller},
    console::tenant_page,
    load::Load,
    progress::note,
    report::Figure,
    samples::median_of,
};

const LOAD: Load = Load { connections: 16, lasting: Duration::from_secs(3) };
const TURNS: usize = 5;
/// Views of which one is recorded.
const VIEWS: usize = 21;
/// Of the engineer's team.
const TENANT: usize = 0;

pub(super) async fn measure(stage: &Stage) -> Result<Vec<Figure>, Trouble> {
    let page = tenant_page(TENANT);
    let answer = usual(&stage.visitor(), &page).await?;
    let length = answer.body.len();
    let bare = Bare::start(&answer, &stage.folder)?;
    shows_pods(TENANT, &Caller::at(bare.address).get(&page).await?)?;

    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..TURNS {
        ours.push(LOAD.of(|| stage.visitor(), &page, length).await?);
        theirs.push(LOAD.of(|| Caller::at(bare.address), &page, length).await?);
    }
    let ratios = ours.iter().zip(&theirs).map(|(ours, theirs)| ours / theirs).collect();
    let [ours, theirs] = [ours, theirs].map(median_of);
    note(format_args!("{ours:.0} pages a second; the bare handler {theirs:.0}"));
    Ok(vec![
        Figure {
            key: Some("throughput_over_bare"),
            what: "pages ÷ a bare handler's answers",
            value: median_of(ratios),
            goal: None,
            against: format!(
                "axum sending the same {length} bytes: {theirs:.0}/s, {} connections",
                LOAD.connections
            ),
        },
        Figure {
            key: None,
            what: "pages a second",
            value: ours,
            goal: None,
            against: "this machine only; the client takes its share".to_owned(),
        },
    ])
}

/// The page as it usually is: of several views, the one of middle length.
async fn usual(visitor: &Caller, page: &str) -> Result<Answer, Trouble> {
    let mut answers = Vec::new();
    for _ in 0..VIEWS {
        let answer = visitor.get(page).await?;
        shows_pods(TENANT, &answer)?;
        answers.push(answer);
    }
    answers.sort_by_key(|answer| answer.body.len());
    let [shortest, longest] = [0, VIEWS - 1].map(|view| answers[view].body.len());
    note(format_args!("one page, of {shortest} to {longest} bytes"));
    Ok(answers.swap_remove(VIEWS / 2))
}
