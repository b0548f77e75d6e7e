//! No bytes make the tile reader panic or allocate without bound.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = parvis_tiles::decode::decode(bytes);
});
