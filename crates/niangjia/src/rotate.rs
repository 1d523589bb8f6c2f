//! `niangjia rotate-key`: another version of the field key.

use std::io::Write;

use kernel::{Context, keys};

use crate::{
    house::{self, Failure},
    master,
    settings::Settings,
};

/// Takes the next version into use, or writes a new master key for it first.
///
/// # Errors
/// A rotation is still under way; the key file can't be written.
pub async fn rotate(settings: &Settings, new_master: bool) -> Result<(), Failure> {
    let house = house::enter(settings).await?;
    let context = &Context::system(&house, "the operator's rotation");
    let mut out = std::io::stdout();
    if new_master {
        let next = keys::next_version(context).await?;
        let path = master::add(settings, next)?;
        writeln!(out, "版本 {next} 的新主密钥已写入 {}。请：", path.display())?;
        writeln!(out, "  1. 另存一份（原来的密钥一行不能删：旧备份和恢复码仍要用它）；")?;
        writeln!(out, "  2. 复制到每一台服务器；")?;
        writeln!(out, "  3. 再运行一次 niangjia rotate-key（不带 --new-master），一分钟后新密钥启用，服务不必重启。")?;
    } else {
        let version = keys::rotate(context).await?;
        writeln!(out, "版本 {version} 的密钥已公布：一分钟后，各服务进程同时改用它加密和编制查找索引。")?;
        writeln!(out, "再过一分钟，旧数据由正在运行的服务在后台重新加密、重编索引；进度见 niangjia doctor。")?;
    }
    house.tasks().stop().await;
    Ok(())
}
