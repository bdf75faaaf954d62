package io.gitopstoolkit.testkit.internal.server;

import io.gitopstoolkit.testkit.internal.json.Tree;
import io.gitopstoolkit.testkit.internal.json.Values;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Cluster IPs and node ports of services: allocated at creation, kept from then on. Callers hold the server's lock. */
final class ServiceAddresses {
    private static final int FIRST_NODE_PORT = 30_000;
    private static final int FIRST_ADDRESS = 10;
    private static final int ADDRESSES = 65_000;

    private final Store store;
    private final Resource services;
    private int nextAddress;

    ServiceAddresses(Store store, Resource services) {
        this.store = store;
        this.services = services;
    }

    /** An update that does not name what was allocated keeps it. */
    static void keep(Map<String, Object> live, Map<String, Object> service) {
        Map<String, Object> old = Tree.mapAt(live, "spec");
        Map<String, Object> spec = Tree.child(service, "spec");
        boolean external = Tree.text(spec, "type").equals("ExternalName");
        if (!external && !Tree.text(old, "type").equals("ExternalName")) {
            for (String field : List.of("clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy")) {
                if (spec.get(field) == null) {
                    Strategy.restore(old, spec, field);
                }
            }
        }
        if (hasNodePorts(old) && !hasNodePorts(spec)) {
            dropNodePorts(old, spec);
        }
        if (!Tree.text(spec, "clusterIP").equals(Tree.text(old, "clusterIP"))
                && Values.equal(spec.get("clusterIPs"), old.get("clusterIPs"))) {
            spec.put("clusterIPs", Tree.listOf(Tree.text(spec, "clusterIP")));
        }
        if (hasNodePorts(spec) && hasNodePorts(old)) {
            keepNodePorts(old, spec);
        }
        if (external) {
            List.of("clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy").forEach(spec::remove);
        }
    }

    /** What only the old type needed goes with it, unless the update changed it. */
    private static void dropNodePorts(Map<String, Object> old, Map<String, Object> spec) {
        for (Map<String, Object> port : Tree.mapsAt(spec, "ports")) {
            boolean known = Tree.mapsAt(old, "ports").stream()
                    .anyMatch(one -> Values.equal(one.get("nodePort"), port.get("nodePort")));
            if (known) {
                port.remove("nodePort");
            }
        }
        if (Values.equal(old.get("externalTrafficPolicy"), spec.get("externalTrafficPolicy"))) {
            spec.remove("externalTrafficPolicy");
        }
        if (!Tree.text(spec, "type").equals("LoadBalancer")) {
            spec.remove("allocateLoadBalancerNodePorts");
        }
    }

    private static void keepNodePorts(Map<String, Object> old, Map<String, Object> spec) {
        for (Map<String, Object> port : Tree.mapsAt(spec, "ports")) {
            for (Map<String, Object> known : Tree.mapsAt(old, "ports")) {
                boolean same = Tree.number(known, 0, "port") == Tree.number(port, 0, "port")
                        && Tree.text(known, "protocol").equals(Tree.text(port, "protocol"));
                if (same && known.get("nodePort") != null) {
                    Defaults.fill(port, "nodePort", known.get("nodePort"));
                }
            }
        }
    }

    /** Allocates what the service needs and does not have. */
    void allocate(Map<String, Object> service) {
        Map<String, Object> spec = Tree.child(service, "spec");
        if (Tree.text(spec, "type").equals("ExternalName")) {
            return;
        }
        String given = Tree.text(spec, "clusterIP");
        String address = given.isEmpty() ? freeAddress() : given;
        spec.put("clusterIP", address);
        Defaults.fill(spec, "clusterIPs", Tree.listOf(address));
        Defaults.fill(spec, "ipFamilies", Tree.listOf("IPv4"));
        Defaults.fill(spec, "ipFamilyPolicy", "SingleStack");
        if (hasNodePorts(spec)) {
            Set<Long> used = usedNodePorts();
            for (Map<String, Object> port : Tree.mapsAt(spec, "ports")) {
                if (Tree.number(port, 0, "nodePort") == 0) {
                    long free = FIRST_NODE_PORT;
                    while (used.contains(free)) {
                        free++;
                    }
                    port.put("nodePort", free);
                }
                used.add(Tree.number(port, 0, "nodePort"));
            }
        }
    }

    private static boolean hasNodePorts(Map<String, Object> spec) {
        String type = Tree.text(spec, "type");
        return type.equals("NodePort")
                || (type.equals("LoadBalancer") && !Boolean.FALSE.equals(spec.get("allocateLoadBalancerNodePorts")));
    }

    private String freeAddress() {
        Set<String> used = new HashSet<>();
        store.list(services, "").forEach(service -> used.add(Tree.text(service, "spec", "clusterIP")));
        for (int tries = 0; tries < ADDRESSES; tries++) {
            int number = FIRST_ADDRESS + nextAddress++ % ADDRESSES;
            String address = "10.96." + (number >> 8) + "." + (number & 255);
            if (!used.contains(address)) {
                return address;
            }
        }
        throw ApiException.internal("failed to allocate a serviceIP: range is full");
    }

    private Set<Long> usedNodePorts() {
        Set<Long> used = new HashSet<>();
        store.list(services, "")
                .forEach(service -> Tree.mapsAt(service, "spec", "ports")
                        .forEach(port -> used.add(Tree.number(port, 0, "nodePort"))));
        return used;
    }
}
