//! Documents in and out: rosters read from spreadsheets and text, workbooks, CSV, letters (docx), PDF by typst and QR
//! codes. Pure: bytes in, bytes out; the only thing read from the machine is its fonts, once a process.

pub mod csv_out;
pub mod letter_out;
pub mod pdf;
pub mod qr;
pub mod sheet_back;
pub mod sheet_in;
pub mod sheet_out;
pub mod table_out;
mod value;
mod xml;

pub use value::Value;
