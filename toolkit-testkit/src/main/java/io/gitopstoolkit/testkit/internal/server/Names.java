package io.gitopstoolkit.testkit.internal.server;

import io.gitopstoolkit.testkit.internal.json.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The rules of names, labels and annotations. */
final class Names {
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
    private static final Pattern SUBDOMAIN = Pattern.compile(LABEL.pattern() + "(\\." + LABEL.pattern() + ")*");
    private static final Pattern LABEL_VALUE = Pattern.compile("(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?");
    private static final Pattern QUALIFIED = Pattern.compile("([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]");
    private static final int LONGEST_LABEL = 63;
    private static final Form AS_LABEL = new Form(
            LONGEST_LABEL,
            LABEL,
            "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end"
                    + " with an alphanumeric character (e.g. 'my-name',  or '123-abc'");
    private static final Form AS_SUBDOMAIN = new Form(
            253,
            SUBDOMAIN,
            "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must"
                    + " start and end with an alphanumeric character (e.g. 'example.com'");
    private static final Set<String> NAMED_AS_LABELS = Set.of("namespaces", "services");

    private Names() {}

    static List<FieldError> check(Resource resource, Map<String, Object> object) {
        var errors = new ArrayList<FieldError>();
        Map<String, Object> metadata = Tree.mapAt(object, "metadata");
        String name = Tree.text(metadata, "name");
        if (name.isEmpty()) {
            errors.add(FieldError.required("metadata.name", "name or generateName is required"));
        } else {
            checkName(resource, name, errors);
        }
        checkLabels(metadata, errors);
        return errors;
    }

    private static void checkName(Resource resource, String name, List<FieldError> errors) {
        if (resource.group().equals("rbac.authorization.k8s.io") || resource.is("policy", "poddisruptionbudgets")) {
            if (name.equals(".") || name.equals("..") || name.contains("/") || name.contains("%")) {
                errors.add(FieldError.invalid("metadata.name", name, "may not contain '/' or '%'"));
            }
        } else if (NAMED_AS_LABELS.contains(resource.name()) && resource.group().isEmpty()) {
            AS_LABEL.check(name, errors);
        } else if (resource.is("apps", "statefulsets")) {
            AS_LABEL.check(name, errors);
        } else {
            AS_SUBDOMAIN.check(name, errors);
        }
    }

    /**
     * What a name has to be like.
     *
     * @param longest how many characters it may have
     * @param pattern that it matches
     * @param rule the pattern in words
     */
    private record Form(int longest, Pattern pattern, String rule) {
        void check(String name, List<FieldError> errors) {
            if (name.length() > longest) {
                errors.add(
                        FieldError.invalid("metadata.name", name, "must be no more than " + longest + " characters"));
            }
            if (!pattern.matcher(name).matches()) {
                String detail = rule + ", regex used for validation is '" + pattern.pattern() + "')";
                errors.add(FieldError.invalid("metadata.name", name, detail));
            }
        }
    }

    /** What is wrong with the metadata of a changed object, its name left aside, which cannot change. */
    static List<FieldError> checkMetadata(Map<String, Object> metadata) {
        var errors = new ArrayList<FieldError>();
        checkLabels(metadata, errors);
        return errors;
    }

    private static void checkLabels(Map<String, Object> metadata, List<FieldError> errors) {
        Tree.mapAt(metadata, "labels").forEach((key, value) -> errors.addAll(checkLabel(key, String.valueOf(value))));
        checkOwners(metadata, errors);
        Tree.mapAt(metadata, "annotations").keySet().forEach(key -> checkKey("metadata.annotations", key, errors));
    }

    private static void checkOwners(Map<String, Object> metadata, List<FieldError> errors) {
        for (Map<String, Object> owner : Tree.mapsAt(metadata, "ownerReferences")) {
            if (Tree.text(owner, "apiVersion").isEmpty()) {
                errors.add(FieldError.invalid("metadata.ownerReferences.apiVersion", "", "version must not be empty"));
            }
            for (String field : List.of("kind", "name", "uid")) {
                if (Tree.text(owner, field).isEmpty()) {
                    errors.add(FieldError.invalid("metadata.ownerReferences." + field, "", "must not be empty"));
                }
            }
        }
    }

    /** What is wrong with a label. */
    static List<FieldError> checkLabel(String key, String text) {
        var errors = new ArrayList<FieldError>();
        checkKey("metadata.labels", key, errors);
        if (text.length() > LONGEST_LABEL) {
            errors.add(FieldError.invalid("metadata.labels", text, "must be no more than 63 characters"));
        }
        if (!LABEL_VALUE.matcher(text).matches()) {
            errors.add(FieldError.invalid(
                    "metadata.labels",
                    text,
                    "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.',"
                            + " and must start and end with an alphanumeric character (e.g. 'MyValue',  or"
                            + " 'my_value',  or '12345', regex used for validation is '" + LABEL_VALUE.pattern()
                            + "')"));
        }
        return errors;
    }

    private static void checkKey(String field, String key, List<FieldError> errors) {
        String name = key.substring(key.indexOf('/') + 1);
        if (key.startsWith("/")) {
            errors.add(FieldError.invalid(field, key, "prefix part must be non-empty"));
        }
        if (name.isEmpty()) {
            errors.add(FieldError.invalid(field, key, "name part must be non-empty"));
        }
        if (name.length() > LONGEST_LABEL) {
            errors.add(FieldError.invalid(field, key, "name part must be no more than 63 characters"));
        }
        if (!QUALIFIED.matcher(name).matches()) {
            errors.add(FieldError.invalid(
                    field,
                    key,
                    "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an"
                            + " alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for"
                            + " validation is '" + QUALIFIED.pattern() + "')"));
        }
    }
}
