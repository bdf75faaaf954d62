package io.gitopstoolkit.testkit.internal.cel;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.TypeParamType;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Functions of lists in expressions.
 *
 * @see <a href="https://pkg.go.dev/k8s.io/apiserver/pkg/cel/library#Lists">Kubernetes: lists library</a>
 */
final class Lists {
    private static final List<CelType> SUMMABLE = List.of(SimpleType.INT, SimpleType.DOUBLE, SimpleType.DURATION);
    private static final List<CelType> COMPARABLE = List.of(
            SimpleType.INT,
            SimpleType.DOUBLE,
            SimpleType.BOOL,
            SimpleType.DURATION,
            SimpleType.TIMESTAMP,
            SimpleType.STRING,
            SimpleType.BYTES);

    private Lists() {}

    static void addTo(FunctionSet functions) {
        for (CelType type : SUMMABLE) {
            functions.member("sum", type, args -> sum((List<?>) args[0], type), ListType.create(type));
        }
        for (CelType type : COMPARABLE) {
            functions
                    .member("isSorted", SimpleType.BOOL, args -> isSorted((List<?>) args[0]), ListType.create(type))
                    .member("min", type, args -> extreme((List<?>) args[0], -1, "min"), ListType.create(type))
                    .member("max", type, args -> extreme((List<?>) args[0], 1, "max"), ListType.create(type));
        }
        TypeParamType any = TypeParamType.create("T");
        CelType list = ListType.create(any);
        functions
                .member("indexOf", SimpleType.INT, args -> indexOf((List<?>) args[0], args[1]), list, any)
                .member("lastIndexOf", SimpleType.INT, args -> lastIndexOf((List<?>) args[0], args[1]), list, any);
    }

    private static Object sum(List<?> list, CelType type) {
        if (type.equals(SimpleType.INT)) {
            return list.stream().mapToLong(item -> (Long) item).reduce(0L, Math::addExact);
        }
        if (type.equals(SimpleType.DOUBLE)) {
            return list.stream()
                    .mapToDouble(item -> ((Number) item).doubleValue())
                    .sum();
        }
        return list.stream().map(item -> (Duration) item).reduce(Duration.ZERO, Duration::plus);
    }

    private static boolean isSorted(List<?> list) {
        for (int i = 1; i < list.size(); i++) {
            if (compare(list.get(i - 1), list.get(i)) > 0) {
                return false;
            }
        }
        return true;
    }

    private static Object extreme(List<?> list, int direction, String name) {
        if (list.isEmpty()) {
            throw new IllegalArgumentException(name + " called on empty list");
        }
        Object found = list.get(0);
        for (Object item : list) {
            found = compare(item, found) * direction > 0 ? item : found;
        }
        return found;
    }

    @SuppressWarnings("unchecked") // the types of both were checked to be the same
    private static int compare(Object one, Object other) {
        if (one instanceof Number left && other instanceof Number right) {
            return new BigDecimal(left.toString()).compareTo(new BigDecimal(right.toString()));
        }
        if (one instanceof Comparable<?> && one.getClass() == other.getClass()) {
            return ((Comparable<Object>) one).compareTo(other);
        }
        throw new IllegalArgumentException("no such overload");
    }

    private static long indexOf(List<?> list, Object value) {
        for (int i = 0; i < list.size(); i++) {
            if (Objects.equals(list.get(i), value)) {
                return i;
            }
        }
        return -1;
    }

    private static long lastIndexOf(List<?> list, Object value) {
        for (int i = list.size() - 1; i >= 0; i--) {
            if (Objects.equals(list.get(i), value)) {
                return i;
            }
        }
        return -1;
    }
}
