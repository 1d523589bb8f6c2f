use kernel::organisation::{
    head_count::keep::{self, NewHeadCount},
    permissions::ManageWorkforce,
};
use membership::{
    figures::{
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
