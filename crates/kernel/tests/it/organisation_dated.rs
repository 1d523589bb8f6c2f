//! A county that was moved in May still counts in March where it was then, above the line of a share and below it.

use kernel::{
    ledger::{Tree, below_on},
    listing::Paging,
    organisation::{
        Level,
        founding::Paper,
        head_count::{self, active_workers, keep::NewHeadCount},
        merge::{MergeInto, merge},
        permissions::{ManageWorkforce, Reshape, ViewWorkforce},
        platform::{
            self, Rank,
            branch::{self, BranchForm},
            keep::PlatformForm,
            list_branches::{self, BranchFilter},
        },
        relocate::{MoveUnder, relocate},
    },
};
use sea_orm::{ConnectionTrait, EntityTrait, QueryFilter, QueryTrait};
use testing::App;

use crate::organisation_world::{day, found, programmes, region};

#[tokio::test]
async fn who_was_moved_counts_where_he_was_on_the_day() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let caller = app.caller::<ManageWorkforce>();
        let enter = async |organisation_id, on: &str, workers| {
            let source = "人社局统计".to_owned();
            let count = NewHeadCount { organisation_id, group: "courier".into(), day: day(on), workers, source };
            head_count::keep::create(&caller, &count).await.unwrap();
        };
        enter(region.county, "2026-01-31", 100).await;
        enter(region.tongliao, "2026-05-31", 450).await;
        let company = PlatformForm { name: "示例外卖平台".into(), rank: Rank::Key, credit_code: None };
        let platform_id = platform::keep::create(&caller, &company).await.unwrap().id;
        let branch = BranchForm {
            platform_id,
            organisation_id: region.county,
            name: "分公司".into(),
            union_organisation_id: None,
            union_since: Some(day("2026-02-01")),
            opened_on: Some(day("2026-01-15")),
            closed_on: None,
        };
        let early = BranchForm { union_since: Some(day("2026-01-01")), ..branch.clone() };
        assert_eq!(branch::create(&caller, &early).await.unwrap_err().fields[0].code, "before_opening");
        branch::create(&caller, &branch).await.unwrap();
        let to = MoveUnder { parent_id: region.tongliao, day: day("2026-05-01") };
        relocate(&app.caller::<Reshape>(), region.county, &to).await.unwrap();
        let workers = async |organisation, on: &str, tree| {
            active_workers(&caller, organisation, Some("courier"), day(on), tree).await.unwrap().workers
        };
        for (organisation, on, tree, wanted) in [
            (region.hinggan, "2026-03-31", Tree::Dated, 100),
            (region.tongliao, "2026-03-31", Tree::Dated, 0),
            (region.hinggan, "2026-03-31", Tree::Today, 0),
            (region.tongliao, "2026-03-31", Tree::Today, 100),
            (region.hinggan, "2026-05-15", Tree::Dated, 0),
            (region.tongliao, "2026-05-15", Tree::Dated, 100),
            // Its own count of that month holds for all below it, the county that came among them.
            (region.tongliao, "2026-06-30", Tree::Dated, 450),
            (region.province, "2026-03-31", Tree::Dated, 100),
            (region.province, "2026-06-30", Tree::Dated, 450),
        ] {
            assert_eq!(workers(organisation, on, tree).await, wanted, "{organisation} {on} {tree:?}");
        }
        for (organisation, on, tree, wanted) in [
            (region.hinggan, "2026-01-14", Tree::Dated, (0, 0)),
            (region.hinggan, "2026-01-15", Tree::Dated, (0, 1)),
            (region.hinggan, "2026-03-31", Tree::Dated, (1, 1)),
            (region.hinggan, "2026-03-31", Tree::Today, (0, 0)),
            (region.tongliao, "2026-03-31", Tree::Today, (1, 1)),
            (region.tongliao, "2026-06-30", Tree::Dated, (1, 1)),
        ] {
            let found = platform::coverage(&caller, organisation, &[Rank::Key], day(on), tree).await.unwrap();
            assert_eq!(found, wanted, "{organisation} {on} {tree:?}");
            // The list shows what was counted.
            let shown = async |has_union| {
                let (ranks, organisation, on) = (Some("key".to_owned()), Some(organisation), Some(day(on)));
                let filter = BranchFilter { ranks, organisation, has_union, on, tree, ..BranchFilter::default() };
                list_branches::list(&app.caller::<ViewWorkforce>(), &filter, &Paging::default()).await.unwrap().total
            };
            assert_eq!((shown(Some(true)).await, shown(None).await), wanted, "{organisation} {on} {tree:?}");
        }
        let heads = platform::coverage(&caller, region.province, &[Rank::Head], day("2026-06-30"), Tree::Dated).await;
        assert_eq!(heads.unwrap(), (0, 0));
    })
    .await;
}

#[tokio::test]
async fn however_many_were_moved_with_it_a_statement_takes_no_more_values() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        for n in 0..5 {
            found(&app, Some(region.county), &format!("152201-{n}"), Level::Grassroots).await;
        }
        let to = MoveUnder { parent_id: region.tongliao, day: day("2026-05-01") };
        relocate(&app.caller::<Reshape>(), region.county, &to).await.unwrap();
        let caller = app.caller::<ManageWorkforce>();
        let values = async |organisation| {
            let below = below_on(&caller, organisation, day("2026-03-31"), Tree::Dated).await.unwrap();
            let holds = below.holds((head_count::Entity, head_count::Column::OrganisationId));
            let asked = head_count::Entity::find().filter(holds).build(caller.read().get_database_backend());
            asked.values.map_or(0, |values| values.0.len())
        };
        let unmoved = values(region.province).await;
        assert_eq!((values(region.hinggan).await, values(region.tongliao).await), (unmoved, unmoved));
    })
    .await;
}

#[tokio::test]
async fn what_a_merged_union_had_counted_is_added_until_its_successor_counts_again() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let first = found(&app, Some(region.county), "T1", Level::Township).await.id;
        let second = found(&app, Some(region.county), "T2", Level::Township).await.id;
        let below = found(&app, Some(second), "T2-1", Level::Grassroots).await.id;
        let caller = app.caller::<ManageWorkforce>();
        let enter = async |organisation_id, on: &str, workers| {
            let source = "人社局统计".to_owned();
            let count = NewHeadCount { organisation_id, group: "courier".into(), day: day(on), workers, source };
            head_count::keep::create(&caller, &count).await.unwrap();
        };
        enter(first, "2026-01-31", 200).await;
        enter(second, "2026-02-28", 300).await;
        enter(below, "2026-03-31", 20).await;
        for union in [first, below] {
            let into = MergeInto { into_id: second, day: day("2026-05-01"), paper: Paper::default() };
            merge(&app.caller::<Reshape>(), union, &into).await.unwrap();
        }
        // From that day on it counts nobody.
        enter(first, "2026-05-01", 999).await;
        let workers = async |organisation, on: &str, tree| {
            active_workers(&caller, organisation, Some("courier"), day(on), tree).await.unwrap().workers
        };
        for (organisation, on, tree, wanted) in [
            (region.county, "2026-04-30", Tree::Dated, 500),
            (second, "2026-04-30", Tree::Dated, 300),
            (second, "2026-04-30", Tree::Today, 500),
            // What lay below it before stood in its count already.
            (second, "2026-05-01", Tree::Dated, 500),
            (region.county, "2026-05-01", Tree::Dated, 500),
            (first, "2026-05-01", Tree::Dated, 0),
        ] {
            assert_eq!(workers(organisation, on, tree).await, wanted, "{organisation} {on} {tree:?}");
        }
        enter(second, "2026-06-15", 450).await;
        assert_eq!(workers(region.county, "2026-06-14", Tree::Dated).await, 500);
        assert_eq!(workers(region.county, "2026-06-30", Tree::Dated).await, 450);
    })
    .await;
}
