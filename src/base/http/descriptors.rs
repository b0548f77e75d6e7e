//! How many files and sockets the system lets us have open: raised when the server starts, and shared out so that it never runs out.

use rlimit::Resource;

/// Kept for the database, pictures, letters and the files that we read.
const RESERVE: u64 = 256;

/// More connections than this cost more memory than they are worth.
const MOST: u64 = 16_384;

/// Raises the bound as far as the system lets us, and gives it.
pub fn raise() -> u64 {
    let wanted = MOST + RESERVE;
    match rlimit::increase_nofile_limit(wanted) {
        Ok(limit) => limit,
        Err(error) => {
            tracing::warn!(%error, "the number of open files could not be raised");
            limit()
        }
    }
}

fn limit() -> u64 {
    Resource::NOFILE.get_soft().unwrap_or(1_024)
}

/// How many connections may be open at a time.
pub fn connections() -> usize {
    let limit = limit();
    usize::try_from(limit.saturating_sub(RESERVE.min(limit / 4)).min(MOST)).unwrap_or(usize::MAX)
}
