package io.gitopstoolkit.testkit.operator;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.Workflow;
import io.javaoperatorsdk.operator.api.reconciler.dependent.Dependent;
import java.util.concurrent.atomic.AtomicInteger;

/** Says a greeting in its status once its ConfigMap is there. */
@ControllerConfiguration(name = "greetings", fieldManager = "greetings")
@Workflow(dependents = @Dependent(type = GreetingMap.class))
public class GreetingReconciler implements Reconciler<Greeting>, Cleaner<Greeting> {
    private final AtomicInteger cleanedUp = new AtomicInteger();

    int cleanedUp() {
        return cleanedUp.get();
    }

    @Override
    public UpdateControl<Greeting> reconcile(Greeting greeting, Context<Greeting> context) {
        var said = new Greeting();
        said.setMetadata(new ObjectMetaBuilder()
                .withName(greeting.getMetadata().getName())
                .withNamespace(greeting.getMetadata().getNamespace())
                .build());
        said.setStatus(new Greeting.Status());
        said.getStatus().setSaid(greeting.getSpec().getText());
        return UpdateControl.patchStatus(said);
    }

    @Override
    public DeleteControl cleanup(Greeting greeting, Context<Greeting> context) {
        cleanedUp.incrementAndGet();
        return DeleteControl.defaultDelete();
    }
}
