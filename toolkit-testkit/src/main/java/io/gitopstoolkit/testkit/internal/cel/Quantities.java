package io.gitopstoolkit.testkit.internal.cel;

import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Quantities such as {@code 100Mi} in expressions.
 *
 * @see <a href="https://pkg.go.dev/k8s.io/apiserver/pkg/cel/library#Quantity">Kubernetes: quantity library</a>
 */
final class Quantities {
    static final OpaqueType TYPE = OpaqueType.create("kubernetes.Quantity");
    private static final Pattern QUANTITY =
            Pattern.compile("([+-]?(?:\\d+\\.?\\d*|\\.\\d+))([numkMGTPE]|[KMGTPE]i|[eE][+-]?\\d+)?");
    private static final Map<Character, Integer> STEPS = Map.of('k', 1, 'K', 1, 'M', 2, 'G', 3, 'T', 4, 'P', 5, 'E', 6);

    private Quantities() {}

    /** An amount; equal to others of the same size, whatever their scale. */
    record Amount(BigDecimal value) {
        Amount {
            value = value.stripTrailingZeros();
        }
    }

    static void addTo(FunctionSet functions) {
        functions
                .type(TYPE, Amount.class)
                .function("quantity", TYPE, args -> parse((String) args[0]), SimpleType.STRING)
                .function("isQuantity", SimpleType.BOOL, args -> isQuantity((String) args[0]), SimpleType.STRING)
                .member("isInteger", SimpleType.BOOL, args -> isInteger(amount(args[0])), TYPE)
                .member("asInteger", SimpleType.INT, args -> asInteger(amount(args[0])), TYPE)
                .member(
                        "asApproximateFloat",
                        SimpleType.DOUBLE,
                        args -> amount(args[0]).doubleValue(),
                        TYPE)
                .member("add", TYPE, args -> new Amount(amount(args[0]).add(amount(args[1]))), TYPE, TYPE)
                .member("add", TYPE, args -> new Amount(amount(args[0]).add(amount(args[1]))), TYPE, SimpleType.INT)
                .member("sub", TYPE, args -> new Amount(amount(args[0]).subtract(amount(args[1]))), TYPE, TYPE)
                .member(
                        "sub",
                        TYPE,
                        args -> new Amount(amount(args[0]).subtract(amount(args[1]))),
                        TYPE,
                        SimpleType.INT)
                .member("isGreaterThan", SimpleType.BOOL, args -> compare(args) > 0, TYPE, TYPE)
                .member("isLessThan", SimpleType.BOOL, args -> compare(args) < 0, TYPE, TYPE)
                .member("compareTo", SimpleType.INT, args -> (long) compare(args), TYPE, TYPE);
    }

    private static int compare(Object[] args) {
        return amount(args[0]).compareTo(amount(args[1]));
    }

    private static BigDecimal amount(Object value) {
        return value instanceof Amount amount ? amount.value() : BigDecimal.valueOf((Long) value);
    }

    private static boolean isInteger(BigDecimal value) {
        return value.stripTrailingZeros().scale() <= 0 && value.toBigInteger().bitLength() < Long.SIZE;
    }

    private static long asInteger(BigDecimal value) {
        if (!isInteger(value)) {
            throw new IllegalArgumentException("cannot convert value to integer");
        }
        return value.longValue();
    }

    private static boolean isQuantity(String text) {
        return QUANTITY.matcher(text).matches();
    }

    private static Amount parse(String text) {
        Matcher matcher = QUANTITY.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "quantities must match the regular expression" + " '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
        }
        String suffix = matcher.group(2) == null ? "" : matcher.group(2);
        return new Amount(new BigDecimal(matcher.group(1)).multiply(factor(suffix)));
    }

    private static BigDecimal factor(String suffix) {
        if (suffix.isEmpty()) {
            return BigDecimal.ONE;
        }
        if (suffix.length() > 1 && Character.toLowerCase(suffix.charAt(0)) == 'e') {
            return suffix.equals("Ei")
                    ? binary(6)
                    : BigDecimal.ONE.scaleByPowerOfTen(Integer.parseInt(suffix.substring(1)));
        }
        Integer step = STEPS.get(suffix.charAt(0));
        if (suffix.endsWith("i") && step != null) {
            return binary(step);
        }
        if (step != null) {
            return BigDecimal.ONE.scaleByPowerOfTen(3 * step);
        }
        return BigDecimal.ONE.scaleByPowerOfTen(-3 * ("mun".indexOf(suffix) + 1));
    }

    private static BigDecimal binary(int step) {
        return new BigDecimal(BigInteger.ONE.shiftLeft(10 * step));
    }
}
