//! The use cases over HTTP.

use kernel::House;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    answer_privacy, answer_transfer, apply, approve, ask_transfer, bind_phone, card, change_work, dues, event, export,
    figures, import, keep, lapse, list, list_transfers, me, pausing, receiving_unions, show, take_back,
};

/// All routes of this programme, below `/api/v1`.
pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(list::get_members, apply::post_member))
        .routes(routes!(export::post_export))
        .routes(routes!(approve::post_approve))
        .routes(routes!(show::get_member))
        .routes(routes!(keep::post_refuse))
        .routes(routes!(keep::post_retain))
        .routes(routes!(keep::post_restore))
        .routes(routes!(keep::post_leave))
        .routes(routes!(keep::post_expel))
        .routes(routes!(keep::post_decease))
        .routes(routes!(take_back::post_take_back))
        .routes(routes!(change_work::put_work))
        .routes(routes!(ask_transfer::post_transfer))
        .routes(routes!(list_transfers::get_transfers))
        .routes(routes!(receiving_unions::get_unions))
        .routes(routes!(answer_transfer::post_accept))
        .routes(routes!(answer_transfer::post_decline))
        .routes(routes!(answer_transfer::post_withdraw))
        .routes(routes!(card::get_card_pdf))
        .routes(routes!(card::get_check))
        .routes(routes!(answer_privacy::get_requests))
        .routes(routes!(answer_privacy::post_answer))
        .routes(routes!(figures::shares::get_shares))
        .routes(routes!(figures::trend::get_trend))
        .routes(routes!(figures::matrix::get_matrix))
        .routes(routes!(figures::set_up::get_set_up))
        .routes(routes!(figures::todo::get_todo))
        .merge(dues::routes())
        .merge(lapse::routes())
        .merge(pausing::routes())
        .routes(routes!(bind_phone::post_phone))
        .merge(events())
        .merge(import::routes())
        .merge(oneself())
}

fn oneself() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(me::show::get_me))
        .routes(routes!(me::card::get_card))
        .routes(routes!(me::card::get_card_pdf))
        .routes(routes!(me::union::get_union))
        .routes(routes!(me::records::get_records))
        .routes(routes!(me::dues::get_dues))
        .routes(routes!(me::privacy::get_privacy))
        .routes(routes!(me::privacy::post_withdraw))
        .routes(routes!(me::privacy::post_consent))
        .routes(routes!(me::export::post_export))
        .routes(routes!(me::requests::post_request))
}

fn events() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(event::list::get_events, event::create::post_event))
        .routes(routes!(event::list::get_event, event::change::put_event))
        .routes(routes!(event::change::post_close))
        .routes(routes!(event::change::post_reopen))
        .routes(routes!(event::qr::get_qr))
        .routes(routes!(event::live::get_live))
        .routes(routes!(event::joins::get_joins))
        .routes(routes!(event::hand_over_kit::post_kit))
        .routes(routes!(event::take_kit_back::post_take_kit_back))
        .routes(routes!(event::public::get_public))
        .routes(routes!(event::join::post_code))
        .routes(routes!(event::join::post_join))
}
