use tokio::net::TcpListener;

use crate::{
    demo,
    house::{self, Failure},
    settings::Settings,
};

/// Serves until the program is told to stop.
pub async fn serve(settings: &Settings) -> Result<(), Failure> {
    let broker = house::broker(settings)?;
    // The demo makes its own house; in earnest an empty one would take nobody in, and nobody would know why.
    if !settings.demo {
        house::must_be_there(settings).await?;
    }
    let _serving = house::serve(settings)?;
    let house = house::open(settings).await?;
    if settings.demo {
        let last_month = house::open_at(settings, demo::last_month(&house)).await?;
        demo::load(&house, &last_month).await?;
        for (username, name, ..) in demo::LOG_INS {
            tracing::info!(username, password = demo::PASSWORD, name, "演示账号");
        }
    }
    if !settings.demo && settings.sms_url.is_none() {
        tracing::warn!("未设置短信网关（sms_url、sms_key）：职工收不到验证码，干部登录不受影响");
    }
    if let Some(broker) = broker {
        house.tasks().start(station::door::carrier::run(house.clone(), broker));
    }
    let router = server::router(&house)?;
    let listener = TcpListener::bind(settings.listen).await.map_err(|err| Failure::Listen(settings.listen, err))?;
    tracing::info!(address = settings.public_url(), "娘家已启动");
    server::serve(&house, router, listener, stopped()).await.map_err(Failure::Network)
}

/// Resolves when the operator or the service manager asks the program to stop.
async fn stopped() {
    let interrupt = tokio::signal::ctrl_c();
    let Ok(mut terminate) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) else {
        let _asked_to_stop = interrupt.await;
        return;
    };
    tokio::select! {
        _ = interrupt => {}
        _ = terminate.recv() => {}
    }
}
