//! Logging in by the unit's own sign-in (OpenID Connect). It opens accounts that are there and bound to a subject of the
//! provider; it never makes one. The protocol itself is the server's ([`IdentityProvider`]); here stands who gets in.

mod arrive;
mod depart;
mod enter;
mod expect;
/// The tables.
pub mod migration;
mod own;
mod tables;

use std::{future::Future, pin::Pin};

use chrono::{DateTime, Utc};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::House;

pub use depart::{Departure, ProviderView};
pub use expect::{ExpectedForm, expect};
pub use own::BindingView;
pub use tables::{ActiveModel, Column, Entity, Model};

/// What a provider said of who came back from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// Which provider.
    pub issuer: String,
    /// Whom it calls so; never given to anybody else.
    pub subject: String,
    /// The e-mail address, if the provider says that it checked it.
    pub email: Option<String>,
    /// Whether it asked for two proofs.
    pub both_proofs: bool,
}

/// The random values of one departure; they come back with the browser or prove what does.
#[derive(Debug, Clone, Copy)]
pub struct Trip<'a> {
    /// Comes back in the address.
    pub state: &'a str,
    /// Comes back in the token.
    pub nonce: &'a str,
    /// Proves to the provider that it is this house that fetches the token (PKCE).
    pub verifier: &'a str,
}

type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, String>> + Send + 'a>>;

/// The unit's own sign-in.
pub trait IdentityProvider: Send + Sync {
    /// What people call it.
    fn label(&self) -> &str;
    /// Where the browser has to go.
    fn depart<'a>(&'a self, trip: Trip<'a>) -> Answer<'a, String>;
    /// Who came back with a code.
    fn arrive<'a>(&'a self, trip: Trip<'a>, code: &'a str, now: DateTime<Utc>) -> Answer<'a, Arrival>;
}

crate::refusals! {
    /// Why the unit's own sign-in does not lead in. The page has a sentence for each code.
    pub enum ProviderRefusal {
        /// No provider is set.
        None = 404 "no_provider" "本系统没有接入统一登录。",
        /// The provider doesn't answer.
        Unreachable = 503 "unreachable" "统一登录暂时连不上，请稍后再试，或先用密码登录。",
        /// The browser came back too late, without its cookie, or from elsewhere.
        Stale = 400 "stale" "统一登录超时或被打断，请重新登录。",
        /// The provider or the officer said no.
        Cancelled = 400 "cancelled" "统一登录已取消。",
        /// What came back does not prove anything.
        Unproven = 400 "unproven" "统一登录没有成功，请重试，或先用密码登录。",
        /// Nobody here is bound to the subject.
        NotBound = 403 "not_bound" "您的统一登录账号还没有与娘家账号绑定。",
        /// The account may not be used.
        Disabled = 403 "disabled" "您的娘家账号已停用，请联系本单位的安全管理员。",
        /// Too many wrong passwords.
        Locked { minutes: i64 } = 403 "locked" "账号因连续输错已锁定，请 {minutes} 分钟后再试。",
        /// Somebody else's account has it.
        BoundElsewhere = 409 "bound_elsewhere" "这个统一登录账号已绑定另一个娘家账号，请联系安全管理员。",
    }
}

/// The use cases of the unit's own sign-in over HTTP.
pub(super) fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(depart::get_provider, depart::post_provider))
        .routes(routes!(arrive::get_return))
        .routes(routes!(own::get_binding, own::post_binding, own::delete_binding))
        .routes(routes!(expect::put_account_provider, expect::delete_account_provider))
}
