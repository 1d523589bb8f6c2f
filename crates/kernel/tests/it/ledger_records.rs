//! Records by hand, the facts behind figures, reversals, files, life lines.

use chrono::NaiveDate;
use codes::document::DocumentKind;
use database::insert_all;
use kernel::{
    Context, Id, Problem,
    ledger::{
        self, FactParams, NewFact, RecordFact, ServedPerson, TakeBack, Tree, life_line, list_facts,
        permissions::{Record, Reverse, View},
        record, take_back,
    },
    listing::Paging,
    organisation::{
        permissions::{Manage, Reshape},
        place,
        relocate::{MoveUnder, relocate},
    },
    own,
};
use sea_orm::ActiveValue::Set;
use testing::App;

use crate::ledger_figures::{Region, day, fact, post, reverse};

fn visit(organisation_id: Id) -> RecordFact {
    let person = serde_json::json!({
        "name": "张三", "document_kind": DocumentKind::CitizenNumber, "document_number": "11010519491231002X", "phone": "13800138000",
    });
    RecordFact {
        kind: "consolation_visit".to_owned(),
        organisation_id,
        person_id: None,
        person: serde_json::from_value(person).unwrap(),
        group: Some("courier".to_owned()),
        quantity: 1,
        amount_fen: 50_000,
        day: day("2026-06-30"),
        note: "端午走访".to_owned(),
    }
}

fn behind(organisation: Id) -> FactParams {
    let (tree, person, own, lying_on) = (Tree::Dated, None, None, None);
    FactParams { organisation, kinds: None, groups: None, from: None, to: None, tree, person, own, lying_on }
}

#[tokio::test]
async fn a_record_by_hand_is_shown_masked_and_taken_back_with_a_reason() {
    App::each(&[own::programme()], |app| async move {
        let region = Region::found(&app).await;
        let context: &Context = &app.caller::<View>();
        let written = record(&app.caller::<Record>(), &visit(region.banners[0])).await.unwrap();
        let page = list_facts(context, &behind(region.leagues[0]), &Paging::default()).await.unwrap();
        assert_eq!((page.total, page.hidden), (1, 0));
        let row = &page.items[0];
        assert_eq!(row.kind_label, "走访慰问");
        assert_eq!(row.source.label, "手工登记：端午走访");
        let person = row.person.clone().unwrap();
        assert!(!person.name.contains('三') && !person.document.unwrap().contains("19491231"));

        // The same papers find the same person; his line shows both.
        record(&app.caller::<Record>(), &visit(region.banners[3])).await.unwrap();
        let stranger = ServedPerson { name: "李四".into(), ..visit(region.province).person.unwrap() };
        let stranger = RecordFact { person: Some(stranger), ..visit(region.province) };
        assert_eq!(record(&app.caller(), &stranger).await.unwrap_err().fields[0].code, "name_differs");
        let line = life_line(context, person.id, &Paging::default()).await.unwrap();
        assert_eq!(line.total, 2);
        let first = life_line(context, person.id, &Paging { cursor: None, limit: Some(1) }).await.unwrap();
        let second =
            life_line(context, person.id, &Paging { cursor: first.next.clone(), limit: Some(1) }).await.unwrap();
        assert_eq!([first.items, second.items].concat(), line.items);
        assert_eq!(second.next, None);

        let reason = |reason: &str| TakeBack { reason: reason.to_owned() };
        let without = take_back(&app.caller::<Reverse>(), written.id, &reason(" ")).await.unwrap_err();
        assert_eq!(without.fields[0].field, "reason");
        let back = take_back(&app.caller::<Reverse>(), written.id, &reason("重复登记")).await.unwrap();
        let page = list_facts(context, &behind(region.leagues[0]), &Paging::default()).await.unwrap();
        assert_eq!(
            page.items.iter().map(|row| (row.reversed, row.reverses)).collect::<Vec<_>>(),
            [(false, Some(written.id)), (true, None),]
        );
        assert_eq!(page.items[0].source.label, "冲销：重复登记");
        let again = take_back(&app.caller::<Reverse>(), written.id, &reason("再来一次")).await.unwrap_err();
        assert_eq!(again.code, "already_reversed");
        let reversal = take_back(&app.caller::<Reverse>(), back.id, &reason("还是要的")).await.unwrap_err();
        assert_eq!(reversal.code, "is_reversal");
    })
    .await;
}

#[tokio::test]
async fn what_can_t_be_recorded_by_hand_is_refused_field_by_field() {
    let app = App::sqlite(&[own::programme()]).await;
    let region = Region::found(&app).await;
    let caller = &app.caller::<Record>();
    let good = visit(region.banners[0]);
    let cases: Vec<(&str, RecordFact)> = vec![
        ("kind", RecordFact { kind: "no_such_kind".into(), ..good.clone() }),
        ("quantity", RecordFact { quantity: 0, ..good.clone() }),
        ("quantity", RecordFact { quantity: -1, ..good.clone() }),
        ("amount_fen", RecordFact { amount_fen: -1, ..good.clone() }),
        ("day", RecordFact { day: day("2026-07-02"), ..good.clone() }),
        ("note", RecordFact { note: "长".repeat(201), ..good.clone() }),
        ("group", RecordFact { group: Some("no_such_group".into()), ..good.clone() }),
        ("person.document_number", {
            let person = good.person.clone().unwrap();
            let person = ServedPerson { document_number: "110105194912310021".into(), ..person };
            RecordFact { person: Some(person), ..good.clone() }
        }),
        ("person", RecordFact { kind: "health_check".into(), person: None, ..good.clone() }),
        ("quantity", RecordFact { kind: "health_check".into(), quantity: 2, ..good.clone() }),
        ("amount_fen", RecordFact { kind: "federation_funds_paid".into(), amount_fen: 0, ..good.clone() }),
    ];
    for (field, input) in cases {
        let problem = record(caller, &input).await.unwrap_err();
        assert_eq!(problem.fields[0].field, field, "{input:?}");
    }
    let nowhere = RecordFact { organisation_id: Id(7), ..good.clone() };
    assert_eq!(record(caller, &nowhere).await.unwrap_err().status, 404);
    let page = list_facts(caller, &behind(region.province), &Paging::default()).await.unwrap();
    assert_eq!(page.total, 0);
    app.close().await;
}

#[tokio::test]
async fn the_rows_behind_a_figure_are_those_that_it_counts() {
    App::each(&[own::programme()], |app| async move {
        let region = Region::found(&app).await;
        let context: &Context = &app.caller::<Manage>();
        let b = region.banners[1];
        let facts = ["2026-04-30", "2026-05-01"].map(|on| fact(b, "love_meal", None, day(on)));
        post(context, &facts).await;
        let to = MoveUnder { parent_id: region.leagues[1], day: day("2026-05-01") };
        relocate(&app.caller::<Reshape>(), b, &to).await.unwrap();
        let days = |organisation, tree| async move {
            let params = FactParams { tree, ..behind(organisation) };
            let page = list_facts(context, &params, &Paging::default()).await.unwrap();
            page.items.iter().map(|row| row.day).collect::<Vec<_>>()
        };
        assert_eq!(days(region.leagues[0], Tree::Dated).await, [day("2026-04-30")]);
        assert_eq!(days(region.leagues[1], Tree::Dated).await, [day("2026-05-01")]);
        assert_eq!(days(region.leagues[0], Tree::Today).await, []);
        assert_eq!(days(region.leagues[1], Tree::Today).await, [day("2026-05-01"), day("2026-04-30")]);

        // What stands on a day is counted where it lay then, whenever it was recorded.
        let standing = |organisation, on: &'static str| async move {
            let params = FactParams { lying_on: Some(day(on)), ..behind(organisation) };
            list_facts(context, &params, &Paging::default()).await.unwrap().total
        };
        for (on, at) in [("2026-04-30", [2, 0]), ("2026-05-01", [0, 2])] {
            let found = [standing(region.leagues[0], on).await, standing(region.leagues[1], on).await];
            assert_eq!(found, at, "{on}");
        }

        // The old league's officer sees the figure, but not the rows of a banner that is no longer his.
        let officer = &context.lent(vec![region.leagues[0]]);
        let page = list_facts(officer, &behind(region.leagues[0]), &Paging::default()).await.unwrap();
        assert_eq!((page.items.len(), page.total, page.hidden), (0, 0, 1));
        let foreign = list_facts(officer, &behind(region.leagues[1]), &Paging::default()).await.unwrap_err();
        assert_eq!(foreign.status, 404);
        let query = crate::ledger_figures::ask(b, ledger::By::None, Tree::Dated);
        assert_eq!(ledger::figures(officer, &query).await.unwrap_err().status, 404);
    })
    .await;
}

#[tokio::test]
async fn the_rows_of_a_rare_kind_are_those_of_the_subtree_alone_with_what_was_reversed() {
    App::each(&[own::programme()], |app| async move {
        let region = Region::found(&app).await;
        let context: &Context = &app.caller::<Manage>();
        let (league, other) = (region.leagues[0], region.leagues[1]);
        let meals = vec![fact(region.banners[0], "love_meal", None, day("2026-05-02")); 9];
        post(context, &meals).await;
        let rare = [(region.banners[0], "2026-04-30"), (league, "2026-05-01"), (other, "2026-05-01")];
        let ids = post(context, &rare.map(|(place, on)| fact(place, "health_check", None, day(on)))).await;
        let rows = |organisation, from: &'static str| async move {
            let kinds = Some("health_check".to_owned());
            let params = FactParams { kinds, from: Some(day(from)), ..behind(organisation) };
            let page = list_facts(context, &params, &Paging::default()).await.unwrap();
            assert_eq!(page.total, page.items.len() as u64);
            page.items.iter().map(|row| row.id).collect::<Vec<_>>()
        };
        assert_eq!(rows(league, "2026-04-30").await, [ids[1], ids[0]]);
        assert_eq!(rows(league, "2026-05-01").await, [ids[1]]);
        assert_eq!(rows(region.province, "2026-04-30").await, [ids[2], ids[1], ids[0]]);
        reverse(context, ids[0]).await.unwrap();
        assert_eq!(rows(league, "2026-04-30").await.len(), 3, "it and what reverses it");
        let officer = &context.lent(vec![other]);
        let params = FactParams { kinds: Some("health_check".to_owned()), ..behind(other) };
        let page = list_facts(officer, &params, &Paging::default()).await.unwrap();
        assert_eq!(page.items.iter().map(|row| row.id).collect::<Vec<_>>(), [ids[2]]);
    })
    .await;
}

#[tokio::test]
async fn the_rows_of_those_without_a_group_are_asked_for_by_a_dash() {
    App::each(&[own::programme()], |app| async move {
        let region = Region::found(&app).await;
        let context: &Context = &app.caller::<Manage>();
        let b = region.banners[0];
        let courier = fact(b, "love_meal", None, day("2026-05-01"));
        let without = NewFact { group: None, quantity: 3, ..courier.clone() };
        post(context, &[courier, without]).await;
        let quantities = |groups: &'static str| async move {
            let params = FactParams { groups: Some(groups.to_owned()), ..behind(b) };
            let page = list_facts(context, &params, &Paging::default()).await.unwrap();
            page.items.iter().map(|row| row.quantity).collect::<Vec<_>>()
        };
        assert_eq!(quantities("-").await, [3]);
        assert_eq!(quantities("courier").await, [1]);
        assert_eq!(quantities("courier,-").await.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn the_rows_of_a_league_itself_are_none_of_those_below_it() {
    App::each(&[own::programme()], |app| async move {
        let region = Region::found(&app).await;
        let context: &Context = &app.caller::<Manage>();
        let (league, banner) = (region.leagues[0], region.banners[0]);
        let facts = [league, banner].map(|place| fact(place, "love_meal", None, day("2026-04-30")));
        let ids = post(context, &facts).await;
        // What was moved since makes no difference.
        let to = MoveUnder { parent_id: region.leagues[1], day: day("2026-05-01") };
        relocate(&app.caller::<Reshape>(), banner, &to).await.unwrap();
        let asked = crate::ledger_figures::ask(league, ledger::By::Organisation, Tree::Dated);
        let items = ledger::figures(context, &asked).await.unwrap().items;
        assert_eq!(items.iter().find(|figure| figure.key == league.to_string()).map(|figure| figure.items), Some(1));
        for (own, expected) in [(Some(true), vec![ids[0]]), (None, vec![ids[1], ids[0]])] {
            let page = list_facts(context, &FactParams { own, ..behind(league) }, &Paging::default()).await.unwrap();
            assert_eq!((page.items.iter().map(|row| row.id).collect::<Vec<_>>(), page.hidden), (expected, 0));
        }
    })
    .await;
}

#[tokio::test]
async fn a_persons_rows_are_those_of_his_other_record_too_up_to_any_day() {
    App::each(&[own::programme()], |app| async move {
        let region = Region::found(&app).await;
        let context: &Context = &app.caller::<Manage>();
        let of = |person| fact(region.banners[0], "love_meal", Some(Id(person)), day("2026-06-30"));
        let ids = post(context, &[of(5), of(6), of(7)]).await;
        context.unit(|unit| async move { ledger::merge_people(&unit, context, Id(6), Id(5)).await }).await.unwrap();
        for to in [day("2026-06-30"), NaiveDate::MAX] {
            let his = FactParams { person: Some(Id(5)), to: Some(to), ..behind(region.leagues[0]) };
            let page = list_facts(context, &his, &Paging::default()).await.unwrap();
            assert_eq!(page.items.iter().map(|row| row.id).collect::<Vec<_>>(), [ids[1], ids[0]]);
        }
    })
    .await;
}

#[tokio::test]
async fn the_rows_of_a_union_that_was_moved_a_thousand_times_are_found() {
    App::each(&[own::programme()], |app| async move {
        let region = Region::found(&app).await;
        let context: &Context = &app.caller::<Manage>();
        let b = region.banners[1];
        // Every day to the other league, and at last home.
        let days: Vec<_> = day("2020-02-01").iter_days().take(2_300).collect();
        let places = days.iter().zip(region.leagues.iter().rev().cycle()).map(|(from, parent)| place::ActiveModel {
            id: Set(context.id()),
            organisation_id: Set(b),
            parent_id: Set(Some(*parent)),
            from_day: Set(*from),
            until_day: Set(from.succ_opt()),
        });
        let places = &places.collect::<Vec<_>>();
        let insert = |unit| async move { Ok::<_, Problem>(insert_all::<place::Entity>(&unit, places.clone()).await?) };
        context.unit(insert).await.unwrap();
        let (first, second, last) = (days[0], days[1], days[2_299]);
        post(context, &[first, second, last].map(|on| fact(b, "love_meal", None, on))).await;
        for (league, expected) in [(1, vec![first]), (0, vec![last, second])] {
            let page = list_facts(context, &behind(region.leagues[league]), &Paging::default()).await.unwrap();
            assert_eq!(page.items.iter().map(|row| row.day).collect::<Vec<_>>(), expected);
        }
    })
    .await;
}

#[tokio::test]
async fn pages_of_facts_join_without_gap_or_repeat() {
    App::each(&[own::programme()], |app| async move {
        let region = Region::found(&app).await;
        let context: &Context = &app.caller::<Manage>();
        let facts: Vec<_> =
            (0..25).map(|n| fact(region.banners[n % 4], "love_meal", None, day("2026-05-01"))).collect();
        let mut ids = post(context, &facts).await;
        ids.reverse();
        let mut seen = Vec::new();
        let mut paging = Paging { cursor: None, limit: Some(7) };
        loop {
            let page = list_facts(context, &behind(region.province), &paging).await.unwrap();
            assert_eq!(page.total, 25);
            seen.extend(page.items.iter().map(|row| row.id));
            paging.cursor = page.next;
            if paging.cursor.is_none() {
                break;
            }
        }
        assert_eq!(seen, ids);
    })
    .await;
}
