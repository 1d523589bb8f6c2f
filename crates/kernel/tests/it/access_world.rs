//! Officers and a client for the tests of access.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::net::{IpAddr, SocketAddr};

use axum::{Extension, Router, extract::ConnectInfo};
use kernel::{
    Id,
    access::{self, Officer},
    permission::LoggedIn,
};
use testing::{App, Client};

pub const PASSWORD: &str = "Niangjia-2026";

/// Makes an account with one of the first day's roles.
pub async fn officer(app: &App, username: &str, role: &'static str, organisation: Id) -> Id {
    let officer = Officer {
        username: username.into(),
        name: username.into(),
        password: PASSWORD.into(),
        role,
        organisation,
        must_change: false,
    };
    access::bootstrap(&app.caller::<LoggedIn>(), &officer).await.unwrap()
}

/// A browser that nobody is logged in with.
pub fn client(app: &App) -> Client {
    Client::new(router(app))
}

/// A browser behind a network address.
pub fn client_at(app: &App, address: impl Into<IpAddr>) -> Client {
    Client::new(router(app).layer(Extension(ConnectInfo(SocketAddr::from((address, 4000))))))
}

/// A browser with an officer logged in.
pub async fn logged_in(app: &App, username: &str) -> Client {
    let mut client = client(app);
    let answer = client.log_in(username, PASSWORD).await;
    assert!(answer.status.is_success(), "{username}: {}", answer.json());
    client
}

fn router(app: &App) -> Router {
    let (router, _) = (kernel::own::programme().routes)().split_for_parts();
    Router::new().nest("/api/v1", router).with_state(app.house().clone())
}
