//! `niangjia try-job-again` and `niangjia set-job-aside`: what the operator does about jobs that used up their attempts.

use std::io::Write;

use database::Id;
use kernel::{Context, outbox};

use crate::{
    house::{self, Failure},
    settings::Settings,
};

/// Has jobs done that failed for good.
///
/// # Errors
/// One of them did not; then none is.
pub async fn try_again(settings: &Settings, jobs: &[Id]) -> Result<(), Failure> {
    let house = house::enter(settings).await?;
    outbox::try_again(&Context::system(&house, "the operator tries again"), jobs).await?;
    let said = "由正在运行的服务马上再做；过几分钟再运行 niangjia doctor，没有列出的就做成了。";
    writeln!(std::io::stdout(), "已重新安排 {} 项任务，{said}", jobs.len())?;
    house.tasks().stop().await;
    Ok(())
}

/// Gives jobs up that failed for good.
///
/// # Errors
/// One of them did not; no reason is given.
pub async fn set_aside(settings: &Settings, jobs: &[Id], reason: &str) -> Result<(), Failure> {
    let house = house::enter(settings).await?;
    outbox::set_aside(&Context::system(&house, "the operator sets aside"), jobs, reason).await?;
    writeln!(std::io::stdout(), "已搁置 {} 项任务，原因记入审计；没有做成的事须另行补办。", jobs.len())?;
    house.tasks().stop().await;
    Ok(())
}
