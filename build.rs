//! Makes sure that `web/dist` exists, so that the server compiles before the pages' files are built (`make web`).

fn main() -> std::io::Result<()> {
    println!("cargo::rerun-if-changed=web/dist");
    println!("cargo::rerun-if-changed=migrations");
    std::fs::create_dir_all("web/dist")
}
