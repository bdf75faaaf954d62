package io.gitopstoolkit.testkit.internal.server;

import io.gitopstoolkit.testkit.internal.fields.Conflict;
import io.gitopstoolkit.testkit.internal.fields.ConflictException;
import io.gitopstoolkit.testkit.internal.fields.FieldOwnership;
import io.gitopstoolkit.testkit.internal.fields.InvalidValueException;
import io.gitopstoolkit.testkit.internal.json.Json;
import io.gitopstoolkit.testkit.internal.json.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Creates, updates, patches and applies objects. Callers hold the server's lock. */
final class Writes {
    private final Store store;
    private final Admission admission;
    private final Aftermath aftermath;
    private final Times times;
    private final Hooks hooks;

    Writes(Store store, Admission admission, Aftermath aftermath, Times times, Hooks hooks) {
        this.hooks = hooks;
        this.store = store;
        this.admission = admission;
        this.aftermath = aftermath;
        this.times = times;
    }

    /** POST to a collection. */
    Answer create(ApiRequest request) {
        Map<String, Object> body = request.body();
        Identity.checkManager(request);
        Identity.checkKind(request, body);
        var unknown = new ArrayList<String>();
        Map<String, Object> object = ObjectForm.of(request.resource(), body, unknown);
        List<String> warnings = FieldValidation.check(request, unknown);
        Identity.checkNamespace(request, body);
        Identity.name(request, object);
        DeclaredKind.checkSame(request, body);
        try {
            return insert(
                    request,
                    ownership(request).update(ObjectForm.empty(request.resource()), object, request.fieldManager()),
                    warnings);
        } catch (ApiException e) {
            throw e.warning(warnings);
        }
    }

    private Answer insert(ApiRequest request, Map<String, Object> given, List<String> warnings) {
        Resource resource = request.resource();
        Object version = Tree.at(given, "metadata", "resourceVersion");
        Map<String, Object> object = hooks.mutate(request, given, null);
        Strategy.prepareForCreate(resource, object, times.now());
        admission.admitCreate(resource, request.namespace(), object);
        boolean isNamed = version != null && !version.equals("0");
        if (isNamed && request.isDryRun()) {
            Tree.child(object, "metadata").put("resourceVersion", version);
        } else if (isNamed && request.http().method().equals("POST")) {
            throw ApiException.internal("resourceVersion should not be set on objects to be created");
        }
        String name = Tree.text(object, "metadata", "name");
        hooks.validate(request, object, null);
        Map<String, Object> existing = store.get(resource, request.namespace(), name);
        if (existing != null) {
            ApiException refusal = ApiException.alreadyExists(
                    resource,
                    name,
                    !Tree.text(existing, "metadata", "deletionTimestamp").isEmpty());
            throw Tree.text(object, "metadata", "generateName").isEmpty() ? refusal : refusal.ofGeneratedName();
        }
        if (!request.isDryRun()) {
            store.put(resource, object);
            aftermath.changed(resource, object);
        }
        return new Answer(201, object, warnings);
    }

    /** PUT of an object or one of its subresources. */
    Answer update(ApiRequest request) {
        Map<String, Object> body = request.body();
        Identity.checkManager(request);
        Identity.checkKind(request, body);
        var unknown = new ArrayList<String>();
        Map<String, Object> object = ObjectForm.of(request.resource(), body, unknown);
        List<String> warnings = FieldValidation.check(request, unknown);
        try {
            return update(request, body, object, warnings);
        } catch (ApiException e) {
            throw e.warning(warnings);
        }
    }

    private Answer update(
            ApiRequest request, Map<String, Object> body, Map<String, Object> object, List<String> warnings) {
        Identity.checkNamespace(request, body);
        Identity.checkName(request, body);
        if (Strategy.createsOnUpdate(request.resource())
                && store.get(request.resource(), request.namespace(), request.name()) == null) {
            checkNoUid(request, object);
            return create(request);
        }
        Map<String, Object> live = existing(request);
        DeclaredKind.checkSame(request, body);
        checkNamesVersion(request, object);
        return replace(request, live, ownership(request).update(live, object, request.fieldManager()), warnings);
    }

    private static void checkNoUid(ApiRequest request, Map<String, Object> object) {
        String uid = Tree.text(object, "metadata", "uid");
        if (!uid.isEmpty()) {
            throw ApiException.otherUid(request, uid, "");
        }
    }

    /** Custom resources are updated only from a version that the client has seen. */
    private static void checkNamesVersion(ApiRequest request, Map<String, Object> object) {
        if (Strategy.needsVersionForUpdate(request.resource())
                && Tree.text(object, "metadata", "resourceVersion").isEmpty()) {
            throw ApiException.invalid(
                    request.resource().group(),
                    request.resource().name(),
                    request.name(),
                    List.of(new FieldError(
                            "FieldValueInvalid",
                            "metadata.resourceVersion",
                            "Invalid value: 0: must be specified for an update")));
        }
    }

    /** PATCH by one of the three kinds of patches that need an object to be there. */
    Answer patch(ApiRequest request) {
        Patches.checkType(request, request.resource().isCustom());
        Identity.checkManager(request);
        Map<String, Object> live = existing(request);
        Map<String, Object> patched = Patches.apply(request, live);
        DeclaredKind.checkPatched(request.resource(), patched);
        var unknown = new ArrayList<String>();
        Map<String, Object> object;
        List<String> warnings;
        try {
            object = ObjectForm.of(request.resource(), patched, unknown);
            warnings = FieldValidation.check(request, unknown);
        } catch (ApiException e) {
            throw e.ofPatch(patched);
        }
        Identity.checkUnchanged(request, live, object);
        DeclaredKind.checkSame(request, patched);
        try {
            checkNamesVersion(request, object);
            return replace(request, live, ownership(request).update(live, object, request.fieldManager()), warnings);
        } catch (ApiException e) {
            throw e.warning(warnings);
        }
    }

    /** PATCH by a configuration: server-side apply. */
    Answer apply(ApiRequest request) {
        Map<String, Object> configuration = request.body();
        Identity.checkApply(request, configuration);
        Resource resource = request.resource();
        Map<String, Object> stored = store.get(resource, request.namespace(), request.name());
        Map<String, Object> live = stored == null ? null : ObjectForm.seen(resource, stored);
        if (live == null && !request.subresource().isEmpty()) {
            throw ApiException.notFound(resource, request.name());
        }
        Map<String, Object> start = live == null ? ObjectForm.empty(resource) : live;
        Map<String, Object> applied = merge(request, ownership(request), start, configuration);
        Identity.checkAppliedName(request, applied);
        var unknown = new ArrayList<String>();
        Map<String, Object> object = ObjectForm.ofApplied(resource, applied, unknown);
        if (live != null) {
            return replace(request, live, object, List.of());
        }
        admission.checkNotDeleted(configuration, resource, request.name());
        Identity.name(request, object);
        return insert(request, object, List.of());
    }

    /** Lays an applied configuration over an object; refuses in the words of the real server. */
    static Map<String, Object> merge(
            ApiRequest request,
            FieldOwnership ownership,
            Map<String, Object> start,
            Map<String, Object> configuration) {
        Map<String, Object> applied = Tree.copy(configuration);
        Tree.mapAt(applied, "metadata").remove("managedFields");
        try {
            return ownership.apply(start, applied, request.parameter("fieldManager"), request.flag("force"));
        } catch (InvalidValueException e) {
            throw ApiException.internal("failed to create typed patch object ("
                    + Tree.text(configuration, "metadata", "namespace")
                    + "/" + Tree.text(configuration, "metadata", "name")
                    + "; " + request.resource().kindDisplay() + "): " + e.getMessage());
        } catch (ConflictException e) {
            throw conflict(e.conflicts());
        }
    }

    private static ApiException conflict(List<Conflict> conflicts) {
        var causes = new ArrayList<Object>();
        var byManager = new LinkedHashMap<String, List<String>>();
        for (Conflict conflict : conflicts) {
            causes.add(Tree.of(
                    "reason",
                    "FieldManagerConflict",
                    "message",
                    "conflict with " + conflict.manager(),
                    "field",
                    conflict.path()));
            byManager
                    .computeIfAbsent(conflict.manager(), key -> new ArrayList<>())
                    .add("- " + conflict.path());
        }
        if (conflicts.size() == 1) {
            Conflict conflict = conflicts.get(0);
            return ApiException.applyConflict(
                    "Apply failed with 1 conflict: conflict with " + conflict.manager() + ": " + conflict.path(),
                    causes);
        }
        var parts = new ArrayList<String>();
        byManager.forEach(
                (manager, paths) -> parts.add("conflicts with " + manager + ":\n" + String.join("\n", paths)));
        return ApiException.applyConflict(
                "Apply failed with " + conflicts.size() + " conflicts: " + String.join("\n", parts), causes);
    }

    /** Stores what an update, patch or apply made of an object, if it is another one now. */
    Answer replace(ApiRequest request, Map<String, Object> live, Map<String, Object> given, List<String> warnings) {
        Resource resource = request.resource();
        checkSame(request, live, given);
        Map<String, Object> object = hooks.mutate(request, given, live);
        Strategy.prepareForUpdate(resource, request.subresource(), live, object);
        warnings = with(warnings, admission.admitUpdate(resource, request.subresource(), live, object));
        hooks.validate(request, object, live);
        if (Strategy.isSame(live, object)) {
            return new Answer(200, live, warnings);
        }
        if (!request.isDryRun()) {
            store(resource, object);
        }
        return new Answer(200, object, warnings);
    }

    /** Whether the client means the object that is there. */
    private static void checkSame(ApiRequest request, Map<String, Object> live, Map<String, Object> object) {
        Resource resource = request.resource();
        String version = Tree.text(object, "metadata", "resourceVersion");
        if (!version.matches("\\d*")) {
            throw ApiException.internal("strconv.ParseUint: parsing " + Json.print(version) + ": invalid syntax");
        }
        String uid = Tree.text(object, "metadata", "uid");
        boolean other = !uid.isEmpty() && !uid.equals(Tree.text(live, "metadata", "uid"));
        if (other && !request.http().method().equals("PATCH")) {
            throw ApiException.otherUid(request, uid, Tree.text(live, "metadata", "uid"));
        }
        if (!version.isEmpty()
                && !version.equals("0")
                && !version.equals(Tree.text(live, "metadata", "resourceVersion"))) {
            throw ApiException.modified(resource, request.name());
        }
        if (other) {
            throw Admission.wrongUid(resource, request.name(), uid);
        }
    }

    private static List<String> with(List<String> warnings, List<String> further) {
        if (further.isEmpty()) {
            return warnings;
        }
        var all = new ArrayList<>(warnings);
        all.addAll(further);
        return all;
    }

    private void store(Resource resource, Map<String, Object> object) {
        boolean deleted = !Tree.text(object, "metadata", "deletionTimestamp").isEmpty();
        boolean held = !Tree.textsAt(object, "metadata", "finalizers").isEmpty()
                || (resource.is("", "namespaces")
                        && !Tree.textsAt(object, "spec", "finalizers").isEmpty());
        if (deleted && !held) {
            store.remove(resource, object);
            aftermath.removed(resource, object);
        } else {
            store.put(resource, object);
            aftermath.changed(resource, object);
        }
    }

    private Map<String, Object> existing(ApiRequest request) {
        Map<String, Object> live = store.get(request.resource(), request.namespace(), request.name());
        if (live == null) {
            throw ApiException.notFound(request.resource(), request.name());
        }
        return ObjectForm.seen(request.resource(), live);
    }

    /** The changed object with its managers. */
    Map<String, Object> owned(ApiRequest request, Map<String, Object> live, Map<String, Object> object) {
        return ownership(request).update(live, object, request.fieldManager());
    }

    private FieldOwnership ownership(ApiRequest request) {
        Resource resource = request.resource();
        return new FieldOwnership(
                resource.ownedKind(),
                Strategy.resetFields(resource, request.subresource()),
                request.subresource(),
                times.now());
    }

    /**
     * What a request is answered with.
     *
     * @param warnings what the client is told beside, as {@code Warning} headers
     */
    record Answer(int code, Map<String, Object> object, List<String> warnings) {}
}
