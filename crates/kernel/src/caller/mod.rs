//! Who calls, what he may see, and the only way to the database.

mod address;
mod asker;
mod extract;
pub(crate) mod once;
mod scope;
mod sent;
mod trace;

use std::{collections::HashSet, marker::PhantomData, ops::Deref};

use chrono::{DateTime, NaiveDate, Utc};
use database::{Connection, Id, Unit};
use futures::future::BoxFuture;
use serde::{Serialize, de::DeserializeOwned};

pub use asker::Asker;
pub use scope::{Find, Scope, above, below, below_any, below_by};
pub(crate) use sent::Said;
pub use sent::Sent;
pub use trace::{Act, Trace};

use crate::{House, Problem, audit, outbox::Lease, permission::Permission, person};

/// Who acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// Nobody is logged in.
    Nobody,
    /// An officer's account.
    Officer {
        /// The account's key.
        account: Id,
    },
    /// Another system, by a bearer token.
    Token {
        /// The token's key.
        token: Id,
    },
    /// A worker, by his phone.
    Worker {
        /// The worker's key among the people.
        person: Id,
    },
    /// The program itself: a job or a command.
    System {
        /// Why, as the audit chain shows it.
        reason: &'static str,
    },
}

impl Actor {
    /// The actor as one word, for audit rows and idempotency keys.
    #[must_use]
    pub fn word(&self) -> String {
        match self {
            Self::Nobody => "nobody".to_owned(),
            Self::Officer { account } => format!("officer:{account}"),
            Self::Token { token } => format!("token:{token}"),
            Self::Worker { person } => format!("worker:{person}"),
            Self::System { reason } => format!("system:{reason}"),
        }
    }

    /// The officer's account whom a [`word`](Self::word) names, if it names one.
    #[must_use]
    pub fn officer(word: &str) -> Option<Id> {
        word.strip_prefix("officer:")?.parse().ok()
    }

    /// The other system's token that a [`word`](Self::word) names, if it names one.
    #[must_use]
    pub fn token(word: &str) -> Option<Id> {
        word.strip_prefix("token:")?.parse().ok()
    }

    /// The worker whom a [`word`](Self::word) names, if it names one.
    #[must_use]
    pub fn worker(word: &str) -> Option<Id> {
        word.strip_prefix("worker:")?.parse().ok()
    }
}

/// One call: who, when, within what scope, and the way to the database. Kernel functions take it by reference.
#[derive(Clone)]
pub struct Context {
    house: House,
    actor: Actor,
    scope: Scope,
    now: DateTime<Utc>,
    /// `Idempotency-Key` with who sent it to which operation.
    once: Option<String>,
    /// What was sent under it, where that can be told.
    sent: Option<Sent>,
    /// The caller's network address, for the audit chain.
    address: Option<String>,
    /// The caller's device in words, for the list of his log-ins.
    device: Option<String>,
    /// The permissions held anywhere.
    permissions: Vec<String>,
    /// For a job: the claim under which it is done.
    lease: Option<Lease>,
    /// Where it is noted what the call leaves, if whoever sent it wants to know.
    trace: Option<Trace>,
}

impl Context {
    /// The running program's shared value.
    #[must_use]
    pub fn house(&self) -> &House {
        &self.house
    }

    /// Who acts.
    #[must_use]
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// What the caller may see with this permission.
    #[must_use]
    pub fn scope(&self) -> &Scope {
        &self.scope
    }

    /// The instant of the call, fixed before any unit of work starts.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// The Beijing day of the call.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        calendar::beijing_day(self.now)
    }

    /// A new key.
    #[must_use]
    pub fn id(&self) -> Id {
        self.house.ambient().id()
    }

    /// The codes of the permissions that the caller holds anywhere, for menus.
    #[must_use]
    pub fn permissions(&self) -> &[String] {
        &self.permissions
    }

    /// The caller's network address, if he came over HTTP.
    #[must_use]
    pub fn address(&self) -> Option<&str> {
        self.address.as_deref()
    }

    /// The caller's device in words, if he came over HTTP.
    #[must_use]
    pub fn device(&self) -> Option<&str> {
        self.device.as_deref()
    }

    /// The officer's account that calls.
    ///
    /// # Errors
    /// 403 if it is no officer.
    pub fn account(&self) -> Result<Id, Problem> {
        match self.actor {
            Actor::Officer { account } => Ok(account),
            _ => Err(Problem::forbidden()),
        }
    }

    /// The worker who calls.
    ///
    /// # Errors
    /// 401 if it is no worker.
    pub fn person(&self) -> Result<Id, Problem> {
        match self.actor {
            Actor::Worker { person } => Ok(person),
            _ => Err(Problem::unauthenticated()),
        }
    }

    /// The connections for questions.
    #[must_use]
    pub fn read(&self) -> &Connection {
        self.house.database().reader()
    }

    /// Runs `work` as one unit of work (see [`database::Database::unit`]). A call sent again with the same
    /// `Idempotency-Key` changes nothing and gets the first call's answer.
    ///
    /// # Errors
    /// What `work` refuses, after which nothing of it is kept.
    pub async fn unit<T, W>(&self, work: impl Fn(Unit) -> W + Sync) -> Result<T, Problem>
    where
        W: Future<Output = Result<T, Problem>> + Send,
        T: Serialize + DeserializeOwned + Send,
    {
        let work = &work;
        let once = |unit: Unit| async move {
            if let Some(given) = self.given_before(&unit).await? {
                return once::read(&given);
            }
            let answer = work(unit.clone()).await?;
            if let Some(trace) = &self.trace {
                trace.note_changed(unit.has_written());
            }
            once::keep(&unit, self, &answer)?;
            Ok(answer)
        };
        self.house.database().unit(once).await
    }

    /// The answer of the same call before, if this process, and this worker, may still act. Boxed, so that it is compiled once
    /// and not in each unit of work.
    fn given_before<'a>(&'a self, unit: &'a Unit) -> BoxFuture<'a, Result<Option<String>, Problem>> {
        Box::pin(async move {
            if let Some(lease) = &self.lease {
                lease.check(unit, self.house.ambient().now()).await?;
            }
            // Since he was recognised his record may have been merged or made nameless, and with it his log-in ended: what is
            // written for it now would be nobody's.
            if let Actor::Worker { person } = self.actor
                && !person::gone(unit, &[person]).await?.is_empty()
            {
                return Err(Problem::unauthenticated());
            }
            once::given(unit, self).await
        })
    }

    /// Names this call among all, the same each time it is sent again: SM3 of who sent it to which operation under which
    /// `Idempotency-Key`. For a use case that answers many calls by one unit and keeps it with its own rows.
    #[must_use]
    pub fn fingerprint(&self) -> Option<String> {
        self.once.as_ref().map(|once| secret::digest::sm3_hex(once.as_bytes()))
    }

    /// Keeps what this call is answered, for a use case that answers many calls by one unit of its own: sent again, the call
    /// gets it from [`Context::unit`].
    ///
    /// # Errors
    /// A fault.
    pub fn keep_answer(&self, unit: &Unit, answer: &impl Serialize) -> Result<(), Problem> {
        once::keep(unit, self, answer)
    }

    /// Takes the answer back that was kept for this call: what was to follow its unit did not, and the call sent again is to
    /// do it.
    ///
    /// # Errors
    /// A fault of the database.
    pub(crate) async fn forget_answer(&self) -> Result<(), Problem> {
        let Some(fingerprint) = self.fingerprint() else { return Ok(()) };
        let (apart, fingerprint) = (self.apart(), &fingerprint);
        apart.unit(|unit| async move { once::forget(&unit, fingerprint).await }).await
    }

    /// Which of these calls ([`Context::fingerprint`]) have a kept answer.
    ///
    /// # Errors
    /// A fault of the database.
    pub async fn answered(unit: &Unit, fingerprints: Vec<String>) -> Result<HashSet<String>, Problem> {
        once::kept(unit, fingerprints).await
    }

    /// Whether units of work wait for the writer now, so that long work had better take small steps.
    #[must_use]
    pub fn others_wait(&self) -> bool {
        self.house.database().others_wait()
    }

    /// Notes an act that goes into the audit chain, if whoever sent the call wants to know.
    pub(crate) fn note_act(&self, code: &str) {
        if let Some(trace) = &self.trace {
            let label = audit::label(&self.house, code).to_owned();
            trace.note_act(Act { code: code.to_owned(), label });
        }
    }

    /// The same call without its `Idempotency-Key`, for a unit that only notes something beside the one that is answered.
    #[must_use]
    pub(crate) fn apart(&self) -> Self {
        Self { once: None, ..self.clone() }
    }

    /// The same call, known by its `Idempotency-Key` alone, for what a device may send again with more in it than at first.
    #[must_use]
    pub fn whatever_was_sent(&self) -> Self {
        Self { sent: None, ..self.clone() }
    }

    /// The same call in the scope of `roots` that a public code lends (an event's unions, a worker's own union).
    #[must_use]
    pub fn lent(&self, roots: Vec<Id>) -> Self {
        Self { scope: Scope::under(roots), ..self.clone() }
    }

    /// The program's own call, for jobs and commands; it sees everything, and `reason` stands in the audit chain.
    #[must_use]
    pub fn system(house: &House, reason: &'static str) -> Self {
        let actor = Actor::System { reason };
        let now = house.ambient().now();
        Self {
            house: house.clone(),
            actor,
            scope: Scope::everything(),
            now,
            once: None,
            sent: None,
            address: None,
            device: None,
            permissions: Vec::new(),
            lease: None,
            trace: None,
        }
    }

    /// The program's own call for a job: each of its units first sees whether the job is still this process's own.
    pub(crate) fn of_job(house: &House, kind: &'static str, lease: Lease) -> Self {
        Self { lease: Some(lease), ..Self::system(house, kind) }
    }
}

/// A call whose permission `P` was checked: the only thing that gives handlers a unit of work.
pub struct Caller<P> {
    context: Context,
    permission: PhantomData<P>,
}

impl<P: Permission> Caller<P> {
    /// The program's own call as if it held the permission, for jobs, commands and tests.
    #[must_use]
    pub fn system(house: &House, reason: &'static str) -> Self {
        Self { context: Context::system(house, reason), permission: PhantomData }
    }
}

impl<P> Deref for Caller<P> {
    type Target = Context;

    fn deref(&self) -> &Context {
        &self.context
    }
}
