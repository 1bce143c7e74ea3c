#if NIO
    import NIOCore
    public import NIOSSL
    import VernierExporter

    extension NIOMetricsServer {
        /// How a server shows who it is.
        ///
        /// ```swift
        /// let tls = NIOMetricsServer.TLS.files(certificateChain: "/etc/app/tls.crt", privateKey: "/etc/app/tls.key")
        /// ```
        public enum TLS: Sendable {
            /// A certificate with those that vouch for it, and its key without a password, in PEM files.
            ///
            /// They are read when the server starts. TLS 1.2 or later is spoken; who scrapes needs no certificate.
            case files(certificateChain: String, privateKey: String)
            /// Anything else that swift-nio-ssl can do, such as certificates of scrapers that are asked for.
            ///
            /// Without application protocols it offers `http/1.1`.
            case configuration(TLSConfiguration)

            /// Reads the files and makes what connections need.
            func context() throws(ServerError) -> NIOSSLContext {
                var configuration: TLSConfiguration
                switch self {
                case .files(let chain, let key): configuration = try Self.configuration(chain: chain, key: key)
                case .configuration(let given): configuration = given
                }
                let showsOtherwise =
                    configuration.sslContextCallback != nil || configuration.pskServerProvider != nil
                for (what, isMissing) in [
                    ("certificate", configuration.certificateChain.isEmpty),
                    ("private key", configuration.privateKey == nil),
                ] where isMissing && !showsOtherwise {
                    throw ServerError(
                        .invalidConfiguration,
                        "the TLS configuration has no \(what): make it with makeServerConfiguration, with a certificate and its key"
                    )
                }
                if configuration.applicationProtocols.isEmpty { configuration.applicationProtocols = ["http/1.1"] }
                // A peer that never says goodbye must not keep its connection for longer than a refusal does.
                configuration.shutdownTimeout = min(configuration.shutdownTimeout, .seconds(1))
                do {
                    return try NIOSSLContext(configuration: configuration)
                } catch {
                    throw ServerError(
                        .invalidConfiguration,
                        "the certificate and the key cannot be used (\(error)): pass a certificate and the key that belongs to it"
                    )
                }
            }

            private static func configuration(chain: String, key: String) throws(ServerError) -> TLSConfiguration {
                let certificates: [NIOSSLCertificate]
                do {
                    certificates = try NIOSSLCertificate.fromPEMFile(chain)
                } catch {
                    throw unreadable("certificate", chain, error)
                }
                guard !certificates.isEmpty else {
                    throw ServerError(
                        .invalidConfiguration, "the certificate file \(chain) holds no certificate: pass one in PEM")
                }
                do {
                    return .makeServerConfiguration(
                        certificateChain: certificates.map { .certificate($0) },
                        privateKey: .privateKey(try NIOSSLPrivateKey(file: key, format: .pem)))
                } catch {
                    throw unreadable("key", key, error)
                }
            }

            private static func unreadable(_ what: String, _ path: String, _ error: any Error) -> ServerError {
                ServerError(
                    .invalidConfiguration,
                    "the \(what) file \(path) cannot be read (\(error)): pass the path of a file in PEM that this program may read"
                )
            }
        }
    }
#endif
