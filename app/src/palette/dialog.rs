//! The dialog: a field, and below it what was found (ARIA combobox with a listbox).

use std::time::Duration;

use leptos::{ev::KeyboardEvent, html, prelude::*, task::spawn_local};
use leptos_router::hooks::{use_location, use_navigate};

use super::read::{Found, find_places};
use crate::{
    browser,
    components::Views,
    messages::{palette, phrases},
};

/// How long a person pauses before what they typed is looked for.
const PAUSE: Duration = Duration::from_millis(150);
/// The list below the field.
const LIST: &str = "palette-found";

/// What the palette stands at.
#[derive(Clone, Copy)]
struct Desk {
    dialog: NodeRef<html::Dialog>,
    words: RwSignal<String>,
    found: RwSignal<Vec<Found>>,
    chosen: RwSignal<usize>,
    failed: RwSignal<bool>,
    /// Counts what was typed: an answer to anything but the last is late.
    asked: StoredValue<u32>,
    /// The count at the last answer: what is shown belongs to what is typed when both are the same.
    answered: StoredValue<u32>,
}

impl Desk {
    fn open(self, at: &str) {
        if let Some(dialog) = self.dialog.get_untracked() {
            if dialog.open() {
                dialog.close();
                return;
            }
            // Shown twice it would complain; then it is shown already.
            let _ = dialog.show_modal();
            self.typed(String::new(), at.to_owned(), Duration::ZERO);
        }
    }

    fn close(self) {
        if let Some(dialog) = self.dialog.get_untracked() {
            dialog.close();
        }
    }

    /// Looks for what was typed, once the person pauses.
    fn typed(self, words: String, at: String, pause: Duration) {
        self.words.set(words.clone());
        let turn = self.asked.get_value().wrapping_add(1);
        self.asked.set_value(turn);
        let is_late = move || self.asked.get_value() != turn;
        let look = move || {
            if is_late() {
                return;
            }
            spawn_local(async move {
                let answer = find_places(words, at).await;
                if is_late() {
                    return;
                }
                self.failed.set(answer.is_err());
                self.found.set(answer.unwrap_or_default());
                self.chosen.set(0);
                self.answered.set_value(turn);
            });
        };
        set_timeout(look, pause);
    }

    /// Where the choice leads; nowhere while it is not yet what was typed.
    fn choice(self) -> Option<String> {
        let settled = self.asked.get_value() == self.answered.get_value();
        let chosen = self.chosen.get_untracked();
        let href = self.found.with_untracked(|found| Some(found.get(chosen)?.href.clone()));
        href.filter(|_| settled)
    }

    /// Moves the choice, around the ends.
    fn step(self, down: bool) {
        let last = self.found.with_untracked(Vec::len).saturating_sub(1);
        self.chosen.update(|chosen| {
            *chosen = match (down, *chosen) {
                (true, at) if at >= last => 0,
                (true, at) => at + 1,
                (false, 0) => last,
                (false, at) => at - 1,
            };
        });
        browser::show_element(&option_id(self.chosen.get_untracked()));
    }
}

fn option_id(place: usize) -> String {
    format!("{LIST}-{place}")
}

/// The button that opens the palette, and the palette.
#[component]
pub(crate) fn Palette() -> impl IntoView {
    let t = phrases();
    let path = use_location().pathname;
    let desk = Desk {
        dialog: NodeRef::new(),
        words: RwSignal::default(),
        found: RwSignal::default(),
        chosen: RwSignal::new(0),
        failed: RwSignal::new(false),
        asked: StoredValue::new(0),
        answered: StoredValue::new(0),
    };
    let open = move || desk.open(&path.get_untracked());
    // Effects run in browsers only.
    Effect::new(move |_| {
        let listening = window_event_listener(leptos::ev::keydown, move |event| {
            if (event.ctrl_key() || event.meta_key()) && event.key().eq_ignore_ascii_case("k") {
                event.prevent_default();
                open();
            }
        });
        on_cleanup(move || listening.remove());
    });
    view! {
        <button
            type="button"
            class="palette-button"
            aria-haspopup="dialog"
            aria-keyshortcuts="Control+K Meta+K"
            on:click=move |_| open()
        >
            <span>{t.say(palette::OPEN)}</span>
            <kbd>"Ctrl K"</kbd>
        </button>
        <dialog class="palette" aria-label=t.say(palette::TITLE) node_ref=desk.dialog>
            <Field desk=desk path=path />
            <Results desk=desk />
            <div class="palette-end">
                <p class="field-hint">{t.say(palette::HINT)}</p>
                <button type="button" class="button button-small" on:click=move |_| desk.close()>
                    {t.say(palette::CLOSE)}
                </button>
            </div>
        </dialog>
    }
}

#[component]
fn Field(desk: Desk, path: Memo<String>) -> impl IntoView {
    let t = phrases();
    let navigate = use_navigate();
    let pressed = move |event: KeyboardEvent| match event.key().as_str() {
        // A word that is still being composed is the input method's, its Enter and arrows too.
        _ if event.is_composing() => {}
        key @ ("ArrowDown" | "ArrowUp") => {
            event.prevent_default();
            desk.step(key == "ArrowDown");
        }
        "Enter" => {
            event.prevent_default();
            if let Some(href) = desk.choice() {
                desk.close();
                navigate(&href, leptos_router::NavigateOptions::default());
            }
        }
        _ => {}
    };
    let expanded = move || desk.found.with(|found| !found.is_empty());
    let active = move || expanded().then(|| option_id(desk.chosen.get()));
    view! {
        <label class="field-label" for="palette-field">
            {t.say(palette::FIELD)}
        </label>
        <input
            id="palette-field"
            class="input"
            type="text"
            role="combobox"
            autocomplete="off"
            spellcheck="false"
            autofocus
            aria-autocomplete="list"
            aria-controls=LIST
            aria-expanded=move || expanded().to_string()
            aria-activedescendant=active
            prop:value=desk.words
            on:input:target=move |event| {
                desk.typed(event.target().value(), path.get_untracked(), PAUSE);
            }
            on:keydown=pressed
        />
    }
}

#[component]
fn Results(desk: Desk) -> impl IntoView {
    let t = phrases();
    let said = move || {
        if desk.failed.get() {
            return t.say(palette::FAILED).to_owned();
        }
        match desk.found.with(Vec::len) {
            0 if desk.words.with(String::is_empty) => String::new(),
            0 => t.say(palette::NOTHING).to_owned(),
            n => t.count(palette::RESULTS, n),
        }
    };
    let items = move || {
        let found = desk.found.get().into_iter().enumerate();
        found.map(|(place, found)| item(desk, place, found)).views()
    };
    view! {
        <p class="field-hint" role="status">
            {move || said()}
        </p>
        <ul id=LIST class="palette-found" role="listbox" aria-label=t.say(palette::FOUND)>
            {move || items()}
        </ul>
    }
}

fn item(desk: Desk, place: usize, found: Found) -> impl IntoView {
    let navigate = use_navigate();
    let Found { kind, label, place: at, href } = found;
    let choose = move |_| {
        desk.close();
        navigate(&href, leptos_router::NavigateOptions::default());
    };
    view! {
        <li
            id=option_id(place)
            class="palette-item"
            role="option"
            aria-selected=move || (desk.chosen.get() == place).to_string()
            on:click=choose
        >
            <span class="palette-kind">{kind}</span>
            <span class="palette-label">{label}</span>
            <span class="palette-place">{at}</span>
        </li>
    }
}
