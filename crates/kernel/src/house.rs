//! The running program's one shared value, the router's state. It lends no connection: that takes a [`crate::Caller`].

use std::{
    any::{Any, TypeId},
    collections::HashMap,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};

use axum::body::Bytes;
use database::Database;
use ipnet::IpNet;
use secret::Keyring;

use crate::{
    Ambient, Programme,
    access::{SmsGateway, limits::Limits, single_sign_on::IdentityProvider},
    audit::checkpoint::CheckpointKeeper,
    etag,
    keys::Masters,
    ledger::Index,
    outbox::Live,
    tasks::Tasks,
};

/// What the program was told at its start.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where people reach the program, without a slash at the end; QR codes carry it.
    pub public_url: String,
    /// Where attachments and files for download lie.
    pub files: PathBuf,
    /// The file in which the ledger's index is kept between two runs.
    pub ledger_index: PathBuf,
    /// Whether generated people are shown and log-ins are told on the page.
    pub demo: bool,
    /// Whether the rulebook's word on second factors holds; a demo's log-in stays one step.
    pub second_factor: bool,
    /// Whether session cookies travel over TLS only.
    pub secure_cookies: bool,
    /// The proxies that are believed when they name whom they speak for (`X-Forwarded-For`).
    pub trusted_proxies: Vec<IpNet>,
    /// The map that pages may show.
    pub map: MapSource,
}

/// What pages draw places on: a map of somebody's, as its licence asks, and outlines that need none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MapSource {
    /// Addresses of its tiles with `{z}`, `{x}` and `{y}`, the lowest layer first; none for no map. Web Mercator tiles of
    /// 256 pixels that are drawn in WGS-84 or CGCS2000, so that positions needn't be converted.
    pub tiles: Vec<String>,
    /// Whose map it is and its licence number (审图号), shown beside it.
    pub notice: String,
    /// Outlines of divisions, drawn where no tiles are.
    pub outlines: Option<Outlines>,
}

/// A checked file of outlines, as it is handed out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outlines {
    /// GeoJSON in WGS-84.
    pub json: Bytes,
    /// By which a browser asks whether what it keeps still holds.
    pub tag: String,
}

impl Outlines {
    /// Outlines of this text.
    #[must_use]
    pub fn new(json: String) -> Self {
        Self { tag: etag::content_tag(&json), json: json.into() }
    }
}

/// What a house is built from.
pub struct Parts {
    /// The open database, its schema up to date.
    pub database: Database,
    /// The clock and the random source.
    pub ambient: Ambient,
    /// The keys for secrets, blind indexes and signed tokens.
    pub keyring: Keyring,
    /// Reads the master keys anew, where they may change while the program runs.
    pub masters: Option<Masters>,
    /// What the program was told at its start.
    pub settings: Settings,
    /// The programmes, the kernel's own value first.
    pub programmes: Vec<Programme>,
    /// Sends one-time codes.
    pub sms: Arc<dyn SmsGateway>,
    /// Take the audit chain's checkpoints elsewhere, each day.
    pub checkpoint_keepers: Vec<Arc<dyn CheckpointKeeper>>,
    /// The unit's own sign-in, if there is one.
    pub provider: Option<Arc<dyn IdentityProvider>>,
}

struct Inner {
    parts: Parts,
    index: Index,
    live: Live,
    tasks: Tasks,
    limits: Limits,
    /// What programmes keep in this process, by type.
    here: Mutex<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>,
}

/// The running program's shared value. Clones share it.
#[derive(Clone)]
pub struct House(Arc<Inner>);

impl House {
    /// Builds the house. The ledger's index fills itself from the facts when it is first asked.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        let limits = Limits::new(&parts.ambient);
        let (index, live, tasks) = (Index::default(), Live::default(), Tasks::default());
        Self(Arc::new(Inner { parts, index, live, tasks, limits, here: Mutex::default() }))
    }

    /// The clock and the random source.
    #[must_use]
    pub fn ambient(&self) -> &Ambient {
        &self.0.parts.ambient
    }

    /// The keys for secrets, blind indexes and signed tokens.
    #[must_use]
    pub fn keyring(&self) -> &Keyring {
        &self.0.parts.keyring
    }

    pub(crate) fn masters(&self) -> Option<&Masters> {
        self.0.parts.masters.as_ref()
    }

    /// What the program was told at its start.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.0.parts.settings
    }

    /// The programmes, the kernel's own value first.
    #[must_use]
    pub fn programmes(&self) -> &[Programme] {
        &self.0.parts.programmes
    }

    /// Sends one-time codes.
    #[must_use]
    pub fn sms(&self) -> &dyn SmsGateway {
        &*self.0.parts.sms
    }

    /// Take the audit chain's checkpoints elsewhere.
    #[must_use]
    pub fn checkpoint_keepers(&self) -> &[Arc<dyn CheckpointKeeper>] {
        &self.0.parts.checkpoint_keepers
    }

    /// The unit's own sign-in, if there is one.
    #[must_use]
    pub fn provider(&self) -> Option<&dyn IdentityProvider> {
        self.0.parts.provider.as_deref()
    }

    /// Tells live pages that something changed.
    #[must_use]
    pub fn live(&self) -> &Live {
        &self.0.live
    }

    /// Background tasks that end with the server.
    #[must_use]
    pub fn tasks(&self) -> &Tasks {
        &self.0.tasks
    }

    /// How often one address, account or phone may try.
    #[must_use]
    pub fn limits(&self) -> &Limits {
        &self.0.limits
    }

    /// What a programme keeps in this process and nowhere else (a queue, a short memory): one value a type, made when it is
    /// first asked for. Whatever another process would miss belongs into a table.
    #[must_use]
    pub fn here<T: Default + Send + Sync + 'static>(&self) -> Arc<T> {
        let mut here = self.0.here.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = here.entry(TypeId::of::<T>()).or_insert_with(|| Arc::<T>::default()).clone();
        kept.downcast().unwrap_or_default()
    }

    pub(crate) fn index(&self) -> &Index {
        &self.0.index
    }

    pub(crate) fn database(&self) -> &Database {
        &self.0.parts.database
    }
}
