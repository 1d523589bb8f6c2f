use std::{
    future::Future,
    pin::Pin,
    sync::{Arc, Mutex},
};

use chrono::{DateTime, TimeZone, Utc};
use database::Database;
use kernel::{
    Ambient, Caller, House, Programme,
    access::SmsGateway,
    house::{Parts, Settings},
    permission::Permission,
};
use secret::{Keyring, MasterKey};
use tempfile::TempDir;

use crate::store::{self, Kind};

/// The texts that would have gone to phones: number and text.
#[derive(Clone, Default)]
pub struct SentCodes(Arc<Mutex<Vec<(String, String)>>>);

impl SentCodes {
    /// The digits of the last code sent to a number.
    #[must_use]
    pub fn last(&self, phone: &str) -> Option<String> {
        let sent = self.0.lock().unwrap();
        let (_, text) = sent.iter().rev().find(|(to, _)| to == phone)?;
        text.split(|c: char| !c.is_ascii_digit()).find(|run| run.len() == 6).map(str::to_owned)
    }
}

impl SmsGateway for SentCodes {
    fn send<'a>(
        &'a self,
        phone: &'a str,
        text: &'a str,
    ) -> Pin<Box<dyn Future<Output = Result<(), String>> + Send + 'a>> {
        self.0.lock().unwrap().push((phone.to_owned(), text.to_owned()));
        Box::pin(async { Ok(()) })
    }
}

const MASTER: &[u8] = b"0123456789abcdefghijklmnopqrstuvwxyzABCDEF";

/// A house on a fresh database, with a clock that stands at 2026-07-01 09:00 Beijing time until it is set.
pub struct App {
    house: House,
    sms: SentCodes,
    database: Database,
    server_database: Option<String>,
    _dir: TempDir,
}

impl App {
    /// A house on an SQLite file. `programmes` holds the kernel's own value and what is tested.
    pub async fn sqlite(programmes: &[Programme]) -> Self {
        Self::start(Kind::File, programmes).await
    }

    /// Runs the test on an SQLite file and then, where `make test` started one, on PostgreSQL, each fresh.
    pub async fn each<W: Future<Output = ()>>(programmes: &[Programme], test: impl Fn(Arc<Self>) -> W) {
        let kinds = [Some(Kind::File), store::server().map(|_| Kind::Server)];
        for kind in kinds.into_iter().flatten() {
            let app = Arc::new(Self::start(kind, programmes).await);
            test(app.clone()).await;
            match Arc::try_unwrap(app) {
                Ok(app) => app.close().await,
                Err(_) => panic!("the test kept its app"),
            }
        }
    }

    async fn start(kind: Kind, programmes: &[Programme]) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let names: Vec<&str> = programmes.iter().map(|programme| programme.name).collect();
        let migrations: Vec<_> = programmes.iter().map(|programme| programme.migrations).collect();
        let (settings, server_database) = store::fresh(kind, &names.join(" "), &migrations, &dir).await;
        let database = Database::open(&settings).await.unwrap();
        let now = Utc.with_ymd_and_hms(2026, 7, 1, 1, 0, 0).unwrap();
        let sms = SentCodes::default();
        let master = MasterKey::from_bytes(MASTER).unwrap();
        let house = House::new(Parts {
            database: database.clone(),
            ambient: Ambient::fixed(now, 7),
            keyring: Keyring::derive(&master, 1).unwrap(),
            settings: Settings {
                public_url: "http://127.0.0.1:8080".into(),
                files: dir.path().join("files"),
                demo: false,
                secure_cookies: false,
                trusted_proxies: Vec::new(),
            },
            programmes: programmes.to_vec(),
            sms: Arc::new(sms.clone()),
        });
        Self { house, sms, database, server_database, _dir: dir }
    }

    /// Another house on the same database, as after a restart: it knows nothing but what lies there.
    #[must_use]
    pub fn restarted(&self) -> House {
        let master = MasterKey::from_bytes(MASTER).unwrap();
        House::new(Parts {
            database: self.database.clone(),
            ambient: self.house.ambient().clone(),
            keyring: Keyring::derive(&master, 1).unwrap(),
            settings: self.house.settings().clone(),
            programmes: self.house.programmes().to_vec(),
            sms: Arc::new(self.sms.clone()),
        })
    }

    /// Whether it lies on PostgreSQL.
    #[must_use]
    pub fn is_on_server(&self) -> bool {
        self.server_database.is_some()
    }

    /// The house.
    #[must_use]
    pub fn house(&self) -> &House {
        &self.house
    }

    /// The texts that would have gone to phones.
    #[must_use]
    pub fn sms(&self) -> &SentCodes {
        &self.sms
    }

    /// A system's call that sees everything, with the permission `P`.
    #[must_use]
    pub fn caller<P: Permission>(&self) -> Caller<P> {
        Caller::system(&self.house, "a test")
    }

    /// Sets the clock.
    pub fn set_clock(&self, now: DateTime<Utc>) {
        self.house.ambient().set(now);
    }

    /// Does the jobs that are due and delivers the events, until none is left.
    pub async fn settle(&self) {
        kernel::outbox::settle(&self.house).await.unwrap();
    }

    /// Ends the test: no job may be left over, and facts and figures must agree.
    pub async fn close(self) {
        self.settle().await;
        let differences = kernel::ledger::verify(&self.caller::<kernel::permission::LoggedIn>()).await.unwrap();
        assert!(differences.is_empty(), "facts and figures disagree: {differences:#?}");
        self.house.tasks().stop().await;
        drop(self.house);
        self.database.close().await.unwrap();
        if let Some(name) = &self.server_database {
            store::drop_database(name).await;
        }
    }
}
