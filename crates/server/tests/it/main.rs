//! The interface as a whole: its document, who may call what, and what every answer carries.

mod document;
mod nobody;
