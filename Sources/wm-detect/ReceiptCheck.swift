import ArgumentParser
import AudioMark
import AudioStreams
import CommandLineSupport
import Distribution
import Glibc
import ImageMark
import ImageStreams
import LeakTracing
import Ledger
import LedgerCommandSupport
import MarkKeys
import Signing
import Trade
import TransparencyLog

/// The receipt that a copy is compared with, and whose signatures are on it.
struct ReceiptOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Tell whether the copy is the one of this receipt of ds-deliver.", valueName: "file"),
    completion: .file())
  var receipt: String?

  @Option(
    help: ArgumentHelp(
      "The public key of the delivery server, as wm-keygen --public prints. (default: the ledger's)",
      valueName: "text"))
  var serverKey: String?

  @Option(
    help: ArgumentHelp(
      "The ledger's key, as ledger-verify prints it. (default: the ledger's)", valueName: "text"))
  var ledgerKey: String?

  func validate() throws {
    if receipt == nil, serverKey != nil || ledgerKey != nil {
      throw ValidationError("--server-key and --ledger-key are for --receipt")
    }
  }
}

/// A receipt whose signatures and proof are right.
struct ReceiptCheck {
  /// How a copy was recognised.
  enum Ground: String {
    /// Its bytes are those that were sent.
    case hash
    /// The mark in it.
    case mark
  }

  let receipt: DeliveryReceipt
  /// The number of the entry, and when it was written.
  let index: Int64
  let time: UTCTime

  /// Reads and verifies the receipt.
  ///
  /// - Parameters:
  ///   - path: its file.
  ///   - options: the keys.
  ///   - ledger: where keys come from that are not given; nil without a ledger.
  ///   - diagnostics: hears of a checkpoint that the ledger did not sign.
  /// - Throws: `ReceiptFault`, `NoServerKey`, or what is wrong with the file.
  init(
    _ path: String, _ options: ReceiptOptions, ledger: LedgerFile?, diagnostics: Diagnostics
  ) throws {
    let file = try FileDescriptor.reading(path)
    let bytes = try [UInt8](unsafeUninitializedCapacity: SignedLine.longest) { buffer, count in
      count = try file.read(into: UnsafeMutableRawBufferPointer(buffer))
    }
    let (line, receipt) = try bytes.withUnsafeBytes { try DeliveryReceipt.read($0) }
    let log = try ledger?.reading()
    let known = try log?.facts.party("\(receipt.marking.deliveryServer)")?.key
    guard let key = try options.serverKey.map({ try PublicKey(text: $0) }) ?? known else {
      throw NoServerKey(server: "\(receipt.marking.deliveryServer)")
    }
    var ledgerKey = try options.ledgerKey.map { try VerifierKey($0) }
    if ledgerKey == nil, !receipt.isSelfSigned, let log, let opener = try log.opener().key {
      ledgerKey = try VerifierKey(name: "\(log.origin)", signing: opener)
    }
    if receipt.isSelfSigned, ledgerKey == nil {
      diagnostics.warning(
        "the checkpoint in \(quoted(path)) is signed by the delivery server alone",
        hint: "it proves what the delivery server says, not that the ledger says so too")
    }
    try receipt.verify(line, deliveryServer: key, ledger: ledgerKey)
    self.receipt = receipt
    (index, time) = try Array(receipt.entry.utf8).withUnsafeBytes { bytes in
      let head = try EntryReader().read(bytes)
      return (head.index, head.time)
    }
  }

  /// How a copy is recognised as the one of the receipt.
  ///
  /// - Parameters:
  ///   - name: the file of the copy.
  ///   - examination: with the mark keys, if there are any.
  /// - Returns: nil when it is not the copy.
  /// - Throws: what is wrong with the file.
  func ground(_ name: String, _ examination: Examination) throws -> Ground? {
    if name != "-", try hash(of: name) == receipt.hash { return .hash }
    if examination.keys.isEmpty { return nil }
    let message = receipt.marking.message
    let source = try ByteSource(path: name)
    let wanted = [ImageMessage.full(message), .short(ShortMessage(DeliveryIdentity(message)))]
    switch try examination.kind(of: source) {
    case .picture, .otherPicture:
      return try examination.carries(source, wanted, of: receipt.marking) ? .mark : nil
    case .film:
      let (marks, accusations, _, fault) = try examination.filmMarks(source, candidates: wanted)
      // Reading and comparing have half of the chance each.
      let limit = log(examination.threshold / 2)
      if marks.contains(where: { wanted.contains($0.message) && $0.logBound <= limit })
        || accusations.contains(where: { !$0.isEmpty })
      {
        return .mark
      }
      if let fault { throw fault }
      return nil
    case .sound: break
    }
    let (searches, failure) = try examination.readings(source)
    let messages = [message]
    for (key, search) in zip(examination.keys, searches) {
      let title = TracedTitle(
        content: receipt.marking.content, key: key, symbolCount: nil, messages: messages)
      let tracer = LeakTracer(
        schedule: search.schedule,
        threshold: examination.threshold / Double(examination.keys.count))
      if !tracer.trace(search.readings, titles: [title]).accusations.isEmpty
        || search.certainMarks.contains(where: { $0.message == messages[0] })
      {
        return .mark
      }
    }
    if let failure { throw failure }
    return nil
  }

  private func hash(of name: String) throws -> SHA256Hash {
    let file = try FileDescriptor.reading(name)
    var hasher = SHA256Hasher()
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = try buffer.withUnsafeMutableBytes { try file.read(into: $0) }
      if count == 0 { return hasher.finish() }
      buffer.withUnsafeBytes { hasher.update(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
    }
  }
}

/// Nothing says which key the delivery server signs with.
private struct NoServerKey: ExplainedError {
  let server: String

  var description: String { "the key of the delivery server \(quoted(server)) is not known" }
  var hint: String? { "use --server-key TEXT, or --ledger FILE, which has it" }
}
