use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use kernel::{
    Caller, Id,
    etag::IfMatch,
    listing::Paging,
    organisation::{
        self,
        close::{ClosingDay, close},
        founding::Paper,
        permissions::Reshape,
    },
    rulebook::{self, CalendarDay, CalendarForm, permissions::Manage},
};
use membership::{
    answer_transfer::{Ending, TransferAnswer, answer_transfer},
    apply::ApplicationOutcome,
    ask_transfer::{AskTransfer, AskedTransfer, ask_transfer},
    keep::{Reason, keep},
    list_transfers::{TransferFilter, list_transfers},
    permissions::{KeepMembers, SeeMembers, TransferMembers},
    receiving_unions::{UnionSought, find},
    rules::{
        standing::{Standing, Step},
        transfer::{Answerer, Progress},
    },
    show::show,
};
use sea_orm::EntityTrait;
use testing::App;

use crate::world::{applied, day, member, members, phone, programmes, region};

/// The wish to go to another union.
fn wish(to_organisation_id: Id) -> AskTransfer {
    AskTransfer { to_organisation_id, reason: "换了工作".into() }
}

/// A member is to go to another union.
async fn asks(caller: &Caller<TransferMembers>, id: Id, to: Id) -> AskedTransfer {
    ask_transfer(caller, id, &wish(to)).await.unwrap()
}

#[tokio::test]
async fn a_member_moves_and_the_count_moves_with_him() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let id = member(&app, 1, region.riders).await;
        let card = show(&app.caller::<SeeMembers>(), id).await.unwrap().member.card_number;
        let caller = app.caller::<TransferMembers>();
        let asked = asks(&caller, id, region.couriers).await;
        assert_eq!(asked.due_on.to_string(), "2026-07-31");
        // While it waits he keeps all services, and cannot be moved twice.
        assert_eq!(members(&app, region.riders).await, 1);
        assert_eq!(ask_transfer(&caller, id, &wish(region.couriers)).await.unwrap_err().code, "step_not_allowed");
        let page = list_transfers(&caller, &TransferFilter::default(), &Paging::default()).await.unwrap();
        assert_eq!(page.items[0].answerer, Some(Answerer::Receiving));
        let settled = answer_transfer(&caller, asked.id, Ending::Accept, &TransferAnswer::default()).await.unwrap();
        assert_eq!((settled.state, settled.organisation_id), (Standing::Normal, region.couriers));
        assert_eq!((members(&app, region.riders).await, members(&app, region.couriers).await), (0, 1));
        assert_eq!(members(&app, region.county).await, 1);
        let again = answer_transfer(&caller, asked.id, Ending::Accept, &TransferAnswer::default()).await.unwrap_err();
        assert_eq!(again.code, "transfer_answered");
        assert_eq!(show(&app.caller::<SeeMembers>(), id).await.unwrap().member.card_number, card);
    })
    .await;
}

#[tokio::test]
async fn the_union_that_takes_a_member_in_is_found_wherever_it_is() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let caller = app.caller::<TransferMembers>();
        let find = async |q: &str| find(&caller, &UnionSought { q: q.into() }).await.unwrap();
        let couriers = organisation::Entity::find_by_id(region.couriers).one(caller.read()).await.unwrap().unwrap();
        let found = find(&couriers.name).await;
        assert_eq!(found.iter().map(|union| union.id).collect::<Vec<_>>(), [region.couriers]);
        assert!(found[0].upper.is_some());
        assert_eq!(find(&couriers.code).await[0].id, region.couriers);
        assert_eq!(find(&couriers.code.to_ascii_lowercase()).await[0].id, region.couriers);
        assert_eq!(find(" 工 ").await, []);
    })
    .await;
}

#[tokio::test]
async fn a_second_application_becomes_a_transfer_that_the_home_union_may_decline() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let id = member(&app, 1, region.riders).await;
        keep(&app.caller::<KeepMembers>(), id, Step::Retain, &Reason { reason: Some("待业".into()), day: None })
            .await
            .unwrap();
        let answer = applied(&app, 1, region.couriers).await;
        assert_eq!((answer.id, answer.outcome), (id, ApplicationOutcome::TransferAsked));
        assert_eq!(answer.state, Standing::TransferPending);
        let caller = app.caller::<TransferMembers>();
        let waiting = TransferFilter { state: Some(Progress::Waiting), ..Default::default() };
        let page = list_transfers(&caller, &waiting, &Paging::default()).await.unwrap();
        assert_eq!((page.total, page.items[0].answerer), (1, Some(Answerer::Home)));
        app.set_clock(caller.now() + TimeDelta::days(31));
        let late = app.caller::<TransferMembers>();
        let page = list_transfers(&late, &waiting, &Paging::default()).await.unwrap();
        assert_eq!(page.items[0].answerer, Some(Answerer::Higher));
        let silent =
            answer_transfer(&late, page.items[0].id, Ending::Decline, &TransferAnswer::default()).await.unwrap_err();
        assert_eq!(silent.code, "reason_missing");
        let reason = TransferAnswer { reason: Some("本人仍在原单位".into()) };
        let settled = answer_transfer(&late, page.items[0].id, Ending::Decline, &reason).await.unwrap();
        assert_eq!((settled.state, settled.organisation_id), (Standing::Retained, region.riders));
        assert_eq!(members(&app, region.riders).await, 1);
    })
    .await;
}

#[tokio::test]
async fn the_desk_of_a_third_union_reads_where_a_member_is_going_and_who_answers() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let id = member(&app, 1, region.riders).await;
        asks(&app.caller::<TransferMembers>(), id, region.couriers).await;
        for desk in [region.county, region.couriers] {
            let answer = applied(&app, 1, desk).await;
            assert_eq!((answer.id, answer.outcome), (id, ApplicationOutcome::TransferAsked));
            let told = "转到“乌兰浩特市快递员联合工会”的申请正等待转入工会确认（期限2026年7月31日）";
            assert!(answer.message.contains(told), "{}", answer.message);
        }
    })
    .await;
}

#[tokio::test]
async fn who_leaves_while_a_transfer_waits_drops_it() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let id = member(&app, 1, region.riders).await;
        let caller = app.caller::<TransferMembers>();
        let asked = asks(&caller, id, region.couriers).await;
        let leave = Reason { reason: Some("本人申请".into()), day: None };
        keep(&app.caller::<KeepMembers>(), id, Step::Leave, &leave).await.unwrap();
        let late = answer_transfer(&caller, asked.id, Ending::Accept, &TransferAnswer::default()).await.unwrap_err();
        assert_eq!(late.code, "transfer_answered");
        assert_eq!(members(&app, region.county).await, 0);
    })
    .await;
}

#[tokio::test]
async fn who_asked_for_a_transfer_by_mistake_takes_it_back() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let (id, caller) = (member(&app, 1, region.riders).await, app.caller::<TransferMembers>());
        let asked = asks(&caller, id, region.county).await;
        let waits = show(&app.caller::<SeeMembers>(), id).await.unwrap().waiting_transfer.unwrap();
        assert!(waits.may_withdraw && waits.told.contains("乌兰浩特市总工会"), "{}", waits.told);
        let silent =
            answer_transfer(&caller, asked.id, Ending::Withdraw, &TransferAnswer::default()).await.unwrap_err();
        assert_eq!(silent.code, "reason_missing");
        let why = TransferAnswer { reason: Some("选错了工会".into()) };
        let settled = answer_transfer(&caller, asked.id, Ending::Withdraw, &why).await.unwrap();
        assert_eq!((settled.state, settled.organisation_id), (Standing::Normal, region.riders));
        let dropped = TransferFilter { state: Some(Progress::Dropped), ..Default::default() };
        assert_eq!(list_transfers(&caller, &dropped, &Paging::default()).await.unwrap().total, 1);
        let shown = show(&app.caller::<SeeMembers>(), id).await.unwrap();
        assert_eq!((shown.history[0].step, shown.waiting_transfer.is_none()), (Step::WithdrawTransfer, true));
        // The right union may be asked at once.
        asks(&caller, id, region.couriers).await;
    })
    .await;
}

#[tokio::test]
async fn a_union_that_was_closed_meanwhile_takes_nobody_in() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let id = member(&app, 1, region.riders).await;
        let caller = app.caller::<TransferMembers>();
        let asked = asks(&caller, id, region.couriers).await;
        let today = ClosingDay { day: caller.today(), paper: Paper::default() };
        close(&app.caller::<Reshape>(), region.couriers, &today).await.unwrap();
        let refused = answer_transfer(&caller, asked.id, Ending::Accept, &TransferAnswer::default()).await.unwrap_err();
        assert_eq!(refused.code, "receiving_union_closed");
        assert_eq!((members(&app, region.riders).await, members(&app, region.couriers).await), (1, 0));
        let reason = TransferAnswer { reason: Some("工会已撤销".into()) };
        let settled = answer_transfer(&caller, asked.id, Ending::Decline, &reason).await.unwrap();
        assert_eq!((settled.state, settled.organisation_id), (Standing::Normal, region.riders));
    })
    .await;
}

#[tokio::test]
async fn who_is_put_down_by_another_union_is_told_once() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let id = member(&app, 1, region.riders).await;
        assert_eq!(applied(&app, 1, region.couriers).await.outcome, ApplicationOutcome::TransferAsked);
        // Who is marked out by his own union has spoken with it.
        let other = member(&app, 2, region.riders).await;
        let caller = app.caller::<TransferMembers>();
        asks(&caller, other, region.couriers).await;
        app.schedule().await;
        let told = app.sms().texts(&phone(1));
        assert_eq!((told.len(), app.sms().texts(&phone(2)).len()), (1, 0));
        assert!(told[0].contains("快递员联合工会”申请") && told[0].contains("如非您本人意愿"), "{told:?}");
        app.set_clock(caller.now() + TimeDelta::minutes(2));
        app.settle().await;
        assert_eq!(app.sms().texts(&phone(1)).len(), 1);
        assert_eq!(show(&app.caller::<SeeMembers>(), id).await.unwrap().member.state, Standing::TransferPending);
    })
    .await;
}

#[tokio::test]
async fn whose_text_is_refused_keeps_no_warning_from_the_others() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        for n in 1..=3 {
            // Keys grow with time: the first is the first in each turn.
            app.pass(TimeDelta::seconds(1));
            member(&app, n, region.riders).await;
            assert_eq!(applied(&app, n, region.couriers).await.outcome, ApplicationOutcome::TransferAsked);
        }
        app.sms().refuse(&phone(1));
        app.schedule().await;
        let told = || [1, 2, 3].map(|n| app.sms().texts(&phone(n)).len());
        assert_eq!(told(), [0, 1, 1]);
        app.sms().take(&phone(1));
        app.pass(TimeDelta::minutes(2));
        app.settle().await;
        assert_eq!(told(), [1, 1, 1]);
    })
    .await;
}

/// A national arrangement in which the first ten days of 2027 are off, and an eleventh.
pub fn arranged() -> CalendarForm {
    let days = (1..=10).map(|n| format!("2027-01-{n:02}")).chain(["2027-05-03".to_owned()]);
    CalendarForm { days: days.map(|on| CalendarDay { day: day(&on), is_off: true, name: "假日".into() }).collect() }
}

#[tokio::test]
async fn a_term_ends_on_a_day_on_which_people_work_also_where_the_year_was_not_announced() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let asked = async |n, now: DateTime<Utc>| {
            let id = member(&app, n, region.riders).await;
            app.set_clock(now);
            asks(&app.caller::<TransferMembers>(), id, region.couriers).await.due_on.to_string()
        };
        let first = async || {
            let all = TransferFilter::default();
            let page = list_transfers(&app.caller::<TransferMembers>(), &all, &Paging::default()).await.unwrap();
            (page.items[0].due_on.to_string(), page.items[0].due_may_move)
        };
        // The 30th day is a Saturday.
        assert_eq!(asked(1, Utc.with_ymd_and_hms(2026, 7, 2, 1, 0, 0).unwrap()).await, "2026-08-03");
        assert!(!first().await.1);
        // The 30th day is a Saturday of a year that nobody has announced.
        assert_eq!(asked(2, Utc.with_ymd_and_hms(2026, 12, 10, 1, 0, 0).unwrap()).await, "2027-01-09");
        assert_eq!(first().await, ("2027-01-09".to_owned(), true));
        app.schedule().await;
        assert_eq!(first().await, ("2027-01-09".to_owned(), true));
        let seen = IfMatch::content("[]");
        rulebook::save_calendar(&app.caller::<Manage>(), 2027, "", &seen, &arranged()).await.unwrap();
        app.set_clock(Utc.with_ymd_and_hms(2026, 12, 10, 3, 0, 0).unwrap());
        app.settle().await;
        assert_eq!(first().await, ("2027-01-11".to_owned(), false));
    })
    .await;
}

#[tokio::test]
async fn a_term_that_ends_in_the_days_off_at_a_years_end_moves_into_the_new_one() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let id = member(&app, 1, region.riders).await;
        let announce = async |year: i32, month: u32| {
            let off = |n: u32| CalendarDay {
                day: day(&format!("{year}-{month:02}-{n:02}")),
                is_off: true,
                name: "假日".into(),
            };
            let form = CalendarForm { days: (1..=11).map(off).collect() };
            let seen = IfMatch::content("[]");
            rulebook::save_calendar(&app.caller::<Manage>(), year, "", &seen, &form).await.unwrap();
        };
        announce(2028, 10).await;
        // The 30th day is the Sunday with which the year ends.
        app.set_clock(Utc.with_ymd_and_hms(2028, 12, 1, 1, 0, 0).unwrap());
        asks(&app.caller::<TransferMembers>(), id, region.couriers).await;
        let first = async || {
            let all = TransferFilter::default();
            let page = list_transfers(&app.caller::<TransferMembers>(), &all, &Paging::default()).await.unwrap();
            (page.items[0].due_on.to_string(), page.items[0].due_may_move)
        };
        assert_eq!(first().await, ("2028-12-31".to_owned(), true));
        announce(2029, 1).await;
        app.schedule().await;
        assert_eq!(first().await, ("2029-01-12".to_owned(), false));
    })
    .await;
}

#[tokio::test]
async fn a_transfer_is_overdue_from_the_day_after_its_last() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let id = member(&app, 1, region.riders).await;
        let asked = asks(&app.caller::<TransferMembers>(), id, region.couriers).await;
        let counts = async || {
            let caller = app.caller::<TransferMembers>();
            let mut counts = Vec::new();
            for overdue in [false, true] {
                let filter = TransferFilter { overdue: Some(overdue), ..Default::default() };
                counts.push(list_transfers(&caller, &filter, &Paging::default()).await.unwrap().total);
            }
            (caller.today() - asked.due_on, counts)
        };
        app.pass(TimeDelta::days(30));
        assert_eq!(counts().await, (TimeDelta::zero(), vec![1, 0]));
        app.pass(TimeDelta::days(1));
        assert_eq!(counts().await, (TimeDelta::days(1), vec![0, 1]));
    })
    .await;
}

#[tokio::test]
async fn what_waits_for_an_officer_begins_with_what_is_due_first() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let mut asked = Vec::new();
        for n in 1..=2 {
            let id = member(&app, n, region.riders).await;
            asked.push(asks(&app.caller::<TransferMembers>(), id, region.couriers).await.id);
            app.pass(TimeDelta::days(1));
        }
        for (overdue, days) in [(false, 0), (true, 40)] {
            app.pass(TimeDelta::days(days));
            let filter = TransferFilter { overdue: Some(overdue), ..Default::default() };
            let page = list_transfers(&app.caller::<TransferMembers>(), &filter, &Paging::default()).await.unwrap();
            assert_eq!(page.items.iter().map(|row| row.id).collect::<Vec<_>>(), asked, "{overdue}");
        }
    })
    .await;
}

#[tokio::test]
async fn nobody_is_told_of_a_transfer_days_after_it_was_asked_for() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        member(&app, 1, region.riders).await;
        assert_eq!(applied(&app, 1, region.couriers).await.outcome, ApplicationOutcome::TransferAsked);
        app.pass(TimeDelta::days(4));
        app.schedule().await;
        assert!(app.sms().texts(&phone(1)).is_empty());
    })
    .await;
}
