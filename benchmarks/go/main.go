// Renders a kustomization again and again with kustomize's library, and prints what one build costs.
//
// usage: kustomize-library DIRECTORY WARM_UP_SECONDS BUILDS OUTPUT
//
// It prints the median and the least time of a build in nanoseconds, the bytes that a build allocates, and the peak
// of the process's memory in KiB, on one line, and writes the text of the last build to OUTPUT.
package main

import (
	"fmt"
	"os"
	"runtime"
	"sort"
	"strconv"
	"strings"
	"time"

	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/kyaml/filesys"
)

func main() {
	directory, output := os.Args[1], os.Args[4]
	warmUp, builds := number(os.Args[2]), number(os.Args[3])
	for end := time.Now().Add(time.Duration(warmUp) * time.Second); time.Now().Before(end); {
		build(directory)
	}
	times := make([]int64, builds)
	var text []byte
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for i := range times {
		start := time.Now()
		text = build(directory)
		times[i] = time.Since(start).Nanoseconds()
	}
	runtime.ReadMemStats(&after)
	sort.Slice(times, func(i, j int) bool { return times[i] < times[j] })
	fmt.Println(times[builds/2], times[0], (after.TotalAlloc-before.TotalAlloc)/uint64(builds), peak())
	check(os.WriteFile(output, text, 0o644))
}

func build(directory string) []byte {
	options := krusty.MakeDefaultOptions()
	options.Reorder = krusty.ReorderOptionLegacy
	resources, err := krusty.MakeKustomizer(options).Run(filesys.MakeFsOnDisk(), directory)
	check(err)
	text, err := resources.AsYaml()
	check(err)
	return text
}

// The most memory that the process had at once, in KiB; 0 where the system does not tell.
func peak() int {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for _, line := range strings.Split(string(status), "\n") {
		if fields := strings.Fields(line); len(fields) > 1 && fields[0] == "VmHWM:" {
			return number(fields[1])
		}
	}
	return 0
}

func number(text string) int {
	value, err := strconv.Atoi(text)
	check(err)
	return value
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
