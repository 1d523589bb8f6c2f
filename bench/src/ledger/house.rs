//! A house on an SQLite file with the kernel alone, and the benchmark's own kinds of fact.

use std::{future::Future, path::Path, pin::Pin, sync::Arc};

use database::Database;
use kernel::{
    Ambient, House,
    access::SmsGateway,
    house::{MapSource, Parts, Settings},
    programme::Programme,
};
use secret::{Keyring, MasterKey};

use super::region::KINDS;
use crate::Outcome;

/// Nobody is written to here.
struct Silent;

impl SmsGateway for Silent {
    fn send<'a>(&'a self, _: &'a str, _: &'a str) -> Pin<Box<dyn Future<Output = Result<(), String>> + Send + 'a>> {
        Box::pin(async { Ok(()) })
    }
}

/// Opens it; makes it on the first call.
pub async fn open(dir: &Path) -> Outcome<House> {
    let url = format!("sqlite://{}?mode=rwc", dir.join("bench.sqlite").display());
    let database = Database::open(&database::Settings::new(url)).await?;
    let programmes = vec![Programme { fact_kinds: KINDS, ..kernel::own::programme() }];
    let migrations: Vec<_> = programmes.iter().map(|programme| programme.migrations).collect();
    database.migrate(&migrations).await?;
    let master = MasterKey::from_bytes(b"0123456789abcdefghijklmnopqrstuvwxyzABCDEF")?;
    Ok(House::new(Parts {
        database,
        ambient: Ambient::system(),
        keyring: Keyring::derive(&master, 1)?,
        masters: None,
        settings: Settings {
            public_url: "http://127.0.0.1:8080".into(),
            files: dir.join("files"),
            ledger_index: dir.join("ledger.index"),
            demo: true,
            second_factor: false,
            secure_cookies: false,
            trusted_proxies: Vec::new(),
            map: MapSource::default(),
        },
        programmes,
        sms: Arc::new(Silent),
        checkpoint_keepers: Vec::new(),
        provider: None,
    }))
}
