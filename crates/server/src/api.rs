//! The interface under `/api/v1`, folded from the programmes' values.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, LazyLock, Mutex, PoisonError},
};

use axum::{Extension, Router, body::Bytes, http::header, middleware, response::Html, routing::get};
use kernel::{House, Problem, Programme, problem::ProblemDocument};
use serde_json::Value;
use utoipa::{
    OpenApi,
    openapi::{
        OpenApi as Document,
        security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};

use crate::{answers, bounds, counts, health, layers, pages, rejections};

/// The programmes of this house, the kernel's own value first.
#[must_use]
pub fn programmes() -> Vec<Programme> {
    vec![
        kernel::own::programme(),
        membership::programme(),
        plan::programme(),
        benefit::programme(),
        station::programme(),
    ]
}

/// Two programmes use the same name for a kind of fact, permission, rule, job or subscription.
#[derive(Debug, thiserror::Error)]
#[error("the name {name} is given twice; the second time by {programme}")]
pub struct DoubleName {
    /// What is given twice.
    pub name: &'static str,
    /// Who gives it the second time.
    pub programme: &'static str,
}

#[derive(OpenApi)]
#[openapi(
    info(title = "娘家 Niangjia", description = "工会工作的开放平台：一本台账，件件服务当场记、个个数字查得到。"),
    components(schemas(ProblemDocument))
)]
struct Base;

/// The router of the whole program.
///
/// # Errors
/// When two programmes use the same name.
pub fn router(house: &House) -> Result<Router, DoubleName> {
    check_names(house.programmes())?;
    // First of all, so that what programmes measure from their beginning is not lost.
    let health = health::routes(house);
    let Composed { api, table, document } = composed(house.programmes());
    let page = include_str!("docs.html");
    let api = api.fallback(async || Problem::not_found());
    let door = middleware::from_fn_with_state(table, bounds::door);
    let api = api.layer((middleware::from_fn(rejections::as_problems), door)).with_state(house.clone());
    let alone = counts::Interface(Router::new().nest("/api/v1", api.clone()));
    let api = api.layer(Extension(alone));
    let is_json = [(header::CONTENT_TYPE, "application/json")];
    let router = Router::new()
        .nest("/api/v1", api)
        .route("/api/openapi.json", get(async move || (is_json, document)))
        .route("/api/docs", get(async move || Html(page)))
        .route("/api/docs.js", get(async || ([("content-type", "text/javascript")], include_str!("docs.js"))))
        .merge(health)
        .merge(Router::new().fallback(pages::page).with_state(house.clone()));
    Ok(layers::wrap(router, house))
}

/// What programmes make together, the same for each house.
#[derive(Clone)]
struct Composed {
    api: Router<House>,
    table: Arc<bounds::Table>,
    document: Bytes,
}

/// By the names of the programmes. Putting the document together takes longer than most tests, and each opens several houses.
static COMPOSED: LazyLock<Mutex<HashMap<Vec<&'static str>, Composed>>> = LazyLock::new(Mutex::default);

fn composed(programmes: &[Programme]) -> Composed {
    let names = programmes.iter().map(|programme| programme.name).collect();
    let mut all = COMPOSED.lock().unwrap_or_else(PoisonError::into_inner);
    let compose = || {
        let (api, document) = compose(programmes);
        let table = Arc::new(bounds::Table::of(&document));
        Composed { api, table, document: Bytes::from(document.to_string()) }
    };
    all.entry(names).or_insert_with(compose).clone()
}

/// The OpenAPI document of the whole interface.
#[must_use]
pub fn document(programmes: &[Programme]) -> Value {
    compose(programmes).1
}

fn compose(programmes: &[Programme]) -> (Router<House>, Value) {
    let mut router = counts::routes();
    for programme in programmes {
        router = router.merge((programme.routes)());
    }
    let (router, paths) = router.split_for_parts();
    let mut document: Document = Base::openapi().nest("/api/v1", paths);
    env!("CARGO_PKG_VERSION").clone_into(&mut document.info.version);
    let components = document.components.get_or_insert_default();
    let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
    components.add_security_scheme("bearer", SecurityScheme::Http(bearer));
    let cookie = ApiKey::Cookie(ApiKeyValue::new("niangjia_session"));
    components.add_security_scheme("session", SecurityScheme::ApiKey(cookie));
    let mut document = serde_json::to_value(document).unwrap_or_default();
    bounds::write_into(&mut document);
    answers::write_into(&mut document);
    (router, document)
}

fn check_names(programmes: &[Programme]) -> Result<(), DoubleName> {
    let mut seen = HashSet::new();
    for programme in programmes {
        let kinds = programme.fact_kinds.iter().map(|kind| ("fact", kind.code));
        let permissions = programme.permissions.iter().map(|permission| ("permission", permission.code));
        let rules = programme.rules.iter().map(|rule| ("rule", rule.code));
        let jobs = programme.jobs.iter().map(|job| ("job", job.code));
        let listeners = programme.subscriptions.iter().map(|listener| ("subscription", listener.name));
        let own = std::iter::once(("programme", programme.name));
        for entry in own.chain(kinds).chain(permissions).chain(rules).chain(jobs).chain(listeners) {
            if !seen.insert(entry) {
                return Err(DoubleName { name: entry.1, programme: programme.name });
            }
        }
    }
    Ok(())
}
