//! What a roster's cells mean: which heading is which field, and each row in its normal form or with what is wrong in it.
//! The same for the import, for `niangjia check` and for tests.

mod day;
mod foot;
mod heading;
mod row;
mod verdict;

pub use foot::is_foot;
pub use heading::{DOUBLE, Field, Heading, find_heading, recognise};
pub use row::{CheckedRow, Groups, Normal, check_row, check_row_of, key_of};
pub use verdict::{RowVerdict, Verdict};

/// Reads a day as rosters write it; a month without a day is its first.
#[must_use]
pub fn read_day(cell: &documents::sheet_in::Cell) -> Option<chrono::NaiveDate> {
    day::day(cell).ok()
}
