//! The use cases over HTTP.

use kernel::House;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{claim, draw, kind, me, offer, partner, redeem, settlement};

/// All routes of this programme, below `/api/v1`.
pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(kind::get_kinds, kind::put_kind))
        .routes(routes!(offer::show::get_offers, offer::create::post_offer))
        .routes(routes!(offer::show::get_offer, offer::change::put_offer))
        .routes(routes!(offer::publish::post_publish))
        .routes(routes!(offer::publish::post_close))
        .routes(routes!(offer::rounds::post_round))
        .routes(routes!(claim::list::get_claims))
        .routes(routes!(partner::list::get_partners, partner::keep::post_partner))
        .routes(routes!(partner::keep::put_partner))
        .routes(routes!(partner::key::post_key))
        .routes(routes!(redeem::by_officer::post_redemption))
        .routes(routes!(redeem::take_back::post_take_back))
        .routes(routes!(redeem::by_partner::post_today))
        .routes(routes!(redeem::by_partner::post_look))
        .routes(routes!(redeem::by_partner::post_redeem))
        .routes(routes!(settlement::list::get_settlements))
        .routes(routes!(settlement::list::get_settlement))
        .routes(routes!(settlement::sheet::get_sheet))
        .routes(routes!(settlement::dispute::post_dispute))
        .routes(routes!(settlement::answer::post_answer))
        .routes(routes!(settlement::settle::post_settle))
        .routes(routes!(settlement::pay::post_pay))
        .routes(routes!(settlement::by_partner::post_statements))
        .routes(routes!(settlement::by_partner::post_confirm))
        .routes(routes!(settlement::by_partner::post_dispute))
        .routes(routes!(me::offers::get_offers))
        .routes(routes!(me::vouchers::get_vouchers))
        .routes(routes!(me::vouchers::get_voucher))
        .routes(routes!(draw::show::get_draw))
        .routes(routes!(draw::show::get_list))
        .routes(routes!(draw::enter::post_enter))
        .routes(routes!(draw::enter::post_leave))
        .routes(routes!(claim::post_claim))
        .routes(routes!(claim::cancel::post_cancel))
}
