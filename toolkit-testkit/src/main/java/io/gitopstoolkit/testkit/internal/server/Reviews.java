package io.gitopstoolkit.testkit.internal.server;

import io.gitopstoolkit.testkit.internal.access.Authentication;
import io.gitopstoolkit.testkit.internal.access.Authorizer;
import io.gitopstoolkit.testkit.internal.access.Authorizer.Decision;
import io.gitopstoolkit.testkit.internal.access.Call;
import io.gitopstoolkit.testkit.internal.access.Caller;
import io.gitopstoolkit.testkit.internal.access.Rbac;
import io.gitopstoolkit.testkit.internal.access.Target;
import io.gitopstoolkit.testkit.internal.fields.FieldOwnership;
import io.gitopstoolkit.testkit.internal.json.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Answers questions about users and their rights, which are objects that nobody stores. */
final class Reviews {
    static final String AUTHENTICATION = "authentication.k8s.io";
    static final String AUTHORIZATION = "authorization.k8s.io";

    /** The only audience of tokens here. */
    static final String AUDIENCE = "https://kubernetes.default.svc";

    private final Authentication authentication;
    private final Authorizer authorizer;
    private final Times times;

    Reviews(Authentication authentication, Authorizer authorizer, Times times) {
        this.authentication = authentication;
        this.authorizer = authorizer;
        this.times = times;
    }

    /** Whether the resource is a question. */
    static boolean isReview(Resource resource) {
        return resource.group().equals(AUTHENTICATION) || resource.group().equals(AUTHORIZATION);
    }

    Writes.Answer answer(ApiRequest request, Call call) {
        Map<String, Object> body = request.body();
        Identity.checkKind(request, body);
        var unknown = new ArrayList<String>();
        Map<String, Object> review = ObjectForm.of(request.resource(), body, unknown);
        List<String> warnings = FieldValidation.check(request, unknown);
        Map<String, Object> answered = switch (request.resource().name()) {
            case "selfsubjectreviews" -> self(review, call);
            case "selfsubjectrulesreviews" -> rules(review, call);
            case "tokenreviews" -> token(owned(request, review));
            default -> access(request, owned(request, review), call);
        };
        return new Writes.Answer(201, answered, warnings);
    }

    private Map<String, Object> owned(ApiRequest request, Map<String, Object> review) {
        Resource resource = request.resource();
        var ownership = new FieldOwnership(resource.ownedKind(), List.of(), "", times.now());
        return ownership.update(ObjectForm.empty(resource), review, request.fieldManager());
    }

    private Map<String, Object> self(Map<String, Object> review, Call call) {
        Tree.child(review, "metadata").put("creationTimestamp", times.now());
        review.put("status", Tree.of("userInfo", call.caller().toTree()));
        return review;
    }

    private Map<String, Object> token(Map<String, Object> review) {
        String token = Tree.text(review, "spec", "token");
        Caller caller = authentication.ofToken(token);
        if (caller == null) {
            review.put("status", Tree.of("user", new LinkedHashMap<>(), "error", "invalid bearer token"));
        } else {
            review.put(
                    "status",
                    Tree.of("authenticated", true, "user", caller.toTree(), "audiences", Tree.listOf(AUDIENCE)));
        }
        return review;
    }

    private Map<String, Object> access(ApiRequest request, Map<String, Object> review, Call call) {
        Map<String, Object> spec = Tree.mapAt(review, "spec");
        checkAccess(request, spec);
        boolean own = request.resource().name().startsWith("self");
        Decision decision = authorizer.decide(call, own ? call.caller() : caller(spec), target(spec));
        Map<String, Object> status = Tree.of("allowed", decision.allowed());
        if (decision.denied()) {
            status.put("denied", true);
        }
        if (!decision.reason().isEmpty()) {
            status.put("reason", decision.reason());
        }
        review.put("status", status);
        return review;
    }

    private static void checkAccess(ApiRequest request, Map<String, Object> spec) {
        var errors = new ArrayList<FieldError>();
        if (spec.containsKey("resourceAttributes") == spec.containsKey("nonResourceAttributes")) {
            String field =
                    spec.containsKey("resourceAttributes") ? "spec.nonResourceAttributes" : "spec.resourceAttributes";
            errors.add(FieldError.invalid(
                    field,
                    spec.containsKey("resourceAttributes")
                            ? "cannot be specified in combination with resourceAttributes"
                            : null,
                    spec.containsKey("resourceAttributes")
                            ? "cannot be specified in combination with resourceAttributes"
                            : "exactly one of nonResourceAttributes or resourceAttributes must be specified"));
        }
        String name = request.resource().name();
        if (!name.startsWith("self")
                && Tree.text(spec, "user").isEmpty()
                && Tree.textsAt(spec, "groups").isEmpty()) {
            errors.add(FieldError.invalid("spec.user", "", "at least one of user or group must be specified"));
        }
        String asked = Tree.text(spec, "resourceAttributes", "namespace");
        if (name.startsWith("local") && !asked.equals(request.namespace())) {
            errors.add(FieldError.invalid("spec.resourceAttributes.namespace", asked, "must match metadata.namespace"));
        }
        if (!errors.isEmpty()) {
            throw ApiException.invalid(AUTHORIZATION, "", "", errors);
        }
    }

    private static Caller caller(Map<String, Object> spec) {
        var extra = new LinkedHashMap<String, List<String>>();
        Map<String, Object> given = Tree.mapAt(spec, "extra");
        given.keySet().forEach(key -> extra.put(key, Tree.textsAt(given, key)));
        return new Caller(Tree.text(spec, "user"), Tree.text(spec, "uid"), Tree.textsAt(spec, "groups"), extra);
    }

    private static Target target(Map<String, Object> spec) {
        Map<String, Object> path = Tree.map(spec.get("nonResourceAttributes"));
        if (path != null) {
            return Target.ofPath(Tree.text(path, "verb"), Tree.text(path, "path"));
        }
        Map<String, Object> resource = Tree.mapAt(spec, "resourceAttributes");
        return new Target(
                Tree.text(resource, "verb"),
                Tree.text(resource, "group"),
                Tree.text(resource, "version"),
                Tree.text(resource, "resource"),
                Tree.text(resource, "subresource"),
                Tree.text(resource, "namespace"),
                Tree.text(resource, "name"),
                "");
    }

    private Map<String, Object> rules(Map<String, Object> review, Call call) {
        Rbac rbac = authorizer.rbac();
        String namespace = Tree.text(review, "spec", "namespace");
        if (namespace.isEmpty()) {
            throw ApiException.badRequest("no namespace on request");
        }
        List<Map<String, Object>> rules = rbac == null ? everything() : rbac.rulesOf(call.caller(), namespace);
        var resources = new ArrayList<Object>();
        var paths = new ArrayList<Object>();
        for (Map<String, Object> rule : rules) {
            if (rule.containsKey("nonResourceURLs")) {
                paths.add(pick(rule, "verbs", "nonResourceURLs"));
            } else {
                resources.add(pick(rule, "verbs", "apiGroups", "resources", "resourceNames"));
            }
        }
        Map<String, Object> status = Tree.of("resourceRules", resources, "nonResourceRules", paths);
        status.put("incomplete", false);
        review.put("spec", new LinkedHashMap<>());
        review.put("status", status);
        return review;
    }

    private static List<Map<String, Object>> everything() {
        var any = List.<Object>of("*");
        return List.of(
                Tree.of("verbs", any, "apiGroups", any, "resources", any),
                Tree.of("verbs", any, "nonResourceURLs", any));
    }

    private static Map<String, Object> pick(Map<String, Object> rule, String... keys) {
        var picked = new LinkedHashMap<String, Object>();
        for (String key : keys) {
            if (rule.containsKey(key)) {
                picked.put(key, rule.get(key));
            }
        }
        return picked;
    }
}
