// Command client_golang does the workloads of ../README.md with Prometheus' client library for Go.
package main

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"strings"
)

func main() {
	switch arguments := os.Args[1:]; {
	case len(arguments) == 0:
		answerRequests()
	case arguments[0] == "--exposition":
		var page bytes.Buffer
		write(expositionPage(), &page)
		os.Stdout.Write(page.Bytes())
	case arguments[0] == "--serve" && len(arguments) == 2:
		serve(arguments[1])
	default:
		fmt.Fprintln(os.Stderr, "usage: client_golang [--exposition | --serve counters|million]")
		os.Exit(64)
	}
}

// Each line of input names an operation and a variant; its rows and an empty line answer.
func answerRequests() {
	requests := bufio.NewScanner(os.Stdin)
	for requests.Scan() {
		operation, variant, _ := strings.Cut(requests.Text(), "\t")
		switch operation {
		case "memory of a counter series":
			row(operation, variant, counterSeriesBytes(), "bytes")
		case "memory of a histogram series":
			row(operation, variant, histogramSeriesBytes(), "bytes")
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
