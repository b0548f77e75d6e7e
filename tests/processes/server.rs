//! The binary as a process of its own: started on a free port, killed by its own handle and nothing else.
//!
//! Invariant: a [`Server`] that goes out of scope leaves no process behind. Also used by the HTTP benchmark.

use std::io::{self, BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, mpsc};
use std::time::{Duration, Instant};

/// The longest start that is waited for.
const START: Duration = Duration::from_secs(120);

/// A running `parvis serve`.
pub(crate) struct Server {
    child: Child,
    pub(crate) address: SocketAddr,
    log: Arc<Mutex<Vec<String>>>,
}

/// `parvis` on a database, in a folder without configuration, its environment ours alone.
pub(crate) fn parvis(database: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_parvis"));
    let inherited = std::env::vars_os().map(|(name, _)| name);
    for name in inherited.filter(|name| name.to_string_lossy().starts_with("PARVIS_")) {
        command.env_remove(name);
    }
    command.env("PARVIS_DATABASE", database).current_dir(std::env::temp_dir());
    command
}

impl Server {
    /// Starts on a free port of the loopback, and waits until it answers.
    pub(crate) fn start(database: &str, settings: &[(&str, &str)]) -> io::Result<Server> {
        let mut command = parvis(database);
        command.arg("serve");
        Server::run(command, settings)
    }

    /// The same with so few files and sockets open at a time.
    pub(crate) fn start_with_files(
        database: &str,
        files: u32,
        settings: &[(&str, &str)],
    ) -> io::Result<Server> {
        let parvis = parvis(database);
        let mut command = Command::new("sh");
        for (name, value) in parvis.get_envs() {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        let script = format!("ulimit -n {files}; exec \"$0\" serve");
        command.args(["-c", &script]).arg(parvis.get_program()).current_dir(std::env::temp_dir());
        Server::run(command, settings)
    }

    fn run(mut command: Command, settings: &[(&str, &str)]) -> io::Result<Server> {
        command.env("PARVIS_LISTEN", "127.0.0.1:0").env("PARVIS_LOG", "json");
        // The one address that the tests come from is many people.
        command.env("PARVIS_LIMITS", "off");
        command.envs(settings.iter().copied()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn()?;
        let log = Arc::new(Mutex::new(Vec::new()));
        if let Some(stderr) = child.stderr.take() {
            let log = Arc::clone(&log);
            std::thread::spawn(move || {
                for line in BufReader::new(stderr).lines().map_while(Result::ok) {
                    if let Ok(mut log) = log.lock() {
                        log.push(line);
                    }
                }
            });
        }
        // `Parvis : http://127.0.0.1:41234` on standard output, once it listens.
        let (sender, receiver) = mpsc::channel();
        if let Some(stdout) = child.stdout.take() {
            std::thread::spawn(move || {
                for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                    let address = line.split_once("http://").and_then(|(_, a)| a.trim().parse().ok());
                    if let Some(address) = address
                        && sender.send(address).is_err()
                    {
                        return;
                    }
                }
            });
        }
        let started: Result<SocketAddr, _> = receiver.recv_timeout(START);
        let mut server = Server { child, address: SocketAddr::from(([127, 0, 0, 1], 0)), log };
        match started {
            Ok(address) => {
                server.address = address;
                Ok(server)
            }
            // Dropping it kills it.
            Err(_) => Err(io::Error::other(format!("did not start: {}", server.log().join("\n")))),
        }
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// What was logged so far, a JSON object a line.
    pub(crate) fn log(&self) -> Vec<String> {
        self.log.lock().map(|log| log.clone()).unwrap_or_default()
    }

    /// A number of the first log line with this message. Its log is read beside what it says to people, and may come a moment later.
    pub(crate) fn logged(&self, message: &str, field: &str) -> Option<u64> {
        let until = Instant::now() + Duration::from_secs(5);
        loop {
            let lines = self.log();
            let mut lines = lines.iter().filter_map(|l| serde_json::from_str::<serde_json::Value>(l).ok());
            match lines.find(|line| line["message"] == message) {
                Some(line) => return line[field].as_u64().or_else(|| line[field].as_str()?.parse().ok()),
                None if Instant::now() > until => return None,
                None => std::thread::sleep(Duration::from_millis(20)),
            }
        }
    }

    /// Asks it to end, as an operator or a service manager does.
    pub(crate) fn terminate(&self) -> io::Result<()> {
        let told = Command::new("kill").arg("-TERM").arg(self.pid().to_string()).status()?;
        if told.success() { Ok(()) } else { Err(io::Error::other("kill -TERM")) }
    }

    /// Stops every thread of it where it stands, or lets it go on.
    pub(crate) fn freeze(&self, frozen: bool) -> io::Result<()> {
        let signal = if frozen { "-STOP" } else { "-CONT" };
        let told = Command::new("kill").arg(signal).arg(self.pid().to_string()).status()?;
        if told.success() { Ok(()) } else { Err(io::Error::other("kill")) }
    }

    /// The memory that it holds, in bytes.
    pub(crate) fn memory(&self) -> io::Result<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.pid()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
        kilobytes.map(|kb| kb * 1_024).ok_or_else(|| io::Error::other("no VmRSS"))
    }

    /// Waits until it has ended by itself.
    pub(crate) fn wait(&mut self, patience: Duration) -> io::Result<ExitStatus> {
        wait(&mut self.child, patience)
    }

    /// SIGKILL: no goodbye, no flush.
    pub(crate) fn kill(mut self) -> io::Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Ended already: then there is nothing to do.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Waits for a process that should end by itself; one that does not is killed, and an error.
pub(crate) fn wait(child: &mut Child, patience: Duration) -> io::Result<ExitStatus> {
    let deadline = Instant::now() + patience;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status);
        }
        if Instant::now() > deadline {
            child.kill()?;
            child.wait()?;
            return Err(io::Error::other(format!("still running after {patience:?}")));
        }
        std::thread::sleep(Duration::from_millis(10));
    }
}
