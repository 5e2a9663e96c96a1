import ArgumentParser
import CommandLineSupport
import Ledger
import Signing
import TransparencyLog

/// The keys of ledgers and cosigners that are trusted, from outside the ledger.
struct KeyOptions: ParsableArguments {
  @Option(
    name: .customLong("key"),
    help: ArgumentHelp(
      "A verifier key that must have signed (NAME+ID+KEY, as 'ledger-verify key' prints). May be "
        + "repeated; of several with one name, one must have signed.", valueName: "key"))
  var keys: [String] = []

  /// The keys, parsed.
  ///
  /// - Throws: `VerifierKeyError`.
  var verifierKeys: [VerifierKey] { get throws { try keys.map { try VerifierKey($0) } } }
}

/// A checkpoint in a file.
struct CheckpointFile {
  let path: String
  let signed: SignedCheckpoint

  /// Reads a checkpoint; `-` is standard input.
  ///
  /// - Throws: `SystemError`, or `UnreadableFile` when it is no checkpoint.
  init(reading path: String) throws {
    self.path = path
    do { signed = try SignedCheckpoint(parsing: try readAll(path)) } catch let error as any LogFault
    {
      throw UnreadableFile(path: path, reason: error.description)
    }
  }

  /// Makes sure that the ledger still has what the checkpoint covers, and who signed it.
  ///
  /// - Throws: `VerificationFault`.
  func check(against verified: LedgerVerifier.Verified, _ keys: [VerifierKey]) throws {
    let checkpoint = signed.checkpoint
    guard checkpoint.origin == "\(verified.origin)" else {
      throw VerificationFault.otherLedger(verified.origin, checkpoint: checkpoint.origin)
    }
    let size = Int64(checkpoint.size)
    guard size <= Int64(verified.head.size) else {
      throw VerificationFault.shorter(
        entries: Int64(verified.head.size), checkpoint: size)
    }
    let root = size == 0 ? MerkleTree.emptyRoot : verified.roots[size]
    guard let root, root == checkpoint.root else {
      throw VerificationFault.rewritten(
        size: size, root: root ?? MerkleTree.emptyRoot, checkpoint: checkpoint.root)
    }
    if keys.isEmpty {
      try checkSigner(among: verified.openerKeys, origin: checkpoint.origin)
    } else {
      try signers(among: keys).check(keys, path)
    }
  }

  /// Any of the keys the ledger's content server has had will do.
  private func checkSigner(among keys: [PublicKey], origin: String) throws {
    for key in keys {
      let verifier = try VerifierKey(name: origin, signing: key)
      if let signers = try? signed.signers(among: [verifier]), !signers.signers.isEmpty { return }
    }
    throw VerificationFault.proof(
      "the checkpoint \(quoted(path)) is not signed by the ledger's content server")
  }

  /// Who signed, among keys one of which must be the ledger's.
  ///
  /// - Throws: `VerificationFault.proof`.
  @discardableResult
  func signers(among keys: [VerifierKey]) throws -> SignedCheckpoint.Signers {
    do { return try signed.signers(among: keys) } catch let error as any LogFault {
      throw VerificationFault.proof("\(quoted(path)): \(error.description)")
    }
  }
}

extension SignedCheckpoint.Signers {
  /// Makes sure that all have signed who are asked for: of several keys with one name, one is enough,
  /// since a party may have got another key.
  ///
  /// - Throws: `VerificationFault.proof`.
  func check(_ keys: [VerifierKey], _ path: String) throws {
    for key in keys {
      let names =
        switch key.kind {
        case .cosignature: cosigners.map(\.name)
        case .signature, .unknown: signers
        }
      if !names.contains(key.name) {
        throw VerificationFault.proof("\(quoted(path)) is not signed by \(quoted(key.name))")
      }
    }
  }
}

extension LedgerVerifier.Verified {
  /// Makes sure that the content server that opened the ledger has had one of the keys.
  ///
  /// - Throws: `VerificationFault.proof`.
  func checkOpener(among keys: [VerifierKey]) throws {
    if keys.isEmpty { return }
    let isKnown = keys.contains { key in
      guard case .signature(let signing) = key.kind else { return false }
      return key.name == "\(origin)" && openerKeys.contains(signing)
    }
    if !isKnown {
      throw VerificationFault.proof(
        "the ledger \(quoted("\(origin)")) has another key than those given")
    }
  }
}

/// A file that is not what it should be.
struct UnreadableFile: ExplainedError, Equatable {
  let path: String
  let reason: String

  var description: String { "\(quoted(path == "-" ? "standard input" : path)): \(reason)" }
}

/// All bytes of a small file; `-` is standard input.
///
/// - Throws: `SystemError`, or `UnreadableFile` past 1 MiB.
func readAll(_ path: String) throws -> [UInt8] {
  let file = try FileDescriptor.reading(path)
  var bytes: [UInt8] = []
  while case let more = try file.readAvailable(1 << 16), !more.isEmpty {
    bytes += more
    if bytes.count > 1 << 20 { throw UnreadableFile(path: path, reason: "more than 1 MiB") }
  }
  return bytes
}
