//! The use cases over HTTP.

use kernel::House;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    approval, board, breakdown, budget, change, create, import_plan, indicators, list, record_value, remind, report,
    reverse_value, series, view,
};

/// All routes of this programme, below `/api/v1`.
pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(list::get_plans, create::post_plan))
        .routes(routes!(view::get_plan, change::put_plan))
        .routes(routes!(change::post_publish))
        .routes(routes!(board::get_board))
        .routes(routes!(indicators::post_indicator))
        .routes(routes!(breakdown::get_breakdown, breakdown::set::put_breakdown))
        .routes(routes!(breakdown::propose::post_propose))
        .routes(routes!(breakdown::raise::post_raise))
        .routes(routes!(budget::get_budget, budget::lines::post_line))
        .routes(routes!(budget::lines::put_line))
        .routes(routes!(budget::pay::get_payments, budget::pay::post_payment))
        .routes(routes!(budget::reverse::post_reverse))
        .routes(routes!(budget::behind::get_indicator_payments))
        .routes(routes!(approval::list::get_approvals, approval::submit::post_approval))
        .routes(routes!(approval::decide::post_approve))
        .routes(routes!(approval::decide::post_return))
        .routes(routes!(record_value::get_values, record_value::post_value))
        .routes(routes!(reverse_value::post_reverse))
        .routes(routes!(series::get_series))
        .routes(routes!(import_plan::get_template))
        .routes(routes!(import_plan::post_import))
        .routes(routes!(remind::post_remind))
        .routes(routes!(remind::get_reminders))
        .routes(routes!(remind::post_answer))
        .routes(routes!(report::get_reports, report::make::post_report))
        .routes(routes!(report::get_file))
        .routes(routes!(view::get_indicator, indicators::put_indicator, indicators::delete_indicator))
}
