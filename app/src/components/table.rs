//! Tables: columns say how their cells stand, rows bring what is in them.
//!
//! A cell is a view of any kind, so that the browser's half holds the scaffold once and not for each table anew.

use leptos::{
    html::{td, th},
    prelude::*,
};

use super::Views;
use crate::messages::{Message, phrases};

/// As a plain attribute: the one of classes is there even where it has nothing to say.
const CLASS: &str = "class";

/// A column: what it is called, and how its cells stand.
#[derive(Clone, Copy)]
pub(crate) struct Column {
    title: Message,
    title_class: Option<&'static str>,
    cell_class: Option<&'static str>,
    title_is_seen: bool,
    cells_are_labelled: bool,
}

impl Column {
    /// Of words. Where rows are stacked, its cells are labelled with its title.
    pub(crate) const fn text(title: Message) -> Self {
        Self {
            title,
            title_class: None,
            cell_class: None,
            title_is_seen: true,
            cells_are_labelled: true,
        }
    }

    /// Of numbers, which end at one line.
    pub(crate) const fn number(title: Message) -> Self {
        Self { title_class: Some("cell-number"), ..Self::text(title).cells("cell-number") }
    }

    /// Of what can be done about a row.
    pub(crate) const fn buttons(title: Message) -> Self {
        let column = Self::text(title).cells("cell-actions").unlabelled();
        Self { title_class: column.cell_class, ..column }
    }

    /// Never broken over two lines.
    pub(crate) const fn whole(self) -> Self {
        self.cells("cell-whole")
    }

    /// Broken anywhere, rather than wide.
    pub(crate) const fn wide(self) -> Self {
        self.cells("cell-wide")
    }

    /// With a class of their own for its cells.
    pub(crate) const fn cells(self, class: &'static str) -> Self {
        Self { cell_class: Some(class), ..self }
    }

    /// Whose cells speak for themselves, without its title beside them.
    pub(crate) const fn unlabelled(self) -> Self {
        Self { cells_are_labelled: false, ..self }
    }

    /// Whose title only screen readers say.
    pub(crate) const fn untitled(self) -> Self {
        Self { title_is_seen: false, ..self }
    }

    fn head(self) -> AnyView {
        let title = phrases().say(self.title);
        let title = if self.title_is_seen {
            title.into_any()
        } else {
            view! { <span class="visually-hidden">{title}</span> }.into_any()
        };
        th().scope("col").attr(CLASS, self.title_class).child(title).into_any()
    }

    fn cell(self, cell: AnyView) -> AnyView {
        let label = self.cells_are_labelled.then(|| phrases().say(self.title));
        td().attr(CLASS, self.cell_class).attr("data-label", label).child(cell).into_any()
    }

    fn row_head(self, cell: AnyView) -> AnyView {
        th().scope("row").attr(CLASS, self.cell_class).child(cell).into_any()
    }
}

/// A row: a cell for each column.
pub(crate) struct Row {
    cells: Vec<AnyView>,
    change: Option<&'static str>,
}

impl Row {
    /// A cell for each column.
    pub(crate) fn new(cells: Vec<AnyView>) -> Self {
        Self { cells, change: None }
    }

    /// And this cell, where there is a column for it.
    pub(crate) fn and(mut self, cell: Option<AnyView>) -> Self {
        self.cells.extend(cell);
        self
    }

    /// About something that changes; how, for the style sheet.
    pub(crate) fn changing(self, how: &'static str) -> Self {
        Self { change: Some(how), ..self }
    }
}

/// Writes a row down, cell by cell.
macro_rules! row {
    ($($cell:expr),* $(,)?) => {
        $crate::components::Row::new(vec![$(leptos::prelude::IntoAny::into_any($cell)),*])
    };
}
pub(crate) use row;

/// A table. One cell of each row is its head: the first, unless another is.
#[component]
pub(crate) fn Table(
    /// What it shows, for screen readers.
    caption: Message,
    /// Its columns.
    columns: &'static [Column],
    /// Its rows.
    rows: Vec<Row>,
    /// Whether rows become cards on a phone, and whose table it is.
    #[prop(default = "table table-stacking")]
    class: &'static str,
    /// Which column heads the rows.
    #[prop(optional)]
    headed_by: usize,
) -> AnyView {
    let titles = columns.iter().map(|column| column.head()).views();
    let rows = rows.into_iter().map(|Row { cells, change }| {
        let cells = columns.iter().zip(cells).enumerate().map(|(at, (column, cell))| {
            if at == headed_by { column.row_head(cell) } else { column.cell(cell) }
        });
        view! { <tr data-change=change>{cells.views()}</tr> }
    });
    view! {
        <div class="table-box">
            <table class=class>
                <caption class="visually-hidden">{phrases().say(caption)}</caption>
                <thead>
                    <tr>{titles}</tr>
                </thead>
                <tbody>{rows.views()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
