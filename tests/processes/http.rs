//! A blocking HTTP/1.1 client on a bare socket: what it sends and when it knows an answer is all there to see.
//!
//! Not a general client: no TLS, no redirects, no retry (a write that was retried could count twice). Invariant: every
//! wait ends by [`PATIENCE`]. Also used by the HTTP benchmark.

use std::io::{self, BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::mpsc;
use std::time::{Duration, Instant};

/// The longest wait for any one answer.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// One connection, kept open between requests, with its cookies.
pub(crate) struct Client {
    address: SocketAddr,
    connection: Option<BufReader<TcpStream>>,
    cookies: Vec<String>,
    /// Sent with every request.
    pub(crate) headers: Vec<(String, String)>,
}

/// An answer, read whole.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// A header's value, empty where there is none.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(n, _)| n == name).map_or("", |(_, value)| value)
    }
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
    pub(crate) fn json(&self) -> io::Result<serde_json::Value> {
        serde_json::from_slice(&self.body).map_err(|e| io::Error::other(format!("{e}: {}", self.text())))
    }
}

impl Client {
    pub(crate) fn new(address: SocketAddr) -> Client {
        Client { address, connection: None, cookies: Vec::new(), headers: Vec::new() }
    }

    /// A client that asks for JSON.
    pub(crate) fn json(address: SocketAddr) -> Client {
        Client::new(address).with("accept", "application/json")
    }

    pub(crate) fn with(mut self, name: &str, value: &str) -> Client {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Forgets who we are: the next act is another visitor's.
    pub(crate) fn forget(&mut self) {
        self.cookies.clear();
    }

    pub(crate) fn get(&mut self, path: &str) -> io::Result<Answer> {
        self.send("GET", path, &[], b"")
    }

    pub(crate) fn get_with(&mut self, path: &str, headers: &[(&str, &str)]) -> io::Result<Answer> {
        self.send("GET", path, headers, b"")
    }

    pub(crate) fn post(&mut self, path: &str, form: &[(&str, &str)]) -> io::Result<Answer> {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        self.send("POST", path, &[("content-type", "application/x-www-form-urlencoded")], body.as_bytes())
    }

    /// Sends a body of any kind.
    pub(crate) fn send_bytes(
        &mut self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> io::Result<Answer> {
        self.send(method, path, headers, body)
    }

    fn send(
        &mut self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> io::Result<Answer> {
        let answer = self.exchange(method, path, headers, body);
        match &answer {
            Ok(answer) => {
                for (_, cookie) in answer.headers.iter().filter(|(name, _)| name == "set-cookie") {
                    let pair = cookie.split(';').next().unwrap_or_default().to_owned();
                    let name = format!("{}=", pair.split('=').next().unwrap_or_default());
                    self.cookies.retain(|kept| !kept.starts_with(&name));
                    self.cookies.push(pair);
                }
                if answer.header("connection").eq_ignore_ascii_case("close") {
                    self.connection = None;
                }
            }
            // What is half read is of no use to the next request.
            Err(_) => self.connection = None,
        }
        answer
    }

    fn exchange(
        &mut self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> io::Result<Answer> {
        let mut request = format!("{method} {path} HTTP/1.1\r\nhost: {}\r\n", self.address);
        let own = self.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        for (name, value) in own.chain(headers.iter().copied()) {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        if !self.cookies.is_empty() {
            request.push_str(&format!("cookie: {}\r\n", self.cookies.join("; ")));
        }
        request.push_str(&format!("content-length: {}\r\n\r\n", body.len()));
        let connection = match self.connection.take() {
            Some(open) => open,
            None => BufReader::new(connect(self.address)?),
        };
        let connection = self.connection.insert(connection);
        connection.get_mut().write_all(request.as_bytes())?;
        connection.get_mut().write_all(body)?;
        read_answer(connection)
    }
}

fn connect(address: SocketAddr) -> io::Result<TcpStream> {
    let stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

fn line(from: &mut impl BufRead) -> io::Result<String> {
    let mut line = String::new();
    if from.read_line(&mut line)? == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(line.trim_end().to_owned())
}

fn read_head(from: &mut impl BufRead) -> io::Result<(u16, Vec<(String, String)>)> {
    let first = line(from)?;
    let status = first.split(' ').nth(1).and_then(|s| s.parse().ok());
    let status = status.ok_or_else(|| io::Error::other(format!("no answer: {first:?}")))?;
    let mut headers = Vec::new();
    loop {
        let next = line(from)?;
        let Some((name, value)) = next.split_once(':') else { return Ok((status, headers)) };
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
}

/// One piece of a chunked body; empty at its end.
fn read_chunk(from: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let size = line(from)?;
    let size = usize::from_str_radix(&size, 16).map_err(|e| io::Error::other(format!("{e}: {size:?}")))?;
    let mut piece = vec![0; size];
    from.read_exact(&mut piece)?;
    line(from)?;
    Ok(piece)
}

fn read_answer(from: &mut impl BufRead) -> io::Result<Answer> {
    let (status, headers) = read_head(from)?;
    let mut answer = Answer { status, headers, body: Vec::new() };
    if answer.header("transfer-encoding") == "chunked" {
        loop {
            let piece = read_chunk(from)?;
            if piece.is_empty() {
                break;
            }
            answer.body.extend(piece);
        }
    } else if !matches!(status, 204 | 304) {
        let length = answer.header("content-length").parse().map_err(|e| io::Error::other(format!("{e}")))?;
        answer.body.resize(length, 0);
        from.read_exact(&mut answer.body)?;
    }
    Ok(answer)
}

/// An event of `/live`.
#[derive(Debug, Clone)]
pub(crate) struct Event {
    pub(crate) id: i64,
    pub(crate) data: serde_json::Value,
}

impl Event {
    /// Whether it tells of this feature, by name or by "read everything anew".
    pub(crate) fn tells_of(&self, id: i64) -> bool {
        let named = |f: &serde_json::Value| f["id"].as_i64() == Some(id);
        self.data["all"] == true || self.data["features"].as_array().is_some_and(|all| all.iter().any(named))
    }
}

/// An open `/live` connection. Its reader ends with the connection, and the connection with this value.
pub(crate) struct Live {
    events: mpsc::Receiver<Event>,
    stream: TcpStream,
}

impl Live {
    /// Opens `/live`, after the line that was seen last if there is one.
    pub(crate) fn open(address: SocketAddr, last: Option<i64>) -> io::Result<Live> {
        let mut stream = connect(address)?;
        stream.set_read_timeout(None)?;
        let resume = last.map(|id| format!("last-event-id: {id}\r\n")).unwrap_or_default();
        stream.write_all(format!("GET /live HTTP/1.1\r\nhost: {address}\r\n{resume}\r\n").as_bytes())?;
        let mut reader = BufReader::new(stream.try_clone()?);
        let (status, _) = read_head(&mut reader)?;
        if status != 200 {
            return Err(io::Error::other(format!("/live answers {status}")));
        }
        // The greeting: from here on the server listens for us.
        let mut text = String::from_utf8_lossy(&read_chunk(&mut reader)?).into_owned();
        let (sender, events) = mpsc::channel();
        std::thread::spawn(move || {
            loop {
                while let Some((event, rest)) = text.split_once("\n\n") {
                    if let Some(event) = parse(event)
                        && sender.send(event).is_err()
                    {
                        return;
                    }
                    text = rest.to_owned();
                }
                match read_chunk(&mut reader) {
                    Ok(piece) if !piece.is_empty() => text.push_str(&String::from_utf8_lossy(&piece)),
                    _ => return,
                }
            }
        });
        Ok(Live { events, stream })
    }

    /// The first event that `wanted` takes, within `patience`.
    pub(crate) fn wait_for(
        &self,
        patience: Duration,
        mut wanted: impl FnMut(&Event) -> bool,
    ) -> Option<Event> {
        let deadline = Instant::now() + patience;
        loop {
            let event = self.events.recv_timeout(deadline.saturating_duration_since(Instant::now())).ok()?;
            if wanted(&event) {
                return Some(event);
            }
        }
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        // Already closed by the server: just as well.
        let _ = self.stream.shutdown(std::net::Shutdown::Both);
    }
}

fn parse(event: &str) -> Option<Event> {
    let field = |name: &str| event.lines().find_map(|line| line.strip_prefix(name));
    Some(Event { id: field("id: ")?.parse().ok()?, data: serde_json::from_str(field("data: ")?).ok()? })
}
