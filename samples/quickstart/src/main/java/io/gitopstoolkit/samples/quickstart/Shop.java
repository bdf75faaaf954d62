package io.gitopstoolkit.samples.quickstart;

import io.gitopstoolkit.testkit.GitServer;
import io.gitopstoolkit.testkit.ServedRepository;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The application of the quickstart, in a Git repository that the sample serves: a base and two overlays. */
final class Shop {
    /** The overlay that is delivered. */
    static final String PATH = "overlays/production";

    private static final List<String> FILES = List.of(
            "base/deployment.yaml",
            "base/disruption-budget.yaml",
            "base/ingress.yaml",
            "base/kustomization.yaml",
            "base/nginx.conf",
            "base/rbac.yaml",
            "base/service.yaml",
            "overlays/production/kustomization.yaml",
            "overlays/production/namespace.yaml",
            "overlays/production/resources.yaml",
            "overlays/staging/kustomization.yaml",
            "overlays/staging/namespace.yaml");

    private final ServedRepository repository;

    private Shop(ServedRepository repository) {
        this.repository = repository;
    }

    /** A repository {@code shop} on {@code server}, with the application committed. */
    static Shop on(GitServer server) {
        ServedRepository repository = server.repository("shop");
        var files = new LinkedHashMap<String, String>();
        FILES.forEach(file -> files.put(file, text(file)));
        repository.commit("Add the shop", files);
        return new Shop(repository);
    }

    ServedRepository repository() {
        return repository;
    }

    /** Commits a newer image, and the application without its disruption budget; returns the message of the commit. */
    String commitNewerImage() {
        String message = "Update nginx to 1.29.1, drop the disruption budget";
        String overlay = PATH + "/kustomization.yaml";
        repository.commit(
                message,
                Map.of(
                        overlay,
                        text(overlay).replace("newTag: 1.29.0-alpine", "newTag: 1.29.1-alpine"),
                        "base/kustomization.yaml",
                        text("base/kustomization.yaml").replace("  - disruption-budget.yaml\n", "")));
        return message;
    }

    private static String text(String file) {
        try (InputStream in = Shop.class.getResourceAsStream("/shop/" + file)) {
            if (in == null) {
                throw new IllegalStateException("not in the jar: " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
