//! What the compiler finds made: the folder `web/dist`, so that the server compiles before the pages' files are built (`make web`), and
//! the texts of each language in one file, those that several modules use first, then each module's by its name.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    for path in ["web/dist", "web/modules", "web/shared", "migrations"] {
        println!("cargo::rerun-if-changed={path}");
    }
    fs::create_dir_all("web/dist")?;
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    for language in ["fr", "en"] {
        fs::write(out.join(format!("{language}.ftl")), texts(&format!("{language}.ftl"))?)?;
    }
    Ok(())
}

fn texts(name: &str) -> io::Result<String> {
    let mut folders: Vec<PathBuf> =
        fs::read_dir("web/modules")?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    folders.sort();
    let mut all = fs::read_to_string(Path::new("web/shared").join(name))?;
    // A module without words of its own has no file.
    for file in folders.iter().map(|folder| folder.join(name)).filter(|file| file.exists()) {
        all.push('\n');
        all.push_str(&fs::read_to_string(file)?);
    }
    Ok(all)
}
