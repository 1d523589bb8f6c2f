//! What pages of the programmes ask each time reads no whole table.

use benefit::redeem::list::{RedemptionFilter, claims};
use kernel::{Id, permission::LoggedIn};
use sea_orm::{
    DbBackend, QueryFilter, QueryTrait, Statement,
    sea_query::{Expr, ExprTrait},
};
use testing::App;

#[tokio::test]
async fn what_pages_ask_each_time_is_found_by_an_index() {
    let app = App::sqlite(&server::programmes()).await;
    for (question, index) in [
        ("* FROM plan_budget_line WHERE indicator_id IN (7, 8)", "plan_budget_line_indicator"),
        (
            "offer_id, COUNT(id) FROM benefit_redemption WHERE offer_id IN (7, 8) AND taken_back_at IS NULL \
             GROUP BY offer_id",
            "COVERING INDEX benefit_redemption_counted",
        ),
        ("* FROM benefit_redemption WHERE offer_id = 7 ORDER BY id DESC LIMIT 51", "benefit_redemption_listed"),
        (
            "* FROM benefit_redemption WHERE organisation_id IN (7, 8) AND day >= '2026-07-01'",
            "benefit_redemption_union",
        ),
        (
            "* FROM benefit_redemption WHERE organisation_id IN (7, 8) AND taken_back_at IS NOT NULL \
             ORDER BY id DESC LIMIT 51",
            "benefit_redemption_taken_back",
        ),
        ("round_id FROM benefit_share WHERE quota > 0 AND organisation_id IN (7, 8)", "benefit_share_union"),
        ("fact_id, partner_id FROM benefit_redemption WHERE fact_id IN (7, 8)", "benefit_redemption_fact"),
        ("good_id FROM station_batch WHERE \"left\" > 0 AND expires_on < '2026-07-01'", "station_batch_expires"),
    ] {
        let steps = app.plan(Statement::from_string(DbBackend::Sqlite, format!("SELECT {question}"))).await;
        assert!(steps[0].contains(index), "{question}: {steps:?}");
    }
    app.close().await;
}

#[tokio::test]
async fn a_number_sought_among_redemptions_gathers_no_other_claims() {
    let app = App::sqlite(&server::programmes()).await;
    let context = &app.caller::<LoggedIn>().lent(vec![Id(7)]);
    let his = claims(context, &RedemptionFilter::default()).filter(Expr::col("person_id").eq(7));
    let steps = app.plan(his.build(DbBackend::Sqlite)).await;
    for index in ["benefit_claim_once", "benefit_redemption_claim"] {
        assert!(steps.iter().any(|step| step.contains(index)), "{index}: {steps:?}");
    }
    app.close().await;
}
