package main

import (
	"bytes"
	"fmt"
	"math"
	"strconv"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/common/expfmt"
)

// pageLoop writes the page of a registry into a buffer that is used again.
func pageLoop(registry *prometheus.Registry) func(int) {
	var page bytes.Buffer
	return func(count int) {
		for turn := 0; turn < count; turn++ {
			page.Reset()
			write(registry, &page)
		}
	}
}

func write(registry *prometheus.Registry, page *bytes.Buffer) {
	families, err := registry.Gather()
	if err != nil {
		panic(err)
	}
	for _, family := range families {
		if _, err := expfmt.MetricFamilyToText(page, family); err != nil {
			panic(err)
		}
	}
}

// counterPage has a hundred families of a hundred counters.
func counterPage() *prometheus.Registry {
	registry := prometheus.NewRegistry()
	for number := 0; number < 100; number++ {
		family := prometheus.NewCounterVec(
			prometheus.CounterOpts{Name: fmt.Sprintf("requests_%d_total", number), Help: "Requests served."}, pageLabels)
		registry.MustRegister(family)
		for series := 0; series < 100; series++ {
			family.WithLabelValues(pageValues(series)...).Add(float64(1 + number*1_000 + series))
		}
	}
	return registry
}

// histogramPage has ten families of a hundred histograms.
func histogramPage() *prometheus.Registry {
	registry := prometheus.NewRegistry()
	for number := 0; number < 10; number++ {
		family := prometheus.NewHistogramVec(
			prometheus.HistogramOpts{Name: fmt.Sprintf("duration_%d_seconds", number), Help: "Time to answer."}, pageLabels)
		registry.MustRegister(family)
		for series := 0; series < 100; series++ {
			histogram := family.WithLabelValues(pageValues(series)...)
			for _, value := range observations {
				histogram.Observe(value)
			}
		}
	}
	return registry
}

var pageLabels = []string{"method", "path", "status"}

func pageValues(series int) []string {
	return []string{methods[series%4], fmt.Sprintf("/path/%d", series), strconv.Itoa(200 + series%5)}
}

// millionPage has one family of so many counters.
func millionPage(series int) *prometheus.Registry {
	registry := prometheus.NewRegistry()
	family := prometheus.NewCounterVec(prometheus.CounterOpts{Name: "streamed_total", Help: "Many series."}, []string{"client"})
	registry.MustRegister(family)
	for number := 0; number < series; number++ {
		family.WithLabelValues(fmt.Sprintf("client-%d", number)).Add(float64(number))
	}
	return registry
}

// mixedPage has one of everything that all libraries have.
func mixedPage() *prometheus.Registry {
	registry := prometheus.NewRegistry()
	jobs := prometheus.NewCounterVec(
		prometheus.CounterOpts{Name: "jobs_total", Help: "Jobs, \"quoted\" \\ and\nbroken."}, []string{"kind", "outcome"})
	done := prometheus.NewCounter(prometheus.CounterOpts{Name: "done_total", Help: "No labels."})
	busy := prometheus.NewCounter(prometheus.CounterOpts{Name: "busy_seconds_total", Help: "A floating counter."})
	level := prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "level", Help: "Numbers."}, []string{"of"})
	duration := prometheus.NewHistogramVec(
		prometheus.HistogramOpts{Name: "duration_seconds", Help: "A histogram."}, []string{"path"})
	registry.MustRegister(jobs, done, busy, level, duration)

	for index, kind := range []string{"plain", "quote \"", "back \\ slash", "line\nbreak", "größe 🦀", ""} {
		for _, outcome := range outcomes {
			jobs.WithLabelValues(kind, outcome).Add(float64(index + len(outcome)))
		}
	}
	for turn := 0; turn < 1_000_000; turn++ {
		done.Inc()
	}
	for turn := 0; turn < 7; turn++ {
		busy.Add(0.1)
	}
	numbers := map[string]float64{
		"zero": 0, "negative": -1.5, "tenth": 0.1, "small": 1e-7, "whole": 123456789, "huge": 1e21,
		"greatest": 1.7976931348623157e308, "infinite": math.Inf(1), "below": math.Inf(-1), "none": math.NaN(),
	}
	for name, value := range numbers {
		level.WithLabelValues(name).Set(value)
	}
	level.WithLabelValues("sum").Set(2)
	level.WithLabelValues("sum").Add(-0.75)
	for _, path := range paths {
		for _, value := range observations {
			duration.WithLabelValues(path).Observe(value)
		}
	}
	duration.WithLabelValues("bounds").Observe(0.005)
	duration.WithLabelValues("bounds").Observe(10)
	duration.WithLabelValues("bounds").Observe(1e9)
	return registry
}
