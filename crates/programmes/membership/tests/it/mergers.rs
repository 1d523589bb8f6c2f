use chrono::TimeDelta;
use kernel::{
    Id,
    listing::Paging,
    organisation::{
        merge::{MergeInto, merge},
        permissions::Reshape,
    },
};
use membership::{
    ask_transfer::{AskTransfer, ask_transfer},
    event::{create::create, public::public},
    list_transfers::{TransferFilter, list_transfers},
    permissions::{HoldEvents, SeeMembers, TransferMembers},
    rules::standing::{Standing, Step},
    show::show,
};
use testing::App;

use crate::{
    events::form,
    world::{applied, day, member, members, programmes, region},
};

async fn ask(app: &App, member: Id, to: Id) -> Id {
    let wish = AskTransfer { to_organisation_id: to, reason: "换了工作".into() };
    ask_transfer(&app.caller::<TransferMembers>(), member, &wish).await.unwrap().id
}

#[tokio::test]
async fn members_follow_their_union_with_history_and_without_a_transfer() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let stays = member(&app, 1, region.riders).await;
        let between = member(&app, 2, region.riders).await;
        let comes = member(&app, 3, region.couriers).await;
        let applicant = applied(&app, 4, region.riders).await.id;
        let away = member(&app, 5, region.riders).await;
        ask(&app, between, region.couriers).await;
        ask(&app, comes, region.riders).await;
        ask(&app, away, region.county).await;
        let event = create(&app.caller::<HoldEvents>(), &form(&app, &region)).await.unwrap();
        app.set_clock(app.caller::<Reshape>().now() + TimeDelta::days(3));
        let caller = app.caller::<Reshape>();
        let into = MergeInto { into_id: region.couriers, day: caller.today() };
        merge(&caller, region.riders, &into).await.unwrap();
        app.settle().await;
        let (all, left) = (members(&app, region.county).await, members(&app, region.couriers).await);
        assert_eq!((all, left), (4, 4));
        let see = app.caller::<SeeMembers>();
        let stayed = show(&see, stays).await.unwrap();
        assert_eq!((stayed.member.organisation_id, stayed.member.state), (region.couriers, Standing::Normal));
        assert_eq!((stayed.history[0].step, stayed.history[0].day), (Step::FollowUnion, day("2026-07-04")));
        assert_eq!(show(&see, applicant).await.unwrap().member.organisation_id, region.couriers);
        for settled in [between, comes] {
            let settled = show(&see, settled).await.unwrap();
            assert_eq!((settled.member.organisation_id, settled.member.state), (region.couriers, Standing::Normal));
            assert!(settled.waiting_transfer.is_none());
        }
        let waiting = TransferFilter { overdue: Some(false), ..Default::default() };
        let waiting = list_transfers(&app.caller::<TransferMembers>(), &waiting, &Paging::default()).await.unwrap();
        assert_eq!((waiting.total, waiting.items[0].from_organisation_id), (1, region.couriers));
        let unions = public(&see, &event.code).await.unwrap().unions;
        assert_eq!(unions.iter().map(|union| union.id).collect::<Vec<_>>(), [region.couriers]);
        // The figure of the day before stays with the union that was.
        let before = kernel::ledger::balance(&see, region.riders, &["membership"], &[], day("2026-07-03")).await;
        assert_eq!(before.unwrap(), 3);
    })
    .await;
}
