//! Each operation × each role of a house's first day, through the router: who gets in is held in the snapshot, so an
//! operation without an expectation, or one that opens to another role, fails.

use std::collections::BTreeMap;

use axum::{
    body::Body,
    http::{Method, StatusCode},
};
use kernel::{
    Id,
    access::{self, Officer},
    organisation::{
        Kind, Level,
        create::{self, NewOrganisation},
        form::OrganisationForm,
        permissions::Manage,
    },
    permission::LoggedIn,
};
use testing::{App, Client};

use crate::document::{document, filled, operations};

pub(crate) const PASSWORD: &str = "Niangjia-2026";
/// User name and role.
pub(crate) const OFFICERS: &[(&str, &str)] = &[
    ("system", "系统管理员"),
    ("security", "安全管理员"),
    ("audit", "审计管理员"),
    ("officer", "业务干部"),
    ("leader", "只读领导"),
];

/// Founds a union.
pub(crate) async fn found(app: &App, parent: Option<Id>, code: &str, name: &str, level: Level) -> Id {
    let form = OrganisationForm::new(code, name, Kind::Federation);
    create::create(&app.caller::<Manage>(), &NewOrganisation { parent_id: parent, level, form }).await.unwrap().id
}

/// Makes an account with one of the first day's roles and logs it in.
pub(crate) async fn officer(app: &App, username: &str, role: &'static str, organisation: Id) -> Client {
    let officer = Officer {
        username: username.into(),
        name: username.into(),
        password: PASSWORD.into(),
        role,
        organisation,
        must_change: false,
    };
    access::bootstrap(&app.caller::<LoggedIn>(), &officer).await.unwrap();
    let mut client = Client::new(server::router(app.house()).unwrap());
    let answer = client.log_in(username, PASSWORD).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT, "{username}: {}", answer.json());
    client
}

#[tokio::test]
async fn each_operation_opens_to_the_roles_that_hold_its_permission() {
    App::each(&server::programmes(), async |app| {
        let root = found(&app, None, "150000", "自治区总工会", Level::Province).await;
        let mut expected: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for (username, role) in OFFICERS {
            let mut client = officer(&app, username, role, root).await;
            for (method, path, operation) in operations(&document()) {
                let permission = operation["x-permission"].as_str().unwrap();
                if ["everyone", "logged_in", "oneself"].contains(&permission) {
                    continue;
                }
                let roles = expected.entry(format!("{method} {path} ({permission})")).or_default();
                let kind = Method::from_bytes(method.as_bytes()).unwrap();
                let headers = [("content-type", "application/json"), ("if-match", "\"0\"")];
                let answer = client.send(kind, &filled(&path), &headers, Body::from("{}")).await;
                assert_ne!(answer.status, StatusCode::UNAUTHORIZED, "{role} {method} {path}");
                assert!(!answer.status.is_server_error(), "{role} {method} {path}: {}", answer.json());
                if answer.status == StatusCode::FORBIDDEN {
                    assert_eq!(answer.code(), "forbidden", "{role} {method} {path}");
                } else {
                    roles.push(role);
                }
            }
        }
        insta::assert_json_snapshot!("who_may_call_what", expected);
    })
    .await;
}
