use database::Migration;

/// The kernel's tables, step by step.
#[must_use]
pub fn migrations() -> Vec<Migration> {
    vec![
        Box::new(crate::ledger::Ledger),
        Box::new(crate::organisation::migration::Tables),
        Box::new(crate::etag::Changes),
        Box::new(crate::organisation::workforce::Tables),
        Box::new(crate::rulebook::migration::Tables),
        Box::new(crate::person::migration::Tables),
        Box::new(crate::outbox::migration::Tables),
        Box::new(crate::outbox::migration::Claims),
        Box::new(crate::access::migration::Tables),
        Box::new(crate::access::migration::Codes),
        Box::new(crate::access::migration::Keeping),
        Box::new(crate::files::migration::Tables),
        Box::new(crate::organisation::workforce::Openings),
        Box::new(crate::export::migration::Tables),
        Box::new(crate::audit::checkpoint::migration::Checkpoints),
        Box::new(crate::person::erasing::Tables),
        Box::new(crate::access::second_factor::migration::Tables),
        Box::new(crate::access::single_sign_on::migration::Tables),
        Box::new(crate::keys::migration::Tables),
        Box::new(crate::organisation::founding::migration::Tables),
        Box::new(crate::deadline::migration::Tables),
        Box::new(crate::access::migration::Devices),
        Box::new(crate::found_by::Indexes),
        Box::new(crate::access::migration::Begun),
        Box::new(crate::ledger::OnShelves),
        Box::new(crate::person::migration::Misses),
        Box::new(crate::keys::short_indexes::ShortIndexes),
        Box::new(crate::keys::migration::Damage),
        Box::new(crate::outbox::migration::Pauses),
        Box::new(crate::outbox::migration::AnswerKeys),
        Box::new(crate::outbox::migration::Queues),
        Box::new(crate::person::migration::PaperTerms),
        Box::new(crate::files::migration::Versions),
        Box::new(crate::consent::migration::Consents),
        Box::new(crate::assessment::migration::Assessments),
        Box::new(crate::export::migration::HandedOut),
    ]
}
