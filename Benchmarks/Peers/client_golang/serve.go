package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"os"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// serve shows a page on a free port of the loopback interface until the input ends.
func serve(page string) {
	var registry *prometheus.Registry
	switch page {
	case "counters":
		registry = counterPage()
	case "million":
		registry = millionPage(1_000_000)
	default:
		fmt.Fprintln(os.Stderr, "there is no page", page)
		os.Exit(64)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	go func() {
		io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	}()
	http.Handle("/metrics", promhttp.HandlerFor(registry, promhttp.HandlerOpts{}))
	fmt.Printf("port\t%d\n", listener.Addr().(*net.TCPAddr).Port)
	panic(http.Serve(listener, nil))
}
