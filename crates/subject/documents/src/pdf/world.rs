//! What typst sees while it renders one page: the template, its inputs and the fonts. No files, no packages, no clock.

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Dict, Duration};
use typst::syntax::{FileId, Source};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_kit::fonts::FontStore;

pub(super) struct Page<'a> {
    library: LazyHash<Library>,
    source: Source,
    fonts: &'a FontStore,
}

impl<'a> Page<'a> {
    pub(super) fn new(template: &str, inputs: Dict, fonts: &'a FontStore) -> Self {
        let library = Library::builder().with_inputs(inputs).build();
        Self { library: LazyHash::new(library), source: Source::detached(template), fonts }
    }
}

impl World for Page<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        self.source.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.source.id() { Ok(self.source.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, _: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
