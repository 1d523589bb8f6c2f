//! `verify` finds what was changed behind the program's back.

use kernel::{Context, Id, ledger, organisation::permissions::Manage, own};
use testing::App;

use crate::ledger_figures::{Region, day, fact, post, reverse};

async fn differences(app: &App) -> Vec<String> {
    let found = ledger::verify(&app.caller::<Manage>()).await.unwrap();
    found.iter().map(ToString::to_string).collect()
}

/// Changes rows as only somebody with the database's password could, and has the index made anew, as a start would.
async fn tampered(sql: &'static str) -> Vec<String> {
    let app = App::sqlite(&[own::programme()]).await;
    let region = Region::found(&app).await;
    let context: &Context = &app.caller::<Manage>();
    let ids = post(
        context,
        &[
            fact(region.banners[0], "love_meal", Some(Id(5)), day("2026-06-01")),
            fact(region.banners[1], "love_meal", Some(Id(6)), day("2026-06-02")),
            fact(region.banners[2], "love_meal", Some(Id(6)), day("2026-06-03")),
        ],
    )
    .await;
    reverse(context, ids[0]).await.unwrap();
    assert_eq!(differences(&app).await, Vec::<String>::new());
    app.write(sql).await;
    differences(&app).await
}

#[tokio::test]
async fn a_changed_quantity_is_named() {
    let found = tampered("UPDATE ledger_fact SET quantity = 9 WHERE position = 2").await;
    // The banner, its league and the province.
    assert_eq!(found.len(), 3, "{found:#?}");
    assert!(found.iter().all(|text| text.contains("2026年6月") && text.contains("love_meal")));
}

#[tokio::test]
async fn a_missing_fact_is_named() {
    let found = tampered("DELETE FROM ledger_fact WHERE position = 2").await;
    assert!(found.iter().any(|text| text.contains("序号不连续")), "{found:#?}");
}

#[tokio::test]
async fn an_unfit_reversal_is_named() {
    let found = tampered("UPDATE ledger_fact SET quantity = -5 WHERE position = 4").await;
    assert!(found.iter().any(|text| text.contains("冲销记录")), "{found:#?}");
}

#[tokio::test]
async fn a_changed_audit_entry_is_named() {
    let found = tampered("UPDATE audit_entry SET actor = 'officer:1' WHERE position = 2").await;
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].contains("第 2 条"));
}

#[tokio::test]
async fn a_changed_scope_is_named() {
    let found = tampered("DELETE FROM organisation_closure WHERE depth = 2").await;
    assert_eq!(found.len(), 4, "{found:#?}");
}
