package io.gitopstoolkit.testkit.internal.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One clause of an {@code Accept} header.
 *
 * @param type such as {@code application/json}, in lower case
 * @param parameters such as {@code as=Table}, without the weight
 */
public record Accept(String type, Map<String, String> parameters) {
    /** Copies. */
    public Accept {
        parameters = new LinkedHashMap<>(parameters);
    }

    /** The clauses of a header, the most wanted first; anything where there is no header. */
    public static List<Accept> parse(String header) {
        record Weighted(Accept clause, double weight) {}
        var clauses = new ArrayList<Weighted>();
        for (String text : header.isBlank() ? new String[] {"*/*"} : header.split(",", -1)) {
            String[] parts = text.split(";", -1);
            var parameters = new LinkedHashMap<String, String>();
            for (int i = 1; i < parts.length; i++) {
                int equals = parts[i].indexOf('=');
                if (equals > 0) {
                    parameters.put(
                            parts[i].substring(0, equals).trim().toLowerCase(Locale.ROOT),
                            parts[i].substring(equals + 1).trim());
                }
            }
            String weight = parameters.remove("q");
            clauses.add(new Weighted(new Accept(parts[0].trim().toLowerCase(Locale.ROOT), parameters), number(weight)));
        }
        clauses.sort(Comparator.comparingDouble(clause -> -clause.weight));
        return clauses.stream().map(Weighted::clause).toList();
    }

    private static double number(@Nullable String weight) {
        try {
            return weight == null ? 1 : Double.parseDouble(weight);
        } catch (NumberFormatException e) {
            return 1;
        }
    }

    /** Whether an answer of this media type would do. */
    public boolean allows(String mediaType) {
        return type.equals("*/*")
                || type.equals(mediaType)
                || type.equals(mediaType.substring(0, mediaType.indexOf('/')) + "/*");
    }

    /** A parameter, or an empty text. */
    public String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }
}
