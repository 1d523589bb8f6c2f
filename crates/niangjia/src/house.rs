use std::{
    io::{Error, ErrorKind},
    net::SocketAddr,
    path::PathBuf,
    process::ExitCode,
    sync::Arc,
};

use database::{
    Database,
    backup::BackupFault,
    catalog,
    serving::{self, Served, Serving, ServingFault},
};
use kernel::{
    Ambient, Context, House, Problem,
    access::{self, SmsGateway, single_sign_on::IdentityProvider},
    house::Parts,
    keys::KeyFault,
};
use secret::Keyring;
use station::door::carrier::Broker;

use crate::{audit::keepers, map, master, settings::Settings};

/// What whoever went back to an older program does.
pub const NEWER: &str = "请装回较新的程序；要用旧程序，只能恢复升级前的备份";

/// Why a command could not be done; the operator reads it.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// A source of settings holds something that is no setting.
    #[error("设置有误：{0}")]
    Settings(String),
    /// The key is missing or weak.
    #[error("主密钥不可用：{0}")]
    Key(String),
    /// A file can't be read or written.
    #[error("文件 {0} 无法读写：{why}", why = words(.1))]
    File(PathBuf, Error),
    /// A new master key was added before, and is not in use yet.
    #[error("密钥文件里已有版本 {0} 的新主密钥：复制到每一台服务器后，运行 niangjia rotate-key（不带 --new-master）")]
    MasterAdded(u16),
    /// The database can't be opened or brought up to date.
    #[error("数据库：{0}。请运行 niangjia doctor，看是什么问题、怎么办")]
    Database(#[from] database::Fault),
    /// A newer program has worked on the database.
    #[error("这个数据库已由更新版本的程序升级过（{0}），本程序不能使用：{advice}", advice = NEWER)]
    Newer(String),
    /// A copy of the database was not made or not brought back.
    #[error("{0}")]
    Backup(BackupFault),
    /// Another process serves the file.
    #[error(
        "{0} 已由另一个娘家进程提供服务，不能再启动一个。服务已经启动的，不必再启动；另办一处的，用 data 换一个数据目录；\
         要由几个进程同时提供服务，须用 PostgreSQL 数据库（database = \"postgres://…\"）"
    )]
    Taken(PathBuf),
    /// A program still serves what was in a copy's place.
    #[error("还有服务在这里运行：请先停止服务（systemctl stop niangjia），再恢复")]
    Served,
    /// A use case refused.
    #[error("{0}")]
    Problem(Box<Problem>),
    /// The programmes don't fit together.
    #[error("{0}")]
    Names(#[from] server::DoubleName),
    /// The address to listen on can't be had.
    #[error("不能在 {0} 上提供服务：{why}", why = unheard(.1))]
    Listen(SocketAddr, Error),
    /// The listener failed.
    #[error("网络：{0}")]
    Network(Error),
    /// Whoever reads what is told went away.
    #[error("结果没有全部输出：{0}")]
    Output(#[from] Error),
    /// A file of checkpoints holds something else.
    #[error("检查点文件第 {0} 行不是检查点")]
    Checkpoint(usize),
    /// There is no house to do it in.
    #[error(
        "{0}还没有数据库。首次使用运行 niangjia init；已有数据的，到 niangjia.toml 所在的目录运行，\
         或核对 data 与 database 的设置（演示数据由 niangjia serve --demo 生成）"
    )]
    NoHouse(String),
    /// A first day comes once.
    #[error("库中已有工会组织，不能再次初始化")]
    NotEmpty,
    /// A job failed as often as it may be begun.
    #[error(
        "后台任务多次失败后停下了（{0}），已导入的行保留。请查看日志，排除原因后，在“导入名册”页停止这次导入，再重新开始"
    )]
    GivenUp(String),
    /// No union has this code.
    #[error("没有代码为“{0}”的工会")]
    NoUnion(String),
    /// No account has this user name.
    #[error("没有用户名为“{0}”的账号")]
    NoAccount(String),
}

impl Failure {
    /// How the program ends: a wrong setting or key stays wrong until somebody mends it, so whoever starts the program again
    /// and again need not (`EX_CONFIG` of sysexits.h); anything else may pass.
    pub fn exit(&self) -> ExitCode {
        match self {
            Self::Settings(_) | Self::Key(_) | Self::NoHouse(_) | Self::Newer(_) => ExitCode::from(78),
            _ => ExitCode::FAILURE,
        }
    }
}

/// What the system refused, as an operator says it; in its own words where it is nothing that he meets.
pub fn words(err: &Error) -> String {
    let told = match err.kind() {
        ErrorKind::NotFound => "没有这个文件或文件夹",
        ErrorKind::PermissionDenied => "没有权限，请检查它和所在文件夹的属主、权限",
        ErrorKind::IsADirectory => "这是文件夹，不是文件",
        ErrorKind::ReadOnlyFilesystem => "所在的盘是只读的",
        ErrorKind::StorageFull => "所在的盘满了",
        _ => return err.to_string(),
    };
    told.to_owned()
}

/// Why nobody can be heard at an address.
fn unheard(err: &Error) -> String {
    let told = match err.kind() {
        ErrorKind::AddrInUse => "端口已被占用。服务已经启动的，不必再启动；否则用 listen 换一个端口",
        ErrorKind::AddrNotAvailable => "这台机器没有这个地址，请核对 listen",
        ErrorKind::PermissionDenied => "1024 以下的端口普通用户不能用，请用 listen 换一个端口，由前面的代理对外",
        _ => return err.to_string(),
    };
    told.to_owned()
}

impl From<BackupFault> for Failure {
    fn from(fault: BackupFault) -> Self {
        match fault {
            BackupFault::File(path, err) => Self::File(path, err),
            other => Self::Backup(other),
        }
    }
}

impl From<ServingFault> for Failure {
    fn from(fault: ServingFault) -> Self {
        match fault {
            ServingFault::Taken(path) => Self::Taken(std::path::absolute(&path).unwrap_or(path)),
            ServingFault::File(path, err) => Self::File(path, err),
            ServingFault::Database(fault) => Self::Database(fault),
        }
    }
}

impl From<sea_orm::DbErr> for Failure {
    fn from(err: sea_orm::DbErr) -> Self {
        Self::Database(err.into())
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self::Problem(Box::new(problem))
    }
}

/// Whether a house was made where the settings say. Makes nothing.
///
/// # Errors
/// A fault of the database.
pub async fn is_there(settings: &Settings) -> Result<bool, Failure> {
    let told = database::Settings::new(settings.database_url());
    if !catalog::is_there(&told)? {
        return Ok(false);
    }
    let opened = Database::open(&told).await?;
    let found = catalog::has_schema(opened.reader()).await;
    opened.close().await?;
    Ok(found?)
}

/// Refuses where no house is: by a mistyped `data` an empty one would be made there, which is in perfect order.
///
/// # Errors
/// [`Failure::NoHouse`], or a fault of the database.
pub async fn must_be_there(settings: &Settings) -> Result<(), Failure> {
    if is_there(settings).await? { Ok(()) } else { Err(Failure::NoHouse(place(settings))) }
}

/// Where the database is looked for: whoever runs a verb in another folder than the service's finds none, and should see why.
#[must_use]
pub fn place(settings: &Settings) -> String {
    let data = std::path::absolute(&settings.data).unwrap_or_else(|_| settings.data.clone());
    // The address of a server holds a password.
    if settings.database.is_some() { "database 所指的地方".into() } else { format!("{} 里", data.display()) }
}

/// Takes it upon this process to serve the house: one on a file, any number on a server.
///
/// # Errors
/// [`Failure::Taken`], or a file that can't be written.
pub fn serve(settings: &Settings) -> Result<Serving, Failure> {
    std::fs::create_dir_all(&settings.data).map_err(|err| Failure::File(settings.data.clone(), err))?;
    Ok(serving::begin(&database::Settings::new(settings.database_url()))?)
}

/// Refuses while a program serves the file, as far as that can be seen.
///
/// # Errors
/// [`Failure::Served`], or a file that can't be read.
pub fn must_rest(settings: &Settings) -> Result<(), Failure> {
    match serving::look(&database::Settings::new(settings.database_url()))? {
        Served::Yes => Err(Failure::Served),
        Served::No | Served::Anywhere => Ok(()),
    }
}

/// Opens a house that is there, and brings it up to date.
///
/// # Errors
/// As [`must_be_there`] and [`open`].
pub async fn enter(settings: &Settings) -> Result<House, Failure> {
    must_be_there(settings).await?;
    open(settings).await
}

/// Opens the database, makes it if it is absent, brings it up to date and builds the house on it.
///
/// # Errors
/// When the settings, the key or the database don't allow it.
pub async fn open(settings: &Settings) -> Result<House, Failure> {
    open_at(settings, Ambient::system()).await
}

/// The same by another clock.
///
/// # Errors
/// As [`open`].
pub async fn open_at(settings: &Settings, ambient: Ambient) -> Result<House, Failure> {
    std::fs::create_dir_all(&settings.data).map_err(|err| Failure::File(settings.data.clone(), err))?;
    let keyring = master::keyring(settings)?;
    let database = Database::open(&database::Settings::new(settings.database_url())).await?;
    let migrations: Vec<_> = server::programmes().iter().map(|programme| programme.migrations).collect();
    if let Some(step) = catalog::apart(database.reader(), &migrations).await?.beyond.pop() {
        return Err(Failure::Newer(step));
    }
    database.migrate(&migrations).await?;
    let house = build(settings, database, keyring, ambient)?;
    kernel::keys::follow(&house).await.map_err(|fault| match fault {
        KeyFault::Database(problem) => Failure::Problem(problem),
        KeyFault::Other(_) => Failure::Key(fault.to_string()),
    })?;
    end_log_ins(settings, &house).await?;
    Ok(house)
}

/// What lies in the data folder from before a copy is brought back until its log-ins are ended.
#[must_use]
pub fn restoring(settings: &Settings) -> PathBuf {
    settings.data.join("restoring")
}

/// Ends the log-ins of a copy that was brought back, also where `restore` was broken off before it came to that.
async fn end_log_ins(settings: &Settings, house: &House) -> Result<(), Failure> {
    let mark = restoring(settings);
    if !mark.exists() {
        return Ok(());
    }
    access::end_all(&Context::system(house, "restore")).await?;
    std::fs::remove_file(&mark).map_err(|err| Failure::File(mark, err))
}

/// Builds the house on an open database, as it is.
///
/// # Errors
/// When the settings don't allow it.
pub fn build(settings: &Settings, database: Database, keyring: Keyring, ambient: Ambient) -> Result<House, Failure> {
    let sms: Arc<dyn SmsGateway> = match (&settings.sms_url, &settings.sms_key) {
        (Some(url), Some(key)) => Arc::new(server::HttpGateway::new(url.clone(), key.clone())),
        _ if settings.demo => Arc::new(server::LogGateway),
        _ => Arc::new(server::NoGateway),
    };
    let told = settings.clone();
    Ok(House::new(Parts {
        database,
        ambient,
        keyring,
        masters: Some(Arc::new(move || master::read(&told).map_err(|err| err.to_string()))),
        settings: kernel::house::Settings {
            public_url: settings.public_url(),
            files: settings.data.join("files"),
            ledger_index: settings.data.join("ledger.index"),
            demo: settings.demo,
            second_factor: settings.second_factor.unwrap_or(!settings.demo),
            secure_cookies: settings.is_https(),
            trusted_proxies: settings.trusted_proxies.clone(),
            map: map::source(settings)?,
        },
        programmes: server::programmes(),
        sms,
        checkpoint_keepers: keepers(settings),
        provider: provider(settings)?,
    }))
}

/// The unit's own sign-in, if one is set.
///
/// # Errors
/// When it is set by half, or its address is none.
pub fn provider(settings: &Settings) -> Result<Option<Arc<dyn IdentityProvider>>, Failure> {
    let Some(issuer) = &settings.oidc_issuer else { return Ok(None) };
    let Some(client_id) = &settings.oidc_client_id else {
        return Err(Failure::Settings("设置了 oidc_issuer，还须设置 oidc_client_id".into()));
    };
    let provider = server::OpenIdProvider::new(server::OpenIdSettings {
        issuer: issuer.clone(),
        client_id: client_id.clone(),
        client_secret: settings.oidc_client_secret.clone(),
        label: settings.oidc_label.clone().unwrap_or_else(|| "统一登录".into()),
        public_url: settings.public_url(),
        both_proofs: settings.oidc_both_proofs,
        acr: settings.oidc_acr.clone(),
    });
    let provider = provider.map_err(|err| Failure::Settings(format!("oidc_issuer：{err}")))?;
    Ok(Some(Arc::new(provider)))
}

/// The broker of the stations' devices, if one is set.
///
/// # Errors
/// When its address is none.
pub fn broker(settings: &Settings) -> Result<Option<Broker>, Failure> {
    let Some(url) = &settings.mqtt_url else { return Ok(None) };
    let login = settings.mqtt_user.clone().map(|user| (user, settings.mqtt_password.clone().unwrap_or_default()));
    Broker::parse(url, login).map(Some).map_err(|why| Failure::Settings(format!("mqtt_url：{why}")))
}
