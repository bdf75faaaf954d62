package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.apply.internal.Api;
import io.gitopstoolkit.apply.internal.Api.Request;
import io.gitopstoolkit.apply.internal.ApiException;
import io.gitopstoolkit.apply.internal.Kind;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes fields of an object that is another's, status and all, by a field manager of their own. */
final class StatusFields {
    private static final int NOT_FOUND = 404;
    private static final String INVENTORY_MANAGER = "-inventory";
    private static final int LONGEST_MANAGER = 128;

    private final Api api;
    private final Owner owner;

    StatusFields(Api api, Owner owner) {
        this.api = api;
        this.owner = owner;
    }

    /** Applies fields of the status, by a manager of its own; returns the object as it is then. */
    Manifest applyStatus(Kind kind, Manifest fields, Deadline deadline) {
        String query = "?force=true&fieldManager=" + Kind.escape(inventoryManager());
        String path = kind.path(fields.ref());
        try {
            return new Manifest(applyFields(path + "/status" + query, path + query, fields, deadline));
        } catch (ApiException e) {
            throw Failures.of(e, fields.ref().toString(), null);
        }
    }

    /** Applies what {@link #applyStatus} does to the rest of the object. */
    Manifest applyBeside(Kind kind, Manifest fields, Deadline deadline) {
        try {
            String path = kind.path(fields.ref()) + "?force=true&fieldManager=" + Kind.escape(inventoryManager());
            return new Manifest(
                    api.send(Request.apply(path, fields.content()), deadline).body());
        } catch (ApiException e) {
            throw Failures.of(e, fields.ref().toString(), null);
        }
    }

    private String inventoryManager() {
        String name = owner.fieldManager() + INVENTORY_MANAGER;
        return name.substring(0, Math.min(name.length(), LONGEST_MANAGER));
    }

    /** Not each kind has the status apart; the fields hold a resource version, so that they never create the object. */
    private Map<String, @Nullable Object> applyFields(
            String path, String otherwise, Manifest fields, Deadline deadline) {
        try {
            return api.send(Request.apply(path, fields.content()), deadline).body();
        } catch (ApiException e) {
            if (e.status() != NOT_FOUND) {
                throw e;
            }
            return api.send(Request.apply(otherwise, fields.content()), deadline)
                    .body();
        }
    }
}
