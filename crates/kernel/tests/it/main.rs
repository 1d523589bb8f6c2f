//! The kernel on real databases, through its real migrations.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at the first surprise")]

mod access_accounts;
mod access_codes;
mod access_log_ins;
mod access_password;
mod access_second_factor;
mod access_shared;
mod access_world;
mod audit;
mod audit_checkpoints;
mod exports;
mod files;
mod found_by;
mod keys;
mod keys_behind;
mod ledger_figures;
mod ledger_keep;
mod ledger_records;
mod ledger_verify;
mod listing;
mod organisation_dated;
mod organisation_founding;
mod organisation_keep;
mod organisation_rulebook;
mod organisation_terms;
mod organisation_tree;
mod organisation_world;
mod outbox_jobs;
mod outbox_listeners;
mod outbox_skip;
mod people;
mod people_merge;
mod people_sought;
mod people_terms;
mod together;
mod units;
