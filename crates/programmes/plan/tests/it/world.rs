//! A region with two leagues, and a plan.

use chrono::NaiveDate;
use kernel::{
    Id, Programme,
    ledger::{self, NewFact, Source},
    organisation::{
        Kind, Level,
        create::{self, NewOrganisation},
        form::OrganisationForm,
        permissions::Manage,
    },
    permission::LoggedIn,
};
use plan::{
    BudgetDraft, Counting, Goal, IndicatorDraft, IndicatorSource, MeasureDraft, PlanDraft, create_from,
    permissions::{EditPlans, SeePlans},
    publish,
    view::detail,
};
use testing::App;

pub fn programmes() -> Vec<Programme> {
    vec![kernel::own::programme(), plan::programme()]
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub struct World {
    pub region: Id,
    pub west: Id,
    pub east: Id,
    pub plan: Id,
    /// 爱心餐, 专项经费, 制度建设 (by hand), in this order.
    pub indicators: Vec<Id>,
}

pub async fn found(app: &App, parent: Option<Id>, code: &str, name: &str, level: Level) -> Id {
    let founded_on = Some(day("2020-01-01"));
    let form = OrganisationForm { founded_on, ..OrganisationForm::new(code, name, Kind::Federation) };
    create::create(&app.caller::<Manage>(), &NewOrganisation { parent_id: parent, level, form }).await.unwrap().id
}

fn indicator(name: &str, source: IndicatorSource, kind: &str, counting: Counting, target: i64) -> IndicatorDraft {
    let counts = source == IndicatorSource::Ledger;
    IndicatorDraft {
        chapter: Some("关心关爱".into()),
        measure: Some("驿站服务".into()),
        name: name.into(),
        source,
        kinds: if counts { vec![kind.into()] } else { Vec::new() },
        groups: Vec::new(),
        counting: counts.then_some(counting),
        ranks: Vec::new(),
        unit: if counting == Counting::Yuan { "元".into() } else { "份".into() },
        target,
        goal: Goal::AtLeast,
        due_on: None,
        responsible: None,
        definition: String::new(),
        base: None,
        base_period: None,
    }
}

pub fn draft() -> PlanDraft {
    PlanDraft {
        year: 2026,
        title: "2026年工作要点".into(),
        chapters: vec!["关心关爱".into()],
        measures: vec![MeasureDraft { title: "驿站服务".into(), description: String::new() }],
        indicators: vec![
            indicator("爱心餐", IndicatorSource::Ledger, "love_meal", Counting::Items, 1_000),
            indicator("专项经费", IndicatorSource::Ledger, "federation_funds_paid", Counting::Yuan, 100_000),
            IndicatorDraft {
                base: Some(4),
                base_period: Some("2025年全年".into()),
                ..indicator("制度建设", IndicatorSource::Manual, "", Counting::Items, 10)
            },
        ],
        budget: vec![BudgetDraft {
            name: "专项经费".into(),
            allotted_fen: 100_000,
            indicator: Some("专项经费".into()),
        }],
    }
}

/// The region with its published plan.
pub async fn world(app: &App) -> World {
    let region = found(app, None, "150000", "自治区总工会", Level::Province).await;
    let west = found(app, Some(region), "152900", "西盟总工会", Level::Prefecture).await;
    let east = found(app, Some(region), "152200", "东盟总工会", Level::Prefecture).await;
    let caller = app.caller::<EditPlans>();
    let plan = create_from(&caller, region, &draft()).await.unwrap();
    publish(&caller, plan).await.unwrap();
    let indicators = detail(&app.caller::<SeePlans>(), plan).await.unwrap().indicators;
    World { region, west, east, plan, indicators: indicators.into_iter().map(|one| one.id).collect() }
}

/// Meals given by a union on a day.
pub async fn meals(app: &App, organisation: Id, count: i64, on: &str) {
    let caller = app.caller::<LoggedIn>();
    let fact = &NewFact {
        kind: "love_meal",
        organisation,
        person: None,
        group: None,
        quantity: count,
        amount_fen: 0,
        day: day(on),
        source: Source { kind: "ledger/note", id: caller.id() },
        reverses: None,
    };
    let (context, facts): (&kernel::Context, &[NewFact]) = (&caller, std::slice::from_ref(fact));
    context.unit(|unit| async move { ledger::post(&unit, context, facts).await.map(drop) }).await.unwrap();
}
