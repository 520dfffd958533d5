//! Tells cargo that the SQL files are part of the program.
fn main() {
    println!("cargo:rerun-if-changed=.");
}
