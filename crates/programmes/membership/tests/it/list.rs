//! The list of members is the same whichever way its page is found; with many rows nothing is gathered and sorted.

use kernel::caller::Find;
use membership::{
    list::{MemberFilter, Sort, filtered, sorted},
    permissions::SeeMembers,
};
use sea_orm::{DbBackend, QuerySelect, QueryTrait};
use testing::App;

use crate::world::{member, programmes, region};

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
