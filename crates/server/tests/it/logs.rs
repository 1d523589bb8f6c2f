//! What stands in the program's log.

use std::{
    io::{self, Write},
    sync::{Arc, Mutex},
};

use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use kernel::organisation::Level;
use testing::{App, Client};
use tower::ServiceExt;

use crate::roles::{PASSWORD, found, officer};

/// What was logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn who_was_refused_what_is_logged_by_number_and_nobody_by_name() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt().json().with_writer(move || writer.clone()).finish();
    // With a single one, tracing asks the thread that comes by first whether anybody listens, and remembers its no for all.
    let _another = tracing::Dispatch::new(tracing::subscriber::NoSubscriber::default());
    let _logged_here = tracing::subscriber::set_default(subscriber);
    App::each(&server::programmes(), async |app| {
        let root = found(&app, None, "150000", "自治区总工会", Level::Province).await;
        let mut clerk = officer(&app, "zhangsan", "业务干部", root).await;
        log.0.lock().unwrap().clear();
        assert_eq!(clerk.get("/api/v1/accounts").await.status, StatusCode::FORBIDDEN);
        let nobody = Client::new(server::router(app.house()).unwrap()).get("/api/v1/accounts").await;
        assert_eq!(nobody.status, StatusCode::UNAUTHORIZED);
        let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
        let lines = text.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
        let refused: Vec<_> =
            lines.map(|line| line["fields"].clone()).filter(|line| line["message"] == "refused").collect();
        let [first, second] = refused.as_slice() else { panic!("{text}") };
        assert!(first["who"].as_str().unwrap().starts_with("officer:"), "{first}");
        assert_eq!((&first["permission"], &second["who"]), (&"access.view".into(), &"nobody".into()));
        assert!(!first["request"].as_str().unwrap().is_empty());
        assert!(!text.contains("zhangsan"), "{text}");
        // What was answered to him is no diary of his; what was refused, by whichever guard, names him by number.
        let entered = clerk.log_in("zhangsan", PASSWORD).await;
        let cookie = entered.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
        log.0.lock().unwrap().clear();
        assert_eq!(clerk.get("/api/v1/session").await.status, StatusCode::OK);
        assert_eq!(clerk.post("/api/v1/events", &serde_json::json!({})).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let forged = Request::post("/api/v1/session/log-ins/end").header("cookie", cookie);
        let forged = server::router(app.house()).unwrap().oneshot(forged.body(Body::empty()).unwrap()).await.unwrap();
        assert_eq!(forged.status(), StatusCode::FORBIDDEN);
        let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
        let lines = text.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["fields"].clone());
        let answered: Vec<_> = lines.filter(|line| line["message"] == "answered").collect();
        let who = |at: usize| answered[at]["who"].as_str();
        assert_eq!(who(0), None, "{text}");
        assert!(who(1).unwrap().starts_with("officer:") && who(1) == who(2), "{text}");
    })
    .await;
}
