import CommandLineSupport
import Distribution
import Ledger
import Signing
import Testing
import TransparencyLog
import _TestSupport

/// What goes to home servers and shops, and what users keep.
@Suite struct ParcelAndReceiptTests {
  /// A shop that writes an audio disc need not decode, unless somebody chose the format.
  @Test func soundForAnAudioDiscIsWave() throws {
    let shell = try DeliveryShell()
    try shell.publish("t1")
    for (id, medium) in [("o1", Medium.compactDisc), ("o2", .dataDisc), ("o3", .compactDisc)] {
      let line = try shell.order(id, ["t1"], outlet: "shop", medium: medium)
      try shell.folder.write(id, Array(line.utf8))
    }
    let result = try shell.run(
      """
      set -e
      ds o1 | tar t; ds o2 | tar t; ds -f flac o3 | tar t
      """)
    #expect(
      result.text.split(separator: "\n").filter { $0 != "manifest.json" }
        == ["1.wav", "1.flac", "1.flac"], "\(result.text)\(result.errors)")
  }

  @Test func parcelsAreVerifiedOnTheWay() throws {
    let shell = try DeliveryShell()
    try shell.publish("t1")
    try shell.publish("t2", seed: 8)
    try shell.folder.write(
      "order", Array(shell.order("o1", ["t1", "t2"], outlet: "shop", medium: .compactDisc).utf8))
    let result = try shell.run("ds -f wav order > parcel.tar && tar -tf parcel.tar")
    #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
    #expect(result.text == "manifest.json\n1.wav\n2.wav\n")
    // The shop reports and bills.
    #expect(
      try shell.kinds(of: "o1") == ["ordered", "marking", "marking", "delivered", "delivered"])
    let parcel = try shell.folder.read("parcel.tar")
    let key = try shell.author("ds").key.publicKey
    func unpack(_ bytes: [UInt8]) throws -> Parcel {
      let path = try shell.folder.write("changed.tar", bytes)
      let reader = try ParcelReader(.reading(path))
      guard reader.line.isSigned(with: key) else { throw TestFailure("forged") }
      try reader.unpack { _ in try .unnamed() }
      return reader.parcel
    }
    let read = try unpack(parcel)
    #expect(read.items.map(\.serial) == [1, 2])
    #expect(read.items.map(\.title) == ["Song t1", "Song t2"])
    let marking = try #require(shell.events(of: "o1")[1].event.body as? Marking)
    #expect(read.items[0].message == marking.message && "\(marking.outlet!)" == "shop")
    for place in [700, 1800, 20000, parcel.count / 2, parcel.count - 30000] {
      var changed = parcel
      changed[place] ^= 1
      #expect(throws: (any Error).self, "\(place)") { try unpack(changed) }
    }
    #expect(throws: (any Error).self) { try unpack(Array(parcel.prefix(parcel.count / 2))) }
  }

  @Test func receiptsVerifyWithoutTheLedger() throws {
    let shell = try DeliveryShell()
    try shell.publish("t1")
    try shell.folder.write("order", Array(shell.order("o1", ["t1"]).utf8))
    let result = try shell.run(
      """
      set -e
      ds --receipt own.json -o copy.flac order
      ledger-verify checkpoint --as cs --signing-key cs.key > checkpoint
      ds --again --receipt full.json --checkpoint checkpoint -o copy.flac order
      """)
    #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
    let ds = try shell.author("ds").key.publicKey
    let ledger = try VerifierKey(
      name: "test.example/l", signing: shell.author("cs").key.publicKey)
    func verify(_ bytes: [UInt8], _ ledger: VerifierKey?) throws -> DeliveryReceipt {
      let (line, receipt) = try bytes.withUnsafeBytes { try DeliveryReceipt.read($0) }
      try receipt.verify(line, deliveryServer: ds, ledger: ledger)
      return receipt
    }
    let own = try shell.folder.read("own.json")
    #expect(try verify(own, nil).isSelfSigned)
    #expect(throws: ReceiptFault.selfSigned("ds")) { try verify(own, ledger) }
    let full = try shell.folder.read("full.json")
    let receipt = try verify(full, ledger)
    #expect(!receipt.isSelfSigned)
    #expect("\(receipt.marking.user)" == "alice" && receipt.title == "Song t1")
    #expect(receipt.hash == (try shell.folder.read("copy.flac").withUnsafeBytes { .of($0) }))
    for place in stride(from: 5, to: full.count - 2, by: 41) {
      var changed = full
      changed[place] ^= 1
      #expect(throws: (any Error).self, "\(place)") { try verify(changed, ledger) }
    }
  }
}
