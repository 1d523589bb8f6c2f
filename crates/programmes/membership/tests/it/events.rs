use chrono::TimeDelta;
use kernel::{
    Id,
    etag::IfMatch,
    listing::Paging,
    organisation::{
        close::{self as closing, ClosingDay},
        founding::Paper,
        permissions::{ManageWorkforce, Reshape},
        worker_group::keep::{WorkerGroupForm, update},
    },
};
use membership::{
    approve::{Approve, ApproveRule, approve},
    event::{
        change::{change, close, reopen},
        create::create,
        form::EventForm,
        gifts::{Gift, GiftKind},
        joins::{JoinFilter, chosen},
        list::{EventFilter, list},
        public::public,
    },
    permissions::{ApproveMembers, HoldEvents, SeeEvents, SeeMembers},
    rules::standing::Standing,
    show::show,
};
use sea_orm::{DbBackend, QueryTrait, Statement};
use testing::App;

use crate::world::{Region, applied, programmes, region};

pub fn form(app: &App, region: &Region) -> EventForm {
    let now = app.caller::<HoldEvents>().now();
    EventForm {
        organisation_id: region.county,
        title: "骑手集中入会".into(),
        place: "工人文化宫".into(),
        starts_at: (now - TimeDelta::hours(1)).into(),
        ends_at: (now + TimeDelta::hours(5)).into(),
        unions: vec![region.riders, region.couriers],
        gifts: vec![
            Gift { kind: GiftKind::Kit, name: "暖心礼包".into() },
            Gift { kind: GiftKind::Cover, name: "关爱保".into() },
        ],
        kits_total: 1000,
        gates: vec![],
        approves_at_once: true,
    }
}

#[tokio::test]
async fn an_event_is_made_changed_and_closed() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let caller = app.caller::<HoldEvents>();
        let made = create(&caller, &form(&app, &region)).await.unwrap();
        assert!(made.open && made.code.len() == 16 && made.join_url.ends_with(&made.code));
        assert_eq!(made.unions.iter().map(|union| union.id).collect::<Vec<_>>(), [region.riders, region.couriers]);
        let mine = EventForm { kits_total: 1200, ..form(&app, &region) };
        let changed = change(&caller, made.id, &IfMatch::version(1), &mine).await.unwrap();
        assert_eq!((changed.version, changed.kits_total), (2, 1200));
        let theirs = EventForm { title: "别的名称".into(), ..form(&app, &region) };
        let late = change(&caller, made.id, &IfMatch::version(1), &theirs).await.unwrap_err();
        assert_eq!((late.status, late.changed), (412, vec!["kits_total".to_owned()]));
        let seen = public(&app.caller::<SeeEvents>(), &made.code).await.unwrap();
        assert!(seen.open && seen.groups.len() == 9 && !seen.consent.text.is_empty());
        let told: Vec<_> = seen.unions.iter().map(|union| (union.id, union.district.as_deref())).collect();
        let district = Some("乌兰浩特市总工会");
        assert_eq!(told, [(region.riders, district), (region.couriers, district)]);
        // A union that was closed since takes nobody in.
        closing::close(
            &app.caller::<Reshape>(),
            region.riders,
            &ClosingDay { day: caller.today(), paper: Paper::default() },
        )
        .await
        .unwrap();
        let left = public(&app.caller::<SeeEvents>(), &made.code).await.unwrap().unions;
        assert_eq!(left.iter().map(|union| union.id).collect::<Vec<_>>(), [region.couriers]);
        assert_eq!(public(&app.caller::<SeeEvents>(), "guess").await.unwrap_err().status, 404);
        assert!(!seen.closed && !close(&caller, made.id).await.unwrap().open);
        assert!(public(&app.caller::<SeeEvents>(), &made.code).await.unwrap().closed);
        assert_eq!(close(&caller, made.id).await.unwrap_err().code, "event_closed");
        // The code of the posters in the hall leads in again.
        assert!(reopen(&caller, made.id).await.unwrap().open);
        assert_eq!(reopen(&caller, made.id).await.unwrap_err().code, "event_not_closed");
    })
    .await;
}

#[tokio::test]
async fn a_phone_is_offered_no_group_that_would_be_refused() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let made = create(&app.caller::<HoldEvents>(), &form(&app, &region)).await.unwrap();
        let form = WorkerGroupForm { label: "快递员".into(), focus: true, offered: false, sort: 2 };
        update(&app.caller::<ManageWorkforce>(), "courier", &IfMatch::version(1), &form).await.unwrap();
        let seen = public(&app.caller::<SeeEvents>(), &made.code).await.unwrap().groups;
        assert!(seen.len() == 8 && seen.iter().all(|group| group.code != "courier"));
    })
    .await;
}

#[tokio::test]
async fn only_an_events_applications_are_approved_with_it() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let event = create(&app.caller::<HoldEvents>(), &form(&app, &region)).await.unwrap().id;
        let (hall, desk) = (applied(&app, 1, region.riders).await.id, applied(&app, 2, region.riders).await.id);
        app.write(&format!("UPDATE membership_member SET event_id = {} WHERE id = {}", event.0, hall.0)).await;
        let rule = ApproveRule { organisation_id: Some(region.county), event_id: Some(event), after: None };
        let answer = approve(&app.caller::<ApproveMembers>(), &Approve { ids: None, rule: Some(rule) }).await.unwrap();
        assert_eq!((answer.approved, answer.refused.len()), (1, 0));
        let see = app.caller::<SeeMembers>();
        for (id, state) in [(hall, Standing::Normal), (desk, Standing::Applied)] {
            assert_eq!(show(&see, id).await.unwrap().member.state, state);
        }
    })
    .await;
}

#[tokio::test]
async fn an_events_applications_are_approved_also_in_unions_beside_the_one_that_holds_it() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let held = EventForm { organisation_id: region.couriers, ..form(&app, &region) };
        let event = create(&app.caller::<HoldEvents>(), &held).await.unwrap().id;
        let hall = applied(&app, 1, region.riders).await.id;
        app.write(&format!("UPDATE membership_member SET event_id = {} WHERE id = {}", event.0, hall.0)).await;
        for (organisation_id, approved) in [(Some(region.couriers), 0), (None, 1)] {
            let rule = Some(ApproveRule { organisation_id, event_id: Some(event), after: None });
            let answer = approve(&app.caller::<ApproveMembers>(), &Approve { ids: None, rule }).await.unwrap();
            assert_eq!(answer.approved, approved);
        }
    })
    .await;
}

#[tokio::test]
async fn an_event_is_found_by_its_title_or_its_place() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        create(&app.caller::<HoldEvents>(), &form(&app, &region)).await.unwrap();
        for (q, total) in [("骑手", 1), ("文化宫", 1), ("体育馆", 0)] {
            let filter = EventFilter { q: Some(q.into()), ..Default::default() };
            let page = list(&app.caller::<SeeEvents>(), &filter, &Paging::default()).await.unwrap();
            assert_eq!(page.total, total, "{q}");
        }
    })
    .await;
}

#[tokio::test]
async fn who_joined_and_who_never_used_anything_is_found_by_indexes() {
    let app = App::sqlite(&programmes()).await;
    let caller = app.caller::<SeeEvents>();
    for unused in [true, false] {
        let filter = JoinFilter { unused: Some(unused), ..JoinFilter::default() };
        let steps = app.plan(chosen(caller.read(), Id(7), &filter).build(DbBackend::Sqlite)).await;
        let by_person = steps.iter().filter(|step| step.contains("ledger_fact_by_person")).count();
        assert_eq!(by_person, 2, "{steps:?}");
        assert!(steps.iter().any(|step| step.starts_with("SEARCH undone")), "{steps:?}");
        assert!(steps.iter().all(|step| !step.starts_with("SCAN ledger_fact")), "{steps:?}");
    }
    let joined = "SELECT * FROM membership_member WHERE event_id = 7 AND state = 'applied' ORDER BY id LIMIT 1000";
    let steps = app.plan(Statement::from_string(DbBackend::Sqlite, joined)).await;
    assert!(steps[0].contains("membership_member_event"), "{steps:?}");
    app.close().await;
}
