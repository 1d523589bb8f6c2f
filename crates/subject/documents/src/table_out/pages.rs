//! A short table as pages to print, with who took it away and when across each of them.

use crate::{
    Value,
    pdf::{self, Input, PdfProblem},
};

const TEMPLATE: &str = include_str!("pages.typ");

/// Pages under construction. They are set as a whole, so only few rows are taken.
pub(super) struct Pages {
    title: String,
    headings: Vec<Input>,
    mark: String,
    rows: Vec<Input>,
}

impl Pages {
    pub(super) fn new(title: &str, headings: &[&str], mark: &str) -> Self {
        let headings = headings.iter().map(|heading| text(heading)).collect();
        Self { title: title.to_owned(), headings, mark: mark.to_owned(), rows: Vec::new() }
    }

    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(super) fn row<'v>(&mut self, values: impl IntoIterator<Item = Value<'v>>) {
        self.rows.push(Input::List(values.into_iter().map(|value| text(&value.text())).collect()));
    }

    pub(super) fn finish(self, notes: &[(&str, String)]) -> Result<Vec<u8>, PdfProblem> {
        let notes = notes.iter().map(|(name, words)| Input::List(vec![text(name), text(words)])).collect();
        let inputs = vec![
            ("title", Input::Text(self.title)),
            ("mark", Input::Text(self.mark)),
            ("headings", Input::List(self.headings)),
            ("rows", Input::List(self.rows)),
            ("notes", Input::List(notes)),
        ];
        pdf::render(TEMPLATE, inputs)
    }
}

fn text(words: &str) -> Input {
    Input::Text(words.to_owned())
}
