// Prints what a strategic merge needs of the OpenAPI document that kustomize embeds: see README.md.
package main

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"

	openapi_v2 "github.com/google/gnostic-models/openapiv2"
	"google.golang.org/protobuf/proto"
	"k8s.io/kube-openapi/pkg/validation/spec"
	"sigs.k8s.io/kustomize/kyaml/openapi"
	"sigs.k8s.io/kustomize/kyaml/openapi/kubernetesapi"
	"sigs.k8s.io/kustomize/kyaml/yaml"
)

const refPrefix = "#/definitions/"

var (
	definitions spec.Definitions
	useful      = map[string]bool{}
)

// edge is one field of a type: the type behind it, and the keys by which its list is merged.
type edge struct {
	target string
	list   bool
	merge  bool
	keys   []string
}

func main() {
	definitions = openapi.Schema().Definitions
	for changed := true; changed; {
		changed = false
		for name := range definitions {
			if !useful[name] && isUseful(name) {
				useful[name] = true
				changed = true
			}
		}
	}
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	ids := printableIds()
	if len(os.Args) > 1 && os.Args[1] == "names" {
		for _, name := range sortedNames() {
			fmt.Fprintln(out, name)
		}
		return
	}
	fmt.Fprintln(out, "# Made by src/main/schema (see its README) from the OpenAPI document of kustomize "+kubernetesapi.DefaultOpenAPI+".")
	for _, line := range kinds(ids) {
		fmt.Fprintln(out, line)
	}
	for _, name := range sortedNames() {
		fmt.Fprint(out, "type ", ids[name])
		for _, field := range fieldsOf(name) {
			e := edgeOf(definitions[name], field)
			fmt.Fprint(out, " ", field, describe(e, ids))
		}
		fmt.Fprintln(out)
	}
}

func isUseful(name string) bool {
	for _, field := range allFields(definitions[name]) {
		e := edgeOf(definitions[name], field)
		if e.merge || useful[e.target] {
			return true
		}
	}
	return false
}

func fieldsOf(name string) []string {
	var fields []string
	for _, field := range allFields(definitions[name]) {
		e := edgeOf(definitions[name], field)
		if e.merge || useful[e.target] {
			fields = append(fields, field)
		}
	}
	return fields
}

// allFields returns the names of the properties, and * for additional ones.
func allFields(s spec.Schema) []string {
	var fields []string
	for field := range s.Properties {
		fields = append(fields, field)
	}
	sort.Strings(fields)
	if s.AdditionalProperties != nil && s.AdditionalProperties.Schema != nil {
		fields = append(fields, "*")
	}
	return fields
}

func edgeOf(owner spec.Schema, field string) edge {
	s, found := owner.Properties[field]
	if !found {
		s = *owner.AdditionalProperties.Schema
	}
	e := edge{target: target(s)}
	if len(s.Type) == 1 && s.Type[0] == "array" && s.Items != nil {
		e.list = true
		e.target = target(*s.Items.Schema)
	}
	if s.AdditionalProperties != nil && s.AdditionalProperties.Schema != nil && useful[target(*s.AdditionalProperties.Schema)] {
		panic("a map of maps that merge, which the format does not have: " + field)
	}
	strategy, keys := (&openapi.ResourceSchema{Schema: &s}).PatchStrategyAndKeyList()
	for _, part := range strings.Split(strategy, ",") {
		e.merge = e.merge || part == "merge"
	}
	if e.merge {
		e.keys = keys
	}
	return e
}

func target(s spec.Schema) string {
	return strings.TrimPrefix(s.Ref.String(), refPrefix)
}

func describe(e edge, ids map[string]int) string {
	text := "="
	if e.merge {
		text = "@" + strings.Join(e.keys, ",") + "="
	} else if e.list {
		text = "[="
	}
	if useful[e.target] {
		text += fmt.Sprint(ids[e.target])
	}
	return text
}

func sortedNames() []string {
	var names []string
	for name := range useful {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

func printableIds() map[string]int {
	ids := map[string]int{}
	for i, name := range sortedNames() {
		ids[name] = i
	}
	return ids
}

// kinds describes every kind that the document knows: by a definition, or by a path alone.
func kinds(ids map[string]int) []string {
	types := map[yaml.TypeMeta]string{}
	for name, definition := range definitions {
		for _, meta := range typesOf(definition.Extensions["x-kubernetes-group-version-kind"]) {
			types[meta] = name
		}
	}
	for _, meta := range pathTypes() {
		if _, found := types[meta]; !found {
			types[meta] = ""
		}
	}
	var lines []string
	for meta, name := range types {
		scope := "unknown"
		if namespaced, found := openapi.IsNamespaceScoped(meta); found {
			scope = map[bool]string{true: "namespaced", false: "cluster"}[namespaced]
		}
		id := "-"
		if useful[name] {
			id = fmt.Sprint(ids[name])
		}
		if id == "-" && scope == "unknown" {
			continue
		}
		lines = append(lines, fmt.Sprintf("kind %s %s %s %s", meta.APIVersion, meta.Kind, scope, id))
	}
	sort.Strings(lines)
	return lines
}

func pathTypes() []yaml.TypeMeta {
	version := kubernetesapi.DefaultOpenAPI
	asset := filepath.Join("kubernetesapi", strings.ReplaceAll(version, ".", "_"), "swagger.pb")
	doc := &openapi_v2.Document{}
	if err := proto.Unmarshal(kubernetesapi.OpenAPIMustAsset[version](asset), doc); err != nil {
		panic(err)
	}
	var swagger spec.Swagger
	if _, err := swagger.FromGnostic(doc); err != nil {
		panic(err)
	}
	var metas []yaml.TypeMeta
	for _, item := range swagger.Paths.Paths {
		if item.Get != nil {
			if extension, found := item.Get.Extensions["x-kubernetes-group-version-kind"]; found {
				metas = append(metas, typesOf([]interface{}{extension})...)
			}
		}
	}
	return metas
}

func typesOf(extension interface{}) []yaml.TypeMeta {
	var metas []yaml.TypeMeta
	entries, _ := extension.([]interface{})
	for _, entry := range entries {
		fields := entry.(map[string]interface{})
		apiVersion := fields["version"].(string)
		if group, ok := fields["group"].(string); ok && group != "" {
			apiVersion = group + "/" + apiVersion
		}
		metas = append(metas, yaml.TypeMeta{APIVersion: apiVersion, Kind: fields["kind"].(string)})
	}
	return metas
}
