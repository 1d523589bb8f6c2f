use chrono::{DateTime, TimeZone, Utc};
use kernel::{
    deadline::{TermReason, TermState},
    etag::IfMatch,
    listing::Paging,
    rulebook::{self, permissions::Manage},
};
use membership::{
    answer_transfer::{Ending, TransferAnswer, answer_transfer},
    approve::{Approve, ApproveRule, Approved, approve},
    ask_transfer::{AskTransfer, ask_transfer},
    figures::todo::todo,
    list::{MemberFilter, list},
    list_transfers::{TransferFilter, TransferRow, list_transfers},
    pausing::{application::change_application, transfer::change_transfer},
    permissions::{ApproveMembers, SeeMembers, TransferMembers},
    rules::transfer::Answerer,
    show::show,
};
use testing::App;

use crate::{
    transfers::arranged,
    world::{applied, day, member, phone, programmes, region, word},
};

fn why(reason: &str) -> Option<TermReason> {
    Some(TermReason { reason: reason.into() })
}

fn morning(month: u32, day: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, month, day, 1, 0, 0).unwrap()
}

/// How many of a kind wait, by the to-do list.
async fn waits(app: &App, code: &str) -> u64 {
    let waiting = todo(&app.caller::<SeeMembers>()).await.unwrap();
    waiting.iter().find(|one| one.code == code).map_or(0, |one| one.count)
}

#[tokio::test]
async fn the_answer_to_an_application_waits_while_papers_are_awaited() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let id = applied(&app, 1, region.riders).await.id;
        let term = async || show(&app.caller::<SeeMembers>(), id).await.unwrap().term.unwrap();
        let change =
            async |why: Option<TermReason>| change_application(&app.caller::<ApproveMembers>(), id, why.as_ref()).await;
        // A Wednesday: five working days end on the Wednesday after.
        let plain = term().await;
        assert_eq!((plain.state, plain.n, plain.due_on), (TermState::Running, 5, Some(day("2026-07-08"))));
        assert_eq!((plain.half_on, plain.four_fifths_on), (Some(day("2026-07-06")), Some(day("2026-07-08"))));
        assert_eq!(change(None).await.unwrap_err().code, "term_running");
        app.set_clock(morning(7, 3));
        assert_eq!(change(why(" ")).await.unwrap_err().fields[0].field, "reason");
        let paused = change(why("等待补交证件照片")).await.unwrap();
        assert_eq!((paused.state, paused.left, paused.due_on), (TermState::Paused, Some(4), None));
        assert_eq!((paused.pauses[0].from, paused.pauses[0].by.as_str()), (day("2026-07-03"), "系统"));
        assert_eq!(change(why("再等一等")).await.unwrap_err().code, "term_paused");
        // The text goes out though the gateway was away when the term was paused.
        app.sms().refuse(&phone(1));
        app.settle().await;
        app.sms().take(&phone(1));
        app.set_clock(morning(7, 4));
        app.settle().await;
        assert!(app.sms().texts(&phone(1))[0].contains("暂停办理：等待补交证件照片"));
        app.set_clock(morning(7, 20));
        assert_eq!((waits(&app, "paused_applications").await, waits(&app, "late_applications").await), (1, 0));
        let still = MemberFilter { paused: Some(true), ..Default::default() };
        assert_eq!(list(&app.caller::<SeeMembers>(), &still, &Paging::default()).await.unwrap().total, 1);
        let rule = Approve {
            ids: None,
            rule: Some(ApproveRule { organisation_id: Some(region.county), event_id: None, after: None }),
        };
        let left = approve(&app.caller::<ApproveMembers>(), &rule).await.unwrap();
        assert_eq!((left.approved, left.refused[0].id), (0, id));
        // Eleven working days did not count; the second to fifth are the 20th to the 23rd.
        let runs = change(None).await.unwrap();
        assert_eq!((runs.state, runs.due_on), (TermState::Running, Some(day("2026-07-23"))));
        assert_eq!((runs.half_on, runs.four_fifths_on), (Some(day("2026-07-21")), Some(day("2026-07-23"))));
        app.settle().await;
        assert!(app.sms().texts(&phone(1))[1].contains("2026年7月23日前答复"));
        assert_eq!(list(&app.caller::<SeeMembers>(), &still, &Paging::default()).await.unwrap().total, 0);
        app.set_clock(morning(7, 23));
        assert_eq!((term().await.state, waits(&app, "applications_nearly_due").await), (TermState::NearlyDue, 1));
        // On its last day, too, it may stand still; taken up on the same day, it ends with it.
        assert_eq!(change(why("还差一份证明")).await.unwrap().state, TermState::Paused);
        assert_eq!(change(None).await.unwrap().due_on, Some(day("2026-07-23")));
        app.set_clock(morning(7, 24));
        assert_eq!((term().await.state, waits(&app, "late_applications").await), (TermState::Overdue, 1));
        assert_eq!(change(why("太晚了")).await.unwrap_err().code, "term_over");
        let all = Approve { ids: Some(vec![id]), rule: None };
        assert_eq!(approve(&app.caller::<ApproveMembers>(), &all).await.unwrap().approved, 1);
        assert_eq!(change(why("已经办好")).await.unwrap_err().code, "term_answered");
        app.settle().await;
        assert_eq!(app.sms().texts(&phone(1)).len(), 2, "of what was answered meanwhile nothing more is told");
    })
    .await;
}

#[tokio::test]
async fn the_rule_tells_a_paused_application_once_however_many_calls_it_takes() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let first = applied(&app, 1, region.riders).await.id;
        // A thousand more than one call approves; their people are not there, so that each is refused.
        let more = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)";
        let columns = "id, person_id, organisation_id, state, applied_on, valid_person_id, changed_at, version";
        let copied = "id + i, -i, organisation_id, state, applied_on, -i, changed_at, version";
        app.write(&format!(
            "INSERT INTO membership_member ({columns}) {more} SELECT {copied} FROM membership_member, n WHERE id = {first}"
        ))
        .await;
        app.set_clock(morning(7, 2));
        let paused = applied(&app, 2, region.riders).await.id;
        let why = why("等待补交证件照片");
        change_application(&app.caller::<ApproveMembers>(), paused, why.as_ref()).await.unwrap();
        let call = async |after| {
            let rule = Some(ApproveRule { organisation_id: Some(region.county), event_id: None, after });
            approve(&app.caller::<ApproveMembers>(), &Approve { ids: None, rule }).await.unwrap()
        };
        let told = |answer: &Approved| answer.refused.iter().filter(|one| one.id == paused).count();
        let page = call(None).await;
        assert_eq!((page.approved, page.refused.len(), told(&page)), (1, 999, 0));
        let last = call(page.next).await;
        assert_eq!((last.approved, last.refused.len(), told(&last), last.next), (0, 2, 1, None));
    })
    .await;
}

#[tokio::test]
async fn a_transfer_that_stands_still_does_not_fall_to_the_higher_union() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let id = member(&app, 1, region.riders).await;
        let wish = AskTransfer { to_organisation_id: region.couriers, reason: "换了工作".into() };
        let asked = ask_transfer(&app.caller::<TransferMembers>(), id, &wish).await.unwrap().id;
        let change = async |why: Option<TermReason>| {
            change_transfer(&app.caller::<TransferMembers>(), asked, why.as_ref()).await
        };
        let row = async |filter: TransferFilter| -> Option<TransferRow> {
            let page = list_transfers(&app.caller::<TransferMembers>(), &filter, &Paging::default()).await.unwrap();
            page.items.into_iter().next()
        };
        app.set_clock(morning(7, 10));
        change(why("等待原单位证明")).await.unwrap();
        app.settle().await;
        app.set_clock(morning(8, 20));
        let still = row(TransferFilter { paused: Some(true), ..Default::default() }).await.unwrap();
        assert_eq!((still.answerer, still.overdue), (Some(Answerer::Receiving), false));
        assert!(row(TransferFilter { overdue: Some(true), ..Default::default() }).await.is_none());
        assert_eq!((waits(&app, "transfers").await, waits(&app, "paused_transfers").await), (1, 1));
        // The list behind it holds as many: not those that another side must answer.
        let todo = todo(&app.caller::<SeeMembers>()).await.unwrap();
        let path = todo.iter().find(|one| one.code == "paused_transfers").map(|one| one.path.as_str());
        assert_eq!(path, Some("/transfers?overdue=false&paused=true"));
        assert!(row(TransferFilter { overdue: Some(false), paused: Some(true), ..Default::default() }).await.is_some());
        assert_eq!(waits(&app, "overdue_transfers").await, 0);
        // Eight days had passed before the tenth; the ninth is the twentieth of August.
        assert_eq!(change(None).await.unwrap().due_on, Some(day("2026-09-10")));
        app.settle().await;
        assert_eq!(row(TransferFilter::default()).await.unwrap().due_on, day("2026-09-10"));
        app.set_clock(morning(9, 11));
        assert_eq!(row(TransferFilter::default()).await.unwrap().answerer, Some(Answerer::Higher));
        assert_eq!(app.sms().texts(&phone(1)).len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_term_that_runs_into_a_year_nobody_announced_says_so_and_is_reckoned_when_it_is() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        app.set_clock(morning(12, 21));
        let id = applied(&app, 1, region.riders).await.id;
        let change =
            async |why: Option<TermReason>| change_application(&app.caller::<ApproveMembers>(), id, why.as_ref()).await;
        app.set_clock(morning(12, 22));
        change(why("等待补交证件照片")).await.unwrap();
        app.settle().await;
        app.set_clock(morning(12, 30));
        let unknown = change(None).await.unwrap();
        assert_eq!((unknown.state, unknown.due_on), (TermState::Unannounced, None));
        app.settle().await;
        assert!(app.sms().texts(&phone(1))[1].contains("等国家公布放假安排后确定"));
        rulebook::save_calendar(&app.caller::<Manage>(), 2027, "", &IfMatch::content("[]"), &arranged()).await.unwrap();
        app.schedule().await;
        let known = show(&app.caller::<SeeMembers>(), id).await.unwrap().term.unwrap();
        assert_eq!((known.state, known.due_on), (TermState::Running, Some(day("2027-01-13"))));
    })
    .await;
}

#[tokio::test]
async fn what_is_paused_or_answered_while_terms_are_reckoned_gets_no_last_day() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        app.set_clock(morning(12, 21));
        let id = applied(&app, 1, region.riders).await.id;
        let term = async || show(&app.caller::<SeeMembers>(), id).await.unwrap().term.unwrap();
        for why in [why("等待补交证件照片"), None] {
            change_application(&app.caller::<ApproveMembers>(), id, why.as_ref()).await.unwrap();
        }
        // Asked on the year's last day, its term ends in the new one.
        app.set_clock(morning(12, 31));
        let asked_at = morning(12, 31).timestamp_micros();
        app.write(&format!(
            "INSERT INTO membership_privacy_request (id, person_id, organisation_id, wish, words_sealed, asked_at, state) \
             SELECT 1, person_id, organisation_id, 'delete', '', {asked_at}, 'waiting' FROM membership_member"
        ))
        .await;
        rulebook::save_calendar(&app.caller::<Manage>(), 2027, "", &IfMatch::content("[]"), &arranged()).await.unwrap();
        let answered = "UPDATE membership_privacy_request SET state = 'done'";
        app.overtaken_by(answered, app.work("membership_terms")).await.unwrap();
        let sql = "SELECT CASE WHEN due_on IS NULL THEN 'none' ELSE 'some' END AS word FROM membership_privacy_request";
        assert_eq!(word(&app, sql).await, "none");

        app.write("UPDATE deadline SET due_on = NULL, half_on = NULL, four_fifths_on = NULL").await;
        let paused = "UPDATE deadline SET paused_since = '2026-12-31'";
        app.overtaken_by(paused, app.work("membership_terms")).await.unwrap();
        assert_eq!(term().await.state, TermState::Paused);
    })
    .await;
}

#[tokio::test]
async fn what_was_answered_while_it_stood_still_is_paused_no_more() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let id = applied(&app, 1, region.riders).await.id;
        let why = why("等待补交证件照片");
        change_application(&app.caller::<ApproveMembers>(), id, why.as_ref()).await.unwrap();
        let (see, mover) = (app.caller::<SeeMembers>(), app.caller::<TransferMembers>());
        let applications = async || {
            let filter = MemberFilter { paused: Some(true), ..Default::default() };
            list(&see, &filter, &Paging::default()).await.unwrap().total
        };
        let transfers = async || {
            let filter = TransferFilter { paused: Some(true), ..Default::default() };
            list_transfers(&mover, &filter, &Paging::default()).await.unwrap().total
        };
        assert_eq!(applications().await, 1);
        let all = Approve { ids: Some(vec![id]), rule: None };
        assert_eq!(approve(&app.caller::<ApproveMembers>(), &all).await.unwrap().approved, 1);
        assert_eq!(applications().await, 0);
        let wish = AskTransfer { to_organisation_id: region.couriers, reason: "换了工作".into() };
        let asked = ask_transfer(&mover, id, &wish).await.unwrap().id;
        change_transfer(&mover, asked, why.as_ref()).await.unwrap();
        assert_eq!(transfers().await, 1);
        answer_transfer(&mover, asked, Ending::Accept, &TransferAnswer::default()).await.unwrap();
        assert_eq!(transfers().await, 0);
    })
    .await;
}
