//! The connection to the broker: what devices say comes in by it, what they are told goes out. Each process may have one;
//! what is carried twice is done once, because a device knows each order by its key.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::{Duration, Instant},
};

use kernel::{Context, House, Problem};
use rumqttc::{AsyncClient, ConnectionError, Event, EventLoop, MqttOptions, Packet, Publish, QoS};
use tokio::sync::mpsc;
use url::Url;

use super::{
    hear::{hear, recall},
    numbers,
    order::{self, Wake},
};
use crate::rules::wire;

/// Messages that wait for the database; what is beyond is sent again by its device.
const WAITING: usize = 1_024;
/// How often is looked for orders that another process wrote down.
const LOOK: Duration = Duration::from_millis(500);
/// After how long a lost connection is tried anew.
const AGAIN: Duration = Duration::from_secs(1);
/// After how long a silent broker counts as lost.
const ALIVE: Duration = Duration::from_secs(15);
/// How often it is counted what waits, however many messages come.
const MEASURED: Duration = Duration::from_secs(15);

/// Where the broker is.
#[derive(Debug, Clone)]
pub struct Broker {
    /// Its host.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// Name and password, if it asks for them.
    pub login: Option<(String, String)>,
}

impl Broker {
    /// Reads an address such as `mqtt://127.0.0.1:1883`.
    ///
    /// # Errors
    /// Why it is none, in words.
    pub fn parse(address: &str, login: Option<(String, String)>) -> Result<Self, String> {
        let url = Url::parse(address).map_err(|err| format!("不是地址：{err}"))?;
        if url.scheme() != "mqtt" {
            return Err("请写成 mqtt://主机:端口；需要 TLS 时，由本机的代理转发".to_owned());
        }
        let host = url.host_str().filter(|host| !host.is_empty()).ok_or("缺少主机名")?.to_owned();
        Ok(Self { host, port: url.port().unwrap_or(1883), login })
    }

    /// A connection under a name that nobody else at the broker has.
    pub(super) fn connect(&self, name: String) -> (AsyncClient, EventLoop) {
        let mut options = MqttOptions::new(name, self.host.clone(), self.port);
        options.set_keep_alive(ALIVE).set_clean_session(true).set_max_packet_size(16 << 10, 16 << 10);
        if let Some((name, password)) = &self.login {
            options.set_credentials(name, password);
        }
        AsyncClient::new(options, WAITING)
    }
}

/// Carries until the program stops, through every break of the connection.
pub async fn run(house: House, broker: Broker) {
    let stopping = house.tasks().stopping();
    let mut is_told = false;
    while !stopping.is_cancelled() {
        tokio::select! {
            () = stopping.cancelled() => break,
            (lost, was_up) = session(&house, &broker) => {
                numbers::broker_is_up(false);
                // Each loss is told once; a broker that stays away would fill the log.
                if was_up || !is_told {
                    tracing::warn!(%lost, "the broker of the stations' devices is away");
                }
                is_told = true;
            }
        }
        tokio::select! {
            () = stopping.cancelled() => {}
            () = tokio::time::sleep(AGAIN) => {}
        }
    }
    numbers::broker_is_up(false);
}

/// One connection, from its beginning to its loss; answers whether it ever stood. Both halves go on at once: the broker must be answered while the
/// database is asked.
async fn session(house: &House, broker: &Broker) -> (ConnectionError, bool) {
    let up = AtomicBool::new(false);
    let (client, events) = broker.connect(format!("niangjia-{}", house.ambient().id()));
    let (heard, messages) = mpsc::channel(WAITING);
    let lost = tokio::select! {
        lost = listen(&client, events, heard, &up) => lost,
        () = answer(house, &client, messages, &up) => ConnectionError::RequestsDone,
    };
    (lost, up.into_inner())
}

async fn listen(
    client: &AsyncClient,
    mut events: EventLoop,
    heard: mpsc::Sender<Publish>,
    up: &AtomicBool,
) -> ConnectionError {
    loop {
        match events.poll().await {
            Ok(Event::Incoming(Packet::ConnAck(_))) => {
                numbers::broker_is_up(true);
                up.store(true, Ordering::Relaxed);
                for topic in wire::listened() {
                    if let Err(err) = client.try_subscribe(topic, QoS::AtLeastOnce) {
                        tracing::warn!(%err, "the broker can't be asked for messages");
                    }
                }
            }
            Ok(Event::Incoming(Packet::Publish(message))) => {
                if heard.try_send(message).is_err() {
                    tracing::debug!("a device's message was left; it will be sent again");
                }
            }
            Ok(_) => {}
            Err(lost) => return lost,
        }
    }
}

async fn answer(house: &House, client: &AsyncClient, mut messages: mpsc::Receiver<Publish>, up: &AtomicBool) {
    let wake = house.here::<Wake>();
    // What an earlier connection took with it is carried anew by this one.
    let mut anew = true;
    let mut measured: Option<Instant> = None;
    loop {
        let message = tokio::select! {
            message = messages.recv() => match message {
                Some(message) => Some(message),
                None => return,
            },
            () = wake.0.notified() => None,
            () = tokio::time::sleep(LOOK) => None,
        };
        if let Some(Publish { topic, payload, retain, .. }) = message {
            let told = if retain { recall(house, &topic, &payload).await } else { hear(house, &topic, &payload).await };
            match told {
                Ok(Some(answer)) => publish(client, answer.topic, answer.payload),
                Ok(None) => {}
                Err(problem) => report(&problem),
            }
        }
        if up.load(Ordering::Relaxed) {
            match carry(house, client, anew).await {
                Ok(()) => anew = false,
                Err(problem) => report(&problem),
            }
        }
        if measured.is_none_or(|last| last.elapsed() >= MEASURED) {
            measured = Some(Instant::now());
            if let Err(problem) = numbers::measure(&Context::system(house, "measuring")).await {
                report(&problem);
            }
        }
    }
}

/// Carries what waits, and writes down that it was carried.
async fn carry(house: &House, client: &AsyncClient, anew: bool) -> Result<(), Problem> {
    let context = &Context::system(house, "an order to a device");
    let waiting = order::to_carry(context, anew).await?;
    if waiting.is_empty() {
        return Ok(());
    }
    let mut ids = Vec::with_capacity(waiting.len());
    for (code, id, order) in waiting {
        if let Ok(payload) = serde_json::to_vec(&order) {
            publish(client, wire::topic(&code, "order"), payload);
            ids.push(id);
        }
    }
    order::carried(context, &ids).await
}

/// Hands a message to the connection. If it is full, an order is carried again and an event is sent again.
fn publish(client: &AsyncClient, topic: String, payload: Vec<u8>) {
    if let Err(err) = client.try_publish(topic, QoS::AtLeastOnce, false, payload) {
        tracing::debug!(%err, "the connection to the broker is full");
    }
}

fn report(problem: &Problem) {
    tracing::error!(code = problem.code, fault = ?problem.fault, "a device's message was not taken");
}
