// Command client_golang does the workloads of ../README.md with Prometheus' client library for Go.
package main

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"strings"

	"github.com/prometheus/client_golang/prometheus"
)

func main() {
	switch arguments := os.Args[1:]; {
	case len(arguments) == 0:
		answerRequests()
	case len(arguments) == 2 && arguments[0] == "--exposition":
		var page bytes.Buffer
		write(registry(arguments[1]), &page)
		os.Stdout.Write(page.Bytes())
	case len(arguments) == 2 && arguments[0] == "--serve":
		serve(arguments[1])
	default:
		fmt.Fprintln(os.Stderr, "usage: client_golang [--exposition PAGE | --serve PAGE]")
		os.Exit(64)
	}
}

// registry makes what a page shows.
func registry(page string) *prometheus.Registry {
	switch page {
	case "mixed":
		return mixedPage()
	case "counters":
		return counterPage()
	case "histograms":
		return histogramPage()
	case "million":
		return millionPage(1_000_000)
	}
	fmt.Fprintln(os.Stderr, "there is no page", page)
	os.Exit(64)
	return nil
}

// Each line of input names an operation and a variant; its rows and an empty line answer.
func answerRequests() {
	requests := bufio.NewScanner(os.Stdin)
	for requests.Scan() {
		operation, variant, _ := strings.Cut(requests.Text(), "\t")
		switch operation {
		case "memory of a counter series":
			row(operation, "2 labels", counterSeriesBytes(2), "bytes")
			row(operation, "3 labels", counterSeriesBytes(3), "bytes")
		case "memory of a histogram series":
			row(operation, "2 labels", histogramSeriesBytes(2), "bytes")
			row(operation, "3 labels", histogramSeriesBytes(3), "bytes")
		case "making a series":
			first, last := makingSeries(1_000_000)
			row(operation, "first tenth of 1,000,000", first, "ns")
			row(operation, "last tenth of 1,000,000", last, "ns")
		default:
			if nanoseconds, isKnown := timed(operation, variant); isKnown {
				row(operation, variant, nanoseconds, "ns")
			}
		}
		fmt.Println()
	}
}

func row(operation, variant string, value float64, unit string) {
	fmt.Printf("%s\t%s\t%.6g\t%s\n", operation, variant, value, unit)
}
