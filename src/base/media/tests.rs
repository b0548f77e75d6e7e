//! What is taken, what is refused and with which words, and that nothing but pixels comes out.

use super::*;
use crate::base::error::Error;
use crate::base::i18n::Lang;
use crate::server::testing::shared;
use image::{DynamicImage, GenericImageView, ImageFormat};
use std::io::Cursor;

/// What must not come out: the marks of EXIF, XMP, ICC profiles, comments and the makers' names in the test files.
const TRACES: [&[u8]; 8] = [
    b"Exif",
    b"http://ns.adobe.com",
    b"xpacket",
    b"GPS",
    b"ICC_PROFILE",
    b"Photoshop",
    b"NIKON",
    b"\xff\xfe",
];

fn file(name: &str) -> Option<Vec<u8>> {
    shared(&format!("media/{name}")).map(|path| std::fs::read(path).unwrap())
}

fn encoded(pixels: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    pixels.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn plain(width: u32, height: u32) -> DynamicImage {
    DynamicImage::ImageRgb8(image::RgbImage::from_fn(width, height, |x, y| {
        image::Rgb([(x % 251) as u8, (y % 241) as u8, ((x + y) % 239) as u8])
    }))
}

/// Every segment of a JPEG before its scan: only those that are needed to draw it may be there.
fn segments(jpeg: &[u8]) -> Vec<u8> {
    let (mut at, mut found) = (2, Vec::new());
    while jpeg[at + 1] != 0xda {
        assert_eq!(jpeg[at], 0xff);
        found.push(jpeg[at + 1]);
        at += 2 + usize::from(u16::from_be_bytes([jpeg[at + 2], jpeg[at + 3]]));
    }
    found
}

fn bears_no_trace(picture: &Picture, name: &str) {
    for jpeg in [&picture.large, &picture.small] {
        let head = &jpeg[..jpeg.len().min(700)];
        for trace in TRACES {
            let found = if trace[0] == 0xff { head } else { jpeg }.windows(trace.len()).any(|w| w == trace);
            // Two bytes may stand anywhere by chance: they are looked for as a segment below.
            assert!(!found || trace.len() < 3, "{name}: {}", String::from_utf8_lossy(trace));
        }
        // JFIF, tables, frame: no APP1 to APP15, no comment.
        assert!(
            segments(jpeg).iter().all(|s| [0xe0, 0xdb, 0xc0, 0xc4].contains(s)),
            "{name}: {:x?}",
            segments(jpeg)
        );
    }
}

#[test]
fn pictures_of_the_world_are_taken_upright_and_without_a_trace() {
    for (name, size) in [
        ("gps-DSCN0010.jpg", (640, 480)),
        ("gps-DSCN0021.jpg", (640, 480)),
        ("invalid-image01713.jpg", (0, 0)),
        ("invalid-image02206.jpg", (0, 0)),
        ("orientation-landscape_6.jpg", (600, 450)),
        ("orientation-portrait_8.jpg", (450, 600)),
        ("pillow-exif_gps.jpg", (0, 0)),
        ("xmp-BlueSquare.jpg", (0, 0)),
    ] {
        let Some(bytes) = file(name) else { return };
        let picture = Picture::read(&bytes).unwrap_or_else(|e| panic!("{name}: {e:?}"));
        bears_no_trace(&picture, name);
        if size != (0, 0) {
            assert_eq!((picture.width, picture.height), size, "{name}");
        }
        let large = image::load_from_memory(&picture.large).unwrap();
        assert_eq!(large.dimensions(), (picture.width, picture.height), "{name}");
        let small = image::load_from_memory(&picture.small).unwrap();
        assert!(small.width().max(small.height()) <= SMALL, "{name}");
    }
}

#[test]
fn each_of_the_others_is_refused_with_its_reason() {
    for (name, says) in [
        ("pillow-broken_data_stream.png", "abîmé"),
        ("pillow-decompression_bomb.gif", "JPEG, PNG ou WebP, pas en GIF"),
        ("pillow-decompression_bomb.ico", "JPEG, PNG ou WebP"),
        ("pillow-decompression_bomb_extents.gif", "pas en GIF"),
        ("pillow-png_decompression_dos.png", "au moins 8 pixels"),
        ("pillow-truncated_end_chunk.png", "abîmé"),
        ("pillow-truncated_image.png", "abîmé"),
    ] {
        let Some(bytes) = file(name) else { return };
        let refusal = match Picture::read(&bytes) {
            Err(refusal) => refusal,
            Ok(picture) => panic!("{name} was taken: {} × {}", picture.width, picture.height),
        };
        let told = Lang::Fr.say(&refusal.message());
        assert!(told.contains(says), "{name}: {told}");
    }
}

#[test]
fn every_file_of_the_world_is_in_one_of_the_lists_above() {
    let Some(folder) = shared("media") else { return };
    assert_eq!(std::fs::read_dir(folder).unwrap().count(), 15, "a new file: say what becomes of it");
}

#[test]
fn what_is_no_picture_or_of_another_kind_is_named() {
    assert_eq!(Picture::read(b"").unwrap_err(), Refusal::Empty);
    assert_eq!(Picture::read(b"Bonjour").unwrap_err(), Refusal::Kind(None));
    assert_eq!(Picture::read(b"<svg onload=alert(1)>").unwrap_err(), Refusal::Kind(Some("SVG")));
    assert_eq!(
        Picture::read(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic").unwrap_err(),
        Refusal::Kind(Some("HEIC"))
    );
    // What telephones write first, then what is said to fit as well.
    let box_of = |brand: &str, fits: &str| {
        let mut bytes = (16 + fits.len() as u32).to_be_bytes().to_vec();
        bytes.extend_from_slice(format!("ftyp{brand}\0\0\0\0{fits}").as_bytes());
        Picture::read(&bytes).unwrap_err()
    };
    for brand in "heic heix heim heis hevc hevx hevm hevs heif mif1 mif2 msf1 miaf avci MiHE".split(' ') {
        let refusal = box_of(brand, "");
        assert_eq!(refusal, Refusal::Kind(Some("HEIC")), "{brand}");
        assert!(Lang::Fr.say(&refusal.message()).contains("Le plus compatible"), "says what to do");
    }
    for brand in ["avif", "avis"] {
        assert_eq!(box_of(brand, "mif1"), Refusal::Kind(Some("AVIF")), "{brand}");
    }
    assert_eq!(box_of("new1", "xxxxmif1heic"), Refusal::Kind(Some("HEIC")), "a brand of next year that fits");
    assert_eq!(box_of("mp42", "isom"), Refusal::Kind(Some("MP4")));
    assert_eq!(box_of("new1", ""), Refusal::Kind(None));
    assert_eq!(Picture::read(&vec![0xff; FILE + 1]).unwrap_err(), Refusal::TooLarge);
    // The beginning of a JPEG does not make one.
    assert_eq!(
        Picture::read(&[0xff, 0xd8, 0xff, 0xe0, 0, 16, b'J', b'F', b'I', b'F']).unwrap_err(),
        Refusal::Broken
    );
}

/// A few hundred bytes that claim to be 65,535 pixels square: told by their head, nothing is decoded.
#[test]
fn a_bomb_is_refused_by_its_head() {
    let mut png = encoded(&plain(8, 8), ImageFormat::Png);
    for (at, side) in [(16, 65_535u32), (20, 65_535)] {
        png[at..at + 4].copy_from_slice(&side.to_be_bytes());
    }
    let crc = flate2_crc(&png[12..29]);
    png[29..33].copy_from_slice(&crc.to_be_bytes());
    assert_eq!(Picture::read(&png).unwrap_err(), Refusal::TooManyPixels { width: 65_535, height: 65_535 });
    // A strip: few pixels, a side out of bounds.
    let strip = encoded(&plain(SIDE + 1, 1), ImageFormat::Png);
    assert_eq!(Picture::read(&strip).unwrap_err(), Refusal::TooManyPixels { width: SIDE + 1, height: 1 });
    let told = Lang::Fr.say(&Refusal::TooManyPixels { width: 9_000, height: 9_000 }.message());
    assert!(told.contains("9000 × 9000") && told.contains("60"), "{told}");
}

fn flate2_crc(bytes: &[u8]) -> u32 {
    let mut crc = flate2::Crc::new();
    crc.update(bytes);
    crc.sum()
}

#[test]
fn large_pictures_are_made_small_and_small_ones_stay() {
    let picture = Picture::read(&encoded(&plain(4_000, 3_000), ImageFormat::Jpeg)).unwrap();
    assert_eq!((picture.width, picture.height), (1_600, 1_200));
    let small = image::load_from_memory(&picture.small).unwrap();
    assert_eq!(small.dimensions(), (480, 360));
    let panorama = Picture::read(&encoded(&plain(9_000, 900), ImageFormat::Png)).unwrap();
    assert_eq!((panorama.width, panorama.height), (1_600, 160));
    let little = Picture::read(&encoded(&plain(40, 30), ImageFormat::WebP)).unwrap();
    assert_eq!((little.width, little.height), (40, 30));
    let thin = Picture::read(&encoded(&plain(10_000, 20), ImageFormat::Png)).unwrap();
    assert_eq!((thin.width, thin.height), (1_600, 3));
}

#[test]
fn what_is_transparent_becomes_paper() {
    let clear = DynamicImage::ImageRgba8(image::RgbaImage::from_pixel(20, 20, image::Rgba([200, 0, 0, 0])));
    let picture = Picture::read(&encoded(&clear, ImageFormat::Png)).unwrap();
    let pixel = image::load_from_memory(&picture.large).unwrap().get_pixel(10, 10).0;
    assert!(pixel[..3].iter().all(|c| *c > 250), "{pixel:?}");
}

#[test]
fn a_digest_is_sixty_four_digits_and_nothing_else() {
    let digest = Digest::of(b"x");
    assert_eq!(Digest::of_text(digest.as_str()), Some(digest.clone()));
    for wrong in ["", "..", "../../etc/passwd", &digest.as_str()[1..], &digest.as_str().to_uppercase()] {
        assert_eq!(Digest::of_text(wrong), None, "{wrong}");
    }
    assert_eq!(Digest::of_text(&"é".repeat(32)), None);
}

#[tokio::test]
async fn what_is_kept_reads_back_and_is_removed_unless_it_is_young() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::new(folder.path().join("deep/media"));
    let mut file = store.arriving(FILE).await;
    file.add(&encoded(&plain(700, 500), ImageFormat::Jpeg)).await;
    file.end().await;
    let picture = store.read(file).await.unwrap();
    assert_eq!(store.get(&picture.digest, Size::Large).await.unwrap(), None);
    store.put(&picture).await.unwrap();
    store.put(&picture).await.unwrap();
    assert_eq!(store.get(&picture.digest, Size::Large).await.unwrap().unwrap(), picture.large);
    assert_eq!(store.get(&picture.digest, Size::Small).await.unwrap().unwrap(), picture.small);
    let kept =
        std::fs::read_dir(folder.path().join("deep/media").join(&picture.digest.as_str()[..2])).unwrap();
    assert_eq!(kept.count(), 2, "nothing is left aside");

    let now = crate::base::clock::now();
    store.remove(&picture.digest, now - chrono::TimeDelta::hours(1)).await.unwrap();
    assert!(store.get(&picture.digest, Size::Large).await.unwrap().is_some(), "young");
    for _ in 0..2 {
        store.remove(&picture.digest, now + chrono::TimeDelta::hours(1)).await.unwrap();
        assert_eq!(store.get(&picture.digest, Size::Large).await.unwrap(), None);
        assert_eq!(store.get(&picture.digest, Size::Small).await.unwrap(), None);
    }
}

/// What lies in the folder of what arrives.
fn aside(store: &std::path::Path) -> usize {
    std::fs::read_dir(store.join("arriving")).map_or(0, Iterator::count)
}

#[tokio::test]
async fn a_file_that_grows_too_large_is_gone_at_once_and_told_when_it_is_wanted() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::new(folder.path());
    let mut file = store.arriving(1_000).await;
    file.add(&[1; 1_000]).await;
    file.is_taken().unwrap();
    assert_eq!(aside(folder.path()), 1);
    file.add(&[1]).await;
    assert_eq!(aside(folder.path()), 0);
    file.add(&[1; 5_000]).await;
    file.end().await;
    assert!(matches!(file.is_taken(), Err(Error::TooLarge)));
    let Err(Error::Invalid(told)) = store.read(file).await else { panic!("it is taken") };
    assert_eq!(told[0].message.key, "photo-too-large");
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_is_told_when_the_file_is_wanted_and_at_the_desk() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("media");
    std::fs::write(&file, "no folder").unwrap();
    let store = Store::new(file);
    let mut file = store.arriving(1_000).await;
    file.add(&[1; 10]).await;
    file.end().await;
    assert!(!file.is_empty());
    let why = store.read(file).await.unwrap_err();
    assert!(matches!(why, Error::Pictures(_)), "{why}");
    assert!(store.trouble().is_some());
}

#[tokio::test]
async fn a_sender_that_goes_away_leaves_no_room_for_another_picture_before_theirs_is_drawn() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::new(folder.path());
    let sent = encoded(&plain(3_000, 2_000), ImageFormat::Jpeg);
    for _ in 0..6 {
        let mut file = store.arriving(FILE).await;
        file.add(&sent).await;
        file.end().await;
        let read = tokio::spawn({
            let store = store.clone();
            async move { store.read(file).await }
        });
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        read.abort();
        let _ = read.await;
    }
    // Two are drawn whoever waits for them; those whose turn had not come are gone.
    let (free, drawn) = (store.free_turns(), aside(folder.path()));
    assert!(free + drawn <= 2, "{free} {drawn}");
    // Each ends with its file and its turn, one after the other.
    let begun = std::time::Instant::now();
    while (aside(folder.path()), store.free_turns()) != (0, 2) {
        assert!(begun.elapsed().as_secs() < 60, "{} {}", aside(folder.path()), store.free_turns());
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
}
