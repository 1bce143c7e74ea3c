// Native histograms of lists of observations with client_golang: the other side of Tests/Programs/native-lists, which describes the lines
// that are read and written.
package main

import (
	"bufio"
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	dto "github.com/prometheus/client_model/go"
)

func main() {
	input := bufio.NewScanner(os.Stdin)
	input.Buffer(make([]byte, 1<<20), 1<<24)
	output := bufio.NewWriterSize(os.Stdout, 1<<16)
	defer output.Flush()
	var options prometheus.HistogramOpts
	for input.Scan() {
		words := strings.Split(input.Text(), " ")
		switch words[0] {
		case "h":
			options = settings(words)
		case "l":
			histogram := prometheus.NewHistogram(options)
			for _, word := range words[1:] {
				if word == "s" {
					write(histogram, output)
				} else {
					histogram.Observe(number(word))
				}
			}
			write(histogram, output)
		default:
			panic("a line begins with " + words[0])
		}
	}
	if err := input.Err(); err != nil {
		panic(err)
	}
}

func settings(words []string) prometheus.HistogramOpts {
	options := prometheus.HistogramOpts{
		Name:                            "lists",
		Help:                            "A list.",
		NativeHistogramBucketFactor:     number(words[1]),
		NativeHistogramMaxBucketNumber:  uint32(integer(words[2])),
		NativeHistogramZeroThreshold:    number(words[3]),
		NativeHistogramMaxZeroThreshold: number(words[4]),
		NativeHistogramMinResetDuration: time.Duration(integer(words[5])),
	}
	if options.NativeHistogramZeroThreshold == 0 {
		options.NativeHistogramZeroThreshold = prometheus.NativeHistogramZeroThresholdZero
	}
	if words[6] == "1" {
		options.Buckets = prometheus.DefBuckets
	}
	return options
}

func number(word string) float64 {
	bits, err := strconv.ParseUint(word, 16, 64)
	if err != nil {
		panic(err)
	}
	return math.Float64frombits(bits)
}

func integer(word string) int64 {
	value, err := strconv.ParseInt(word, 10, 64)
	if err != nil {
		panic(err)
	}
	return value
}

func write(histogram prometheus.Histogram, output *bufio.Writer) {
	var metric dto.Metric
	if err := histogram.Write(&metric); err != nil {
		panic(err)
	}
	read := metric.GetHistogram()
	fmt.Fprintf(output, "%d %x %d %d", read.GetSchema(), math.Float64bits(read.GetZeroThreshold()), read.GetZeroCount(), read.GetSampleCount())
	if sum := read.GetSampleSum(); math.IsNaN(sum) {
		fmt.Fprint(output, " nan")
	} else {
		fmt.Fprintf(output, " %x", math.Float64bits(sum))
	}
	writeBuckets(read.GetPositiveSpan(), read.GetPositiveDelta(), output)
	writeBuckets(read.GetNegativeSpan(), read.GetNegativeDelta(), output)
	fmt.Fprint(output, " |")
	for _, bucket := range read.GetBucket() {
		fmt.Fprintf(output, " %d", bucket.GetCumulativeCount())
	}
	fmt.Fprintln(output)
}

func writeBuckets(spans []*dto.BucketSpan, deltas []int64, output *bufio.Writer) {
	fmt.Fprint(output, " |")
	for _, span := range spans {
		fmt.Fprintf(output, " %d:%d", span.GetOffset(), span.GetLength())
	}
	fmt.Fprint(output, " |")
	for _, delta := range deltas {
		fmt.Fprintf(output, " %d", delta)
	}
}
