use chrono::TimeDelta;
use kernel::{
    Id,
    listing::Paging,
    organisation::{
        close::{ClosingDay, close},
        founding::Paper,
        merge::{MergeInto, merge},
        permissions::Reshape,
    },
    person,
};
use membership::{
    Prepared,
    answer_transfer::{Ending, TransferAnswer, answer_transfer},
    ask_transfer::{AskTransfer, ask_transfer},
    dues::{
        enter::{NewDues, enter},
        list::{DuesFilter, list as dues},
        unpaid::{UnpaidFilter, unpaid},
    },
    enrol_many,
    event::{create::create, public::public},
    keep::{Reason, keep},
    list_transfers::{TransferFilter, list_transfers},
    permissions::{HoldEvents, ImportMembers, KeepDues, KeepMembers, SeeMembers, TransferMembers},
    rules::standing::{Standing, Step},
    show::show,
};
use sea_orm::EntityTrait;
use testing::App;

use crate::{
    events::form,
    world::{applied, day, member, members, newcomer, programmes, region, word},
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
        let into = MergeInto { into_id: region.couriers, day: caller.today(), paper: Paper::default() };
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

#[tokio::test]
async fn nobody_follows_his_union_before_the_day_from_which_he_counts() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let importer = &app.caller::<ImportMembers>();
        // He joined in March; a roster brought him when the first half of the year had been handed up.
        let rows = &[Prepared::new(importer, newcomer(1, region.riders, "2026-03-05"))];
        let enrolled = importer.unit(|unit| async move {
            Ok(enrol_many(&unit, importer, (None, Some(day("2026-07-01"))), rows).await?.len())
        });
        assert_eq!(enrolled.await.unwrap(), 1);
        let into = MergeInto { into_id: region.couriers, day: day("2026-06-20"), paper: Paper::default() };
        merge(&app.caller::<Reshape>(), region.riders, &into).await.unwrap();
        app.settle().await;
        let see = app.caller::<SeeMembers>();
        let counted = async |union: Id, on: &str| {
            kernel::ledger::balance(&see, union, &["membership"], &[], day(on)).await.unwrap()
        };
        // On no day does the union that was have one less than nobody.
        for (on, wanted) in [("2026-06-20", 0), ("2026-06-30", 0), ("2026-07-01", 1)] {
            assert_eq!(counted(region.county, on).await, wanted, "{on}");
            assert_eq!(counted(region.riders, on).await, 0, "{on}");
        }
        assert_eq!(members(&app, region.couriers).await, 1);
    })
    .await;
}

#[tokio::test]
async fn nobody_follows_his_union_before_he_came_to_it() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let id = member(&app, 1, region.couriers).await;
        app.pass(TimeDelta::days(5));
        let transfer = ask(&app, id, region.riders).await;
        let mover = app.caller::<TransferMembers>();
        answer_transfer(&mover, transfer, Ending::Accept, &TransferAnswer::default()).await.unwrap();
        // The merger of three days ago is written down today.
        let into = MergeInto { into_id: region.couriers, day: day("2026-07-03"), paper: Paper::default() };
        merge(&app.caller::<Reshape>(), region.riders, &into).await.unwrap();
        app.settle().await;
        let see = app.caller::<SeeMembers>();
        let counted = async |union: Id, on: &str| {
            kernel::ledger::balance(&see, union, &["membership"], &[], day(on)).await.unwrap()
        };
        for on in ["2026-07-02", "2026-07-04", "2026-07-06"] {
            assert_eq!((counted(region.riders, on).await, counted(region.county, on).await), (0, 1), "{on}");
        }
        assert_eq!(show(&see, id).await.unwrap().history[0].day, day("2026-07-06"));
    })
    .await;
}

#[tokio::test]
async fn two_records_of_one_person_keep_the_older_membership() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let see = app.caller::<SeeMembers>();
        let whose = async |member: Id| show(&see, member).await.unwrap().member.person_id;
        let older = member(&app, 1, region.riders).await;
        let applicant = applied(&app, 3, region.riders).await.id;
        app.set_clock(app.caller::<Reshape>().now() + TimeDelta::days(1));
        let newer = member(&app, 2, region.couriers).await;
        ask(&app, newer, region.county).await;
        let (first, second, third) = (whose(older).await, whose(newer).await, whose(applicant).await);
        // The record that stays is the newer member's; the older membership stays all the same.
        app.merge_people(first, second).await;
        assert_eq!((members(&app, region.riders).await, members(&app, region.couriers).await), (1, 0));
        let kept = show(&see, older).await.unwrap();
        assert_eq!((kept.member.person_id, kept.member.state), (second, Standing::Normal));
        let gone = show(&see, newer).await.unwrap();
        assert_eq!((gone.member.state, gone.history[0].step), (Standing::Left, Step::Merge));
        assert!(gone.waiting_transfer.is_none());
        // An application gives way to a membership.
        app.merge_people(second, third).await;
        assert_eq!(show(&see, applicant).await.unwrap().member.state, Standing::Left);
        assert_eq!((whose(older).await, members(&app, region.county).await), (third, 1));
    })
    .await;
}

#[tokio::test]
async fn the_union_of_the_membership_that_stays_looks_after_the_person() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let see = app.caller::<SeeMembers>();
        let whose = async |member: Id| show(&see, member).await.unwrap().member.person_id;
        let looks_after = async |person: Id| {
            person::Entity::find_by_id(person).one(see.read()).await.unwrap().unwrap().organisation_id
        };
        // The record that stays is another union's: it knew an applicant only.
        let (held, applicant) = (member(&app, 1, region.riders).await, applied(&app, 2, region.couriers).await.id);
        let (gone, stays) = (whose(held).await, whose(applicant).await);
        assert_eq!(looks_after(stays).await, region.couriers);
        app.merge_people(gone, stays).await;
        assert_eq!((whose(held).await, looks_after(stays).await), (stays, region.riders));
        // Who only applies is looked after where he was.
        let (first, second) = (applied(&app, 3, region.riders).await.id, applied(&app, 4, region.couriers).await.id);
        let stays = whose(second).await;
        app.merge_people(whose(first).await, stays).await;
        assert_eq!(looks_after(stays).await, region.couriers);
    })
    .await;
}

#[tokio::test]
async fn what_was_paid_on_the_membership_that_ends_is_paid_on_the_one_that_stays() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let older = member(&app, 1, region.riders).await;
        app.pass(TimeDelta::days(1));
        let newer = member(&app, 2, region.couriers).await;
        let pay = app.caller::<KeepDues>();
        let paid = async |member: Id, month: &str| {
            let input =
                NewDues { member_ids: vec![member], month: day(month), amount_fen: 1_000, paid_on: day("2026-07-02") };
            enter(&pay, &input).await.unwrap().entered
        };
        for (member, month) in [(newer, "2026-07-01"), (newer, "2026-08-01"), (older, "2026-08-01")] {
            assert_eq!(paid(member, month).await, 1);
        }
        let see = app.caller::<SeeMembers>();
        let whose = async |member: Id| show(&see, member).await.unwrap().member.person_id;
        app.merge_people(whose(newer).await, whose(older).await).await;
        let owing = unpaid(&see, &UnpaidFilter::default(), &Paging::default()).await.unwrap();
        assert_eq!(owing.total, 0, "July was paid");
        assert_eq!(paid(older, "2026-07-01").await, 0, "and is not taken twice");
        assert_eq!(paid(newer, "2026-07-01").await, 0, "nor on the membership that ended");
        let of = async |member: Option<Id>| {
            let filter = DuesFilter { member, ..Default::default() };
            let page = dues(&see, &filter, &Paging::default()).await.unwrap();
            (page.total, page.amount_fen)
        };
        // August was paid twice, and both are seen.
        assert_eq!((of(Some(older)).await, of(Some(newer)).await), ((2, 2_000), (1, 1_000)));
        assert_eq!(of(None).await, (3, 3_000));
    })
    .await;
}

#[tokio::test]
async fn a_union_with_members_is_not_closed() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let id = member(&app, 1, region.riders).await;
        let caller = app.caller::<Reshape>();
        let today = ClosingDay { day: caller.today(), paper: Paper::default() };
        assert_eq!(close(&caller, region.riders, &today).await.unwrap_err().code, "has_members");
        let left = Reason { reason: Some("本人申请".into()), day: None };
        keep(&app.caller::<KeepMembers>(), id, Step::Leave, &left).await.unwrap();
        close(&caller, region.riders, &today).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_union_whose_members_are_on_their_way_to_it_is_not_closed() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        member(&app, 1, region.riders).await;
        let caller = app.caller::<Reshape>();
        let into = MergeInto { into_id: region.couriers, day: caller.today(), paper: Paper::default() };
        merge(&caller, region.riders, &into).await.unwrap();
        let today = ClosingDay { day: caller.today(), paper: Paper::default() };
        assert_eq!(close(&caller, region.couriers, &today).await.unwrap_err().code, "has_members");
        app.settle().await;
        assert_eq!(close(&caller, region.couriers, &today).await.unwrap_err().code, "has_members");
    })
    .await;
}

#[tokio::test]
async fn who_was_on_his_way_to_a_merged_union_goes_to_its_successor() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let id = member(&app, 1, region.couriers).await;
        ask(&app, id, region.riders).await;
        let caller = app.caller::<Reshape>();
        let into = MergeInto { into_id: region.county, day: caller.today(), paper: Paper::default() };
        merge(&caller, region.riders, &into).await.unwrap();
        app.settle().await;
        let all = TransferFilter::default();
        let waiting = list_transfers(&app.caller::<TransferMembers>(), &all, &Paging::default()).await.unwrap();
        assert_eq!((waiting.total, waiting.items[0].to_organisation_id), (1, region.county));
    })
    .await;
}

#[tokio::test]
async fn what_is_asked_of_data_waits_where_the_record_is() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let see = app.caller::<SeeMembers>();
        let whose = async |member: Id| show(&see, member).await.unwrap().member.person_id;
        let lies_with = async |union: Id| {
            let sql = "SELECT CAST(organisation_id AS TEXT) AS word FROM membership_privacy_request";
            word(&app, sql).await == union.0.to_string()
        };
        let (held, applicant) = (member(&app, 1, region.riders).await, applied(&app, 2, region.couriers).await.id);
        app.write(&format!(
            "INSERT INTO membership_privacy_request (id, person_id, organisation_id, wish, words_sealed, asked_at, state) \
             SELECT 1, person_id, organisation_id, 'delete', '', 1, 'waiting' FROM membership_member WHERE id = {}",
            applicant.0
        ))
        .await;
        assert!(lies_with(region.couriers).await);
        app.merge_people(whose(held).await, whose(applicant).await).await;
        assert!(lies_with(region.riders).await);
        let caller = app.caller::<Reshape>();
        let into = MergeInto { into_id: region.couriers, day: caller.today(), paper: Paper::default() };
        merge(&caller, region.riders, &into).await.unwrap();
        app.settle().await;
        assert!(lies_with(region.couriers).await);
    })
    .await;
}
