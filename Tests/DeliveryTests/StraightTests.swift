import AudioMark
import AudioStreams
import CommandLineSupport
import FingerprintCode
import Ledger
import MarkKeys
import Masters
import Signing
import Testing
import Trade
import _TestSupport

/// Orders whose content goes straight to the user.
@Suite struct StraightTests {
  @Test func copiesAreWhatDirectMarkingGives() throws {
    let shell = try DeliveryShell()
    try shell.publish("t1")
    try shell.folder.write("order", Array(shell.order("o1", ["t1"]).utf8))
    let result = try shell.run(
      """
      set -e
      ds --hash < order > copy.flac
      ds --again -o copy.wav order
      for f in rf64 mp3 ogg; do ds --again -f $f order > copy.$f; done
      flac --silent --test copy.flac 2>&1 | grep -v MD5 || true
      sox -D copy.flac -b 16 -e signed -t raw flac.raw
      sox -D copy.wav -t raw wav.raw
      cmp flac.raw wav.raw
      for f in mp3 ogg rf64; do ffmpeg -v error -i copy.$f -f null -; done
      metaflac --export-tags-to=- copy.flac
      """)
    #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
    for line in ["TITLE=Song t1", "ARTIST=Mizuno", "ISRC=JPZ012600042", "ORDER=o1"] {
      #expect(result.text.contains(line), "\(line) is not in \(result.text)")
    }
    #expect(try shell.kinds(of: "o1") == straightKinds)
    let marking = try #require(shell.events(of: "o1")[1].event.body as? Marking)
    #expect(marking.serial == 1)
    #expect(try shell.folder.read("wav.raw") == direct(shell, marking))
    let delivered = try #require(shell.events(of: "o1")[2].event.body as? Delivered)
    let copy = try shell.folder.read("copy.flac")
    #expect(delivered.bytes == copy.count)
    #expect(delivered.hash == copy.withUnsafeBytes { .of($0) })
    let bill = try #require(shell.events(of: "o1")[4].event.body as? Billed)
    #expect(bill.amount == 110 && bill.tax == 10)
    #expect("\(bill.payer)" == "user:alice" && "\(bill.payee)" == "content-server:cs")
  }

  /// Marks the source directly with the message and the codeword of a copy.
  private func direct(_ shell: DeliveryShell, _ marking: Marking) throws -> [UInt8] {
    let schedule = SlotSchedule(key: DeliveryShell.key)
    let master = try Master(path: shell.folder.path("store/masters/t1"))
    let key = FingerprintKey(key: DeliveryShell.key, title: "t1")
    let biases = FingerprintBiases(key: key, slots: 0..<master.index.count(of: .fingerprint))
    let codeword = FingerprintCodeword(key: key, message: marking.message, biases: biases)
    let commitment = CodewordCommitment(key: key, message: marking.message, codeword: codeword)
    #expect(marking.commitment == commitment.hash)
    let bits = SymbolBits(
      schedule: schedule, plan: .delivery,
      messages: [.copyright: DeliveryShell.copyright, .identity: marking.message],
      fingerprint: codeword.slots.map { codeword[$0] ? -1 : 1 })
    let stream = MarkingStream(
      schedule: schedule, bits: bits, sampleRate: 44100, channelCount: 2, integerBits: 16)
    let reader = try AudioReader(path: shell.folder.path("t1.source.wav"))
    var all: [UInt8] = []
    var buffer = [Float](repeating: 0, count: stream.mostFrames * 2)
    try buffer.withUnsafeMutableBufferPointer { buffer in
      while true {
        let wanted = stream.nextFrames
        let count = try reader.read(
          into: UnsafeMutableBufferPointer(rebasing: buffer[..<(wanted * 2)]))
        try stream.mark(#require(buffer.baseAddress), frames: count)
        for sample in buffer[..<(count * 2)] {
          let value = (Double(sample) * 32768).rounded(.toNearestOrEven)
          let integer = Int16(min(max(value, -32768), 32767))
          all += [UInt8(truncatingIfNeeded: integer), UInt8(truncatingIfNeeded: integer >> 8)]
        }
        if count < wanted { break }
      }
    }
    return all
  }

  @Test func anOrderIsDeliveredOnce() throws {
    let shell = try DeliveryShell()
    try shell.publish("t1")
    try shell.folder.write("order", Array(shell.order("o1", ["t1"]).utf8))
    let result = try shell.run(
      """
      ds order > first.flac & ds order > second.flac & wait
      ds order > third.flac || exit
      ds -o fourth.flac order || exit
      cat order order | ds > fifth.flac
      """)
    #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
    let sizes = try ["first", "second", "third", "fifth"].map {
      try shell.folder.read("\($0).flac").count
    }
    #expect(sizes.filter { $0 > 0 }.count == 1)
    #expect(!shell.folder.entries.contains("fourth.flac"))
    #expect(try shell.kinds(of: "o1") == straightKinds)
  }

  @Test func ratesThatACodecLacksAreResampled() throws {
    let shell = try DeliveryShell()
    for (number, rate) in [44100, 48000, 96000].enumerated() {
      let title = "t\(number)"
      try shell.publish(title, rate: rate)
      for (format, expected) in [("opus", 48000), ("mp3", rate == 44100 ? 44100 : 48000)] {
        let order = try shell.order("\(format)\(number)", [title])
        try shell.folder.write("order", Array(order.utf8))
        let result = try shell.run(
          """
          ds -o copy.\(format) order || exit
          ds --again -f wav -o same.wav order || exit
          ffprobe -v error -show_entries stream=sample_rate -of csv=p=0 copy.\(format)
          ffmpeg -v error -i copy.\(format) -f null - || exit
          for f in copy.\(format) same.wav; do
            ffprobe -v error -show_entries format=duration -of csv=p=0 $f
          done
          """)
        #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
        let words = result.text.split(separator: "\n")
        #expect(words.first.map { $0 == "\(expected)" } == true)
        let lengths = words.dropFirst().compactMap { Double($0) }
        #expect(lengths.count == 2 && abs(lengths[0] - lengths[1]) < 0.1, "\(words)")
      }
    }
  }

  @Test func aUserMayComeDirectly() throws {
    let shell = try DeliveryShell()
    try shell.publish("t1")
    let result = try shell.run(
      """
      for i in 1 2; do ds --user bob --content t1 --order d1 > copy.$i || exit; done
      ds --user bob --content t1 > copy.3
      """)
    #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
    #expect(try shell.kinds(of: "d1") == straightKinds)
    #expect(try shell.events(of: "d1").allSatisfy { $0.author == "ds" })
    #expect(try shell.folder.read("copy.2").isEmpty)
    #expect(try shell.folder.read("copy.3").starts(with: "fLaC".utf8))
  }
}
