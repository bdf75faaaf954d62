package io.gitopstoolkit.testkit.internal.table;

import io.gitopstoolkit.testkit.internal.json.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The rows of services and what leads to them. */
final class NetworkRows {
    private static final int MOST_SHOWN = 3;

    private NetworkRows() {}

    static void addTo(Map<String, Function<Row, List<Object>>> printers) {
        printers.put("/services", NetworkRows::service);
        printers.put("/endpoints", row -> List.of(row.name(), endpoints(row), row.age()));
        printers.put("discovery.k8s.io/endpointslices", NetworkRows::endpointSlice);
        printers.put("networking.k8s.io/ingresses", NetworkRows::ingress);
        printers.put("networking.k8s.io/ingressclasses", NetworkRows::ingressClass);
        printers.put(
                "networking.k8s.io/networkpolicies",
                row -> List.of(row.name(), row.selector("spec", "podSelector"), row.age()));
        printers.put(
                "networking.k8s.io/servicecidrs",
                row -> List.of(row.name(), String.join(",", Tree.textsAt(row.object(), "spec", "cidrs")), row.age()));
        printers.put("networking.k8s.io/ipaddresses", row -> List.of(row.name(), parent(row), row.age()));
    }

    private static List<Object> service(Row row) {
        List<String> addresses = Tree.textsAt(row.object(), "spec", "clusterIPs");
        var ports = new ArrayList<String>();
        for (Map<String, Object> port : row.maps("spec", "ports")) {
            long node = Tree.number(port, 0, "nodePort");
            ports.add(Tree.number(port, 0, "port") + (node > 0 ? ":" + node : "") + "/" + Tree.text(port, "protocol"));
        }
        return List.of(
                row.name(),
                row.text("spec", "type"),
                addresses.isEmpty() ? Row.NONE : addresses.get(0),
                externalAddress(row),
                ports.isEmpty() ? Row.NONE : String.join(",", ports),
                row.age(),
                row.labels("spec", "selector"));
    }

    private static String externalAddress(Row row) {
        List<String> fixed = Tree.textsAt(row.object(), "spec", "externalIPs");
        return switch (row.text("spec", "type")) {
            case "ClusterIP", "NodePort" -> fixed.isEmpty() ? Row.NONE : String.join(",", fixed);
            case "LoadBalancer" -> {
                var all = new ArrayList<String>(balancers(row));
                all.addAll(fixed);
                yield all.isEmpty() ? "<pending>" : String.join(",", all);
            }
            case "ExternalName" -> row.text("spec", "externalName");
            default -> "<unknown>";
        };
    }

    private static Set<String> balancers(Row row) {
        var addresses = new TreeSet<String>();
        for (Map<String, Object> ingress : row.maps("status", "loadBalancer", "ingress")) {
            String ip = Tree.text(ingress, "ip");
            String address = ip.isEmpty() ? Tree.text(ingress, "hostname") : ip;
            if (!address.isEmpty()) {
                addresses.add(address);
            }
        }
        return addresses;
    }

    private static String endpoints(Row row) {
        var all = new ArrayList<String>();
        for (Map<String, Object> subset : row.maps("subsets")) {
            List<Map<String, Object>> ports = Tree.mapsAt(subset, "ports");
            List<Map<String, Object>> addresses = Tree.mapsAt(subset, "addresses");
            if (ports.isEmpty()) {
                addresses.forEach(address -> all.add(Tree.text(address, "ip")));
            }
            for (Map<String, Object> port : ports) {
                addresses.forEach(address -> all.add(hostPort(Tree.text(address, "ip"), port.get("port"))));
            }
        }
        return row.size("subsets") == 0 ? Row.NONE : Row.some(all, MOST_SHOWN, ",");
    }

    private static String hostPort(String host, @Nullable Object port) {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    private static List<Object> endpointSlice(Row row) {
        var ports = new ArrayList<String>();
        for (Map<String, Object> port : row.maps("ports")) {
            Object number = port.get("port");
            Object name = port.get("name");
            ports.add(number != null ? number.toString() : name != null ? name.toString() : "*");
        }
        var addresses = new ArrayList<String>();
        row.maps("endpoints").forEach(endpoint -> addresses.addAll(Tree.textsAt(endpoint, "addresses")));
        return List.of(row.name(), row.text("addressType"), someOrUnset(ports), someOrUnset(addresses), row.age());
    }

    private static String someOrUnset(List<String> texts) {
        String some = Row.some(texts, MOST_SHOWN, ",");
        return some.isEmpty() ? Row.UNSET : some;
    }

    private static List<Object> ingress(Row row) {
        return List.of(
                row.name(),
                row.textOr(Row.NONE, "spec", "ingressClassName"),
                hosts(row),
                String.join(",", balancers(row)),
                row.size("spec", "tls") > 0 ? "80, 443" : "80",
                row.age());
    }

    /** The rules that are not shown are counted with those that have no host. */
    private static String hosts(Row row) {
        var hosts = new ArrayList<String>();
        boolean more = false;
        List<Map<String, Object>> rules = row.maps("spec", "rules");
        for (Map<String, Object> rule : rules) {
            more = more || hosts.size() == MOST_SHOWN;
            String host = Tree.text(rule, "host");
            if (!more && !host.isEmpty()) {
                hosts.add(host);
            }
        }
        if (hosts.isEmpty()) {
            return "*";
        }
        return String.join(",", hosts) + (more ? " + " + (rules.size() - MOST_SHOWN) + " more..." : "");
    }

    private static List<Object> ingressClass(Row row) {
        boolean preset = row.text("metadata", "annotations", "ingressclass.kubernetes.io/is-default-class")
                .equals("true");
        Map<String, Object> parameters = Tree.mapAt(row.object(), "spec", "parameters");
        String group = Tree.text(parameters, "apiGroup");
        String shown = Tree.text(parameters, "kind") + (parameters.containsKey("apiGroup") ? "." + group : "") + "/"
                + Tree.text(parameters, "name");
        return List.of(
                row.name() + (preset ? " (default)" : ""),
                row.text("spec", "controller"),
                parameters.isEmpty() ? Row.NONE : shown,
                row.age());
    }

    private static String parent(Row row) {
        Map<String, Object> parent = Tree.mapAt(row.object(), "spec", "parentRef");
        if (parent.isEmpty()) {
            return Row.NONE;
        }
        String group = Tree.text(parent, "group");
        String namespace = Tree.text(parent, "namespace");
        return (Tree.text(parent, "resource") + (group.isEmpty() ? "" : "." + group)).toLowerCase(Locale.ROOT)
                + (namespace.isEmpty() ? "" : "/" + namespace) + "/" + Tree.text(parent, "name");
    }
}
