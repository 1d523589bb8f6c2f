//! The terms of a lapse are kept to the day, and only dues that stand tell of one.

use chrono::TimeDelta;
use kernel::{
    Id,
    listing::Paging,
    organisation::{
        founding::Paper,
        merge::{MergeInto, merge},
        permissions::Reshape,
    },
};
use membership::{
    Outcome, Prepared,
    dues::{
        enter::{NewDues, enter},
        list::{DuesFilter, list},
        take_back::{DuesTakenBack, take_back},
    },
    enrol_many,
    keep::{Reason, keep},
    lapse::{
        leave::leave,
        talk::{Talk, talk},
    },
    permissions::{ImportMembers, KeepDues, KeepMembers, SeeMembers},
    rules::standing::{Standing, Step},
    show::show,
};
use testing::App;

use crate::world::{day, member, newcomer, programmes, region, word};

/// A member pays his dues of December on a day.
async fn pays(app: &App, member: Id, on: &str) {
    let dues = NewDues { member_ids: vec![member], month: day("2026-12-01"), amount_fen: 1_000, paid_on: day(on) };
    assert_eq!(enter(&app.caller::<KeepDues>(), &dues).await.unwrap().entered, 1);
}

/// A union has entered its dues since July: a member paid his then, too.
async fn collects_since_july(app: &App, member: Id) {
    let dues =
        NewDues { member_ids: vec![member], month: day("2026-07-01"), amount_fen: 1_000, paid_on: day("2026-07-05") };
    assert_eq!(enter(&app.caller::<KeepDues>(), &dues).await.unwrap().entered, 1);
}

/// The same, and lately those of December.
pub(crate) async fn pays_since_july(app: &App, member: Id) {
    collects_since_july(app, member).await;
    pays(app, member, "2027-01-06").await;
}

/// Whether a member is to be talked to after the daily look.
async fn has_lapsed(app: &App, member: Id) -> bool {
    app.work("membership_lapses").await.unwrap();
    show(&app.caller::<SeeMembers>(), member).await.unwrap().lapse.is_some()
}

/// Somebody talks today to a member who lapsed.
async fn is_talked_to(app: &App, member: Id, words: &str) {
    let keeper = app.caller::<KeepMembers>();
    let words = Talk { day: keeper.today(), words: words.into(), good_reason: false };
    talk(&keeper, member, &words).await.unwrap();
}

#[tokio::test]
async fn months_and_days_of_a_lapse_are_kept_to_the_day() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let (away, payer) = (member(&app, 1, region.riders).await, member(&app, 2, region.riders).await);
        // The last of December: to six months since the first of July a day is missing.
        app.pass(TimeDelta::days(183));
        collects_since_july(&app, payer).await;
        pays(&app, payer, "2026-12-30").await;
        assert!(!has_lapsed(&app, away).await);
        app.pass(TimeDelta::days(1));
        assert!(has_lapsed(&app, away).await);
        is_talked_to(&app, away, "电话联系，已离开本地").await;
        app.pass(TimeDelta::days(29));
        assert_eq!(leave(&app.caller::<KeepMembers>(), away).await.unwrap_err().code, "too_soon");
        app.pass(TimeDelta::days(1));
        assert_eq!(leave(&app.caller::<KeepMembers>(), away).await.unwrap().state, Standing::Left);
    })
    .await;
}

#[tokio::test]
async fn the_months_before_a_union_began_to_enter_dues_tell_nothing() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let (away, payer) = (member(&app, 1, region.riders).await, member(&app, 2, region.riders).await);
        app.pass(TimeDelta::days(190));
        // 2027-01-07.
        pays(&app, payer, "2027-01-06").await;
        assert!(!has_lapsed(&app, away).await);
        app.pass(TimeDelta::days(144));
        assert!(!has_lapsed(&app, away).await);
        // Six months since the first of December.
        app.pass(TimeDelta::days(1));
        assert!(has_lapsed(&app, away).await);
    })
    .await;
}

#[tokio::test]
async fn of_whom_a_roster_brings_the_months_before_tell_nothing() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let (payer, late) = (member(&app, 1, region.riders).await, member(&app, 2, region.riders).await);
        app.pass(TimeDelta::days(190));
        // 2027-01-07.
        pays_since_july(&app, payer).await;
        let importer = &app.caller::<ImportMembers>();
        let row = &[Prepared::new(importer, newcomer(3, region.riders, "2020-03-05"))];
        let brought = importer.unit(|unit| async move {
            let outcomes = enrol_many(&unit, importer, (Some(Id(77)), None), row).await?;
            let Outcome::Joined { member, .. } = outcomes[0] else { panic!("he is no member") };
            Ok(member)
        });
        let brought = brought.await.unwrap();
        assert!(!has_lapsed(&app, brought).await);
        app.pass(TimeDelta::days(180));
        pays(&app, late, "2027-07-06").await;
        assert!(!has_lapsed(&app, brought).await);
        app.pass(TimeDelta::days(1));
        assert!(has_lapsed(&app, brought).await);
        // He is not told that he paid nothing for years.
        let lapse = show(&app.caller::<SeeMembers>(), brought).await.unwrap().lapse.unwrap();
        assert_eq!(lapse.last_on, day("2027-01-07"));
    })
    .await;
}

#[tokio::test]
async fn a_union_whose_dues_were_all_taken_back_collects_none() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let (away, payer) = (member(&app, 1, region.riders).await, member(&app, 2, region.riders).await);
        app.pass(TimeDelta::days(190));
        pays_since_july(&app, payer).await;
        let paid = list(&app.caller::<SeeMembers>(), &DuesFilter::default(), &Paging::default()).await.unwrap();
        let mistake = DuesTakenBack { reason: "登记错了工会".into() };
        take_back(&app.caller::<KeepDues>(), paid.items[0].id, &mistake).await.unwrap();
        assert!(!has_lapsed(&app, away).await);
        pays(&app, payer, "2027-01-06").await;
        assert!(has_lapsed(&app, away).await);
    })
    .await;
}

#[tokio::test]
async fn who_followed_his_union_into_another_has_not_lapsed_there() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let (away, payer) = (member(&app, 1, region.couriers).await, member(&app, 2, region.couriers).await);
        let follows = member(&app, 3, region.riders).await;
        app.pass(TimeDelta::days(190));
        pays_since_july(&app, payer).await;
        let caller = app.caller::<Reshape>();
        let into = MergeInto { into_id: region.couriers, day: caller.today(), paper: Paper::default() };
        merge(&caller, region.riders, &into).await.unwrap();
        app.settle().await;
        assert!(has_lapsed(&app, away).await);
        assert!(!has_lapsed(&app, follows).await);
    })
    .await;
}

#[tokio::test]
async fn what_was_said_of_a_lapse_goes_with_the_person() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let (away, payer) = (member(&app, 1, region.riders).await, member(&app, 2, region.riders).await);
        app.pass(TimeDelta::days(190));
        pays_since_july(&app, payer).await;
        assert!(has_lapsed(&app, away).await);
        is_talked_to(&app, away, "张师傅说已回老家").await;
        let kept = "SELECT COALESCE(talk, 'nothing') AS word FROM membership_lapse";
        assert_eq!(word(&app, kept).await, "张师傅说已回老家");
        let left = Reason { reason: Some("本人申请".into()), day: None };
        keep(&app.caller::<KeepMembers>(), away, Step::Leave, &left).await.unwrap();
        let person = show(&app.caller::<SeeMembers>(), away).await.unwrap().member.person_id;
        app.erase(person).await;
        assert_eq!(word(&app, kept).await, "nothing");
    })
    .await;
}
