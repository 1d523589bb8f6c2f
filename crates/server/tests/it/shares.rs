//! The share of enrolment is one number, on the enrolment page and on a plan's board.

use kernel::organisation::{
    Level,
    head_count::keep::{self, NewHeadCount},
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
use testing::{App, people};

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

#[tokio::test]
async fn groups_that_nobody_counted_are_left_out_everywhere() {
    App::each(&server::programmes(), async |app| {
        let county = found(&app, None, "152201", "乌兰浩特市总工会", Level::County).await;
        let union = found(&app, Some(county), "152201R", "新就业形态联合工会", Level::Grassroots).await;
        let mut officer = officer(&app, "officer", "业务干部", county).await;
        for (n, group) in (1..).zip(["delivery_rider", "delivery_rider", "courier"]) {
            let apply = json!({
                "name": people::name(n), "document_kind": "citizen_number", "document_number": people::number(n),
                "phone": people::phone(n), "group": group, "organisation_id": union,
            });
            let applied: Value = officer.post("/api/v1/members", &apply).await.ok();
            let all = json!({ "ids": [applied["id"]] });
            let _answered = officer.post("/api/v1/members/approve", &all).await.ok::<Value>();
        }
        let count = NewHeadCount {
            organisation_id: county,
            group: "delivery_rider".into(),
            day: "2026-06-30".parse().unwrap(),
            workers: 4,
            source: "平台企业报送".into(),
        };
        keep::create(&app.caller(), &count).await.unwrap();
        let filter = ShareFilter { organisation: county, on: None, by: None, group: None };
        let page = shares(&app.caller::<SeeEnrolment>(), &filter).await.unwrap().total;
        assert_eq!((page.members, page.workers, page.share_bp), (2, 4, Some(5_000)));
        let both = ["delivery_rider", "courier"];
        let draft = PlanDraft {
            year: 2026,
            title: "2026年工作要点".into(),
            chapters: Vec::new(),
            measures: Vec::new(),
            indicators: vec![enrolment("骑手和快递员入会率", &both), enrolment("全部群体入会率", &[])],
            budget: Vec::new(),
        };
        let plan = create_from(&app.caller::<EditPlans>(), county, &draft).await.unwrap();
        let shown = board(&app.caller::<SeePlans>(), plan, &BoardParams::default()).await.unwrap();
        for item in shown.items {
            let told = (item.standing.numerator, item.standing.denominator, item.standing.actual);
            assert_eq!(told, (Some(2), Some(4), Some(5_000)), "{}", item.indicator.form.name);
        }
    })
    .await;
}
