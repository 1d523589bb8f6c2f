//! The share of branches with a union, and the branches behind it.

use kernel::{
    Id,
    ledger::Tree,
    listing::Paging,
    organisation::{
        Level,
        permissions::{ManageWorkforce, ViewWorkforce},
        platform::{
            self, Rank,
            branch::{self, BranchForm},
            keep::PlatformForm,
            list_branches::{self, BranchFilter},
        },
    },
};
use plan::{
    IndicatorDraft, IndicatorSource, PlanDraft,
    board::{BoardParams, BranchDrill, board},
    create_from,
    permissions::{EditPlans, SeePlans},
};
use testing::App;

use crate::world::{day, draft, found, programmes};

async fn add_company(app: &App, name: &str, rank: Rank) -> Id {
    let form = PlatformForm { name: name.into(), rank, credit_code: None };
    platform::keep::create(&app.caller::<ManageWorkforce>(), &form).await.unwrap().id
}

async fn add_branch(app: &App, (platform_id, organisation_id): (Id, Id), since: Option<&str>, closed: Option<&str>) {
    let form = BranchForm {
        platform_id,
        organisation_id,
        name: "分公司".into(),
        union_organisation_id: None,
        union_since: since.map(day),
        opened_on: None,
        closed_on: closed.map(day),
    };
    branch::create(&app.caller::<ManageWorkforce>(), &form).await.unwrap();
}

/// How many branches the list shows behind a figure: those with a union, and all.
async fn behind(app: &App, drill: &BranchDrill) -> (i64, i64) {
    let shown = async |has_union| {
        let filter = BranchFilter {
            ranks: Some(drill.ranks.clone()),
            organisation: Some(drill.organisation),
            on: Some(drill.on),
            tree: drill.tree,
            has_union,
            ..BranchFilter::default()
        };
        let page = list_branches::list(&app.caller::<ViewWorkforce>(), &filter, &Paging::default()).await.unwrap();
        i64::try_from(page.total).unwrap()
    };
    (shown(Some(true)).await, shown(None).await)
}

#[tokio::test]
async fn the_branches_of_a_day_are_counted_and_opened_alike() {
    App::each(&programmes(), |app| async move {
        let region = found(&app, None, "150000", "自治区总工会", Level::Province).await;
        let west = found(&app, Some(region), "152900", "西盟总工会", Level::Prefecture).await;
        let east = found(&app, Some(region), "152200", "东盟总工会", Level::Prefecture).await;
        let head = add_company(&app, "示例外卖平台", Rank::Head).await;
        let other = add_company(&app, "示例货运平台", Rank::Other).await;
        add_branch(&app, (head, west), Some("2026-03-01"), None).await;
        // Founded after the end of May: then it had none.
        add_branch(&app, (head, west), Some("2026-06-15"), None).await;
        add_branch(&app, (head, east), None, Some("2026-04-01")).await;
        add_branch(&app, (other, east), None, None).await;
        let coverage = IndicatorDraft {
            name: "头部企业建会率".into(),
            source: IndicatorSource::BranchCoverage,
            ranks: vec!["head".into()],
            unit: "%".into(),
            target: 10_000,
            base: None,
            base_period: None,
            ..draft().indicators.remove(2)
        };
        let every = IndicatorDraft { name: "建会率".into(), ranks: Vec::new(), ..coverage.clone() };
        let indicators = vec![coverage, every, draft().indicators.remove(2)];
        let draft = PlanDraft { title: "2026年建会要点".into(), indicators, budget: Vec::new(), ..draft() };
        let plan = create_from(&app.caller::<EditPlans>(), region, &draft).await.unwrap();
        for (organisation, on, of_heads, of_all) in [
            (region, "2026-02-28", (0, 3), (0, 4)),
            (region, "2026-05-31", (1, 2), (1, 3)),
            (region, "2026-07-01", (2, 2), (2, 3)),
            (west, "2026-05-31", (1, 2), (1, 2)),
            (east, "2026-05-31", (0, 0), (0, 1)),
        ] {
            for tree in [Tree::Dated, Tree::Today] {
                let params = BoardParams { organisation: Some(organisation), on: Some(day(on)), tree };
                let shown = board(&app.caller::<SeePlans>(), plan, &params).await.unwrap();
                for (item, wanted) in shown.items.iter().zip([of_heads, of_all]) {
                    let counted = (item.standing.numerator.unwrap(), item.standing.denominator.unwrap());
                    assert_eq!(counted, wanted, "{} {organisation} {on}", item.indicator.form.name);
                    let drill = item.branches.as_ref().unwrap();
                    assert_eq!(behind(&app, drill).await, wanted, "{} {organisation} {on}", item.indicator.form.name);
                    assert_eq!(item.drill, None);
                }
                assert_eq!(shown.items[2].branches, None);
            }
        }
    })
    .await;
}
