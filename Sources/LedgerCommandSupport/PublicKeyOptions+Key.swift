package import CommandLineSupport
package import Signing

extension PublicKeyOptions {
  /// The key, nil when no option is given.
  ///
  /// - Throws: `PublicKeyError`, or what is wrong with the file.
  package func publicKey(_ diagnostics: Diagnostics) throws -> PublicKey? {
    if let key { return try PublicKey(text: key) }
    guard let keyFile else { return nil }
    let file = try FileDescriptor.reading(keyFile)
    let status = try file.status()
    if status.isRegular, status.size > 64 {
      let file = try SigningKeyFile(reading: keyFile)
      if let warning = file.warning { diagnostics.warning(warning, hint: file.hint) }
      return file.key.publicKey
    }
    var bytes = [UInt8](repeating: 0, count: 65)
    let count = try bytes.withUnsafeMutableBytes { try file.read(into: $0) }
    var text = String(decoding: bytes.prefix(count), as: UTF8.self)
    if text.hasSuffix("\n") { text.removeLast() }
    return try PublicKey(text: text)
  }
}
