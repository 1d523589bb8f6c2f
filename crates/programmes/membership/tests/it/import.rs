use std::fmt::Write;

use chrono::TimeDelta;
use kernel::{
    Caller, Id, audit,
    listing::Paging,
    organisation::{
        close::{ClosingDay, close},
        founding::Paper,
        permissions::{ManageWorkforce, Reshape},
        worker_group::keep::{self as groups, NewWorkerGroup, WorkerGroupForm},
    },
};
use membership::{
    import::{
        ImportState, Verdict,
        file::bad,
        rows::{RowFilter, rows},
        show::{ImportView, list, show},
        steps::{ColumnChoice, cancel, choose, start, start_check, start_undo},
        upload::{Upload, upload},
    },
    keep::{Reason, keep},
    permissions::{ImportMembers, KeepMembers, SeeMembers},
    rules::{roster::Field, standing::Step},
    show::show as show_member,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Statement};
use serde_json::{Value, json};
use testing::{App, behind_instructions, texts_of, typed_over};

use crate::world::{member, members, name, number, phone, programmes, region};

const GOOD: u32 = 2_500;

/// A roster as it comes: a title, headings, good rows, one of them twice, a wrong number, a member of another union, and below
/// them how many they are and who wrote it.
fn roster() -> Vec<u8> {
    let mut text = String::from("骑手花名册\n序号,姓名,身份证号,联系电话,从业类型\n");
    for n in 0..GOOD {
        writeln!(text, "{n},{},{},{},外卖骑手", name(n), number(n), phone(n)).unwrap();
    }
    writeln!(text, "1,{},{},,", name(3), number(3)).unwrap();
    writeln!(text, "2,{},150102199901011234,,", name(4)).unwrap();
    writeln!(text, "3,{},{},,快递员", name(9_000), number(9_000)).unwrap();
    writeln!(text, "合计,2503,,,\n\n制表人：{},,审核人：,,", name(1)).unwrap();
    text.into_bytes()
}

async fn brought(app: &App, organisation_id: Id, bytes: Vec<u8>) -> ImportView {
    let file = Upload { file_name: "花名册.csv".into(), bytes, organisation_id };
    upload(&app.caller::<ImportMembers>(), file).await.unwrap()
}

pub async fn checked(app: &App, organisation_id: Id, bytes: Vec<u8>) -> ImportView {
    let import = brought(app, organisation_id, bytes).await;
    let caller = app.caller::<ImportMembers>();
    start_check(&caller, import.id).await.unwrap();
    app.settle().await;
    show(&caller, import.id).await.unwrap()
}

#[tokio::test]
async fn a_roster_is_checked_enrolled_and_undone() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        member(&app, 9_000, region.couriers).await;
        let import = checked(&app, region.riders, roster()).await;
        let counts = import.counts;
        assert_eq!((import.state, import.total, import.done), (ImportState::Checked, 2_503, 2_503));
        assert_eq!((counts.join, counts.transfer, counts.repeated, counts.bad), (2_500, 1, 1, 1));
        assert_eq!((counts.already, counts.entered, members(&app, region.riders).await), (0, 0, 0));
        let caller = app.caller::<ImportMembers>();
        let wrong = RowFilter { verdict: Some(Verdict::Bad), entered: None };
        let wrong = rows(&caller, import.id, &wrong, &Paging::default()).await.unwrap();
        assert_eq!((wrong.total, wrong.items[0].row), (1, 2_504));
        assert!(wrong.items[0].message.contains("校验") && wrong.items[0].document.contains('*'), "{:?}", wrong.items);
        start(&caller, import.id).await.unwrap();
        app.settle().await;
        let done = show(&caller, import.id).await.unwrap();
        assert_eq!((done.state, done.counts.entered, done.done), (ImportState::Done, 2_501, 2_501));
        assert_eq!((members(&app, region.riders).await, members(&app, region.couriers).await), (2_500, 1));
        assert!(bad(&caller, import.id).await.unwrap().1.starts_with(b"PK"));
        assert_eq!(start(&caller, import.id).await.unwrap_err().code, "import_not_now");
        start_undo(&caller, import.id).await.unwrap();
        app.settle().await;
        let undone = show(&caller, import.id).await.unwrap();
        assert_eq!((undone.state, members(&app, region.riders).await), (ImportState::Undone, 0));
    })
    .await;
}

#[tokio::test]
async fn rows_that_were_wrong_come_in_once_they_are_mended() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let import = checked(&app, region.riders, roster()).await;
        let (file_name, bytes) = bad(&app.caller::<ImportMembers>(), import.id).await.unwrap();
        let (_, noted) = acts(&app, "imports.bad_rows").await.remove(0);
        assert_eq!((&noted["rows"], &noted["sm3"]), (&json!(2), &json!(secret::digest::sm3_hex(&bytes))));
        assert_eq!(file_name, "花名册-待改正.xlsx");
        let rows = texts_of(&bytes);
        assert_eq!(rows[1], ["序号", "姓名", "身份证号", "联系电话", "从业类型", "问题"]);
        assert_eq!(rows.len(), 4);
        assert_eq!(rows[3][..5], ["2", &name(4), "150102199901011234", "", ""]);
        assert!(rows[2][5].starts_with("原文件第2503行：") && rows[3][5].starts_with("原文件第2504行："), "{rows:?}");
        let mended = typed_over(&bytes, &[("150102199901011234", &number(9_001))]);
        let again = checked(&app, region.riders, mended).await;
        assert_eq!((again.total, again.counts.join), (2, 2), "{:?}", again.counts);
        assert_eq!(again.columns.last().map(|column| (&*column.heading, column.field)), Some(("问题", None)));
    })
    .await;
}

/// The acts of this kind, with what they were done to.
async fn acts(app: &App, action: &str) -> Vec<(Option<Id>, Value)> {
    let query = audit::Entity::find().filter(audit::Column::Action.eq(action)).order_by_asc(audit::Column::Position);
    let acts = query.all(app.caller::<ImportMembers>().read()).await.unwrap();
    acts.into_iter().map(|act| (act.object_id, serde_json::from_str(&act.detail).unwrap())).collect()
}

#[tokio::test]
async fn another_one_s_rows_are_no_more_in_a_day_than_may_be_exported() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let wrong = |count: u32| {
            let rows: String = (0..count).map(|n| format!("{},150102199901011234,\n", name(n))).collect();
            format!("姓名,身份证号,联系电话\n{rows}").into_bytes()
        };
        let many = checked(&app, region.riders, wrong(201)).await;
        let few = checked(&app, region.riders, wrong(150)).await;
        let own = app.caller::<ImportMembers>();
        let other = Caller::<ImportMembers>::system(app.house(), "somebody else");
        assert_eq!(bad(&other, many.id).await.unwrap_err().code, "hand_out_limit");
        bad(&own, many.id).await.unwrap();
        let (_, bytes) = bad(&other, few.id).await.unwrap();
        assert_eq!(bad(&other, few.id).await.unwrap_err().code, "hand_out_limit", "in small pieces they are as many");
        let noted = acts(&app, "exports.hand_out").await;
        assert_eq!((noted.len(), noted[0].0), (1, Some(few.id)));
        assert_eq!((&noted[0].1["rows"], &noted[0].1["sm3"]), (&json!(150), &json!(secret::digest::sm3_hex(&bytes))));
    })
    .await;
}

#[tokio::test]
async fn a_roster_may_lie_behind_a_sheet_that_tells_how_to_fill_it_in() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let roster = behind_instructions(&["姓名", "证件号码"], [name(1).into(), number(1).into()]);
        let import = checked(&app, region.riders, roster).await;
        assert_eq!((import.total, import.counts.join), (1, 1));
    })
    .await;
}

#[tokio::test]
async fn an_import_is_stopped_and_goes_on() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let import = checked(&app, region.riders, roster()).await;
        let caller = app.caller::<ImportMembers>();
        start(&caller, import.id).await.unwrap();
        cancel(&caller, import.id).await.unwrap();
        app.settle().await;
        assert_eq!(members(&app, region.riders).await, 0);
        start(&caller, import.id).await.unwrap();
        app.settle().await;
        assert_eq!(members(&app, region.riders).await, 2_501);
        // The same file again finds everybody there.
        let again = checked(&app, region.riders, roster()).await;
        assert_eq!((again.counts.join, again.counts.already), (0, 2_501));
    })
    .await;
}

#[tokio::test]
async fn enrolling_that_began_meanwhile_is_not_stopped_as_a_check() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let roster = format!("姓名,身份证号\n{},{}\n", name(1), number(1)).into_bytes();
        let (first, import) =
            (brought(&app, region.riders, roster.clone()).await, brought(&app, region.riders, roster).await);
        let caller = app.caller::<ImportMembers>();
        start_check(&caller, import.id).await.unwrap();
        let running = format!("UPDATE membership_import SET state = 'running' WHERE id = {}", import.id);
        let overtaken = app.overtaken_by(&running, cancel(&caller, import.id)).await;
        assert_eq!(overtaken.unwrap_err().code, "import_not_now");
        assert_eq!(cancel(&caller, import.id).await.unwrap().state, ImportState::Cancelled);
        app.settle().await;
        let listed = list(&caller, &Paging::default()).await.unwrap();
        let listed: Vec<_> = listed.items.into_iter().map(|import| (import.id, import.state)).collect();
        assert_eq!(listed, [(import.id, ImportState::Cancelled), (first.id, ImportState::Mapped)]);
    })
    .await;
}

#[tokio::test]
async fn columns_are_mapped_by_hand_and_bad_files_answered() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let caller = app.caller::<ImportMembers>();
        let import = brought(&app, region.riders, roster()).await;
        let fields: Vec<_> = import.columns.iter().map(|column| column.field).collect();
        let [name, document, phone, group] = [Field::Name, Field::DocumentNumber, Field::Phone, Field::Group].map(Some);
        assert_eq!(fields, [None, name, document, phone, group]);
        let only = |fields| ColumnChoice { fields };
        let missing = choose(&caller, import.id, &only(vec![None, name, None, None, None])).await.unwrap_err();
        assert_eq!(missing.code, "column_missing");
        let twice = choose(&caller, import.id, &only(vec![None, name, document, name, None])).await.unwrap_err();
        assert_eq!(twice.code, "column_twice");
        let chosen = choose(&caller, import.id, &only(vec![None, name, document, None, None])).await.unwrap();
        assert_eq!(chosen.columns[3].field, None);
        for (bytes, code) in [
            (&b"PK\x03\x04 broken"[..], "file_unreadable"),
            ("甲,乙\n1,2\n".as_bytes(), "heading_missing"),
            ("姓名,身份证号\n".as_bytes(), "rows_missing"),
            ("姓名,身份证号,姓名,身份证号\n甲,1,乙,2\n".as_bytes(), "invalid"),
        ] {
            let file = Upload { file_name: "x.csv".into(), bytes: bytes.to_vec(), organisation_id: region.riders };
            assert_eq!(upload(&caller, file).await.unwrap_err().code, code);
        }
    })
    .await;
}

#[tokio::test]
async fn a_roster_at_rest_is_emptied_after_its_term() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let import = checked(&app, region.riders, roster()).await;
        let caller = app.caller::<ImportMembers>();
        start(&caller, import.id).await.unwrap();
        app.settle().await;
        let done = show(&caller, import.id).await.unwrap();
        kernel::outbox::schedule(app.house()).await.unwrap();
        // The job comes daily; the term counts from the last work.
        for (days, state) in [(29, ImportState::Done), (31, ImportState::Emptied)] {
            app.set_clock(caller.now() + TimeDelta::days(days));
            app.settle().await;
            assert_eq!(show(&caller, import.id).await.unwrap().state, state, "after {days} days");
        }
        let caller = app.caller::<ImportMembers>();
        let emptied = show(&caller, import.id).await.unwrap();
        assert_eq!(emptied.counts, done.counts);
        let kept = rows(&caller, import.id, &RowFilter::default(), &Paging::default()).await.unwrap();
        assert!(kept.items.iter().all(|row| row.name.is_empty() && row.document.is_empty() && row.verdict.is_some()));
        for refused in [start_undo(&caller, import.id).await.err(), bad(&caller, import.id).await.err()] {
            assert_eq!(refused.unwrap().code, "import_not_now");
        }
        assert_eq!(members(&app, region.riders).await, i64::from(GOOD) + 1);
    })
    .await;
}

#[tokio::test]
async fn a_nameless_person_leaves_the_rosters_too() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let import = checked(&app, region.riders, roster()).await;
        let caller = app.caller::<ImportMembers>();
        start(&caller, import.id).await.unwrap();
        app.settle().await;
        let before = rows(&caller, import.id, &RowFilter::default(), &Paging::default()).await.unwrap().items;
        let (gone, stays) = (&before[5], &before[6]);
        assert!(!gone.name.is_empty() && !gone.document.is_empty() && !gone.phone.is_empty());
        let member = gone.member_id.unwrap();
        let because = Reason { reason: Some("本人申请".into()), day: None };
        keep(&app.caller::<KeepMembers>(), member, Step::Leave, &because).await.unwrap();
        let person = show_member(&app.caller::<SeeMembers>(), member).await.unwrap().member.person_id;
        app.erase(person).await;
        let after = rows(&caller, import.id, &RowFilter::default(), &Paging::default()).await.unwrap().items;
        let blank = (after[5].name.as_str(), after[5].document.as_str(), after[5].phone.as_str());
        assert_eq!(blank, ("", "", ""));
        assert_eq!(after[5].verdict, gone.verdict, "what became of the row stays");
        assert_eq!(&after[6], stays, "others in the block are as they were");
    })
    .await;
}

/// The blocks of rows in the tables, whether an import knows them or not.
async fn kept_blocks(app: &App) -> i64 {
    let caller = app.caller::<ImportMembers>();
    let sql =
        "SELECT (SELECT count(*) FROM membership_import_block) + (SELECT count(*) FROM membership_import_cells) AS n";
    let counted = caller.read().query_one_raw(Statement::from_string(caller.read().get_database_backend(), sql)).await;
    counted.unwrap().unwrap().try_get("", "n").unwrap()
}

#[tokio::test]
async fn rows_of_an_upload_that_broke_off_are_taken_away() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        brought(&app, region.riders, roster()).await;
        let own = kept_blocks(&app).await;
        let caller = &app.caller::<ImportMembers>();
        // As if the program had died between the rows and the import: the same rows again, under a key of no import.
        let stray = caller.id();
        let copies =
            [("block", "last_row, verdicts, joins, transfers, already, repeated, bad, entered"), ("cells", "cells")];
        for (table, columns) in copies {
            let copy = format!(
                "INSERT INTO membership_import_{table} (import_id, block, {columns}) \
                 SELECT {}, block, {columns} FROM membership_import_{table}",
                stray.0
            );
            app.write(&copy).await;
        }
        app.schedule().await;
        assert_eq!(kept_blocks(&app).await, 2 * own, "it may still be under way");
        app.set_clock(caller.now() + TimeDelta::days(2));
        app.settle().await;
        assert_eq!(kept_blocks(&app).await, own);
    })
    .await;
}

#[tokio::test]
async fn a_group_that_officers_added_is_known_by_its_label() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let form = WorkerGroupForm { label: "代驾司机".into(), focus: false, offered: true, sort: 20 };
        let group = NewWorkerGroup { code: "designated_driver".into(), form };
        groups::create(&app.caller::<ManageWorkforce>(), &group).await.unwrap();
        let mut roster = String::from("姓名,身份证号,从业类型\n");
        for (n, group) in ["代驾司机", "代驾", "家政服务员"].iter().enumerate() {
            let n = u32::try_from(n).unwrap();
            writeln!(roster, "{},{},{group}", name(n), number(n)).unwrap();
        }
        let counts = checked(&app, region.riders, roster.into_bytes()).await.counts;
        assert_eq!((counts.join, counts.bad), (2, 1));
    })
    .await;
}

#[tokio::test]
async fn a_number_that_stands_in_several_rows_is_told() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let mut roster = String::from("姓名,身份证号,联系电话\n");
        for (n, number_of) in [(0, 0), (1, 1), (2, 0), (0, 0)] {
            writeln!(roster, "{},{},{}", name(n), number(n), phone(number_of)).unwrap();
        }
        let import = checked(&app, region.riders, roster.into_bytes()).await;
        let counts = import.counts;
        assert_eq!((counts.join, counts.repeated), (3, 1), "it is taken all the same");
        let caller = app.caller::<ImportMembers>();
        let told = rows(&caller, import.id, &RowFilter::default(), &Paging::default()).await.unwrap().items;
        let told: Vec<bool> = told.iter().map(|row| row.message.contains("手机号与第2行相同")).collect();
        assert_eq!(told, [false, false, true, false]);
    })
    .await;
}

#[tokio::test]
async fn nobody_is_enrolled_in_a_union_that_was_closed_since() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let roster = || format!("姓名,身份证号\n{},{}\n", name(1), number(1)).into_bytes();
        let import = checked(&app, region.riders, roster()).await;
        let caller = app.caller::<ImportMembers>();
        start(&caller, import.id).await.unwrap();
        let today = ClosingDay { day: caller.today(), paper: Paper::default() };
        close(&app.caller::<Reshape>(), region.riders, &today).await.unwrap();
        app.settle().await;
        let stopped = show(&caller, import.id).await.unwrap();
        assert_eq!((stopped.state, stopped.counts.entered), (ImportState::Cancelled, 0));
        assert_eq!(members(&app, region.riders).await, 0);
        assert_eq!(start(&caller, import.id).await.unwrap_err().code, "union_closed");
        let file = Upload { file_name: "花名册.csv".into(), bytes: roster(), organisation_id: region.riders };
        assert_eq!(upload(&caller, file).await.unwrap_err().code, "union_closed");
    })
    .await;
}

#[tokio::test]
async fn a_roster_that_was_stopped_is_emptied_too() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let roster = format!("姓名,身份证号\n{},{}\n", name(1), number(1)).into_bytes();
        let import = checked(&app, region.riders, roster).await;
        let caller = app.caller::<ImportMembers>();
        start(&caller, import.id).await.unwrap();
        cancel(&caller, import.id).await.unwrap();
        app.schedule().await;
        assert_eq!(show(&caller, import.id).await.unwrap().state, ImportState::Cancelled);
        app.pass(TimeDelta::days(31));
        app.settle().await;
        assert_eq!(show(&caller, import.id).await.unwrap().state, ImportState::Emptied);
    })
    .await;
}
