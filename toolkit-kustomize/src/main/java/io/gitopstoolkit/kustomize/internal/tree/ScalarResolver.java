package io.gitopstoolkit.kustomize.internal.tree;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What bare text means, as Go's YAML libraries see it: version 3 reads resources (1.2 booleans, but the integers of 1.1),
 * version 2 reads {@code kustomization.yaml} and decides what is quoted in the output.
 */
public final class ScalarResolver {
    private static final Map<String, ScalarType> WORDS = Map.ofEntries(
            Map.entry("true", ScalarType.BOOL),
            Map.entry("True", ScalarType.BOOL),
            Map.entry("TRUE", ScalarType.BOOL),
            Map.entry("false", ScalarType.BOOL),
            Map.entry("False", ScalarType.BOOL),
            Map.entry("FALSE", ScalarType.BOOL),
            Map.entry("~", ScalarType.NULL),
            Map.entry("null", ScalarType.NULL),
            Map.entry("Null", ScalarType.NULL),
            Map.entry("NULL", ScalarType.NULL));

    private ScalarResolver() {}

    /** The type of bare text in a resource. */
    public static ScalarType typeOf(String text) {
        return resolve(text, true);
    }

    /** The type of bare text in a {@code kustomization.yaml}: {@code yes}, {@code on} and the like are booleans. */
    public static ScalarType typeOfYaml11(String text) {
        return isYaml11Boolean(text) ? ScalarType.BOOL : resolve(text, false);
    }

    /** Whether a YAML 1.1 boolean such as {@code yes} means true. */
    public static boolean isTrue(String text) {
        return switch (text.charAt(0)) {
            case 't', 'T', 'y', 'Y' -> true;
            case 'o', 'O' -> text.length() == 2;
            default -> false;
        };
    }

    /** Whether bare text would be read as something else than a string by a reader of YAML 1.1. */
    public static boolean isAmbiguous(String text) {
        if (text.isEmpty()) {
            return true;
        }
        return switch (text.charAt(0)) {
            case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '+', '-', '.' ->
                resolve(text, false) != ScalarType.STRING || isBase60(text);
            case 'y', 'Y', 'n', 'N', 't', 'T', 'f', 'F', 'o', 'O', '~' ->
                WORDS.containsKey(text) || isYaml11Boolean(text);
            default -> false;
        };
    }

    /** The value of a number's text: Long, BigInteger or Double; null where it is no number. */
    public static @Nullable Number number(String text) {
        String plain = text.indexOf('_') >= 0 ? text.replace("_", "") : text;
        if (plain.startsWith(".")) {
            return GoNumbers.parseFloat(plain);
        }
        Number number = GoNumbers.parseInteger(plain);
        if (number == null) {
            number = GoNumbers.parseFloat(plain);
        }
        return number == null ? prefixedNumber(plain, true) : number;
    }

    /** The special floats, which JSON cannot hold. */
    public static boolean isInfiniteOrNan(String text) {
        int dot = text.startsWith("+.") || text.startsWith("-.") ? 1 : 0;
        return switch (text.substring(Math.min(dot, text.length()))) {
            case ".inf", ".Inf", ".INF" -> true;
            case ".nan", ".NaN", ".NAN" -> dot == 0;
            default -> false;
        };
    }

    private static ScalarType resolve(String text, boolean version3) {
        if (text.isEmpty()) {
            return ScalarType.NULL;
        }
        return switch (text.charAt(0)) {
            case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '+', '-' -> resolveNumber(text, version3);
            case '.' -> isInfiniteOrNan(text) || isPointFloat(text) ? ScalarType.FLOAT : ScalarType.STRING;
            case 'n', 'N', 't', 'T', 'f', 'F', '~' ->
                text.length() > 5 ? ScalarType.STRING : WORDS.getOrDefault(text, ScalarType.STRING);
            default -> ScalarType.STRING;
        };
    }

    private static ScalarType resolveNumber(String text, boolean version3) {
        if (isInfiniteOrNan(text)) {
            return ScalarType.FLOAT;
        }
        if (GoTimestamps.normalize(text) != null) {
            return ScalarType.TIMESTAMP;
        }
        String plain = text.indexOf('_') >= 0 ? text.replace("_", "") : text;
        if (GoNumbers.parseInteger(plain) != null) {
            return ScalarType.INT;
        }
        if (GoNumbers.parseFloat(plain) != null) {
            return ScalarType.FLOAT;
        }
        return prefixedNumber(plain, version3) == null ? ScalarType.STRING : ScalarType.INT;
    }

    /** A sign after the prefix, {@code 0b-11}: an accident of the Go libraries. */
    private static @Nullable Number prefixedNumber(String plain, boolean octalToo) {
        if (plain.startsWith("0b")) {
            return GoNumbers.parseSigned(plain.substring(2), 2);
        }
        return octalToo && plain.startsWith("0o") ? GoNumbers.parseSigned(plain.substring(2), 8) : null;
    }

    /** After a leading point underscores count only between digits. */
    private static boolean isPointFloat(String text) {
        for (int i = text.indexOf('_'); i >= 0; i = text.indexOf('_', i + 1)) {
            if (i + 1 >= text.length() || !isDigit(text.charAt(i - 1)) || !isDigit(text.charAt(i + 1))) {
                return false;
            }
        }
        return GoNumbers.parseFloat(text.replace("_", "")) != null;
    }

    private static boolean isYaml11Boolean(String text) {
        return switch (text) {
            case "y", "Y", "yes", "Yes", "YES", "on", "On", "ON" -> true;
            case "n", "N", "no", "No", "NO", "off", "Off", "OFF" -> true;
            default -> false;
        };
    }

    /** Numbers like {@code 1:30} or {@code -12:05:10.5}. */
    private static boolean isBase60(String text) {
        int at = text.charAt(0) == '+' || text.charAt(0) == '-' ? 1 : 0;
        if (text.indexOf(':') < 0 || at >= text.length() || !isDigit(text.charAt(at))) {
            return false;
        }
        at = skipDigits(text, at);
        int groups = 0;
        while (at < text.length() && text.charAt(at) == ':') {
            int end = at + 1;
            while (end < text.length() && isDigit(text.charAt(end))) {
                end++;
            }
            int digits = end - at - 1;
            if (digits == 0 || digits > 2 || (digits == 2 && text.charAt(at + 1) > '5')) {
                return false;
            }
            groups++;
            at = end;
        }
        if (at < text.length() && text.charAt(at) == '.') {
            at = skipDigits(text, at + 1);
        }
        return groups > 0 && at == text.length();
    }

    /** Skips digits and underscores. */
    private static int skipDigits(String text, int from) {
        int at = from;
        while (at < text.length() && (isDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        return at;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
