//! The list of members is the same whichever way its page is found; with many rows nothing is gathered and sorted.

use chrono::TimeDelta;
use kernel::{
    caller::Find,
    export::{ExportForm, ask_for_list},
    listing::Paging,
};
use membership::{
    export::MEMBERS,
    keep::{Reason, keep},
    list::{MemberFilter, Sort, filtered, list, sorted},
    permissions::{ExportMembers, KeepMembers, SeeMembers},
    rules::standing::{Standing, Step},
};
use sea_orm::{DbBackend, QuerySelect, QueryTrait};
use testing::{App, texts_of};

use crate::world::{applied, member, programmes, region};

#[tokio::test]
async fn a_page_is_the_same_however_it_is_found() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        for n in 1..=4 {
            member(&app, n, if n % 2 == 0 { region.riders } else { region.couriers }).await;
        }
        let inside = &app.caller::<SeeMembers>().lent(vec![region.riders]);
        let all = &app.caller::<SeeMembers>().lent(vec![region.county]);
        for (context, organisation, count) in [(inside, None, 2), (all, None, 3), (all, Some(region.couriers), 2)] {
            let filter = &MemberFilter { organisation, ..MemberFilter::default() };
            let page = async |find| {
                let query = sorted(filtered(find, context, filter).await.unwrap(), Sort::Newest, None);
                query.limit(3).all(context.read()).await.unwrap()
            };
            let (gathered, in_order) = (page(Find::ByPlace).await, page(Find::InOrder).await);
            assert_eq!((gathered.len(), gathered), (count, in_order));
        }
    })
    .await;
}

#[tokio::test]
async fn pages_of_members_who_applied_on_the_same_days_are_the_list_in_pieces() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        for n in 1..=6 {
            member(&app, n, region.riders).await;
            if n % 2 == 0 {
                app.pass(TimeDelta::days(1));
            }
        }
        let caller = app.caller::<SeeMembers>();
        for sort in [Sort::Newest, Sort::Oldest] {
            let filter = MemberFilter { sort: Some(sort), ..MemberFilter::default() };
            let whole = list(&caller, &filter, &Paging::default()).await.unwrap();
            let (mut cursor, mut pieces) = (None, Vec::new());
            loop {
                let page = list(&caller, &filter, &Paging { cursor, limit: Some(1) }).await.unwrap();
                pieces.extend(page.items.into_iter().map(|row| row.id));
                cursor = page.next;
                if cursor.is_none() {
                    break;
                }
            }
            let whole: Vec<_> = whole.items.into_iter().map(|row| row.id).collect();
            assert_eq!((pieces.len(), pieces), (6, whole), "{sort:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn many_members_are_not_sorted_for_a_page() {
    let app = App::sqlite(&programmes()).await;
    let region = region(&app).await;
    let context = &app.caller::<SeeMembers>().lent(vec![region.county]);
    let filter = &MemberFilter { organisation: Some(region.county), ..MemberFilter::default() };
    for (find, index, sorts) in
        [(Find::ByPlace, "membership_member_place", true), (Find::InOrder, "membership_member_order", false)]
    {
        let query = sorted(filtered(find, context, filter).await.unwrap(), Sort::Newest, None);
        let steps = app.plan(query.limit(3).build(DbBackend::Sqlite)).await;
        assert!(steps[0].contains(index), "{find:?}: {steps:?}");
        assert_eq!(steps.iter().any(|step| step.contains("ORDER BY")), sorts, "{find:?}: {steps:?}");
    }
    // A page deep in the list begins where the one before ended, and not at the beginning.
    for sort in [Sort::Newest, Sort::Oldest] {
        let query = sorted(filtered(Find::InOrder, context, filter).await.unwrap(), sort, Some("2026-05-01.7"));
        let steps = app.plan(query.limit(3).build(DbBackend::Sqlite)).await;
        assert!(steps[0].starts_with("SEARCH") && steps[0].contains("(applied_on"), "{steps:?}");
    }
}

#[tokio::test]
async fn many_rows_are_read_in_order_where_the_database_has_to_be_told() {
    App::each(&programmes(), |app| async move {
        let caller = app.caller::<SeeMembers>();
        let found = [0, 4_999, 5_000, u64::MAX].map(|total| Find::of(caller.read(), total));
        let many = if app.is_on_server() { Find::ByPlace } else { Find::InOrder };
        assert_eq!(found, [Find::ByPlace, Find::ByPlace, many, many]);
    })
    .await;
}

#[tokio::test]
async fn a_file_holds_whom_the_list_shows() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        member(&app, 1, region.riders).await;
        applied(&app, 2, region.riders).await;
        let state = Some(Standing::Applied);
        let filter = MemberFilter { organisation: Some(region.riders), state, ..MemberFilter::default() };
        let form = ExportForm { filter, ..ExportForm::default() };
        let asking = app.caller::<ExportMembers>();
        let made = ask_for_list(&asking, &MEMBERS, form, |filter| &mut filter.organisation).await.unwrap();
        let rows = texts_of(&app.taken(made.id).await.1);
        assert_eq!(rows[1][7], "会籍状态");
        assert_eq!(rows[2..].iter().map(|row| row[7].as_str()).collect::<Vec<_>>(), ["待审批"]);
    })
    .await;
}

#[tokio::test]
async fn all_who_are_members_are_listed_without_those_who_apply_or_left() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        applied(&app, 1, region.riders).await;
        let reason = Reason { reason: Some("本人申请".into()), day: None };
        for (n, step) in [(2, None), (3, Some(Step::Retain)), (4, Some(Step::Leave))] {
            let id = member(&app, n, region.riders).await;
            if let Some(step) = step {
                keep(&app.caller::<KeepMembers>(), id, step, &reason).await.unwrap();
            }
        }
        let see = app.caller::<SeeMembers>();
        let counted = async |is_member| {
            let filter = MemberFilter { is_member, ..MemberFilter::default() };
            list(&see, &filter, &Paging::default()).await.unwrap().total
        };
        assert_eq!((counted(None).await, counted(Some(true)).await, counted(Some(false)).await), (4, 2, 2));
    })
    .await;
}
