package io.gitopstoolkit.kustomize.internal.transform;

import static io.gitopstoolkit.kustomize.KustomizeException.Reason.ID_CONFLICT;
import static io.gitopstoolkit.kustomize.KustomizeException.Reason.TRANSFORM_FAILED;

import io.gitopstoolkit.kustomize.KustomizeException;
import io.gitopstoolkit.kustomize.internal.field.FieldSpec;
import io.gitopstoolkit.kustomize.internal.field.FieldWalker;
import io.gitopstoolkit.kustomize.internal.field.FieldWalker.Leaf;
import io.gitopstoolkit.kustomize.internal.field.KindFields;
import io.gitopstoolkit.kustomize.internal.resource.Gvk;
import io.gitopstoolkit.kustomize.internal.resource.InternalAnnotations;
import io.gitopstoolkit.kustomize.internal.resource.Resource;
import io.gitopstoolkit.kustomize.internal.resource.ResourceSet;
import io.gitopstoolkit.kustomize.internal.resource.Scalars;
import io.gitopstoolkit.kustomize.internal.tree.ListNode;
import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import io.gitopstoolkit.kustomize.internal.tree.Node;
import io.gitopstoolkit.kustomize.internal.tree.ScalarNode;
import java.util.List;

/** Sets the namespace of what is not known to be of cluster scope, and where else a namespace is named. */
public final class NamespaceTransformer implements Transformer {
    private static final String METADATA_NAMESPACE = "metadata/namespace";
    private static final FieldSpec NAMESPACE = new FieldSpec(new Gvk("", "", ""), METADATA_NAMESPACE, true);

    private final String namespace;
    private final KindFields fields;
    private final Subjects subjects;
    private final boolean unsetOnly;

    /** Sets this namespace, in these fields besides {@code metadata}. */
    public NamespaceTransformer(String namespace, List<FieldSpec> fields) {
        this(namespace, fields, Subjects.DEFAULT_ONLY, false);
    }

    /** Sets this namespace, in these fields besides {@code metadata}, by these rules. */
    public NamespaceTransformer(String namespace, List<FieldSpec> fields, Subjects subjects, boolean unsetOnly) {
        this.namespace = namespace;
        this.fields = new KindFields(fields);
        this.subjects = subjects;
        this.unsetOnly = unsetOnly;
    }

    /** Which subjects of role bindings get the namespace. */
    public enum Subjects {
        /** The ones named {@code default}. */
        DEFAULT_ONLY,
        /** All service accounts. */
        ALL_SERVICE_ACCOUNTS,
        /** None. */
        NONE
    }

    @Override
    public void transform(ResourceSet resources) {
        for (Resource resource : resources.list()) {
            if (resource.isDeleted() || isOfHelm(resource)) {
                continue;
            }
            resource.rememberId();
            boolean clusterScoped = resource.id().isClusterScoped();
            setIn(resource, clusterScoped);
            resources.changed(resource);
            if (!resources.isUnique(resource.id())) {
                throw new KustomizeException(
                        ID_CONFLICT,
                        "namespace transformation produces ID conflict: " + resource.id()
                                + "; two resources differ in their namespace alone");
            }
        }
    }

    /** Sets the namespace of one resource. */
    void setIn(Resource resource) {
        setIn(resource, resource.id().isClusterScoped());
    }

    /** Whether it comes out of a chart, which names the namespace itself. */
    private static boolean isOfHelm(Resource resource) {
        MapNode annotations = resource.annotations();
        return annotations != null
                && Scalars.text(annotations.get(InternalAnnotations.HELM_GENERATED))
                        .equals("true");
    }

    private void setIn(Resource resource, boolean clusterScoped) {
        if (!clusterScoped) {
            FieldWalker.walkAnyKind(resource, NAMESPACE, Leaf.SCALAR, value -> set(resource, NAMESPACE, value));
        }
        String kind = resource.kind();
        boolean isBinding = kind.equals("RoleBinding") || kind.equals("ClusterRoleBinding");
        if (isBinding && subjects != Subjects.NONE) {
            setSubjects(resource);
        }
        String apiVersion = resource.apiVersion();
        for (FieldSpec field : fields.of(resource.id())) {
            boolean known = (isBinding && isBindingSpec(field))
                    || field.path().equals(METADATA_NAMESPACE)
                    || (field.path().equals("metadata/name") && !apiVersion.equals("v1"));
            if (!known) {
                FieldWalker.walkAnyKind(resource, field, Leaf.SCALAR, value -> set(resource, field, value));
            }
        }
    }

    private static boolean isBindingSpec(FieldSpec field) {
        String kind = field.kinds().kind();
        return field.path().equals("subjects/namespace")
                && (kind.equals("RoleBinding") || kind.equals("ClusterRoleBinding"));
    }

    private Node set(Resource resource, FieldSpec field, Node value) {
        if (!(value instanceof ScalarNode)) {
            throw new KustomizeException(
                    TRANSFORM_FAILED,
                    resource + ": namespace field specs must target scalar nodes, '" + field.path() + "' is none");
        }
        return unsetOnly && !Scalars.text(value).isEmpty() ? value : ScalarNode.string(namespace);
    }

    private void setSubjects(Resource resource) {
        Node node = resource.root().get("subjects");
        if (node == null || node.isNull()) {
            return;
        }
        if (!(node instanceof ListNode list)) {
            throw invalidSubjects(resource);
        }
        for (Node item : list) {
            if (item instanceof MapNode subject) {
                setSubject(resource, subject);
            } else if (!item.isNull()) {
                throw invalidSubjects(resource);
            }
        }
    }

    private void setSubject(Resource resource, MapNode subject) {
        boolean meant = subjects == Subjects.DEFAULT_ONLY
                ? Scalars.text(subject.get("name")).equals("default")
                : Scalars.text(subject.get("kind")).equals("ServiceAccount");
        if (meant) {
            Node old = subject.get("namespace");
            subject.put("namespace", set(resource, NAMESPACE, old == null ? ScalarNode.string("") : old));
        }
    }

    private static KustomizeException invalidSubjects(Resource resource) {
        return new KustomizeException(
                TRANSFORM_FAILED,
                resource + ": setting namespace on (cluster)role binding subjects, which are no list of maps");
    }
}
