#if NIO
    import NIOSSL

    @testable import VernierNIO

    /// A certificate for `localhost` and 127.0.0.1 that vouches for itself, and its key: for tests alone.
    enum TestCertificate {
        static let certificate = """
            -----BEGIN CERTIFICATE-----
            MIIBdDCCARqgAwIBAgIIS1P2arBNMwowCgYIKoZIzj0EAwIwFzEVMBMGA1UEAwwM
            dmVybmllciB0ZXN0MCAXDTI0MDEwMTAwMDAwMFoYDzIxMjQwMTAxMDAwMDAwWjAX
            MRUwEwYDVQQDDAx2ZXJuaWVyIHRlc3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNC
            AARkaomjPQUMTjhVDnpA6obTbDT0rwe/KpuQGQFBEmWHsm53ZLfyWHOJtAlprMHa
            YbqJVzKzH+epIVCBXezoA7Pvo04wTDAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8A
            AAEwDwYDVR0TAQH/BAUwAwEB/zAdBgNVHQ4EFgQUkTKIOkG/ynmD3TzW0bL0vFL5
            rwAwCgYIKoZIzj0EAwIDSAAwRQIgSXLbMomiJhfOmlmX8OtSbUk3WAyYf9UmpR2e
            Cb4r91cCIQCGgNRRFKWTU+vs+CdrZJzH7mOS2Dyt85Gz8g8Xgv46wQ==
            -----END CERTIFICATE-----
            """
        static let key = """
            -----BEGIN PRIVATE KEY-----
            MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgsWw2rgnxQj5gKUkd
            qDNTdsBvOHVUI5S7c1m1DY3pTKWhRANCAARkaomjPQUMTjhVDnpA6obTbDT0rwe/
            KpuQGQFBEmWHsm53ZLfyWHOJtAlprMHaYbqJVzKzH+epIVCBXezoA7Pv
            -----END PRIVATE KEY-----
            """
        /// Another one with the same names, which vouches for nobody here.
        static let stranger = """
            -----BEGIN CERTIFICATE-----
            MIIBczCCARqgAwIBAgIIdIp/VUUUxxowCgYIKoZIzj0EAwIwFzEVMBMGA1UEAwwM
            dmVybmllciB0ZXN0MCAXDTI0MDEwMTAwMDAwMFoYDzIxMjQwMTAxMDAwMDAwWjAX
            MRUwEwYDVQQDDAx2ZXJuaWVyIHRlc3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNC
            AASG3AkRi1vqtGLm6ebdfPSvqQgUZcibc1Yaak5ckO6Muqn5Zmu7TqI4Suh0OqzZ
            KenT9i4Lrp/ti5dQ0ouuqmbdo04wTDAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8A
            AAEwDwYDVR0TAQH/BAUwAwEB/zAdBgNVHQ4EFgQUAAnGNDvT7m/DRrfcAGIGM0fa
            KkgwCgYIKoZIzj0EAwIDRwAwRAIgSLqw3Fh0sKjlQ5HVqmFT+ooe6s3OEYI7+0NA
            EGHvOE0CIFoEqAujqy7eVJY0h9KQv3yeg3FVyH0dSFYBopQSOm6J
            -----END CERTIFICATE-----
            """

        static func tls() throws -> NIOMetricsServer.TLS {
            .configuration(
                .makeServerConfiguration(
                    certificateChain: try NIOSSLCertificate.fromPEMBytes(Array(certificate.utf8)).map {
                        .certificate($0)
                    },
                    privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(key.utf8), format: .pem))))
        }

        /// What a client needs that trusts one of the certificates.
        static func client(trusting pem: String = certificate) throws -> NIOSSLContext {
            var configuration = TLSConfiguration.makeClientConfiguration()
            configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(Array(pem.utf8)))
            return try NIOSSLContext(configuration: configuration)
        }
    }
#endif
