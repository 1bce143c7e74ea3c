package main

import (
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// seriesLabels are the first labels of the series whose memory is measured; kept holds their families until the end, as what one
// gave back could hide what the next one takes.
var seriesLabels = []string{"client", "method", "path"}
var kept []any

// counterSeriesBytes is the resident memory of one counter with some labels, of a hundred thousand.
func counterSeriesBytes(labels int) float64 {
	family := newCounterVec(seriesLabels[:labels]...)
	kept = append(kept, family)
	return bytesEach(100_000, func(number int) { family.WithLabelValues(seriesValues(number, labels)...).Inc() })
}

// histogramSeriesBytes is the resident memory of one histogram with some labels, of fifty thousand.
func histogramSeriesBytes(labels int) float64 {
	family := prometheus.NewHistogramVec(
		prometheus.HistogramOpts{Name: "updates_seconds", Help: "Updates."}, seriesLabels[:labels])
	kept = append(kept, family)
	return bytesEach(50_000, func(number int) { family.WithLabelValues(seriesValues(number, labels)...).Observe(0.02) })
}

func seriesValues(number, labels int) []string {
	return []string{fmt.Sprintf("client-%d", number), methods[number&3], paths[number>>2&3]}[:labels]
}

func bytesEach(series int, make func(number int)) float64 {
	make(0)
	resident() // it takes memory of its own the first time
	before := resident()
	for number := 1; number <= series; number++ {
		make(number)
	}
	after := resident()
	make(0)
	return float64(after-before) / float64(series)
}

// resident is the memory that the process has from the system, after it gave back what it does not use.
func resident() int {
	runtime.GC()
	debug.FreeOSMemory()
	content, err := os.ReadFile("/proc/self/smaps_rollup")
	if err != nil {
		panic(err)
	}
	for _, line := range strings.Split(string(content), "\n") {
		if fields := strings.Fields(line); len(fields) > 1 && fields[0] == "Rss:" {
			if kilobytes, err := strconv.Atoi(fields[1]); err == nil {
				return kilobytes * 1024
			}
		}
	}
	panic("/proc/self/smaps_rollup has no line `Rss:`")
}

// makingSeries is the time to make a series among the first and among the last tenth of them.
func makingSeries(series int) (first, last float64) {
	family := newCounterVec("client")
	tenth := series / 10
	texts := make([]string, tenth)
	for number := 0; number < 10; number++ {
		for index := range texts {
			texts[index] = fmt.Sprintf("client-%d", number*tenth+index)
		}
		start := time.Now()
		for _, text := range texts {
			family.WithLabelValues(text).Inc()
		}
		last = float64(time.Since(start)) / float64(tenth)
		if number == 0 {
			first = last
		}
	}
	return first, last
}
