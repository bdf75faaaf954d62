package io.gitopstoolkit.testkit.internal.server;

import io.gitopstoolkit.testkit.internal.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What containers have written, as a test says. Safe between threads. */
public final class ContainerLogs {
    private static final Pattern PATH = Pattern.compile("/api/v1/namespaces/([^/]+)/pods/([^/]+)/log");

    private final Map<Key, String> logs = new ConcurrentHashMap<>();

    private record Key(String namespace, String pod, String container, boolean previous) {}

    /** Sets the log of the current or the previous run of a container. */
    public void put(String namespace, String pod, String container, boolean previous, String log) {
        logs.put(new Key(namespace, pod, container, previous), log);
    }

    /** The log that the request asks for; null where it is for none that was set. */
    @Nullable
    String find(HttpRequest request) {
        Matcher path = PATH.matcher(request.path());
        if (!request.method().equals("GET") || !path.matches()) {
            return null;
        }
        var key = new Key(
                path.group(1),
                path.group(2),
                parameter(request, "container"),
                parameter(request, "previous").equals("true"));
        String log = logs.get(key);
        String most = parameter(request, "tailLines");
        return log == null || most.isEmpty() ? log : tail(log, Integer.parseInt(most));
    }

    private static String parameter(HttpRequest request, String name) {
        List<String> values = request.query().getOrDefault(name, List.of());
        return values.isEmpty() ? "" : values.get(0);
    }

    private static String tail(String log, int most) {
        List<String> lines = log.lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - most), lines.size())) + "\n";
    }
}
