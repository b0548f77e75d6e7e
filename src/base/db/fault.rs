//! What a database's error means for whoever asked: the one place that knows the codes of both.
//!
//! What it is not: how that is told (`error.rs`), nor what is done about it (`pools.rs`, `health.rs`).

/// Why the database could not do what it was asked, where that is no fault of the question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// There is no room left to write.
    Full,
    /// It can be read, not written.
    ReadOnly,
    /// The disk under it fails, or what lies there is no database any more.
    Broken,
    /// Others hold what is needed: a lock, a turn, a connection. The same may go through in a moment.
    Busy,
    /// It does not answer: stopped, starting, out of connections, cut off.
    Away,
}

impl Fault {
    /// What a driver's error means; nothing where the question was at fault.
    pub fn of(error: &sqlx::Error) -> Option<Fault> {
        match error {
            sqlx::Error::Database(told) => of_code(told.code()?.as_ref()),
            sqlx::Error::PoolTimedOut => Some(Fault::Busy),
            sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::Protocol(_)
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed
            | sqlx::Error::BeginFailed
            // A connection that was left within a transaction: it is closed when it is handed back.
            | sqlx::Error::InvalidSavePointStatement => Some(Fault::Away),
            _ => None,
        }
    }

    /// The word of it in `/readyz`, in logs and in the locale files (`fault-…`).
    pub fn word(self) -> &'static str {
        match self {
            Fault::Full => "full",
            Fault::ReadOnly => "read-only",
            Fault::Broken => "broken",
            Fault::Busy => "busy",
            Fault::Away => "away",
        }
    }

    /// Whether writing stays impossible until an operator does something.
    pub fn stops_writes(self) -> bool {
        matches!(self, Fault::Full | Fault::ReadOnly | Fault::Broken)
    }
}

/// PostgreSQL's codes have five characters, SQLite's are numbers; the lowest byte of these is the class.
fn of_code(code: &str) -> Option<Fault> {
    if code.len() == 5 && code.parse::<u32>().is_err() | code.starts_with(['0', '2', '4', '5']) {
        return of_sqlstate(code);
    }
    let code: u32 = code.parse().ok()?;
    match (code & 0xff, code) {
        // No room for the shared memory beside the file (SQLITE_IOERR_SHMSIZE).
        (_, 4874) | (13, _) => Some(Fault::Full),
        (8, _) => Some(Fault::ReadOnly),
        (10 | 11 | 26, _) => Some(Fault::Broken),
        (5 | 6 | 9, _) => Some(Fault::Busy),
        (14, _) => Some(Fault::Away),
        _ => None,
    }
}

fn of_sqlstate(code: &str) -> Option<Fault> {
    Some(match code {
        "53100" => Fault::Full,
        "25006" => Fault::ReadOnly,
        "58030" | "XX001" | "XX002" => Fault::Broken,
        // A lock that did not come, a statement that took too long, a deadlock, a transaction to begin again, one that was idle
        // for too long, no memory.
        "55P03" | "57014" | "40P01" | "40001" | "25P03" | "25P04" | "53200" | "53400" => Fault::Busy,
        // No database of that name, one that takes no connections, no connection left, a server that stops or starts.
        "3D000" | "55000" | "53300" | "57P01" | "57P02" | "57P03" | "57P04" | "57P05" => Fault::Away,
        _ if code.starts_with("08") => Fault::Away,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_codes_of_both_databases_are_told_apart() {
        let of = |code| of_code(code);
        for (code, fault) in [
            ("13", Fault::Full),
            ("4874", Fault::Full),
            ("53100", Fault::Full),
            ("8", Fault::ReadOnly),
            ("1544", Fault::ReadOnly),
            ("25006", Fault::ReadOnly),
            ("778", Fault::Broken),
            ("26", Fault::Broken),
            ("XX001", Fault::Broken),
            ("5", Fault::Busy),
            ("517", Fault::Busy),
            ("40P01", Fault::Busy),
            ("55P03", Fault::Busy),
            ("14", Fault::Away),
            ("57P01", Fault::Away),
            ("53300", Fault::Away),
            ("08006", Fault::Away),
        ] {
            assert_eq!(of(code), Some(fault), "{code}");
        }
        // A second voice, a row that another names, a text that cannot be read: the question was at fault.
        for code in ["19", "2067", "787", "23505", "22P02", "42601", "1"] {
            assert_eq!(of(code), None, "{code}");
        }
    }
}
