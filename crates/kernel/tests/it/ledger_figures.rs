//! Figures from the index against the slow count from facts, on both databases, while the tree, people and facts change.

use chrono::{Days, NaiveDate};
use kernel::{
    Context, Id, Problem,
    ledger::{self, By, FigureQuery, Figures, NewFact, Source, Tree},
    organisation::{
        Kind, Level,
        create::{NewOrganisation, create},
        form::OrganisationForm,
        permissions::{Manage, Reshape},
        relocate::{MoveUnder, relocate},
    },
    own,
};
use testing::App;

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A small region: a province over two leagues, each over two banners.
pub struct Region {
    pub province: Id,
    pub leagues: [Id; 2],
    pub banners: [Id; 4],
}

pub async fn found(app: &App, parent_id: Option<Id>, level: Level, code: &str) -> Id {
    let form = OrganisationForm::new(code, &format!("{code}总工会"), Kind::Federation);
    let form = OrganisationForm { founded_on: Some(day("2020-01-01")), ..form };
    create(&app.caller::<Manage>(), &NewOrganisation { parent_id, level, form }).await.unwrap().id
}

impl Region {
    pub async fn found(app: &App) -> Self {
        let province = found(app, None, Level::Province, "150000").await;
        let mut leagues = Vec::new();
        let mut banners = Vec::new();
        for league in ["150100", "150200"] {
            leagues.push(found(app, Some(province), Level::Prefecture, league).await);
            for banner in 1..=2 {
                let code = format!("{}0{banner}", &league[..4]);
                banners.push(found(app, leagues.last().copied(), Level::County, &code).await);
            }
        }
        Self { province, leagues: leagues.try_into().unwrap(), banners: banners.try_into().unwrap() }
    }
}

pub fn fact(organisation: Id, kind: &'static str, person: Option<Id>, day: NaiveDate) -> NewFact {
    NewFact {
        kind,
        organisation,
        person,
        group: Some("courier".to_owned()),
        quantity: 1,
        amount_fen: 250,
        day,
        source: Source { kind: "test/row", id: Id(1) },
        reverses: None,
    }
}

pub async fn post(context: &Context, facts: &[NewFact]) -> Vec<Id> {
    context.unit(|unit| async move { ledger::post(&unit, context, facts).await }).await.unwrap()
}

pub async fn reverse(context: &Context, fact: Id) -> Result<Id, Problem> {
    let source = || Source { kind: "test/row", id: Id(2) };
    context.unit(|unit| async move { ledger::reverse(&unit, context, fact, source()).await }).await
}

pub fn ask(organisation: Id, by: By, tree: Tree) -> FigureQuery {
    let (kinds, groups) = (Vec::new(), Vec::new());
    FigureQuery { organisation, kinds, groups, from: day("2026-01-01"), to: day("2026-12-31"), tree, by }
}

async fn people(context: &Context, organisation: Id, tree: Tree) -> u64 {
    ledger::figures(context, &ask(organisation, By::None, tree)).await.unwrap().items[0].people
}

/// All ways to ask, answered both ways; what has nothing in it is left out, and order makes no difference.
async fn agree(context: &Context, region: &Region) {
    let told = |figures: Figures| {
        let mut items = figures.items;
        items.retain(|item| (item.person_times, item.people, item.items, item.amount_fen) != (0, 0, 0, 0));
        items.sort_by(|a, b| a.key.cmp(&b.key));
        items
    };
    let (mut queries, mut answers) = (Vec::new(), Vec::new());
    let organisations = [region.province].into_iter().chain(region.leagues).chain(region.banners);
    for organisation in organisations {
        for tree in [Tree::Dated, Tree::Today] {
            for by in [By::None, By::Organisation, By::Kind, By::Group, By::Month, By::Day] {
                let query = ask(organisation, by, tree);
                let quick = ledger::figures(context, &query).await.unwrap();
                let slow = ledger::figures_as_of(context, &query, quick.cut_off).await.unwrap();
                assert_eq!(told(quick.clone()), told(slow), "{query:?}");
                queries.push(query);
                answers.push(quick);
            }
        }
    }
    assert_eq!(ledger::figures_of(context, &queries).await.unwrap(), answers);
}

#[tokio::test]
async fn figures_follow_facts_moves_merges_and_reversals() {
    App::each(&[own::programme()], |app| async move {
        let region = Region::found(&app).await;
        let context = &app.caller::<Manage>();
        let [a, b, c, _] = region.banners;
        let (ann, bao) = (Some(Id(11)), Some(Id(12)));
        let first = post(
            context,
            &[
                fact(a, "legal_outreach", ann, day("2026-03-02")),
                fact(b, "legal_outreach", ann, day("2026-03-09")),
                fact(b, "love_meal", bao, day("2026-03-09")),
                fact(c, "health_check", bao, day("2026-06-30")),
            ],
        )
        .await;
        agree(context, &region).await;
        // Served in two banners, counted once for the league.
        assert_eq!(people(context, region.leagues[0], Tree::Dated).await, 2);
        assert_eq!(people(context, region.province, Tree::Dated).await, 2);

        // A banner goes to the other league in May: the past stays, today's tree shows it where it is now.
        let to = MoveUnder { parent_id: region.leagues[1], day: day("2026-05-01") };
        relocate(&app.caller::<Reshape>(), b, &to).await.unwrap();
        post(
            context,
            &[
                fact(b, "love_meal", Some(Id(13)), day("2026-05-01")),
                fact(b, "love_meal", Some(Id(14)), day("2026-04-30")),
            ],
        )
        .await;
        agree(context, &region).await;
        assert_eq!(people(context, region.leagues[0], Tree::Dated).await, 3);
        assert_eq!(people(context, region.leagues[0], Tree::Today).await, 1);

        // Two people are one.
        context.unit(|unit| async move { ledger::merge_people(&unit, context, Id(12), Id(11)).await }).await.unwrap();
        agree(context, &region).await;
        assert_eq!(people(context, region.leagues[0], Tree::Dated).await, 2);

        // What is taken back never was, but only once.
        reverse(context, first[3]).await.unwrap();
        agree(context, &region).await;
        assert_eq!(people(context, c, Tree::Dated).await, 0);
        let again = reverse(context, first[3]).await;
        assert_eq!(again.unwrap_err().code, "already_reversed");
    })
    .await;
}

#[tokio::test]
async fn a_cut_off_gives_the_same_figures_for_ever() {
    App::each(&[own::programme()], |app| async move {
        let region = Region::found(&app).await;
        let context = &app.caller::<Manage>();
        let ids = post(context, &[fact(region.banners[0], "love_meal", Some(Id(5)), day("2026-06-01"))]).await;
        let query = ask(region.province, By::Organisation, Tree::Dated);
        let then = ledger::figures(context, &query).await.unwrap();
        // Later writes carry a later moment even though the clock stands still.
        post(context, &[fact(region.banners[2], "love_meal", Some(Id(6)), day("2026-06-01"))]).await;
        reverse(context, ids[0]).await.unwrap();
        let now = ledger::figures(context, &query).await.unwrap();
        assert_ne!(now.items, then.items);
        assert_eq!(ledger::figures_as_of(context, &query, then.cut_off).await.unwrap(), then);
    })
    .await;
}

#[tokio::test]
async fn figures_catch_up_after_each_unit() {
    App::each(&[own::programme()], |app| async move {
        let region = Region::found(&app).await;
        let context = &app.caller::<Manage>();
        for round in 0..5_u32 {
            let facts: Vec<NewFact> = (0..30)
                .map(|n| {
                    let person = Some(Id(100 + i64::from(n % 7)));
                    let on = day("2026-01-15") + Days::new(u64::from((n * 13 + round * 29) % 160));
                    fact(region.banners[(n % 4) as usize], "consolation_visit", person, on)
                })
                .collect();
            post(context, &facts).await;
            agree(context, &region).await;
        }
        let balance = ledger::balance(context, region.province, &["consolation_visit"], &[], day("2026-12-31")).await;
        assert_eq!(balance.unwrap(), 150);
    })
    .await;
}
