use std::process::ExitCode;

use kernel::Context;

use crate::{
    house::{self, Failure},
    settings::Settings,
};

/// Recounts all figures from the facts and walks the audit chain; names every difference.
pub async fn verify(settings: &Settings) -> Result<ExitCode, Failure> {
    let house = house::open(settings).await?;
    let differences = kernel::ledger::verify(&Context::system(&house, "verify")).await?;
    for difference in &differences {
        tracing::error!("{difference}");
    }
    let stand = kernel::keys::stand(&Context::system(&house, "verify")).await?;
    let outdated: i64 = stand.outdated.iter().map(|(.., count)| count).sum();
    if outdated > 0 {
        tracing::warn!(outdated, version = stand.version, "有敏感数据还用旧版本的密钥加密，旧密钥仍不可缺");
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
