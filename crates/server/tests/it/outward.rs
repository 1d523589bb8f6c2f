//! What the house hands to others goes where the operator said, and nowhere else.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use axum::{Router, extract::State, response::Redirect, routing::post};
use kernel::{access::SmsGateway, audit::checkpoint::CheckpointKeeper};
use server::{HttpGateway, HttpKeeper};

async fn take(State(taken): State<Arc<AtomicUsize>>) -> &'static str {
    taken.fetch_add(1, Ordering::Relaxed);
    "taken"
}

#[tokio::test]
async fn what_is_sent_on_elsewhere_stays_here_and_was_not_taken() {
    let taken = Arc::new(AtomicUsize::new(0));
    let router = Router::new()
        .route("/taken", post(take))
        .route("/moved", post(async || Redirect::temporary("/taken")))
        .with_state(taken.clone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    #[expect(clippy::disallowed_methods, reason = "it ends with the test")]
    tokio::spawn(async move { axum::serve(listener, router).await });

    for (place, is_taken) in [("taken", true), ("moved", false)] {
        let url = format!("http://{address}/{place}");
        let text = HttpGateway::new(url.clone(), "key".into()).send("13800000000", "您的验证码").await;
        let line = HttpKeeper::new(url).keep("niangjia-checkpoint/1").await;
        assert_eq!((text.is_ok(), line.is_ok(), taken.load(Ordering::Relaxed)), (is_taken, is_taken, 2), "{place}");
    }
}
