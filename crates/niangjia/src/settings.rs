use std::{collections::BTreeMap, net::SocketAddr, path::PathBuf};

use clap::Args;
use figment::{
    Figment,
    error::Kind,
    providers::{Env, Format, Serialized, Toml},
};
use ipnet::IpNet;
use serde::{Deserialize, Serialize};

use crate::house::Failure;

/// Settings that are no text, each with how it is written. All others are taken from the environment as they stand: a
/// password of digits is no number.
const TYPED: [(&str, &str); 6] = [
    ("demo", YES_OR_NO),
    ("second_factor", YES_OR_NO),
    ("oidc_both_proofs", YES_OR_NO),
    ("oidc_acr", TEXTS),
    ("trusted_proxies", "方括号里的网段，如 [\"127.0.0.1/32\"]"),
    ("map_tiles", TEXTS),
];
const YES_OR_NO: &str = "true 或 false";
const TEXTS: &str = "方括号里的文字，如 [\"…\", \"…\"]";

/// How a setting is written that is no text.
fn typed(name: &str) -> Option<&'static str> {
    TYPED.iter().find(|(typed, _)| *typed == name).map(|(_, written)| *written)
}

/// What the command line gives; what is absent comes from the environment, the file, or a default.
#[derive(Args, Serialize)]
pub struct Given {
    /// 用演示数据（数据目录里另有一个库），不碰正式数据
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
    /// A file that holds the master key as hex or base64, and perhaps newer ones, each on a line of its own behind the
    /// version that it begins with; the default is `master.key` in `data`.
    pub key_file: Option<PathBuf>,
    /// What would stand in that file, for machines that hand secrets over by the environment; never from `niangjia.toml`.
    #[serde(skip_serializing)]
    pub key: Option<String>,
    /// Whether the rulebook's word on second factors holds; the default is yes, but not in the demo.
    pub second_factor: Option<bool>,
    /// The SMS gateway's address; without one, codes stand in the log, which only the demo allows.
    pub sms_url: Option<String>,
    /// The SMS gateway's key.
    #[serde(skip_serializing)]
    pub sms_key: Option<String>,
    /// A folder on another machine or medium, to whose `niangjia-checkpoints.txt` each day's checkpoint is added.
    pub checkpoint_dir: Option<PathBuf>,
    /// Where each day's checkpoint is sent by `POST`, as a line of text.
    pub checkpoint_url: Option<String>,
    /// The OpenID Connect provider's address; the unit's own sign-in is off without.
    pub oidc_issuer: Option<String>,
    /// What the provider calls this house.
    pub oidc_client_id: Option<String>,
    /// What this house proves itself with to the provider.
    #[serde(skip_serializing)]
    pub oidc_client_secret: Option<String>,
    /// What people call the unit's own sign-in.
    #[serde(default)]
    pub oidc_label: Option<String>,
    /// Whether the provider asks everybody for two proofs, so that none is asked for here.
    #[serde(default)]
    pub oidc_both_proofs: bool,
    /// Values of `acr` that mean that the provider asked for two proofs.
    #[serde(default)]
    pub oidc_acr: Vec<String>,
    /// The MQTT broker of the stations' devices (`mqtt://host:1883`); their doors stay shut without.
    pub mqtt_url: Option<String>,
    /// What the broker knows this house as.
    pub mqtt_user: Option<String>,
    /// What this house proves itself with to the broker.
    #[serde(skip_serializing)]
    pub mqtt_password: Option<String>,
    /// The proxies in front, as networks (`127.0.0.1/32`): only they are believed when they name whom they speak for.
    #[serde(default)]
    pub trusted_proxies: Vec<IpNet>,
    /// Addresses of a licensed map's tiles with `{z}`, `{x}` and `{y}`, the lowest layer first; phones show stations on it.
    #[serde(default)]
    pub map_tiles: Vec<String>,
    /// Whose map it is and its licence number (审图号), shown beside it.
    pub map_notice: Option<String>,
    /// A GeoJSON file of divisions' outlines, which phones draw where no tiles are.
    pub map_outlines: Option<PathBuf>,
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
            second_factor: None,
            sms_url: None,
            sms_key: None,
            checkpoint_dir: None,
            checkpoint_url: None,
            oidc_issuer: None,
            oidc_client_id: None,
            oidc_client_secret: None,
            oidc_label: None,
            oidc_both_proofs: false,
            oidc_acr: Vec::new(),
            mqtt_url: None,
            mqtt_user: None,
            mqtt_password: None,
            trusted_proxies: Vec::new(),
            map_tiles: Vec::new(),
            map_notice: None,
            map_outlines: None,
        }
    }
}

impl Settings {
    /// Reads all sources.
    ///
    /// # Errors
    /// When a source holds something that is no setting.
    pub fn read(given: &Given) -> Result<Self, Failure> {
        let file = Toml::file("niangjia.toml");
        if Figment::from(&file).contains("key") {
            let why =
                "主密钥不能写在 niangjia.toml 里：请放进单独的密钥文件（key_file），或由环境变量 NIANGJIA_KEY 给出";
            return Err(Failure::Settings(why.into()));
        }
        let told = Env::prefixed("NIANGJIA_").filter(|key| key != "log" && !key.starts_with("test_"));
        let texts = told.iter().map(|(name, text)| (name.as_str().to_owned(), text.trim().to_owned()));
        let texts: BTreeMap<String, String> = texts.filter(|(name, _)| typed(name).is_none()).collect();
        Figment::from(Serialized::defaults(Self::default()))
            .merge(file)
            .merge(Serialized::defaults(texts))
            .merge(told.filter(|name| typed(&name.as_str().to_ascii_lowercase()).is_some()))
            .merge(Serialized::defaults(given))
            .extract::<Self>()
            .map_err(|err| Failure::Settings(words(&err)))?
            .whole()
    }

    /// Refuses an address without its beginning: codes that carry it would lead nowhere once they are printed.
    fn whole(self) -> Result<Self, Failure> {
        let addresses = [
            ("public_url", &self.public_url),
            ("sms_url", &self.sms_url),
            ("checkpoint_url", &self.checkpoint_url),
            ("oidc_issuer", &self.oidc_issuer),
        ];
        let is_half = |url: &str| !has_beginning(url);
        let half = addresses.into_iter().find(|(_, url)| url.as_deref().is_some_and(is_half)).map(|(name, _)| name);
        match half {
            Some(name) => {
                Err(Failure::Settings(format!("{name} 须是完整的网址，以 https:// 开头；不用的，删去这一项")))
            }
            None => Ok(self),
        }
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

    /// Where the master keys lie, unless the environment holds them.
    #[must_use]
    pub fn key_path(&self) -> PathBuf {
        self.key_file.clone().unwrap_or_else(|| self.data.join("master.key"))
    }

    /// Whether people reach the program by TLS.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.public_url().starts_with("https://")
    }
}

/// Whether an address on the web says by what it is reached.
pub fn has_beginning(url: &str) -> bool {
    ["https://", "http://"].iter().any(|beginning| url.starts_with(beginning))
}

/// What is wrong with a setting, and how it is written; the reader would say by what line of this program it was taken in.
fn words(wrong: &figment::Error) -> String {
    if let Kind::UnknownField(name, all) = &wrong.kind {
        let all = all.join("、");
        return format!("没有名为 {name} 的设置（niangjia.toml 或环境变量 NIANGJIA_…），可用的是：{all}");
    }
    let Some(name) = wrong.path.first() else { return format!("niangjia.toml 读不懂：{wrong}") };
    let name = name.to_ascii_lowercase();
    let form = match name.as_str() {
        "listen" => "地址和端口，如 127.0.0.1:8080",
        other => typed(other).unwrap_or("引号里的文字"),
    };
    let variable = name.to_ascii_uppercase();
    format!("{name} 写得不对（niangjia.toml 或环境变量 NIANGJIA_{variable}），应是{form}")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    const PAGE: &str = include_str!("../../../docs/operating.md");

    #[test]
    fn the_page_for_operators_names_each_setting_and_no_other() {
        let section = PAGE.split("## ").find(|section| section.starts_with("Settings")).unwrap();
        let rows = section.lines().filter(|line| line.starts_with("| `"));
        // What stands between backticks in the first column.
        let names = rows.flat_map(|row| row.split('|').nth(1).unwrap().split('`').skip(1).step_by(2));
        let told: BTreeSet<&str> = names.collect();
        // Whoever sets what is none is told all there are.
        let refused = Figment::from(Serialized::default("none_of_these", true)).extract::<Settings>().unwrap_err();
        let Kind::UnknownField(_, all) = &refused.kind else { panic!("{refused}") };
        assert_eq!(told, all.iter().copied().collect());
    }
}
