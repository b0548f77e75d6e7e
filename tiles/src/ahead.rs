//! Columns asked for before they are read.
//!
//! A cold filter waits for memory, and a processor that looks ahead does so within a page: each column of a chunk begins
//! on another. What is asked for here arrives while the rows of another column are reckoned with. Nothing is read and
//! nothing depends on it: elsewhere than on x86-64 it does nothing.

/// Bytes that come at once.
#[cfg(target_arch = "x86_64")]
const LINE: usize = 64;

/// Asks for a column.
#[cfg(target_arch = "x86_64")]
pub(crate) fn fetch<T>(column: &[T]) {
    use std::arch::x86_64::_MM_HINT_T1;
    // Every processor of the kind has it.
    let Some(sse) = pulp::core_arch::x86::Sse::try_new() else { return };
    for line in column.chunks(LINE / size_of::<T>()) {
        sse._mm_prefetch::<_MM_HINT_T1>(line.as_ptr().cast());
    }
}

/// Asks for nothing.
#[cfg(not(target_arch = "x86_64"))]
pub(crate) fn fetch<T>(_column: &[T]) {}
