package io.gitopstoolkit.testkit.internal.access;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Decides who may do what: by the rules of a test, the latest first, then by RBAC where that is on. Safe between threads. */
public final class Authorizer {
    private final List<Rule> rules = new ArrayList<>();
    private final @Nullable Rbac rbac;

    private record Rule(Predicate<Call> matches, boolean allows) {}

    /**
     * An answer.
     *
     * @param denied whether somebody has said no, rather than nobody yes
     * @param reason empty where there is nothing to say
     */
    public record Decision(boolean allowed, boolean denied, String reason) {}

    /** @param rbac null to allow what no rule denies */
    public Authorizer(@Nullable Rbac rbac) {
        this.rbac = rbac;
    }

    /** RBAC; null where it is off. */
    public @Nullable Rbac rbac() {
        return rbac;
    }

    /** Adds a rule, which goes before the earlier ones. */
    public synchronized void add(Predicate<Call> matches, boolean allows) {
        rules.add(0, new Rule(matches, allows));
    }

    /** Forgets the rules. */
    public synchronized void clear() {
        rules.clear();
    }

    private synchronized List<Rule> rules() {
        return List.copyOf(rules);
    }

    /** Whether the call is allowed. */
    public Decision decide(Call call) {
        for (Rule rule : rules()) {
            if (rule.matches.test(call)) {
                return new Decision(rule.allows, !rule.allows, "");
            }
        }
        if (rbac == null || call.caller().groups().contains(Caller.MASTERS)) {
            return new Decision(true, false, "");
        }
        return rbac.decide(call.caller(), call.target());
    }

    /** Whether the caller may do something else than what they ask for now. */
    public Decision decide(Call call, Caller caller, Target target) {
        return decide(call.of(caller, target));
    }
}
