#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use chrono::{Days, NaiveDate};
use kernel::{
    Id, Problem, audit,
    organisation::{
        self, Level,
        close::{self, ClosingDay},
        founding::Paper,
        graft, list,
        merge::{self, MergeInto},
        permissions::{Reshape, View},
        relocate::{self, MoveUnder},
        show,
        split::{self, SplitOff},
        tree,
        view::OrganisationDetail,
    },
};
use sea_orm::entity::prelude::*;
use testing::App;

use crate::organisation_world::{day, found, programmes, region};

async fn shift(app: &App, id: Id, parent_id: Id, day: NaiveDate) -> Result<OrganisationDetail, Problem> {
    relocate::relocate(&app.caller::<Reshape>(), id, &MoveUnder { parent_id, day }).await
}

async fn detail(app: &App, id: Id) -> OrganisationDetail {
    show::show(&app.caller::<View>(), id).await.unwrap()
}

/// Numbers that look random and are the same in each run.
fn draw(state: &mut u64, below: usize) -> usize {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    usize::try_from(*state >> 33).unwrap() % below
}

#[tokio::test]
async fn after_any_moves_the_closure_is_that_of_todays_places() {
    App::each(&programmes(), |app| async move {
        let mut unions = vec![found(&app, None, "A0", Level::Grassroots).await.id];
        for n in 1..9 {
            let parent = unions[(n - 1) / 2];
            unions.push(found(&app, Some(parent), &format!("A{n}"), Level::Grassroots).await.id);
        }
        let caller = app.caller::<View>();
        let (mut state, mut moved, mut version) = (11, 0, tree::version(caller.read()).await.unwrap());
        for _ in 0..90 {
            let (child, parent) = (unions[draw(&mut state, 9)], unions[draw(&mut state, 9)]);
            let on = day("2026-06-20") + Days::new(u64::try_from(draw(&mut state, 14)).unwrap());
            let done = shift(&app, child, parent, on).await;
            assert_eq!(graft::closure_differences(caller.read()).await.unwrap(), []);
            let now = tree::version(caller.read()).await.unwrap();
            match done {
                Ok(detail) => {
                    moved += 1;
                    assert!(now > version);
                    assert_eq!(detail.places.last().unwrap().parent_id, Some(parent));
                    assert!(detail.places.iter().rev().skip(1).all(|place| place.until_day.is_some()));
                    for pair in detail.places.windows(2) {
                        assert_eq!(pair[0].until_day, Some(pair[1].from_day));
                    }
                }
                Err(problem) => {
                    assert!(problem.fault.is_none(), "{problem:?}");
                    assert_eq!(now, version);
                }
            }
            version = now;
        }
        assert!(moved > 15, "only {moved} moves were allowed");
    })
    .await;
}

#[tokio::test]
async fn a_moved_county_keeps_its_history_and_is_seen_by_its_new_parent() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let caller = app.caller::<View>();
        let in_tongliao = caller.lent(vec![region.tongliao]);
        assert_eq!(
            organisation::get(caller.read(), in_tongliao.scope(), region.county).await.unwrap_err().code,
            "not_found"
        );
        let moved = shift(&app, region.county, region.tongliao, day("2026-04-01")).await.unwrap();
        let path: Vec<&str> = moved.path.iter().map(|upper| upper.code.as_str()).collect();
        assert_eq!(path, ["150000", "150500", "152201"]);
        assert_eq!(moved.places[0].parent_id, Some(region.hinggan));
        assert_eq!(moved.places[0].until_day, Some(day("2026-04-01")));
        assert_eq!(moved.version, 2);
        organisation::get(caller.read(), in_tongliao.scope(), region.county).await.unwrap();
        let below = list::level(&caller, Some(region.hinggan)).await.unwrap();
        assert!(below.is_empty());
        let nested = caller.lent(vec![region.county, region.tongliao]);
        let tops = tree::tops(caller.read(), nested.scope()).await.unwrap();
        assert_eq!(tops.iter().map(|top| top.id).collect::<Vec<_>>(), [region.tongliao]);
        let tops = list::level(&caller, None).await.unwrap();
        assert_eq!(tops.iter().map(|top| (top.code.as_str(), top.child_count)).collect::<Vec<_>>(), [("150000", 2)]);
    })
    .await;
}

#[tokio::test]
async fn moves_that_make_no_sense_are_refused() {
    let app = App::sqlite(&programmes()).await;
    let region = region(&app).await;
    shift(&app, region.county, region.tongliao, day("2026-04-01")).await.unwrap();
    for (id, parent, on, code) in [
        (region.county, region.hinggan, "2026-03-01", "later_place"),
        (region.county, region.hinggan, "2026-07-02", "day_in_future"),
        (region.county, region.tongliao, "2026-05-01", "same_parent"),
        (region.tongliao, region.county, "2026-05-01", "parent_level"),
        (region.tongliao, region.tongliao, "2026-05-01", "circle"),
        (region.county, region.hinggan, "2025-12-31", "before_founding"),
    ] {
        assert_eq!(shift(&app, id, parent, day(on)).await.unwrap_err().code, code, "{code}");
    }
    // A mistake of the same day is taken back: the place before goes on as if nothing had been.
    let back = shift(&app, region.county, region.hinggan, day("2026-04-01")).await.unwrap();
    assert_eq!(back.places.len(), 1);
    assert_eq!(back.places[0].until_day, None);
    app.close().await;
}

#[tokio::test]
async fn merging_moves_the_children_and_leaves_the_old_one_below_its_successor() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let merger = MergeInto { into_id: region.tongliao, day: day("2026-05-01"), paper: Paper::default() };
        let successor = merge::merge(&app.caller::<Reshape>(), region.hinggan, &merger).await.unwrap();
        assert_eq!((successor.id, successor.child_count), (region.tongliao, 1));
        let old = detail(&app, region.hinggan).await;
        assert_eq!(old.closed_on, Some(day("2026-05-01")));
        assert_eq!(old.path.last().map(|last| last.id), Some(region.hinggan));
        assert!(old.path.iter().any(|upper| upper.id == region.tongliao));
        let county = detail(&app, region.county).await;
        assert_eq!(county.places.last().unwrap().parent_id, Some(region.tongliao));
        assert_eq!(graft::closure_differences(app.caller::<View>().read()).await.unwrap(), []);
        let again = shift(&app, region.county, region.hinggan, day("2026-06-01")).await.unwrap_err();
        assert_eq!(again.code, "parent_closed");
    })
    .await;
}

#[tokio::test]
async fn what_no_longer_exists_is_not_merged_again() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let caller = app.caller::<Reshape>();
        let into = |on: &str| MergeInto { into_id: region.tongliao, day: day(on), paper: Paper::default() };
        merge::merge(&caller, region.hinggan, &into("2026-05-01")).await.unwrap();
        // Both lie below the successor already, so nothing of the tree would change.
        let closing = ClosingDay { day: day("2026-05-15"), paper: Paper::default() };
        close::close(&caller, region.county, &closing).await.unwrap();
        for gone in [region.hinggan, region.county] {
            assert_eq!(merge::merge(&caller, gone, &into("2026-06-01")).await.unwrap_err().code, "closed");
        }
        assert_eq!(detail(&app, region.hinggan).await.closed_on, Some(day("2026-05-01")));
    })
    .await;
}

#[tokio::test]
async fn splitting_founds_a_neighbour_and_moves_some_children_there() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let second = found(&app, Some(region.hinggan), "152221", Level::County).await.id;
        let mut division = SplitOff {
            day: day("2026-05-01"),
            name: "阿尔山总工会".into(),
            code: "152290".into(),
            children: vec![region.tongliao],
        };
        let caller = app.caller::<Reshape>();
        assert_eq!(split::split(&caller, region.hinggan, &division).await.unwrap_err().code, "not_a_child");
        division.children = vec![second];
        let fresh = split::split(&caller, region.hinggan, &division).await.unwrap();
        assert_eq!(fresh.path[0].id, region.province);
        assert_eq!(fresh.child_count, 1);
        assert_eq!(fresh.founded_on, Some(day("2026-05-01")));
        assert_eq!(detail(&app, second).await.places.last().unwrap().parent_id, Some(fresh.id));
        let early = shift(&app, region.county, fresh.id, day("2026-04-30")).await.unwrap_err();
        assert_eq!(early.code, "before_founding");
        assert_eq!(detail(&app, region.county).await.places.len(), 1);
        assert_eq!(split::split(&caller, region.province, &division).await.unwrap_err().code, "no_parent");
        let told = audit::Entity::find().filter(audit::Column::Action.eq("organisations.split"));
        let told = told.one(caller.read()).await.unwrap().unwrap();
        assert_eq!(told.object_id, Some(region.hinggan));
    })
    .await;
}

#[tokio::test]
async fn only_what_has_no_children_left_is_closed() {
    let app = App::sqlite(&programmes()).await;
    let region = region(&app).await;
    let caller = app.caller::<Reshape>();
    let on = ClosingDay { day: day("2026-06-30"), paper: Paper::default() };
    assert_eq!(close::close(&caller, region.hinggan, &on).await.unwrap_err().code, "has_children");
    assert_eq!(close::close(&caller, region.county, &on).await.unwrap().closed_on, Some(on.day));
    assert_eq!(close::close(&caller, region.county, &on).await.unwrap_err().code, "closed");
    assert_eq!(close::close(&caller, region.hinggan, &on).await.unwrap().closed_on, Some(on.day));
    let open = list::list(&app.caller(), &list::OrganisationFilter::default(), &Default::default()).await.unwrap();
    assert_eq!(open.total, 2);
    let both = list::OrganisationFilter { closed: true, ..Default::default() };
    assert_eq!(list::list(&app.caller(), &both, &Default::default()).await.unwrap().total, 4);
    app.close().await;
}
