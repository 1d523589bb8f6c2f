//! Dues are entered for many and from tables, and who neither pays nor takes part is talked to before anything ends.

use chrono::TimeDelta;
use documents::Value;
use kernel::{
    caller::Find,
    listing::Paging,
    outbox,
    rulebook::{self, NewRulePack, permissions::Manage},
};
use membership::{
    answer_transfer::{Ending, TransferAnswer, answer_transfer},
    ask_transfer::{AskTransfer, ask_transfer},
    dues::{
        enter::{NewDues, enter},
        list::{DuesFilter, list},
        read_table::{SentTable, enter_table},
        take_back::{DuesTakenBack, take_back},
        unpaid::{UnpaidFilter, unpaid},
    },
    figures::todo::todo,
    keep::{Reason, keep},
    lapse::{
        leave::leave,
        list::{LapseFilter, list as lapses, open},
        talk::{Talk, talk},
    },
    permissions::{KeepDues, KeepMembers, SeeMembers, TransferMembers},
    rules::standing::{Standing, Step},
    show::show,
};
use sea_orm::PaginatorTrait;
use testing::{App, behind_instructions, texts_of, typed_over};

use crate::{
    lapse::pays_since_july,
    world::{day, member, number, programmes, region, word},
};

fn dues(member_ids: Vec<kernel::Id>, month: &str, paid_on: &str) -> NewDues {
    NewDues { member_ids, month: day(month), amount_fen: 1_000, paid_on: day(paid_on) }
}

/// Whether an officer reads that a membership is to be ended after a talk.
async fn waits_to_be_ended(app: &App) -> bool {
    let see = app.caller::<SeeMembers>();
    let waiting = todo(&see).await.unwrap();
    let told = waiting.iter().find(|one| one.code == "talked_lapses").map_or(0, |one| one.count);
    // The list that it leads to has as many.
    let ended = LapseFilter { may_end: true, ..LapseFilter::default() };
    let shown = lapses(&see, &ended, &Paging::default()).await.unwrap();
    assert_eq!(shown.total, told);
    assert!(shown.items.iter().all(|row| row.lapse.may_end));
    told > 0
}

#[tokio::test]
async fn dues_are_entered_once_a_month_and_taken_back() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let (first, second) = (member(&app, 1, region.riders).await, member(&app, 2, region.riders).await);
        let retained = Reason { reason: Some("退休".into()), day: None };
        keep(&app.caller::<KeepMembers>(), second, Step::Retain, &retained).await.unwrap();
        let (caller, see) = (app.caller::<KeepDues>(), app.caller::<SeeMembers>());
        let owing = UnpaidFilter { organisation: Some(region.county), month: None };
        let waiting = unpaid(&see, &owing, &Paging::default()).await.unwrap();
        assert_eq!(waiting.items.iter().map(|row| row.id).collect::<Vec<_>>(), [first]);

        // The retained one owes nothing from the month after on.
        let both = dues(vec![first, second], "2026-08-15", "2026-07-01");
        let answer = enter(&caller, &both).await.unwrap();
        assert_eq!((answer.entered, answer.amount_fen, answer.refused.len()), (1, 1_000, 1));
        assert!(answer.refused[0].reason.contains("保留会籍"), "{answer:?}");
        let again = enter(&caller, &both).await.unwrap();
        assert_eq!((again.entered, again.refused.len()), (0, 2));
        assert_eq!(enter(&caller, &dues(vec![], "2026-07-01", "2026-07-01")).await.unwrap_err().code, "invalid");
        assert_eq!(enter(&caller, &dues(vec![region.county], "2026-07-01", "2026-07-01")).await.unwrap_err().status, 404);

        let table = |text: String| SentTable {
            file: ("dues.csv".into(), text.into_bytes()),
            organisation_id: region.county,
            month: None,
        };
        let card = show(&see, first).await.unwrap().member.card_number.unwrap();
        let text = format!(
            "会员证号,证件号码,月份,金额（元）,缴费日期\n{card},,2026-07,12.50,2026-07-01\n,{},2026-07,10,2026-07-01\n,{},2026-07,10,\n{card},,2026-07,12.50,\n",
            number(2),
            number(77),
        );
        let answer = enter_table(&caller, table(text)).await.unwrap();
        assert_eq!((answer.entered, answer.amount_fen), (2, 2_250), "{answer:?}");
        let rows: Vec<(Option<u64>, bool)> =
            answer.refused.iter().map(|refused| (refused.row, refused.reason.contains("没有找到"))).collect();
        assert_eq!(rows, [(Some(4), true), (Some(5), false)]);
        assert_eq!(enter_table(&caller, table("姓名,金额\n张三,1\n".into())).await.unwrap_err().code, "heading_missing");

        let owed = format!("会员证号,月份,会费,实缴金额\n{card},2026-08,20,10\n");
        let refused = enter_table(&caller, table(owed)).await.unwrap_err();
        assert!(refused.detail.contains("“会费”和“实缴金额”"), "{}", refused.detail);

        let july = DuesFilter { organisation: Some(region.county), month: Some(day("2026-07-31")), member: None };
        let page = list(&see, &july, &Paging::default()).await.unwrap();
        assert_eq!((page.total, page.amount_fen), (2, 2_250));
        let mistake = DuesTakenBack { reason: "重复登记".into() };
        let id = page.items.iter().find(|row| row.member_id == first).unwrap().id;
        take_back(&caller, id, &mistake).await.unwrap();
        assert_eq!(take_back(&caller, id, &mistake).await.unwrap_err().code, "already_taken_back");
        let page = list(&see, &july, &Paging::default()).await.unwrap();
        assert_eq!((page.total, page.amount_fen), (2, 1_000));
        assert_eq!(enter(&caller, &dues(vec![first], "2026-07-01", "2026-07-01")).await.unwrap().entered, 1);
    })
    .await;
}

#[tokio::test]
async fn a_table_of_dues_may_lie_behind_a_sheet_that_tells_how_to_fill_it_in() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        member(&app, 1, region.riders).await;
        let bytes = behind_instructions(&["证件号码", "金额（元）"], [number(1).into(), Value::Fen(1_250)]);
        let table = SentTable {
            file: ("会费.xlsx".into(), bytes),
            organisation_id: region.county,
            month: Some(day("2026-07-01")),
        };
        let answer = enter_table(&app.caller::<KeepDues>(), table).await.unwrap();
        assert_eq!((answer.entered, answer.amount_fen), (1, 1_250), "{answer:?}");
    })
    .await;
}

#[tokio::test]
async fn rows_of_a_table_that_were_refused_are_entered_once_they_are_mended() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        member(&app, 1, region.riders).await;
        member(&app, 2, region.riders).await;
        let caller = app.caller::<KeepDues>();
        let table = |name: &str, bytes: Vec<u8>| SentTable {
            file: (name.into(), bytes),
            organisation_id: region.county,
            month: None,
        };
        let text = format!(
            "骑手联合会会费\n备注,证件号码,月份,金额（元）\n,{},2026-07,10\n=1+1,{},2026-07,十元\n,{},2026-07,10\n",
            number(1),
            number(2),
            number(77),
        );
        // If the others can't be kept, nothing is entered.
        app.write("ALTER TABLE export_chunk RENAME TO away").await;
        assert_eq!(enter_table(&caller, table("会费.csv", text.clone().into_bytes())).await.unwrap_err().status, 500);
        app.write("ALTER TABLE away RENAME TO export_chunk").await;
        let answer = enter_table(&caller, table("会费.csv", text.into_bytes())).await.unwrap();
        assert_eq!((answer.entered, answer.refused.len()), (1, 2), "{answer:?}");
        let (name, bytes) = app.taken(answer.to_mend.unwrap()).await;
        assert_eq!(app.taken(answer.to_mend.unwrap()).await.1, bytes, "it may be fetched again");
        let rows = texts_of(&bytes);
        assert_eq!((&*name, rows.len()), ("会费-待改正-20260701.xlsx", 4));
        assert_eq!(rows[1], ["备注", "证件号码", "月份", "金额（元）", "问题"]);
        assert_eq!(rows[2][..4], ["=1+1", &number(2), "2026-07", "十元"]);
        assert!(rows[2][4].starts_with("原文件第4行：金额看不懂") && rows[3][4].contains("没有找到"), "{rows:?}");
        // One is mended, the other comes back again.
        let mended = typed_over(&bytes, &[("十元", "10")]);
        let answer = enter_table(&caller, table(&name, mended)).await.unwrap();
        assert_eq!((answer.entered, answer.refused.len()), (1, 1), "{answer:?}");
        let (again, left) = app.taken(answer.to_mend.unwrap()).await;
        let rows = texts_of(&left);
        assert_eq!(again, name);
        assert_eq!((rows.len(), rows[1].len(), &*rows[2][1]), (3, 5, &*number(77)));
        let none = typed_over(&bytes, &[("十元", "10"), (&number(77), &number(1))]);
        let all = enter_table(&caller, table(&name, none)).await.unwrap();
        assert_eq!((all.entered, all.refused.len()), (0, 2), "both are paid: {all:?}");
    })
    .await;
}

#[tokio::test]
async fn nothing_is_owed_for_months_that_were_retained_nor_while_a_retained_members_transfer_waits() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let (back, payer) = (member(&app, 1, region.riders).await, member(&app, 2, region.riders).await);
        let moves = member(&app, 3, region.riders).await;
        let reason = Reason { reason: Some("长期休假".into()), day: None };
        for id in [back, moves] {
            keep(&app.caller::<KeepMembers>(), id, Step::Retain, &reason).await.unwrap();
        }
        app.pass(TimeDelta::days(123));
        // 2026-11-01.
        let (pay, see) = (app.caller::<KeepDues>(), app.caller::<SeeMembers>());
        keep(&app.caller::<KeepMembers>(), back, Step::Restore, &Reason::default()).await.unwrap();
        let wish = AskTransfer { to_organisation_id: region.couriers, reason: "换了工作".into() };
        ask_transfer(&app.caller::<TransferMembers>(), moves, &wish).await.unwrap();
        assert!(!show(&see, moves).await.unwrap().may_vote);
        assert!(show(&see, back).await.unwrap().may_vote);
        for (month, owing, entered) in [
            ("2026-07-01", vec![back, payer], 3),
            ("2026-08-01", vec![payer], 1),
            ("2026-10-31", vec![payer], 1),
            ("2026-11-30", vec![back, payer], 2),
        ] {
            let filter = UnpaidFilter { organisation: Some(region.county), month: Some(day(month)) };
            let page = unpaid(&see, &filter, &Paging::default()).await.unwrap();
            assert_eq!(page.items.into_iter().map(|row| row.id).collect::<Vec<_>>(), owing, "{month}");
            let answer = enter(&pay, &dues(vec![back, payer, moves], month, "2026-11-01")).await.unwrap();
            assert_eq!(answer.entered, entered, "{month}: {answer:?}");
            assert!(answer.refused.iter().all(|refused| refused.reason.contains("保留会籍")), "{month}: {answer:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn who_neither_pays_nor_takes_part_is_talked_to_before_he_counts_as_left() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let mut ids = Vec::new();
        for n in 1..=4 {
            ids.push(member(&app, n, region.riders).await);
        }
        // The couriers' dues are not kept here, so nothing is told from their absence.
        let courier = member(&app, 9, region.couriers).await;
        let [away, payer, retained, excused] = ids[..] else { panic!("{ids:?}") };
        let (pay, keeper, see) = (app.caller::<KeepDues>(), app.caller::<KeepMembers>(), app.caller::<SeeMembers>());
        drop((pay, keeper, see));
        outbox::schedule(app.house()).await.unwrap();
        app.pass(TimeDelta::days(190));
        // 2027-01-07.
        let (keeper, see) = (app.caller::<KeepMembers>(), app.caller::<SeeMembers>());
        let reason = Reason { reason: Some("退休".into()), day: None };
        keep(&keeper, retained, Step::Retain, &reason).await.unwrap();
        pays_since_july(&app, payer).await;
        app.settle().await;
        let found = async |talked| {
            let filter = LapseFilter { organisation: Some(region.county), talked, ..LapseFilter::default() };
            let page = lapses(&see, &filter, &Paging::default()).await.unwrap();
            // They are the same however they are found.
            let inside = see.lent(vec![region.county]);
            for find in [Find::ByPlace, Find::InOrder] {
                let count = open(find, &inside, &filter).count(see.read()).await.unwrap();
                assert_eq!(count, page.total, "{find:?}");
            }
            page.items.into_iter().map(|row| row.member.id).collect::<Vec<_>>()
        };
        assert_eq!(found(None).await, [away, excused]);
        assert!(show(&see, courier).await.unwrap().lapse.is_none());

        assert_eq!(leave(&keeper, away).await.unwrap_err().code, "not_talked");
        let words =
            |good_reason| Talk { day: see.today(), words: "电话联系，已离开本地".into(), good_reason };
        assert_eq!(talk(&keeper, payer, &words(false)).await.unwrap_err().code, "not_lapsed");
        let early = Talk { day: day("2027-01-01"), ..words(false) };
        assert_eq!(talk(&keeper, away, &early).await.unwrap_err().code, "invalid");
        talk(&keeper, away, &words(false)).await.unwrap();
        talk(&keeper, excused, &words(true)).await.unwrap();
        assert_eq!(
            (found(None).await, found(Some(true)).await, found(Some(false)).await),
            (vec![away], vec![away], vec![])
        );
        assert_eq!(leave(&keeper, away).await.unwrap_err().code, "too_soon");

        app.pass(TimeDelta::days(29));
        assert!(!waits_to_be_ended(&app).await);
        // A rule that came after the talk is none of his.
        let pack = NewRulePack {
            code: "membership.lapse_talk_days".into(),
            region: "152201".into(),
            valid_from: day("2027-01-20"),
            valid_to: None,
            value: 90,
            source: "旗县工会〔2027〕1号".into(),
        };
        rulebook::set_pack(&app.caller::<Manage>(), &pack).await.unwrap();
        app.pass(TimeDelta::days(1));
        assert!(waits_to_be_ended(&app).await);
        app.settle().await;
        let keeper = app.caller::<KeepMembers>();
        // Nothing ends by itself.
        assert_eq!(show(&app.caller::<SeeMembers>(), away).await.unwrap().member.state, Standing::Normal);
        assert_eq!(leave(&keeper, away).await.unwrap().state, Standing::Left);
        let shown = show(&app.caller::<SeeMembers>(), away).await.unwrap();
        assert!(shown.history[0].reason.as_ref().unwrap().contains("自动退会"), "{:?}", shown.history[0]);
        assert_eq!(leave(&keeper, away).await.unwrap_err().code, "not_lapsed");
        app.settle().await;
    })
    .await;
}

#[tokio::test]
async fn what_an_officer_closed_while_the_daily_look_read_it_stays_as_he_closed_it() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let (away, payer) = (member(&app, 1, region.riders).await, member(&app, 2, region.riders).await);
        app.pass(TimeDelta::days(190));
        // 2027-01-07.
        pays_since_july(&app, payer).await;
        app.work("membership_lapses").await.unwrap();
        assert!(show(&app.caller::<SeeMembers>(), away).await.unwrap().lapse.is_some());
        enter(&app.caller::<KeepDues>(), &dues(vec![away], "2027-01-01", "2027-01-07")).await.unwrap();
        let sql = "UPDATE membership_lapse SET ended = 'excused', ended_on = '2027-01-07', open_member_id = NULL";
        app.overtaken_by(sql, app.work("membership_lapses")).await.unwrap();
        assert_eq!(word(&app, "SELECT ended AS word FROM membership_lapse").await, "excused");
    })
    .await;
}

#[tokio::test]
async fn whoever_came_back_or_over_lately_has_not_lapsed() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let (away, payer) = (member(&app, 1, region.riders).await, member(&app, 2, region.riders).await);
        let (back, waits) = (member(&app, 3, region.riders).await, member(&app, 4, region.riders).await);
        let over = member(&app, 5, region.couriers).await;
        let reason = Reason { reason: Some("长期休假".into()), day: None };
        for id in [back, waits] {
            keep(&app.caller::<KeepMembers>(), id, Step::Retain, &reason).await.unwrap();
        }
        outbox::schedule(app.house()).await.unwrap();
        app.pass(TimeDelta::days(190));
        pays_since_july(&app, payer).await;
        keep(&app.caller::<KeepMembers>(), back, Step::Restore, &Reason::default()).await.unwrap();
        let mover = app.caller::<TransferMembers>();
        let wish = |to| AskTransfer { to_organisation_id: to, reason: "换了工作".into() };
        let asked = ask_transfer(&mover, over, &wish(region.riders)).await.unwrap();
        answer_transfer(&mover, asked.id, Ending::Accept, &TransferAnswer::default()).await.unwrap();
        ask_transfer(&mover, waits, &wish(region.couriers)).await.unwrap();
        app.settle().await;
        let page = lapses(&app.caller::<SeeMembers>(), &LapseFilter::default(), &Paging::default()).await.unwrap();
        assert_eq!(page.items.into_iter().map(|row| row.member.id).collect::<Vec<_>>(), [away]);
    })
    .await;
}

#[tokio::test]
async fn nobody_is_ended_by_a_talk_who_owes_nothing_since_or_came_to_another_union() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let (over, rests) = (member(&app, 1, region.riders).await, member(&app, 2, region.riders).await);
        let payer = member(&app, 3, region.riders).await;
        outbox::schedule(app.house()).await.unwrap();
        app.pass(TimeDelta::days(190));
        pays_since_july(&app, payer).await;
        app.settle().await;
        let keeper = app.caller::<KeepMembers>();
        for id in [over, rests] {
            let words = Talk { day: keeper.today(), words: "当面谈话，答应补缴".into(), good_reason: false };
            talk(&keeper, id, &words).await.unwrap();
        }
        app.pass(TimeDelta::days(31));
        let (keeper, mover) = (app.caller::<KeepMembers>(), app.caller::<TransferMembers>());
        let reason = Reason { reason: Some("退休".into()), day: None };
        keep(&keeper, rests, Step::Retain, &reason).await.unwrap();
        let wish = AskTransfer { to_organisation_id: region.couriers, reason: "换了工作".into() };
        let asked = ask_transfer(&mover, over, &wish).await.unwrap();
        answer_transfer(&mover, asked.id, Ending::Accept, &TransferAnswer::default()).await.unwrap();
        for id in [over, rests] {
            assert_eq!(leave(&keeper, id).await.unwrap_err().code, "not_lapsed");
        }
        // Nor does the new union read of a talk that another one had.
        app.settle().await;
        for id in [over, rests] {
            assert!(show(&app.caller::<SeeMembers>(), id).await.unwrap().lapse.is_none());
        }
    })
    .await;
}

#[tokio::test]
async fn whoever_pays_after_the_talk_stays() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let (away, payer) = (member(&app, 1, region.riders).await, member(&app, 2, region.riders).await);
        outbox::schedule(app.house()).await.unwrap();
        app.pass(TimeDelta::days(190));
        pays_since_july(&app, payer).await;
        app.settle().await;
        let keeper = app.caller::<KeepMembers>();
        let words = Talk { day: keeper.today(), words: "当面谈话，答应补缴".into(), good_reason: false };
        talk(&keeper, away, &words).await.unwrap();
        app.pass(TimeDelta::days(31));
        enter(&app.caller::<KeepDues>(), &dues(vec![away], "2027-02-01", "2027-02-06")).await.unwrap();
        let keeper = app.caller::<KeepMembers>();
        assert_eq!(leave(&keeper, away).await.unwrap_err().code, "seen_again");
        app.settle().await;
        assert!(show(&app.caller::<SeeMembers>(), away).await.unwrap().lapse.is_none());
        assert_eq!(leave(&keeper, away).await.unwrap_err().code, "not_lapsed");
    })
    .await;
}

#[tokio::test]
async fn why_dues_were_taken_back_goes_with_the_person() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let (id, other) = (member(&app, 1, region.riders).await, member(&app, 2, region.riders).await);
        let (caller, see) = (app.caller::<KeepDues>(), app.caller::<SeeMembers>());
        enter(&caller, &dues(vec![id, other], "2026-07-01", "2026-07-01")).await.unwrap();
        let all = async || list(&see, &DuesFilter::default(), &Paging::default()).await.unwrap().items;
        for row in all().await {
            take_back(&caller, row.id, &DuesTakenBack { reason: "张师傅住院，退回本人".into() }).await.unwrap();
        }
        let left = Reason { reason: Some("本人申请".into()), day: None };
        keep(&app.caller::<KeepMembers>(), id, Step::Leave, &left).await.unwrap();
        let person = show(&see, id).await.unwrap().member.person_id;
        app.erase(person).await;
        for row in all().await {
            let told = row.taken_back.unwrap();
            assert_eq!(told.contains("张师傅"), row.member_id == other, "{told}");
        }
    })
    .await;
}
