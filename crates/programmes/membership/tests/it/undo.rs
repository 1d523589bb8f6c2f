//! An import that is undone leaves no trace in any figure, neither of today nor of the days that its roster named.

use kernel::{
    Id,
    ledger::{By, FigureQuery, Tree, balance, figures, permissions::View},
    listing::Paging,
};
use membership::{
    dues::{
        enter::{NewDues, enter},
        list::{DuesFilter, list as list_dues},
        take_back::{DuesTakenBack, take_back},
    },
    import::{
        rows::{ImportRowView, RowFilter, rows},
        show::show as show_import,
        steps::{start, start_check, start_undo},
        upload::{Upload, upload},
    },
    keep::{Reason, keep},
    permissions::{ImportMembers, KeepDues, KeepMembers, SeeMembers},
    rules::standing::{Standing, Step},
    show::show,
};
use testing::App;

use crate::world::{Region, day, member, members, name, number, phone, programmes, region};

/// Members at the end of March, and who joined this year: person-times and people.
async fn counted(app: &App, region: &Region) -> (i64, i64, u64) {
    let caller = app.caller::<View>();
    let query = FigureQuery {
        organisation: region.county,
        kinds: vec!["member_joined".into()],
        groups: Vec::new(),
        from: day("2026-01-01"),
        to: day("2026-07-01"),
        tree: Tree::Dated,
        by: By::None,
    };
    let joined = figures(&caller, &query).await.unwrap().items.into_iter().next();
    let standing = balance(&caller, region.county, &["membership"], &[], day("2026-03-31")).await.unwrap();
    (standing, joined.as_ref().map_or(0, |one| one.person_times), joined.map_or(0, |one| one.people))
}

/// Brings in a union's roster, each row of it.
async fn entered(app: &App, union: Id, roster: String) -> Id {
    let caller = app.caller::<ImportMembers>();
    let file = Upload { file_name: "花名册.csv".into(), bytes: roster.into_bytes(), organisation_id: union };
    let import = upload(&caller, file).await.unwrap().id;
    start_check(&caller, import).await.unwrap();
    app.settle().await;
    start(&caller, import).await.unwrap();
    app.settle().await;
    import
}

/// Brings in two members of the riders' union.
async fn two_entered(app: &App, region: &Region) -> Id {
    let roster = format!("姓名,身份证号\n{},{}\n{},{}\n", name(1), number(1), name(2), number(2));
    entered(app, region.riders, roster).await
}

/// The rows of an import, as they stand now.
async fn kept(app: &App, import: Id) -> Vec<ImportRowView> {
    let caller = app.caller::<ImportMembers>();
    rows(&caller, import, &RowFilter::default(), &Paging::default()).await.unwrap().items
}

#[tokio::test]
async fn undoing_takes_back_what_the_past_counted() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let caller = app.caller::<ImportMembers>();
        let mut roster = String::from("姓名,身份证号,联系电话,入会日期\n");
        for n in 0..3 {
            roster.push_str(&format!("{},{},{},2026-02-0{}\n", name(n), number(n), phone(n), n + 1));
        }
        let import = entered(&app, region.riders, roster).await;
        assert_eq!(counted(&app, &region).await, (3, 3, 3));
        start_undo(&caller, import).await.unwrap();
        app.settle().await;
        assert_eq!(show_import(&caller, import).await.unwrap().counts.entered, 0);
        assert_eq!(counted(&app, &region).await, (0, 0, 0));
    })
    .await;
}

#[tokio::test]
async fn undoing_withdraws_the_transfers_that_nobody_answered() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let id = member(&app, 1, region.couriers).await;
        let caller = app.caller::<ImportMembers>();
        let roster = format!("姓名,身份证号\n{},{}\n", name(1), number(1));
        let import = entered(&app, region.riders, roster).await;
        let standing = async || {
            let shown = show(&app.caller::<SeeMembers>(), id).await.unwrap();
            (shown.member.state, shown.waiting_transfer.is_some())
        };
        assert_eq!(standing().await, (Standing::TransferPending, true));
        start_undo(&caller, import).await.unwrap();
        app.settle().await;
        assert_eq!(standing().await, (Standing::Normal, false));
        assert_eq!(show_import(&caller, import).await.unwrap().counts.entered, 0);
    })
    .await;
}

#[tokio::test]
async fn undoing_leaves_a_membership_to_which_something_happened() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let caller = app.caller::<ImportMembers>();
        let import = two_entered(&app, &region).await;
        let kept = async || kept(&app, import).await;
        let touched = kept().await[0].member_id.unwrap();
        for step in [Step::Retain, Step::Restore] {
            let reason = Reason { reason: Some("长期休假".into()), day: None };
            keep(&app.caller::<KeepMembers>(), touched, step, &reason).await.unwrap();
        }
        start_undo(&caller, import).await.unwrap();
        app.settle().await;
        assert_eq!(kept().await.iter().map(|row| row.done).collect::<Vec<_>>(), [true, false]);
        assert_eq!(members(&app, region.riders).await, 1);
        let left_in = RowFilter { verdict: None, entered: Some(true) };
        let left_in = rows(&caller, import, &left_in, &Paging::default()).await.unwrap();
        assert_eq!((left_in.total, left_in.items.len(), left_in.items[0].member_id), (1, 1, Some(touched)));
    })
    .await;
}

#[tokio::test]
async fn undoing_leaves_a_membership_for_which_dues_were_taken_until_they_are_taken_back() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let caller = app.caller::<ImportMembers>();
        let import = two_entered(&app, &region).await;
        let kept = async || kept(&app, import).await;
        let undone = async || {
            start_undo(&caller, import).await.unwrap();
            app.settle().await;
            kept().await.iter().map(|row| row.done).collect::<Vec<_>>()
        };
        let paying = kept().await[0].member_id.unwrap();
        let (treasurer, today) = (app.caller::<KeepDues>(), day("2026-07-01"));
        let july = NewDues { member_ids: vec![paying], month: today, amount_fen: 1_000, paid_on: today };
        assert_eq!(enter(&treasurer, &july).await.unwrap().entered, 1);
        assert_eq!(undone().await, [true, false]);
        assert!(kept().await[0].message.contains("请先撤回会费登记"));
        assert_eq!(members(&app, region.riders).await, 1);
        let dues = list_dues(&app.caller::<SeeMembers>(), &DuesFilter::default(), &Paging::default()).await.unwrap();
        let mistake = DuesTakenBack { reason: "名册导错了".into() };
        take_back(&treasurer, dues.items[0].id, &mistake).await.unwrap();
        assert_eq!(undone().await, [false, false]);
        assert_eq!(members(&app, region.riders).await, 0);
    })
    .await;
}
