//! Exports of any length: read page by page, kept piece by piece, whole after a crash.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use chrono::TimeDelta;
use futures::{StreamExt, future::join_all};
use kernel::{
    Caller, Context, Fault, Id, Problem, Programme,
    assessment::export::ASSESSMENTS,
    audit::ENTRIES,
    export::{Asked, ExportFormat, ExportKind, ExportState, ExportView, RowPage, ask, cancel, fetch, hand_out, show},
    ledger::FACTS,
    outbox,
    permission::LoggedIn,
};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::json;
use testing::App;
use tokio::sync::Mutex;

use crate::organisation_world::{programmes, region};

/// Rows of the long export; a page holds a thousand.
const ROWS: u64 = 1_000_000;
const STEP: u64 = 1000;
/// Largest piece of a file in the database, with what sealing adds.
const PIECE: i64 = 256 * 1024 + 100;

static PAGES: AtomicU64 = AtomicU64::new(0);
static FELL: AtomicBool = AtomicBool::new(false);
static AWAY: AtomicBool = AtomicBool::new(false);
static SLOWLY: AtomicU64 = AtomicU64::new(0);
static OVERTOOK: AtomicBool = AtomicBool::new(false);
/// Tests of this file count pages in the same place.
static ONE: Mutex<()> = Mutex::const_new(());

/// Rows that nobody keeps: their numbers.
const NUMBERS: ExportKind = ExportKind {
    code: "numbers",
    label: "数",
    permission: "ledger.export",
    personal: false,
    headings: &["数", "说明"],
    words: &[],
    count: |_, filter| Box::pin(async move { Ok(most(filter)) }),
    next: |_, filter, after| Box::pin(async move { next(filter, after) }),
};

/// Rows that are about people.
const PEOPLE: ExportKind = ExportKind { code: "numbers_of_people", personal: true, ..NUMBERS };

/// Rows whose file is begun and ended by the job while whoever asked is still at their first page, which is then refused.
const OVERTAKEN: ExportKind = ExportKind {
    code: "numbers_overtaken",
    next: |context, filter, after| {
        Box::pin(async move {
            if !OVERTOOK.swap(true, Ordering::Relaxed) {
                let ambient = context.house().ambient();
                ambient.set(ambient.now() + TimeDelta::minutes(3));
                outbox::settle(context.house()).await?;
                return Err(Problem::new(409, "numbers_refused", "不能再导出。"));
            }
            next(filter, after)
        })
    },
    ..NUMBERS
};

/// Rows that can't be read while something is broken.
const BROKEN: ExportKind = ExportKind {
    code: "numbers_broken",
    next: |_, filter, after| {
        Box::pin(async move {
            if AWAY.load(Ordering::Relaxed) {
                return Err(Fault::Stored("the disk is gone".into()).into());
            }
            next(filter, after)
        })
    },
    ..NUMBERS
};

/// Rows that take too long each time.
const SLOW: ExportKind = ExportKind {
    code: "numbers_slow",
    next: |_, _, _| {
        Box::pin(async move {
            SLOWLY.fetch_add(1, Ordering::Relaxed);
            Err(Fault::TooSlow(60).into())
        })
    },
    ..NUMBERS
};

/// A programme that only brings this kind of data.
fn counting() -> Programme {
    Programme {
        name: "counting",
        label: "数数",
        exports: &[NUMBERS, PEOPLE, OVERTAKEN, BROKEN, SLOW],
        routes: utoipa_axum::router::OpenApiRouter::new,
        fact_kinds: &[],
        permissions: &[],
        rules: &[],
        subscriptions: &[],
        jobs: &[],
        acts: &[],
        tells: &[],
        consents: &[],
        sealed: &[],
        on_merge: &[],
        before_hand_entry: &[],
        on_erase: &[],
        still_needs: &[],
        on_show: &[],
        copied: &[],
        kept: &[],
        on_close: &[],
        sites: None,
        hands_over: None,
        budget_left: None,
        where_done: None,
        migrations: Vec::new,
    }
}

fn most(filter: &str) -> u64 {
    filter.trim_start_matches("falls ").parse().unwrap()
}

fn next(filter: &str, after: Option<&str>) -> Result<RowPage, Problem> {
    let from: u64 = after.map_or(0, |after| after.parse().unwrap());
    PAGES.fetch_add(1, Ordering::Relaxed);
    if filter.starts_with("falls") && from >= 5 * STEP && !FELL.swap(true, Ordering::Relaxed) {
        return Err(Fault::Stored("the disk is gone for a moment".into()).into());
    }
    let to = (from + STEP).min(most(filter));
    let row = |n: u64| vec![n.cast_signed().into(), "第".into()];
    Ok(RowPage { rows: (from..to).map(row).collect(), next: (to < most(filter)).then(|| to.to_string()) })
}

async fn number(app: &App, sql: &str) -> i64 {
    let caller = app.caller::<LoggedIn>();
    let asked = Statement::from_string(caller.read().get_database_backend(), sql);
    caller.read().query_one_raw(asked).await.unwrap().unwrap().try_get("", "number").unwrap()
}

async fn asked(
    caller: &Context,
    kind: &'static ExportKind,
    (place, filter): (Id, &str),
    format: ExportFormat,
) -> Result<ExportView, Problem> {
    let organisation = Some(place);
    let asked = Asked { title: "数".into(), organisation, format, reason: None, filter: filter.into() };
    ask(caller, kind, &asked).await
}

/// The file as it is fetched.
async fn pieces(caller: &Caller<LoggedIn>, id: Id) -> Vec<Vec<u8>> {
    fetch(caller, id).await.unwrap().pieces.map(|piece| piece.unwrap().to_vec()).collect().await
}

/// Its length, lines and largest piece.
async fn fetched(caller: &Caller<LoggedIn>, id: Id) -> (usize, usize, usize) {
    let pieces = pieces(caller, id).await;
    let lines = pieces.iter().flatten().filter(|sign| **sign == b'\n').count();
    let sizes = pieces.iter().map(Vec::len);
    (sizes.clone().sum(), lines, sizes.max().unwrap())
}

#[tokio::test]
async fn a_million_rows_go_page_by_page_and_piece_by_piece() {
    let _one = ONE.lock().await;
    App::each(&[kernel::own::programme(), counting()], |app| async move {
        let region = region(&app).await;
        let caller = app.caller::<LoggedIn>();
        let full = asked(&caller, &NUMBERS, (region.county, "1000001"), ExportFormat::Xlsx).await.unwrap_err();
        assert_eq!(full.code, "sheet_full");
        assert_eq!(full.detail, "一张 Excel 表最多导出 1,000,000 行，请改选 CSV 格式，或缩小范围。");
        let full = asked(&caller, &NUMBERS, (region.county, "2001"), ExportFormat::Pdf).await.unwrap_err();
        assert_eq!(full.code, "pages_full");
        PAGES.store(0, Ordering::Relaxed);
        let queued = asked(&caller, &NUMBERS, (region.county, &ROWS.to_string()), ExportFormat::Csv).await.unwrap();
        assert_eq!((queued.state, PAGES.load(Ordering::Relaxed)), (ExportState::Queued, 0), "nobody waits for it");
        app.settle().await;
        let done = show(&caller, queued.id).await.unwrap();
        assert_eq!((done.state, done.rows, done.done), (ExportState::Done, 1_000_000, 1_000_000));
        assert_eq!(PAGES.load(Ordering::Relaxed), ROWS / STEP, "each page is read once");
        assert!(number(&app, "SELECT CAST(MAX(LENGTH(bytes)) AS BIGINT) AS number FROM export_chunk").await <= PIECE);
        let size = done.size.unwrap();
        assert_eq!(
            number(&app, "SELECT COUNT(*) AS number FROM export_chunk").await,
            (size + 256 * 1024 - 1) / (256 * 1024)
        );
        let (length, lines, largest) = fetched(&caller, done.id).await;
        assert_eq!((i64::try_from(length).unwrap(), lines), (size, 1_000_002));
        assert!(largest <= 256 * 1024, "{largest}");
        // Two who fetch it at the same moment are two.
        let (one, other) = futures::join!(fetch(&caller, done.id), fetch(&caller, done.id));
        assert!(one.is_ok() && other.is_ok());
        assert_eq!(show(&caller, done.id).await.unwrap().downloads, 3);
    })
    .await;
}

#[tokio::test]
async fn a_file_that_is_deleted_while_it_is_fetched_is_not_taken_for_the_whole() {
    let _one = ONE.lock().await;
    App::each(&[kernel::own::programme(), counting()], |app| async move {
        let place = region(&app).await.county;
        let caller = app.caller::<LoggedIn>();
        let made = asked(&caller, &NUMBERS, (place, "50000"), ExportFormat::Csv).await.unwrap();
        app.settle().await;
        let mut pieces = fetch(&caller, made.id).await.unwrap().pieces;
        assert_eq!(pieces.next().await.unwrap().unwrap().len(), 256 * 1024);
        cancel(&caller, made.id).await.unwrap();
        assert!(pieces.next().await.unwrap().is_err());
    })
    .await;
}

#[tokio::test]
async fn a_beginning_that_fails_late_leaves_the_file_that_another_one_made() {
    let _one = ONE.lock().await;
    App::each(&[kernel::own::programme(), counting()], |app| async move {
        let place = region(&app).await.county;
        let caller = app.caller::<LoggedIn>();
        OVERTOOK.store(false, Ordering::Relaxed);
        let made = asked(&caller, &OVERTAKEN, (place, "10"), ExportFormat::Csv).await.unwrap();
        assert_eq!((made.state, made.rows), (ExportState::Done, 10));
        let (length, lines, _) = fetched(&caller, made.id).await;
        assert_eq!((i64::try_from(length).unwrap(), lines), (made.size.unwrap(), 12));
        assert_eq!(number(&app, "SELECT COUNT(*) AS number FROM audit_entry WHERE action = 'exports.fail'").await, 0);
    })
    .await;
}

#[tokio::test]
async fn who_takes_many_people_away_is_told_how_many() {
    let _one = ONE.lock().await;
    App::each(&[kernel::own::programme(), counting()], |app| async move {
        let place = region(&app).await.county;
        let caller = app.caller::<LoggedIn>();
        let refused = asked(&caller, &PEOPLE, (place, "1300"), ExportFormat::Csv).await.unwrap_err();
        let told = "共 1,300 行，一天超过 200 行的个人信息须经另一名干部批准，请写明用途（2 至 200 字）。";
        assert_eq!(refused.fields[0].message, told);
        let made = async { Ok((150, b"rows".to_vec())) };
        hand_out(&caller, &PEOPLE, ("kernel/organisation", place, place), made).await.unwrap();
        let refused = asked(&caller, &PEOPLE, (place, "51"), ExportFormat::Csv).await.unwrap_err();
        assert!(refused.fields[0].message.contains("今天已带走 150 行"), "{refused:?}");
        // What was exported counts for what is handed out as well.
        asked(&caller, &PEOPLE, (place, "50"), ExportFormat::Csv).await.unwrap();
        let made = async { Ok((1, b"rows".to_vec())) };
        let over = hand_out(&caller, &PEOPLE, ("kernel/organisation", place, place), made).await.unwrap_err();
        assert_eq!(over.code, "hand_out_limit");
    })
    .await;
}

#[tokio::test]
async fn who_takes_away_at_once_takes_no_more_than_in_turn() {
    let _one = ONE.lock().await;
    App::each(&[kernel::own::programme(), counting()], |app| async move {
        let place = region(&app).await.county;
        let caller = &app.caller::<LoggedIn>();
        let of = ("kernel/organisation", place, place);
        let all = (0..16).map(|n| async move {
            if n % 2 == 0 {
                return hand_out(caller, &PEOPLE, of, async { Ok((30, b"rows".to_vec())) }).await.is_ok();
            }
            asked(caller, &PEOPLE, (place, "30"), ExportFormat::Csv).await.is_ok()
        });
        let taken = join_all(all).await.into_iter().filter(|taken| *taken).count();
        assert_eq!(taken, 6, "of 200 rows");
        app.pass(TimeDelta::days(1));
        let tomorrow = &app.caller::<LoggedIn>();
        hand_out(tomorrow, &PEOPLE, of, async { Ok((200, b"rows".to_vec())) }).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn what_was_taken_away_before_the_clock_was_put_back_counts_on_no_other_day() {
    let _one = ONE.lock().await;
    App::each(&[kernel::own::programme(), counting()], |app| async move {
        let place = region(&app).await.county;
        let now = app.house().ambient().now();
        for days in [2, 0, 1] {
            app.set_clock(now + TimeDelta::days(days));
            asked(&app.caller::<LoggedIn>(), &PEOPLE, (place, "200"), ExportFormat::Csv).await.unwrap();
        }
        let over = asked(&app.caller::<LoggedIn>(), &PEOPLE, (place, "1"), ExportFormat::Csv).await.unwrap_err();
        assert!(over.fields[0].message.contains("今天已带走 200 行"), "{over:?}");
    })
    .await;
}

#[tokio::test]
async fn what_broke_off_is_begun_anew() {
    let _one = ONE.lock().await;
    App::each(&[kernel::own::programme(), counting()], |app| async move {
        let region = region(&app).await;
        let caller = app.caller::<LoggedIn>();
        FELL.store(false, Ordering::Relaxed);
        let queued = asked(&caller, &NUMBERS, (region.county, "falls 9000"), ExportFormat::Csv).await.unwrap();
        app.settle().await;
        let broken = show(&caller, queued.id).await.unwrap();
        assert_eq!((broken.state, broken.done), (ExportState::Running, 5000), "it says how far it was");
        assert_eq!(number(&app, "SELECT COUNT(*) AS number FROM export_chunk").await, 0);
        app.set_clock(app.house().ambient().now() + TimeDelta::minutes(1));
        app.settle().await;
        let done = show(&caller, queued.id).await.unwrap();
        assert_eq!((done.state, done.rows), (ExportState::Done, 9000));
        assert_eq!(fetched(&caller, done.id).await.1, 9002, "nothing is there twice");
    })
    .await;
}

#[tokio::test]
async fn what_the_system_failed_is_made_once_the_operator_has_it_tried_again() {
    let _one = ONE.lock().await;
    App::each(&[kernel::own::programme(), counting()], |app| async move {
        let region = region(&app).await;
        let caller = app.caller::<LoggedIn>();
        AWAY.store(true, Ordering::Relaxed);
        let queued = asked(&caller, &BROKEN, (region.county, "9000"), ExportFormat::Csv).await.unwrap();
        for _ in 0..4 {
            app.settle().await;
            app.set_clock(app.house().ambient().now() + TimeDelta::minutes(5));
        }
        let failed = show(&caller, queued.id).await.unwrap();
        assert_eq!((failed.state, failed.failure.is_some()), (ExportState::Failed, true));
        let left = outbox::left(&caller, 9).await.unwrap();
        assert_eq!((left.len(), left[0].kind.as_str()), (1, "kernel.export"));

        AWAY.store(false, Ordering::Relaxed);
        outbox::try_again(&caller, &[left[0].job]).await.unwrap();
        app.settle().await;
        let done = show(&caller, queued.id).await.unwrap();
        assert_eq!((done.state, done.rows, done.failure), (ExportState::Done, 9000, None));
        assert_eq!(fetched(&caller, done.id).await.1, 9002);
        assert!(outbox::left(&caller, 9).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_always_takes_too_long_is_given_up() {
    let _one = ONE.lock().await;
    App::each(&[kernel::own::programme(), counting()], |app| async move {
        let region = region(&app).await;
        let caller = app.caller::<LoggedIn>();
        let queued = asked(&caller, &SLOW, (region.county, "9000"), ExportFormat::Csv).await.unwrap();
        let rounds = async || {
            for _ in 0..4 {
                app.settle().await;
                app.set_clock(app.house().ambient().now() + TimeDelta::minutes(5));
            }
            SLOWLY.load(Ordering::Relaxed)
        };
        assert_eq!(rounds().await, rounds().await);
        assert_eq!(show(&caller, queued.id).await.unwrap().state, ExportState::Failed);
        assert!(outbox::left(&caller, 9).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn only_of_people_is_it_said_that_they_are_masked() {
    let _one = ONE.lock().await;
    App::each(&[kernel::own::programme(), counting()], |app| async move {
        let place = region(&app).await.county;
        let caller = app.caller::<LoggedIn>();
        for (kind, masked) in [(&NUMBERS, false), (&PEOPLE, true)] {
            let made = asked(&caller, kind, (place, "3"), ExportFormat::Csv).await.unwrap();
            let text = String::from_utf8(pieces(&caller, made.id).await.concat()).unwrap();
            assert!(text.contains("请勿外传") && text.contains("已按规定脱敏") == masked, "{}: {text}", kind.code);
        }
    })
    .await;
}

#[tokio::test]
async fn which_rows_were_taken_away_stands_in_words() {
    App::each(&programmes(), |app| async move {
        let place = region(&app).await.county;
        let caller = app.caller::<LoggedIn>();
        let facts = json!({
            "organisation": place, "kinds": "love_meal,gone", "groups": "courier,-", "from": "2026-07-01", "to": null,
            "tree": "today", "person": place,
        });
        let facts_told = "单位：152201总工会；事项：爱心餐、gone；职工群体：快递员、未分群体；起始日期：2026年7月1日；\
                          隶属关系：按当前隶属关系；人员：指定一人";
        let entries = json!({ "q": "张小雨", "action": "exports.ask", "account": "5", "to": "2026-07-31" });
        let entries_told = "按文字查找：是；人员：没有记录；截止日期：2026年7月31日；操作：申请导出";
        let assessments = json!({ "organisation": place, "expired": false });
        for (kind, filter, told) in [
            (&FACTS, facts, facts_told),
            (&ENTRIES, entries, entries_told),
            (&ASSESSMENTS, assessments, "单位：152201总工会；已到期未重新评估：否"),
            (&ENTRIES, json!({}), ""),
        ] {
            let made = asked(&caller, kind, (place, &filter.to_string()), ExportFormat::Csv).await.unwrap();
            assert_eq!((made.filter.as_str(), made.state), (told, ExportState::Done));
            let text = String::from_utf8(pieces(&caller, made.id).await.concat()).unwrap();
            assert!(text.contains(&format!("筛选条件：{told}")), "{text}");
        }
    })
    .await;
}
