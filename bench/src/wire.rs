//! A phone's connection, as lean as can be: what is measured is the program, not who asks it.

use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
};

use crate::Outcome;

/// A kept connection.
pub struct Wire(BufReader<TcpStream>);

impl Wire {
    /// Opens one to a program, named by its URL.
    pub async fn open(url: &str) -> Outcome<Self> {
        let stream = TcpStream::connect(url.trim_start_matches("http://")).await?;
        stream.set_nodelay(true)?;
        Ok(Self(BufReader::new(stream)))
    }

    /// Sends a call and reads its answer's status and text. Each of the headers ends with a line break.
    pub async fn post(&mut self, path: &str, headers: &str, body: &str) -> Outcome<(u16, String)> {
        let length = body.len();
        let call = format!(
            "POST {path} HTTP/1.1\r\nhost: bench\r\nx-niangjia: web\r\ncontent-length: {length}\r\n{headers}\r\n{body}"
        );
        self.0.write_all(call.as_bytes()).await?;
        let (mut line, mut status, mut length) = (String::new(), None, 0);
        loop {
            line.clear();
            self.0.read_line(&mut line).await?;
            let told = line.trim_end();
            match (status, told.split_once(": ")) {
                (None, _) => status = Some(told.split(' ').nth(1).unwrap_or_default().parse::<u16>()?),
                (Some(status), _) if told.is_empty() => {
                    let mut body = vec![0; length];
                    self.0.read_exact(&mut body).await?;
                    return Ok((status, String::from_utf8(body)?));
                }
                (_, Some((name, value))) if name.eq_ignore_ascii_case("content-length") => length = value.parse()?,
                _ => {}
            }
        }
    }
}
