package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.apply.Explanation.Condition;
import io.gitopstoolkit.apply.Explanation.Container;
import io.gitopstoolkit.apply.Explanation.Occurrence;
import io.gitopstoolkit.apply.internal.Tree;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says in a sentence what is wrong with an object, for causes that are known by their words. */
final class Hints {
    private static final Set<String> IMAGE =
            Set.of("ImagePullBackOff", "ErrImagePull", "InvalidImageName", "ErrImageNeverPull", "RegistryUnavailable");
    private static final Set<String> CONFIG = Set.of("CreateContainerConfigError", "CreateContainerError");

    /** What messages of events and conditions say, and what it means. */
    private static final Map<Pattern, String> CAUSES = Map.of(
            Pattern.compile("exceeded quota"),
            "a quota of the namespace is used up; raise it, or ask for less",
            Pattern.compile("admission webhook .* denied the request|failed calling webhook"),
            "an admission webhook refuses it or does not answer",
            Pattern.compile("violates PodSecurity"),
            "the pod security level of the namespace forbids it; change the security context, or the level",
            Pattern.compile("error looking up service account|serviceaccount \"[^\"]*\" not found"),
            "its service account does not exist; create it, or deliver it too",
            Pattern.compile("MountVolume|FailedMount|Unable to attach or mount"),
            "a volume cannot be mounted",
            Pattern.compile("storageclass.* not found|no persistent volumes available"),
            "no volume can be had for the claim; check its storage class",
            Pattern.compile("waiting for first consumer"),
            "its volume is made when a Pod that uses it is scheduled");

    private Hints() {}

    static List<String> of(
            Manifest live, List<Condition> conditions, List<Container> containers, List<Occurrence> events) {
        var hints = new LinkedHashSet<String>();
        String finalizers = finalizers(live);
        if (!finalizers.isEmpty()) {
            hints.add("it is being deleted and waits for who put its finalizers there: " + finalizers);
        }
        containers.forEach(container -> container(live, container, hints));
        conditions.stream()
                .filter(condition -> condition.type().equals("PodScheduled")
                        && condition.reason().equals("Unschedulable"))
                .forEach(condition -> hints.add("no node takes the Pod: " + condition.message()));
        Stream.concat(
                        conditions.stream().map(Condition::message),
                        events.stream()
                                .filter(event -> event.type().equals("Warning")
                                        || event.reason().equals("WaitForFirstConsumer"))
                                .map(Occurrence::message))
                .forEach(message -> cause(message, hints));
        if (hints.isEmpty() && containers.isEmpty() && isUntouched(live)) {
            hints.add("no controller has written its status yet; see whether the one for this kind runs");
        }
        return List.copyOf(hints);
    }

    private static void cause(String message, Set<String> hints) {
        CAUSES.entrySet().stream()
                .filter(cause -> cause.getKey().matcher(message).find())
                .map(Map.Entry::getValue)
                .sorted()
                .forEach(cause -> hints.add(cause + " (" + message + ')'));
    }

    private static void container(Manifest pod, Container container, Set<String> hints) {
        String name = "container " + container.name();
        if (IMAGE.contains(container.reason())) {
            hints.add("the image " + image(pod, container.name()) + " of " + name
                    + " cannot be pulled; check its name, and the right to pull it");
        } else if (CONFIG.contains(container.reason())) {
            hints.add(name + " cannot be made, for something that it names is missing: " + container.message());
        } else if (container.reason().equals("OOMKilled")) {
            hints.add(name + " needs more memory than its limit");
        } else if (container.exitCode() != null
                && container.exitCode() != 0
                && !container.state().equals("running")) {
            String again = container.restarts() > 0 ? " again and again" : "";
            hints.add(name + " ends with exit code " + container.exitCode() + again
                    + (container.log().isEmpty() ? "" : "; its last lines may say why"));
        }
    }

    private static String image(Manifest pod, String container) {
        return Stream.of("initContainers", "containers")
                .flatMap(field -> Tree.maps(pod.content(), "spec", field).stream())
                .filter(one -> Tree.text(one, "", "name").equals(container))
                .map(one -> Tree.text(one, "", "image"))
                .findFirst()
                .orElse("");
    }

    private static String finalizers(Manifest live) {
        if (Tree.text(live.content(), "", "metadata", "deletionTimestamp").isEmpty()
                || !(Tree.at(live.content(), "metadata", "finalizers") instanceof List<?> finalizers)) {
            return "";
        }
        return finalizers.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    private static boolean isUntouched(Manifest live) {
        return Tree.map(live.content(), "status").isEmpty() && live.content().containsKey("spec");
    }
}
