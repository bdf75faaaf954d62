package io.gitopstoolkit.testkit.internal.admission;

import io.gitopstoolkit.testkit.internal.admission.Policies.Parameters;
import io.gitopstoolkit.testkit.internal.cel.CelException;
import io.gitopstoolkit.testkit.internal.cel.CelProgram;
import io.gitopstoolkit.testkit.internal.cel.CelSupport;
import io.gitopstoolkit.testkit.internal.json.Tree;
import io.gitopstoolkit.testkit.internal.schema.Paths;
import io.gitopstoolkit.testkit.internal.schema.Violation;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Who is asked about writes: the webhooks and policies that are stored. Safe between threads. */
public final class Admissions {
    private final Configurations configurations;
    private final Conditions conditions = new Conditions();
    private final Webhooks webhooks;
    private final Policies policies;

    /** Asks those that are in {@code configurations}. */
    public Admissions(Configurations configurations) {
        this.configurations = configurations;
        this.webhooks = new Webhooks(conditions, new WebhookCaller(new WebhookCaller.ServiceAddresses() {
            @Override
            public @Nullable URI find(String namespace, String name, long port) {
                return configurations.serviceAddress(namespace, name, port);
            }

            @Override
            public boolean exists(String namespace, String name) {
                return configurations.hasService(namespace, name);
            }
        }));
        Parameters parameters = configurations::parameters;
        this.policies = new Policies(conditions, parameters);
    }

    /** What is stored, as of now. */
    public interface Configurations {
        /** The objects of a resource of {@code admissionregistration.k8s.io}, by name. */
        List<Map<String, Object>> list(String resource);

        /** The address that stands for a service's port; null where there is none. */
        @Nullable
        URI serviceAddress(String namespace, String name, long port);

        /** Whether there is a service of that name. */
        boolean hasService(String namespace, String name);

        /** The objects of a kind that a binding refers to; null where there is no such kind. */
        @Nullable
        List<Map<String, Object>> parameters(Map<String, Object> kind, Map<String, Object> reference, String namespace);
    }

    /**
     * A round of calls that takes time: make it without a lock.
     *
     * @param isMutating whether the object may come back changed
     */
    public record Round(AdmissionRequest request, boolean isMutating, List<Map<String, Object>> hooks) {}

    /** The round of mutating webhooks that the request needs; null where none wants to hear of it. */
    public @Nullable Round mutatingRound(AdmissionRequest request) {
        return round(request, "mutatingwebhookconfigurations", true);
    }

    /** The round of validating webhooks that the request needs; null where none wants to hear of it. */
    public @Nullable Round validatingRound(AdmissionRequest request) {
        return round(request, "validatingwebhookconfigurations", false);
    }

    private @Nullable Round round(AdmissionRequest request, String resource, boolean isMutating) {
        List<Webhook> wanting = Webhooks.wanting(configurations.list(resource), request, isMutating);
        return wanting.isEmpty()
                ? null
                : new Round(
                        request,
                        isMutating,
                        wanting.stream().map(Webhook::definition).toList());
    }

    /** Whether anything at all is configured: most writes need not look further. */
    public boolean isIdle() {
        return configurations.list("mutatingwebhookconfigurations").isEmpty()
                && configurations.list("validatingwebhookconfigurations").isEmpty()
                && configurations.list("validatingadmissionpolicybindings").isEmpty();
    }

    /**
     * Calls the webhooks of a round. Blocks as long as they do.
     *
     * @param form brings what a webhook changed into the form of its kind
     * @param warnings collects what the client is told
     * @return the object after the round
     * @throws Refusal if one of them refuses, or fails where it must not
     */
    public @Nullable Map<String, Object> call(
            Round round, UnaryOperator<Map<String, Object>> form, List<String> warnings) {
        List<Webhook> hooks = round.hooks().stream()
                .map(definition -> new Webhook(definition, round.isMutating()))
                .toList();
        if (round.isMutating()) {
            return webhooks.mutate(hooks, round.request(), form, warnings);
        }
        webhooks.validate(hooks, round.request(), warnings);
        return round.request().object();
    }

    /**
     * Asks the policies.
     *
     * @throws Refusal if one of them denies the request
     */
    public void checkPolicies(AdmissionRequest request, List<String> warnings) {
        List<Map<String, Object>> bindings = configurations.list("validatingadmissionpolicybindings");
        if (!bindings.isEmpty()) {
            policies.validate(configurations.list("validatingadmissionpolicies"), bindings, request, warnings);
        }
    }

    /** What a configuration, policy or binding breaks, beside its expressions. */
    public List<Violation> checkForm(Map<String, Object> object) {
        return RegistrationChecks.check(object);
    }

    /** The expressions of a policy or of webhooks that cannot be compiled. */
    public List<Violation> checkExpressions(Map<String, Object> object) {
        var errors = new ArrayList<Violation>();
        if (!CelSupport.isPresent()) {
            return errors;
        }
        checkAll(object, "spec.validations", "expression", errors, "spec", "validations");
        checkAll(object, "spec.validations", "messageExpression", errors, "spec", "validations");
        checkAll(object, "spec.matchConditions", "expression", errors, "spec", "matchConditions");
        checkAll(object, "spec.variables", "expression", errors, "spec", "variables");
        List<Map<String, Object>> hooks = Tree.mapsAt(object, "webhooks");
        for (int i = 0; i < hooks.size(); i++) {
            checkAll(
                    hooks.get(i),
                    Paths.item("webhooks", i) + ".matchConditions",
                    "expression",
                    errors,
                    "matchConditions");
        }
        return errors;
    }

    private void checkAll(Map<String, Object> tree, String path, String field, List<Violation> errors, String... at) {
        List<Map<String, Object>> holders = Tree.mapsAt(tree, at);
        for (int i = 0; i < holders.size(); i++) {
            String text = Tree.text(holders.get(i), field);
            if (!text.isEmpty()) {
                check(Paths.item(path, i) + "." + field, text, path.endsWith("variables"), errors);
            }
        }
    }

    private void check(String path, String text, boolean isVariable, List<Violation> errors) {
        try {
            CelProgram.Kind kind = conditions.compile(text).kind();
            boolean isMessage = path.endsWith("messageExpression");
            boolean fits = isVariable
                    || kind == CelProgram.Kind.DYNAMIC
                    || kind == (isMessage ? CelProgram.Kind.STRING : CelProgram.Kind.BOOL);
            if (!fits) {
                errors.add(Violation.invalid(
                        path,
                        text,
                        "must evaluate to " + (isMessage ? "string" : "bool") + " but got "
                                + (kind == CelProgram.Kind.STRING
                                        ? "string"
                                        : kind == CelProgram.Kind.BOOL ? "bool" : "another type")));
            }
        } catch (CelException e) {
            errors.add(Violation.invalid(path, text, "compilation failed: " + e.message()));
        }
    }

    /** Whether an object has expressions at all. */
    public static boolean hasExpressions(Map<String, Object> object) {
        return String.valueOf(object).contains("xpression=");
    }

    /** Whether an object's expressions ask who may do what. */
    public static boolean usesAuthorizer(Map<String, Object> object) {
        return String.valueOf(object).contains("authorizer.");
    }
}
