use std::collections::HashSet;

use kernel::{Context, listing::Paging};
use membership::{
    CHUNK, Newcomer, Outcome, Prepared, enrol_many,
    list::{MemberFilter, list},
    permissions::{ImportMembers, SeeMembers},
    rules::standing::Standing,
    show::show,
};
use testing::App;

use crate::world::{applied, member, members, name, newcomer, programmes, region};

fn prepared(context: &Context, newcomers: Vec<Newcomer>) -> Vec<Prepared> {
    newcomers.into_iter().map(|newcomer| Prepared::new(context, newcomer)).collect()
}

#[tokio::test]
async fn a_chunk_goes_in_at_once_and_each_row_gets_its_outcome() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let here = member(&app, 1, region.riders).await;
        let there = member(&app, 2, region.couriers).await;
        let waiting = applied(&app, 3, region.couriers).await.id;
        let mut stranger = newcomer(2, region.riders, "2026-01-01");
        stranger.checked.name = "赵六".into();
        let mut rows: Vec<_> = [1, 2, 3, 4, 4].into_iter().map(|n| newcomer(n, region.riders, "2026-03-05")).collect();
        rows.push(stranger);
        let caller = &app.caller::<ImportMembers>();
        let rows = &prepared(caller, rows);
        let enrol = || async {
            caller
                .unit(|unit| async move {
                    let outcomes = enrol_many(&unit, caller, (Some(kernel::Id(77)), None), rows).await?;
                    Ok(outcomes.iter().map(|outcome| format!("{outcome:?}")).collect::<Vec<_>>())
                })
                .await
                .unwrap()
        };
        let first = enrol().await;
        assert_eq!(first[0], format!("{:?}", Outcome::Already { member: here }));
        assert!(first[1].starts_with(&format!("TransferAsked {{ member: {there:?}")), "{}", first[1]);
        assert_eq!(first[2], format!("{:?}", Outcome::Applied { member: waiting, organisation: region.couriers }));
        assert!(first[3].starts_with("Joined") && first[3].contains("152201"), "{}", first[3]);
        assert_eq!(first[4], format!("{:?}", Outcome::Repeated { first: 3 }));
        assert_eq!(first[5], format!("{:?}", Outcome::Repeated { first: 1 }));
        assert_eq!((members(&app, region.riders).await, members(&app, region.couriers).await), (2, 1));
        // The same again changes nothing.
        let second = enrol().await;
        assert!(second[1].starts_with("TransferWaits") && second[3].starts_with("Already"), "{second:?}");
        assert_eq!(members(&app, region.county).await, 3);
        let filter = MemberFilter { import: Some(kernel::Id(77)), ..Default::default() };
        let page = list(&app.caller::<SeeMembers>(), &filter, &Paging::default()).await.unwrap();
        assert_eq!((page.total, page.items[0].state), (1, Standing::Normal));
        assert_eq!(page.items[0].member_since.unwrap().to_string(), "2026-03-05");
    })
    .await;
}

#[tokio::test]
async fn another_name_on_a_known_paper_is_not_taken() {
    let app = App::sqlite(&programmes()).await;
    let region = region(&app).await;
    member(&app, 1, region.riders).await;
    let mut stranger = newcomer(1, region.riders, "2026-01-01");
    stranger.checked.name = "赵六".into();
    let caller = &app.caller::<ImportMembers>();
    let rows = &prepared(caller, vec![stranger]);
    let differs = caller
        .unit(|unit| async move {
            let outcomes = enrol_many(&unit, caller, (None, None), rows).await?;
            Ok(outcomes == [Outcome::NameDiffers])
        })
        .await
        .unwrap();
    assert!(differs);
    app.close().await;
}

#[tokio::test]
async fn who_has_two_papers_and_a_row_for_each_is_entered_once() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let (stays, goes) = (member(&app, 1, region.couriers).await, member(&app, 2, region.couriers).await);
        let see = app.caller::<SeeMembers>();
        let whose = async |member: kernel::Id| show(&see, member).await.unwrap().member.person_id;
        app.merge_people(whose(goes).await, whose(stays).await).await;
        let mut other = newcomer(2, region.riders, "2026-03-05");
        other.checked.name = name(1);
        let caller = &app.caller::<ImportMembers>();
        let rows = &prepared(caller, vec![newcomer(1, region.riders, "2026-03-05"), other]);
        let outcomes = caller
            .unit(|unit| async move {
                let outcomes = enrol_many(&unit, caller, (None, None), rows).await?;
                Ok(outcomes.iter().map(|outcome| format!("{outcome:?}")).collect::<Vec<_>>())
            })
            .await
            .unwrap();
        assert!(outcomes[0].starts_with("TransferAsked"), "{}", outcomes[0]);
        assert_eq!(outcomes[1], format!("{:?}", Outcome::Repeated { first: 0 }));
    })
    .await;
}

#[tokio::test]
async fn a_whole_chunk_gets_different_cards() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let rows: Vec<_> = (0..CHUNK).map(|n| newcomer(n as u32, region.riders, "2026-03-05")).collect();
        let caller = &app.caller::<ImportMembers>();
        let rows = &prepared(caller, rows);
        let cards = caller
            .unit(|unit| async move {
                let outcomes = enrol_many(&unit, caller, (None, None), rows).await?;
                let card = |outcome: Outcome| match outcome {
                    Outcome::Joined { card_number, .. } => Some(card_number),
                    _ => None,
                };
                Ok(outcomes.into_iter().filter_map(card).collect::<Vec<_>>())
            })
            .await
            .unwrap();
        assert_eq!(cards.iter().collect::<HashSet<_>>().len(), CHUNK);
        assert_eq!(members(&app, region.county).await, CHUNK as i64);
    })
    .await;
}
