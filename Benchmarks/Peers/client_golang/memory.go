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

// counterSeriesBytes is the resident memory of one counter with three labels, of a hundred thousand.
func counterSeriesBytes() float64 {
	family := newCounterVec("method", "path", "client")
	return bytesEach(100_000, func(number int) { family.WithLabelValues(seriesValues(number)...).Inc() })
}

// histogramSeriesBytes is the resident memory of one histogram with three labels, of fifty thousand.
func histogramSeriesBytes() float64 {
	family := prometheus.NewHistogramVec(
		prometheus.HistogramOpts{Name: "updates_seconds", Help: "Updates."}, []string{"method", "path", "client"})
	return bytesEach(50_000, func(number int) { family.WithLabelValues(seriesValues(number)...).Observe(0.02) })
}

func seriesValues(number int) []string {
	return []string{methods[number&3], paths[number>>2&3], fmt.Sprintf("client-%d", number>>4)}
}

func bytesEach(series int, make func(number int)) float64 {
	make(0)
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
