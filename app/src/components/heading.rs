//! Headings of pages and their sections.

use leptos::prelude::*;
use leptos_meta::Title;

/// The heading of a page, which is also its title. Beside it stands what can be done here.
#[component]
pub(crate) fn PageHeading(
    /// The page's name.
    #[prop(into)]
    title: String,
    /// What it is, in a line.
    #[prop(optional, into)]
    intro: Option<String>,
    /// What can be done here.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let in_tab = format!("{title} · Sekisho");
    view! {
        <Title text=in_tab />
        <div class="page-heading">
            <div class="page-heading-words">
                <h1>{title}</h1>
                {intro.map(|intro| view! { <p class="intro">{intro}</p> })}
            </div>
            {children.map(|children| view! { <div class="page-actions">{children()}</div> })}
        </div>
    }
}

/// A section of a page, named by its heading.
#[component]
pub(crate) fn Section(
    /// Its id, by which its heading names it.
    id: &'static str,
    /// Its name.
    #[prop(into)]
    title: String,
    /// What it holds.
    children: Children,
) -> impl IntoView {
    view! {
        <section class="section" aria-labelledby=id>
            <h2 id=id>{title}</h2>
            {children()}
        </section>
    }
}
