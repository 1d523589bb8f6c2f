//! A device that is none: it speaks as a real one does, for tests and for showing what a station without staff can do. What
//! it has to tell waits in it while the broker is away, and is told until it is acknowledged.

use std::{collections::HashSet, time::Duration};

use chrono::Utc;
use kernel::Ambient;
use rumqttc::{AsyncClient, ConnectionError, Event as Incoming, EventLoop, Packet, QoS};
use tokio::sync::mpsc;

use super::carrier::Broker;
use crate::{
    rules::wire::{self, Ack, Event, Order, State},
    tables::device::DeviceKind,
};

/// How long it waits for an acknowledgement before it tells again, and for a broker that is away.
const AGAIN: Duration = Duration::from_millis(500);

/// Looks between two words that say the same.
const RESTS: u32 = 40;

/// What somebody does to the device.
#[derive(Debug, Clone)]
pub enum Done {
    /// Holds a code before its reader.
    Scan(String),
    /// Changes how it stands.
    Stand(State),
}

/// What the device does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Does {
    /// It carries an order out.
    Order(String),
    /// It leaves an order whose time is over.
    Late(String),
    /// It shows why the door stays shut.
    Refuses(String),
    /// What it told is written down.
    Acknowledged(String),
    /// The broker has let it in.
    Connected,
    /// It has lost its broker, or was not let in, and why; told once until it is let in.
    Lost(String),
}

/// A simulated device.
pub struct Simulated {
    code: String,
    kind: DeviceKind,
    ambient: Ambient,
    state: State,
    /// After how many looks it tells how it stands although nothing changed.
    rests: u32,
    untold: Vec<Event>,
    orders_done: HashSet<String>,
    does: mpsc::UnboundedSender<Does>,
}

impl Simulated {
    /// A device under a code, its clock, and where it shows what it does.
    #[must_use]
    pub fn new(code: &str, kind: DeviceKind, ambient: Ambient, does: mpsc::UnboundedSender<Does>) -> Self {
        let mut state = State::default();
        match kind {
            DeviceKind::Lock => state.open = Some(false),
            DeviceKind::Counter => (state.entered, state.left) = (Some(0), Some(0)),
            DeviceKind::Microwave => state.on = Some(false),
            DeviceKind::Power => state.on = Some(true),
            DeviceKind::Temperature => state.decidegrees = Some(215),
            DeviceKind::Smoke => state.smoke = Some(false),
        }
        let (untold, orders_done) = (Vec::new(), HashSet::new());
        Self { code: code.to_owned(), kind, ambient, state, rests: 0, untold, orders_done, does }
    }

    /// Works until nobody can do anything to it any more.
    pub async fn run(mut self, broker: &Broker, mut hands: mpsc::UnboundedReceiver<Done>) {
        let mut is_told = false;
        loop {
            let (client, events) = broker.connect(format!("{}-{}", self.code, self.ambient.id()));
            let (heard, messages) = mpsc::channel(64);
            let (code, does) = (self.code.clone(), self.does.clone());
            let lost = tokio::select! {
                lost = listen(&code, &client, events, heard, (&does, &mut is_told)) => lost,
                () = self.work(&client, messages, &mut hands) => return,
            };
            // A broker that stays away, or a wrong password, is told once and tried again and again.
            if !is_told {
                self.show(Does::Lost(lost.to_string()));
            }
            is_told = true;
            tokio::time::sleep(AGAIN).await;
        }
    }

    async fn work(
        &mut self,
        client: &AsyncClient,
        mut messages: mpsc::Receiver<(String, Vec<u8>)>,
        hands: &mut mpsc::UnboundedReceiver<Done>,
    ) {
        self.rests = 0;
        self.tell_all(client);
        loop {
            tokio::select! {
                message = messages.recv() => match message {
                    Some((topic, payload)) => self.hear(&topic, &payload),
                    None => std::future::pending().await,
                },
                done = hands.recv() => match done {
                    Some(done) => self.feel(done),
                    None => return,
                },
                () = tokio::time::sleep(AGAIN) => {}
            }
            self.tell_all(client);
        }
    }

    fn feel(&mut self, done: Done) {
        match done {
            Done::Scan(code) => self.happened(Some(code), None),
            Done::Stand(state) => self.stand(state),
        }
    }

    fn stand(&mut self, state: State) {
        self.state = state;
        self.rests = 0;
    }

    fn happened(&mut self, scan: Option<String>, done: Option<String>) {
        let (id, at) = (self.ambient.id().to_string(), Some(self.now()));
        self.untold.push(Event { id, at, scan, done });
    }

    fn hear(&mut self, topic: &str, payload: &[u8]) {
        if topic.ends_with("/ack") {
            let Some(ack) = wire::read::<Ack>(payload) else { return };
            let before = self.untold.len();
            self.untold.retain(|event| event.id != ack.id);
            if self.untold.len() < before {
                self.show(ack.refused.map_or(Does::Acknowledged(ack.id), Does::Refuses));
            }
        } else if let Some(order) = wire::read::<Order>(payload) {
            self.obey(order);
        }
    }

    /// Carries an order out once, and never after its time.
    fn obey(&mut self, order: Order) {
        if self.orders_done.contains(&order.id) {
            return;
        }
        if self.now() >= order.until {
            self.show(Does::Late(order.what));
            return;
        }
        match (self.kind, order.what.as_str()) {
            (DeviceKind::Lock, "open") => {}
            (DeviceKind::Power, "power_on") => self.stand(State { on: Some(true), ..State::default() }),
            (DeviceKind::Power, "power_off") => self.stand(State { on: Some(false), ..State::default() }),
            _ => return,
        }
        self.orders_done.insert(order.id.clone());
        self.happened(None, Some(order.id));
        self.show(Does::Order(order.what));
    }

    fn tell_all(&mut self, client: &AsyncClient) {
        for event in &self.untold {
            say(client, wire::topic(&self.code, "event"), event, false);
        }
        if self.rests > 0 {
            self.rests -= 1;
            return;
        }
        self.rests = RESTS;
        let state = State { at: Some(self.now()), ..self.state.clone() };
        say(client, wire::topic(&self.code, "state"), &state, true);
    }

    fn now(&self) -> i64 {
        let now: chrono::DateTime<Utc> = self.ambient.now();
        now.timestamp()
    }

    fn show(&self, does: Does) {
        if self.does.send(does).is_err() {
            tracing::debug!("nobody looks at the device");
        }
    }
}

/// Says something; if the connection is full it is said again.
fn say(client: &AsyncClient, topic: String, what: &impl serde::Serialize, stays: bool) {
    let Ok(payload) = serde_json::to_vec(what) else { return };
    if let Err(err) = client.try_publish(topic, QoS::AtLeastOnce, stays, payload) {
        tracing::debug!(%err, "the device's connection is full");
    }
}

/// Listens until the connection is lost; answers why it is. A loss that follows is not told yet.
async fn listen(
    code: &str,
    client: &AsyncClient,
    mut events: EventLoop,
    heard: mpsc::Sender<(String, Vec<u8>)>,
    (does, is_told): (&mpsc::UnboundedSender<Does>, &mut bool),
) -> ConnectionError {
    loop {
        match events.poll().await {
            Ok(Incoming::Incoming(Packet::ConnAck(_))) => {
                *is_told = false;
                if does.send(Does::Connected).is_err() {
                    tracing::debug!("nobody looks at the device");
                }
                for part in ["ack", "order"] {
                    if let Err(err) = client.try_subscribe(wire::topic(code, part), QoS::AtLeastOnce) {
                        tracing::debug!(%err, "the device's connection is full");
                    }
                }
            }
            Ok(Incoming::Incoming(Packet::Publish(message))) => {
                if heard.try_send((message.topic, message.payload.to_vec())).is_err() {
                    tracing::debug!("the device has too much to do");
                }
            }
            Ok(_) => {}
            Err(lost) => return lost,
        }
    }
}
