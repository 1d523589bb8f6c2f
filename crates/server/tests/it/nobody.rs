//! Who is not logged in gets 401 from every operation but those that are written down here as open to everyone.

use axum::{
    body::Body,
    http::{Method, Request, StatusCode},
};
use kernel::organisation::Level;
use testing::{App, Client};
use tower::ServiceExt;

use crate::{
    document::{document, filled, operations},
    roles::{PASSWORD, found, officer},
};

#[tokio::test]
async fn what_is_open_to_everyone_is_listed() {
    let open: Vec<_> = operations(&document())
        .into_iter()
        .filter(|(_, _, operation)| operation["x-permission"] == "everyone")
        .map(|(method, path, _)| format!("{method} {path}"))
        .collect();
    insta::assert_json_snapshot!(open);
}

#[tokio::test]
async fn nobody_gets_in_elsewhere() {
    App::each(&server::programmes(), async |app| {
        let mut client = Client::new(server::router(app.house()).unwrap());
        for (method, path, operation) in operations(&document()) {
            if operation["x-permission"] == "everyone" {
                continue;
            }
            let kind = Method::from_bytes(method.as_bytes()).unwrap();
            let headers = [("content-type", "application/json")];
            let answer = client.send(kind, &filled(&path), &headers, Body::from("{}")).await;
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{method} {path}");
            assert_eq!(answer.code(), "unauthenticated", "{method} {path}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_problem_carries_its_trace_number_and_answers_carry_security_headers() {
    App::each(&server::programmes(), async |app| {
        let mut client = Client::new(server::router(app.house()).unwrap());
        let answer = client.get("/api/v1/nothing-here").await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        assert_eq!(answer.json()["trace_id"].as_str().unwrap(), answer.headers["x-request-id"]);
        assert_eq!(answer.headers["x-content-type-options"], "nosniff");
        let policy = answer.headers["content-security-policy"].to_str().unwrap();
        assert!(!policy.contains("'self'"), "what is asked for opens nothing: {policy}");
        let file = client.get("/assets/nothing-here.js").await;
        assert_eq!(file.headers["content-security-policy"], policy, "nor does what a page brings in");
        let page = client.get("/api/docs").await;
        for answer in [&answer, &page] {
            let policy = answer.headers["content-security-policy"].to_str().unwrap();
            for part in ["default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"] {
                assert!(policy.split("; ").any(|own| own == part), "{part} is not in {policy}");
            }
            assert!(!policy.contains("unsafe"), "{policy}");
        }
        let policy = page.headers["content-security-policy"].to_str().unwrap();
        assert!(policy.split("; ").any(|own| own == "script-src 'self'"), "{policy}");
        assert!(page.headers["permissions-policy"].to_str().unwrap().contains("microphone=()"));
        assert_eq!(page.headers["cross-origin-opener-policy"], "same-origin");
        assert_eq!(answer.headers["referrer-policy"], "same-origin");
        // What is said of people stays in no cache.
        assert_eq!(answer.headers["cache-control"], "no-store");
        assert_eq!(client.get("/healthz").await.status, StatusCode::OK);
        assert_eq!(client.get("/readyz").await.status, StatusCode::OK);
    })
    .await;
}

/// A page of another site makes a browser send its cookies along, but no header of ours.
#[tokio::test]
async fn what_another_site_has_a_browser_send_changes_nothing() {
    App::each(&server::programmes(), async |app| {
        let root = found(&app, None, "150000", "自治区总工会", Level::Province).await;
        let entered = officer(&app, "officer", "业务干部", root).await.log_in("officer", PASSWORD).await;
        let cookie = entered.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap();
        for (method, status) in [("GET", 200), ("DELETE", 403), ("GET", 200)] {
            let request = Request::builder().method(method).uri("/api/v1/session").header("cookie", cookie);
            let router = server::router(app.house()).unwrap();
            let answer = router.oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
            assert_eq!(answer.status().as_u16(), status, "{method}");
        }
    })
    .await;
}

#[tokio::test]
async fn who_came_by_tls_is_told_to_come_by_nothing_else() {
    App::each_with(
        &server::programmes(),
        |told| told.settings.secure_cookies = true,
        async |app| {
            let answer = Client::new(server::router(app.house()).unwrap()).get("/healthz").await;
            assert_eq!(answer.headers["strict-transport-security"], "max-age=31536000");
        },
    )
    .await;
}
