package io.gitopstoolkit.testkit.internal.admission;

import io.gitopstoolkit.testkit.internal.cel.CelException;
import io.gitopstoolkit.testkit.internal.json.Json;
import io.gitopstoolkit.testkit.internal.json.JsonException;
import io.gitopstoolkit.testkit.internal.json.Tree;
import io.gitopstoolkit.testkit.internal.json.Values;
import io.gitopstoolkit.testkit.internal.patch.JsonPatch;
import io.gitopstoolkit.testkit.internal.patch.PatchException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Asks the webhooks of configurations about requests. Safe between threads; blocks as long as they do, so no lock may be
 * held.
 *
 * @see <a href="https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/">Kubernetes:
 *     dynamic admission control</a>
 */
final class Webhooks {
    private static final Pattern MISSING =
            Pattern.compile("remove operation does not apply: doc is missing key: ((?:.*/)?(.*)): missing value");

    private final Conditions conditions;
    private final WebhookCaller caller;

    Webhooks(Conditions conditions, WebhookCaller caller) {
        this.conditions = conditions;
        this.caller = caller;
    }

    /** Those of the configurations that want to hear of the request, in the order of the configurations' names. */
    static List<Webhook> wanting(
            List<Map<String, Object>> configurations, AdmissionRequest request, boolean isMutating) {
        var wanting = new ArrayList<Webhook>();
        if (configurations.isEmpty() || Matching.isExempt(request.target())) {
            return wanting;
        }
        for (Map<String, Object> configuration : configurations) {
            for (Map<String, Object> definition : Tree.mapsAt(configuration, "webhooks")) {
                var webhook = new Webhook(definition, isMutating);
                if (version(webhook, request) != null && Matching.isSelected(definition, request)) {
                    wanting.add(webhook);
                }
            }
        }
        return wanting;
    }

    private static @Nullable String version(Webhook webhook, AdmissionRequest request) {
        return Matching.version(
                Tree.mapsAt(webhook.definition(), "rules"), Tree.text(webhook.definition(), "matchPolicy"), request);
    }

    /**
     * What mutating webhooks make of the object.
     *
     * @param form brings what a webhook changed into the form of its kind
     * @param warnings collects what the client is told
     * @throws Refusal if one of them refuses, or fails where it must not
     */
    @Nullable
    Map<String, Object> mutate(
            List<Webhook> webhooks,
            AdmissionRequest request,
            UnaryOperator<Map<String, Object>> form,
            List<String> warnings) {
        AdmissionRequest current = request;
        var invoked = new ArrayList<Webhook>();
        var again = new ArrayList<Webhook>();
        for (Webhook webhook : webhooks) {
            // An earlier webhook may have changed what the selectors look at.
            if (!Matching.isSelected(webhook.definition(), current)) {
                continue;
            }
            Map<String, Object> changed = ask(webhook, current, form, warnings);
            if (!Values.equal(changed, current.object())) {
                again.addAll(
                        invoked.stream().filter(one -> !again.contains(one)).toList());
                current = current.with(changed);
            }
            if (webhook.isInvokedAgain()) {
                invoked.add(webhook);
            }
        }
        for (Webhook webhook : again) {
            current = current.with(ask(webhook, current, form, warnings));
        }
        return current.object();
    }

    /**
     * Asks validating webhooks.
     *
     * @throws Refusal if one of them refuses, or fails where it must not
     */
    void validate(List<Webhook> webhooks, AdmissionRequest request, List<String> warnings) {
        webhooks.forEach(webhook -> ask(webhook, request, UnaryOperator.identity(), warnings));
    }

    private @Nullable Map<String, Object> ask(
            Webhook webhook, AdmissionRequest request, UnaryOperator<Map<String, Object>> form, List<String> warnings) {
        String version = version(webhook, request);
        String asked = version == null ? request.target().version() : version;
        Map<String, Object> response;
        try {
            if (!conditions.hold(Tree.mapsAt(webhook.definition(), "matchConditions"), request, asked)) {
                return request.object();
            }
        } catch (CelException e) {
            if (webhook.isIgnoredOnFailure()) {
                return request.object();
            }
            throw Refusal.forbidden(request, e.message());
        }
        if (request.isDryRun() && webhook.hasSideEffects()) {
            throw Refusal.badRequest("admission webhook \"" + webhook.name() + "\" does not support dry run");
        }
        try {
            response = caller.call(webhook, request, asked);
            Tree.textsAt(response, "warnings").forEach(warnings::add);
            if (!Boolean.TRUE.equals(response.get("allowed"))) {
                throw Refusal.denied(webhook.name(), Tree.mapAt(response, "status"));
            }
            return patched(webhook, request, response, form, asked);
        } catch (CallFailure e) {
            if (webhook.isIgnoredOnFailure()) {
                return request.object();
            }
            throw Refusal.internal("failed calling webhook \"" + webhook.name() + "\": " + e.getMessage());
        }
    }

    /** The library that the real server patches with says it otherwise to those who patch than to webhooks. */
    private static String unprefixed(String message) {
        return MISSING.matcher(message)
                .replaceFirst("error in remove for path: '$1': Unable to remove nonexistent key: $2: missing value");
    }

    private static @Nullable Map<String, Object> patched(
            Webhook webhook,
            AdmissionRequest request,
            Map<String, Object> response,
            UnaryOperator<Map<String, Object>> form,
            String version) {
        String patch = Tree.text(response, "patch");
        if (patch.isEmpty()) {
            return request.object();
        }
        Map<String, Object> object = request.in(version, request.object());
        if (object == null) {
            throw Refusal.internal("admission webhook \"" + webhook.name()
                    + "\" attempted to modify the object, which is not supported for this operation");
        }
        String type = Tree.text(response, "patchType");
        if (!type.equals("JSONPatch") && !type.isEmpty()) {
            throw new CallFailure("unsupported patch type \"" + type + "\"");
        }
        List<Object> operations;
        try {
            String text = new String(Base64.getDecoder().decode(patch), StandardCharsets.UTF_8);
            operations = Tree.list(Json.parse(text));
        } catch (IllegalArgumentException | JsonException e) {
            throw new CallFailure("received undecodable patch in webhook response: " + e.getMessage());
        }
        try {
            Object changed = JsonPatch.apply(Tree.copy(object), operations == null ? List.of() : operations);
            Map<String, Object> back = new LinkedHashMap<>(Tree.mapAt(changed));
            back.put(
                    "apiVersion",
                    request.object() == null ? null : request.object().get("apiVersion"));
            return form.apply(back);
        } catch (PatchException e) {
            throw Refusal.internal(unprefixed(String.valueOf(e.getMessage())));
        }
    }
}
