use chrono::TimeDelta;
use futures::StreamExt;
use kernel::{
    audit,
    etag::IfMatch,
    export::{ExportForm, ExportState, ask_for_list, fetch},
    ledger::{
        FactParams, TakeBack, Tree, balance, list_facts,
        permissions::{Reverse, View},
        take_back,
    },
    listing::Paging,
    permission::LoggedIn,
    person::{
        self,
        merge::{MergePerson, merge},
        permissions::Merge,
    },
};
use membership::{
    answer_transfer::{Ending, TransferAnswer, answer_transfer},
    apply::{ApplicationOutcome, NewApplication, apply},
    approve::{Approve, ApproveRule, approve},
    ask_transfer::{AskTransfer, ask_transfer},
    export::MEMBERS,
    keep::{Reason, keep},
    list::{MemberFilter, list},
    permissions::{ApproveMembers, ExportMembers, KeepMembers, SeeMembers, TakeApplications, TransferMembers},
    rules::standing::{Standing, Step},
    show::show,
    take_back::{self as ending, EndTakenBack},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};
use testing::App;

use crate::world::{application, applied, day, member, members, name, number, phone, programmes, region};

fn because(reason: &str) -> Reason {
    Reason { reason: Some(reason.into()), day: None }
}

#[tokio::test]
async fn a_life_from_application_to_leaving_and_back() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let id = member(&app, 1, region.riders).await;
        assert_eq!(members(&app, region.county).await, 1);
        let caller = app.caller::<KeepMembers>();
        let retained = keep(&caller, id, Step::Retain, &because("退休")).await.unwrap();
        assert_eq!(retained.state, Standing::Retained);
        assert_eq!(members(&app, region.riders).await, 1);
        assert_eq!(keep(&caller, id, Step::Retain, &because("退休")).await.unwrap_err().code, "step_not_allowed");
        keep(&caller, id, Step::Restore, &Reason::default()).await.unwrap();
        assert_eq!(keep(&caller, id, Step::Leave, &Reason::default()).await.unwrap_err().code, "reason_missing");
        let future = Reason { day: Some(day("2026-07-02")), ..because("本人申请") };
        assert_eq!(keep(&caller, id, Step::Leave, &future).await.unwrap_err().code, "day_in_future");
        let before = Reason { day: Some(day("2026-06-30")), ..because("本人申请") };
        assert_eq!(keep(&caller, id, Step::Leave, &before).await.unwrap_err().code, "day_too_early");
        assert_eq!(keep(&caller, id, Step::Expel, &because(" ")).await.unwrap_err().code, "reason_missing");
        assert_eq!(keep(&caller, id, Step::Refuse, &because("迟了")).await.unwrap_err().code, "step_not_allowed");
        keep(&caller, id, Step::Leave, &because("本人申请")).await.unwrap();
        assert_eq!(keep(&caller, id, Step::Expel, &because("迟了")).await.unwrap_err().code, "step_not_allowed");
        assert_eq!(members(&app, region.county).await, 0);
        let shown = show(&app.caller::<SeeMembers>(), id).await.unwrap();
        let steps: Vec<Step> = shown.history.iter().rev().map(|row| row.step).collect();
        assert_eq!(steps, [Step::Apply, Step::Approve, Step::Retain, Step::Restore, Step::Leave]);
        // Re-entry is by a new application, to any union.
        let again = applied(&app, 1, region.couriers).await;
        assert_eq!((again.outcome, again.id != id), (ApplicationOutcome::Applied, true));
    })
    .await;
}

#[tokio::test]
async fn an_end_that_was_a_mistake_is_taken_back_and_counts_on_no_day() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let why = EndTakenBack { reason: "办错了人".into() };
        for (n, end) in [(1, Step::Leave), (2, Step::Expel), (3, Step::Die)] {
            let id = member(&app, n, region.riders).await;
            let joined = show(&app.caller::<SeeMembers>(), id).await.unwrap();
            let keeper = app.caller::<KeepMembers>();
            assert_eq!(ending::take_back(&keeper, id, &why).await.unwrap_err().code, "step_not_allowed");
            keep(&keeper, id, Step::Retain, &because("退休")).await.unwrap();
            keep(&keeper, id, end, &because("有文件为证")).await.unwrap();
            let ended = keeper.today();
            app.pass(TimeDelta::days(1));
            let back = ending::take_back(&app.caller::<KeepMembers>(), id, &why).await.unwrap();
            assert_eq!(back.state, Standing::Retained);
            let see = app.caller::<SeeMembers>();
            let shown = show(&see, id).await.unwrap();
            assert_eq!((shown.card, shown.member.member_since), (joined.card, joined.member.member_since));
            assert_eq!((shown.history[0].step, shown.member.ended_on), (Step::TakeBack, None));
            assert_eq!(balance(&see, region.riders, &["membership"], &[], ended).await.unwrap(), i64::from(n));
        }
    })
    .await;
}

#[tokio::test]
async fn who_has_joined_again_keeps_that_membership_and_not_the_one_that_ended() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let id = member(&app, 1, region.riders).await;
        keep(&app.caller::<KeepMembers>(), id, Step::Leave, &because("本人申请")).await.unwrap();
        member(&app, 1, region.couriers).await;
        let why = EndTakenBack { reason: "办错了人".into() };
        let refused = ending::take_back(&app.caller::<KeepMembers>(), id, &why).await.unwrap_err();
        assert_eq!(refused.code, "member_again");
        assert_eq!(members(&app, region.county).await, 1);
    })
    .await;
}

#[tokio::test]
async fn whose_record_was_merged_into_another_unions_comes_back_with_it() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let (id, twin) = (member(&app, 1, region.riders).await, applied(&app, 2, region.couriers).await.id);
        let keeper = app.caller::<KeepMembers>();
        for member in [id, twin] {
            keep(&keeper, member, Step::Leave, &because("本人申请")).await.unwrap();
        }
        let see = app.caller::<SeeMembers>();
        let of = async |member| show(&see, member).await.unwrap().member.person_id;
        let into = MergePerson { into_id: of(twin).await, reason: "同一人".into() };
        merge(&app.caller::<Merge>(), of(id).await, &into).await.unwrap();
        ending::take_back(&keeper, id, &EndTakenBack { reason: "办错了人".into() }).await.unwrap();
        assert_eq!(person::show::show(&app.caller(), into.into_id).await.unwrap().organisation_id, region.riders);
    })
    .await;
}

#[tokio::test]
async fn a_membership_follows_the_persons_group_and_counts_there_from_that_day_on() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let id = member(&app, 1, region.riders).await;
        app.pass(TimeDelta::days(1));
        let person_id = show(&app.caller::<SeeMembers>(), id).await.unwrap().member.person_id;
        let record = async || person::show::show(&app.caller(), person_id).await.unwrap();
        let courier = person::change::PersonChange { group: Some("courier".into()), ..Default::default() };
        let seen = IfMatch::version(record().await.version);
        person::change::change(&app.caller(), person_id, &seen, &courier).await.unwrap();
        app.settle().await;
        let see = app.caller::<SeeMembers>();
        assert_eq!(show(&see, id).await.unwrap().member.group.as_deref(), Some("courier"));
        let of = async |group: &str, on: &str| {
            balance(&see, region.county, &["membership"], &[group], day(on)).await.unwrap()
        };
        assert_eq!((of("delivery_rider", "2026-07-01").await, of("courier", "2026-07-01").await), (1, 0));
        assert_eq!((of("delivery_rider", "2026-07-02").await, of("courier", "2026-07-02").await), (0, 1));
        // A later transfer makes no rider of him again.
        let mover = app.caller::<TransferMembers>();
        let wish = AskTransfer { to_organisation_id: region.couriers, reason: "换了工作".into() };
        let asked = ask_transfer(&mover, id, &wish).await.unwrap();
        answer_transfer(&mover, asked.id, Ending::Accept, &TransferAnswer::default()).await.unwrap();
        assert_eq!(record().await.group.as_deref(), Some("courier"));
        assert_eq!(members(&app, region.couriers).await, 1);
    })
    .await;
}

#[tokio::test]
async fn who_was_expelled_or_recorded_dead_is_not_approved_by_rule() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let caller = app.caller::<KeepMembers>();
        for (n, step, word) in [(1, Step::Expel, "除名"), (2, Step::Die, "去世"), (3, Step::Leave, "")] {
            let id = member(&app, n, region.riders).await;
            keep(&caller, id, step, &because("有文件为证")).await.unwrap();
            let again = applied(&app, n, region.riders).await;
            assert_eq!(again.outcome, ApplicationOutcome::Applied);
            let rule = ApproveRule { organisation_id: Some(region.riders), event_id: None, after: None };
            let answer =
                approve(&app.caller::<ApproveMembers>(), &Approve { ids: None, rule: Some(rule) }).await.unwrap();
            if word.is_empty() {
                assert_eq!(answer.approved, 1);
                continue;
            }
            assert_eq!((answer.approved, answer.refused.len()), (0, 1));
            assert!(answer.refused[0].reason.contains(word), "{}", answer.refused[0].reason);
            // An officer who looked may: the death may have been written down by mistake.
            let chosen = Approve { ids: Some(vec![again.id]), rule: None };
            assert_eq!(approve(&app.caller::<ApproveMembers>(), &chosen).await.unwrap().approved, 1);
        }
    })
    .await;
}

#[tokio::test]
async fn what_membership_wrote_is_not_taken_back_on_the_ledger_alone() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        member(&app, 1, region.riders).await;
        let params = FactParams {
            organisation: region.county,
            kinds: None,
            groups: None,
            from: None,
            to: None,
            tree: Tree::Dated,
            person: None,
            own: None,
            lying_on: None,
        };
        let written = list_facts(&app.caller::<View>(), &params, &Paging::default()).await.unwrap();
        assert_eq!(written.items.len(), 2);
        for fact in written.items {
            let reason = TakeBack { reason: "登记有误".into() };
            let refused = take_back(&app.caller::<Reverse>(), fact.id, &reason).await.unwrap_err();
            assert_eq!(refused.code, "of_programme");
        }
        assert_eq!(members(&app, region.county).await, 1);
    })
    .await;
}

#[tokio::test]
async fn one_person_has_one_place() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let first = applied(&app, 1, region.riders).await;
        let again = applied(&app, 1, region.riders).await;
        assert_eq!((again.id, again.outcome), (first.id, ApplicationOutcome::Already));
        let caller = app.caller::<TakeApplications>();
        let elsewhere = apply(&caller, &application(1, region.couriers)).await.unwrap_err();
        assert_eq!(elsewhere.code, "applied_elsewhere");
        let mut other_name = application(1, region.riders);
        other_name.name = "李四".into();
        assert_eq!(apply(&caller, &other_name).await.unwrap_err().code, "name_differs");
        let mut bad = application(2, region.riders);
        bad.document_number = "152201199001010000".into();
        bad.phone = Some("12345".into());
        let problem = apply(&caller, &bad).await.unwrap_err();
        assert_eq!(problem.fields.len(), 2);
        let mut group = application(2, region.riders);
        group.group = "no_such".into();
        assert_eq!(apply(&caller, &group).await.unwrap_err().fields[0].field, "group");
    })
    .await;
}

#[tokio::test]
async fn a_rule_approves_whom_it_can_and_says_why_not_the_rest() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let good = applied(&app, 1, region.riders).await;
        let mut without_phone = application(2, region.couriers);
        without_phone.phone = None;
        let doubtful = apply(&app.caller::<TakeApplications>(), &without_phone).await.unwrap();
        let caller = app.caller::<ApproveMembers>();
        // A rule that says nowhere to look does not look everywhere.
        let nowhere = ApproveRule { organisation_id: None, event_id: None, after: None };
        let refused = approve(&caller, &Approve { ids: None, rule: Some(nowhere) }).await.unwrap_err();
        assert_eq!((refused.status, refused.fields[0].code.as_str()), (422, "rule_without_place"));
        let rule = ApproveRule { organisation_id: Some(region.county), event_id: None, after: None };
        let answer = approve(&caller, &Approve { ids: None, rule: Some(rule) }).await.unwrap();
        assert_eq!((answer.approved, answer.next), (1, None));
        assert_eq!((answer.refused.len(), answer.refused[0].id), (1, doubtful.id));
        assert!(answer.refused[0].reason.contains("手机号码"));
        // A chosen one who is a member already is named, the other goes in.
        let both = Approve { ids: Some(vec![good.id, doubtful.id]), rule: None };
        let answer = approve(&caller, &both).await.unwrap();
        assert_eq!((answer.approved, answer.refused.len()), (1, 1));
        assert_eq!(members(&app, region.county).await, 2);
        let neither = Approve { ids: None, rule: None };
        assert_eq!(approve(&caller, &neither).await.unwrap_err().code, "choose_ids_or_rule");
    })
    .await;
}

#[tokio::test]
async fn a_desk_is_told_that_the_phone_it_typed_is_not_the_one_on_record() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let kept = member(&app, 1, region.riders).await;
        let mut without = application(2, region.riders);
        without.phone = None;
        let desk = app.caller::<TakeApplications>();
        assert_eq!(apply(&desk, &without).await.unwrap().warning, None);
        let of_another = NewApplication { phone: Some(phone(1)), ..application(3, region.riders) };
        let shown = async |member| show(&app.caller::<SeeMembers>(), member).await.unwrap().member.phone;
        // Whoever has the number keeps it for himself, whether the other is new or known without one.
        let known = NewApplication { phone: Some(phone(1)), ..application(2, region.riders) };
        for typed in [of_another, known] {
            let answer = apply(&desk, &typed).await.unwrap();
            let told = answer.warning.unwrap_or_default();
            assert!(told.contains("已登记在另一份档案上，没有写入此人的档案"), "{told}");
            assert_eq!(shown(answer.id).await, None);
        }
        let before = shown(kept).await;
        for union in [region.riders, region.couriers] {
            let other = NewApplication { phone: Some(phone(9)), ..application(1, union) };
            let told = apply(&desk, &other).await.unwrap().warning.unwrap_or_default();
            assert!(told.contains("手机号码没有写入") && told.contains("维护职工档案"), "{told}");
            // The same number, or none, is nothing to speak of.
            for phone in [Some(phone(1)), None] {
                let same = NewApplication { phone, ..application(1, union) };
                assert_eq!(apply(&desk, &same).await.unwrap().warning, None);
            }
        }
        assert_eq!(shown(kept).await, before);
        // Who had none gets the one that was typed.
        let with = apply(&desk, &application(2, region.riders)).await.unwrap();
        assert_eq!((with.warning, shown(with.id).await.is_some()), (None, true));
    })
    .await;
}

#[tokio::test]
async fn lists_seek_sort_page_and_mask() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let mut ids = Vec::new();
        for n in 0..5 {
            ids.push(member(&app, n, region.riders).await);
        }
        let other = applied(&app, 9, region.couriers).await.id;
        let caller = app.caller::<SeeMembers>();
        let seek = async |q: &str| {
            let filter = MemberFilter { q: Some(q.into()), ..Default::default() };
            list(&caller, &filter, &Paging::default()).await.unwrap().items
        };
        let found = seek(&number(3)).await;
        assert_eq!((found.len(), found[0].id), (1, ids[3]));
        assert!(found[0].name.contains('*') && found[0].phone.as_deref().unwrap().contains("****"));
        assert_eq!(seek(&phone(2)).await[0].id, ids[2]);
        assert_eq!(seek(&name(1)).await[0].id, ids[1]);
        let card = found[0].card_number.clone().unwrap();
        assert!(card.starts_with("152201"));
        assert_eq!(seek(&card).await[0].id, ids[3]);
        assert!(seek("没有此人").await.is_empty());
        let filter = MemberFilter { organisation: Some(region.riders), ..Default::default() };
        let mut paging = Paging { limit: Some(2), cursor: None };
        let mut seen = Vec::new();
        loop {
            let page = list(&caller, &filter, &paging).await.unwrap();
            assert_eq!(page.total, 5);
            seen.extend(page.items.into_iter().map(|row| row.id));
            if page.next.is_none() {
                break;
            }
            paging.cursor = page.next;
        }
        ids.reverse();
        assert_eq!(seen, ids);
        let waiting = MemberFilter { state: Some(Standing::Applied), ..Default::default() };
        assert_eq!(list(&caller, &waiting, &Paging::default()).await.unwrap().items[0].id, other);
        let form = ExportForm { filter, ..ExportForm::default() };
        let asking = app.caller::<ExportMembers>();
        let made = ask_for_list(&asking, &MEMBERS, form, |filter| &mut filter.organisation).await.unwrap();
        assert_eq!((made.state, made.rows), (ExportState::Done, 5));
        let mut file = fetch(&app.caller::<LoggedIn>(), made.id).await.unwrap();
        assert!(file.pieces.next().await.unwrap().unwrap().starts_with(b"PK"));
        assert!(file.name.starts_with("乌兰浩特市骑手联合工会 会员名册") && file.name.ends_with(".xlsx"));
    })
    .await;
}

#[tokio::test]
async fn what_officers_do_with_a_membership_is_noted() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let id = member(&app, 1, region.riders).await;
        let caller = app.caller::<KeepMembers>();
        for step in [Step::Retain, Step::Restore, Step::Expel] {
            keep(&caller, id, step, &because("有文件为证")).await.unwrap();
        }
        let acts = audit::Entity::find().filter(audit::Column::Action.eq("members.keep"));
        let acts = acts.filter(audit::Column::ObjectId.eq(id)).order_by_asc(audit::Column::Position);
        let acts = acts.all(caller.read()).await.unwrap();
        let told: Vec<Value> = acts.iter().map(|act| serde_json::from_str(&act.detail).unwrap()).collect();
        assert_eq!(told, ["retain", "restore", "expel"].map(|step| json!({ "step": step })));
    })
    .await;
}

#[tokio::test]
async fn who_comes_back_to_another_union_is_looked_after_there() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let before = member(&app, 1, region.riders).await;
        keep(&app.caller::<KeepMembers>(), before, Step::Leave, &because("本人申请")).await.unwrap();
        let again = member(&app, 1, region.couriers).await;
        let see = app.caller::<SeeMembers>();
        let id = show(&see, again).await.unwrap().member.person_id;
        let record = person::Entity::find_by_id(id).one(see.read()).await.unwrap().unwrap();
        assert_eq!(record.organisation_id, region.couriers);
    })
    .await;
}

#[tokio::test]
async fn whoever_holds_a_number_hears_that_a_desk_wrote_it_down() {
    App::each(&programmes(), |app| async move {
        let (region, caller) = (region(&app).await, app.caller::<TakeApplications>());
        let mut without_phone = application(1, region.riders);
        without_phone.phone = None;
        apply(&caller, &without_phone).await.unwrap();
        let again = apply(&caller, &application(1, region.riders)).await.unwrap();
        assert_eq!(again.outcome, ApplicationOutcome::Already);
        app.settle().await;
        let told = app.sms().texts(&phone(1));
        assert!(told.len() == 1 && told[0].contains("登记为职工档案的登录手机号"), "{told:?}");
    })
    .await;
}

#[tokio::test]
async fn who_is_a_member_is_known_to_be_needed_before_he_is_made_nameless() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let (stays, leaves) = (member(&app, 1, region.riders).await, member(&app, 2, region.riders).await);
        keep(&app.caller::<KeepMembers>(), leaves, Step::Leave, &because("本人申请")).await.unwrap();
        let caller = app.caller::<SeeMembers>();
        let mut people = Vec::new();
        for id in [stays, leaves] {
            people.push(show(&caller, id).await.unwrap().member.person_id);
        }
        let needs = membership::programme().still_needs[0];
        let needed = needs(caller.read(), &people).await.unwrap();
        assert_eq!(needed.into_iter().collect::<Vec<_>>(), people[..1]);
    })
    .await;
}
