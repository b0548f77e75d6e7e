//! A PostgreSQL of a test's own, which it may stop, start and freeze. The one that all tests share is never touched.

use std::path::PathBuf;
use std::process::{Command, Stdio};

/// A cluster in a folder of its own, stopped and removed with this value.
pub(crate) struct Cluster {
    bin: PathBuf,
    folder: tempfile::TempDir,
    port: u16,
}

impl Cluster {
    /// A running one with PostGIS and an empty database, where the programs for it are installed.
    pub(crate) fn start() -> Option<Cluster> {
        let versions = std::fs::read_dir("/usr/lib/postgresql").ok();
        let bin = versions.and_then(|all| all.filter_map(Result::ok).map(|v| v.path().join("bin")).max());
        let Some(bin) = bin.filter(|bin| bin.join("initdb").exists()) else {
            super::skip("PostgreSQL's initdb is not installed");
            return None;
        };
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let cluster = Cluster { bin, folder: tempfile::tempdir().unwrap(), port };
        // PostgreSQL refuses to run as root: then the folder is its own user's.
        if cluster.is_root() {
            assert!(
                Command::new("chown").arg("postgres").arg(cluster.folder.path()).status().unwrap().success()
            );
        }
        cluster.run("initdb", &["-U", "postgres", "-A", "trust", "--locale=C.UTF-8", "-E", "UTF8"]);
        cluster.go();
        cluster.sql("postgres", "create database parvis");
        cluster.sql("parvis", "create extension postgis");
        Some(cluster)
    }

    pub(crate) fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/parvis", self.port)
    }

    /// Starts it, or starts it again.
    pub(crate) fn go(&self) {
        let options =
            format!("-p {} -k {} -c listen_addresses=127.0.0.1 -c fsync=off", self.port, self.folder());
        let log = format!("{}/log", self.folder());
        self.run("pg_ctl", &["-w", "-l", &log, "-o", &options, "start"]);
    }

    /// Stops it as a restart does.
    pub(crate) fn stop(&self) {
        self.run("pg_ctl", &["-w", "-m", "fast", "stop"]);
    }

    /// Runs statements beside the servers.
    pub(crate) fn sql(&self, database: &str, sql: &str) {
        let done = self.psql(database, sql).status().unwrap();
        assert!(done.success(), "{sql}");
    }

    /// The same in a process of its own, which the caller ends.
    pub(crate) fn psql(&self, database: &str, sql: &str) -> Command {
        let mut psql = Command::new(self.bin.join("psql"));
        let port = self.port.to_string();
        psql.args(["-q", "-h", "127.0.0.1", "-p", &port, "-U", "postgres", "-c", sql, database]);
        psql.stdout(Stdio::null()).stderr(Stdio::null());
        psql
    }

    fn folder(&self) -> String {
        self.folder.path().display().to_string()
    }

    fn is_root(&self) -> bool {
        let id = Command::new("id").arg("-u").output().unwrap();
        id.stdout.starts_with(b"0\n")
    }

    fn command(&self, program: &str) -> Command {
        let program = self.bin.join(program);
        if !self.is_root() {
            return Command::new(program);
        }
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(program);
        command
    }

    fn run(&self, program: &str, arguments: &[&str]) {
        let mut command = self.command(program);
        command.args(["-D", &self.folder()]).args(arguments).current_dir("/");
        let done = command.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
        assert!(done.success(), "{program} {arguments:?}");
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let mut stop = self.command("pg_ctl");
        // Stopped already: then there is nothing to do.
        let _ = stop
            .args(["-D", &self.folder(), "-m", "immediate", "stop"])
            .current_dir("/")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
    }
}
