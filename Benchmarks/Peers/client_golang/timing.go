package main

import (
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

const measurementTime = 60 * time.Millisecond

// A loop does an operation so many times.
type loop struct {
	run   func(count int)
	count int // how often in one measurement
}

var loops = map[string]*loop{}

// timed measures how long one operation takes on each of the threads that a variant names; all of them do the same.
//
// The first request for an operation prepares it and finds out how often it fits into a measurement.
func timed(operation, variant string) (nanoseconds float64, isKnown bool) {
	prepare := workloads[operation]
	if prepare == nil {
		return 0, false
	}
	threads := 1
	if variant == "2 threads" {
		threads = 2
	}
	known := loops[operation+variant]
	if known == nil {
		known = &loop{run: prepare(), count: 1}
		took := known.time(threads)
		for took < measurementTime/8 {
			known.count *= 2
			took = known.time(threads)
		}
		known.count = int(float64(known.count)*float64(measurementTime)/float64(took)) + 1
		loops[operation+variant] = known
	}
	turns := float64(known.count)
	if series := units[operation]; series > 0 {
		turns *= series
	}
	return float64(known.time(threads)) / turns, true
}

// time runs the loop on some threads at once: from the first start to the last end.
func (loop *loop) time(threads int) time.Duration {
	if threads == 1 {
		start := time.Now()
		loop.run(loop.count)
		return time.Since(start)
	}
	var waiting int32
	var done sync.WaitGroup
	starts, ends := make([]time.Time, threads), make([]time.Time, threads)
	for number := 0; number < threads; number++ {
		done.Add(1)
		go func(number int) {
			defer done.Done()
			runtime.LockOSThread()
			defer runtime.UnlockOSThread()
			atomic.AddInt32(&waiting, 1)
			for int(atomic.LoadInt32(&waiting)) < threads {
			}
			starts[number] = time.Now()
			loop.run(loop.count)
			ends[number] = time.Now()
		}(number)
	}
	done.Wait()
	first, last := starts[0], ends[0]
	for number := range starts {
		if starts[number].Before(first) {
			first = starts[number]
		}
		if ends[number].After(last) {
			last = ends[number]
		}
	}
	return last.Sub(first)
}
