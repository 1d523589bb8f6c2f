//! Fresh databases, each a copy of a template that the real migrations made once in this process.

use std::{
    collections::HashMap,
    path::PathBuf,
    sync::{
        Arc, LazyLock,
        atomic::{AtomicU32, Ordering},
    },
};

use database::{Database, Migrations, Settings};
use sea_orm::{ConnectionTrait, DatabaseConnection};
use tempfile::TempDir;
use tokio::sync::Mutex;

/// Which database a test runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    File,
    Server,
}

/// Where `make test` started PostgreSQL, for instance `postgres://postgres@127.0.0.1:54321`.
pub(crate) fn server() -> Option<String> {
    let server = std::env::var("NIANGJIA_TEST_POSTGRES").ok();
    assert!(
        server.is_some() || std::env::var_os("CI").is_none(),
        "CI must set NIANGJIA_TEST_POSTGRES: `make test` does"
    );
    server
}

/// Templates by kind and by the names of the crates whose migrations they hold.
type Templates = HashMap<(u8, String), Arc<Template>>;

enum Template {
    File(TempDir),
    Server(String),
}

static TEMPLATES: LazyLock<Mutex<Templates>> = LazyLock::new(Mutex::default);
static NEXT: AtomicU32 = AtomicU32::new(0);

/// A fresh, migrated database and the folder that dies with it.
pub(crate) async fn fresh(
    kind: Kind,
    names: &str,
    migrations: &[Migrations],
    dir: &TempDir,
) -> (Settings, Option<String>) {
    let template = template(kind, names, migrations).await;
    match &*template {
        Template::File(template) => {
            let path = dir.path().join("niangjia.sqlite");
            std::fs::copy(file(template), &path).unwrap();
            (Settings::file(&path), None)
        }
        Template::Server(template) => {
            let name = format!("{template}_{}", NEXT.fetch_add(1, Ordering::Relaxed));
            // Copying needs the template to itself, so copies are made one at a time.
            let _turn = TEMPLATES.lock().await;
            admin().await.execute_unprepared(&format!("CREATE DATABASE {name} TEMPLATE {template}")).await.unwrap();
            (few_connections(Settings::new(format!("{}/{name}", server().unwrap()))), Some(name))
        }
    }
}

/// Removes a server database after its test.
pub(crate) async fn drop_database(name: &str) {
    admin().await.execute_unprepared(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await.unwrap();
}

fn few_connections(settings: Settings) -> Settings {
    Settings { readers: 3, ..settings }
}

fn file(dir: &TempDir) -> PathBuf {
    dir.path().join("template.sqlite")
}

async fn template(kind: Kind, names: &str, migrations: &[Migrations]) -> Arc<Template> {
    let mut templates = TEMPLATES.lock().await;
    let key = (kind as u8, names.to_owned());
    if let Some(template) = templates.get(&key) {
        return template.clone();
    }
    let template = match kind {
        Kind::File => {
            let dir = tempfile::tempdir().unwrap();
            migrate(&Settings::file(&file(&dir)), migrations).await;
            Template::File(dir)
        }
        Kind::Server => {
            let name = format!("template_{}_{}", std::process::id(), templates.len());
            let admin = admin().await;
            admin.execute_unprepared(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await.unwrap();
            admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
            migrate(&few_connections(Settings::new(format!("{}/{name}", server().unwrap()))), migrations).await;
            Template::Server(name)
        }
    };
    let template = Arc::new(template);
    templates.insert(key, template.clone());
    template
}

async fn migrate(settings: &Settings, migrations: &[Migrations]) {
    let database = Database::open(settings).await.unwrap();
    database.migrate(migrations).await.unwrap();
    database.close().await.unwrap();
}

#[expect(clippy::disallowed_methods, reason = "making and dropping databases is no unit of work")]
async fn admin() -> DatabaseConnection {
    let mut options = sea_orm::ConnectOptions::new(format!("{}/postgres", server().unwrap()));
    options.max_connections(1).sqlx_logging(false);
    sea_orm::Database::connect(options).await.unwrap()
}
