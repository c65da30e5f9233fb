#!/bin/sh
# The service under a real systemd, by the README's and the guide's own words: sh tests/platforms/systemd.sh [system|user]
# Boots this machine's own Debian once more in a namespace (systemd-nspawn over an overlay in memory, thrown away at the end) and
# runs tests/platforms/systemd_inside.sh there. Where that cannot be, it says why, and tests/cli/test_service.py stands in: it lets
# systemd-analyze judge the unit and runs the unit's own command line. Status: 0 good or not possible here, 1 when something failed.
set -u
cd "$(dirname "$0")/../.." || exit 2
here=$(pwd)

stand_in() {
    echo "systemd is not booted here: $1"
    echo "in its stead: the unit judged by systemd-analyze, and its command line run, started, reloaded and stopped by hand"
    [ -x .venv/bin/python ] || exit 0
    exec .venv/bin/python -m pytest -q tests/cli/test_service.py
}

[ "$(id -u)" = 0 ] || stand_in "it needs root"
for tool in systemd-nspawn nsenter unshare mount; do
    command -v $tool >/dev/null || stand_in "there is no $tool (Debian: apt-get install systemd-container)"
done
[ -x /lib/systemd/systemd ] || stand_in "there is no /lib/systemd/systemd"
/usr/bin/python3 -c 'import ensurepip, venv, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || stand_in "/usr/bin/python3 is too old, or without python3-venv"

work=$(mktemp -d)
boot=
board=
finish() {
    [ -n "$boot" ] && kill "$boot" 2>/dev/null && wait "$boot" 2>/dev/null
    [ -n "$board" ] && kill "$board" 2>/dev/null
    umount "$work/root" 2>/dev/null
    umount "$work/memory" 2>/dev/null
    rm -rf "$work"
}
trap finish EXIT
trap 'exit 1' INT TERM
mkdir "$work/memory" "$work/root" "$work/board"
mount -t tmpfs -o mode=755 tmpfs "$work/memory" 2>"$work/why" || stand_in "no file system in memory can be mounted ($(cat "$work/why"))"
mkdir "$work/memory/upper" "$work/memory/work"
mount -t overlay overlay -o "lowerdir=/,upperdir=$work/memory/upper,workdir=$work/memory/work" "$work/root" 2>"$work/why" || stand_in "no overlay can be mounted ($(cat "$work/why"))"

# A machine of its own, on which nothing runs but what a service needs.
root=$work/root
tr -d - </proc/sys/kernel/random/uuid >"$root/etc/machine-id"
mkdir -p "$root/etc/systemd/system/house.target.wants" "$root/srv/job-alerts"
rm -rf "$root/var/log/journal" "$root/etc/job-alerts" "$root/opt/job-alerts"
printf '[Unit]\nRequires=basic.target\nAfter=basic.target\nWants=dbus.service systemd-logind.service systemd-user-sessions.service\nAllowIsolate=yes\n' >"$root/etc/systemd/system/house.target"
for unit in apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer man-db.timer e2scrub_all.timer podman.socket podman-auto-update.timer fstrim.timer logrotate.timer; do
    ln -sf /dev/null "$root/etc/systemd/system/$unit"
done
{ git ls-files -co --exclude-standard -z 2>/dev/null || stand_in "this is no checkout"; } | tar --null -T - -c | tar -x -C "$root/srv/job-alerts"

echo 1 >"$work/board/publish"
/usr/bin/python3 tests/platforms/board.py "$work/board" &
board=$!
systemd-nspawn --register=no --keep-unit --quiet -D "$root" --hostname=house --bind="$work/board:/srv/board" --bind-ro=/etc/resolv.conf --boot \
    --console=read-only systemd.unit=house.target systemd.show_status=0 </dev/null >"$work/boot.log" 2>&1 &
boot=$!
leader=
for _ in $(seq 60); do
    leader=$(cat "/proc/$boot/task/$boot/children" 2>/dev/null | tr -d ' ')
    [ -n "$leader" ] && nsenter -t "$leader" -m -p systemctl is-active --quiet house.target 2>/dev/null && break
    kill -0 "$boot" 2>/dev/null || break
    leader=
    sleep 0.5
done
[ -n "$leader" ] || { tail -n 5 "$work/boot.log"; stand_in "systemd-nspawn did not boot it"; }

echo "booted: $(nsenter -t "$leader" -m -p systemctl --version | head -n 1), $(nsenter -t "$leader" -m -p stat -fc %T /sys/fs/cgroup) control groups"
# The way to packages of this machine, and nothing else of its environment.
env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 HOME=/root $(env | grep -E '^(PIP|SSL)_[A-Z_]*=[^ ]*$') \
    nsenter -t "$leader" -m -u -i -p -C timeout 400 sh /srv/job-alerts/tests/platforms/systemd_inside.sh "${1:-both}"
status=$?
[ $status = 0 ] || { echo "failed; from $here, the machine's last words:"; nsenter -t "$leader" -m -p journalctl --no-pager -n 40; }
exit $status
