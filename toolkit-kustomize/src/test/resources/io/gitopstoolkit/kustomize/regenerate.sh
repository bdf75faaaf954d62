#!/bin/sh
# Writes what kustomize makes of each case beside its input: expected.yaml, or error.txt where it refuses the input.
# A case is a directory below cases/ with input/; input/overlay is built where it exists, else input itself.
#
# usage: regenerate.sh KUBECTL [CASE...]    KUBECTL is a kubectl with kustomize 5.8.1
set -eu
kubectl=$1
shift
cd "$(dirname "$0")/cases"
[ $# -gt 0 ] || set -- *
for case in "$@"; do
    start=input
    [ ! -d "$case/input/overlay" ] || start=input/overlay
    rm -f "$case/expected.yaml" "$case/error.txt"
    if (cd "$case" && "$kubectl" kustomize "$start" >expected.yaml 2>error.txt); then
        rm "$case/error.txt"
    else
        rm "$case/expected.yaml"
        # The log's time and paths of this machine differ from run to run.
        # So do pointers and a panic's trace.
        sed -i -e '/^goroutine /,$d' -e 's/0x[0-9a-f]*/0x/g' -e 's/^E[0-9]* .*run.go:[0-9]*\] //' -e "s|$PWD/$case/||g" "$case/error.txt"
    fi
done
