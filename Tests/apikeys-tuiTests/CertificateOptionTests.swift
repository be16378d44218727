import Foundation
import TestSupport
import Testing

@Suite("Certificate options", .serialized, .timeLimit(.minutes(5)))
struct CertificateOptionTests {
  private static let token = "sekrit-token-1"

  @Test(
    "Options of certificates are refused where there is no TLS to apply them to", .tags(.s3),
    arguments: ["pin", "ca-only"])
  func certificateOptionsOverHTTP(option: String) async throws {
    let value = option == "pin" ? "sha256//" + Data(repeating: 1, count: 32).base64EncodedString() : "/dev/null"
    let server = try await FaultServer { _, _ in .http(PageBody.page(0..<1, more: false)) }
    let run = try await ProgramRun(
      ["list", "--url", server.url, "--\(option)", value], environment: ["APIKEYS_TOKEN": CertificateOptionTests.token])
    #expect(run.status == 64 && run.errors.contains("are for https"), "\(run.status) \(run.errors)")
    #expect(server.connections == 0)
    await server.close()
  }

  @Test("Options of certificates are checked, and the environment changes nothing", .tags(.s3))
  func certificateOptions() async throws {
    let certificates = try TestCertificates()
    let identity = try certificates.identity("program", for: "DNS:localhost")
    let server = try await FaultServer(identity: identity) { _, _ in .http(PageBody.page(0..<1, more: false)) }
    let scratch = try Scratch()
    let environment = [
      "APIKEYS_TOKEN": CertificateOptionTests.token, "SSL_CERT_FILE": certificates.authority,
      "SSL_CERT_DIR": (certificates.authority as NSString).deletingLastPathComponent,
      "SSLKEYLOGFILE": scratch.path("keys.log"),
    ]
    let base = ["list", "--url", server.url]
    let untrusted = try await ProgramRun(base, environment: environment)
    #expect(untrusted.status == 69 && untrusted.errors.contains("no valid chain"), "\(untrusted.errors)")
    for option in ["--ca-file", "--ca-only"] {
      let run = try await ProgramRun(base + [option, certificates.authority], environment: environment)
      #expect(run.status == 0, "\(run.errors)")
    }
    #expect(!FileManager.default.fileExists(atPath: scratch.path("keys.log")))
    let pin = "sha256//" + Data(repeating: 1, count: 32).base64EncodedString()
    for pins in [["--pin", pin], ["--pin", "\(pin);\(pin)", "--pin", pin]] {
      let run = try await ProgramRun(
        base + ["--ca-file", certificates.authority] + pins, environment: environment)
      #expect(run.status == 69 && run.errors.contains("its public key is sha256//"), "\(run.errors)")
    }
    for wrong in [["--pin", "sha256//x"], ["--pin", "\(pin);"], ["--ca-file", "a", "--ca-only", "b"]] {
      #expect(try await ProgramRun(base + wrong, environment: environment).status == 64)
    }
    #expect(server.heads.count == 4)
    await server.close()
  }
}
