//! A small region to test in.

use codes::document::DocumentKind;
use kernel::{
    Id, Programme,
    organisation::{
        Kind, Level,
        create::{self, NewOrganisation},
        form::OrganisationForm,
        permissions::Manage,
    },
    permission::LoggedIn,
    person::{self, NewPerson},
};
use station::{
    permissions::{AppointMasters, KeepStations},
    posts::appoint::{Appointment, appoint},
    register::{
        create::create as write_down,
        form::{Partner, StationAccess, StationForm},
        position::Position,
        state,
        view::StationView,
    },
    rules::hours::OpeningHours,
};
use testing::{
    App,
    people::{name, number, phone},
};

pub fn programmes() -> Vec<Programme> {
    vec![kernel::own::programme(), station::programme()]
}

pub async fn found(app: &App, parent: Option<Id>, code: &str, name: &str, level: Level) -> Id {
    let form = OrganisationForm {
        division: (code.len() == 6).then(|| code.to_owned()),
        founded_on: Some("2020-01-01".parse().unwrap()),
        ..OrganisationForm::new(code, name, Kind::Federation)
    };
    create::create(&app.caller::<Manage>(), &NewOrganisation { parent_id: parent, level, form }).await.unwrap().id
}

/// A city with a district; the district's key.
pub async fn district(app: &App) -> Id {
    let province = found(app, None, "150000", "自治区总工会", Level::Province).await;
    let city = found(app, Some(province), "150200", "包头市总工会", Level::Prefecture).await;
    found(app, Some(city), "150202", "东河区总工会", Level::County).await
}

pub async fn person(app: &App, n: u32, organisation_id: Id) -> Id {
    let new = &NewPerson {
        name: name(n),
        document_kind: DocumentKind::CitizenNumber,
        document_number: number(n),
        phone: Some(phone(n)),
        worker_group: Some("courier".into()),
        organisation_id,
    };
    let caller = &app.caller::<LoggedIn>();
    let known = caller.unit(|unit| async move { Ok(person::register(&unit, caller, new).await?.id) });
    known.await.unwrap()
}

pub fn form(organisation_id: Id, code: &str) -> StationForm {
    StationForm {
        organisation_id,
        code: code.into(),
        name: format!("东河驿站{code}"),
        kind: station::register::form::StationKind::Shared,
        access: StationAccess::Everyone,
        host: Some("建设银行东河支行".into()),
        division: Some("150202".into()),
        address: "巴彦塔拉大街1号".into(),
        position: Some(position("gcj02")),
        area: 36,
        capacity: 20,
        service_line: Some("0472-4123456".into()),
        hours: OpeningHours::read("周一至周五 08:30-18:00；周六 09:00-12:00").unwrap(),
        partners: vec![Partner { name: "东河区司法局".into(), gives: "每周三律师值班".into() }],
        photos: vec![],
        items: vec!["microwave".into(), "charger".into(), "haircut".into()],
    }
}

pub fn position(system: &str) -> Position {
    serde_json::from_value(serde_json::json!({ "longitude": 110.046, "latitude": 40.576, "system": system })).unwrap()
}

pub async fn station(app: &App, union: Id, code: &str) -> StationView {
    write_down(&app.caller::<KeepStations>(), form(union, code)).await.unwrap()
}

/// A station that serves, and who answers for it.
pub async fn open_station(app: &App, union: Id, code: &str, n: u32) -> (StationView, Id) {
    let made = station(app, union, code).await;
    let master = person(app, n, union).await;
    let post = Appointment { person_id: master, role: station::posts::PostRole::Master, from_day: None };
    appoint(&app.caller::<AppointMasters>(), made.id, &post).await.unwrap();
    (state::open(&app.caller::<KeepStations>(), made.id).await.unwrap(), master)
}
