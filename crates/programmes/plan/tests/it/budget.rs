use kernel::{etag::IfMatch, listing::Paging};
use plan::{
    board::{BoardParams, board},
    budget::{
        budget,
        lines::{LineForm, change},
        pay::{NewPayment, pay, payments},
        reverse::{ReverseReason, reverse},
    },
    permissions::{KeepBudget, SeePlans},
};
use testing::App;

use crate::world::{day, programmes, world};

#[tokio::test]
async fn a_payment_stays_within_its_line_and_counts_in_the_plan() {
    App::each(&programmes(), |app| async move {
        let world = world(&app).await;
        let caller = app.caller::<KeepBudget>();
        let line = budget(&caller, world.plan).await.unwrap().items[0].clone();
        let payment = |amount_fen| NewPayment {
            organisation_id: world.west,
            amount_fen,
            day: day("2026-05-10"),
            payee: "西盟货运行业工会联合会".into(),
            note: String::new(),
        };
        let paid = pay(&caller, line.id, &payment(60_000)).await.unwrap();
        assert_eq!((paid.paid_fen, paid.left_fen, paid.paid_bp), (60_000, 40_000, Some(6000)));
        assert_eq!(pay(&caller, line.id, &payment(40_001)).await.unwrap_err().code, "exceeds_line");
        assert_eq!(pay(&caller, line.id, &payment(0)).await.unwrap_err().fields[0].field, "amount_fen");
        pay(&caller, line.id, &payment(40_000)).await.unwrap();
        let reached = |app: std::sync::Arc<App>| async move {
            let shown = board(&app.caller::<SeePlans>(), world.plan, &BoardParams::default()).await.unwrap();
            shown.items[1].standing.actual
        };
        assert_eq!(reached(app.clone()).await, Some(100_000));
        let list = payments(&caller, line.id, &Paging::default()).await.unwrap();
        let reason = ReverseReason { reason: "收款户名有误".into() };
        let back = reverse(&caller, list.items[0].id, &reason).await.unwrap();
        assert_eq!((back.paid_fen, reached(app.clone()).await), (60_000, Some(60_000)));
        assert_eq!(reverse(&caller, list.items[0].id, &reason).await.unwrap_err().code, "payment_reversed");
        let less = LineForm { name: "专项经费".into(), allotted_fen: 50_000, indicator_id: line.indicator_id };
        let refused = change(&caller, line.id, &IfMatch::version(line.version), &less).await.unwrap_err();
        assert_eq!(refused.code, "below_paid");
    })
    .await;
}
