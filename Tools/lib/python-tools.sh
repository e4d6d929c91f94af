# Installs tools in Python for the tests: pinned versions, in an environment of their own under .build.
# To be sourced by bash after prepare.sh.
# shellcheck shell=bash disable=SC2154

# need_python_tools: makes the environment, or leaves it as it is if it has what python-tools.txt asks for; sets
# `python_tools` to its directory, or to nothing if it is not there and nothing may be installed.
need_python_tools() {
  local wanted="$root/Tools/lib/python-tools.txt"
  python_tools="$root/.build/python-tools"
  # The list is copied in last: an environment that was not finished is made again. So is one whose Python is gone.
  if cmp -s "$wanted" "$python_tools/installed.txt" && "$python_tools/bin/python" -c '' 2>/dev/null; then return 0; fi
  if [[ ${ANNALS_INSTALL:-yes} == no ]]; then
    say "Not installed since ANNALS_INSTALL=no: check-jsonschema and others (Tools/lib/python-tools.txt)"
    python_tools=
    return 0
  fi
  need_packages python3 python3-venv
  say "Installing tools for the tests with pip, into .build/python-tools."
  rm -rf "$python_tools"
  mkdir -p "$root/.build"
  if ! python3 -m venv "$python_tools" >&2 \
    || ! "$python_tools/bin/python" -m pip install --quiet --disable-pip-version-check --no-input --no-deps \
      --requirement "$wanted" </dev/null >&2; then
    stop "$exit_unavailable" "the tools for the tests could not be installed (Tools/lib/python-tools.txt)." \
      "Look at what pip says above; or go on without them: ANNALS_INSTALL=no $0"
  fi
  cp "$wanted" "$python_tools/installed.txt"
}
