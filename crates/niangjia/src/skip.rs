//! `niangjia skip-event`: the operator's last resort for an event that its listener will never take.

use std::io::Write;

use kernel::{Context, outbox};

use crate::{
    house::{self, Failure},
    settings::Settings,
};

/// Passes over the event at which a listener fails.
///
/// # Errors
/// It is not the one at which it fails; no reason is given.
pub async fn skip(settings: &Settings, listener: &str, event: i64, reason: &str) -> Result<(), Failure> {
    let house = house::enter(settings).await?;
    outbox::skip(&Context::system(&house, "the operator's skip"), listener, event, reason).await?;
    writeln!(
        std::io::stdout(),
        "已跳过 {listener} 的事件 {event}，原因记入审计；后面的事件由正在运行的服务继续处理。"
    )?;
    house.tasks().stop().await;
    Ok(())
}
