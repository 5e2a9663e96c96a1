import AudioMark
import AudioStreams
import CommandLineSupport
import Glibc
import MarkKeys
import Testing
import _TestSupport

@testable import Masters

/// Masters as files: what they hold, what is refused, what is left behind.
@Suite struct MasterTests {
  @Test func manifestAndIndexReadBack() throws {
    let work = MasterFolder()
    let song = try work.recording("song.wav", rate: 48000, channels: 2, encoding: .int24)
    let master = try work.master("m", of: song)
    #expect(try MasterManifest(parsing: master.manifest.bytes) == master.manifest)
    #expect(try work.folder.read("m/manifest") == master.manifest.bytes)
    #expect(try work.folder.read("m/index") == master.index.bytes)
    #expect(master.index.layers == MasterFolder.schedule.layer)
    #expect(master.index.numberInLayer == MasterFolder.schedule.numberInLayer)
    #expect(master.index.symbolCount == 200)
    // Nothing is written into silence.
    #expect(!master.index.differs[52..<63].contains(true))
    #expect(master.index.differs.count { $0 } > 100)
    let sums = try work.run("cd m && b2sum -l 256 a.frames a.pcm b.frames b.pcm index")
    #expect(
      sums.text.split(separator: "\n").map { String($0.prefix(64)) }
        == master.manifest.parts.map { "\($0.hash)" })
  }

  @Test(arguments: [SampleEncoding.float32, .float64, .int32])
  func wideSamplesBecome24Bits(_ encoding: SampleEncoding) throws {
    let work = MasterFolder()
    let song = try work.recording("song.wav", rate: 44100, channels: 1, encoding: encoding)
    #expect(try work.master("m", of: song).manifest.format.encoding == .int24)
    #expect(throws: MasterError.encoding(work.folder.path("n"), encoding)) {
      try MasterWriter(
        content: "t", key: MasterFolder.key, copyright: MasterFolder.copyright
      ).write(AudioReader(path: song), to: work.folder.path("n"), encoding: encoding)
    }
  }

  /// An index has one form only, and whatever is no index is refused without a crash.
  @Test func damagedIndexes() throws {
    let work = MasterFolder()
    let song = try work.recording("song.wav", rate: 44100, channels: 1, encoding: .int16)
    let bytes = try work.master("m", of: song).index.bytes
    var random = SeededGenerator(seed: 9)
    var accepted = 0
    for round in 0..<3000 {
      var damaged = bytes
      if round % 3 == 0 { damaged.removeLast(Int.random(in: 1...bytes.count, using: &random)) }
      for _ in 0..<round % 3 where !damaged.isEmpty {
        // Half of the changes hit the first bytes, with the counts.
        let end = Bool.random(using: &random) ? damaged.count : min(16, damaged.count)
        let bit = UInt8(1) << Int.random(in: 0..<8, using: &random)
        damaged[Int.random(in: 0..<end, using: &random)] ^= bit
      }
      let index = damaged.withUnsafeBytes { try? MasterIndex(parsing: $0) }
      if let index {
        #expect(index.bytes == damaged, "\(random), round \(round)")
        accepted += 1
      }
    }
    // Lengths of frames are vouched for by the lengths of the files.
    #expect((1..<1500).contains(accepted))
  }

  @Test func aChangedByteIsFound() throws {
    let work = MasterFolder()
    let song = try work.recording("song.wav", rate: 44100, channels: 1, encoding: .int16)
    try work.master("m", of: song)
    for part in MasterPart.ofSound {
      let damage = try work.run(
        """
        rm -rf d; cp -r m d; n=$(($(stat -c %s d/\(part.rawValue)) / 2))
        printf '\\xA5\\x5A' | dd of=d/\(part.rawValue) bs=1 seek=$n conv=notrunc status=none
        """)
      #expect(damage.status == 0, "\(damage.errors)")
      #expect(throws: MasterError.wrongHash(work.folder.path("d"), part)) {
        try Master(path: work.folder.path("d")).verify()
      }
    }
  }

  @Test func missingAndShortPartsAreFound() throws {
    let work = MasterFolder()
    let song = try work.recording("song.wav", rate: 44100, channels: 1, encoding: .int16)
    let master = try work.master("m", of: song)
    let path = work.folder.path("d")
    for record in master.manifest.parts {
      let (part, size) = (record.part, record.byteCount)
      _ = try work.run("rm -rf d; cp -r m d; truncate -s -1 d/\(part.rawValue)")
      #expect(throws: MasterError.wrongSize(path, part, found: size - 1, expected: size)) {
        try Master(path: path)
      }
      _ = try work.run("rm d/\(part.rawValue)")
      #expect(throws: MasterError.wrongSize(path, part, found: nil, expected: size)) {
        try Master(path: path)
      }
    }
    _ = try work.run("rm d/manifest")
    #expect(throws: MasterError.notAMaster(path)) { try Master(path: path) }
    #expect(throws: MasterError.notAMaster(song)) { try Master(path: song) }
  }

  @Test(arguments: [
    ("\"rate\":44100", "\"rate\":44101", "frames"), ("\"version\":1", "\"version\":2", "version"),
    ("\"plan\":\"delivery\"", "\"plan\":\"direct\"", "plan"), ("int16", "float32", "encoding"),
    ("\"frames\":", "\"frames\":1", "samples"), ("a.frames", "a.flames", "name"),
    ("\"tags\":{", "\"tags\":{ ", "unexpected"), ("\n", "", "line feed"),
    ("\"channels\":1,", "", "channels"), ("\"hash\":\"", "\"hash\":\"0", "hash"),
  ])
  func damagedManifests(_ old: String, _ new: String, _ word: String) throws {
    let work = MasterFolder()
    let song = try work.recording("song.wav", rate: 44100, channels: 1, encoding: .int16)
    try work.master("m", of: song)
    let text = String(decoding: try work.folder.read("m/manifest"), as: UTF8.self)
    let changed = text.replacing(old, with: new, maxReplacements: 1)
    #expect(changed != text)
    try work.folder.write("m/manifest", Array(changed.utf8))
    let error = #expect(throws: MasterError.self) { try Master(path: work.folder.path("m")) }
    #expect(error?.description.contains(word) == true, "\(error?.description ?? "")")
  }

  @Test func aPartCutDuringADeliveryIsFound() throws {
    let work = MasterFolder()
    let song = try work.recording("song.wav", rate: 44100, channels: 1, encoding: .int16)
    let master = try work.master("m", of: song)
    let choice = try VariantChoice(
      master, identity: MasterFolder.identity, codeword: MasterFolder.codeword(master))
    #expect(truncate(work.folder.path("m/a.pcm"), 1000) == 0)
    let error = #expect(throws: MasterError.self) {
      try work.copy("copy.wav", of: master, choice)
    }
    #expect(error?.description.contains("has 1000 bytes instead of") == true)
    #expect(work.folder.entries == ["m", "song.wav"])
  }

  @Test func badInputLeavesNothing() throws {
    let work = MasterFolder()
    let song = try work.recording("song.wav", rate: 44100, channels: 2, encoding: .int16)
    let bytes = try work.folder.read("song.wav")
    let short = try work.folder.write("short.wav", bytes.dropLast(1000))
    #expect(throws: MasterError.truncated(short)) { try work.master("m", of: short) }
    let tiny = try work.recording(
      "tiny.wav", rate: 44100, channels: 2, encoding: .int16, seconds: 0.01)
    #expect(throws: (any Error).self) { try work.master("m", of: tiny) }
    #expect(work.folder.entries == ["short.wav", "song.wav", "tiny.wav"])
    try work.master("m", of: song)
    let error = #expect(throws: SystemError.self) { try work.master("m", of: song) }
    #expect(error?.code == EEXIST)
    #expect(work.folder.entries == ["m", "short.wav", "song.wav", "tiny.wav"])
  }

  @Test(arguments: ["TERM", "HUP", "KILL"])
  func signalsLeaveNoHalfMaster(_ signal: String) throws {
    let work = MasterFolder()
    _ = try work.recording("song.wav", rate: 44100, channels: 2, encoding: .int16)
    let result = try work.run(
      """
      \(BuiltTools.path("wm-keygen")) -o key --name studio
      # The pipe stays open, so the tool waits in the middle of the recording.
      mkfifo pipe; exec 3<> pipe
      \(BuiltTools.path("_splice")) --key key m - < pipe 3>&- &
      tool=$!
      head -c 500000 song.wav >&3
      for i in $(seq 200); do
        test -s "$(echo .m.*/a.pcm)" && test -s "$(echo .m.*/b.pcm)" && break
        sleep 0.05
      done
      test -s .m.*/b.pcm && kill -\(signal) $tool || echo not started >&2
      wait $tool
      test $? -gt 128 || echo ended by itself >&2
      rm pipe
      """)
    #expect(!result.errors.contains("not started") && !result.errors.contains("ended by itself"))
    let left = work.folder.entries.filter { !["key", "song.wav"].contains($0) }
    if signal == "KILL" {
      #expect(left.count == 1 && left[0].hasPrefix(".m."))
    } else {
      #expect(left.isEmpty, "\(left)")
    }
  }

  @Test func fullDisksLeaveNothing() throws {
    let work = MasterFolder()
    _ = try work.recording("song.wav", rate: 44100, channels: 2, encoding: .int16)
    for limit in [100, 400, 900] {
      let result = try work.run(
        """
        test -f key || \(BuiltTools.path("wm-keygen")) -o key --name studio
        ulimit -f \(limit)
        \(BuiltTools.path("_splice")) --key key m song.wav
        """)
      #expect(result.status == (limit == 900 ? 0 : 2), "\(result.errors)")
      #expect(work.folder.entries.contains("m") == (limit == 900))
      #expect(!work.folder.entries.contains { $0.hasPrefix(".m") })
    }
  }
}
