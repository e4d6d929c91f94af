# Shared by the scripts in Tools/: says what goes on, and sees to it that the machine has what Annals is built with.
# To be sourced by bash; sets `root`, the directory of the checkout.
# shellcheck shell=bash

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

readonly exit_unavailable=69

# Notes go to standard error: standard output is for results.
say() { printf '%s\n' "$*" >&2; }

# stop STATUS LINE…: says why, and ends the script.
stop() {
  local status=$1
  shift
  printf '%s: %s\n' "${0##*/}" "$1" >&2
  shift
  if (($# > 0)); then printf '  %s\n' "$@" >&2; fi
  exit "$status"
}

# Stops unless Swift is there, in the version that Package.swift asks for or a later one.
need_swift() {
  local wanted found
  wanted=$(sed -n '1s/.*swift-tools-version: *\([0-9.]*\).*/\1/p' "$root/Package.swift")
  if ! command -v swift >/dev/null; then
    stop "$exit_unavailable" "Swift is not on this machine, or not on the PATH." \
      "Annals is built and tested with Swift 6.3; get it from https://www.swift.org/install/linux/" \
      "Then open a new terminal and run this again."
  fi
  found=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9][0-9.]*\).*/\1/p')
  if [[ $(printf '%s\n' "$wanted" "$found" | sort -V | head -n 1) != "$wanted" ]]; then
    stop "$exit_unavailable" "Swift is of version ${found:-unknown}; Annals needs $wanted or later." \
      "Annals is built and tested with Swift 6.3; get it from https://www.swift.org/install/linux/"
  fi
}

# prepare_build CONFIGURATION: sets `build`, the command that builds with that configuration; add --product NAME or
# --show-bin-path. What is installed, tried out and measured is built alike: with the libraries of Swift in it, where they
# are there in that form, so that it starts fast, and runs when Swift has been removed or has moved on. SQLite and the C
# library stay those of the system: they are kept up to date there, and a program that opens files of strangers is better
# loaded at an address that nobody knows. All in one file, a start would take some 3 ms less.
prepare_build() {
  build=(swift build --package-path "$root" --configuration "$1")
  [[ $1 == release ]] || return 0
  local libraries
  libraries=$(swift -print-target-info 2>/dev/null | sed -n 's/.*"runtimeResourcePath": *"\(.*\)".*/\1/p')_static
  [[ -d $libraries ]] || return 0
  build+=(--static-swift-stdlib)
}

# Whether what a Debian package brings is there, wherever it came from.
has() {
  case $1 in
    iso-codes) [[ -d /usr/share/iso-codes/json ]] ;;
    libsqlite3-dev)
      # On macOS the header comes with the SDK.
      [[ -e /usr/include/sqlite3.h || -e /usr/local/include/sqlite3.h || $(uname) == Darwin ]]
      ;;
    chromium) command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null ;;
    python3-venv) python3 -c 'import ensurepip, venv' 2>/dev/null ;;
    libssl-dev) [[ -e /usr/include/openssl/sha.h ]] ;;
    fonts-dejavu-core) [[ -e /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf || $(uname) == Darwin ]] ;;
    # Any font with Chinese letters will do.
    fonts-wqy-zenhei) command -v fc-list >/dev/null && [[ -n $(fc-list :lang=zh) ]] ;;
    # The system's Python may have it though another one is first on the PATH.
    python3-cryptography)
      python3 -c 'import cryptography' 2>/dev/null || /usr/bin/python3 -c 'import cryptography' 2>/dev/null
      ;;
    *) command -v "$1" >/dev/null ;;
  esac
}

apt_get() {
  local as_root=()
  # Without a terminal nobody could type a password: fail, do not wait.
  if ((EUID != 0)); then
    as_root=(sudo)
    if [[ ! -t 0 ]]; then as_root+=(-n); fi
  fi
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=120 "$@" </dev/null >&2
}

# need_packages NAME…: installs those Debian packages that are missing, or stops with the command to type.
# With ANNALS_INSTALL=no it installs nothing and says only what is missing.
need_packages() {
  local package missing=()
  for package; do
    has "$package" || missing+=("$package")
  done
  if ((${#missing[@]} == 0)); then return 0; fi
  if [[ ${ANNALS_INSTALL:-yes} == no ]]; then
    say "Missing, and not installed since ANNALS_INSTALL=no: ${missing[*]}"
    return 0
  fi
  local by_hand="as root: apt-get update && apt-get install ${missing[*]}"
  if ! command -v apt-get >/dev/null; then
    stop "$exit_unavailable" "these are missing: ${missing[*]} (names of Debian packages)." \
      "There is no apt-get here: install them with your system's own tool and run this again," \
      "or go on without them: ANNALS_INSTALL=no $0"
  fi
  if ((EUID != 0)) && ! command -v sudo >/dev/null; then
    stop "$exit_unavailable" "these are missing: ${missing[*]}; to install them you have to be root." "$by_hand"
  fi
  say "Installing what is missing, with apt-get: ${missing[*]}"
  # One repository out of reach is no reason to give up: what is asked for may be in another.
  apt_get update || say "apt-get update failed; trying to install all the same."
  apt_get install --yes --no-install-recommends "${missing[@]}" \
    || stop "$exit_unavailable" "these could not be installed: ${missing[*]}" "Try it by hand, $by_hand"
}
