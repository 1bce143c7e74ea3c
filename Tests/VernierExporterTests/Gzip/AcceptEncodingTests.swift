#if Gzip
    import Testing

    @testable import VernierExporter

    @Suite struct AcceptEncodingTests {
        @Test(arguments: [
            "gzip", "GZip", "x-gzip", " gzip ", "deflate, gzip", "gzip, deflate, br", "gzip;q=0.5", "gzip ; q=1.0",
            "gzip;Q=0.001",
            "gzip;q=9", "gzip;q=1.", "*", "*;q=0.1", "gzip;q=1, identity;q=0.5", "gzip, identity",
            "identity;q=0, gzip;q=0.2",
            "identity;q=0.3, *;q=0.3", "br;q=1.0, gzip;q=0.8, *;q=0.1", "gzip;q=0, x-gzip", ",,gzip,,",
            "gzip;q=x, x-gzip;q=0.5",
            "\tgzip\t;\tq=0.5\t",
        ])
        func `gzip is for who asks for it`(header: String) {
            #expect(AcceptEncoding.prefersGzip(header))
        }

        @Test(arguments: [
            nil, "", " ", "identity", "br", "deflate", "zstd, br", "gzip;q=0", "gzip;q=0.0", "gzip;q=0.0009", "*;q=0",
            "gzip;q=0, *", "gzip;q=0.5, identity", "gzip;q=0.5, identity;q=0.6", "identity;q=0", "identity;q=0, br",
            "*;q=0, br",
            "gzipped", "gzip x", "gzip;q", "gzip;q=", "gzip;q=.", "gzip;q=1.0.0", "gzip;q=-1", "gzip;level=3", "gzip;",
            "\"gzip\"",
            "x-gzip2", "g zip",
        ])
        func `everybody else gets the page as it is`(header: String?) {
            #expect(!AcceptEncoding.prefersGzip(header))
        }

        @Test func `a long header costs its length`() {
            #expect(AcceptEncoding.prefersGzip(String(repeating: "br;q=0.9,", count: 20_000) + "gzip"))
            #expect(!AcceptEncoding.prefersGzip("gzip;q=" + String(repeating: "0", count: 100_000)))
            #expect(AcceptEncoding.prefersGzip("gzip;q=" + String(repeating: "9", count: 100_000)))
        }
    }
#endif
