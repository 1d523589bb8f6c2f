//! Attachments: files that people hand in as evidence.
