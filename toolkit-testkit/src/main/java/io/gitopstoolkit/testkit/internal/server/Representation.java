package io.gitopstoolkit.testkit.internal.server;

import io.gitopstoolkit.testkit.internal.http.Accept;
import io.gitopstoolkit.testkit.internal.json.Tree;
import io.gitopstoolkit.testkit.internal.table.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The form in which a client asks for the objects of one answer or watch: whole, their metadata alone, or as a table. */
final class Representation {
    private static final String META = "meta.k8s.io";
    private static final String TABLE = "Table";
    private static final String PARTIAL = "PartialObjectMetadata";
    private static final String PARTIAL_LIST = "PartialObjectMetadataList";

    private final ApiRequest request;
    private final Forms forms;
    private final @Nullable Accept form;
    private boolean begun;

    /** What every representation is made with. */
    record Forms(Tables tables, Times times) {}

    private Representation(ApiRequest request, Forms forms, @Nullable Accept form) {
        this.request = request;
        this.forms = forms;
        this.form = form;
    }

    /**
     * The form that the client likes best of those there are.
     *
     * @throws ApiException 406 if there is none, 400 if a table is asked for in a way that there is not
     */
    static Representation of(ApiRequest request, Forms forms) {
        for (Accept clause : Accept.parse(request.http().header("accept"))) {
            if (clause.allows("application/json") && isForm(clause)) {
                boolean plain = clause.parameter("as").isEmpty();
                var found = new Representation(request, forms, plain ? null : clause);
                found.checkOptions();
                return found;
            }
        }
        throw ApiException.notAcceptable(
                request.http().header("accept").contains("as=")
                        ? "only the following media types are accepted: application/json"
                        : "406: Not Acceptable\n\nAvailable representations: application/json");
    }

    private static boolean isForm(Accept clause) {
        String as = clause.parameter("as");
        return as.isEmpty()
                || (List.of(TABLE, PARTIAL, PARTIAL_LIST).contains(as)
                        && clause.parameter("g").equals(META)
                        && List.of("v1", "v1beta1").contains(clause.parameter("v")));
    }

    private void checkOptions() {
        String include = request.parameter("includeObject");
        if (is(TABLE) && !List.of("", "None", "Metadata", "Object").contains(include)) {
            throw ApiException.badRequest("Unable to convert to Table as requested: includeObject: Invalid value: \""
                    + include + "\": must be 'Metadata', 'Object', 'None', or empty");
        }
    }

    private boolean is(String kind) {
        return form != null && form.parameter("as").equals(kind);
    }

    /** The object or list in this form; the columns of a table are described the first time only. */
    Map<String, Object> show(Map<String, Object> object) {
        if (form == null || Tree.text(object, "kind").equals("Status")) {
            return object;
        }
        if (is(TABLE)) {
            return table(object, form.parameter("v"));
        }
        boolean list = object.get("items") instanceof List;
        if (list != is(PARTIAL_LIST)) {
            throw ApiException.notAcceptable("you requested " + form.parameter("as") + ", but the requested object is "
                    + (list ? "a list" : "not a list") + " (" + goType(list) + ")");
        }
        return list ? partialList(object, form.parameter("v")) : partial(object, form.parameter("v"));
    }

    /** What the real server calls the type in its own words. */
    private String goType(boolean list) {
        Resource resource = request.resource();
        String suffix = list ? "List" : "";
        return resource.isCustom()
                ? "*unstructured.Unstructured" + suffix
                : "*" + resource.internalGroup() + "." + resource.kind() + suffix;
    }

    private Map<String, Object> table(Map<String, Object> object, String version) {
        Resource resource = request.resource();
        var subject = new Tables.Subject(
                resource.group(),
                resource.name(),
                resource.apiVersion(),
                resource.kind(),
                resource.isCustom()
                        ? Tree.mapsAt(resource.discovery(), "definition", "additionalPrinterColumns")
                        : null);
        boolean withColumns = !begun && !request.flag("noHeaders");
        begun = true;
        return forms.tables()
                .table(
                        subject,
                        object,
                        new Tables.Style(
                                version,
                                request.parameter("includeObject"),
                                withColumns,
                                forms.times().instant()));
    }

    private static Map<String, Object> partialList(Map<String, Object> list, String version) {
        var items = new ArrayList<Object>();
        Tree.mapsAt(list, "items").forEach(item -> items.add(partial(item, version)));
        return Tree.of(
                "kind",
                PARTIAL_LIST,
                "apiVersion",
                META + "/" + version,
                "metadata",
                list.get("metadata"),
                "items",
                items);
    }

    private static Map<String, Object> partial(Map<String, Object> object, String version) {
        return Tree.of("kind", PARTIAL, "apiVersion", META + "/" + version, "metadata", object.get("metadata"));
    }
}
