//! A real MQTT broker of a test's own, which can go away and come back.

use std::{
    net::{SocketAddr, TcpListener},
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

use station::door::carrier::Broker;
use tempfile::TempDir;
use tokio::net::TcpStream;

/// Mosquitto on a free port; it ends with the value.
pub(crate) struct Mosquitto {
    port: u16,
    dir: TempDir,
    running: Option<Child>,
}

impl Mosquitto {
    pub(crate) async fn start() -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut broker = Self { port, dir: tempfile::tempdir().unwrap(), running: None };
        broker.come_back().await;
        broker
    }

    pub(crate) fn address(&self) -> Broker {
        Broker::parse(&format!("mqtt://127.0.0.1:{}", self.port), None).unwrap()
    }

    /// Keeps nothing over its absence: what is not lost then is kept by those who speak.
    pub(crate) async fn come_back(&mut self) {
        let file = self.dir.path().join("mosquitto.conf");
        let said = format!("listener {} 127.0.0.1\nallow_anonymous true\nuser root\nlog_dest none\n", self.port);
        std::fs::write(&file, said).unwrap();
        let program = ["/usr/sbin/mosquitto", "mosquitto"].into_iter().find(|name| Path::new(name).exists());
        let mut command = Command::new(program.unwrap_or("mosquitto"));
        let running = command.arg("-c").arg(&file).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        self.running = Some(running.unwrap());
        let address = SocketAddr::from(([127, 0, 0, 1], self.port));
        for _ in 0..500 {
            if TcpStream::connect(address).await.is_ok() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("Mosquitto does not listen");
    }

    pub(crate) fn go_away(&mut self) {
        if let Some(mut running) = self.running.take() {
            running.kill().unwrap();
            running.wait().unwrap();
        }
    }
}

impl Drop for Mosquitto {
    fn drop(&mut self) {
        self.go_away();
    }
}
