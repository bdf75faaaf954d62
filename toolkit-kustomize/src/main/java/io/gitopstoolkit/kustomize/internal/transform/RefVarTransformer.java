package io.gitopstoolkit.kustomize.internal.transform;

import static io.gitopstoolkit.kustomize.KustomizeException.Reason.TRANSFORM_FAILED;

import io.gitopstoolkit.kustomize.KustomizeException;
import io.gitopstoolkit.kustomize.internal.field.FieldSpec;
import io.gitopstoolkit.kustomize.internal.field.FieldWalker;
import io.gitopstoolkit.kustomize.internal.field.FieldWalker.Leaf;
import io.gitopstoolkit.kustomize.internal.field.KindFields;
import io.gitopstoolkit.kustomize.internal.resource.Resource;
import io.gitopstoolkit.kustomize.internal.resource.ResourceSet;
import io.gitopstoolkit.kustomize.internal.tree.GoNumbers;
import io.gitopstoolkit.kustomize.internal.tree.ListNode;
import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import io.gitopstoolkit.kustomize.internal.tree.Node;
import io.gitopstoolkit.kustomize.internal.tree.ScalarNode;
import io.gitopstoolkit.kustomize.internal.tree.ScalarResolver;
import io.gitopstoolkit.kustomize.internal.tree.ScalarType;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Writes the values of variables where {@code $(NAME)} stands in certain fields. */
public final class RefVarTransformer implements Transformer {
    private final Collection<Variable> variables;
    private final KindFields fields;
    private final TreeSet<String> unused = new TreeSet<>();

    /** Replaces these variables in these fields. */
    public RefVarTransformer(Collection<Variable> variables, List<FieldSpec> fields) {
        this.variables = variables;
        this.fields = new KindFields(fields);
    }

    /** The names of the variables that were not replaced anywhere. */
    public Collection<String> unused() {
        return unused;
    }

    @Override
    public void transform(ResourceSet resources) {
        if (variables.isEmpty()) {
            return;
        }
        Map<String, Resource> marked = marked(resources);
        Map<String, Node> values = new TreeMap<>();
        for (Variable variable : variables) {
            values.put(variable.name(), variable.value(marked.get(variable.name())));
        }
        unused.addAll(values.keySet());
        for (Resource resource : resources.list()) {
            for (FieldSpec field : fields.of(resource.id())) {
                FieldWalker.walkAnyKind(resource, field, Leaf.NONE, value -> changed(resource, value, values));
            }
        }
    }

    /** The first resource that each variable stands for. */
    private static Map<String, Resource> marked(ResourceSet resources) {
        var marked = new HashMap<String, Resource>();
        for (Resource resource : resources.list()) {
            for (String variable : resource.variables()) {
                marked.putIfAbsent(variable, resource);
            }
        }
        return marked;
    }

    private Node changed(Resource resource, Node value, Map<String, Node> values) {
        if (value instanceof MapNode map) {
            for (int i = 0; i < map.size(); i++) {
                Node replaced = replaced(map.valueAt(i), values);
                if (replaced != map.valueAt(i)) {
                    resource.set(map, i, replaced);
                }
            }
        } else if (value instanceof ListNode list) {
            for (int i = 0; i < list.size(); i++) {
                if (!(list.get(i) instanceof ScalarNode scalar) || !scalar.isString()) {
                    throw new KustomizeException(
                            TRANSFORM_FAILED, resource + ": an item of a list with variables is not a string");
                }
                list.set(i, replaced(scalar, values));
            }
        } else {
            return replaced(value, values);
        }
        return value;
    }

    private Node replaced(Node node, Map<String, Node> values) {
        if (!(node instanceof ScalarNode scalar)
                || !scalar.isString()
                || scalar.text().indexOf('$') < 0) {
            return node;
        }
        return expand(scalar.text(), values);
    }

    private ScalarNode expand(String text, Map<String, Node> values) {
        var result = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c != '$' || at + 1 == text.length()) {
                result.append(c);
                at++;
                continue;
            }
            int end = text.charAt(at + 1) == '(' ? text.indexOf(')', at + 2) : -1;
            if (end < 0) {
                boolean escaped = text.charAt(at + 1) == '$';
                result.append(escaped ? "$" : text.substring(at, at + 2));
                at += 2;
                continue;
            }
            String name = text.substring(at + 2, end);
            ScalarNode value = value(name, values);
            if (value == null) {
                result.append(text, at, end + 1);
            } else if (at == 0 && end == text.length() - 1) {
                return typed(value);
            } else {
                result.append(printed(value));
            }
            at = end + 1;
        }
        return ScalarNode.string(result.toString());
    }

    /** The value of a variable; null for an unknown one, and for one that is a map or a list. */
    private @Nullable ScalarNode value(String name, Map<String, Node> values) {
        if (values.get(name) instanceof ScalarNode scalar) {
            unused.remove(name);
            return scalar;
        }
        return null;
    }

    private static ScalarNode typed(ScalarNode value) {
        return switch (value.type()) {
            case INT -> ScalarNode.integer(Long.parseLong(value.text()));
            case FLOAT -> ScalarNode.plain(plainFloat(value.text()));
            case BOOL -> ScalarNode.bool(ScalarResolver.isTrue(value.text()));
            default -> ScalarNode.string(value.text());
        };
    }

    private static String printed(ScalarNode value) {
        return switch (value.type()) {
            case INT -> Long.toString(Long.parseLong(value.text()));
            case FLOAT -> {
                Number number = ScalarResolver.number(value.text());
                yield number == null ? value.text() : GoNumbers.formatShortest(number.doubleValue());
            }
            case BOOL -> Boolean.toString(ScalarResolver.isTrue(value.text()));
            default -> value.text();
        };
    }

    private static String plainFloat(String text) {
        Number number = ScalarResolver.number(text);
        if (number == null || ScalarResolver.typeOf(text) != ScalarType.FLOAT || ScalarResolver.isInfiniteOrNan(text)) {
            return text;
        }
        String plain = new BigDecimal(Double.toString(number.doubleValue())).toPlainString();
        return plain.endsWith(".0") ? plain.substring(0, plain.length() - 2) : plain;
    }
}
