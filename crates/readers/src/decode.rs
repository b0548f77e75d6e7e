//! Bytes to text: decompression and encoding.
//!
//! What it is: a first pass that decides the encoding on the whole file (an accent may come late), and a reader that
//! gives UTF-8. What it is not: it does not guess between the hundred encodings of the world; a French file that is not
//! UTF-8 is Windows-1252. Invariant: what is read is valid UTF-8, and what was assumed is said.

use std::{
    fs::File,
    io::{self, BufReader, Read},
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

const BLOCK: usize = 64 << 10;

/// Opens a file, decompressing it when its content is gzip.
///
/// # Errors
/// The disk's.
pub(super) fn open(path: &Path) -> io::Result<Box<dyn Read + Send>> {
    let mut magic = [0; 2];
    let mut file = File::open(path)?;
    let read = read_full(&mut file, &mut magic)?;
    let whole = BufReader::with_capacity(BLOCK, File::open(path)?);
    if read == 2 && magic == [0x1f, 0x8b] {
        return Ok(Box::new(flate2::bufread::MultiGzDecoder::new(whole)));
    }
    Ok(Box::new(whole))
}

/// Fills as much of the buffer as the reader has.
///
/// # Errors
/// The reader's.
pub(super) fn read_full(reader: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match reader.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

/// What the first pass found.
pub(super) struct Detected {
    pub(super) encoding: &'static Encoding,
    /// In French, for the report.
    pub(super) label: String,
    /// Bytes of decompressed content.
    pub(super) bytes: u64,
}

/// Reads the whole content once and decides its encoding.
///
/// # Errors
/// The disk's, or an unknown label.
pub(super) fn detect(reader: &mut dyn Read, label: Option<&str>) -> io::Result<Detected> {
    let mut buffer = vec![0; BLOCK];
    let (mut kept, mut total, mut invalid, mut accented) = (0, 0u64, 0u64, 0u64);
    let (mut by_mark, mut assumed) = (None, None);
    loop {
        let count = read_full(&mut &mut *reader, &mut buffer[kept..])?;
        let filled = kept + count;
        if total == 0 {
            by_mark = Encoding::for_bom(&buffer[..filled]);
            if by_mark.is_none() {
                assumed = by_zeros(&buffer[..filled]);
            }
        }
        total += count as u64;
        kept = 0;
        let mut rest = &buffer[..filled];
        // A file that is plainly not UTF-8 needs no further proof; the pass goes on only to count its bytes.
        while invalid < 10_000 && !rest.is_empty() {
            let valid = Encoding::utf8_valid_up_to(rest);
            accented += rest[..valid].iter().filter(|byte| **byte >= 0xc0).count() as u64;
            rest = &rest[valid..];
            if rest.is_empty() {
                break;
            }
            let needed = match rest[0] {
                0xc2..=0xdf => 2,
                0xe0..=0xef => 3,
                0xf0..=0xf4 => 4,
                _ => 1,
            };
            if rest.len() < needed && count > 0 && rest[1..].iter().all(|byte| byte & 0xc0 == 0x80) {
                kept = rest.len();
                break;
            }
            invalid += 1;
            rest = &rest[1..];
        }
        let start = filled - kept;
        buffer.copy_within(start..filled, 0);
        if count == 0 {
            break;
        }
    }
    let (encoding, label) = match (label, by_mark) {
        (Some(label), _) => {
            let encoding = Encoding::for_label(label.as_bytes()).ok_or_else(|| {
                io::Error::new(io::ErrorKind::InvalidInput, format!("unknown encoding {label}"))
            })?;
            (encoding, format!("{} (imposé)", encoding.name()))
        }
        (None, Some((encoding, _))) if encoding == UTF_16LE || encoding == UTF_16BE => {
            (encoding, format!("{} (marque d'ordre)", encoding.name()))
        }
        (None, None) if assumed.is_some() => {
            let encoding = assumed.unwrap_or(UTF_8);
            (encoding, format!("{} (supposé)", encoding.name()))
        }
        (None, Some(_)) if invalid == 0 => (UTF_8, "UTF-8 (marque d'ordre)".to_owned()),
        (None, _) if invalid == 0 => (UTF_8, "UTF-8".to_owned()),
        (None, _) if accented > 10 * invalid => {
            (UTF_8, format!("UTF-8 abîmé ({invalid} octets illisibles remplacés)"))
        }
        (None, _) => (WINDOWS_1252, "Windows-1252 (supposé)".to_owned()),
    };
    Ok(Detected { encoding, label, bytes: total })
}

/// UTF-16 without a mark: in Latin writing every second byte is zero, and no other encoding has zeros at all.
fn by_zeros(start: &[u8]) -> Option<&'static Encoding> {
    let start = &start[..start.len().min(4096) & !1];
    let zeros = |from: usize| start.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), start.len() / 2);
    if half < 2 {
        return None;
    }
    if odd * 2 > half && even * 20 < half {
        return Some(UTF_16LE);
    }
    (even * 2 > half && odd * 20 < half).then_some(UTF_16BE)
}

/// A reader of UTF-8 over bytes of any encoding; a byte order mark is taken off.
pub(super) struct Transcode<R> {
    inner: R,
    decoder: Decoder,
    input: Vec<u8>,
    input_at: usize,
    output: String,
    output_at: usize,
    ended: bool,
    /// Bytes of content consumed, for a progress bar.
    pub(super) consumed: Arc<AtomicU64>,
}

impl<R: Read> Transcode<R> {
    pub(super) fn new(inner: R, encoding: &'static Encoding) -> Self {
        Transcode {
            inner,
            decoder: encoding.new_decoder_with_bom_removal(),
            input: Vec::new(),
            input_at: 0,
            output: String::with_capacity(BLOCK),
            output_at: 0,
            ended: false,
            consumed: Arc::default(),
        }
    }

    fn refill(&mut self) -> io::Result<()> {
        self.output.clear();
        self.output_at = 0;
        while self.output.is_empty() && !self.ended {
            if self.input_at == self.input.len() {
                self.input.resize(BLOCK, 0);
                let count = read_full(&mut self.inner, &mut self.input)?;
                self.input.truncate(count);
                self.input_at = 0;
                self.consumed.fetch_add(count as u64, Ordering::Relaxed);
            }
            let last = self.input.is_empty();
            let (result, read, _) =
                self.decoder.decode_to_string(&self.input[self.input_at..], &mut self.output, last);
            self.input_at += read;
            self.ended = last && result == CoderResult::InputEmpty;
        }
        Ok(())
    }
}

impl<R: Read> Read for Transcode<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.output_at == self.output.len() {
            self.refill()?;
        }
        let rest = &self.output.as_bytes()[self.output_at..];
        let count = rest.len().min(buffer.len());
        buffer[..count].copy_from_slice(&rest[..count]);
        self.output_at += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn decode(bytes: &[u8]) -> (String, String) {
        let detected = detect(&mut &*bytes, None).unwrap();
        assert_eq!(detected.bytes, bytes.len() as u64);
        let mut text = String::new();
        Transcode::new(bytes, detected.encoding).read_to_string(&mut text).unwrap();
        (text, detected.label)
    }

    #[test]
    fn encodings_are_told_apart() {
        assert_eq!(decode("été".as_bytes()), ("été".into(), "UTF-8".into()));
        assert_eq!(decode(b"\xef\xbb\xbfid").0, "id");
        assert_eq!(decode(b"\xe9t\xe9 \x92"), ("été ’".into(), "Windows-1252 (supposé)".into()));
        let utf16: Vec<u8> = "\u{feff}été".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&utf16), ("été".into(), "UTF-16LE (marque d'ordre)".into()));
        let unmarked: Vec<u8> = "id;été\n1;à".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&unmarked), ("id;été\n1;à".into(), "UTF-16LE (supposé)".into()));
        let unmarked: Vec<u8> = "id;été".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(decode(&unmarked), ("id;été".into(), "UTF-16BE (supposé)".into()));
        assert_eq!(decode(b"").0, "");
        let mut damaged = "é".repeat(200).into_bytes();
        damaged.push(0xe9);
        assert!(decode(&damaged).1.starts_with("UTF-8 abîmé"));
    }

    #[test]
    fn an_accent_across_two_blocks_is_valid() {
        for shift in 0..4 {
            let text = "a".repeat(BLOCK - 2 + shift) + "é€😀" + &"b".repeat(BLOCK);
            assert_eq!(decode(text.as_bytes()), (text, "UTF-8".into()));
        }
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_become_text(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            decode(&bytes);
        }
    }
}
