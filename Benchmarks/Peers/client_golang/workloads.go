package main

import "github.com/prometheus/client_golang/prometheus"

var (
	methods      = []string{"GET", "POST", "PUT", "DELETE"}
	paths        = []string{"/", "/users", "/orders", "/items/{id}"}
	outcomes     = []string{"ok", "refused", "failed", "cancelled"}
	observations = [16]float64{0.3, 0.004, 7, 0.06, 0.02, 2, 0.2, 11, 0.008, 0.7, 0.04, 4, 0.09, 0.6, 0.003, 1.5}
)

// workloads makes for each timed operation what it works on, and returns its loop.
var workloads = map[string]func() func(count int){
	"counter increment": func() func(int) {
		counter := newCounter()
		return func(count int) {
			for turn := 0; turn < count; turn++ {
				counter.Inc()
			}
		}
	},
	"counter increment by a float": func() func(int) {
		counter := newCounter()
		return func(count int) {
			for turn := 0; turn < count; turn++ {
				counter.Add(0.5)
			}
		}
	},
	// Where all values are known, what is cheapest is to ask for the series once and keep them in an array.
	"finite labels": func() func(int) {
		vec := newCounterVec("method", "outcome")
		var series [4][4]prometheus.Counter
		var pairs [16][2]uint8
		for i := range pairs {
			series[i/4][i%4] = vec.WithLabelValues(methods[i/4], outcomes[i%4])
			pairs[i] = [2]uint8{uint8(i / 4), uint8(i % 4)}
		}
		return func(count int) {
			for turn := 0; turn < count; turn++ {
				pair := pairs[turn&15]
				series[pair[0]&3][pair[1]&3].Inc()
			}
		}
	},
	"open labels": func() func(int) {
		vec := newCounterVec("method", "path")
		var pairs [16][2]string
		for i := range pairs {
			pairs[i] = [2]string{methods[i/4], paths[i%4]}
		}
		return func(count int) {
			for turn := 0; turn < count; turn++ {
				pair := &pairs[turn&15]
				vec.WithLabelValues(pair[0], pair[1]).Inc()
			}
		}
	},
	"histogram observe": func() func(int) {
		histogram := prometheus.NewHistogram(prometheus.HistogramOpts{Name: "updates_seconds", Help: "Updates."})
		return func(count int) {
			for turn := 0; turn < count; turn++ {
				histogram.Observe(observations[turn&15])
			}
		}
	},
	"gauge set": func() func(int) {
		gauge := prometheus.NewGauge(prometheus.GaugeOpts{Name: "updates", Help: "Updates."})
		return func(count int) {
			for turn := 0; turn < count; turn++ {
				gauge.Set(float64(turn))
			}
		}
	},
	"gauge add": func() func(int) {
		gauge := prometheus.NewGauge(prometheus.GaugeOpts{Name: "updates", Help: "Updates."})
		return func(count int) {
			for turn := 0; turn < count; turn++ {
				gauge.Add(0.5)
			}
		}
	},
	"text of 10,000 counters":  func() func(int) { return pageLoop(counterPage()) },
	"text of 1,000 histograms": func() func(int) { return pageLoop(histogramPage()) },
}

// units is how many series one turn of a loop covers.
var units = map[string]float64{"text of 10,000 counters": 10_000, "text of 1,000 histograms": 1_000}

func newCounter() prometheus.Counter {
	return prometheus.NewCounter(prometheus.CounterOpts{Name: "updates_total", Help: "Updates."})
}

func newCounterVec(labels ...string) *prometheus.CounterVec {
	return prometheus.NewCounterVec(prometheus.CounterOpts{Name: "updates_total", Help: "Updates."}, labels)
}
