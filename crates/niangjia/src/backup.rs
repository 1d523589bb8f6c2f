//! `niangjia backup FILE` and `niangjia restore FILE`.

use std::{fs::File, io::Write, path::Path, process::ExitCode};

use crate::{
    house::{self, Failure},
    master,
    settings::Settings,
    verify::verify,
};

/// What the operator is told of a copy that was brought back.
const RESTORED: &str = "已恢复，正在逐条核对。
所有登录和短信验证码已作废，大家须重新登录。
账号、密码、恢复码、角色、访问令牌和扫码链接回到了备份时的状态：备份后停用、更改、用过、收回或更换的现在又能使用，请逐一核对。";

/// Copies the database while the server may be running. The master key is not in the copy: without it numbers and phones can't
/// be read, but names can.
///
/// # Errors
/// When the copy can't be made.
pub async fn back_up(settings: &Settings, to: &Path) -> Result<(), Failure> {
    house::must_be_there(settings).await?;
    database::backup::back_up(&database::Settings::new(settings.database_url()), to).await?;
    let size = std::fs::metadata(to).map_err(|err| Failure::File(to.to_owned(), err))?.len();
    writeln!(std::io::stdout(), "已备份到 {}（{size} 字节）。主密钥不在其中，请另行保存。", to.display())?;
    Ok(())
}

/// Brings a copy back where there is no database yet, brings it up to date, ends what log-ins are in it, and recounts
/// everything.
///
/// # Errors
/// When there is a database already or it is still served, or the copy can't be read.
pub async fn restore(settings: &Settings, from: &Path) -> Result<ExitCode, Failure> {
    master::read(settings)?;
    // Where the file was moved away under a program that serves it, that one would go on with what nobody sees any more.
    house::must_rest(settings)?;
    std::fs::create_dir_all(&settings.data).map_err(|err| Failure::File(settings.data.clone(), err))?;
    let mark = house::restoring(settings);
    if !house::is_there(settings).await? {
        let made = File::create(&mark).and_then(|file| file.sync_all());
        made.map_err(|err| Failure::File(mark.clone(), err))?;
    }
    if let Err(failure) = bring(settings, from).await {
        if !house::is_there(settings).await? {
            std::fs::remove_file(&mark).map_err(|err| Failure::File(mark, err))?;
        }
        return Err(failure);
    }
    writeln!(std::io::stdout(), "{RESTORED}")?;
    verify(settings, None).await
}

async fn bring(settings: &Settings, from: &Path) -> Result<(), Failure> {
    let place = database::Settings::new(settings.database_url());
    database::backup::restore(&place, from).await?;
    if let Err(failure) = house::open(settings).await {
        // By another key, say. With the right one it is brought back again, to where nothing is.
        database::backup::discard(&place)?;
        return Err(failure);
    }
    Ok(())
}
