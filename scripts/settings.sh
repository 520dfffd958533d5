# Read by the scripts: where things are, and how they speak. One line a message, Chinese and English.
# shellcheck shell=bash

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$project" || exit 1

# rustup's own installer leaves PATH to the next login.
if ! command -v cargo >/dev/null && [[ -x ${HOME:-}/.cargo/bin/cargo ]]; then PATH=$HOME/.cargo/bin:$PATH; fi

target=${CARGO_TARGET_DIR:-$project/target}
# shellcheck disable=SC2034  # read by the scripts
# The program as `make up` and `make test` build it.
program=$target/debug/banlian

say() { printf '→ %s\n' "$*"; }
fail() {
  printf '✗ %s\n' "$*" >&2
  exit 1
}

# One selection of packages for all of cargo's work, because the features of the dependencies follow from it and each
# other selection would compile them once more.
build_program() { cargo build --workspace --bin banlian; }
