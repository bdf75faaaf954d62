package io.gitopstoolkit.testkit.internal.server;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one spelling of a resource quantity: {@code 0.5} is {@code 500m}, {@code 1024Mi} is {@code 1Gi}.
 *
 * @see <a href="https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/">Quantity</a>
 */
final class Quantity {
    private static final Pattern FORM =
            Pattern.compile("([+-]?(?:\\d+\\.?\\d*|\\.\\d+))(Ki|Mi|Gi|Ti|Pi|Ei|n|u|m|k|M|G|T|P|E|[eE][+-]?\\d{1,3})?");
    private static final List<String> DECIMAL = List.of("n", "u", "m", "", "k", "M", "G", "T", "P", "E");
    private static final List<String> BINARY = List.of("", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei");
    private static final Map<String, Integer> BINARY_POWERS =
            Map.of("Ki", 10, "Mi", 20, "Gi", 30, "Ti", 40, "Pi", 50, "Ei", 60);

    private Quantity() {}

    /**
     * The canonical spelling.
     *
     * @throws NumberFormatException if the text is no quantity
     */
    static String canonical(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new NumberFormatException("not a quantity: " + text);
        }
        String suffix = matcher.group(2) == null ? "" : matcher.group(2);
        var number = new BigDecimal(matcher.group(1));
        if (number.signum() == 0) {
            return "0";
        }
        if (BINARY_POWERS.containsKey(suffix)) {
            BigDecimal value = number.multiply(new BigDecimal(BigInteger.TWO.pow(BINARY_POWERS.get(suffix))));
            boolean small = value.abs().compareTo(BigDecimal.valueOf(1024)) < 0;
            return small || !isWhole(value) ? decimal(value) : binary(value.toBigIntegerExact());
        }
        if (suffix.length() > 1) {
            return exponent(number.scaleByPowerOfTen(Integer.parseInt(suffix.substring(1))));
        }
        return decimal(number.scaleByPowerOfTen((DECIMAL.indexOf(suffix) - 3) * 3));
    }

    private static boolean isWhole(BigDecimal value) {
        return value.stripTrailingZeros().scale() <= 0;
    }

    private static String decimal(BigDecimal value) {
        BigInteger nanos =
                value.scaleByPowerOfTen(9).setScale(0, RoundingMode.UP).toBigIntegerExact();
        int power = 0;
        BigInteger thousand = BigInteger.valueOf(1000);
        while (power < DECIMAL.size() - 1 && nanos.mod(thousand).signum() == 0) {
            nanos = nanos.divide(thousand);
            power++;
        }
        return nanos + DECIMAL.get(power);
    }

    private static String binary(BigInteger value) {
        int power = 0;
        BigInteger number = value;
        BigInteger step = BigInteger.valueOf(1024);
        while (power < BINARY.size() - 1 && number.mod(step).signum() == 0) {
            number = number.divide(step);
            power++;
        }
        return number + BINARY.get(power);
    }

    private static String exponent(BigDecimal value) {
        BigInteger nanos =
                value.scaleByPowerOfTen(9).setScale(0, RoundingMode.UP).toBigIntegerExact();
        int power = -9;
        BigInteger thousand = BigInteger.valueOf(1000);
        while (power < 18 && nanos.mod(thousand).signum() == 0) {
            nanos = nanos.divide(thousand);
            power += 3;
        }
        return power == 0 ? nanos.toString() : nanos + "e" + power;
    }
}
