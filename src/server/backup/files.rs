//! Files of a backup: written with their digest, encrypted where keys are given, and read back. Blocking: a backup is all that the
//! command does.

use super::manifest::Entry;
use super::trouble;
use crate::base::error::{Error, Result};
use age::stream::StreamWriter;
use sha2::{Digest as _, Sha256};
use std::fs::{File, OpenOptions};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

/// Who can read what is written: public keys (`age1…`). None: everybody who has the files.
#[derive(Clone, Default)]
pub struct Recipients(Vec<age::x25519::Recipient>);

impl std::fmt::Debug for Recipients {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Recipients({})", self.0.len())
    }
}

impl Recipients {
    /// Reads public keys.
    ///
    /// # Errors
    /// [`Error::Config`] naming the one that is none.
    pub fn read(keys: &[String]) -> Result<Recipients> {
        let read = |key: &String| {
            key.trim().parse().map_err(|e| {
                Error::Config(format!(
                    "« {key} » : {e}. Une clé publique commence par « age1 » (age-keygen en fait une) / \
                     a public key begins with “age1” (age-keygen makes one)"
                ))
            })
        };
        Ok(Recipients(keys.iter().map(read).collect::<Result<_>>()?))
    }

    /// Whether nothing is encrypted.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The secret keys that read what was encrypted.
#[derive(Clone, Default)]
pub struct Identities(Vec<age::x25519::Identity>);

impl std::fmt::Debug for Identities {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Identities(…)")
    }
}

impl Identities {
    /// Reads a key file as `age-keygen` writes it: a key a line, `#` before a remark.
    ///
    /// # Errors
    /// [`Error::Config`] where it cannot be read, or holds no key.
    pub fn read(path: &Path) -> Result<Identities> {
        let text = std::fs::read_to_string(path).map_err(|e| trouble(path, &e))?;
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        let keys: Vec<age::x25519::Identity> =
            lines.map(|line| line.parse().map_err(|e| trouble(path, &e))).collect::<Result<_>>()?;
        if keys.is_empty() {
            return Err(trouble(path, &"aucune clé / no key"));
        }
        Ok(Identities(keys))
    }
}

/// A backup's folder while it is being written: only its owner reads it.
#[derive(Debug)]
pub(super) struct Folder {
    root: PathBuf,
    recipients: Recipients,
}

impl Folder {
    /// A folder that is not there yet, or is empty.
    ///
    /// # Errors
    /// [`Error::Config`] where something is in it.
    pub(super) fn create(root: &Path, recipients: Recipients) -> Result<Folder> {
        make(root)?;
        let mut there = std::fs::read_dir(root).map_err(|e| trouble(root, &e))?;
        if there.next().is_some() {
            return Err(trouble(
                root,
                &"ce dossier n’est pas vide : une sauvegarde a le sien / this folder is not empty: each backup has its own",
            ));
        }
        Ok(Folder { root: root.to_owned(), recipients })
    }

    /// Begins a file; `path` is without the ending of encryption.
    pub(super) fn file(&self, path: &str) -> Result<Sink> {
        let sealed = !self.recipients.is_empty();
        let path = if sealed { format!("{path}.age") } else { path.to_owned() };
        let full = self.root.join(&path);
        if let Some(parent) = full.parent() {
            make(parent)?;
        }
        let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&full);
        let file = file.map_err(|e| trouble(&full, &e))?;
        let counted = Counted { to: BufWriter::new(file), sha256: Sha256::new(), bytes: 0 };
        let to = if sealed {
            let keys = self.recipients.0.iter().map(|key| key as &dyn age::Recipient);
            let sealing = age::Encryptor::with_recipients(keys).map_err(|e| trouble(&full, &e))?;
            To::Sealed(Box::new(sealing.wrap_output(counted).map_err(|e| trouble(&full, &e))?))
        } else {
            To::Plain(counted)
        };
        Ok(Sink { path, full, to })
    }

    /// Writes the list: from now on the backup is whole.
    pub(super) fn finish(self, name: &str, content: &[u8]) -> Result<()> {
        let (aside, path) = (self.root.join(format!(".{name}")), self.root.join(name));
        let written =
            OpenOptions::new().write(true).create_new(true).mode(0o600).open(&aside).and_then(|mut file| {
                file.write_all(content)?;
                file.sync_all()?;
                std::fs::rename(&aside, &path)?;
                File::open(&self.root)?.sync_all()
            });
        written.map_err(|e| trouble(&path, &e))
    }
}

fn make(folder: &Path) -> Result<()> {
    let made = std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder);
    made.map_err(|e| trouble(folder, &e))
}

/// A file that is being written.
pub(super) struct Sink {
    path: String,
    full: PathBuf,
    to: To,
}

enum To {
    Plain(Counted),
    Sealed(Box<StreamWriter<Counted>>),
}

struct Counted {
    to: BufWriter<File>,
    sha256: Sha256,
    bytes: u64,
}

impl Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.to.write(bytes)?;
        self.sha256.update(&bytes[..written]);
        self.bytes += written as u64;
        Ok(written)
    }
    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.to {
            To::Plain(to) => to.write(bytes),
            To::Sealed(to) => to.write(bytes),
        }
    }
    fn flush(&mut self) -> io::Result<()> {
        match &mut self.to {
            To::Plain(to) => to.flush(),
            To::Sealed(to) => to.flush(),
        }
    }
}

impl Sink {
    /// Ends the file on the disk, and says what it is.
    pub(super) fn end(self, rows: Option<u64>) -> Result<Entry> {
        let full = self.full;
        let ended = match self.to {
            To::Plain(to) => Ok(to),
            To::Sealed(to) => to.finish(),
        };
        let written = ended.and_then(|mut counted| {
            counted.flush()?;
            counted.to.get_ref().sync_all()?;
            Ok(counted)
        });
        let counted = written.map_err(|e| trouble(&full, &e))?;
        Ok(Entry { path: self.path, bytes: counted.bytes, sha256: hex(&counted.sha256.finalize()), rows })
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whether a file is what the list says.
pub(super) fn check(root: &Path, entry: &Entry) -> Result<()> {
    let path = inside(root, entry)?;
    let mut digest = Sha256::new();
    let read = File::open(&path).and_then(|mut file| io::copy(&mut file, &mut HashTo(&mut digest)));
    let bytes = read.map_err(|e| trouble(&path, &e))?;
    if bytes != entry.bytes || hex(&digest.finalize()) != entry.sha256 {
        return Err(trouble(
            &path,
            &"abîmé : autre contenu que celui de la sauvegarde. Rien n’a été changé / \
              damaged: not what the backup says. Nothing was changed",
        ));
    }
    Ok(())
}

/// `Sha256` as a writer.
struct HashTo<'a>(&'a mut Sha256);

impl Write for HashTo<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Where an entry lies: a list that leads out of its folder is refused.
fn inside(root: &Path, entry: &Entry) -> Result<PathBuf> {
    let parts: Vec<_> = Path::new(&entry.path).components().collect();
    let plain = parts.iter().all(|part| matches!(part, std::path::Component::Normal(_)));
    if !plain || parts.is_empty() {
        return Err(trouble(root, &format!("« {} »", entry.path)));
    }
    Ok(root.join(&entry.path))
}

/// A file's content, decrypted where it must be.
pub(super) fn open(root: &Path, entry: &Entry, identities: &Identities) -> Result<Box<dyn Read + Send>> {
    let path = inside(root, entry)?;
    let file = BufReader::new(File::open(&path).map_err(|e| trouble(&path, &e))?);
    if !entry.path.ends_with(".age") {
        return Ok(Box::new(file));
    }
    let sealed = age::Decryptor::new(file).map_err(|e| trouble(&path, &e))?;
    let keys = identities.0.iter().map(|key| key as &dyn age::Identity);
    let opened = sealed.decrypt(keys).map_err(|e| {
        trouble(
            &path,
            &format!("{e}. Donnez la clé secrète avec --identity / give the secret key with --identity"),
        )
    })?;
    Ok(Box::new(opened))
}
