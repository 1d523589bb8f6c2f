use std::{fs::OpenOptions, io::Write, net::SocketAddr, os::unix::fs::OpenOptionsExt, path::PathBuf};

use clap::Args;
use figment::{
    Figment,
    providers::{Env, Format, Serialized, Toml},
};
use ipnet::IpNet;
use secret::MasterKey;
use serde::{Deserialize, Serialize};

use crate::house::Failure;

/// What the command line gives; what is absent comes from the environment, the file, or a default.
#[derive(Args, Serialize)]
pub struct Given {
    /// 以演示数据启动
    #[arg(long, global = true)]
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    demo: bool,
    /// 数据目录
    #[arg(long, global = true, value_name = "DIR")]
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<PathBuf>,
    /// 数据库地址：sqlite:///文件 或 postgres://用户@主机/库；默认是数据目录下的 SQLite 文件
    #[arg(long, global = true, value_name = "URL")]
    #[serde(skip_serializing_if = "Option::is_none")]
    database: Option<String>,
    /// 监听地址
    #[arg(long, global = true, value_name = "ADDR")]
    #[serde(skip_serializing_if = "Option::is_none")]
    listen: Option<SocketAddr>,
}

/// What the program was told, all sources together.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Whether to start with demo data.
    pub demo: bool,
    /// Where files lie.
    pub data: PathBuf,
    /// The database's address; the default is an SQLite file in `data`.
    pub database: Option<String>,
    /// Where to listen.
    pub listen: SocketAddr,
    /// Where people reach the program; the default is the listening address.
    pub public_url: Option<String>,
    /// A file that holds the master key as hex or base64; the default is `master.key` in `data`.
    pub key_file: Option<PathBuf>,
    /// The master key itself, for machines that hand secrets over by the environment.
    #[serde(skip_serializing)]
    pub key: Option<String>,
    /// The SMS gateway's address; without one, codes stand in the log, which only the demo allows.
    pub sms_url: Option<String>,
    /// The SMS gateway's key.
    #[serde(skip_serializing)]
    pub sms_key: Option<String>,
    /// A folder on another machine or medium, to whose `niangjia-checkpoints.txt` each day's checkpoint is added.
    pub checkpoint_dir: Option<PathBuf>,
    /// Where each day's checkpoint is sent by `POST`, as a line of text.
    pub checkpoint_url: Option<String>,
    /// The proxies in front, as networks (`127.0.0.1/32`): only they are believed when they name whom they speak for.
    #[serde(default)]
    pub trusted_proxies: Vec<IpNet>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            demo: false,
            data: "data".into(),
            database: None,
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            public_url: None,
            key_file: None,
            key: None,
            sms_url: None,
            sms_key: None,
            checkpoint_dir: None,
            checkpoint_url: None,
            trusted_proxies: Vec::new(),
        }
    }
}

impl Settings {
    /// Reads all sources.
    ///
    /// # Errors
    /// When a source holds something that is no setting.
    pub fn read(given: &Given) -> Result<Self, Failure> {
        Figment::from(Serialized::defaults(Self::default()))
            .merge(Toml::file("niangjia.toml"))
            .merge(Env::prefixed("NIANGJIA_").filter(|key| key != "log" && !key.starts_with("test_")))
            .merge(Serialized::defaults(given))
            .extract()
            .map_err(|err| Failure::Settings(err.to_string()))
    }

    /// The database's address. The demo has a file of its own, so that it never meets real data.
    #[must_use]
    pub fn database_url(&self) -> String {
        let name = if self.demo { "demo.sqlite" } else { "niangjia.sqlite" };
        self.database.clone().unwrap_or_else(|| format!("sqlite://{}", self.data.join(name).display()))
    }

    /// Where people reach the program, without a slash at the end.
    #[must_use]
    pub fn public_url(&self) -> String {
        let url = self.public_url.clone().unwrap_or_else(|| format!("http://{}", self.listen));
        url.trim_end_matches('/').to_owned()
    }

    /// The master key. The demo makes one on first use; elsewhere a missing or weak key stops the start.
    ///
    /// # Errors
    /// When there is no key, or a weak one.
    pub fn master_key(&self) -> Result<MasterKey, Failure> {
        if let Some(key) = &self.key {
            return MasterKey::from_text(key.trim()).map_err(|err| Failure::Key(err.to_string()));
        }
        if self.demo {
            self.make_key()?;
        }
        let path = self.key_path();
        let text = std::fs::read_to_string(&path).map_err(|err| Failure::File(path, err))?;
        MasterKey::from_text(text.trim()).map_err(|err| Failure::Key(err.to_string()))
    }

    /// Writes a new master key that only its owner may read, unless there is a key already. Gives the file if it wrote one.
    ///
    /// # Errors
    /// When the file can't be written.
    pub fn make_key(&self) -> Result<Option<PathBuf>, Failure> {
        let path = self.key_path();
        if self.key.is_some() || path.exists() {
            return Ok(None);
        }
        let bytes: [u8; 32] = kernel::Ambient::system().bytes();
        let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        let write = || {
            path.parent().map_or(Ok(()), std::fs::create_dir_all)?;
            let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path)?;
            file.write_all(hex.as_bytes())?;
            file.sync_all()
        };
        write().map_err(|err| Failure::File(path.clone(), err))?;
        Ok(Some(path))
    }

    fn key_path(&self) -> PathBuf {
        self.key_file.clone().unwrap_or_else(|| self.data.join("master.key"))
    }
}
