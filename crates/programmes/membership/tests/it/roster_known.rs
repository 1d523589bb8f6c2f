//! A roster that names people who are known.

use kernel::{
    Id,
    listing::Paging,
    rulebook::{self, NewRulePack, permissions::Manage},
};
use membership::{
    import::{
        Verdict,
        rows::{RowFilter, rows},
        show::show,
        steps::{start, start_check},
        upload::{Upload, upload},
    },
    keep::{Reason, keep},
    list_transfers::{TransferFilter, list_transfers},
    permissions::{ImportMembers, KeepMembers, TransferMembers},
    rules::standing::Step,
};
use testing::App;

use crate::world::{day, member, members, name, number, programmes, region};

/// The roster of these people, checked.
async fn checked(app: &App, union: Id, people: &[u32]) -> Id {
    let rows: String = people.iter().map(|n| format!("{},{}\n", name(*n), number(*n))).collect();
    let bytes = format!("姓名,身份证号\n{rows}").into_bytes();
    let caller = app.caller::<ImportMembers>();
    let file = Upload { file_name: "花名册.csv".into(), bytes, organisation_id: union };
    let import = upload(&caller, file).await.unwrap().id;
    start_check(&caller, import).await.unwrap();
    app.settle().await;
    import
}

#[tokio::test]
async fn who_was_expelled_or_recorded_dead_is_not_registered_again_without_a_look() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let keeper = app.caller::<KeepMembers>();
        let ends = async |member, step| {
            let reason = Reason { reason: Some("有文件为证".into()), day: None };
            keep(&keeper, member, step, &reason).await.unwrap();
        };
        for (n, step) in [(1, Step::Expel), (2, Step::Die), (3, Step::Leave)] {
            ends(member(&app, n, region.couriers).await, step).await;
        }
        let later = member(&app, 4, region.couriers).await;
        let import = checked(&app, region.riders, &[1, 2, 3, 4, 5]).await;
        let caller = app.caller::<ImportMembers>();
        let counts = show(&caller, import).await.unwrap().counts;
        assert_eq!((counts.bad, counts.join, counts.transfer), (2, 2, 1));
        // What came between is seen by the enrolling.
        ends(later, Step::Expel).await;
        start(&caller, import).await.unwrap();
        app.settle().await;
        let rows = rows(&caller, import, &RowFilter::default(), &Paging::default()).await.unwrap().items;
        let seen: Vec<_> = rows.iter().map(|row| (row.verdict.unwrap(), row.done)).collect();
        let (bad, joined) = ((Verdict::Bad, false), (Verdict::Join, true));
        assert_eq!(seen, [bad, bad, joined, bad, joined]);
        for (at, word) in [(0, "曾被除名"), (1, "已登记去世"), (3, "曾被除名")] {
            assert!(rows[at].message.contains(word), "{}", rows[at].message);
        }
        assert_eq!(members(&app, region.riders).await, 2);
    })
    .await;
}

#[tokio::test]
async fn a_transfer_that_a_roster_asks_for_is_answered_in_the_days_of_the_home_union() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        for (code, division, value) in [("152201-K", "152222", 9), ("152201-R", "152223", 6)] {
            app.write(&format!("UPDATE organisation SET division = '{division}' WHERE code = '{code}'")).await;
            let pack = NewRulePack {
                code: "membership.transfer_days".into(),
                region: division.into(),
                valid_from: day("2026-01-01"),
                valid_to: None,
                value,
                source: "旗县工会〔2026〕8号".into(),
            };
            rulebook::set_pack(&app.caller::<Manage>(), &pack).await.unwrap();
        }
        member(&app, 1, region.couriers).await;
        member(&app, 2, region.county).await;
        let import = checked(&app, region.riders, &[1, 2]).await;
        start(&app.caller::<ImportMembers>(), import).await.unwrap();
        app.settle().await;
        let caller = app.caller::<TransferMembers>();
        let listed = list_transfers(&caller, &TransferFilter::default(), &Paging::default()).await.unwrap().items;
        let mut due: Vec<_> = listed.iter().map(|row| (row.from_organisation_id, row.due_on)).collect();
        due.sort_by_key(|(_, on)| *on);
        assert_eq!(due, [(region.couriers, day("2026-07-10")), (region.county, day("2026-07-31"))]);
        // Whoever sees the riders alone is led to no membership of theirs.
        let led = async |whose: Id| {
            let context = app.caller::<ImportMembers>().lent(vec![whose]);
            let page = rows(&context, import, &RowFilter::default(), &Paging::default()).await.unwrap();
            page.items.iter().filter(|row| row.member_id.is_some()).count()
        };
        assert_eq!((led(region.county).await, led(region.riders).await), (2, 0));
    })
    .await;
}
