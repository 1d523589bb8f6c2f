//! The door: one program with verbs. Every setting has a default and can come from the command line, the environment
//! (`NIANGJIA_…`) or `niangjia.toml`, in this order.

mod audit;
mod backup;
mod check;
mod demo;
mod device;
mod doctor;
mod house;
mod import;
mod init;
mod jobs;
mod map;
mod master;
mod rotate;
mod serve;
mod settings;
mod skip;
mod verify;

use std::{io::IsTerminal, path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};
use database::Id;
use settings::{Given, Settings};
use tracing_subscriber::EnvFilter;

#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

#[derive(Parser)]
#[command(name = "niangjia", version, about = "娘家：工会工作的开放平台")]
struct Arguments {
    #[command(flatten)]
    given: Given,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// 启动服务
    Serve,
    /// 首次使用：生成主密钥、最上级工会和第一批账号，显示各账号的一次性密码
    Init(init::Top),
    /// 为一个账号重设一次性密码（所有安全管理员都忘记密码时用）
    Password {
        /// 用户名
        username: String,
        /// 同时移除他的动态口令（手机和恢复码都丢了时用）
        #[arg(long)]
        without_phone: bool,
    },
    /// 检查名册：每行输出一条 JSON（row、ok、normal、problems），不写入任何数据
    Check {
        /// 名册文件：xlsx、xls 或 csv
        file: PathBuf,
    },
    /// 导入名册：已在纸面批准的会员，登记到一个工会
    Import {
        #[command(subcommand)]
        what: Importable,
    },
    /// 备份数据库到一个新文件，服务可以照常运行；主密钥不在备份里，须另行保存
    Backup {
        /// 备份文件
        file: PathBuf,
    },
    /// 把备份恢复到还没有数据库的地方，并核对全部数字
    Restore {
        /// 备份文件
        file: PathBuf,
    },
    /// 轮换密钥：敏感数据改用新版本加密，旧数据和查找索引由后台任务重做，服务照常运行
    RotateKey {
        /// 先在密钥文件里加一个全新的主密钥（复制到每台服务器后，再运行一次本命令，不带此选项）
        #[arg(long)]
        new_master: bool,
    },
    /// 检查配置、密钥、磁盘、数据库、时钟和字体，逐项说明怎么办；不改动任何东西，有须处理的问题时退出码为 1
    Doctor,
    /// 用台账重新核对全部数字，并检查审计链；有出入则逐条列出，退出码为 1
    Verify {
        /// 留存在别处的审计链检查点（每行一个）；整条链被重写也能查出来
        #[arg(long, value_name = "FILE")]
        checkpoints: Option<PathBuf>,
    },
    /// 跳过一件办不成的后续处理（niangjia doctor 列出名称和事件号）；那一件以后也不再处理，原因记入审计
    SkipEvent {
        /// 后续处理的名称
        listener: String,
        /// 事件号
        event: i64,
        /// 为什么跳过
        #[arg(long)]
        reason: String,
    },
    /// 再试停下的后台任务（niangjia doctor 列出任务号；先排除失败的原因），记入审计
    TryJobAgain {
        /// 任务号，可以写几个
        #[arg(required = true)]
        jobs: Vec<Id>,
    },
    /// 搁置停下的后台任务：从此不再做，也不再提醒，原因记入审计；没有做成的事须另行补办
    SetJobAside {
        /// 任务号，可以写几个
        #[arg(required = true)]
        jobs: Vec<Id>,
        /// 为什么搁置
        #[arg(long)]
        reason: String,
    },
    /// 模拟一台驿站设备（门锁、计数器等），连到 mqtt_url 的消息服务器，供演示和试装；从标准输入逐行读取操作
    StationDevice(device::Simulation),
    /// 审计链
    Audit {
        #[command(subcommand)]
        what: Auditable,
    },
}

#[derive(Subcommand)]
enum Auditable {
    /// 输出审计链此刻的检查点（带签名的一行文本），请保存到本机管理员够不着的地方
    Checkpoint,
}

#[derive(Subcommand)]
enum Importable {
    /// 会员名册
    Members {
        /// 名册文件：xlsx、xls 或 csv
        file: PathBuf,
        /// 工会的代码
        #[arg(long, value_name = "CODE")]
        org: String,
    },
}

#[tokio::main]
async fn main() -> ExitCode {
    // Names lie open in the database, its copies and its log: what is written is for its owner alone.
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
    let arguments = Arguments::parse();
    let filter =
        EnvFilter::try_from_env("NIANGJIA_LOG").unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn,sea_orm=warn"));
    // What can't be logged, as where the disk is full, would be complained of on the same stream, which ends a thread.
    let log = tracing_subscriber::fmt().with_env_filter(filter).log_internal_errors(false);
    // Who looks for words in a file or the journal finds none that have colours between them.
    let log = if std::io::stderr().is_terminal() { log } else { log.with_ansi(false) };
    log.with_writer(std::io::stderr).init();
    let outcome = match Settings::read(&arguments.given) {
        Ok(settings) => match arguments.verb {
            Verb::Serve => serve::serve(&settings).await.map(|()| ExitCode::SUCCESS),
            Verb::Init(top) => init::init(&settings, &top).await.map(|()| ExitCode::SUCCESS),
            Verb::Password { username, without_phone } => {
                init::give_password(&settings, &username, without_phone).await.map(|()| ExitCode::SUCCESS)
            }
            Verb::Backup { file } => backup::back_up(&settings, &file).await.map(|()| ExitCode::SUCCESS),
            Verb::Restore { file } => backup::restore(&settings, &file).await,
            Verb::Check { file } => check::check(&file),
            Verb::Import { what: Importable::Members { file, org } } => import::members(&settings, &file, &org).await,
            Verb::RotateKey { new_master } => rotate::rotate(&settings, new_master).await.map(|()| ExitCode::SUCCESS),
            Verb::Doctor => doctor::examine(&settings).await,
            Verb::Verify { checkpoints } => verify::verify(&settings, checkpoints.as_deref()).await,
            Verb::SkipEvent { listener, event, reason } => {
                skip::skip(&settings, &listener, event, &reason).await.map(|()| ExitCode::SUCCESS)
            }
            Verb::TryJobAgain { jobs } => jobs::try_again(&settings, &jobs).await.map(|()| ExitCode::SUCCESS),
            Verb::SetJobAside { jobs, reason } => {
                jobs::set_aside(&settings, &jobs, &reason).await.map(|()| ExitCode::SUCCESS)
            }
            Verb::StationDevice(simulation) => {
                device::simulate(&settings, &simulation).await.map(|()| ExitCode::SUCCESS)
            }
            Verb::Audit { what: Auditable::Checkpoint } => {
                audit::checkpoint(&settings).await.map(|()| ExitCode::SUCCESS)
            }
        },
        Err(failure) => Err(failure),
    };
    outcome.unwrap_or_else(|failure| {
        tracing::error!("{failure}");
        failure.exit()
    })
}
