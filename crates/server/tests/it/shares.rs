//! The share of enrolment is one number, on the enrolment page and on a plan's board.

use chrono::{DateTime, Utc};
use kernel::{
    Id,
    ledger::{FactParams, list_facts, permissions::View},
    listing::Paging,
    organisation::{
        Level,
        head_count::keep::{self, NewHeadCount},
        relocate::{MoveUnder, relocate},
    },
};
use membership::{
    figures::shares::{ShareFilter, shares},
    permissions::SeeEnrolment,
};
use plan::{
    Goal, IndicatorDraft, IndicatorSource, PlanDraft,
    board::{BoardParams, board},
    create_from,
    permissions::{EditPlans, SeePlans},
};
use serde_json::{Value, json};
use testing::{App, Client, people};

use crate::roles::{found, officer};

fn enrolment(name: &str, groups: &[&str]) -> IndicatorDraft {
    IndicatorDraft {
        chapter: None,
        measure: None,
        name: name.into(),
        source: IndicatorSource::MemberShare,
        kinds: Vec::new(),
        groups: groups.iter().map(|group| (*group).to_owned()).collect(),
        counting: None,
        ranks: Vec::new(),
        unit: "%".into(),
        target: 8_000,
        goal: Goal::AtLeast,
        due_on: None,
        responsible: None,
        definition: String::new(),
        base: None,
        base_period: None,
    }
}

/// Someone applies, is approved, and counts for his group; his key.
pub(crate) async fn joins(officer: &mut Client, union: Id, n: u32, group: &str) -> Value {
    let apply = people::member(n, group, &union);
    let applied: Value = officer.post("/api/v1/members", &apply).await.ok();
    let all = json!({ "ids": [applied["id"]] });
    let approved: Value = officer.post("/api/v1/members/approve", &all).await.ok();
    assert_eq!(approved["approved"], 1, "{approved}");
    applied["id"].clone()
}

/// A place counts its workers of a group.
async fn counts(app: &App, organisation_id: Id, group: &str, workers: i64) {
    let count = NewHeadCount {
        organisation_id,
        group: group.into(),
        day: "2026-06-30".parse().unwrap(),
        workers,
        source: "平台企业报送".into(),
    };
    keep::create(&app.caller(), &count).await.unwrap();
}

/// A plan with the share of riders and couriers, and with that of everybody.
async fn planned(app: &App, organisation: Id) -> Id {
    let both = ["delivery_rider", "courier"];
    let draft = PlanDraft {
        year: 2026,
        title: "2026年工作要点".into(),
        chapters: Vec::new(),
        measures: Vec::new(),
        indicators: vec![enrolment("骑手和快递员入会率", &both), enrolment("全部群体入会率", &[])],
        budget: Vec::new(),
    };
    create_from(&app.caller::<EditPlans>(), organisation, &draft).await.unwrap()
}

/// Members, workers, the share, and who is not in it: the same on both pages.
async fn everywhere(app: &App, organisation: Id, plan: Id, told: (i64, i64, Option<i64>, i64)) {
    let filter = ShareFilter { organisation, on: None, by: None, group: None };
    let page = shares(&app.caller::<SeeEnrolment>(), &filter).await.unwrap().total;
    assert_eq!((page.members, page.workers, page.share_bp, page.outside), told);
    let params = BoardParams { organisation: Some(organisation), ..BoardParams::default() };
    for item in board(&app.caller::<SeePlans>(), plan, &params).await.unwrap().items {
        let standing = item.standing;
        let (members, workers) = (standing.numerator.unwrap(), standing.denominator.unwrap());
        let shown = (members, workers, standing.actual, standing.outside.unwrap());
        assert_eq!(shown, told, "{}", item.indicator.form.name);
    }
}

#[tokio::test]
async fn groups_that_nobody_counted_are_left_out_everywhere() {
    App::each(&server::programmes(), async |app| {
        let county = found(&app, None, "152201", "乌兰浩特市总工会", Level::County).await;
        let union = found(&app, Some(county), "152201R", "新就业形态联合工会", Level::Grassroots).await;
        let mut officer = officer(&app, "officer", "业务干部", county).await;
        for (n, group) in (1..).zip(["delivery_rider", "delivery_rider", "courier"]) {
            joins(&mut officer, union, n, group).await;
        }
        let plan = planned(&app, county).await;
        everywhere(&app, county, plan, (0, 0, None, 3)).await;
        counts(&app, county, "delivery_rider", 4).await;
        everywhere(&app, county, plan, (2, 4, Some(5_000), 1)).await;
    })
    .await;
}

#[tokio::test]
async fn places_that_counted_nobody_are_left_out_everywhere() {
    App::each(&server::programmes(), async |app| {
        let region = found(&app, None, "150000", "自治区总工会", Level::Province).await;
        let west = found(&app, Some(region), "152200", "兴安盟总工会", Level::Prefecture).await;
        let east = found(&app, Some(region), "150500", "通辽市总工会", Level::Prefecture).await;
        let west_union = found(&app, Some(west), "152200R", "兴安盟新就业形态联合工会", Level::Grassroots).await;
        let east_union = found(&app, Some(east), "150500R", "通辽市新就业形态联合工会", Level::Grassroots).await;
        let mut officer = officer(&app, "officer", "业务干部", region).await;
        let (riders, couriers) = ("delivery_rider", "courier");
        let people = [
            (west_union, riders),
            (west_union, riders),
            (west_union, couriers),
            (east_union, riders),
            (east_union, couriers),
        ];
        for (n, (union, group)) in (1..).zip(people) {
            joins(&mut officer, union, n, group).await;
        }
        let plan = planned(&app, region).await;
        counts(&app, west, riders, 4).await;
        everywhere(&app, region, plan, (2, 4, Some(5_000), 3)).await;
        everywhere(&app, west, plan, (2, 4, Some(5_000), 1)).await;
        everywhere(&app, east, plan, (0, 0, None, 2)).await;
        // Each group counts where it was counted.
        counts(&app, east, couriers, 6).await;
        everywhere(&app, region, plan, (3, 10, Some(3_000), 2)).await;
        // The region's own count holds for all below it.
        counts(&app, region, riders, 5).await;
        everywhere(&app, region, plan, (4, 11, Some(3_636), 1)).await;
    })
    .await;
}

#[tokio::test]
async fn a_share_opens_into_the_members_that_it_counts_also_where_their_union_was_moved() {
    App::each(&server::programmes(), async |app| {
        let region = found(&app, None, "150000", "自治区总工会", Level::Province).await;
        let west = found(&app, Some(region), "152200", "兴安盟总工会", Level::Prefecture).await;
        let east = found(&app, Some(region), "150500", "通辽市总工会", Level::Prefecture).await;
        let union = found(&app, Some(west), "152200R", "新就业形态联合工会", Level::Grassroots).await;
        let mut officer = officer(&app, "officer", "业务干部", region).await;
        for n in 1..3 {
            joins(&mut officer, union, n, "delivery_rider").await;
        }
        counts(&app, union, "delivery_rider", 4).await;
        let plan = planned(&app, region).await;
        app.set_clock("2026-09-01T01:00:00Z".parse::<DateTime<Utc>>().unwrap());
        let moved = MoveUnder { parent_id: east, day: "2026-08-20".parse().unwrap() };
        relocate(&app.caller(), union, &moved).await.unwrap();
        let opened = async |organisation, on: &str| {
            let on = Some(on.parse().unwrap());
            let params = BoardParams { organisation: Some(organisation), on, ..BoardParams::default() };
            let item = board(&app.caller::<SeePlans>(), plan, &params).await.unwrap().items.remove(0);
            let drill = item.drill.unwrap();
            let params = FactParams {
                organisation: drill.organisation,
                kinds: Some(drill.kinds.join(",")),
                groups: Some(drill.groups.join(",")),
                from: drill.from,
                to: Some(drill.to),
                tree: drill.tree,
                person: None,
                own: None,
                lying_on: drill.lying_on,
            };
            let rows = list_facts(&app.caller::<View>(), &params, &Paging::default()).await.unwrap().items;
            (item.standing.numerator, rows.iter().map(|row| row.quantity).sum::<i64>())
        };
        for (on, at_west, at_east) in [("2026-08-19", 2, 0), ("2026-09-01", 0, 2)] {
            assert_eq!(opened(west, on).await, (Some(at_west), at_west), "{on}");
            assert_eq!(opened(east, on).await, (Some(at_east), at_east), "{on}");
        }
    })
    .await;
}
