package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.apply.internal.LineDiff;
import io.gitopstoolkit.apply.internal.YamlText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes plans as unified diffs of YAML. */
final class PlanDiff {
    private PlanDiff() {}

    static String of(Plan plan, int context) {
        var text = new StringBuilder();
        for (Plan.Step step : plan.steps()) {
            List<String> hunks = LineDiff.unified(yaml(step.before()), yaml(step.after()), context);
            if (!hunks.isEmpty()) {
                String name = PlanText.safe(step.change().apiVersion() + '/' + step.ref());
                text.append("--- ")
                        .append(step.before() == null ? "/dev/null" : name)
                        .append('\n');
                text.append("+++ ")
                        .append(step.after() == null ? "/dev/null" : name)
                        .append('\n');
                hunks.forEach(line -> text.append(line).append('\n'));
            }
        }
        return text.toString();
    }

    static String markdown(Plan plan) {
        String diff = of(plan, 3);
        String fence = "`".repeat(Math.max(3, longestRun(diff) + 1));
        String body = diff.isEmpty() ? "" : '\n' + fence + "diff\n" + diff + fence + '\n';
        return "**" + plan.summary() + "**\n" + body;
    }

    private static List<String> yaml(@Nullable Manifest object) {
        return object == null
                ? List.of()
                : YamlText.of(object.content()).lines().toList();
    }

    private static int longestRun(String text) {
        int longest = 0;
        int run = 0;
        for (int i = 0; i < text.length(); i++) {
            run = text.charAt(i) == '`' ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return longest;
    }
}
