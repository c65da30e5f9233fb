#!/bin/sh
# Inside of the machine that tests/platforms/systemd.sh booted: the service of the system, then that of a person. Says what it did.
set -u
count=0

fail() {
    echo "FAILED: $1"
    exit 1
}

# As who, then a command line, which must end with one of the given statuses and show no traceback.
try() {
    allowed=$1
    shift
    said=$("$@" 2>&1 </dev/null)
    got=$?
    case ",$allowed," in *",$got,"*) ;; *) fail "$* ended with $got: $said" ;; esac
    case $said in *Traceback*) fail "$*: $said" ;; esac
    count=$((count + 1))
}

until_true() {
    what=$1
    shift
    for _ in $(seq 150); do
        "$@" >/dev/null 2>&1 && return 0
        sleep 0.2
    done
    fail "$what did not happen within 30 s"
}

told() { [ "$(sort -u "/srv/board/told-$1" 2>/dev/null | wc -l)" = "$2" ] && [ "$(wc -l <"/srv/board/told-$1")" = "$2" ]; }

configuration() {
    port=$(cat /srv/board/port)
    cat <<END
[settings]
gather = "0s"
every  = "1s"
[network]
allow_private = ["127.0.0.1"]
pace = "0s"
[[sources]]
name = "Acme"
kind = "greenhouse"
board = "acme"
base_url = "http://127.0.0.1:$port"
[[searches]]
name = "engineers"
title = ["engineer"]
[channels.hook]
kind = "webhook"
url = "http://127.0.0.1:$port/$1"
secret = { credential = "hook-secret" }
[channels.sealed]
kind = "slack"
url = { credential = "not-there" }
END
}

# Every command from a shell beside the service; $1: how it is called.
beside() {
    for words in "check" "status" "preview engineers" "deliveries" "export" "query engineers" "history 1001" "explain 1001" "hide company Nobody" \
        "doctor --offline" "backup --force /tmp/beside$2.db" "kinds" "service status $2" "service logs $2"; do
        case $words in status | doctor*) allowed=0,1 ;; *) allowed=0 ;; esac
        # shellcheck disable=SC2086
        try $allowed $1 $words
    done
}

show() { publish=$1; echo "$publish" >/srv/board/publish.new && mv /srv/board/publish.new /srv/board/publish; }
version_up() { sed -i 's/^__version__ = .*/__version__ = "9.9.9"/' /srv/job-alerts/alerts/__init__.py; }

system_service() {
    program=/opt/job-alerts/bin/job-alerts
    show 1
    (cd /srv/job-alerts && python3 -m venv /opt/job-alerts && /opt/job-alerts/bin/pip install -qq --disable-pip-version-check .) || fail "the installation"
    mkdir -p /etc/job-alerts && configuration system >/etc/job-alerts/config.toml
    try 0 $program service install --system
    echo "a secret of some length" | install -D -m 600 /dev/stdin /etc/job-alerts/credentials/hook-secret
    echo "https://127.0.0.1:1/x" | install -D -m 600 /dev/stdin /etc/job-alerts/credentials/not-there
    try 0 systemctl enable --now job-alerts
    until_true "the first reading" sh -c "$program status --json | grep -q '\"listed\": *1'"
    show 2
    until_true "an alert of the system's service" told system 1
    echo "  runs as $(ps -o user= -p "$(systemctl show -P MainPID job-alerts)"), exposure $(systemd-analyze security --no-pager job-alerts 2>/dev/null | tail -n 1 | sed 's/.*: //')"
    beside $program --system
    kill -9 "$(systemctl show -P MainPID job-alerts)"
    until_true "another start after kill -9" sh -c 'systemctl is-active --quiet job-alerts && [ "$(systemctl show -P NRestarts job-alerts)" = 1 ]'
    sed -i 's/name = "engineers"/name = "engineers again"/' /etc/job-alerts/config.toml
    try 0 systemctl reload job-alerts
    until_true "the reload" sh -c "journalctl -u job-alerts | grep -q 'configuration read anew'"
    try 0 systemctl is-active job-alerts
    version_up
    (cd /srv/job-alerts && /opt/job-alerts/bin/pip install -qq --disable-pip-version-check .) || fail "the upgrade"
    try 0 $program service install --system
    try 0 systemctl restart job-alerts
    case $($program --version) in *9.9.9*) ;; *) fail "the upgrade left $($program --version)" ;; esac
    show 3
    until_true "an alert after the upgrade, and no other again" told system 2
    try 0 $program service remove --system
    systemctl is-active --quiet job-alerts && fail "it runs after its removal"
    [ -e /etc/systemd/system/job-alerts.service ] && fail "the unit is left"
    [ -s /var/lib/private/job-alerts/alerts.db ] || [ -s /var/lib/job-alerts/alerts.db ] || fail "the database is gone"
}

person() {
    runuser -u anna -- env HOME=/home/anna XDG_RUNTIME_DIR="/run/user/$(id -u anna)" $(env | grep -E '^(PIP|SSL)_') PATH=/home/anna/.local/bin:/usr/bin:/bin "$@"
}

user_service() {
    show 1
    # nspawn puts a deleted file over it, which no other namespace can hide; on a machine of its own there is none.
    umount /proc/kmsg 2>/dev/null
    useradd -m anna && loginctl enable-linger anna || fail "a person of its own"
    until_true "the manager of a person" person systemctl --user is-system-running --wait
    person sh -c 'cd /srv/job-alerts && python3 -m venv ~/.local/share/job-alerts && cp -r /srv/job-alerts /tmp/source && cd /tmp/source &&
        ~/.local/share/job-alerts/bin/pip install -qq --disable-pip-version-check . && mkdir -p ~/.local/bin ~/.config/job-alerts &&
        ln -sf ~/.local/share/job-alerts/bin/job-alerts ~/.local/bin/' || fail "the installation of a person"
    configuration user | person tee /home/anna/.config/job-alerts/config.toml >/dev/null
    try 0 person job-alerts service install
    secrets=/home/anna/.config/job-alerts/credentials
    try 0 person sh -c "echo a secret of some length | install -D -m 600 /dev/stdin $secrets/hook-secret"
    try 0 person sh -c "echo https://127.0.0.1:1/x | install -D -m 600 /dev/stdin $secrets/not-there"
    try 0 person systemctl --user enable --now job-alerts
    until_true "the first reading for a person" sh -c "runuser -u anna -- env HOME=/home/anna /home/anna/.local/bin/job-alerts status --json | grep -q '\"listed\": *1'"
    show 2
    until_true "an alert of a person's service" told user 1
    beside "person job-alerts" --user
    try 0 person systemctl --user reload job-alerts
    try 0 person systemctl --user is-active job-alerts
    try 0 person systemctl --user restart job-alerts
    show 3
    until_true "an alert after a restart, and no other again" told user 2
    pid=$(person systemctl --user show -P MainPID job-alerts)
    echo "  no new privileges $(sed -n 's/NoNewPrivs:\t//p' "/proc/$pid/status"), seccomp $(sed -n 's/Seccomp:\t//p' "/proc/$pid/status"), exposure $(person systemd-analyze --user security --no-pager job-alerts 2>/dev/null | tail -n 1 | sed 's/.*: //')"
    try 0 person job-alerts service remove
    person systemctl --user is-active --quiet job-alerts && fail "it runs after its removal"
    [ -s /home/anna/.local/state/job-alerts/alerts.db ] || fail "the database of the person is gone"
}

started=$(date +%s)
whose=${1:-both}
if [ "$whose" != user ]; then
    system_service
    echo "the service of the system: installed, run, killed, reloaded, upgraded, removed; $count commands ($(($(date +%s) - started)) s)"
fi
if [ "$whose" != system ]; then
    user_service
    echo "the service of a person: installed, run, reloaded, restarted, removed; $count commands in all ($(($(date +%s) - started)) s)"
fi
