//! A small region to test in.

use chrono::NaiveDate;
use codes::document::DocumentKind;
use kernel::{
    Id, Programme,
    ledger::balance,
    organisation::{
        Kind, Level,
        create::{self, NewOrganisation},
        form::OrganisationForm,
        permissions::{Manage, ManageWorkforce},
        platform::{
            Rank,
            keep::{self as platforms, PlatformForm},
        },
    },
    person::{self, NewPerson},
};
use membership::{
    Newcomer,
    apply::{ApplicationAnswer, NewApplication, apply},
    approve::{Approve, approve},
    permissions::{ApproveMembers, SeeEnrolment, TakeApplications},
};
use sea_orm::{ConnectionTrait, Statement};
use testing::App;
pub use testing::people::{name, number, phone};

pub fn programmes() -> Vec<Programme> {
    vec![kernel::own::programme(), membership::programme()]
}

/// The word that the database answers.
pub async fn word(app: &App, sql: &str) -> String {
    let caller = app.caller::<SeeEnrolment>();
    let asked = Statement::from_string(caller.read().get_database_backend(), sql);
    caller.read().query_one_raw(asked).await.unwrap().unwrap().try_get("", "word").unwrap()
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub struct Region {
    pub county: Id,
    pub riders: Id,
    pub couriers: Id,
}

async fn found(app: &App, parent: Option<Id>, code: &str, name: &str, level: Level) -> Id {
    let kind = if level == Level::Grassroots { Kind::JointUnion } else { Kind::Federation };
    founded_for(app, parent, (code, name), (level, kind), None).await
}

/// A grassroots union, or another organisation of the grassroots, below an organisation, founded for an employer.
pub async fn union_of(app: &App, parent: Id, employer: Id, (code, kind): (&str, Kind)) -> Id {
    founded_for(app, Some(parent), (code, "示例公司工会"), (Level::Grassroots, kind), Some(employer)).await
}

async fn founded_for(
    app: &App,
    parent: Option<Id>,
    (code, name): (&str, &str),
    (level, kind): (Level, Kind),
    employer: Option<Id>,
) -> Id {
    let form = OrganisationForm {
        division: (code.len() == 6).then(|| code.to_owned()),
        employer_id: employer,
        founded_on: Some(day("2020-01-01")),
        ..OrganisationForm::new(code, name, kind)
    };
    let new = NewOrganisation { parent_id: parent, level, form };
    create::create(&app.caller::<Manage>(), &new).await.unwrap().id
}

/// A county with a union of riders and a union of couriers.
pub async fn region(app: &App) -> Region {
    let province = found(app, None, "150000", "自治区总工会", Level::Province).await;
    let league = found(app, Some(province), "152200", "兴安盟总工会", Level::Prefecture).await;
    let county = found(app, Some(league), "152201", "乌兰浩特市总工会", Level::County).await;
    let riders = found(app, Some(county), "152201-R", "乌兰浩特市骑手联合工会", Level::Grassroots).await;
    let couriers = found(app, Some(county), "152201-K", "乌兰浩特市快递员联合工会", Level::Grassroots).await;
    Region { county, riders, couriers }
}

/// A platform company.
pub async fn company(app: &App, name: &str, rank: Rank) -> Id {
    let form = PlatformForm { name: name.into(), rank, credit_code: None };
    platforms::create(&app.caller::<ManageWorkforce>(), &form).await.unwrap().id
}

pub fn application(n: u32, organisation_id: Id) -> NewApplication {
    NewApplication {
        name: name(n),
        document_kind: "citizen_number".into(),
        document_number: number(n),
        phone: Some(phone(n)),
        group: "delivery_rider".into(),
        organisation_id,
        employer: None,
        platform_id: None,
        event_id: None,
    }
}

pub async fn applied(app: &App, n: u32, organisation: Id) -> ApplicationAnswer {
    apply(&app.caller::<TakeApplications>(), &application(n, organisation)).await.unwrap()
}

/// Applies and is approved.
pub async fn member(app: &App, n: u32, organisation: Id) -> Id {
    let id = applied(app, n, organisation).await.id;
    let all = Approve { ids: Some(vec![id]), rule: None };
    let answer = approve(&app.caller::<ApproveMembers>(), &all).await.unwrap();
    assert_eq!((answer.approved, answer.refused.len()), (1, 0));
    id
}

/// How many members the ledger counts below an organisation today.
pub async fn members(app: &App, organisation: Id) -> i64 {
    let caller = app.caller::<SeeEnrolment>();
    balance(&caller, organisation, &["membership"], &[], caller.today()).await.unwrap()
}

pub fn newcomer(n: u32, organisation_id: Id, since: &str) -> Newcomer {
    let person = NewPerson {
        name: name(n),
        document_kind: DocumentKind::CitizenNumber,
        document_number: number(n),
        phone: Some(phone(n)),
        worker_group: Some("courier".into()),
        organisation_id,
    };
    let checked = person::check(&person, day("2026-07-01")).unwrap();
    Newcomer { person, checked, platform_id: None, employer: None, member_since: day(since) }
}
