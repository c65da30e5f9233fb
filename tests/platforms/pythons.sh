#!/bin/sh
# The suite on every Python that this machine has: sh tests/platforms/pythons.sh [PYTEST ARGUMENTS]. Prints a table at the end.
# PYTHONS="3.12 /opt/python/bin/python3" names others (a version is looked for on PATH and in ~/.pyenv), WORKERS=1 is gentle, OUT keeps
# the environments and logs.
cd "$(dirname "$0")/../.." || exit 2
out=${OUT:-$(mktemp -d)}
table=$out/table
: >"$table"
status=0
seen=
for named in ${PYTHONS:-/usr/bin/python3 3.11 3.12 3.13 3.14}; do
    case $named in
        /*) python=$named ;;
        *) python=$(ls -d "$HOME/.pyenv/versions/$named"*/bin/python3 2>/dev/null | tail -n 1) && [ -n "$python" ] || python=python$named ;;
    esac
    version=$("$python" -c 'import platform, sys; sys.version_info >= (3, 11) or sys.exit(1); print(platform.python_version())' 2>/dev/null) || {
        echo "$python: not on this machine, or older than 3.11" >>"$table"
        continue
    }
    case " $seen " in *" $version "*) continue ;; esac
    seen="$seen $version"
    "$python" -m venv "$out/$version" && "$out/$version/bin/python" -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]' || {
        echo "$version: cannot be installed" >>"$table"
        status=1
        continue
    }
    if "$out/$version/bin/python" -m pytest -q -n "${WORKERS:-2}" --dist loadfile -m "not drill" "$@" >"$out/$version.log" 2>&1; then how=good; else how=FAILED status=1; fi
    echo "$version: $how: $(tail -n 1 "$out/$version.log")" >>"$table"
done
cat "$table"
echo "logs: $out"
exit $status
