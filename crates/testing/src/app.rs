use std::{
    collections::HashSet,
    future::Future,
    pin::Pin,
    sync::{Arc, Mutex},
    time::Duration,
};

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use database::Database;
use futures::StreamExt;
use kernel::{
    Ambient, Caller, Context, House, Id, Problem, Programme, Unit,
    access::{SmsGateway, single_sign_on::IdentityProvider},
    audit::checkpoint::CheckpointKeeper,
    export::{Taken, fetch},
    house::{MapSource, Parts, Settings},
    keys::Masters,
    permission::{LoggedIn, Permission},
    person::{
        self,
        merge::{MergePerson, merge},
        permissions::Merge,
    },
};
use sea_orm::{ConnectionTrait, Statement};
use secret::{Keyring, MasterKey};
use tempfile::TempDir;
use tokio::{join, sync::Notify, time::sleep};

use crate::store::{self, Kind};

/// The texts that would have gone to phones: number and text.
#[derive(Clone, Default)]
pub struct SentCodes {
    sent: Arc<Mutex<Vec<(String, String)>>>,
    refused: Arc<Mutex<HashSet<String>>>,
}

impl SentCodes {
    /// From now on no text to a number is taken.
    pub fn refuse(&self, phone: &str) {
        self.refused.lock().unwrap().insert(phone.to_owned());
    }

    /// From now on texts to a number are taken again.
    pub fn take(&self, phone: &str) {
        self.refused.lock().unwrap().remove(phone);
    }

    /// The last text sent to a number.
    #[must_use]
    pub fn last_text(&self, phone: &str) -> Option<String> {
        self.sent.lock().unwrap().iter().rev().find(|(to, _)| to == phone).map(|(_, text)| text.clone())
    }

    /// The digits of the last code sent to a number.
    #[must_use]
    pub fn last(&self, phone: &str) -> Option<String> {
        let sent = self.sent.lock().unwrap();
        let (_, text) = sent.iter().rev().find(|(to, _)| to == phone)?;
        text.split(|c: char| !c.is_ascii_digit()).find(|run| run.len() == 6).map(str::to_owned)
    }

    /// All texts to a number, the first first.
    #[must_use]
    pub fn texts(&self, phone: &str) -> Vec<String> {
        let sent = self.sent.lock().unwrap();
        sent.iter().filter(|(to, _)| to == phone).map(|(_, text)| text.clone()).collect()
    }
}

impl SmsGateway for SentCodes {
    fn send<'a>(
        &'a self,
        phone: &'a str,
        text: &'a str,
    ) -> Pin<Box<dyn Future<Output = Result<(), String>> + Send + 'a>> {
        if self.refused.lock().unwrap().contains(phone) {
            return Box::pin(async { Err("refused".to_owned()) });
        }
        self.sent.lock().unwrap().push((phone.to_owned(), text.to_owned()));
        Box::pin(async { Ok(()) })
    }
}

/// The audit chain's checkpoints that would have gone elsewhere.
#[derive(Clone, Default)]
pub struct KeptLines(Arc<Mutex<Vec<String>>>);

impl KeptLines {
    /// The lines, the oldest first.
    #[must_use]
    pub fn all(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }
}

impl CheckpointKeeper for KeptLines {
    fn keep<'a>(&'a self, line: &'a str) -> Pin<Box<dyn Future<Output = Result<(), String>> + Send + 'a>> {
        self.0.lock().unwrap().push(line.to_owned());
        Box::pin(async { Ok(()) })
    }
}

/// What a house is told at its start.
pub struct Told {
    /// As the operator sets them.
    pub settings: Settings,
    /// The unit's own sign-in.
    pub provider: Option<Arc<dyn IdentityProvider>>,
    /// Reads the master keys anew.
    pub masters: Option<Masters>,
}

/// A house on a fresh database, with a clock that stands at 2026-07-01 09:00 Beijing time until it is set.
pub struct App {
    house: House,
    sms: SentCodes,
    checkpoints: KeptLines,
    database: Database,
    opened: database::Settings,
    server_database: Option<String>,
    dir: TempDir,
}

impl App {
    /// A house on an SQLite file. `programmes` holds the kernel's own value and what is tested.
    pub async fn sqlite(programmes: &[Programme]) -> Self {
        Self::start(Kind::File, programmes, &|_| {}).await
    }

    /// Runs the test on an SQLite file and then, where `make test` started one, on PostgreSQL, each fresh.
    pub async fn each<W: Future<Output = ()>>(programmes: &[Programme], test: impl Fn(Arc<Self>) -> W) {
        Self::each_with(programmes, |_| {}, test).await;
    }

    /// The same of a house that was told something else at its start.
    pub async fn each_with<W: Future<Output = ()>>(
        programmes: &[Programme],
        told: impl Fn(&mut Told),
        test: impl Fn(Arc<Self>) -> W,
    ) {
        let kinds = [Some(Kind::File), store::server().map(|_| Kind::Server)];
        for kind in kinds.into_iter().flatten() {
            let app = Arc::new(Self::start(kind, programmes, &told).await);
            test(app.clone()).await;
            match Arc::try_unwrap(app) {
                Ok(app) => app.close().await,
                Err(_) => panic!("the test kept its app"),
            }
        }
    }

    async fn start(kind: Kind, programmes: &[Programme], told: &impl Fn(&mut Told)) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let names: Vec<&str> = programmes.iter().map(|programme| programme.name).collect();
        let migrations: Vec<_> = programmes.iter().map(|programme| programme.migrations).collect();
        let (opened, server_database) = store::fresh(kind, &names.join(" "), &migrations, &dir).await;
        let database = Database::open(&opened).await.unwrap();
        let now = Utc.with_ymd_and_hms(2026, 7, 1, 1, 0, 0).unwrap();
        let ways = (SentCodes::default(), KeptLines::default());
        let mut all = usual(&dir);
        told(&mut all);
        let house = house(database.clone(), Ambient::fixed(now, 7), &ways, programmes, all);
        let (sms, checkpoints) = ways;
        Self { house, sms, checkpoints, database, opened, server_database, dir }
    }

    /// A house as another server process has it: on the same database and by the same clock, and nothing else in common.
    /// It must be dropped before the test ends.
    pub async fn another_process(&self) -> House {
        let database = Database::open(&self.opened).await.unwrap();
        let ways = (self.sms.clone(), self.checkpoints.clone());
        house(database, self.house.ambient().clone(), &ways, self.house.programmes(), usual(&self.dir))
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

    /// The checkpoints that would have gone elsewhere.
    #[must_use]
    pub fn checkpoints(&self) -> &KeptLines {
        &self.checkpoints
    }

    /// A system's call that sees everything, with the permission `P`.
    #[must_use]
    pub fn caller<P: Permission>(&self) -> Caller<P> {
        Caller::system(&self.house, "a test")
    }

    /// How the database would look for the answer, step by step; on a file only.
    pub async fn plan(&self, question: Statement) -> Vec<String> {
        let question = Statement { sql: format!("EXPLAIN QUERY PLAN {}", question.sql), ..question };
        let steps = self.database.reader().query_all_raw(question).await.unwrap();
        steps.iter().map(|step| step.try_get("", "detail").unwrap()).collect()
    }

    /// Sets the clock.
    pub fn set_clock(&self, now: DateTime<Utc>) {
        self.house.ambient().set(now);
    }

    /// Lets time pass.
    pub fn pass(&self, time: TimeDelta) {
        self.set_clock(self.house.ambient().now() + time);
    }

    /// Does the jobs that are due and delivers the events, until none is left.
    pub async fn settle(&self) {
        kernel::outbox::settle(&self.house).await.unwrap();
    }

    /// Begins the jobs that come at intervals, and does what is due.
    pub async fn schedule(&self) {
        kernel::outbox::schedule(&self.house).await.unwrap();
        self.settle().await;
    }

    /// Does a job of this kind at once, whether it is due or not.
    ///
    /// # Errors
    /// What it fails at.
    pub async fn work(&self, kind: &str) -> Result<(), Problem> {
        let context = &Context::system(&self.house, "a test's job");
        let mut kinds = self.house.programmes().iter().flat_map(|programme| programme.jobs);
        let job = kinds.find(|job| job.code == kind).unwrap();
        (job.run)(context, "null").await
    }

    /// Changes rows as only somebody with the database's password could, by a statement that both databases read.
    pub async fn write(&self, sql: &str) {
        let context = Context::system(&self.house, "a test");
        context.unit(|unit| write(unit, sql)).await.unwrap();
    }

    /// Runs a step of the schema again whose work was undone.
    pub async fn migrate_again(&self, step: &str) {
        self.write(&format!("DELETE FROM seaql_migrations WHERE version = '{step}'")).await;
        let migrations: Vec<_> = self.house.programmes().iter().map(|programme| programme.migrations).collect();
        self.database.migrate(&migrations).await.unwrap();
    }

    /// Merges two records of one person; the second one stays.
    pub async fn merge_people(&self, from: Id, into_id: Id) {
        let form = MergePerson { into_id, reason: "同一人登记了两次".to_owned() };
        merge(&self.caller::<Merge>(), from, &form).await.unwrap();
    }

    /// Makes a person nameless.
    pub async fn erase(&self, person: Id) {
        let context = &Context::system(&self.house, "a test");
        context.unit(|unit| async move { person::erase(&unit, context, person, "asked").await }).await.unwrap();
    }

    /// What `second` answers if a unit of somebody else comes in between its reading and its own first unit: that one is begun
    /// first, and does its `work` only when a unit of `second` waits for its turn.
    pub async fn overtaken<T, W>(&self, work: impl Fn(Unit) -> W + Sync, second: impl Future<Output = T>) -> T
    where
        W: Future<Output = Result<(), Problem>> + Send,
    {
        let (context, begun) = (&Context::system(&self.house, "a test"), &Notify::new());
        let work = &work;
        let first = context.unit(|unit| async move {
            begun.notify_one();
            while !context.others_wait() {
                sleep(Duration::from_millis(1)).await;
            }
            work(unit).await
        });
        let second = async {
            begun.notified().await;
            second.await
        };
        let (done, answer) = join!(first, second);
        done.unwrap();
        answer
    }

    /// The same where the unit that comes in between writes as [`Self::write`] does.
    pub async fn overtaken_by<T>(&self, sql: &str, second: impl Future<Output = T>) -> T {
        self.overtaken(|unit| write(unit, sql), second).await
    }

    /// A file that a system's call made, as it is fetched: its name and bytes.
    pub async fn taken(&self, export: Id) -> (String, Vec<u8>) {
        let Taken { name, pieces, .. } = fetch(&self.caller::<LoggedIn>(), export).await.unwrap();
        let pieces: Vec<_> = pieces.map(|piece| piece.unwrap()).collect().await;
        (name, pieces.concat())
    }

    /// Ends the test: no job may be left over, and facts and figures must agree.
    pub async fn close(self) {
        self.settle().await;
        let differences = kernel::ledger::verify(&self.caller::<LoggedIn>()).await.unwrap();
        assert!(differences.is_empty(), "facts and figures disagree: {differences:#?}");
        self.house.tasks().stop().await;
        drop(self.house);
        self.database.close().await.unwrap();
        if let Some(name) = &self.server_database {
            store::drop_database(name).await;
        }
    }
}

/// What a house is told unless a test says otherwise.
fn usual(dir: &TempDir) -> Told {
    let settings = Settings {
        public_url: "http://127.0.0.1:8080".into(),
        files: dir.path().join("files"),
        ledger_index: dir.path().join("ledger.index"),
        demo: false,
        second_factor: false,
        secure_cookies: false,
        trusted_proxies: Vec::new(),
        map: MapSource::default(),
    };
    Told { settings, provider: None, masters: None }
}

fn house(
    database: Database,
    ambient: Ambient,
    (sms, checkpoints): &(SentCodes, KeptLines),
    programmes: &[Programme],
    told: Told,
) -> House {
    let master = MasterKey::from_bytes(b"0123456789abcdefghijklmnopqrstuvwxyzABCDEF").unwrap();
    House::new(Parts {
        database,
        ambient,
        keyring: Keyring::derive(&master, 1).unwrap(),
        masters: told.masters,
        settings: told.settings,
        provider: told.provider,
        programmes: programmes.to_vec(),
        sms: Arc::new(sms.clone()),
        checkpoint_keepers: vec![Arc::new(checkpoints.clone())],
    })
}

async fn write(unit: Unit, sql: &str) -> Result<(), Problem> {
    unit.execute_unprepared(sql).await?;
    Ok(())
}
