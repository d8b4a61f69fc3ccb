//! The switches for language and theme.

use leptos::prelude::*;

use super::{LANGUAGE_COOKIE, Surroundings, THEME_COOKIE, Theme};
use crate::{
    browser,
    components::Views,
    messages::{Language, frame, phrases},
};

/// The switches for language and theme. A language needs the page anew; a theme does not.
#[component]
pub(crate) fn Switches() -> impl IntoView {
    let t = phrases();
    let Surroundings { language, theme, .. } = use_context().unwrap_or_default();
    let languages = Language::ALL.map(|offered| {
        view! {
            <option value=offered.tag() lang=offered.tag() selected=offered == language>
                {offered.endonym()}
            </option>
        }
    });
    let themes = Theme::ALL.map(|offered| {
        view! {
            <option value=offered.as_str() selected=offered == theme>
                {t.say(name_of(offered))}
            </option>
        }
    });
    view! {
        <div class="switches">
            <label>
                <span>{t.say(frame::LANGUAGE)}</span>
                <select
                    class="select select-small"
                    on:change=move |event| choose_language(&event_target_value(&event))
                >
                    {languages.views()}
                </select>
            </label>
            <label>
                <span>{t.say(frame::THEME)}</span>
                <select
                    class="select select-small"
                    on:change=move |event| choose_theme(&event_target_value(&event))
                >
                    {themes.views()}
                </select>
            </label>
        </div>
    }
}

fn name_of(theme: Theme) -> crate::messages::Message {
    match theme {
        Theme::System => frame::THEME_SYSTEM,
        Theme::Light => frame::THEME_LIGHT,
        Theme::Dark => frame::THEME_DARK,
    }
}

fn choose_language(tag: &str) {
    browser::keep_preference(LANGUAGE_COOKIE, tag);
    browser::reload();
}

fn choose_theme(theme: &str) {
    browser::keep_preference(THEME_COOKIE, theme);
    browser::mark_root("data-theme", theme);
}
