//! What can be wrong before anything is opened, said at once, in both languages, with what to do.

use crate::base::error::{Error, Result};
use std::fs;
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::path::Path;
use tokio::net::TcpListener;

/// Takes the port.
///
/// # Errors
/// [`Error::Config`] where it cannot be had.
pub(super) async fn listen(address: SocketAddr) -> Result<TcpListener> {
    TcpListener::bind(address).await.map_err(|error| {
        let what = match error.kind() {
            ErrorKind::AddrInUse => {
                "ce port est déjà pris, peut-être par un autre Parvis : arrêtez-le ou choisissez-en un autre / \
                 this port is taken, perhaps by another Parvis: stop it or choose another one"
            }
            ErrorKind::PermissionDenied => {
                "ce port est réservé (sous 1024) : choisissez-en un autre et placez un serveur mandataire devant / \
                 this port is reserved (below 1024): choose another one and put a proxy before it"
            }
            ErrorKind::AddrNotAvailable => {
                "cette adresse n’est pas celle de cette machine / this address is not one of this machine"
            }
            _ => "ce port ne peut être pris / this port cannot be had",
        };
        Error::Config(format!("listen = \"{address}\" : {what} ({error})"))
    })
}

/// Makes the folder of pictures where it is missing, and tries to write in it.
///
/// # Errors
/// [`Error::Config`] where it cannot be made or written.
pub(super) fn pictures(folder: &Path) -> Result<()> {
    let trial = folder.join(format!(".{}", uuid::Uuid::new_v4().simple()));
    let tried = fs::create_dir_all(folder)
        .and_then(|()| fs::write(&trial, ""))
        .and_then(|()| fs::remove_file(&trial));
    tried.map_err(|error| unwritable("media", folder, &error))
}

/// Says that a folder or file cannot be written.
pub(super) fn unwritable(key: &str, path: &Path, error: &std::io::Error) -> Error {
    Error::Config(format!(
        "{key} = \"{}\" : ce dossier ne peut être créé ou écrit : vérifiez le chemin, les droits et la place / this folder cannot be \
         made or written: check the path, the rights and the room left ({error})",
        path.display()
    ))
}
