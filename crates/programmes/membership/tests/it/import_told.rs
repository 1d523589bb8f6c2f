//! What the check of a roster tells of rows that come in.

use std::fmt::Write;

use kernel::{Id, listing::Paging, organisation::platform::Rank};
use membership::{
    import::{
        Verdict,
        rows::{RowFilter, rows},
        steps::start,
    },
    keep::{Reason, keep},
    permissions::{ImportMembers, KeepMembers, SeeMembers},
    rules::standing::Step,
    show::show,
};
use testing::App;

use crate::{
    import::checked,
    world::{company, member, name, number, phone, programmes, region},
};

/// What becomes of each row below the headings, with the words for it.
async fn judged(app: &App, union: Id, roster: String) -> Vec<(Option<Verdict>, String)> {
    let import = checked(app, union, roster.into_bytes()).await;
    let caller = app.caller::<ImportMembers>();
    let page = rows(&caller, import.id, &RowFilter::default(), &Paging::default()).await.unwrap();
    page.items.into_iter().map(|row| (row.verdict, row.message)).collect()
}

#[tokio::test]
async fn a_company_that_nobody_knows_is_told_before_it_is_left_out() {
    App::each(&programmes(), |app| async move {
        company(&app, "蓝鹰外卖", Rank::Head).await;
        let mut roster = String::from("姓名,身份证号,平台企业\n");
        for (n, company) in [(0, "蓝鹰外卖"), (1, "蓝鹰 外卖"), (2, "蓝鹰"), (3, "")] {
            writeln!(roster, "{},{},{company}", name(n), number(n)).unwrap();
        }
        let judged = judged(&app, region(&app).await.riders, roster).await;
        assert!(judged.iter().all(|(verdict, _)| *verdict == Some(Verdict::Join)), "{judged:?}");
        let told: Vec<bool> = judged.iter().map(|(_, message)| message.contains("“蓝鹰”不在名录中")).collect();
        assert_eq!(told, [false, false, true, false]);
    })
    .await;
}

#[tokio::test]
async fn a_row_that_stays_out_does_not_keep_out_the_right_one_of_the_same_person() {
    App::each(&programmes(), |app| async move {
        let mut roster = String::from("姓名,身份证号,联系电话\n");
        for phone in ["0482-8211111", "13900001008", "13900001008"] {
            writeln!(roster, "{},{},{phone}", name(0), number(0)).unwrap();
        }
        let judged = judged(&app, region(&app).await.riders, roster).await;
        let verdicts: Vec<_> = judged.iter().map(|(verdict, _)| *verdict).collect();
        assert_eq!(verdicts, [Some(Verdict::Bad), Some(Verdict::Join), Some(Verdict::Repeated)]);
        assert!(judged[2].1.contains("只导入第3行"), "{judged:?}");
    })
    .await;
}

#[tokio::test]
async fn a_number_that_is_another_ones_is_told_before_it_locks_him_out() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        for n in [1, 2] {
            let left = member(&app, n, region.couriers).await;
            let reason = Reason { reason: Some("本人申请".into()), day: None };
            keep(&app.caller::<KeepMembers>(), left, Step::Leave, &reason).await.unwrap();
        }
        for n in [3, 4] {
            member(&app, n, region.couriers).await;
        }
        // Of whom the couriers know nobody hears whether the number is his: he keeps that on record. Of the others, who are
        // new, one was given another's.
        let mut roster = String::from("姓名,身份证号,联系电话\n");
        for (n, phone_of) in [(1, 1), (2, 3), (5, 4), (6, 6)] {
            writeln!(roster, "{},{},{}", name(n), number(n), phone(phone_of)).unwrap();
        }
        let judged = judged(&app, region.riders, roster).await;
        let told: Vec<bool> = judged.iter().map(|(_, message)| message.contains("已登记在别人的档案上")).collect();
        assert_eq!(told, [false, false, true, false], "{judged:?}");
    })
    .await;
}

#[tokio::test]
async fn a_member_who_came_by_a_roster_says_by_which() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let roster = format!("姓名,身份证号\n{},{}\n", name(0), number(0));
        let import = checked(&app, region.riders, roster.into_bytes()).await.id;
        let caller = app.caller::<ImportMembers>();
        start(&caller, import).await.unwrap();
        app.settle().await;
        let entered = rows(&caller, import, &RowFilter::default(), &Paging::default()).await.unwrap().items;
        let shown = show(&app.caller::<SeeMembers>(), entered[0].member_id.unwrap()).await.unwrap();
        assert_eq!(shown.history[0].actor, "导入名册“花名册.csv”");
    })
    .await;
}
