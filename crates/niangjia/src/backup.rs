//! `niangjia backup FILE` and `niangjia restore FILE`.

use std::{io::Write, path::Path, process::ExitCode};

use crate::{house::Failure, master, settings::Settings, verify::verify};

/// Copies the database while the server may be running. The master key is not in the copy: without it numbers and phones can't
/// be read, but names can.
///
/// # Errors
/// When the copy can't be made.
pub async fn back_up(settings: &Settings, to: &Path) -> Result<(), Failure> {
    database::backup::back_up(&database::Settings::new(settings.database_url()), to).await?;
    let size = std::fs::metadata(to).map_err(|err| Failure::File(to.to_owned(), err))?.len();
    writeln!(std::io::stdout(), "已备份到 {}（{size} 字节）。主密钥不在其中，请另行保存。", to.display())?;
    Ok(())
}

/// Brings a copy back where there is no database yet, brings it up to date, and recounts everything in it.
///
/// # Errors
/// When there is a database already, or the copy can't be read.
pub async fn restore(settings: &Settings, from: &Path) -> Result<ExitCode, Failure> {
    master::read(settings)?;
    std::fs::create_dir_all(&settings.data).map_err(|err| Failure::File(settings.data.clone(), err))?;
    database::backup::restore(&database::Settings::new(settings.database_url()), from).await?;
    writeln!(std::io::stdout(), "已恢复，正在逐条核对。")?;
    verify(settings, None).await
}
