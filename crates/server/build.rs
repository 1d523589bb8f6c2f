//! Makes sure that the folder of built web pages exists, so that the crate compiles before the pages are built.

fn main() -> std::io::Result<()> {
    let pages = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../web/dist");
    std::fs::create_dir_all(&pages)?;
    println!("cargo::rerun-if-changed={}", pages.display());
    Ok(())
}
