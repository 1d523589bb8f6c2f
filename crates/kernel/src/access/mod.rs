//! Accounts, roles, sessions, tokens: who is calling and what he may do.

mod account_session;
pub mod accounts;
mod actors;
mod attempt;
mod bootstrap;
mod change_password;
pub mod codes;
mod cookie;
pub(crate) mod device;
mod failures;
mod find_session;
mod held;
mod identify;
mod known_phone;
pub mod limits;
mod log_in;
/// The tables.
pub mod migration;
mod nobodies;
pub mod numbers;
pub mod offices;
mod own_log_ins;
mod password;
pub mod permissions;
mod power;
mod restored;
pub mod roles;
pub mod second_factor;
pub mod sessions;
pub mod single_sign_on;
mod tables;
pub mod tokens;
pub mod worker;

use std::{future::Future, pin::Pin};

use database::Id;

use crate::{Actor, Problem, Scope, permission::Who};

pub use account_session::{Place, Session, routes};
pub use actors::Actors;
pub use bootstrap::{Officer, bootstrap, first_day};
pub use change_password::{ExpiredPassword, NewPassword, change, change_expired};
pub use held::places_held;
pub(crate) use identify::identify;
pub use log_in::{Entered, LogIn, LogInRefusal, log_in};
pub use permissions::ALL as PERMISSIONS;
pub use power::HandOutRefusal;
pub use restored::end_all;
pub use tables::{account, grant, past_password, role, session, token};

/// Sends one-time codes to phones.
pub trait SmsGateway: Send + Sync {
    /// Sends a short text; the number is the normal form of a mainland mobile number.
    fn send<'a>(
        &'a self,
        phone: &'a str,
        text: &'a str,
    ) -> Pin<Box<dyn Future<Output = Result<(), String>> + Send + 'a>>;
}

/// That a log-in or a token was used is written down for the rules that end them. Where the disk or the database takes
/// nothing, who is known reads on: a log-in that is not seen to be used only ends the sooner.
///
/// # Errors
/// A fault that doesn't pass by itself.
pub(crate) fn unless_unwritable(written: Result<(), Problem>) -> Result<(), Problem> {
    written.or_else(|problem| if problem.trouble().is_some() { Ok(()) } else { Err(problem) })
}

/// Who was found to be calling, with all that his roles give.
#[derive(Debug, Clone)]
pub struct Identity {
    /// Who.
    pub actor: Actor,
    /// Permission code and the place it holds at, one for each permission of each role.
    pub grants: Vec<(String, Id)>,
}

impl Identity {
    /// The organisations below which the caller holds the permission of this code, which asks who he must be.
    ///
    /// # Errors
    /// 401 if a log-in is needed, 403 if the permission is not held anywhere.
    pub(crate) fn scope_for(&self, must_be: Who, permission: &str) -> Result<Scope, Problem> {
        match (must_be, &self.actor) {
            (Who::Anyone, _) => Ok(Scope::under(Vec::new())),
            (_, Actor::Nobody) => Err(Problem::unauthenticated()),
            (Who::LoggedIn, _) | (Who::Worker, Actor::Worker { .. }) => Ok(self.everywhere()),
            (Who::Worker, _) | (Who::Officer, Actor::Worker { .. }) => Err(Problem::forbidden()),
            (Who::Officer, _) => {
                let roots: Vec<Id> =
                    self.grants.iter().filter(|(code, _)| code == permission).map(|(_, at)| *at).collect();
                if roots.is_empty() { Err(Problem::forbidden()) } else { Ok(Scope::under(roots)) }
            }
        }
    }

    /// The organisations below which the caller holds any permission.
    fn everywhere(&self) -> Scope {
        Scope::under(self.grants.iter().map(|(_, at)| *at).collect())
    }
}
