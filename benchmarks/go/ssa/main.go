// Applies objects with Flux's ssa package, and prints what that costs.
//
// usage: flux-ssa KUBECONFIG OBJECTS apply CONCURRENCY     applies twice; prints nanoseconds and requests of each
//
//	flux-ssa KUBECONFIG OBJECTS wait SECONDS          waits so long; prints the requests of the first half, and of all
//
// OBJECTS is a file of JSON objects, one to a line. The client has no limit of its own on requests.
package main

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"os"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/fluxcd/cli-utils/pkg/kstatus/polling"
	"github.com/fluxcd/pkg/ssa"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/client/apiutil"
)

var requests atomic.Int64

type counting struct{ next http.RoundTripper }

func (c counting) RoundTrip(request *http.Request) (*http.Response, error) {
	requests.Add(1)
	return c.next.RoundTrip(request)
}

func main() {
	manager := newManager(os.Args[1])
	objects := read(os.Args[2])
	number, err := strconv.Atoi(os.Args[4])
	check(err)
	if os.Args[3] == "wait" {
		wait(manager, objects, time.Duration(number)*time.Second)
		return
	}
	manager.SetConcurrency(number)
	firstTime, firstRequests := apply(manager, objects)
	again, againRequests := apply(manager, read(os.Args[2]))
	fmt.Println(firstTime, firstRequests, again, againRequests)
}

func newManager(kubeconfig string) *ssa.ResourceManager {
	config, err := clientcmd.BuildConfigFromFlags("", kubeconfig)
	check(err)
	config.QPS = -1
	config.Wrap(func(next http.RoundTripper) http.RoundTripper { return counting{next} })
	httpClient, err := rest.HTTPClientFor(config)
	check(err)
	mapper, err := apiutil.NewDynamicRESTMapper(config, httpClient)
	check(err)
	kube, err := client.New(config, client.Options{HTTPClient: httpClient, Mapper: mapper})
	check(err)
	poller := polling.NewStatusPoller(kube, mapper, polling.Options{})
	return ssa.NewResourceManager(kube, poller, ssa.Owner{Field: "flux-benchmark", Group: "flux.example.org"})
}

func apply(manager *ssa.ResourceManager, objects []*unstructured.Unstructured) (int64, int64) {
	manager.SetOwnerLabels(objects, "benchmark", "default")
	before, start := requests.Load(), time.Now()
	_, err := manager.ApplyAllStaged(context.Background(), objects, ssa.DefaultApplyOptions())
	check(err)
	return time.Since(start).Nanoseconds(), requests.Load() - before
}

// The objects do not become ready, so the wait ends with its time.
func wait(manager *ssa.ResourceManager, objects []*unstructured.Unstructured, limit time.Duration) {
	before := requests.Load()
	var half atomic.Int64
	time.AfterFunc(limit/2, func() { half.Store(requests.Load() - before) })
	options := ssa.DefaultWaitOptions()
	options.Timeout = limit
	if manager.Wait(objects, options) == nil {
		check(fmt.Errorf("the objects became ready"))
	}
	fmt.Println(half.Load(), requests.Load()-before)
}

func read(path string) []*unstructured.Unstructured {
	file, err := os.Open(path)
	check(err)
	defer file.Close()
	var objects []*unstructured.Unstructured
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		object := &unstructured.Unstructured{}
		check(object.UnmarshalJSON(lines.Bytes()))
		objects = append(objects, object)
	}
	check(lines.Err())
	return objects
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
