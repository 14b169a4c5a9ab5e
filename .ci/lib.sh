# Shared by `.ci/run` and `.ci/long`: steps with their times, packages, cross builds.

export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$HOME/.cache/commonwatch/target}"
# A fresh clone never reuses incremental data; it would only fill the disk.
export CARGO_INCREMENTAL=0
export CARGO_TERM_COLOR=never
mkdir -p "$CARGO_TARGET_DIR"

summary=()
current=
note=

# step NAME COMMAND…: runs the command, which ends the script if it fails, and notes its time.
# The command may leave a figure worth keeping in `note`.
step() {
    current=$1
    note=
    shift
    echo "== $current"
    local start=$SECONDS
    "$@"
    local took
    took=$(clock $((SECONDS - start)))
    summary+=("| $current | $took | $note |")
    echo "== $current: $took"
    echo
    current=
}

# clock SECONDS: minutes and seconds.
clock() {
    printf '%d min %02d s' $(($1 / 60)) $(($1 % 60))
}

# The last thing printed, whether the script got to its end or not.
report() {
    local status=$?
    echo "| step | time | result |"
    echo "|---|---|---|"
    if ((${#summary[@]})); then
        printf '%s\n' "${summary[@]}"
    fi
    echo "| in all | $(clock $SECONDS) | |"
    if [[ -n $current ]]; then
        echo "FAILED at: $current"
        echo "steps: ${#summary[@]} passed, 1 failed"
    else
        echo "steps: ${#summary[@]} passed, 0 failed"
    fi
    return $status
}
trap report EXIT

# packages NAME…: installs those of Debian's packages that are missing.
packages() {
    local name missing=()
    for name in "$@"; do
        if [[ $(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null) != installed ]]; then
            missing+=("$name")
        fi
    done
    if ((${#missing[@]} == 0)); then
        echo "nothing is missing"
        return
    fi
    echo "missing: ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    apt-get install -qq -y --no-install-recommends "${missing[@]}" >/dev/null
}

# cross TARGET CARGO-WORDS…: cargo for another platform.
#
# Debian's compiler comes with the source of the standard library and builds it for any target, so
# nothing but packages is needed. Both targets share a folder: what runs on the host (macros, build
# scripts) is built once. Programs run under node and qemu by themselves (the runners).
# What Debian's old C library for WASI lacks, node must give: it refuses a program that wants more.
cross() {
    local target=$1 verb=$2
    shift 2
    env -u RUSTFLAGS -u CARGO_ENCODED_RUSTFLAGS -u RUSTUP_TOOLCHAIN \
        PATH="/usr/bin:$PATH" RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 \
        CARGO_TARGET_DIR="$CARGO_TARGET_DIR/cross" \
        CARGO_TARGET_WASM32_WASIP1_LINKER=wasm-ld \
        CARGO_TARGET_WASM32_WASIP1_RUSTFLAGS="-C link-self-contained=no -L /usr/lib/wasm32-wasi -C link-arg=/usr/lib/wasm32-wasi/crt1-command.o -C link-arg=--allow-undefined" \
        CARGO_TARGET_WASM32_WASIP1_RUNNER="node --no-warnings $PWD/tests/wasm/node.mjs" \
        CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_LINKER=aarch64-linux-gnu-gcc \
        CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_RUNNER="qemu-aarch64 -L /usr/aarch64-linux-gnu" \
        /usr/bin/cargo "$verb" -Z build-std=std,panic_abort --target "$target" "$@"
}
