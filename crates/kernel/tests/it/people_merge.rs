//! Records that turn out to be one person.

use chrono::{NaiveDate, TimeDelta};
use kernel::{
    Context, Problem, Unit,
    caller::Caller,
    etag::IfMatch,
    ledger::{self, NewFact, Source},
    listing::Paging,
    outbox,
    permission::LoggedIn,
    person::{
        self,
        change::{PersonChange, change},
        duplicates::{Likeness, duplicates},
        erasing::hold::{HoldReason, lift, place},
        list::{PersonFilter, list},
        merge::{MergePerson, merge},
        permissions::{Hold, Manage, Merge, Reveal, View},
        records::records,
        reveal::{MaskedField, RevealPurpose, RevealRequest, reveal},
        show::show,
    },
};
use testing::{App, people};

use crate::{
    organisation_world::{day, programmes, region},
    people::{last_act, register},
};

fn meal(organisation: kernel::Id, person: kernel::Id, day: NaiveDate) -> NewFact {
    let source = Source { kind: "kernel/test", id: person };
    NewFact {
        kind: "love_meal",
        organisation,
        person: Some(person),
        group: None,
        quantity: 1,
        amount_fen: 0,
        day,
        source,
        reverses: None,
    }
}

fn into(into_id: kernel::Id) -> MergePerson {
    MergePerson { into_id, reason: "同一人办了两次证".into() }
}

#[tokio::test]
async fn a_merged_record_tells_where_it_went_and_its_papers_and_line_go_over() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        // Two numbers that differ in the sequence only: the same day of birth.
        let first = register(&app, region.county, 1, "王小明", None).await;
        let second = register(&app, region.tongliao, 2, "王小明", Some("13900000002")).await;
        let other = register(&app, region.county, 1001, "王小明", None).await;
        let caller: &Caller<Merge> = &app.caller();
        let page = duplicates(caller, Likeness::BirthDate, &Paging::default()).await.unwrap();
        assert_eq!(page.total, 1);
        assert_eq!(page.items[0].people.iter().map(|row| row.id).collect::<Vec<_>>(), [first, second]);
        assert_eq!(duplicates(caller, Likeness::Phone, &Paging::default()).await.unwrap().total, 0);

        let context: &Context = &app.caller::<LoggedIn>();
        let facts = &[meal(region.county, first, day("2026-05-01")), meal(region.tongliao, second, day("2026-05-02"))];
        context.unit(|unit| async move { ledger::post(&unit, context, facts).await }).await.unwrap();
        assert_eq!(merge(caller, second, &into(second)).await.unwrap_err().code, "merge_oneself");
        let stays = merge(caller, second, &into(first)).await.unwrap();
        assert_eq!((stays.papers.len(), stays.merged_from.as_slice()), (2, &[second][..]));
        assert_eq!(stays.phone.as_deref(), Some("139****0002"), "a phone that the record lacked");
        let act = last_act(&app).await;
        assert_eq!((act.action.as_str(), act.object_id), ("people.merge", Some(first)));

        let view = &app.caller::<View>();
        assert_eq!(show(view, second).await.unwrap().merged_into, Some(first));
        let line = records(view, first, &Paging::default()).await.unwrap();
        assert_eq!(line.total, 2);
        for q in [people::number(1), people::number(2), "13900000002".to_owned()] {
            let filter = PersonFilter { q: Some(q), ..PersonFilter::default() };
            let found = list(view, &filter, &Paging::default()).await.unwrap().items;
            assert_eq!(found.iter().map(|row| row.id).collect::<Vec<_>>(), [first]);
        }
        assert_eq!(duplicates(caller, Likeness::BirthDate, &Paging::default()).await.unwrap().total, 0);
        // The phone went over resealed: it opens under its new place.
        let ask = RevealRequest {
            field: MaskedField::Phone,
            paper_id: None,
            purpose: RevealPurpose::Contact,
            reason: "核对电话".into(),
        };
        assert_eq!(reveal(&app.caller::<Reveal>(), first, &ask).await.unwrap().value, "13900000002");

        let again = merge(caller, second, &into(other)).await.unwrap_err();
        assert_eq!(
            (again.code, again.extra.unwrap()["into_id"].as_str()),
            ("person_merged", Some(first.to_string().as_str()))
        );
        // Merged over two steps, it tells the last place.
        merge(caller, first, &into(other)).await.unwrap();
        assert_eq!(show(view, second).await.unwrap().merged_into, Some(other));
        assert_eq!(records(view, other, &Paging::default()).await.unwrap().total, 2);
    })
    .await;
}

async fn erase(app: &App, person: kernel::Id) -> Result<(), Problem> {
    let context: &Context = &app.caller::<LoggedIn>();
    context.unit(|unit| async move { person::erase(&unit, context, person, "asked").await }).await
}

#[tokio::test]
async fn holds_of_both_records_are_lifted_at_the_one_that_stays() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let first = register(&app, region.county, 1, "王小明", None).await;
        let second = register(&app, region.county, 2, "王小明", None).await;
        let holder = &app.caller::<Hold>();
        let reason = |reason: &str| HoldReason { reason: reason.into() };
        place(holder, second, &reason("诉讼一号")).await.unwrap();
        place(holder, first, &reason("诉讼二号")).await.unwrap();
        merge(&app.caller::<Merge>(), second, &into(first)).await.unwrap();
        let view = &app.caller::<View>();
        for standing in ["诉讼一号", "诉讼二号"] {
            assert_eq!(show(view, first).await.unwrap().hold.unwrap().reason, standing);
            assert_eq!(erase(&app, first).await.unwrap_err().code, "person_held");
            lift(holder, first, &reason("已结案")).await.unwrap();
        }
        assert_eq!(lift(holder, first, &reason("已结案")).await.unwrap_err().code, "hold_none");
        erase(&app, first).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_nameless_record_gets_no_name_and_is_merged_with_none() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let nameless = register(&app, region.county, 1, "王小明", None).await;
        let other = register(&app, region.county, 2, "王小明", Some("13900000002")).await;
        erase(&app, nameless).await.unwrap();
        for (from, to) in [(nameless, other), (other, nameless)] {
            assert_eq!(merge(&app.caller::<Merge>(), from, &into(to)).await.unwrap_err().code, "person_erased");
        }
        let named = PersonChange { name: Some("王小明".into()), ..PersonChange::default() };
        let refused = change(&app.caller::<Manage>(), nameless, &IfMatch::version(2), &named).await.unwrap_err();
        assert_eq!(refused.code, "person_erased");
        let context: &Context = &app.caller::<LoggedIn>();
        let bound = context.unit(|unit| async move {
            let person = person::living(&unit, context.scope(), nameless).await?;
            person::bind_phone(&unit, context, &person, "13900000003", "当面核对证件原件").await
        });
        assert_eq!(bound.await.unwrap_err().code, "person_erased");
        // Who has a name still can be made nameless as ever.
        erase(&app, other).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn who_was_served_lately_under_a_merged_record_is_not_made_nameless() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let first = register(&app, region.county, 1, "王小明", None).await;
        app.schedule().await;
        app.pass(TimeDelta::days(3700));
        let second = register(&app, region.county, 2, "王小明", None).await;
        let context: &Context = &app.caller::<LoggedIn>();
        let facts = &[meal(region.county, second, context.today())];
        context.unit(|unit| async move { ledger::post(&unit, context, facts).await }).await.unwrap();
        merge(&app.caller::<Merge>(), second, &into(first)).await.unwrap();
        app.settle().await;
        assert!(show(&app.caller::<View>(), first).await.unwrap().erased_at.is_none());
        app.pass(TimeDelta::days(3700));
        app.settle().await;
        assert!(show(&app.caller::<View>(), first).await.unwrap().erased_at.is_some());
    })
    .await;
}

#[tokio::test]
async fn who_is_served_while_others_are_made_nameless_is_not() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let person = register(&app, region.county, 1, "王小明", None).await;
        app.pass(TimeDelta::days(3700));
        let context: &Context = &app.caller::<LoggedIn>();
        let facts = &[meal(region.county, person, context.today())];
        let served = |unit: Unit| async move { ledger::post(&unit, context, facts).await.map(drop) };
        app.overtaken(served, app.work("kernel.people_expire")).await.unwrap();
        assert!(show(&app.caller::<View>(), person).await.unwrap().erased_at.is_none());
    })
    .await;
}

#[tokio::test]
async fn what_a_programme_refuses_is_not_merged_at_all() {
    let mut with_refusal = programmes();
    with_refusal[0].on_merge = &[|_, _, _| {
        Box::pin(async { Err(Problem::new(409, "both_are_members", "两份档案都有有效会籍。")) })
    }];
    App::each(&with_refusal, |app| async move {
        let region = region(&app).await;
        let first = register(&app, region.county, 1, "王小明", None).await;
        let second = register(&app, region.county, 2, "王小明", None).await;
        let refused = merge(&app.caller::<Merge>(), second, &into(first)).await.unwrap_err();
        assert_eq!(refused.code, "both_are_members");
        let view = &app.caller::<View>();
        assert_eq!(show(view, second).await.unwrap().papers.len(), 1);
        assert_eq!(show(view, second).await.unwrap().merged_into, None);
        outbox::settle(app.house()).await.unwrap();
    })
    .await;
}
