package io.gitopstoolkit.kustomize.internal.tree;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Numbers as Go's {@code strconv} and {@code encoding/json} read and write them. */
public final class GoNumbers {
    private static final BigInteger UNSIGNED_LIMIT = BigInteger.ONE.shiftLeft(64);
    private static final BigInteger SIGNED_MIN = BigInteger.ONE.shiftLeft(63).negate();

    private GoNumbers() {}

    /**
     * A whole number of at most 64 bits, with an optional sign and prefix ({@code 0x}, {@code 0o}, {@code 0b}, {@code 0}),
     * or null. Beyond the range of a long only without a sign.
     */
    static @Nullable Number parseInteger(String text) {
        int start = text.startsWith("+") || text.startsWith("-") ? 1 : 0;
        int radix = 10;
        int digits = start;
        if (text.length() > start + 1 && text.charAt(start) == '0') {
            radix = radixOf(text.charAt(start + 1));
            digits = radix == 8 && isDigit(text.charAt(start + 1)) ? start + 1 : start + 2;
            if (radix == 0) {
                return null;
            }
        }
        return parse(text, digits, radix, start == 1, text.startsWith("-"));
    }

    /** Digits of one radix from a position on, or null where there is none or something else among them. */
    private static @Nullable Number parse(String text, int from, int radix, boolean signed, boolean negative) {
        if (from >= text.length()) {
            return null;
        }
        long value = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            int digit = c < 128 ? Character.digit(c, radix) : -1;
            if (digit < 0) {
                return null;
            }
            if (value > (Long.MAX_VALUE - digit) / radix) {
                return parseBig(text.substring(from), radix, signed, negative);
            }
            value = value * radix + digit;
        }
        return negative ? -value : value;
    }

    private static @Nullable Number parseBig(String digits, int radix, boolean signed, boolean negative) {
        for (int i = 0; i < digits.length(); i++) {
            if (digits.charAt(i) >= 128 || Character.digit(digits.charAt(i), radix) < 0) {
                return null;
            }
        }
        String significant = stripLeadingZeros(digits);
        if (significant.length() > 64) {
            return null;
        }
        var value = new BigInteger(significant, radix);
        if (negative) {
            return value.negate().equals(SIGNED_MIN) ? (Number) Long.MIN_VALUE : null;
        }
        return signed || value.compareTo(UNSIGNED_LIMIT) >= 0 ? null : value;
    }

    /** A number without a prefix of its own: {@code -11} after {@code 0b}. */
    static @Nullable Number parseSigned(String text, int radix) {
        int start = text.startsWith("+") || text.startsWith("-") ? 1 : 0;
        return parse(text, start, radix, start == 1, text.startsWith("-"));
    }

    /** A number with digits, a point and an exponent, each where YAML has them; null if it is none or too large. */
    static @Nullable Double parseFloat(String text) {
        if (!isFloat(text)) {
            return null;
        }
        double value = Double.parseDouble(text);
        return Double.isInfinite(value) ? null : (Double) value;
    }

    private static boolean isFloat(String text) {
        int at = text.startsWith("+") || text.startsWith("-") ? 1 : 0;
        int whole = skipDigits(text, at);
        int end = whole;
        if (end < text.length() && text.charAt(end) == '.') {
            end = skipDigits(text, end + 1);
            if (whole == at && end == whole + 1) {
                return false;
            }
        } else if (whole == at) {
            return false;
        }
        if (end < text.length() && (text.charAt(end) == 'e' || text.charAt(end) == 'E')) {
            int exponent = end + 1;
            if (exponent < text.length() && (text.charAt(exponent) == '+' || text.charAt(exponent) == '-')) {
                exponent++;
            }
            end = skipDigits(text, exponent);
            return end > exponent && end == text.length();
        }
        return end == text.length();
    }

    private static int skipDigits(String text, int from) {
        int at = from;
        while (at < text.length() && isDigit(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /** As {@code encoding/json} writes a float: without exponent between 1e-6 and 1e21. */
    public static String formatJson(double value) {
        double size = Math.abs(value);
        if (size != 0 && (size < 1e-6 || size >= 1e21)) {
            String text = formatExponent(value);
            int length = text.length();
            boolean padded = length >= 4
                    && text.charAt(length - 4) == 'e'
                    && text.charAt(length - 3) == '-'
                    && text.charAt(length - 2) == '0';
            return padded ? text.substring(0, length - 2) + text.charAt(length - 1) : text;
        }
        return value == 0 ? (1 / value < 0 ? "-0" : "0") : plain(shortest(value));
    }

    /**
     * As kustomize writes a float into YAML: through JSON, where a whole number of 64 bits becomes one, and then in the
     * shortest form with an exponent below 1e-4 and from 1e6 on.
     */
    public static String formatYaml(double value) {
        if (value == 0) {
            return "0";
        }
        BigDecimal digits = shortest(value);
        if (Math.abs(value) < 1e21 && digits.scale() <= 0) {
            Number whole = parseInteger(plain(digits));
            if (whole != null) {
                return whole.toString();
            }
        }
        return formatShortest(value);
    }

    /** In the fewest digits, with an exponent below 1e-4 and from 1e6 on. */
    public static String formatShortest(double value) {
        if (value == 0) {
            return 1 / value < 0 ? "-0" : "0";
        }
        BigDecimal digits = shortest(value);
        int exponent = digits.precision() - digits.scale() - 1;
        return exponent < -4 || exponent >= 6 ? formatExponent(value) : plain(digits);
    }

    /** As {@link #formatShortest}, in the fewest digits that tell a float from others: YAML's numbers as keys of JSON. */
    public static String formatShortestFloat(double value) {
        float narrow = (float) value;
        if (Float.isNaN(narrow)) {
            return ".nan";
        }
        if (Float.isInfinite(narrow)) {
            return narrow > 0 ? ".inf" : "-.inf";
        }
        if (narrow == 0) {
            return 1 / value < 0 ? "-0" : "0";
        }
        var exact = new BigDecimal(narrow);
        BigDecimal digits = exact.round(new MathContext(9, RoundingMode.HALF_EVEN));
        for (int precision = 8; precision > 0; precision--) {
            BigDecimal rounded = exact.round(new MathContext(precision, RoundingMode.HALF_EVEN));
            if (rounded.floatValue() == narrow) {
                digits = rounded;
            }
        }
        digits = digits.stripTrailingZeros();
        int exponent = digits.precision() - digits.scale() - 1;
        return exponent < -4 || exponent >= 6 ? formatExponent(digits) : plain(digits);
    }

    private static String formatExponent(double value) {
        return formatExponent(shortest(value));
    }

    private static String formatExponent(BigDecimal shortest) {
        String digits = shortest.unscaledValue().abs().toString();
        int exponent = digits.length() - shortest.scale() - 1;
        var text = new StringBuilder(24);
        if (shortest.signum() < 0) {
            text.append('-');
        }
        text.append(digits.charAt(0));
        if (digits.length() > 1) {
            text.append('.').append(digits, 1, digits.length());
        }
        text.append('e').append(exponent < 0 ? '-' : '+');
        int size = Math.abs(exponent);
        return (size < 10 ? text.append('0') : text).append(size).toString();
    }

    /** The fewest digits that read back as the same double. */
    private static BigDecimal shortest(double value) {
        var exact = new BigDecimal(value);
        int first = Math.abs(value) < Double.MIN_NORMAL ? 1 : 15;
        for (int precision = first; precision < 17; precision++) {
            BigDecimal rounded = exact.round(new MathContext(precision, RoundingMode.HALF_EVEN));
            if (rounded.doubleValue() == value) {
                return rounded.stripTrailingZeros();
            }
        }
        return exact.round(new MathContext(17, RoundingMode.HALF_EVEN)).stripTrailingZeros();
    }

    private static String plain(BigDecimal digits) {
        return digits.toPlainString();
    }

    private static int radixOf(char prefix) {
        return switch (prefix) {
            case 'x', 'X' -> 16;
            case 'b', 'B' -> 2;
            case 'o', 'O' -> 8;
            default -> isDigit(prefix) ? 8 : 0;
        };
    }

    private static String stripLeadingZeros(String digits) {
        int start = 0;
        while (start < digits.length() - 1 && digits.charAt(start) == '0') {
            start++;
        }
        return digits.substring(start);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
