package io.gitopstoolkit.testkit.internal.cel;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import io.gitopstoolkit.testkit.internal.json.Tree;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The types of values by their schemas; objects have types with names. */
final class DeclaredTypes {
    private final Map<String, CelType> structs = new LinkedHashMap<>();

    /**
     * The type of values of a schema; null where expressions do not see them.
     *
     * @param name of the type, if it is an object
     */
    @Nullable
    CelType of(Map<String, Object> schema, String name, boolean isResource) {
        if (SchemaValues.isIntOrString(schema)) {
            return SimpleType.DYN;
        }
        return switch (Tree.text(schema, "type")) {
            case "array" -> {
                Map<String, Object> items = Tree.map(schema.get("items"));
                CelType element = items == null ? null : of(items, name + ".@idx", SchemaValues.isResource(items));
                yield element == null ? null : ListType.create(element);
            }
            case "object" -> object(schema, name, isResource);
            case "string" ->
                switch (Tree.text(schema, "format")) {
                    case "byte" -> SimpleType.BYTES;
                    case "duration" -> SimpleType.DURATION;
                    case "date", "date-time" -> SimpleType.TIMESTAMP;
                    default -> SimpleType.STRING;
                };
            case "boolean" -> SimpleType.BOOL;
            case "number" -> SimpleType.DOUBLE;
            case "integer" -> SimpleType.INT;
            default -> null;
        };
    }

    private @Nullable CelType object(Map<String, Object> schema, String name, boolean isResource) {
        Map<String, Object> additional = Tree.map(schema.get("additionalProperties"));
        if (additional != null) {
            CelType element = of(additional, name + ".@elem", SchemaValues.isResource(additional));
            return element == null ? null : MapType.create(SimpleType.STRING, element);
        }
        var fields = new LinkedHashMap<String, CelType>();
        SchemaValues.properties(schema, isResource).forEach((property, definition) -> {
            Map<String, Object> below = Tree.mapAt(definition);
            CelType type = of(below, name + "." + property, SchemaValues.isResource(below));
            String identifier = Identifiers.escape(property);
            if (type != null && identifier != null) {
                fields.put(identifier, type);
            }
        });
        ImmutableMap<String, CelType> known = ImmutableMap.copyOf(fields);
        StructType struct = StructType.create(name, known.keySet(), field -> Optional.ofNullable(known.get(field)));
        structs.put(name, struct);
        return struct;
    }

    /** What finds the types that are known now. */
    CelTypeProvider provider() {
        return new Provider(ImmutableMap.copyOf(structs));
    }

    private record Provider(ImmutableMap<String, CelType> structs) implements CelTypeProvider {
        @Override
        public ImmutableCollection<CelType> types() {
            return structs.values();
        }

        @Override
        public Optional<CelType> findType(String typeName) {
            return Optional.ofNullable(structs.get(typeName));
        }
    }
}
