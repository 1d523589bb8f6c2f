//! People: one record a person, found by document number, shown masked.
