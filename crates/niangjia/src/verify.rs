use std::{path::Path, process::ExitCode};

use kernel::{Context, audit::checkpoint::compare};

use crate::{
    audit::kept,
    house::{self, Failure},
    settings::Settings,
};

/// Recounts all figures from the facts and walks the audit chain, also along checkpoints that were kept elsewhere; names
/// every difference.
pub async fn verify(settings: &Settings, checkpoints: Option<&Path>) -> Result<ExitCode, Failure> {
    let checkpoints = checkpoints.map(kept).transpose()?;
    let house = house::enter(settings).await?;
    let context = &Context::system(&house, "verify");
    let mut differences = kernel::ledger::verify(context).await?;
    if let Some(kept) = &checkpoints {
        differences.extend(compare(context, kept).await?);
        tracing::info!(checkpoints = kept.len(), "已与留存的检查点比对");
    }
    for difference in &differences {
        tracing::error!("{difference}");
    }
    let stand = kernel::keys::stand(&Context::system(&house, "verify")).await?;
    let outdated: i64 = stand.outdated.iter().map(|(.., count)| count).sum();
    if outdated > 0 {
        tracing::warn!(outdated, version = stand.version, "有敏感数据还用旧版本的密钥加密，旧密钥仍不可缺");
    } else if stand.set_aside > 0 {
        tracing::warn!(set_aside = stand.set_aside, "有已损坏的值搁置在旧版本的密钥下，旧密钥仍不可缺");
    } else {
        tracing::info!(version = stand.version, "全部敏感数据已用现行版本的密钥加密，旧版本不再需要");
    }
    if differences.is_empty() {
        tracing::info!("核对无误：台账、数字与审计链一致");
        return Ok(ExitCode::SUCCESS);
    }
    tracing::error!(differences = differences.len(), "核对发现出入");
    Ok(ExitCode::FAILURE)
}
