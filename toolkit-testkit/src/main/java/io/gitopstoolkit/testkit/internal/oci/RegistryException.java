package io.gitopstoolkit.testkit.internal.oci;

import io.gitopstoolkit.testkit.internal.json.Json;
import io.gitopstoolkit.testkit.internal.web.WebAnswer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A request that the registry refuses. */
@SuppressWarnings("serial") // never sent about as a Java object
final class RegistryException extends RuntimeException {
    private final RegistryError error;
    private final transient Object detail;
    private final transient Map<String, String> headers;

    /**
     * A refusal.
     *
     * @param detail a tree for JSON
     */
    RegistryException(RegistryError error, Object detail) {
        this(error, detail, Map.of());
    }

    RegistryException(RegistryError error, Object detail, Map<String, String> headers) {
        super(error.name() + ": " + error.message());
        this.error = error;
        this.detail = detail;
        this.headers = headers;
    }

    WebAnswer answer() {
        return answer(error, error.status(), detail).with(headers);
    }

    static WebAnswer answer(RegistryError error, int status, Object detail) {
        var one = new LinkedHashMap<String, Object>();
        one.put("code", error.name());
        one.put("message", error.message());
        one.put("detail", detail);
        return RegistrySite.json(status, Json.print(Map.of("errors", List.of(one))) + '\n');
    }
}
