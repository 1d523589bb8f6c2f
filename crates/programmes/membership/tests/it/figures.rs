use kernel::{
    Id,
    organisation::{
        head_count::keep::{self, NewHeadCount},
        permissions::ManageWorkforce,
        platform::{
            Rank,
            branch::{self, BranchForm},
            keep::{self as platforms, PlatformForm},
        },
    },
};
use membership::{
    figures::{
        matrix::{MatrixFilter, matrix},
        shares::{ShareFilter, SharesBy, shares},
        todo::todo,
        trend::{TrendFilter, trend},
    },
    permissions::{SeeEnrolment, SeeMembers},
};
use testing::App;

use crate::world::{applied, day, member, programmes, region};

#[tokio::test]
async fn shares_are_members_over_active_workers_with_the_count_named() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        for n in 0..3 {
            member(&app, n, region.riders).await;
        }
        applied(&app, 8, region.couriers).await;
        let count = NewHeadCount {
            organisation_id: region.county,
            group: "delivery_rider".into(),
            day: day("2026-05-31"),
            workers: 8,
            source: "平台企业报送".into(),
        };
        keep::create(&app.caller::<ManageWorkforce>(), &count).await.unwrap();
        let caller = app.caller::<SeeEnrolment>();
        let mut filter = ShareFilter { organisation: region.county, on: None, by: None, group: None };
        let by_group = shares(&caller, &filter).await.unwrap();
        let riders = by_group.items.iter().find(|share| share.key == "delivery_rider").unwrap();
        assert_eq!((riders.members, riders.workers, riders.share_bp), (3, 8, Some(3750)));
        assert_eq!(riders.counted_on, Some(day("2026-05-31")));
        let couriers = by_group.items.iter().find(|share| share.key == "courier").unwrap();
        assert_eq!((couriers.share_bp, couriers.counted_on), (None, None));
        assert_eq!(by_group.total.share_bp, Some(3750));
        filter.by = Some(SharesBy::Organisation);
        let below = shares(&caller, &filter).await.unwrap();
        assert_eq!((below.items.len(), below.items[0].share_bp), (2, None));
        let over_time = trend(&caller, &TrendFilter { organisation: region.county, group: None }).await.unwrap();
        assert_eq!(over_time.items.len(), 12);
        assert_eq!((over_time.items[11].members, over_time.items[10].members), (3, 0));
        let waiting = todo(&app.caller::<SeeMembers>()).await.unwrap();
        assert_eq!((waiting.len(), waiting[0].code.as_str(), waiting[0].count), (1, "applications", 1));
    })
    .await;
}

/// A branch of a company in a county, with a union since a day.
async fn branch(app: &App, platform_id: Id, county: Id, name: &str, since: Option<&str>) {
    let form = BranchForm {
        platform_id,
        organisation_id: county,
        name: name.into(),
        union_organisation_id: None,
        union_since: since.map(day),
        opened_on: None,
        closed_on: None,
    };
    branch::create(&app.caller::<ManageWorkforce>(), &form).await.unwrap();
}

#[tokio::test]
async fn the_matrix_counts_branches_with_a_union_by_company_and_county() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let company = async |name: &str, rank| {
            let form = PlatformForm { name: name.into(), rank, credit_code: None };
            platforms::create(&app.caller::<ManageWorkforce>(), &form).await.unwrap().id
        };
        let (other, head) = (company("甲快送", Rank::Other).await, company("乙外卖", Rank::Head).await);
        branch(&app, head, region.county, "乙外卖一站", Some("2026-05-01")).await;
        branch(&app, head, region.county, "乙外卖二站", Some("2026-03-01")).await;
        branch(&app, head, region.county, "乙外卖三站", None).await;
        branch(&app, other, region.county, "甲快送一站", None).await;
        let caller = app.caller::<SeeEnrolment>();
        let seen = matrix(&caller, &MatrixFilter { organisation: region.county }).await.unwrap();
        assert_eq!((seen.branches, seen.with_union, seen.coverage_bp), (4, 2, Some(5000)));
        let companies: Vec<_> = seen.companies.iter().map(|company| (company.id, company.coverage_bp)).collect();
        assert_eq!(companies, [(head, Some(6667)), (other, Some(0))]);
        assert_eq!((seen.counties.len(), seen.counties[0].id), (1, region.county));
        let cell = seen.cells.iter().find(|cell| cell.company == head).unwrap();
        assert_eq!((cell.branches, cell.with_union, cell.since), (3, 2, Some(day("2026-03-01"))));
        let nothing = matrix(&caller, &MatrixFilter { organisation: region.riders }).await.unwrap();
        assert_eq!((nothing.branches, nothing.coverage_bp, nothing.companies.len()), (0, None, 0));
    })
    .await;
}
