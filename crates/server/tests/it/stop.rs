//! What is under way when the program is told to stop, or when a caller goes away.

use std::{convert::Infallible, time::Duration};

use axum::{
    Router,
    response::sse::{Event, Sse},
    routing::get,
};
use futures::{StreamExt, poll, stream};
use kernel::House;
use serde_json::json;
use testing::{App, Client, people};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::oneshot,
    time::timeout,
};

use crate::join::hall;

/// A live page that says one thing and then goes on until the program stops, as the hall's wall does.
fn live(house: &House) -> Router {
    let stopping = house.tasks().stopping();
    let watch = move || {
        let stopping = stopping.clone();
        let said = stream::once(async { Ok::<_, Infallible>(Event::default().data("said")) });
        let stream = said.chain(stream::pending()).take_until(async move { stopping.cancelled().await });
        async { Sse::new(stream) }
    };
    Router::new().route("/live", get(watch))
}

#[tokio::test]
async fn a_live_page_does_not_hold_the_program_up() {
    let app = App::sqlite(&server::programmes()).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (tell, told) = oneshot::channel::<()>();
    let program = server::serve(app.house(), live(app.house()), listener, async move { told.await.unwrap_or(()) });
    let watch = async move {
        let mut watcher = TcpStream::connect(address).await.unwrap();
        watcher.write_all(b"GET /live HTTP/1.1\r\nhost: wall\r\n\r\n").await.unwrap();
        let mut heard = String::new();
        while !heard.contains("data: said") {
            let mut some = [0; 1024];
            let read = watcher.read(&mut some).await.unwrap();
            assert_ne!(read, 0, "the stream ended early: {heard}");
            heard.push_str(&String::from_utf8_lossy(&some[..read]));
        }
        tell.send(()).unwrap();
        // Goes on listening, so that it is not this end that closes.
        watcher.read_to_end(&mut Vec::new()).await.unwrap();
    };
    let both = async { tokio::join!(program, watch).0 };
    timeout(Duration::from_secs(10), both).await.expect("stops though somebody watches").unwrap();
}

#[tokio::test]
async fn whose_connection_breaks_while_his_code_is_written_is_sent_it() {
    let app = App::sqlite(&server::programmes()).await;
    let hall = hall(&app).await;
    let mut phone = Client::new(server::router(app.house()).unwrap());
    let path = format!("/api/v1/public/events/{}/code", hall.code);
    let number = json!({ "phone": people::phone(1) });
    {
        let asking = std::pin::pin!(phone.post(&path, &number));
        assert!(poll!(asking).is_pending());
    }
    app.house().tasks().stop().await;
    assert!(app.sms().last(&people::phone(1)).is_some());
}
