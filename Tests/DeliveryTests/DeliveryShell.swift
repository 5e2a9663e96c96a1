import AudioMark
import AudioStreams
import CommandLineSupport
import Distribution
import Ledger
import MarkKeys
import Masters
import Signing
import Testing
import Trade
import _TestSupport

/// A ledger `l` of the content server `cs`, masters, the delivery server `ds` with the folder
/// `store`, and a shell in which `ds-deliver` is `ds`.
final class DeliveryShell {
  static let key = MarkKey(name: "studio", secret: Secret(Array(7..<39)))
  static let copyright = Message(high: 0x0102_0304_0506_0708, low: 0x1112_1314_1516_1718)

  let folder = TemporaryFolder()
  private(set) var masters: [String: SHA256Hash] = [:]

  /// Makes keys, ledger and parties.
  init() throws {
    let result = try run(
      """
      set -e
      export SUKASHI_AS=cs SUKASHI_SIGNING_KEY=cs.key
      for name in cs cs-2 ds ds-2 shop home; do wm-keygen --signing -o $name.key; done
      ledger-enroll --open test.example/l
      ledger-enroll content-server cs-2 --key-file cs-2.key
      ledger-enroll user alice
      ledger-enroll user bob
      ledger-enroll delivery-server ds --key-file ds.key
      ledger-enroll delivery-server ds-2 --key-file ds-2.key
      ledger-enroll shop shop --key-file shop.key
      ledger-enroll home-server home --key-file home.key
      mkdir -p store/masters central
      """)
    try #require(result.status == 0, "\(result.errors)")
  }

  /// Runs lines of shell.
  func run(_ lines: String, input: [UInt8] = [], seconds: Int = 120) throws -> Subprocess {
    let tools = try [
      ("ds", "ds-deliver"), ("wm-keygen", "wm-keygen"), ("ledger-enroll", "ledger-enroll"),
      ("ledger-verify", "ledger-verify"),
    ].map { "\($0)() { \(try BuiltTools.path($1)) \"$@\"; }" }
    return try Subprocess.shell(
      (tools + [lines]).joined(separator: "\n"), input: input,
      environment: [
        "SUKASHI_LEDGER": "l", "SUKASHI_AS": "ds", "SUKASHI_SIGNING_KEY": "ds.key",
        "SUKASHI_STORE": "store", "DS": BuiltTools.path("ds-deliver"),
      ],
      folder: folder.path, seconds: seconds)
  }

  /// Who writes as one of the servers.
  func author(_ name: String) throws -> Author {
    Author(
      name: try PartyName(name), key: try SigningKeyFile(reading: folder.path("\(name).key")).key,
      clock: { (try? UTCTime(seconds: 1_790_000_000)) ?? .last })
  }

  func append(_ drafts: [Draft], by name: String = "cs") throws {
    let log = try LedgerFile(folder.path("l")).appending()
    _ = try log.append(drafts, by: author(name), lockMilliseconds: 5000)
  }

  /// Makes a master of generated music and publishes it for 100 yen and 10 % of tax.
  ///
  /// - Parameter place: where it is put: `store/masters`, or `central` where only a fetch finds it.
  func publish(
    _ content: String, seconds: Double = 3, seed: UInt64 = 5, in place: String = "store/masters",
    rate: Int = 44100
  ) throws {
    let song = folder.path("\(content).source.wav")
    let writer = try AudioWriter(
      to: OutputFile(song, contents: .binary),
      format: AudioFormat(sampleRate: rate, channelCount: 2, container: .wav, encoding: .int16))
    try SyntheticMusic(seconds: seconds, seed: seed).samples.withUnsafeBufferPointer {
      try writer.write($0)
    }
    try writer.finish()
    let path = folder.path("\(place)/\(content)")
    _ = try MasterWriter(content: content, key: Self.key, copyright: Self.copyright)
      .write(AudioReader(path: song), to: path)
    let master = try Master(path: path).identity
    masters[content] = master
    try append([
      Draft(
        id: Handle("\(content)/published"),
        Published(
          content: Handle(content), title: "Song \(content)", artist: "Mizuno",
          isrc: ISRC("JPZ012600042"), master: master,
          tariff: Tariff(
            currency: Currency("JPY"), taxRate: TaxRate(basisPoints: 1000),
            prices: [.purchase: MinorUnits(100)])))
    ])
  }

  /// An order line of a content server, which stands in the ledger.
  func order(
    _ id: String, _ contents: [String], user: String = "alice", server: String = "ds",
    from contentServer: String = "cs", outlet: String? = nil, medium: Medium? = nil,
    expires: String = "2099-01-01T00:00:00Z", isRecorded: Bool = true, signedBy: String? = nil,
    master: SHA256Hash? = nil
  ) throws -> String {
    let ordered = try Ordered(
      order: Handle(id), user: PartyName(user), contents: contents.map { try Handle($0) },
      contentServer: PartyName(contentServer), deliveryServer: PartyName(server),
      outlet: outlet.map { try PartyName($0) }, medium: medium, use: .purchase,
      expires: UTCTime(expires))
    let items = try contents.map { content in
      try Order.Item(
        content: Handle(content), master: #require(master ?? masters[content]),
        currency: Currency("JPY"), price: MinorUnits(100), taxRate: TaxRate(basisPoints: 1000))
    }
    if isRecorded { try append([Draft(id: Handle("\(id)/ordered"), ordered)]) }
    let signer = try author(signedBy ?? contentServer)
    let line = try Order(ordered, items: items).signed(by: signer.name, with: signer.key)
    return String(decoding: line.bytes, as: UTF8.self) + "\n"
  }

  /// All events of the ledger with their authors, behind those of `init` and `publish`.
  func events(of order: String) throws -> [(event: Event, author: String)] {
    let reader = EntryReader()
    return try folder.read("l").split(separator: UInt8(ascii: "\n")).compactMap { line in
      try Array(line).withUnsafeBytes { bytes in
        let head = try reader.read(bytes)
        let event = try head.event()
        guard event.body.terms.contains(where: { $0 == Term(.order, order) }) else { return nil }
        return (event, "\(try head.authorName)")
      }
    }
  }

  /// The kinds of the entries of an order.
  func kinds(of order: String) throws -> [String] {
    try events(of: order).map(\.event.kind.rawValue)
  }

  /// Runs lines that must fail with status 2 and leave the ledger as it was.
  @discardableResult
  func expectRefusal(_ lines: String, _ location: SourceLocation = #_sourceLocation) throws
    -> String
  {
    let before = try folder.read("l")
    let result = try run(lines)
    #expect(result.status == 2, "\(result.errors)", sourceLocation: location)
    #expect(result.output.isEmpty, sourceLocation: location)
    #expect(try folder.read("l") == before, sourceLocation: location)
    return result.errors
  }
}

/// The entries of an order that is delivered straight.
let straightKinds = ["ordered", "marking", "delivered", "reported", "billed"]
