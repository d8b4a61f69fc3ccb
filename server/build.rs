//! Notices new migrations: they are embedded while the server compiles.

fn main() {
    println!("cargo::rerun-if-changed=../migrations");
}
