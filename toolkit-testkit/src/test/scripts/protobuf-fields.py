#!/usr/bin/env python3
"""Makes protobuf.txt, the resource that ProtobufReader reads: the fields of the kinds, with their numbers, as Go's types state
them. usage: protobuf-fields.py <directory of the module k8s.io/api> <directory of the module k8s.io/apimachinery> > protobuf.txt

A line is a struct: its name, then for each field its number, flags, JSON name and type. Flags: * several, ? optional (absent
is not the same as zero), ~ inlined. Types: s text, i whole number, b truth, y bytes, d number, a struct, or m and the type
of a map's values.
"""
import os
import re
import sys

GROUPS = {
    "core/v1": "v1", "apps/v1": "apps/v1", "batch/v1": "batch/v1", "autoscaling/v1": "autoscaling/v1",
    "autoscaling/v2": "autoscaling/v2", "policy/v1": "policy/v1", "networking/v1": "networking.k8s.io/v1",
    "rbac/v1": "rbac.authorization.k8s.io/v1", "storage/v1": "storage.k8s.io/v1",
    "scheduling/v1": "scheduling.k8s.io/v1", "coordination/v1": "coordination.k8s.io/v1",
    "discovery/v1": "discovery.k8s.io/v1", "node/v1": "node.k8s.io/v1",
    "admissionregistration/v1": "admissionregistration.k8s.io/v1",
    "authentication/v1": "authentication.k8s.io/v1", "authorization/v1": "authorization.k8s.io/v1",
}
SCALARS = {"string": "s", "bool": "b", "int": "i", "int32": "i", "int64": "i", "uint8": "i", "float64": "d", "byte": "i",
           "types.UID": "s"}
SPECIAL = {"resource.Quantity": "Quantity", "intstr.IntOrString": "IntOrString", "metav1.Time": "Time",
           "metav1.MicroTime": "MicroTime", "metav1.Duration": "Duration", "metav1.FieldsV1": "FieldsV1",
           "runtime.RawExtension": "RawExtension"}
ALIASES = {"v1": "core/v1", "corev1": "core/v1", "metav1": "meta/v1", "autoscalingv1": "autoscaling/v1",
           "authnv1": "authentication/v1", "apiv1": "core/v1"}
structs, named = {}, {}


def read(directory, package):
    for file in sorted(os.listdir(directory)):
        if not file.endswith(".go") or "_test" in file or file.startswith("zz_") or file.startswith("generated"):
            continue
        text = open(os.path.join(directory, file)).read()
        for name, body in re.findall(r"^type (\w+) struct \{\n(.*?)^\}", text, re.S | re.M):
            structs[(package, name)] = re.findall(
                r'^\t(?:(\w+)\s+)?([\w.*\[\]]+)\s+`json:"([^"]*)"(?: [^`]*)? protobuf:"([^"]*)"', body, re.M)
        for name, target in re.findall(r"^(?:type |\t)(\w+) (?:= )?([\w.\[\]*]+)$", text, re.M):
            named[(package, name)] = target


def resolve(package, go):
    """Flags and type of a Go type."""
    if go.startswith("*"):
        flags, kind = resolve(package, go[1:])
        return flags + "?", kind
    if go == "[]byte":
        return "", "y"
    if go.startswith("[]"):
        flags, kind = resolve(package, go[2:])
        return "*", kind
    if go.startswith("map["):
        flags, kind = resolve(package, go[go.index("]") + 1:])
        return "", "m" + ("*" if "*" in flags else "") + kind
    if go in SCALARS:
        return "", SCALARS[go]
    if go in SPECIAL:
        return "", SPECIAL[go]
    if package == "meta/v1" and "metav1." + go in SPECIAL:
        return "", SPECIAL["metav1." + go]
    if "." in go:
        alias, name = go.split(".")
        return resolve(ALIASES[alias], name)
    if (package, go) in structs:
        return "", GROUPS.get(package, "common") + "/" + go
    target = named[(package, go)]
    if target.startswith("map["):
        return resolve(package, target)
    if target.startswith("[]"):
        flags, kind = resolve(package, target)
        return "", "w" + kind  # a named list is a message of its own around its items
    return resolve(package, target)


def main(api, machinery):
    read(os.path.join(machinery, "pkg/apis/meta/v1"), "meta/v1")
    for package in GROUPS:
        read(os.path.join(api, package), package)
    lines = {}

    def add(package, name):
        key = GROUPS.get(package, "common") + "/" + name
        if key in lines:
            return
        lines[key] = None
        fields = []
        for field, go, json, proto in structs[(package, name)]:
            number = proto.split(",")[1]
            flags, kind = resolve(package, go)
            label = json.split(",")[0]
            if "inline" in json.split(","):
                flags += "~"
            fields.append(number + flags + " " + (label or "-") + " " + kind)
            struct = kind.lstrip("mw*")
            if "/" in struct:
                prefix, target = struct.rsplit("/", 1)
                package_of = next((p for p, g in GROUPS.items() if g == prefix), "meta/v1")
                add(package_of, target)
        lines[key] = key + ";" + ";".join(fields)

    for package, name in sorted(structs):
        root = any("name=metadata" in field[3] and field[1].endswith("ObjectMeta") for field in structs[(package, name)])
        if package in GROUPS and root and (not name.endswith("List")):
            add(package, name)
    for name in ("DeleteOptions", "CreateOptions", "UpdateOptions", "PatchOptions"):
        add("meta/v1", name)
    for key in sorted(lines):
        print(lines[key])


main(*sys.argv[1:])
