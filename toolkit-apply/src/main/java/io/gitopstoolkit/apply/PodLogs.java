package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.apply.internal.Kind;
import io.gitopstoolkit.apply.internal.Tree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The last lines of the containers of a Pod. The values of the Secrets that the Pod reads are masked in them; where one
 * of these cannot be read to do so, there are no lines.
 */
final class PodLogs {
    private static final int LINES = 10;
    private static final int BYTES = 8_192;
    private static final int LONGEST_LINE = 500;
    private static final int MOST_SECRETS = 10;
    /** Masking anything shorter would spoil the lines, and hide nothing. */
    private static final int SHORTEST_SECRET = 4;

    private final Questions questions;
    private final Manifest pod;
    private boolean isAsked;
    private @Nullable List<String> hidden;

    PodLogs(Questions questions, Manifest pod) {
        this.questions = questions;
        this.pod = pod;
    }

    List<String> of(String container, boolean previous) {
        if (!isAsked) {
            isAsked = true;
            hidden = hidden();
        }
        if (hidden == null) {
            return List.of();
        }
        String path = "/api/v1/namespaces/" + Kind.escape(pod.ref().namespace()) + "/pods/"
                + Kind.escape(pod.ref().name()) + "/log?container=" + Kind.escape(container) + "&tailLines=" + LINES
                + "&limitBytes=" + BYTES + (previous ? "&previous=true" : "");
        String text = questions.text("logs", path).orElse("");
        for (String value : hidden) {
            text = text.replace(value, "***");
        }
        List<String> lines = text.lines().map(PodLogs::printable).toList();
        return lines.subList(Math.max(0, lines.size() - LINES), lines.size());
    }

    /** A line that moves no cursor and fits in a message. */
    private static String printable(String line) {
        String clean = line.replaceAll("\\e\\[[0-9;]*[A-Za-z]", "").replaceAll("[\\p{Cntrl}&&[^\\t]]", "?");
        return clean.length() > LONGEST_LINE ? clean.substring(0, LONGEST_LINE) + "..." : clean;
    }

    /** What must not be shown, the longest first; null where that is not known. */
    private @Nullable List<String> hidden() {
        Set<String> secrets = secrets();
        var values =
                new TreeSet<>(Comparator.comparingInt(String::length).reversed().thenComparing(value -> value));
        for (String name : secrets) {
            Optional<Optional<Manifest>> secret = secrets.size() > MOST_SECRETS
                    ? Optional.empty()
                    : questions.secret(new ObjectRef("", "Secret", pod.ref().namespace(), name));
            if (secret.isEmpty()) {
                questions.note("logs of " + pod.ref()
                        + " are left out, for a Secret that it reads cannot be read to mask its values: " + name);
                return null;
            }
            secret.get().ifPresent(found -> values.addAll(values(found)));
        }
        return List.copyOf(values);
    }

    /** Values in Base64 and plain, whole and line by line. */
    private static List<String> values(Manifest secret) {
        var values = new ArrayList<String>();
        for (Object encoded : Tree.map(secret.content(), "data").values()) {
            String plain = decoded(String.valueOf(encoded));
            Stream.concat(
                            Stream.of(String.valueOf(encoded), plain, plain.strip()),
                            plain.lines().map(String::strip))
                    .filter(value -> value.length() >= SHORTEST_SECRET)
                    .forEach(values::add);
        }
        return values;
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private Set<String> secrets() {
        Map<String, @Nullable Object> content = pod.content();
        var names = new TreeSet<String>();
        Stream.of("initContainers", "containers")
                .flatMap(field -> Tree.maps(content, "spec", field).stream())
                .forEach(container -> {
                    Tree.maps(container, "env")
                            .forEach(one -> names.add(Tree.text(one, "", "valueFrom", "secretKeyRef", "name")));
                    Tree.maps(container, "envFrom").forEach(one -> names.add(Tree.text(one, "", "secretRef", "name")));
                });
        Tree.maps(content, "spec", "volumes").forEach(volume -> {
            names.add(Tree.text(volume, "", "secret", "secretName"));
            Tree.maps(volume, "projected", "sources")
                    .forEach(source -> names.add(Tree.text(source, "", "secret", "name")));
        });
        names.remove("");
        return names;
    }
}
