# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Debian's source packages, for scripts that source this file:
#
#   fetch_source PACKAGE APT FOLDER    the unpacked source in FOLDER; 1: it cannot be had
#
# A bare Debian has no deb-src lines, and the user's configuration is not ours to edit: source
# entries are derived from it, for the distribution's own suites, and kept with their lists and
# their cache in APT, a folder of our own that callers share.

private_apt() {
    local apt=$1 program=$2
    "$program" -q -o Dir::Etc::SourceList="$apt/sources.list" -o Dir::Etc::SourceParts="$apt/sources.d" \
        -o Dir::State::Lists="$apt/lists" -o Dir::Cache="$apt/cache" "${@:3}"
}

prepare_private_apt() {
    local apt=$1 suite file
    suite=$(. /etc/os-release && echo "$VERSION_CODENAME")
    mkdir -p "$apt"/{sources.d,lists/partial,cache/archives/partial}
    for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
        [[ ! -f $file ]] || sed -n "/ $suite/s/^deb /deb-src /p" "$file"
    done >"$apt/sources.list"
    for file in /etc/apt/sources.list.d/*.sources; do
        [[ ! -f $file ]] || awk -v RS= -v ORS='\n\n' -v suite="$suite" '
            /Enabled: *no/ { next }
            $0 ~ "Suites:[^\n]*" suite { sub(/Types:[^\n]*/, "Types: deb-src"); print }' "$file"
    done >"$apt/sources.d/source.sources"
    private_apt "$apt" apt-get update >&2 || true # a failing entry is no reason to stop: the download decides
    touch "$apt/ready"
}

# Newest version first; a mirror may list a version that it no longer holds.
download() {
    local version
    for version in $(private_apt "$2" apt-cache showsrc "$1" | sed -n 's/^Version: //p' | sort -uVr); do
        ! private_apt "$2" apt-get --download-only source "$1=$version" >&2 || return 0
    done
    return 1
}

fetch_source() {
    local package=$1 apt=$2 folder=$3
    rm -rf "$folder" "$folder.download"
    mkdir -p "$apt" "$folder.download"
    # Packages fetched at the same time share the lists.
    exec 9>"$apt.lock"
    flock 9
    [[ -e $apt/ready ]] || prepare_private_apt "$apt"
    if ! (cd "$folder.download" && download "$package" "$apt"); then
        rm -f "$apt/ready"
        exec 9>&-
        echo "cannot fetch the source package '$package'" >&2
        return 1
    fi
    exec 9>&-
    dpkg-source --no-check -x "$folder.download"/*.dsc "$folder" >&2
}
