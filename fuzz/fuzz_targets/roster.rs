//! The roster reader: whatever the bytes are, it answers with a table within its bounds or says why not. The parsers' panics,
//! which the reader turns into "damaged", are told from its own by the place that they came from.
#![no_main]

use std::{cell::Cell, panic, sync::Once};

use libfuzzer_sys::fuzz_target;

#[path = "../../crates/subject/documents/src"]
mod documents {
    #[expect(dead_code, reason = "not all of it is tried; the crate itself holds it to its lints")]
    pub mod sheet_in;
}

use documents::sheet_in::{self, Limits};

const LIMITS: Limits = Limits {
    file_bytes: 64 << 10,
    unpacked_bytes: 4 << 20,
    entries: 64,
    rows: 2_000,
    columns: 64,
    cell_characters: 200,
    table_bytes: 4 << 20,
};

thread_local! {
    static OURS: Cell<bool> = const { Cell::new(false) };
}

/// libFuzzer's hook ends the process at any panic, also those of the parsers, which the reader survives by design.
fn watch_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        panic::set_hook(Box::new(|what| {
            let place = what.location().map_or("", |place| place.file());
            let is_ours = place.contains("sheet_in");
            OURS.set(OURS.get() || is_ours);
            if is_ours || place.contains("fuzz_targets") {
                eprintln!("{what}");
            }
        }));
    });
}

fuzz_target!(|bytes: &[u8]| {
    watch_panics();
    let read = sheet_in::read(bytes, "花名册.csv", LIMITS);
    assert!(!OURS.get(), "the reader itself panicked");
    let Ok(sheet) = read else { return };
    assert!(sheet.rows.len() <= LIMITS.rows);
    for row in &sheet.rows {
        assert!(row.len() <= LIMITS.columns);
        for cell in row {
            assert!(cell.text.chars().count() <= LIMITS.cell_characters);
            let _ = cell.lost_digits();
        }
    }
});
