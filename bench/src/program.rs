//! The program as people start it: its size, its start, its memory at rest. Also starts it for the other parts.

use std::{
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use crate::{
    Outcome,
    ledger::start::resident,
    table::{Row, Table},
};

/// Where the built program lies.
pub fn path() -> Outcome<PathBuf> {
    Ok(std::env::current_exe()?.with_file_name("niangjia"))
}

/// The program while it serves; ended when dropped.
pub struct Running {
    child: Child,
    /// Where it answers.
    pub url: String,
    /// From the call to the first answer.
    pub took: Duration,
}

impl Drop for Running {
    fn drop(&mut self) {
        let _gone = self.child.kill().and_then(|()| self.child.wait());
    }
}

/// Starts it with demo data and waits for its first answer.
pub async fn serve(data: &Path, environment: &[(&str, String)]) -> Outcome<Running> {
    let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let url = format!("http://127.0.0.1:{port}");
    let mut command = Command::new(path()?);
    command.args(["serve", "--demo", "--listen", &format!("127.0.0.1:{port}"), "--data"]).arg(data);
    command.envs(environment.iter().map(|(name, value)| (name, value))).env("NIANGJIA_LOG", "error");
    let begun = Instant::now();
    let child = command.stdout(Stdio::null()).stderr(Stdio::inherit()).spawn()?;
    let mut running = Running { child, url, took: Duration::ZERO };
    let client = reqwest::Client::new();
    while client.get(format!("{}/readyz", running.url)).send().await.is_err() {
        if begun.elapsed() > Duration::from_secs(120) {
            return Err("the program did not start".into());
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    running.took = begun.elapsed();
    Ok(running)
}

/// Adds its lines.
pub async fn run(table: &mut Table) -> Outcome {
    let dir = tempfile::tempdir()?;
    let first = serve(dir.path(), &[]).await?;
    table.add(Row::time("first start, which loads the demo region", first.took, "20 s"));
    drop(first);
    let again = serve(dir.path(), &[]).await?;
    table.add(Row::time("start to first answer, demo region", again.took, "500 ms"));
    tokio::time::sleep(Duration::from_secs(5)).await;
    table.add(Row::text("memory at rest", format!("{} MB", resident(again.child.id())? / 1000), "80 MB"));
    let size = std::fs::metadata(path()?)?.len();
    table.add(Row::text("size of the program", format!("{} MB", size / 1_000_000), "60 MB"));
    Ok(())
}
