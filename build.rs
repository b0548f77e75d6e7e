//! What the compiler finds made: the folder `web/dist`, so that the server compiles before the pages' files are built (`make web`), and
//! the texts of each language in one file, those that several modules use first, then each module's by its name. Modules that are
//! compiled for tests only have theirs in a file of their own.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    for path in ["web/dist", "web/modules", "web/shared", "tests/modules", "migrations"] {
        println!("cargo::rerun-if-changed={path}");
    }
    fs::create_dir_all("web/dist")?;
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    for name in ["fr.ftl", "en.ftl"] {
        let shared = fs::read_to_string(Path::new("web/shared").join(name))?;
        fs::write(out.join(name), shared + &texts("web/modules", name)?)?;
        fs::write(out.join(format!("test-{name}")), texts("tests/modules", name)?)?;
    }
    Ok(())
}

/// The texts of every module in a folder, by name.
fn texts(folder: &str, name: &str) -> io::Result<String> {
    let mut folders: Vec<PathBuf> =
        fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    folders.sort();
    let mut all = String::new();
    // A module without words of its own has no file.
    for file in folders.iter().map(|folder| folder.join(name)).filter(|file| file.exists()) {
        all.push('\n');
        all.push_str(&fs::read_to_string(file)?);
    }
    Ok(all)
}
