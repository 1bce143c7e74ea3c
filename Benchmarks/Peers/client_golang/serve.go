package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"os"

	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// serve shows a page on a free port of the loopback interface until the input ends.
func serve(page string) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	go func() {
		io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	}()
	http.Handle("/metrics", promhttp.HandlerFor(registry(page), promhttp.HandlerOpts{}))
	fmt.Printf("port\t%d\n", listener.Addr().(*net.TCPAddr).Port)
	panic(http.Serve(listener, nil))
}
